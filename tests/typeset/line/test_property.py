"""Any text at any measure: no exception, every character painted once in order, nothing sticks out unsaid."""

from collections.abc import Callable, Sequence
from functools import partialmethod

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convert.diagnostics import Code, Findings
from convert.theme import Role
from convert.typeset.adjust import GAP_NONE
from convert.typeset.cells import Cells
from convert.typeset.cjk import is_invisible, is_space
from convert.typeset.frame import GlyphRun
from convert.typeset.inline import Align, Line, TextPiece
from convert.typeset.line import LineMaker
from tests.typeset.line.setting import EM, cells, engine, origins, paragraph, said, style

_COMMON = (
    "天地人的了《》（）“”‘’，。、；：？！—…·～/- xyz07%¥①\u3000\u00a0\u200b\u00ad\n\t.,()𠮷々ー한\u0301😀"
)
TEXT = st.text(st.one_of(st.sampled_from(_COMMON), st.characters(exclude_categories=("Cs",))), max_size=90)
SHAPER = engine()._shaper
PART = st.tuples(TEXT, st.sampled_from((Role.SERIF, Role.SANS, Role.MONO)), st.booleans(), st.booleans())


def visible(text: str) -> str:
    return "".join(c for c in text if not (is_space(c) or is_invisible(c) or c in "\u3000\x7f" or c < " "))


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(PART, max_size=3),
    st.integers(8, 60),
    st.sampled_from(list(Align)),
    st.sampled_from(["zh-Hans", "zh-Hant", "ja", "ko", "en"]),
    st.sampled_from([-1, 0, 1]),
)
def test_every_character_is_painted_once_in_order(
    parts: list[tuple[str, Role, bool, bool]], measure: int, align: Align, language: str, looseness: int
) -> None:
    findings = Findings()
    made = [
        TextPiece(text, style(language=language, role=role, verbatim=verbatim, dots=dots))
        for text, role, verbatim, dots in parts
    ]
    lines = engine(findings).set(made, paragraph(measure, 2, language, align=align), looseness)
    wanted = visible("".join(piece.text for piece in made))
    painted = "".join(
        glyph.text
        for line in lines
        for run in line.items
        if isinstance(run, GlyphRun) and not run.synthetic
        for glyph in run.glyphs
    )
    assert visible("".join(line.text for line in lines)) == wanted
    assert visible(painted) == wanted
    codes = {item.code for item in findings}
    for line in lines:
        assert line.width <= measure * EM + 0.11 or Code.LINE_OVERFULL in codes
        if align is Align.JUSTIFY and not line.last and line.width < (measure - 0.06) * EM:
            assert Code.LINE_RAGGED in codes


@given(st.text(alphabet="汉字纸书，。“”（）—…·aZ19 .-/①々ア\u00ad\u0301\u2060𠀀", max_size=60))
@settings(max_examples=100, deadline=None)
def test_what_is_settled_for_a_stretch_of_han_holds_inside_it(text: str) -> None:
    made = cells(text)
    inside = sorted(set(range(len(made))) - set(made.odd))
    assert all(any(start < p < end for start, end in made.smooth) for p in inside)
    for start, end in made.smooth:
        assert all(made.glyphs[p] == glyph_at(made, p) for p in range(start, end))
        assert list(made.offset[start:end]) == list(
            range(made.offset[start], made.offset[start] + end - start)
        )
    for p in inside:
        assert (made.rank[p], made.penalty[p], made.break_kind[p], made.spaces[p]) == (0, 0.0, 0, "")
        assert made.width[p] == EM and made.gaps[p].natural == 0


@given(st.text(alphabet="汉，“”A1fi.-/%①ーé\u00ad\u0301 \u3000", max_size=40))
@settings(max_examples=100, deadline=None)
def test_a_word_is_painted_at_once_where_it_could_be_painted_letter_by_letter(text: str) -> None:
    made = cells(text)
    for start, end in made.words:
        for p in range(start, end):
            (mark,) = made.shapes[p].marks
            assert (mark.gid, mark.x, mark.y) == (made.glyphs[p], 0.0, 0.0)
            assert made.shapes[p].face is made.shapes[start].face
            assert p == start or (made.gaps[p], made.spaces[p]) == (GAP_NONE, "")
    with pytest.MonkeyPatch.context() as patch:
        usual = places(engine().set([TextPiece(text, style())], paragraph(12)))
        patch.setattr(LineMaker, "_steps", partialmethod(letter_by_letter, LineMaker._steps))
        assert places(engine().set([TextPiece(text, style())], paragraph(12))) == usual


def letter_by_letter(
    maker: LineMaker, steps: Callable[..., object], first: int, end: int, scaled: bool
) -> object:
    return steps(maker, first, end, True)


def places(made: Sequence[Line]) -> list[list[tuple[str, float]]]:
    return [origins(line) for line in made]


def glyph_at(made: Cells, p: int) -> int:
    """The glyph that the character of cell *p* is painted with when it is shaped by itself."""
    (mark,) = SHAPER.styled(Role.SERIF, "zh-Hans").cell(said(made)[p], made.kind[p]).marks
    return mark.gid


@given(st.text(alphabet="天地人，。“”（）、 a1—\u3000", max_size=60), st.integers(8, 20), st.booleans())
@settings(max_examples=80, deadline=None)
def test_a_plain_line_is_made_as_any_other_is(text: str, measure: int, centred: bool) -> None:
    wanted = paragraph(measure, 0 if centred else 2, align=Align.CENTRE if centred else Align.JUSTIFY)
    parts = [TextPiece(text, style(), anchors=("here",)), TextPiece("天地玄黄，宇宙洪荒。", style())]
    plain = engine().set(parts, wanted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LineMaker, "_is_smooth", lambda maker, first, end: False)
        assert engine().set(parts, wanted) == plain
