"""quire: one Markdown source to DOCX, EPUB and PDF with one outline.

    import convert

    document = convert.read("article.md")
    convert.write(document, "article.epub")
    report = convert.build(["mybook/"], out="out")

Importing this package loads nothing else; each name below brings what it needs when first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
"""As in `typing`, which takes longer to load than everything else that tells the version."""
if TYPE_CHECKING:
    from convert.batch import build
    from convert.book import find_books
    from convert.diagnostics import Code, Finding, Findings, Place, Severity
    from convert.errors import (
        BookError,
        FontError,
        OutputError,
        QuireError,
        SourceError,
        UsageError,
        VerifyError,
    )
    from convert.manuscript import Manuscript
    from convert.mending import FixReport, fix
    from convert.model.dump import dump, load
    from convert.model.nodes import Document, Metadata
    from convert.model.outline import Outline, OutlineEntry, make_outline
    from convert.pipeline import Edition, Report, check, outline, read, write
    from convert.sheets import impose
    from convert.theme import Theme
    from convert.theming import load_theme
    from convert.verify import VerifyReport, verify
    from convert.writers.base import Writer

__version__ = "0.1.0"

_HOMES = {
    "batch": ("build",),
    "book": ("find_books",),
    "diagnostics": ("Code", "Finding", "Findings", "Place", "Severity"),
    "errors": (
        "BookError",
        "FontError",
        "OutputError",
        "QuireError",
        "SourceError",
        "UsageError",
        "VerifyError",
    ),
    "manuscript": ("Manuscript",),
    "mending": ("FixReport", "fix"),
    "model.dump": ("dump", "load"),
    "model.nodes": ("Document", "Metadata"),
    "model.outline": ("Outline", "OutlineEntry", "make_outline"),
    "pipeline": ("Edition", "Report", "check", "outline", "read", "write"),
    "sheets": ("impose",),
    "theme": ("Theme",),
    "theming": ("load_theme",),
    "verify": ("VerifyReport", "verify"),
    "writers.base": ("Writer",),
}

__all__ = [
    "BookError",
    "Code",
    "Document",
    "Edition",
    "Finding",
    "Findings",
    "FixReport",
    "FontError",
    "Manuscript",
    "Metadata",
    "Outline",
    "OutlineEntry",
    "OutputError",
    "Place",
    "QuireError",
    "Report",
    "Severity",
    "SourceError",
    "Theme",
    "UsageError",
    "VerifyError",
    "VerifyReport",
    "Writer",
    "__version__",
    "build",
    "check",
    "dump",
    "find_books",
    "fix",
    "impose",
    "load",
    "load_theme",
    "make_outline",
    "outline",
    "read",
    "verify",
    "write",
]


def __getattr__(name: str) -> object:
    """The public name *name*, from its home (PEP 562)."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(f"{__name__}.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
