"""Draws the five figures of the sample booklet: ``python draw.py [folder]``.

Every figure is a black and grey line drawing, 300 dpi, mode "L". Measures are pixels of the finished picture; the
drawing is made four times as large and then reduced, which smooths the slanting lines. Nothing depends on the clock or
on chance: the same Pillow and the same fonts give the same bytes. It needs Pillow and the pip package
``pylopdf-fonts-zh-cn``, from which the lettering comes.
"""

from __future__ import annotations

import importlib.util
import math
import sys
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

Point = tuple[float, float]
Area = tuple[float, float, float, float]
"""Left, top, right and bottom."""

DPI = 300
OVERSAMPLING = 4
BLACK, DARK, MIDDLE, LIGHT, PALE, WHITE = 0, 85, 153, 204, 238, 255
"""The tones: all multiples of 17, so that sixteen levels of grey are enough."""

SANS, SERIF = "NotoSansSC-Regular.otf", "NotoSerifSC-Regular.otf"
LABEL = 38
"""Size of the lettering: 8 pt or so when a figure 1400 pixels wide is printed 294 pt wide."""


@cache
def font(name: str, size: float) -> ImageFont.FreeTypeFont:
    """The font file ``name`` at ``size`` pixels of the finished picture."""
    package = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    if package is None or package.origin is None:
        raise SystemExit("draw.py needs the fonts: pip install pylopdf-fonts-zh-cn")
    file = Path(package.origin).with_name(name)
    return ImageFont.truetype(str(file), round(size * OVERSAMPLING), layout_engine=ImageFont.Layout.BASIC)


class Drawing:
    """A white sheet to draw on, in pixels of the finished picture."""

    def __init__(self, width: int, height: int) -> None:
        self.image = Image.new("L", (width * OVERSAMPLING, height * OVERSAMPLING), WHITE)
        self.pen = ImageDraw.Draw(self.image)

    def line(self, *points: Point, tone: int = BLACK, width: float = 3) -> None:
        """A line through ``points``, with round ends and corners."""
        big = [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]
        thickness = round(width * OVERSAMPLING)
        self.pen.line(big, fill=tone, width=thickness, joint="curve")
        radius = thickness / 2
        for x, y in big if width > 2 else ():
            self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=tone)

    def dashes(
        self,
        start: Point,
        end: Point,
        *,
        dash: float = 16,
        gap: float = 11,
        tone: int = BLACK,
        width: float = 3,
    ) -> None:
        """A dashed line that begins and ends with a whole dash."""
        length = math.dist(start, end)
        count = max(1, round((length + gap) / (dash + gap)))
        pitch = (length + gap) / count

        def along(way: float) -> Point:
            share = way / length
            return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share

        for number in range(count):
            self.line(along(number * pitch), along(number * pitch + pitch - gap), tone=tone, width=width)

    def polygon(self, *points: Point, fill: int = WHITE, edge: int | None = BLACK, width: float = 3) -> None:
        """A filled polygon; ``edge`` None leaves out its outline."""
        self.pen.polygon([(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points], fill=fill)
        if edge is not None:
            self.line(*points, points[0], tone=edge, width=width)

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        *,
        fill: int = WHITE,
        edge: int | None = BLACK,
        width: float = 3,
    ) -> None:
        """A filled upright rectangle."""
        self.polygon(
            (left, top), (right, top), (right, bottom), (left, bottom), fill=fill, edge=edge, width=width
        )

    def arrow(
        self, start: Point, end: Point, *, both: bool = False, tone: int = BLACK, width: float = 2.5
    ) -> None:
        """A line with an arrowhead at ``end``, and at ``start`` too when ``both``."""
        self.line(start, end, tone=tone, width=width)
        for tip, tail in ((end, start), (start, end))[: 2 if both else 1]:
            angle = math.atan2(tail[1] - tip[1], tail[0] - tip[0])
            wings = [
                (tip[0] + 17 * math.cos(angle + turn), tip[1] + 17 * math.sin(angle + turn))
                for turn in (-0.32, 0.32)
            ]
            self.polygon(tip, *wings, fill=tone, edge=None)

    def text(
        self,
        centre: Point,
        words: str,
        *,
        size: float = LABEL,
        face: str = SANS,
        tone: int = BLACK,
        halo: bool = False,
    ) -> None:
        """``words`` centred on a point by the height of a Chinese character; ``halo`` clears the ground under it."""
        x, y = centre
        lettering = font(face, size)
        baseline = y + 0.38 * size  # An em box reaches 0.88 above the baseline and 0.12 below.
        if halo:
            half = lettering.getlength(words) / OVERSAMPLING / 2 + 0.3 * size
            self.box(x - half, y - 0.7 * size, x + half, y + 0.7 * size, edge=None)
        self.pen.text(
            (x * OVERSAMPLING, baseline * OVERSAMPLING), words, font=lettering, fill=tone, anchor="ms"
        )

    def column(self, centre: Point, words: str, *, size: float = LABEL) -> None:
        """``words`` from top to bottom, one character over another."""
        top = centre[1] - (len(words) - 1) * size * 1.1 / 2
        for number, character in enumerate(words):
            self.text((centre[0], top + number * size * 1.1), character, size=size)

    def paste(self, other: Drawing, left: float, top: float, *, upside_down: bool = False) -> None:
        """Puts another drawing on this one, turned by half a turn if ``upside_down``."""
        picture = other.image.transpose(Image.Transpose.ROTATE_180) if upside_down else other.image
        self.image.paste(picture, (round(left * OVERSAMPLING), round(top * OVERSAMPLING)))

    def save(self, path: Path) -> None:
        """Writes the finished picture, reduced, as a PNG of sixteen greys."""
        small = self.image.reduce(OVERSAMPLING).point([round(tone / 17) * 17 for tone in range(256)])
        small.save(path, dpi=(DPI, DPI), optimize=True)


def sizes() -> Drawing:
    """A0 halved again and again, down to A6."""
    drawing = Drawing(1200, 862)
    left, top, width = 8.0, 8.0, 1100.0
    height = width / math.sqrt(2)
    right, bottom = left + width, top + height
    drawing.box(left, top, right, bottom, fill=PALE, edge=None)
    measures = ("594 × 841", "420 × 594", "297 × 420", "210 × 297", "", "")
    x, y, w, h = left, top, width, height
    for number, measure in enumerate(measures, start=1):
        upright = number % 2 == 1
        w, h = (w / 2, h) if upright else (w, h / 2)
        drawing.box(x, y, x + w, y + h)
        size = (104, 88, 72, 60, 50, 44)[number - 1]
        middle = y + h / 2 - (size * 0.32 if measure else 0)
        drawing.text((x + w / 2, middle), f"A{number}", size=size, face=SERIF)
        if measure:
            drawing.text((x + w / 2, middle + size * 0.5 + 36), measure, size=37, tone=DARK)
        x, y = (x + w, y) if upright else (x, y + h)
    drawing.line((left, top), (right, top), (right, bottom), (left, bottom), (left, top), width=6)
    drawing.arrow((left, bottom + 44), (right, bottom + 44), both=True)
    drawing.text((left + width / 2, bottom + 44), "A0 的长边 1189 mm", halo=True)
    drawing.arrow((right + 46, top), (right + 46, bottom), both=True)
    side = Drawing(350, 54)
    side.text((175, 27), "A0 的短边 841 mm")
    side.image = side.image.transpose(Image.Transpose.ROTATE_90)
    drawing.paste(side, right + 19, top + height / 2 - 175)
    return drawing


EM_MARKS = (
    ("国", "汉字", (0.0, 1.0)),
    ("，", "逗号", (0.0, 0.5)),
    ("。", "句号", (0.0, 0.5)),
    ("“", "前引号", (0.5, 1.0)),
    ("”", "后引号", (0.0, 0.5)),
    ("（", "前括号", (0.5, 1.0)),
    ("）", "后括号", (0.0, 0.5)),
    ("·", "间隔号", (0.25, 0.75)),
    ("——", "破折号", (0.0, 2.0)),
)
"""The mark, its name, and where in its em box the ink is, in em."""


def em_square(
    drawing: Drawing, left: float, top: float, em: float, mark: str, ink: tuple[float, float]
) -> float:
    """One em box (two for a dash), the ground of the ink grey, what may be removed white; gives its width."""
    width = em * max(1.0, ink[1])
    begin, end = left + ink[0] * em, left + ink[1] * em
    drawing.box(begin, top, end, top + em, fill=LIGHT, edge=None)
    for edge in (begin, end, left + em):
        if left < edge < left + width:
            drawing.dashes((edge, top), (edge, top + em), dash=9, gap=7, width=2)
    if mark == "——":  # One stroke: two em dashes of the font would leave a crack between them.
        drawing.line((left + 0.08 * em, top + em / 2), (left + width - 0.08 * em, top + em / 2), width=6)
    else:  # A little smaller than the box: the tail of the comma would hang out.
        drawing.text((left + width / 2, top + em / 2 - 2), mark, size=0.9 * em, face=SERIF)
    drawing.line(
        (left, top), (left + width, top), (left + width, top + em), (left, top + em), (left, top), width=3
    )
    return width


def em() -> Drawing:
    """A row of em boxes with their ink and their white."""
    drawing = Drawing(1400, 320)
    size, gap = 123.0, 19.0
    left, top = (1400 - 10 * size - 8 * gap) / 2, 14.0
    for mark, name, ink in EM_MARKS:
        width = em_square(drawing, left, top, size, mark, ink)
        drawing.text((left + width / 2, top + size + 42), name)
        left += width + gap
    y = 276.0
    drawing.box(380, y - 21, 422, y + 21, fill=LIGHT)
    drawing.text((522, y), "墨迹所在")
    drawing.box(720, y - 21, 762, y + 21)
    drawing.text((919, y), "可以收去的空白")
    return drawing


def page_of_text(drawing: Drawing, area: Area, first: int) -> None:
    """Grey strokes for lines of text in ``area``; paragraphs begin at every seventh line, counted from ``first``."""
    left, top, right, bottom = area
    pitch = 33.0
    count = int((bottom - top - 30) // pitch) + 1
    margin = (bottom - top - (count - 1) * pitch) / 2
    for number in range(count):
        y = top + margin + number * pitch
        place = (number + first) % 7
        begin = left + 10 + (44 if place == 0 else 0)
        end = right - 10 - ((right - left) * (0.25 + 0.4 * (number % 2)) if place == 6 else 0)
        drawing.line((begin, y), (end, y), tone=LIGHT, width=9)


def half_spread(drawing: Drawing, page: Area, *, left_hand: bool) -> Area:
    """One page of a spread with its text, running head and folio; gives the area of its text."""
    left, top, right, bottom = page
    inner, outer = 116.0, 92.0
    area = (
        left + (outer if left_hand else inner),
        top + 168,
        right - (inner if left_hand else outer),
        bottom - 134,
    )
    drawing.box(*page, width=4)
    drawing.box(*area, width=2.5)
    page_of_text(drawing, area, 0 if left_hand else 3)
    title, number = ("纸上的光阴", "32") if left_hand else ("版面的规矩", "33")
    edge, sign = (area[0], 1) if left_hand else (area[2], -1)
    for words, name, y in ((title, "书眉", area[1] - 36), (number, "页码", area[3] + 38)):
        length = font(SERIF, 31).getlength(words) / OVERSAMPLING
        drawing.text((edge + sign * length / 2, y), words, size=31, face=SERIF, tone=DARK)
        outside = (left if left_hand else right) - sign * 26
        drawing.line((edge - sign * 14, y), (outside, y), tone=DARK, width=2)
        drawing.text((outside - sign * 48, y), name)
    drawing.text(((area[0] + area[2]) / 2, (area[1] + area[3]) / 2), "版心", size=58, halo=True)
    return area


def margins(drawing: Drawing, page: Area, area: Area, *, left_hand: bool) -> None:
    """The names of the four margins of a page, each with an arrow across it."""
    middle = (area[0] + area[2]) / 2 + (30 if left_hand else -30)
    beside = middle + (58 if left_hand else -58)
    for name, begin, end in (("天头", page[1], area[1]), ("地脚", area[3], page[3])):
        drawing.arrow((middle, begin), (middle, end), both=True, tone=DARK)
        drawing.text((beside, (begin + end) / 2 - (18 if name == "天头" else 0)), name)
    height = (area[1] + area[3]) / 2
    names = ("切口", "订口") if left_hand else ("订口", "切口")
    for name, begin, end in ((names[0], page[0], area[0]), (names[1], area[2], page[2])):
        drawing.arrow((begin, height + 66), (end, height + 66), both=True, tone=DARK)
        drawing.column(((begin + end) / 2, height), name)


def parts() -> Drawing:
    """A spread, with the names of its parts."""
    drawing = Drawing(1400, 848)
    pages = ((124.0, 14.0, 700.0, 834.0), (700.0, 14.0, 1276.0, 834.0))
    for page, left_hand in zip(pages, (True, False), strict=True):
        area = half_spread(drawing, page, left_hand=left_hand)
        margins(drawing, page, area, left_hand=left_hand)
    return drawing


def numbered_page(number: int, width: int, height: int) -> Drawing:
    """A page upright: a heading, lines of text, and in the middle its number."""
    page = Drawing(width, height)
    side = 46
    page.line((width / 2 - 70, 60), (width / 2 + 70, 60), tone=MIDDLE, width=13)
    lines = [105 + 32 * step for step in range(11)]
    for step, y in enumerate(lines):
        begin = side + (36 if step in (0, 8) else 0)
        end = width - side - (90 if step in (7, 10) else 0)
        page.line((begin, y), (end, y), tone=LIGHT, width=8)
    middle = (lines[2] + lines[7]) / 2
    page.box(side - 8, lines[2] + 16, width - side + 8, lines[7] - 16, edge=None)
    page.text((width / 2, middle), str(number), size=150, face=SERIF)
    for shift, word in ((-90, "第"), (90, "页")):
        page.text((width / 2 + shift, middle + 22), word, size=40)
    return page


def fold() -> Drawing:
    """Both sides of a sheet of eight pages, as they are imposed."""
    drawing = Drawing(1400, 1080)
    width, height, top = 320, 450, 70
    sides = (("正面", 10, ((5, 4), (8, 1))), ("反面", 750, ((3, 6), (2, 7))))
    for name, left, rows in sides:
        drawing.text((left + width, 32), name, size=44)
        for row, numbers in enumerate(rows):
            for column, number in enumerate(numbers):
                page = numbered_page(number, width, height)
                drawing.paste(page, left + column * width, top + row * height, upside_down=row == 0)
        right, bottom = left + 2 * width, top + 2 * height
        drawing.line((left, top), (right, top), (right, bottom), (left, bottom), (left, top), width=4)
        drawing.dashes((left, top + height), (right, top + height), dash=20, gap=13, width=3.5)
        drawing.dashes((left + width, top), (left + width, bottom), dash=20, gap=13, width=3.5)
        drawing.text((left + width, bottom + 40), "再左右对折")
    drawing.column((700, top + height), "先上下对折")
    return drawing


def ridge(at: Point, depth: Point, share: float) -> Point:
    """The point ``share`` of the way along a ridge that begins ``at`` and runs for ``depth``."""
    return at[0] + depth[0] * share, at[1] + depth[1] * share


def roof(
    drawing: Drawing, front: Point, depth: Point, leg: Point, tones: tuple[int, int], width: float = 3
) -> None:
    """A folded sheet that lies astride like a roof: its two halves, seen from above."""
    back = ridge(front, depth, 1)
    for sign, tone in zip((-1, 1), tones, strict=True):
        low_back, low_front = (
            (back[0] + sign * leg[0], back[1] + leg[1]),
            (front[0] + sign * leg[0], front[1] + leg[1]),
        )
        drawing.polygon(front, back, low_back, low_front, fill=tone, width=width)


def astride(drawing: Drawing, sheets: int) -> None:
    """Folded sheets on a saddle with two staples."""
    front, depth, leg, step = (300.0, 345.0), (210.0, -265.0), (235.0, 190.0), 15.0
    low = (front[0], front[1] + sheets * step + 2)
    start, end = ridge(low, depth, -0.3), ridge(low, depth, 1.12)
    beam, arm = (end[0] - start[0], end[1] - start[1]), (120.0, 97.0)
    roof(drawing, start, beam, arm, (LIGHT, MIDDLE))
    foot = [(start[0] + sign * arm[0], start[1] + arm[1]) for sign in (-1, 1)]
    drawing.polygon(start, foot[1], foot[0], fill=LIGHT)
    for number in reversed(range(sheets)):
        roof(drawing, (front[0], front[1] + number * step), depth, leg, (WHITE, PALE))
    for share in (0.22, 0.66):
        drawing.line(ridge(front, depth, share), ridge(front, depth, share + 0.13), width=11)
    drawing.text((150, 60), "铁钉")
    for share in (0.28, 0.72):
        x, y = ridge(front, depth, share)
        drawing.line((196, 66), (x - 12, y - 7), tone=DARK, width=2)
    drawing.text((660, 60), "折缝")
    x, y = ridge(front, depth, 0.94)
    drawing.line((612, 62), (x + 9, y + 2), tone=DARK, width=2)
    drawing.text((80, 655), "架子")
    drawing.line((126, 645), (foot[0][0] + 38, foot[0][1] - 16), tone=DARK, width=2)


def magnified(drawing: Drawing, centre: Point, radius: float, sheets: int) -> None:
    """The fore-edge enlarged: each sheet further in stands out further; a dashed line where it is trimmed."""
    x, y = centre
    lens = Drawing(round(2 * radius), round(2 * radius))
    thickness, gap, creep = 34.0, 13.0, 36.0
    top = radius - (sheets * (thickness + gap) - gap) / 2
    first = radius + 15.0
    trim = first - 24.0
    for number in range(sheets):
        upper, end = top + number * (thickness + gap), first + number * creep
        lens.box(-9, upper, end, upper + thickness, fill=PALE)
        lens.box(trim, upper, end, upper + thickness, fill=LIGHT)
    bottom, last = top + sheets * (thickness + gap) - gap, first + (sheets - 1) * creep
    for edge in (first, last):
        lens.line((edge, bottom + 8), (edge, bottom + 68), tone=DARK, width=2)
    lens.arrow((first, bottom + 48), (last, bottom + 48), both=True)
    mask = Image.new("L", lens.image.size, 0)
    ImageDraw.Draw(mask).ellipse((0, 0, mask.width - 1, mask.height - 1), fill=255)
    corner = (round((x - radius) * OVERSAMPLING), round((y - radius) * OVERSAMPLING))
    drawing.image.paste(lens.image, corner, mask)
    drawing.text((x - radius + first + (last - first) / 2, y - radius + bottom + 92), "爬移")
    drawing.text((x - 110, y - radius + top - 34), "外面的纸")
    drawing.text((x - 110, y - radius + bottom + 36), "里面的纸")
    line = x - radius + trim
    drawing.dashes((line, y - radius - 34), (line, y + radius + 22), width=3.5)
    drawing.text((line, y - radius - 62), "裁切线")


def ring(drawing: Drawing, centre: Point, radius: float) -> None:
    """A circle, not filled."""
    x, y = (value * OVERSAMPLING for value in centre)
    reach = radius * OVERSAMPLING
    drawing.pen.ellipse((x - reach, y - reach, x + reach, y + reach), outline=BLACK, width=3 * OVERSAMPLING)


def rays(drawing: Drawing, first: Point, first_radius: float, second: Point, second_radius: float) -> None:
    """The two lines that touch both circles from outside."""
    heading = math.atan2(second[1] - first[1], second[0] - first[0])
    spread = math.acos((first_radius - second_radius) / math.dist(first, second))
    circles = ((first, first_radius), (second, second_radius))
    for angle in (heading - spread, heading + spread):
        drawing.line(
            *((c[0] + r * math.cos(angle), c[1] + r * math.sin(angle)) for c, r in circles),
            tone=DARK,
            width=2,
        )


def saddle() -> Drawing:
    """Saddle stitching, and the creep of the sheets inside."""
    drawing = Drawing(1400, 690)
    sheets, corner, small, lens, radius = 5, (535.0, 572.0), 58.0, (1115.0, 362.0), 262.0
    rays(drawing, corner, small, lens, radius)
    astride(drawing, sheets)
    magnified(drawing, lens, radius, sheets)
    ring(drawing, corner, small)
    ring(drawing, lens, radius)
    return drawing


FIGURES = {"sizes": sizes, "em": em, "parts": parts, "fold": fold, "saddle": saddle}


def main() -> None:
    """Draws every figure into the folder named on the command line, or next to this file."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, draw in FIGURES.items():
        draw().save(folder / f"{name}.png")


if __name__ == "__main__":
    main()
