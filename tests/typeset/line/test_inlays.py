"""Cells made island by island are those that the general way makes."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.theme import Role
from convert.typeset.cells import Cells, find_ends, make_cells
from convert.typeset.inline import Style, TextPiece
from convert.typeset.paragraph import LineEngine
from convert.typeset.source import read_pieces
from tests.typeset.line.setting import EM, engine, paragraph, style

_SIGNS = "中文页年½，。、：“”‘’（）《》！？…—·A1 7.%/@-e\u00a0\u0301😀℃々かー"
_STYLES = (
    style(),
    style(verbatim=True),
    Style(Role.SANS, EM, "zh-Hans"),
    style(size=6.2, rise=3.6),
)


def _both(pieces: list[TextPiece], made: LineEngine | None = None) -> tuple[Cells | None, Cells]:
    """The cells island by island, and in the general way."""
    made, wanted = made or engine(), paragraph(20)
    source = read_pieces(pieces, wanted.language, made._layout, False)
    general = make_cells(source, made._shaper, made._layout, wanted.language, EM)
    find_ends(general, made._layout, wanted.language, *made._divides(wanted))
    return made._inlays(wanted).cells(source), general


def _assert_alike(pieces: list[TextPiece], made: LineEngine | None = None) -> None:
    inlaid, general = _both(pieces, made)
    if inlaid is not None:
        for field in fields(Cells):  # type: ignore[arg-type]
            assert getattr(inlaid, field.name) == getattr(general, field.name), field.name


_PARTS = st.lists(
    st.tuples(
        st.text(st.sampled_from(_SIGNS), min_size=1, max_size=12), st.sampled_from(_STYLES), st.booleans()
    ),
    min_size=1,
    max_size=3,
)


@given(st.lists(_PARTS, min_size=1, max_size=3))
@settings(deadline=None)
def test_cells_made_island_by_island_are_those_of_the_general_way(paragraphs):
    made = engine()
    for parts in paragraphs:
        _assert_alike([TextPiece(text, its, note="n" if note else "") for text, its, note in parts], made)


@pytest.mark.parametrize(
    "texts", [["用½中", "用½页"], ["第12中", "第12页"], ["甲B“乙”A丙", "甲“乙”A丙"], ["文—中", "文—"]]
)
def test_an_island_that_was_met_elsewhere_is_not_taken_for_another(texts):
    for order in (texts, texts[::-1]):
        made = engine()
        for text in order:
            _assert_alike([TextPiece(text, style())], made)


def test_invisible_signs_alone_make_no_cell():
    inlaid, general = _both([TextPiece("\u200b", style())])
    assert inlaid is not None
    assert len(inlaid) == len(general) == 0


@pytest.mark.parametrize(
    "text", ["他说：“好。”就走了……第12页", "用PDF，2024年", "价格是1,024.5元（约合）", "——不，是“‘这’”！？"]
)
def test_running_text_is_set_island_by_island(text):
    inlaid, _ = _both([TextPiece(text, style())])
    assert inlaid is not None
    _assert_alike([TextPiece(text, style())])


def test_ideographs_in_code_are_left_to_the_general_way():
    inlaid, _ = _both([TextPiece("中文", style(verbatim=True))])
    assert inlaid is None


def test_figures_of_different_widths_keep_their_own():
    engine_, (inlaid, general) = engine(), _both([TextPiece("第1748页", style())])
    assert inlaid is not None
    assert inlaid.width == general.width
    assert engine_._shaper.styled(Role.SERIF, "zh-Hans").figures
