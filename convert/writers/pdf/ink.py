"""Ink: colours and pictures as the press wants them; the operators that set a colour and fill a path."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from convert.diagnostics import Code, Place
from convert.errors import BookError
from convert.records import dataclass
from convert.reference import PROFILE, ReferenceFile
from convert.theme import PdfTheme
from convert.writers.pdf.objects import number

if TYPE_CHECKING:
    from PIL.Image import Image

    from convert.vector import Gradient

__all__ = ["Ink", "Profile", "ink_for", "path", "shading"]

_SPACES = {b"CMYK": ("cmyk", "grey"), b"GRAY": ("grey",), b"RGB ": ("colour", "grey")}
"""What ``pdf.colour`` may be with a profile of each colour space (ICC.1:2010, 7.2.6)."""
_HEADER = 132
"""Bytes of a profile's header and of the count of its tags."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The press that a file is made for: its ICC profile, and how that calls itself."""

    data: bytes
    name: str
    components: int


@dataclass(frozen=True, slots=True)
class Ink:
    """What colours become: `mode` is ``pdf.colour``; `to_cmyk` turns sRGB into the press's inks."""

    mode: str = "colour"
    profile: Profile | None = None
    to_cmyk: Any = None

    def fill(self, colour: str) -> str:
        """The operator that sets the fill colour; greys are black ink alone, others so with grey (Rec. 709)."""
        values = self.values(colour)
        if colour[1:3] == colour[3:5] == colour[5:7]:
            values = (int(colour[1:3], 16) / 255,)
        return " ".join(map(number, values)) + {1: " g", 3: " rg", 4: " k"}[len(values)]

    @property
    def space(self) -> str:
        """The colour space of `values`."""
        return {"grey": "/DeviceGray", "cmyk": "/DeviceCMYK"}.get(self.mode, "/DeviceRGB")

    def values(self, colour: str) -> tuple[float, ...]:
        """What *colour* is in `space`."""
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        if self.mode == "grey":
            return ((0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255,)
        if self.mode != "cmyk":
            return red / 255, green / 255, blue / 255
        from PIL import Image

        return tuple(
            ink / 255 for ink in self.picture(Image.new("RGB", (1, 1), (red, green, blue))).tobytes()
        )

    def picture(self, image: Image) -> Image:
        """*image*, in RGB, in the inks of the press; L stays as it is."""
        from PIL import ImageCms

        if self.to_cmyk is None or image.mode == "L":
            return image
        made = ImageCms.applyTransform(image, self.to_cmyk)
        assert made is not None  # not done in place
        return made


def ink_for(theme: PdfTheme, file: ReferenceFile | None) -> Ink:
    """The ink that *theme* asks for, with the profile of the press in *file*.

    Raises BookError when the profile is none, or is not of the colours that the theme wants.
    """
    if file is None:
        if theme.colour == "cmyk":
            message = "pdf.colour = cmyk wants the profile of a press"
            hint = (
                "ask the press for its ICC profile, put it into the book's folder and name it in pdf.profile"
            )
            raise BookError(Code.SETTING_VALUE, Place(PROFILE), message, hint)
        return Ink(theme.colour)
    data = file.data
    space = data[16:20]
    if len(data) < _HEADER or data[36:40] != b"acsp" or data[12:16] != b"prtr" or space not in _SPACES:
        message, hint = "this is no ICC profile of a press", "ask the press for its profile"
        raise BookError(Code.SETTING_VALUE, Place(file.name), message, hint)
    if theme.colour not in _SPACES[space]:
        shown = space.decode("ascii").strip()
        message = f"a profile of {shown} does not go with pdf.colour = {theme.colour}"
        hint = f"set pdf.colour to {' or '.join(_SPACES[space])}"
        raise BookError(Code.SETTING_VALUE, Place(file.name), message, hint)
    name, transform = _opened(file, cmyk=theme.colour == "cmyk")
    return Ink(theme.colour, Profile(data, name, {b"CMYK": 4, b"GRAY": 1}.get(space, 3)), transform)


def _opened(file: ReferenceFile, *, cmyk: bool) -> tuple[str, Any]:
    """The profile's own name, and a transform from sRGB (relative colorimetric, black to black) where wanted."""
    from PIL import ImageCms

    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(file.data))
        name = ImageCms.getProfileDescription(profile).strip() or file.name
        if not cmyk:
            return name, None
        intent, black = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
        screen = ImageCms.createProfile("sRGB")
        return name, ImageCms.buildTransform(screen, profile, "RGB", "CMYK", intent, black)
    except (OSError, ImageCms.PyCMSError, ValueError) as error:
        message = f"this ICC profile cannot be used: {error}"
        raise BookError(Code.SETTING_VALUE, Place(file.name), message, "ask the press for another") from error


def path(
    commands: str, points: Sequence[float], origin: tuple[float, float], scale: float, operator: str = "f"
) -> str:
    """A filled path (ISO 32000-1, 8.5): steps M, L, Q, C, Z, their *points* *scale* times as far from *origin*.

    Points count downward; *operator* does something with the path.  A quadratic curve becomes the cubic one that it is.
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
    return " ".join((*out, operator))


def shading(gradient: Gradient, ink: Ink) -> str:
    """A gradient as an axial or radial shading (ISO 32000-1, 8.7.4.5), its colours in *ink*."""
    stops = [(0.0, gradient.stops[0][1]), *gradient.stops, (1.0, gradient.stops[-1][1])]
    steps, bounds = [], []
    for (start, before), (end, after) in pairwise(stops):
        if end > start:
            colours = " ".join(
                f"/C{at} [{' '.join(map(number, ink.values(value)))}]"
                for at, value in enumerate((before, after))
            )
            steps.append(f"<< /FunctionType 2 /Domain [0 1] /N 1 {colours} >>")
            bounds.append(number(end))
    joined = (
        f"<< /FunctionType 3 /Domain [0 1] /Bounds [{' '.join(bounds[:-1])}] /Encode [{' '.join(['0 1'] * len(steps))}]"
        f" /Functions [{' '.join(steps)}] >>"
    )
    ends = " ".join(f"{value:.6f}" for value in gradient.ends)
    return (
        f"<< /ShadingType {3 if gradient.radial else 2} /ColorSpace {ink.space} /Coords [{ends}]"
        f" /Extend [true true] /Function {joined} >>"
    )
