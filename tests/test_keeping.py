"""Pieces as bytes: nothing but what is listed comes out of them."""

from __future__ import annotations

import os
import pickle
import zlib
from pathlib import Path

import pytest

from convert.diagnostics import Place
from convert.keeping import digest, packed, unpacked
from convert.theme import Role
from convert.typeset.frame import Anchor


def test_what_goes_in_comes_out() -> None:
    value = [(1, 2.5, "书", b"x", None), {"a": Anchor("b", 1.0, 2.0)}, {Role.KAI}]
    assert unpacked(packed(value), (Anchor, Role)) == value


def test_a_class_that_is_not_listed_spoils_the_piece() -> None:
    assert unpacked(packed([Anchor("b", 1.0, 2.0)]), (Place,)) is None


def test_a_strangers_pickle_calls_nothing(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, (f"touch {tmp_path / 'called'}",)

    assert unpacked(packed(Evil()), (Anchor,)) is None
    assert not (tmp_path / "called").exists()
    pickle.loads(zlib.decompress(packed(Evil())))
    assert (tmp_path / "called").exists()  # and a plain reader would


@pytest.mark.parametrize("damage", [b"", b"no piece", packed([1, 2])[:-3], zlib.compress(b"\x80\x05\x95")])
def test_a_damaged_piece_is_none(damage: bytes) -> None:
    assert unpacked(damage, ()) is None


def test_keys_tell_parts_apart() -> None:
    keys = {digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("ab", "c", ""), digest("ab", b"d")}
    assert len(keys) == 5
    assert digest("书", b"1") == digest("书", "1")
