"""A unified diff from edits that are known, so that its cost grows with the text and not with its square."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from convert.repair.edits import Edit

__all__ = ["unified_diff"]

CONTEXT = 3
_NO_END = "\\ No newline at end of file\n"


def unified_diff(before: str, edits: Sequence[Edit], name: str) -> Iterator[str]:
    """The lines of a diff, with their ends, that turns *before* into what *edits* make of it.

    *edits* are ordered and do not overlap; *name* is the file, as ``patch`` and ``git apply`` read it.
    """
    lines = before.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    hunks = list(_hunks(_blocks(before, edits, starts), len(_lines(before))))
    if hunks:
        yield f"--- {name}\n"
        yield f"+++ {name}\n"
    old = _lines(before)
    shift = 0
    for hunk in hunks:
        first = max(0, hunk[0][0] - CONTEXT)
        last = min(len(old), hunk[-1][1] + CONTEXT)
        added = sum(len(new) for _, _, new in hunk)
        removed = sum(stop - start for start, stop, _ in hunk)
        size = last - first
        yield f"@@ -{_range(first, size)} +{_range(first + shift, size - removed + added)} @@\n"
        at = first
        for start, stop, new in hunk:
            yield from _marked(" ", old[at:start])
            yield from _marked("-", old[start:stop])
            yield from _marked("+", new)
            at = stop
        yield from _marked(" ", old[at:last])
        shift += added - removed


def _lines(text: str) -> list[str]:
    """The lines of *text* with their ends; only line feeds end a line."""
    parts = [line + "\n" for line in text.split("\n")]
    parts[-1] = parts[-1][:-1]
    return parts if parts[-1] else parts[:-1]


def _marked(sign: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield sign + line if line.endswith("\n") else f"{sign}{line}\n{_NO_END}"


def _range(first: int, size: int) -> str:
    """A range of lines, as diff writes it: an empty one is named by the line before it."""
    if size == 1:
        return str(first + 1)
    return f"{first + 1 if size else first},{size}"


Block = tuple[int, int, list[str]]
"""Lines from one to another, counted from 0, and what stands there instead."""


def _blocks(before: str, edits: Sequence[Edit], starts: list[int]) -> Iterator[Block]:
    """The edits as whole lines; those that meet in a line become one."""
    group: list[Edit] = []
    first = last = -1
    for edit in edits:
        begin = bisect_right(starts, edit.start) - 1
        end = bisect_right(starts, edit.end) - 1
        if group and begin > last:
            yield _block(before, group, starts, first, last)
            group = []
        if not group:
            first = begin
        group.append(edit)
        last = end
    if group:
        yield _block(before, group, starts, first, last)


def _block(before: str, group: Sequence[Edit], starts: list[int], first: int, last: int) -> Block:
    begin = starts[first]
    end = min(starts[last + 1] if last + 1 < len(starts) else len(before), len(before))
    out: list[str] = []
    at = begin
    for edit in group:
        out += (before[at : edit.start], edit.new)
        at = edit.end
    out.append(before[at:end])
    old, new = _lines(before[begin:end]), _lines("".join(out))
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return first + same, first + len(old) - tail, new[same : len(new) - tail]


def _hunks(blocks: Iterator[Block], count: int) -> Iterator[list[Block]]:
    """Blocks that stand so near that their context meets go together."""
    hunk: list[Block] = []
    for block in blocks:
        if block[0] == block[1] and not block[2]:
            continue
        if hunk and block[0] - hunk[-1][1] > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    if hunk:
        yield hunk
