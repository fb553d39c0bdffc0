"""Verse in the middle, the source of a quotation at the right, numbers on their points."""

from __future__ import annotations

from convert.theme import Theme
from convert.typeset.frame import GlyphRun, Page
from convert.typeset.geometry import geometry
from tests.typeset.test_composition import book

SHAPE = geometry(Theme())


def runs(page: Page) -> list[tuple[str, float, float]]:
    """What each run says, where it begins and ends, from the left of the text block."""
    left = SHAPE.left(True)
    return [
        (
            "".join(item.texts).strip(),
            item.x - left,
            item.x + item.xs[-1] + item.face.advance(item.ids[-1]) * item.size - left,
        )
        for item in page.items[page.furniture :]
        if isinstance(item, GlyphRun)
    ]


def test_verse_stands_in_the_middle_on_whole_characters():
    page = book("文。\n\n| 灯火三两点\n| 潮来夜半时\n").pages[-1]
    starts = {text: left for text, left, _ in runs(page)}
    # Five characters of twenty-eight: eleven stand free before them.
    assert abs(starts["灯火三两点"] - 11 * SHAPE.em) < 0.01 and starts["灯火三两点"] == starts["潮来夜半时"]


def test_long_verse_stands_two_characters_in_and_its_rest_hangs():
    page = book("| " + "灯火三两点" * 8 + "\n| 潮来\n").pages[-1]
    starts = [round(left / SHAPE.em, 2) for _, left, _ in runs(page)]
    assert starts == [2, 3, 2]


def test_the_source_of_a_quotation_stands_at_its_right():
    page = book("> 一句话说在这里。\n>\n> ——祖父\n").pages[-1]
    ends = {text: right for text, _, right in runs(page)}
    assert abs(ends["——祖父"] - (SHAPE.measure - 2 * SHAPE.em)) < 0.6
    assert ends["一句话说在这里。"] < ends["——祖父"] - 5 * SHAPE.em


def test_numbers_stand_on_their_points_in_a_column_that_stands_right():
    cells = ("9.5", "12.25", "1,280", "12.5%", "无")

    def points(marks: str) -> tuple[list[float], dict[str, float]]:
        text = f"| 名 | 数 |\n|---|{marks}|\n" + "".join(f"| 甲 | {cell} |\n" for cell in cells)
        page = book(text).pages[-1]
        places, ends = [], {}
        for item in page.items[page.furniture :]:
            said = "".join(item.texts) if isinstance(item, GlyphRun) else ""
            if said in cells:
                edges = [item.x + x for x in item.xs]
                ends[said] = edges[-1] + item.face.advance(item.ids[-1]) * item.size
                edges.append(ends[said])
                if said != "无":
                    places.append(edges[said.find(".") if "." in said else len(said)])
        return places, ends

    places, ends = points("---:")
    assert len(places) == 4 and max(places) - min(places) < 0.05
    assert abs(ends["无"] - max(ends.values())) < 0.7, "what is no number stands at the edge"
    places, _ = points("---")
    assert max(places) - min(places) > 1
