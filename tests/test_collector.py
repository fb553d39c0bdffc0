"""The collector is off within and as it was before afterwards."""

from __future__ import annotations

import gc

import pytest

from convert.collector import collector_off


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_off_within_and_as_before_afterwards(on: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        with pytest.raises(KeyError), collector_off():
            assert not gc.isenabled()
            raise KeyError
        assert gc.isenabled() is on
    finally:
        (gc.enable if before else gc.disable)()
