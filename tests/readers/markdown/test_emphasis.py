"""Marks beside Chinese punctuation, quotation marks and brackets: always, on both sides, for every mark.

CommonMark leaves ``**一、……。**接着`` unset (commonmark-spec issue 650); nothing of that kind may happen here.
"""

from __future__ import annotations

import pytest

from convert.model import nodes as n
from convert.model.walk import query
from tests.readers.markdown.shape import parse

_OUTER = [
    "", "甲", "a", "1", "。", "，", "、", "：", "；", "？", "！", "“", "”", "‘", "’", "（", "）", "《", "》", "「", "」", "【", "】",
    "——", "……", "·", "～", "(", ")", "[", "]", ".", ",", '"', "%", "％", " ", "　",
]  # fmt: skip
_INNER = [
    "乙", "b", "乙b", "乙。", "，乙", "乙：", "一、乙。", "“乙”", "‘乙’", "（乙）", "《乙》", "「乙」", "【乙】", "——乙——", "……乙", "乙！",
    "(乙)", "[乙]", "(b)", "b.", '"b"', "100%", "`乙`", "[乙](https://a.b)", "$x$", "www.a.cn", "乙~3", "<b>乙</b>",
]  # fmt: skip
_KINDS: dict[str, type] = {"**": n.Strong, "*": n.Emphasis, "~~": n.Strikethrough, "==": n.Highlight}


def _texts(mark: str) -> list[str]:
    """Every inner text in *mark*, with every outer one on the left, on the right and on both sides."""
    sides = [(left, "甲") for left in _OUTER] + [("甲", right) for right in _OUTER] + [(o, o) for o in _OUTER]
    return [
        f"文{left}{mark}{inner}{mark}{right}"
        for left, right in dict.fromkeys(sides)
        for inner in _INNER
        # Between Latin letters or digits == is a comparison.
        if mark != "==" or (not _word(left, inner[:1]) and not _word(inner[-1:], right))
    ]


def _word(before: str, after: str) -> bool:
    return ((before + after).isascii() and before[-1:].isalnum() and after[:1].isalnum()) or before in (
        "%",
        ".",
    )


@pytest.mark.parametrize("mark", _KINDS)
def test_a_mark_works_beside_anything(mark: str) -> None:
    texts = _texts(mark)
    document = parse("\n\n".join(texts))
    assert len(document.blocks) == len(texts) > 2000
    unset = [
        text
        for text, block in zip(texts, document.blocks, strict=True)
        if next(query([block], _KINDS[mark]), None) is None
    ]
    assert unset == []


@pytest.mark.parametrize("mark", _KINDS)
def test_marks_in_a_row(mark: str) -> None:
    parts = [f"{mark}{inner}{mark}" for inner in ("“甲”", "（乙）", "丙。")]
    document = parse("".join(parts) + "\n\n" + "、".join(parts) + "\n\n" + "和".join(parts))
    assert [len(list(query([block], _KINDS[mark]))) for block in document.blocks[1:]] == [3, 3]


@pytest.mark.parametrize("outer", _KINDS)
@pytest.mark.parametrize("inner", _KINDS)
def test_a_mark_in_a_mark_beside_punctuation(outer: str, inner: str) -> None:
    if outer[0] == inner[0]:
        return
    document = parse(f"他说{outer}“甲”，{inner}《乙》{inner}。{outer}接着")
    assert next(query(document, _KINDS[outer]), None) is not None
    assert next(query(document, _KINDS[inner]), None) is not None


@pytest.mark.parametrize(
    "text", ["2 * 3 * 4", "甲 ** 乙 ** 丙", "a==b 和 c==d", "snake_case_x", "3~5天，6~8天", "**甲", "甲~~"]
)
def test_what_is_no_mark_stays(text: str) -> None:
    marks = (n.Strong, n.Emphasis, n.Strikethrough, n.Highlight, n.Subscript)
    assert not [node for kind in marks for node in query(parse(text), kind)]  # type: ignore[type-abstract]
