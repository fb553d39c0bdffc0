"""How much of one text stands in another, in order: the longest common subsequence, made fast.

Whole books differ in few places.  Runs of characters that stand once in either text and in the same
order are taken as anchors (the idea of Bram Cohen's patience diff); only the gaps between them are
compared exactly, with the bit-vector method of Crochemore and others (2001).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

__all__ = ["common_length", "first_missing", "pieces_found"]

_GRAM = 8
_WINDOW = 4096
_EXACT = 100_000_000
"""Product of lengths up to which a gap is compared exactly: a tenth of a second or so of work."""


def common_length(first: str, second: str) -> int:
    """Length of the longest common subsequence; never more, and in huge tangles a little less."""
    return sum(
        size if same else _gap(first[a : a + size], second[b:end])
        for a, b, size, end, same in _regions(first, second)
    )


def first_missing(first: str, second: str, around: int = 12) -> str:
    """The first stretch of *first* that *second* lacks at that place, with a little before it."""
    for a, b, size, end, same in _regions(first, second):
        if not same and _gap(first[a : a + size], second[b:end]) < size:
            skip = _prefix(first[a : a + size], second[b:end])
            start = a + skip
            return first[max(0, start - around) : start + around]
    return ""


def _regions(first: str, second: str) -> Iterator[tuple[int, int, int, int, bool]]:
    """The texts cut into equal and unequal regions: start and size in *first*, start and end in *second*."""
    a = b = 0
    for at, there, size in _anchors(first, second):
        if at > a or there > b:
            yield a, b, at - a, there, False
        yield at, there, size, there + size, True
        a, b = at + size, there + size
    if a < len(first) or b < len(second):
        yield a, b, len(first) - a, len(second), False


def _anchors(first: str, second: str) -> Iterator[tuple[int, int, int]]:
    """Equal runs of both texts, in order, not overlapping, as long as can be."""
    head = _prefix(first, second)
    if head:
        yield 0, 0, head
    a, b = head, head
    for at, there in _ordered(first, second, head):
        if at < a or there < b:
            continue
        while at > a and there > b and first[at - 1] == second[there - 1]:
            at, there = at - 1, there - 1
        size = _prefix(first[at : at + 4096], second[there : there + 4096])
        while size and size % 4096 == 0:
            more = _prefix(first[at + size : at + size + 4096], second[there + size : there + size + 4096])
            size += more
            if more == 0:
                break
        yield at, there, size
        a, b = at + size, there + size


def _prefix(first: str, second: str) -> int:
    """How many characters both texts begin with."""
    if first == second[: len(first)]:
        return len(first)
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[:middle] == second[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _ordered(first: str, second: str, begin: int) -> list[tuple[int, int]]:
    """Places of the runs that are unique in both texts, the longest chain that rises in both."""
    there = _unique(second, begin)
    pairs = [(at, there[gram]) for gram, at in _unique(first, begin).items() if gram in there]
    tails: list[int] = []
    chain: list[int] = []
    back: list[int] = []
    for index, (_, place) in enumerate(pairs):
        spot = bisect_left(tails, place)
        back.append(chain[spot - 1] if spot else -1)
        tails[spot : spot + 1] = [place]
        chain[spot : spot + 1] = [index]
    out = []
    index = chain[-1] if chain else -1
    while index >= 0:
        out.append(pairs[index])
        index = back[index]
    return out[::-1]


def _unique(text: str, begin: int) -> dict[str, int]:
    """Every run of _GRAM characters that stands once, with its place, in order."""
    places: dict[str, int] = {}
    for at in range(begin, len(text) - _GRAM + 1):
        gram = text[at : at + _GRAM]
        places[gram] = -1 if gram in places else at
    return {gram: at for gram, at in places.items() if at >= 0}


def _gap(first: str, second: str) -> int:
    """Length of the common subsequence of two texts without anchors: exact unless both are very long."""
    if len(first) * len(second) <= _EXACT:
        return _exact(first, second)
    return _stroll(first, second)


def _stroll(first: str, second: str) -> int:
    """A common subsequence found walking: where the texts part, the nearest place where they meet again."""
    a = b = total = 0
    while a < len(first) and b < len(second):
        size = _prefix(first[a : a + _WINDOW], second[b : b + _WINDOW])
        if size:
            total, a, b = total + size, a + size, b + size
            continue
        skip_a, skip_b = _meeting(first[a : a + _WINDOW], second[b : b + _WINDOW])
        total += _exact(first[a : a + skip_a], second[b : b + skip_b])
        a, b = a + skip_a, b + skip_b
    return total


def _meeting(first: str, second: str) -> tuple[int, int]:
    """How far to go in each text to the nearest run that both have; past the end when there is none."""
    places: dict[str, int] = {}
    for at in range(len(first) - _GRAM + 1):
        places.setdefault(first[at : at + _GRAM], at)
    best = len(first), len(second)
    for there in range(len(second) - _GRAM + 1):
        if there >= sum(best):
            break
        at = places.get(second[there : there + _GRAM], -1)
        if 0 <= at < sum(best) - there:
            best = at, there
    return best


def _exact(first: str, second: str) -> int:
    """Length of the longest common subsequence, with one bit for each character of *first*."""
    if not first or not second:
        return 0
    masks: dict[str, int] = {}
    for at, char in enumerate(first):
        masks[char] = masks.get(char, 0) | 1 << at
    full = (1 << len(first)) - 1
    row = full
    for char in second:
        match = row & masks.get(char, 0)
        row = ((row + match) | (row - match)) & full
    return len(first) - row.bit_count()


_PIECE = 24
"""Characters in a piece: more than stand together by chance."""


def pieces_found(wanted: str, text: str, enough: float) -> float:
    """The share of the pieces of *wanted* that stand in *text*, wherever; 0 as soon as it must be less than *enough*."""
    pieces = [wanted[at : at + _PIECE] for at in range(0, len(wanted), _PIECE)]
    missing = at = 0
    for piece in pieces:
        found = text.find(piece, at)
        found = text.find(piece) if found < 0 else found
        if found < 0:
            missing += 1
            if missing > (1 - enough) * len(pieces):
                return 0.0
        else:
            at = found + len(piece)
    return 1 - missing / len(pieces) if pieces else 1.0
