"""Headings that open their paragraph (一、……。), some bold and some not."""

from __future__ import annotations

from convert.checks.tally import Tally
from convert.diagnostics import Code, Findings
from convert.repair import Mode, repair
from convert.skeleton import Skeleton

__all__ = ["check_run_ins"]


def check_run_ins(text: str, name: str, skeleton: Skeleton, findings: Findings) -> None:
    """Tell of each that is not bold where others of its kind in *text*, that of the file *name*, are.

    *skeleton* is the reader's.  The repair that would mend them (`convert.repair`, ``runin``) finds them.
    """
    tally = Tally(findings)
    for fix in repair(text, name, skeleton, {"runin": Mode.REPORT}).fixes:
        message = f"this opening sentence is not bold, and others of its kind are: {fix.before[:30]}"
        tally.add(Code.UNEVEN_BOLD, fix.place, message, "quire fix marks them alike")
    tally.close()
