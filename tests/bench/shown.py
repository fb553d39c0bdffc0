"""Results as a table, as a picture of growth, and as the block of the README."""

from __future__ import annotations

import math
import os
import platform
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.bench.measures import Row

__all__ = ["growth", "into_readme", "machine", "picture", "table"]

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
PROGRAMS = {"docx": "pandoc", "epub": "pandoc", "pdf": "pandoc, Typst", "all": "these three"}
"""What an edition is measured beside; all editions beside the three commands together."""
_COLOURS = {"docx": "#2b579a", "epub": "#3a7d44", "pdf": "#b3261e", "all": "#555555"}


def machine() -> str:
    """Date, processor and interpreter."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        found = re.search(r"(?m)^model name\s*:\s*(.+)$", info.read_text("utf-8"))
        name = found[1] if found else name
    return f"{date.today().isoformat()}, {os.cpu_count()} × {name}, Python {platform.python_version()}"


def _bytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 950_000 else f"{round(size / 1e3)} KB"


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def table(rows: Sequence[Row]) -> list[str]:
    """A Markdown table: CPU seconds, peak memory and size, quire's / the peer's."""
    out = [
        "| Text | Edition | Peer | CPU s | peer | ratio | Peak MB | peer | ratio | Made | peer |",
        "|:--|:--|:--|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        peer_peak = "–" if row.peer_peak is None else f"{row.peer_peak:.0f}"
        made = "–" if row.peer_made is None else _bytes(row.peer_made)
        cells = [
            f"{row.text} {_bytes(row.size)}",
            row.edition,
            PROGRAMS[row.edition],
            _seconds(row.cpu),
            _seconds(row.peer_cpu),
            _seconds(row.ratio),
            f"{row.peak:.0f}",
            peer_peak,
            _seconds(row.memory),
            _bytes(row.made),
            made,
        ]
        out.append("| " + " | ".join(cells) + " |")
    return out


def growth(rows: Sequence[Row]) -> dict[str, float]:
    """How many times the CPU of the largest text is that of the next, by text and edition."""
    out = {}
    for key in dict.fromkeys((row.text, row.edition) for row in rows):
        found = sorted((row for row in rows if (row.text, row.edition) == key), key=lambda row: row.size)
        if len(found) > 1:
            out[" ".join(key)] = round(found[-1].cpu / found[-2].cpu, 1)
    return out


def picture(rows: Sequence[Row], width: int = 720, height: int = 420) -> str:
    """CPU seconds by bytes of source, both on logarithmic scales: quire drawn through, its peer in dashes."""
    values = [value for row in rows for value in (row.cpu, row.peer_cpu) if value]
    sizes = [row.size for row in rows]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    left, right = math.log10(min(sizes)), math.log10(max(sizes)) or 1.0
    x0, y0, x1, y1 = 60.0, 20.0, width - 150.0, height - 40.0

    def at(size: float, value: float) -> tuple[float, float]:
        across = (math.log10(size) - left) / max(right - left, 0.1)
        up = (math.log10(value) - low) / max(high - low, 1)
        return round(x0 + across * (x1 - x0), 1), round(y1 - up * (y1 - y0), 1)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for power in range(low, high + 1):
        _, y = at(min(sizes), 10.0**power)
        out.append(
            f'<path d="M{x0} {y}H{x1}" stroke="#ddd"/><text x="8" y="{y + 4}">{10.0**power:g} s</text>'
        )
    for size in sorted(set(sizes)):
        x, _ = at(size, 10.0**low)
        out.append(
            f'<path d="M{x} {y0}V{y1}" stroke="#eee"/><text x="{x - 18}" y="{y1 + 18}">{_bytes(size)}</text>'
        )
    keys = list(dict.fromkeys((row.text, row.edition) for row in rows))
    for number, (text, edition) in enumerate(keys):
        found = sorted(
            (row for row in rows if (row.text, row.edition) == (text, edition)), key=lambda row: row.size
        )
        colour, y = _COLOURS.get(edition, "#000"), 30 + 16 * number
        for peer in (False, True):
            points = [at(row.size, value) for row in found if (value := row.peer_cpu if peer else row.cpu)]
            dashes = ' stroke-dasharray="4 3"' if peer else ""
            line = " ".join(f"{x},{y_}" for x, y_ in points)
            out.append(
                f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"{dashes}/>'
            )
        out.append(f'<text x="{x1 + 12}" y="{y}" fill="{colour}">{text} {edition}</text>')
    out.append(f'<text x="{x1 + 12}" y="{y1}">dashes: the peer</text></svg>')
    return "\n".join(out) + "\n"


def into_readme(path: Path, block: Sequence[str]) -> None:
    """Put *block* between the marks in the file at *path*.  Raises ValueError when it has none."""
    text = path.read_text("utf-8")
    begin, end = text.find(BEGIN), text.find(END)
    if begin < 0 or end < begin:
        raise ValueError(f"{path} has no {BEGIN} and {END}")
    path.write_text(text[: begin + len(BEGIN)] + "\n" + "\n".join(block) + "\n" + text[end:], "utf-8")
