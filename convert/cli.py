"""Arguments, printing and exit statuses; no logic.

What does the work is imported inside each command: ``quire --version`` and ``--help`` load nothing
but click.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections import Counter
from collections.abc import Callable

import click

from convert import __version__
from convert.diagnostics import Code, Finding, Place, Severity
from convert.errors import QuireError, UsageError
from convert.printing import count, outline_json, plain, print_json, progress, report_json, tell, tell_books

__all__ = ["main"]

FAULT = 70
INTERRUPTED = 130

EPILOG = """\b
Exit statuses:
  0   all is well
  1   errors in a source, editions that differ; with --strict also warnings
  2   the command line makes no sense
  3   a source is missing, empty, too large or no text
  4   book.toml, front matter, a theme or a setting is broken
  5   no usable font
  6   an edition cannot be written
  7   an edition cannot be read back
  70  a fault in quire itself (QUIRE_DEBUG=1 shows where)
  130 interrupted

\b
Findings go to standard error, one line each:
  file:line:column: severity code message (what to do)
"""


@click.group(
    epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="quire")
def quire() -> None:
    """One Markdown source to a Word file, an EPUB and a print PDF with one outline."""


@quire.command(epilog=EPILOG)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("-o", "--out", default="out", metavar="DIR", help="Folder for the editions.  [default: out]")
@click.option(
    "--to",
    default="docx,epub,pdf",
    metavar="LIST",
    help="Formats, parted by commas; booklet is the PDF on sheets to fold.  [default: docx,epub,pdf]",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Override a theme or book key, e.g. page.measure=22 or title=…",
)
@click.option("--theme", metavar="FILE|NAME", help="A theme file, or booklet, book, report, official, phone.")
@click.option(
    "--reference", metavar="FILE.docx", help="A Word template: its styles, page and headers are taken."
)
@click.option("--strict", is_flag=True, help="Warnings make the exit status 1.")
@click.option(
    "--track", is_flag=True, help="Word files record every change; their source is put beside them."
)
@click.option("--debug-layout", is_flag=True, help="Show measure, grid and what each line cost in the PDF.")
@click.option("-j", "--jobs", default=1, metavar="N", help="So many books at a time.  [default: 1]")
@click.option(
    "--cluster", default="", metavar="ADDRESS", help="Make the books on a Dask cluster, tcp://host:port."
)
@click.option(
    "--keep-going/--no-keep-going", default=True, help="Go on after a failure.  [default: --keep-going]"
)
@click.option("--cache/--no-cache", default=True, help="Keep pieces of long books.  [default: --cache]")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def build(
    sources: tuple[str, ...],
    out: str,
    to: str,
    settings: tuple[str, ...],
    theme: str | None,
    reference: str | None,
    strict: bool,
    track: bool,
    debug_layout: bool,
    jobs: int,
    cluster: str,
    keep_going: bool,
    cache: bool,
    as_json: bool,
) -> None:
    """Make the editions of each SOURCE: a Markdown text file, a folder with book.toml, or a folder of such.

    Without SOURCE, every book under source/.
    """
    from convert import batch

    with progress() as (step, finished):
        report = batch.build(
            sources,
            out=out,
            to=_names(to) or _nothing("--to", "name a format"),
            settings=[
                *map(_pair, settings),
                *_switches({"pdf.debug_layout": debug_layout, "docx.track": track}),
                *([("docx.reference", reference)] if reference is not None else ()),
            ],
            theme=theme,
            strict=strict,
            progress=step,
            jobs=jobs,
            cluster=cluster,
            keep_going=keep_going,
            cache=cache,
            finished=finished,
        )
    tell(report.findings)
    if as_json:
        print_json(report_json(report))
    else:
        for edition in report.editions:
            for path in (edition.path, *edition.beside):
                click.echo(str(path))
        tell_books(report)
    sys.exit(report.exit_status)


@quire.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Override a theme or book key.")
@click.option("--theme", metavar="FILE|NAME", help="The theme whose fonts are asked for characters.")
@click.option("--strict", is_flag=True, help="Warnings make the exit status 1.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def check(
    sources: tuple[str, ...], settings: tuple[str, ...], theme: str | None, strict: bool, as_json: bool
) -> None:
    """Tell all that may be wrong with each SOURCE; write nothing.

    Without SOURCE, every book under source/.
    """
    from convert import pipeline

    report = pipeline.check(sources, settings=[*map(_pair, settings)], theme=theme, strict=strict)
    if as_json:
        print_json({"findings": plain(report.findings), "exit_status": report.exit_status})
    else:
        tell(report.findings, err=False)
        counts = Counter(finding.severity for finding in report.findings)
        click.echo(", ".join(count(counts[severity], severity.value) for severity in Severity))
    sys.exit(report.exit_status)


@quire.command()
@click.argument("source")
@click.option("--json", "as_json", is_flag=True, help="Print the outline as JSON.")
def outline(source: str, as_json: bool) -> None:
    """Show the outline that every edition of SOURCE carries."""
    from convert import pipeline
    from convert.diagnostics import Findings
    from convert.model.nodes import Matter

    findings = Findings()
    tree = pipeline.outline(source, findings=findings)
    tell(findings)
    if as_json:
        print_json(outline_json(tree))
    else:
        for entry in tree.flat():
            more = "" if entry.matter is Matter.BODY else f"  [{entry.matter.value}]"
            more += f"  ({entry.short})" if entry.short else ""
            click.echo("  " * (entry.level - 1) + entry.label + more)
    sys.exit(int(any(finding.severity is Severity.ERROR for finding in findings)))


@quire.command()
@click.argument("source")
@click.option("--write", is_flag=True, help="Put the repaired text in the place of the source.")
@click.option("--only", metavar="LIST", default="", help="Run these passes alone, all of them to fix.")
@click.option("--also", metavar="LIST", default="", help="Fix with these too, which by default only report.")
@click.option("--skip", metavar="LIST", default="", help="Leave these passes out.")
@click.option("--json", "as_json", is_flag=True, help="Print diff and fixes as JSON.")
def fix(source: str, write: bool, only: str, also: str, skip: str, as_json: bool) -> None:
    """Repair scanned or extracted text: page ends, page numbers, headings, bylines.

    Prints a diff, and each fix with its reason; the source stays as it is without --write.
    """
    from convert import mending

    report = mending.fix(source, only=_names(only), also=_names(also), skip=_names(skip), write=write)
    if as_json:
        print_json(mending.plain(report))
        return
    for file in report.files:
        for finding in mending.shortened(file.fixes):
            click.echo(str(finding), err=True)
        if file.written:
            click.echo(str(file.path))
        elif not write:
            for line in file.repaired.diff():
                click.echo(line, nl=False)
        click.echo(mending.summary(file), err=True)


@quire.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def verify(files: tuple[str, ...], as_json: bool) -> None:
    """Read editions back; compare the outline, text and notes of several of one book."""
    from convert.verify import verify as read_back

    report = read_back(files)
    tell(report.findings)
    if as_json:
        print_json(
            {
                "editions": [
                    {
                        "path": str(r.path),
                        "kind": r.kind,
                        "outline": [{"level": entry.level, "title": entry.title} for entry in r.outline],
                        "characters": len(r.text),
                        "notes": len(r.notes),
                    }
                    for r in report.readings
                ],
                "comparisons": [
                    {
                        "of": c.reference,
                        "in": c.other,
                        "in_order": round(c.in_order, 5),
                        "characters": round(c.characters, 5),
                    }
                    for c in report.comparisons
                ],
                "findings": plain(report.findings),
                "exit_status": report.exit_status,
            }
        )
        sys.exit(report.exit_status)
    for r in report.readings:
        notes = f", {len(r.notes)} notes" if r.kind != "pdf" else ""
        click.echo(f"{r.path}: {r.kind}, {len(r.outline)} outline entries, {len(r.text)} characters{notes}")
        if len(files) == 1:
            for entry in r.outline:
                click.echo("  " * entry.level + entry.title)
    for c in report.comparisons:
        click.echo(
            f"{c.reference} in {c.other}: {c.in_order:.2%} of the text in order, {c.characters:.2%} of its characters"
        )
    if len(report.readings) > 1:
        click.echo("the editions differ" if report.findings else "the editions agree")
    sys.exit(report.exit_status)


@quire.command()
@click.argument("file", metavar="FILE.pdf")
@click.option("-o", "--out", metavar="OUT.pdf", help="Where the sheets go.  [default: FILE-SCHEME.pdf]")
@click.option("--scheme", help="saddle (fold and staple), 2up, 4up (to read) or cut (cut and stack).")
@click.option("--sheet", help="A4, A3 … or e.g. 320mm x 450mm.  [default: auto]")
@click.option("--signature", help="Sheets in a gathering, for sewing.  [default: 0, all in one]")
@click.option("--binding", help="left or right.  [default: left]")
@click.option("--duplex", help="The edge the printer turns the sheet over: short, long or auto.")
@click.option("--paper", help="Thickness of the paper, e.g. 0.1mm: inner pages move to the fold.")
@click.option("--cover/--no-cover", default=None, help="The outer four pages have a sheet of their own.")
@click.option("--marks/--no-marks", default=None, help="Marks to fold, staple and cut at.  [default: marks]")
@click.option("--plan", "only_plan", is_flag=True, help="Print which page lies where, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
def impose(file: str, out: str | None, only_plan: bool, as_json: bool, **given: str | bool | None) -> None:
    """Lay the pages of a finished PDF on sheets of paper to print on both sides."""
    from convert.diagnostics import Findings
    from convert.sheets import impose as impose_file

    findings = Findings()
    settings = {f"impose.{name}": value for name, value in given.items() if value is not None}
    scheme = given["scheme"] or "saddle"
    to = None if only_plan else out or f"{file.removesuffix('.pdf')}-{scheme}.pdf"
    plan = impose_file(file, to=to, settings=settings, findings=findings)
    tell(findings)
    if as_json:
        sheets = [
            {"gathering": s.gathering, "cover": s.cover, "front": s.front.numbers, "back": s.back.numbers}
            for s in plan.sheets
        ]
        told = {"path": to, "turned_over": plan.flip, "scale": round(plan.scale, 4)}
        print_json({**told, "labels": plan.labels, "sheets": sheets})
    elif only_plan:
        for line in plan.lines():
            click.echo(line)
    else:
        click.echo(to)


@quire.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("-o", "--out", default="out", metavar="DIR", help="Folder for the editions.  [default: out]")
@click.option("--to", default="docx,epub,pdf", metavar="LIST", help="Formats.  [default: docx,epub,pdf]")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Override a theme or book key.")
@click.option("--theme", metavar="FILE|NAME", help="A theme file, or a preset's name.")
@click.option("--cache/--no-cache", default=True, help="Keep pieces of long books.  [default: --cache]")
def watch(
    sources: tuple[str, ...], out: str, to: str, settings: tuple[str, ...], theme: str | None, cache: bool
) -> None:
    """Build each SOURCE, and again whenever something of it changes, until interrupted.

    Findings go to standard output as editors' problem matchers read them:
    file:line:column: severity: message [code].
    """
    from convert import pipeline, watching

    paths, order = pipeline.order(
        sources,
        out=out,
        to=_names(to) or _nothing("--to", "name a format"),
        settings=[*map(_pair, settings)],
        theme=theme,
        cache=cache,
    )
    for built in watching.watch(paths, order, lambda: click.echo("quire watch: building")):
        findings = dict.fromkeys(finding for book in built for finding in book.report.findings)
        for finding in findings:
            click.echo(watching.problem(finding))
        counts = Counter(finding.severity for finding in findings)
        told = ", ".join(count(counts[severity], severity.value) for severity in Severity)
        click.echo(f"quire watch: built {count(len(built), 'book')}, {told}")
        sys.stdout.flush()


@quire.command()
@click.argument("action", required=False, type=click.Choice(["clear"]))
@click.option("--json", "as_json", is_flag=True, help="Print place and size as JSON.")
def cache(action: str | None, as_json: bool) -> None:
    """Show what is kept of long books from build to build, or clear it away."""
    from convert import cache as kept

    place = kept.folder()
    usage = kept.clear() if action == "clear" else kept.usage()
    if as_json:
        told = {"path": str(place), "pieces": usage.pieces, "bytes": usage.size, "limit": kept.LIMIT}
        print_json({**told, "off": kept.is_off()})
        return
    did = "removed from" if action == "clear" else "in"
    off = " (QUIRE_CACHE switches the cache off)" if kept.is_off() else ""
    click.echo(f"{count(usage.pieces, 'piece')} of {usage.size / 1e6:.1f} MB {did} {place}{off}")


@quire.command()
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def fonts(as_json: bool) -> None:
    """List the fonts that are found, by role, and where."""
    from convert.font.catalogue import open_catalogue

    found = open_catalogue().found()
    if as_json:
        names = ("role", "language", "family", "source", "licence", "path")
        print_json([{name: str(getattr(font, name)) for name in names} for font in found])
        return
    for font in found:
        click.echo(f"{font.role:9} {font.language:8} {font.source:7} {font.family:24} {font.path}")


# ---------------------------------------------------------------- arguments


def _switches(given: dict[str, bool]) -> list[tuple[str, object]]:
    """Theme keys for the switches that are on."""
    return [(key, True) for key, on in given.items() if on]


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise UsageError(
            Code.USAGE, Place("--set"), f"{text!r} is no key=value", "for example page.measure=22"
        )
    return key.strip(), value


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _nothing(option: str, hint: str) -> list[str]:
    raise UsageError(Code.USAGE, Place(option), "nothing is asked for", hint)


# ---------------------------------------------------------------- the way out


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit with its status.  Whatever happens, the user sees one line and no traceback."""
    _use_utf8()
    sys.exit(_guarded(lambda: quire.main(arguments, prog_name="quire", standalone_mode=False)))


def _guarded(run: Callable[[], object]) -> int:
    try:
        result = run()
    except QuireError as error:
        click.echo(str(error), err=True)
        return error.exit_status
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        hint = (
            f"{error.ctx.command_path} --help tells more"
            if isinstance(error, click.UsageError) and error.ctx
            else "quire --help tells more"
        )
        click.echo(
            str(UsageError(Code.USAGE, Place("quire"), error.format_message().rstrip("."), hint)),
            err=True,
        )
        return UsageError.exit_status
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our results has seen enough; the interpreter must not complain of it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("QUIRE_DEBUG") == "1":
            raise
        message = f"{type(error).__name__}: {error}"
        finding = Finding(
            Code.INTERNAL,
            Severity.ERROR,
            Place("quire"),
            message,
            "QUIRE_DEBUG=1 shows where; please report it",
        )
        click.echo(str(finding), err=True)
        return FAULT
    return result if isinstance(result, int) else 0


def _use_utf8() -> None:
    """Chinese on any terminal: what the locale cannot show is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


if __name__ == "__main__":
    main()
