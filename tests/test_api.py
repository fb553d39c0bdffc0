"""The public API: what it names, and that importing it costs nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import convert

PUBLIC = {
    "BookError", "Code", "Document", "Edition", "Finding", "Findings", "FixReport", "FontError", "Manuscript", "Metadata",
    "Outline", "OutlineEntry", "OutputError", "Place", "QuireError", "Report", "Severity", "SourceError", "Theme",
    "UsageError", "VerifyError", "VerifyReport", "Writer", "__version__", "build", "check", "dump", "find_books", "fix", "impose", "load",
    "load_theme", "make_outline", "outline", "read", "verify", "write",
}  # fmt: skip
LIGHT = {
    "convert",
    "convert.cli",
    "convert.diagnostics",
    "convert.errors",
    "convert.printing",
    "convert.records",
}


def loaded_by(code: str) -> set[str]:
    """The modules that an interpreter has loaded after *code*."""
    script = f"import sys, json\ntry:\n    {code}\nexcept SystemExit:\n    pass\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_all_is_what_we_promise() -> None:
    assert set(convert.__all__) == PUBLIC
    assert list(convert.__all__) == sorted(convert.__all__)


def test_every_public_name_is_there() -> None:
    for name in convert.__all__:
        assert getattr(convert, name) is not None
    assert set(convert.__all__) <= set(dir(convert))


@pytest.mark.parametrize("first", ["convert.verify", "import convert.verify", "import convert.pipeline"])
def test_verify_is_a_function_whatever_was_imported_before(first: str) -> None:
    code = f"import convert; exec({first!r}); assert convert.verify([]).exit_status == 0"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError):
        convert.nothing  # noqa: B018


def test_importing_the_package_loads_nothing_else() -> None:
    ours = {name for name in loaded_by("import convert") if name.split(".")[0] == "convert"}
    assert ours == {"convert"}


DOCX, EPUB = {"docx", "lxml", "markdown"}, {"PIL", "ebooklib", "lxml", "markdown"}
PDF = {"PIL", "markdown", "reportlab", "uharfbuzz"}
COMMANDS = {
    "outline a.md": {"markdown"},
    "check a.md": {"markdown", "uharfbuzz"},
    "fix a.md": {"markdown"},
    "build a.md --to docx": DOCX,
    "build a.md --to epub": EPUB,
    "build a.md --to pdf": PDF,
    "build a.md --to docx,epub,pdf": DOCX | EPUB | PDF,
    "watch a.md --to docx": DOCX | {"multiprocessing", "watchfiles"},
    "verify out/a.docx": {"lxml"},
    "verify out/a.epub": {"lxml"},
    "verify out/a.pdf": {"lxml", "pypdfium2"},
    "impose out/a.pdf": {"pikepdf"},
    "fonts": {"uharfbuzz"},
    "cache": set[str](),
}
LIBRARIES = {
    "PIL", "dask", "distributed", "docx", "ebooklib", "latex2mathml", "lxml", "markdown", "multiprocessing", "pikepdf",
    "pygments", "pyphen", "pypdfium2", "pypinyin", "reportlab", "rich", "uharfbuzz", "uniseg", "watchfiles", "yaml", "ziamath",
}  # fmt: skip
SELDOM = {"difflib", "email", "http", "importlib.metadata", "pickle", "socket", "ssl", "tempfile", "xml.sax"}
"""Of the standard library: dear, and needed for a mistake, a long book or somebody else's service only."""
QUIET = "import watchfiles; watchfiles.watch = lambda *a, **k: iter([set()]); "
"""Whoever watches sees nothing, once."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a source and its editions."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "a.md").write_text("# 题\n\n文字。\n", "utf-8")
    convert.build([folder / "a.md"], out=folder / "out")
    return folder


_LATER = ("check", "fix", "impose", "verify", "watch")
"""Commands that the slow part tries."""


@pytest.mark.parametrize(
    "command",
    [pytest.param(c, marks=[pytest.mark.slow] * c.startswith(_LATER)) for c in COMMANDS],
)
def test_a_command_loads_what_it_uses_and_nothing_else(
    command: str, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made)
    monkeypatch.setenv("PYTHONPATH", str(Path(convert.__file__).parents[1]))
    before = QUIET if command.startswith("watch") else ""
    modules = loaded_by(f"{before}from convert.cli import main; main({command.split()!r})")
    assert LIBRARIES & {name.split(".")[0] for name in modules} == COMMANDS[command]
    if command.startswith(("build", "outline")):
        reportlabs = {"pickle", "tempfile"} if "reportlab" in COMMANDS[command] else set[str]()
        assert not (SELDOM - reportlabs) & modules


def test_the_version_is_told_without_any_library() -> None:
    code = "import sys; sys.argv[1:] = ['--version']; from convert.__main__ import main; main()"
    modules = loaded_by(code)
    assert not {"click", "typing"} & modules
    assert {name for name in modules if name.split(".")[0] == "convert"} == {"convert", "convert.__main__"}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["build", "--help"]])
def test_version_and_help_load_click_and_nothing_heavy(arguments: list[str]) -> None:
    modules = loaded_by(f"from convert.cli import main; main({arguments!r})")
    assert {name for name in modules if name.split(".")[0] == "convert"} == LIGHT
    heavy = {
        "lxml",
        "markdown",
        "docx",
        "ebooklib",
        "reportlab",
        "uharfbuzz",
        "PIL",
        "yaml",
        "rich",
        "pypdfium2",
    }
    assert not heavy & modules
