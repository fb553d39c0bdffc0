"""Repair of scanned and extracted text, before it is parsed.

Each pass looks at a text and says what it would change; the edits it names are all that happens to the text,
so that nothing goes without being listed.  A pass that has run once finds nothing to do the second time.
"""

from __future__ import annotations

from convert.repair.engine import PASSES, Fix, Mode, Outcome, Pass, Repaired, repair
from convert.repair.settings import chosen, defaults, modes_from

__all__ = [
    "PASSES",
    "Fix",
    "Mode",
    "Outcome",
    "Pass",
    "Repaired",
    "chosen",
    "defaults",
    "modes_from",
    "repair",
]
