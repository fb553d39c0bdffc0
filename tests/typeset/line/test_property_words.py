"""Texts made of words, addresses, numbers, marks and ruby, under any switch: nothing lost, no limit overstepped."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convert.diagnostics import Code, Findings
from convert.model.nodes import RubySegment
from convert.typeset.frame import GlyphRun
from convert.typeset.inline import Align, Line, Piece, RubyPiece, TextPiece
from tests.typeset.line.measures import is_han, row
from tests.typeset.line.setting import EM, engine, paragraph, style
from tests.typeset.line.test_property import visible

WORDS = (
    "天地玄黄",
    "我们",
    "学习",
    "了",
    "internationalization",
    "JavaScript",
    "the",
    "reading_room_12",
    "https://www.example.org/a/b?c=d&e=f#g",
    "someone.else@mail.example",
    "/usr/share/fonts/kai.ttf",
    "3.14",
    "5 kg",
    "1,280",
    "38℃",
    "¥99",
    "2025-03-14",
    "0571-8899-7766",
    "，",
    "。",
    "：“",
    "”",
    "（",
    "）",
    "《",
    "》",
    "——",
    "……",
    "·",
    "／",
    "～",
    "①",
    "？！",
    "don’t",
    "E=mc²",
    "ただし、",
    "한국어",
)
TOKEN = st.one_of(
    st.sampled_from(WORDS),
    st.tuples(st.sampled_from("床前明月光難"), st.sampled_from(("chuáng", "yǔ", "むずか", "ㄩㄝˋ"))),
)
LAYOUT = st.fixed_dictionaries(
    {
        "prohibition": st.sampled_from(("none", "basic", "gb", "strict")),
        "punctuation": st.sampled_from(("auto", "kaiming", "banjiao", "hangmobanjiao", "plain")),
        "hanging": st.booleans(),
        "autospace": st.sampled_from((0.0, 0.125, 0.25)),
        "hyphenate": st.booleans(),
        "cjk_space": st.sampled_from(("drop", "keep")),
    }
)


def pieces(tokens: list[str | tuple[str, str]], space: str, language: str) -> list[Piece]:
    out: list[Piece] = []
    for token in tokens:
        if isinstance(token, str):
            out.append(TextPiece(token + space, style(language=language)))
        else:
            out.append(RubyPiece((RubySegment(*token),), style(language=language)))
    return out


def painted(line: Line) -> str:
    return "".join(
        "".join(run.texts) for run in line.items if isinstance(run, GlyphRun) and not run.synthetic
    )


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(TOKEN, min_size=1, max_size=40),
    st.sampled_from(("", " ")),
    st.integers(8, 60),
    st.sampled_from(("zh-Hans", "zh-Hant", "ja", "ko")),
    LAYOUT,
)
def test_no_limit_is_overstepped(
    tokens: list[str | tuple[str, str]],
    space: str,
    measure: int,
    language: str,
    layout: dict[str, object],
) -> None:
    findings = Findings()
    made = pieces(tokens, space, language)
    wide = paragraph(measure, 2, language, align=Align.JUSTIFY)
    lines = engine(findings, **layout).set(made, wide)
    wanted = "".join(token if isinstance(token, str) else token[0] for token in tokens)
    assert visible("".join(map(painted, lines))) == visible(wanted)
    codes = {item.code for item in findings}
    hang = 1.0 if layout["hanging"] else 0.0
    for line in lines:
        shown = row(line)
        assert line.width <= (measure + hang) * EM + 0.11 or Code.LINE_OVERFULL in codes
        if not line.last and line.width < (measure - 0.06) * EM:
            assert Code.LINE_RAGGED in codes
        for a, b in shown.pairs:
            if (
                is_han(a.text)
                and is_han(b.text)
                and not b.spaced
                and not any(isinstance(t, tuple) for t in tokens)
            ):
                assert -0.005 <= b.x - a.x - 1 <= 0.2505
