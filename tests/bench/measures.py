"""What is measured: one program and the other in turn, a rebuild, many books, the start."""

from __future__ import annotations

import importlib.util
import os
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.peers import Cost, cost, pandoc_command, typst_command, typst_source
from tests.bench.texts import book

__all__ = ["EDITIONS", "Row", "compared", "many", "needs", "rebuilt", "started"]

EDITIONS = ("docx", "epub", "pdf")
_PEERS = {
    "docx": {"pypandoc": "pypandoc_binary"},
    "epub": {"pypandoc": "pypandoc_binary"},
    "pdf": {"pypandoc": "pypandoc_binary", "typst": "typst"},
}


@dataclass(frozen=True)
class Row:
    """Medians of one edition (or ``all``) of one text: CPU and clock seconds, peak MB, bytes of what was made.

    The peer's are None where it is not installed.
    """

    text: str
    size: int
    edition: str
    cpu: float
    wall: float
    peak: float
    made: int
    peer_cpu: float | None = None
    peer_wall: float | None = None
    peer_peak: float | None = None
    peer_made: int | None = None

    @property
    def ratio(self) -> float | None:
        """CPU time against the peer's."""
        return self.cpu / self.peer_cpu if self.peer_cpu else None

    @property
    def memory(self) -> float | None:
        """Peak memory against the peer's."""
        return self.peak / self.peer_peak if self.peer_peak else None

    def plain(self) -> dict[str, object]:
        """The row for JSON."""
        return asdict(self) | {"cpu_ratio": self.ratio, "memory_ratio": self.memory}


def needs(edition: str) -> list[str]:
    """The distributions that the peer of *edition* needs and that are not installed."""
    return [name for module, name in _PEERS[edition].items() if not importlib.util.find_spec(module)]


def _environment(folder: Path, cache: bool = False) -> dict[str, str]:
    """An installed package has its bytecode beside it; a checkout gets it on the first, uncounted run."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "SOURCE_DATE_EPOCH": "0"}
    environment["QUIRE_CACHE"] = str(folder / "cache") if cache else os.devnull
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _quire(sources: Sequence[Path], out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "convert", "build", *map(str, sources), "-o", str(out), *more]


def _ours(source: Path, folder: Path, edition: str) -> Callable[[], Cost]:
    to = EDITIONS if edition == "all" else (edition,)
    command = _quire([source], folder / "ours", "--to", ",".join(to), "--no-cache")
    return lambda: cost(command, _environment(folder))


def _peer(source: Path, folder: Path, edition: str) -> Callable[[], Cost]:
    """The peer's commands; of several the CPU and clock times are added, and the largest memory counts."""

    def run() -> Cost:
        if edition == "all":
            return _together([_peer(source, folder, each)() for each in EDITIONS])
        target = folder / f"peer.{edition}"
        if edition != "pdf":
            return cost(pandoc_command(source, target))
        made, pandoc = typst_source(source, folder)
        return _together([pandoc, cost(typst_command(made, target))])

    return run


def _together(costs: Sequence[Cost]) -> Cost:
    return Cost(sum(c.cpu for c in costs), max(c.peak for c in costs), sum(c.wall for c in costs))


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(c[at] for c in costs) for at in range(3)))


def _size(folder: Path, name: str, edition: str) -> int:
    kinds = EDITIONS if edition == "all" else (edition,)
    return sum((folder / f"{name}.{kind}").stat().st_size for kind in kinds)


def compared(
    kind: str, sizes: Sequence[int], editions: Sequence[str], rounds: int, folder: Path
) -> Iterator[Row]:
    """Both programs on the texts of *kind*, turn by turn, *rounds* times."""
    for size in sizes:
        source = folder / f"{kind}.md"
        source.write_text(book(kind, size), "utf-8")
        for edition in editions:
            ours, peer = _ours(source, folder, edition), _peer(source, folder, edition)
            there = not any(needs(each) for each in (EDITIONS if edition == "all" else (edition,)))
            ours()
            mine: list[Cost] = []
            others: list[Cost] = []
            for _ in range(rounds):
                mine.append(ours())
                if there:
                    others.append(peer())
            own = _median(mine)
            made = _size(folder / "ours", kind, edition)
            row = Row(kind, source.stat().st_size, edition, own.cpu, own.wall, own.peak, made)
            if others:
                his = _median(others)
                size_of_peer = _size(folder, "peer", edition)
                row = Row(
                    *(row.text, row.size, row.edition, row.cpu, row.wall, row.peak, row.made),
                    *(his.cpu, his.wall, his.peak, size_of_peer),
                )
            yield row


def rebuilt(size: int, rounds: int, folder: Path) -> dict[str, object]:
    """All three editions again after one paragraph in the middle was written anew, against a clean build."""
    source, out = folder / "edited.md", folder / "edited"
    text = book("prose", size)
    blocks = text.split("\n\n")
    clean: list[Cost] = []
    first: list[Cost] = []
    again: list[Cost] = []
    same = True
    for turn in range(rounds):
        shutil.rmtree(folder / "cache", ignore_errors=True)
        source.write_text(text, "utf-8")
        first.append(cost(_quire([source], out), _environment(folder, cache=True)))
        at = len(blocks) // 2 + 2 * turn + (1 if blocks[len(blocks) // 2 + 2 * turn].startswith("#") else 0)
        changed = [*blocks[:at], "改过的一段：" + blocks[at][6:], *blocks[at + 1 :]]
        source.write_text("\n\n".join(changed), "utf-8")
        again.append(cost(_quire([source], out), _environment(folder, cache=True)))
        clean.append(cost(_quire([source], folder / "clean", "--no-cache"), _environment(folder)))
        for kind in EDITIONS:
            name = f"edited.{kind}"
            same = same and (out / name).read_bytes() == (folder / "clean" / name).read_bytes()
    return {
        "bytes": len(text.encode()),
        "clean_cpu_s": round(_median(clean).cpu, 2),
        "first_cpu_s": round(_median(first).cpu, 2),
        "again_cpu_s": round(_median(again).cpu, 2),
        "ratio": round(_median(again).cpu / _median(clean).cpu, 3),
        "same_bytes": same,
    }


def many(count: int, size: int, folder: Path) -> dict[str, object]:
    """*count* sources of *size* bytes with one process and with two, by the clock."""
    sources = folder / "many"
    shutil.rmtree(sources, ignore_errors=True)
    sources.mkdir()
    for number in range(count):
        text = book("prose", size).replace("前言在先", f"前言在先，这是第{number}本")
        (sources / f"b{number:04}.md").write_text(text, "utf-8")
    environment = _environment(folder)
    found = {}
    for jobs in (1, 2):
        found[jobs] = cost(_quire([sources], folder / f"many{jobs}", "--jobs", str(jobs)), environment)
    return {
        "sources": count,
        "bytes": size,
        "jobs_1_s": round(found[1].wall, 1),
        "jobs_2_s": round(found[2].wall, 1),
        "times": round(found[1].wall / found[2].wall, 2),
        "cpu_1_s": round(found[1].cpu, 1),
        "load": [round(value, 2) for value in os.getloadavg()],
    }


def started(rounds: int, folder: Path) -> dict[str, object]:
    """``quire --version`` beside an interpreter that does nothing."""
    environment = _environment(folder)
    version = [sys.executable, "-m", "convert", "--version"]
    nothing = [sys.executable, "-c", "pass"]
    cost(version, environment)
    pairs = [(cost(version, environment), cost(nothing, environment)) for _ in range(rounds)]
    ours, theirs = (_median([pair[at] for pair in pairs]) for at in (0, 1))
    return {
        "version_ms": round(ours.cpu * 1000, 1),
        "nothing_ms": round(theirs.cpu * 1000, 1),
        "times": round(ours.cpu / theirs.cpu, 2),
    }
