"""quire beside pandoc, and pandoc with Typst, on texts made here, in the same run.

    python -m tests.bench --quick              # a minute: 60 KB and 600 KB, one round
    python -m tests.bench --readme             # all of it, into the README; an hour on an idle machine
    python -m tests.bench --texts prose --sizes 6000000 --editions pdf --parts compare

CPU seconds are user plus system time of the processes; medians, A B A B.  Peers come from pip
(pypandoc_binary, typst); what is missing is named.  Prints a table; JSON and a picture of growth go to --out.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.bench import measures, shown
from tests.bench.texts import KINDS

SIZES = (60_000, 600_000, 6_000_000)
TABLES = 2_000_000
"""Bytes of the text of lists and tables, instead of the largest: the peers need minutes for more."""
ROOT = Path(__file__).parents[2]


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="one round of the smaller texts")
    parser.add_argument("--texts", default=",".join(KINDS), help="of " + ", ".join(KINDS))
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="bytes")
    parser.add_argument("--editions", default="docx,epub,pdf,all")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parts", default="compare,rebuild,many,start", help="what is measured")
    parser.add_argument("--books", type=int, default=500, help="sources of the part many")
    parser.add_argument("--readme", action="store_true", help="put the table into the README")
    parser.add_argument(
        "--out", type=Path, default=Path("bench"), help="folder for bench.json and growth.svg"
    )
    given = parser.parse_args()
    if given.quick:
        given.rounds, given.sizes, given.books = 1, "60000,600000", 20
    return given


def compare(given: argparse.Namespace, folder: Path) -> list[measures.Row]:
    """The rows, each told when it is there."""
    sizes = [int(size) for size in given.sizes.split(",")]
    rows = []
    for kind in given.texts.split(","):
        own = [TABLES if size > TABLES else size for size in sizes] if kind == "tables" else sizes
        for row in measures.compared(kind, own, given.editions.split(","), given.rounds, folder):
            rows.append(row)
            print(shown.table([row])[-1], file=sys.stderr, flush=True)
    return rows


def block(found: dict[str, object], rows: list[measures.Row]) -> list[str]:
    """What the README shows."""
    out = [
        f"{found['machine']}; medians of {found['rounds']}; pandoc for DOCX and EPUB, pandoc and Typst for PDF.",
        " ".join(f"*{kind}*: {KINDS[kind]}." for kind in dict.fromkeys(row.text for row in rows)),
        "",
    ]
    out += shown.table(rows) if rows else []
    lines = []
    if isinstance(again := found.get("rebuild"), dict):
        lines.append(
            f"- one paragraph of {again['bytes'] / 1e6:.1f} MB written anew: {again['ratio']:.2f} of a clean build"
        )
    if isinstance(many := found.get("many"), dict):
        lines.append(
            f"- {many['sources']} sources with `--jobs 2`: {many['times']:.2f} times as fast as with one"
        )
    if isinstance(start := found.get("start"), dict):
        lines.append(f"- `quire --version`: {start['times']:.1f} times `python -c pass`")
    return [*out, *([""] if lines else []), *lines]


def shown_rows(rows: list[measures.Row]) -> list[measures.Row]:
    """The rows that a README has room for."""
    return [row for row in rows if row.text in ("prose", "tables")] or rows


def main() -> None:
    """Measure, print, and write what was asked for."""
    given = arguments()
    missing = sorted({name for edition in measures.EDITIONS for name in measures.needs(edition)})
    if missing:
        print("not installed, left out: " + ", ".join(missing), file=sys.stderr)
    parts = given.parts.split(",")
    rows: list[measures.Row] = []
    found: dict[str, object] = {"machine": shown.machine(), "rounds": given.rounds, "not_installed": missing}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "compare" in parts:
            rows = compare(given, folder)
            found |= {"rows": [row.plain() for row in rows], "growth": shown.growth(rows)}
        if "rebuild" in parts:
            found["rebuild"] = measures.rebuilt(max(map(int, given.sizes.split(","))), given.rounds, folder)
        if "many" in parts:
            found["many"] = measures.many(given.books, 60_000, folder)
        if "start" in parts:
            found["start"] = measures.started(4 * given.rounds + 1, folder)
    print("\n".join(block(found, rows)))
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "bench.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    if rows:
        (given.out / "growth.svg").write_text(shown.picture(rows), "utf-8")
    if given.readme:
        shown.into_readme(ROOT / "README.md", block(found, shown_rows(rows)))


if __name__ == "__main__":
    main()
