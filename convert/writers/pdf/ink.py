"""Ink: the operators that set a colour and fill a path."""

from __future__ import annotations

from collections.abc import Sequence

from convert.writers.pdf.objects import number

__all__ = ["fill", "path"]


def fill(colour: str, grey: bool) -> str:
    """The operator that sets the fill colour; greys stay grey, and with *grey* all become so (Rec. 709)."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    if grey:
        red = green = blue = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    if red == green == blue:
        return f"{number(red)} g"
    return f"{number(red)} {number(green)} {number(blue)} rg"


def path(commands: str, points: Sequence[float], origin: tuple[float, float], scale: float) -> str:
    """A filled path (ISO 32000-1, 8.5): steps M, L, Q, C, Z, their *points* *scale* times as far from *origin*.

    Points count downward.  A quadratic curve becomes the cubic one that it is.
    """
    numbers = iter(points)
    out: list[str] = []
    x = y = 0.0

    def step() -> tuple[float, float]:
        return origin[0] + next(numbers) * scale, origin[1] - next(numbers) * scale

    for command in commands:
        if command == "Z":
            out.append("h")
        elif command in "QC":
            (ax, ay), (bx, by) = step(), step()
            if command == "Q":
                end = bx, by
                ax, ay, bx, by = (
                    x + (ax - x) * 2 / 3,
                    y + (ay - y) * 2 / 3,
                    bx + (ax - bx) * 2 / 3,
                    by + (ay - by) * 2 / 3,
                )
            else:
                end = step()
            x, y = end
            out.append(f"{' '.join(map(number, (ax, ay, bx, by, x, y)))} c")
        else:
            x, y = step()
            out.append(f"{number(x)} {number(y)} {'m' if command == 'M' else 'l'}")
    return " ".join((*out, "f"))
