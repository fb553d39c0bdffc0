"""Word's numbers of headings, counted from the file alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.verify import read_edition
from convert.verify.docx_numbers import _figures
from tests.verify.packages import docx, paragraph


def level(at: int, text: str, form: str = "decimal", more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


CHAPTERS = (
    '<w:abstractNum w:abstractNumId="5">'
    + level(0, "第%1章", "chineseCountingThousand", '<w:pStyle w:val="H1"/>')
    + level(1, "%1.%2", "decimal", '<w:pStyle w:val="H2"/><w:isLgl/>')
    + '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="5"/></w:num>'
    + '<w:num w:numId="4"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="12"/></w:lvlOverride></w:num>'
    + '<w:abstractNum w:abstractNumId="6">' + level(0, "", "none") + '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="6"/></w:num>'
)  # fmt: skip
STYLES = {"H1": 3, "H2": 3}


def heading(text: str, style: str, number: str = "") -> str:
    own = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{own}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def test_headings_are_counted_as_word_counts(tmp_path: Path) -> None:
    body = "".join(
        [
            heading("序", "H1", "7"), heading("甲", "H1"), heading("乙", "H2"), heading("丙", "Mine"), heading("丁", "H2"),
            heading("戊", "H1", "4"), heading("己", "H2"), heading("庚", "H1"), paragraph("文"), heading("辛", "H1", "0"),
        ]
    )  # fmt: skip
    reading = read_edition(docx(tmp_path / "a.docx", body, numbering=CHAPTERS, numbered=STYLES))
    assert [entry.title for entry in reading.outline] == [
        "序", "第一章 甲", "1.1 乙", "第二章 丙", "2.1 丁", "第十二章 戊", "12.1 己", "第十三章 庚", "辛",
    ]  # fmt: skip
    assert reading.text == "序第一章甲1.1乙第二章丙2.1丁第十二章戊12.1己第十三章庚文辛"


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("chineseCountingThousand", "一 十 十一 二十 一百零五"), ("chineseLegalSimplified", "壹 壹拾 壹拾壹 贰拾 壹佰零伍"),
        ("upperLetter", "A J K T AAAAA"), ("lowerRoman", "i x xi xx cv"), ("decimal", "1 10 11 20 105"), ("none", "    "),
        ("decimalEnclosedCircleChinese", "① ⑩ ⑪ ⑳ 105"),
    ],
)  # fmt: skip
def test_figures(form: str, shown: str) -> None:
    assert " ".join(_figures(count, form) for count in (1, 10, 11, 20, 105)) == shown
