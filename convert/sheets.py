"""A finished PDF laid on sheets: files in, files out; `convert.imposition` does the work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from convert.diagnostics import Code, Findings, Place
from convert.editions import same_file
from convert.errors import OutputError, VerifyError
from convert.files import put
from convert.theme import Theme
from convert.wishes import Settings, overridden, wishes_from

if TYPE_CHECKING:
    from convert.imposition import Plan

__all__ = ["impose"]


def impose(
    path: str | Path,
    *,
    to: str | Path | None = None,
    settings: Settings = (),
    findings: Findings | None = None,
) -> Plan:
    """Lay the pages of the PDF at *path* on sheets and write them to *to*; nothing is written without it.

    *settings* are keys of the group ``impose``.  Gives the plan.  Raises VerifyError for a file that is
    no PDF, BookError for a wrong setting, OutputError when *to* cannot be written.
    """
    path = Path(path)
    theme = overridden(Theme(), wishes_from(settings, None).theme_keys, Place("--set"))
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "check the path"
        raise VerifyError(
            Code.EDITION_UNREADABLE, Place(str(path)), f"cannot be read: {reason}", hint
        ) from error
    if to is not None and same_file(path, Path(to)):
        hint = "give another name with -o"
        raise OutputError(Code.OUTPUT_UNWRITABLE, Place(str(to)), "this is the PDF itself", hint)
    from convert.imposition import impose as impose_pages

    sheets, plan = impose_pages(data, theme.impose, str(path), Findings() if findings is None else findings)
    if to is not None:
        put(Path(to), sheets)
    return plan
