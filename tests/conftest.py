"""What every test may ask for."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def need() -> Callable[[str], str]:
    """``need("soffice")``: the path of an outside tool.

    The test is skipped where the tool is missing, and fails with QUIRE_REQUIRE_VALIDATORS=1.
    """

    def find(tool: str) -> str:
        path = shutil.which(tool) or shutil.which(tool, path=str(Path(sys.executable).parent))
        if path is None:
            if os.environ.get("QUIRE_REQUIRE_VALIDATORS") == "1":
                pytest.fail(f"{tool} is required and not installed")
            pytest.skip(f"{tool} is not installed")
        return path

    return find
