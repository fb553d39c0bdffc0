"""What each scheme calls each heading."""

from __future__ import annotations

from dataclasses import replace

import pytest

from convert.model.nodes import Matter
from convert.numbering.forms import written
from convert.numbering.schemes import scheme_for
from convert.terms import terms_for
from convert.theme import NumberTheme


def names(language: str, count: int = 2, matter: Matter = Matter.BODY, **keys: object) -> list[str]:
    """The number of the *count*-th heading of each rank, under others of that number."""
    scheme = scheme_for(replace(NumberTheme(), **keys), terms_for(language))
    assert scheme is not None
    out = []
    for rank in range(1, 7):
        form = scheme.form(matter, rank)
        assert form is not None
        top = "B" if matter is Matter.APPENDIX else str(count)
        out.append(written(form, count, (top, *[str(count)] * 5)[: rank - 1], language))
    return out


@pytest.mark.parametrize(
    ("language", "keys", "shown"),
    [
        ("zh-Hans", {"headings": "chinese"}, "第二章 第二节 二、 （二） 2. （2）"),
        ("zh-Hant", {"headings": "chinese"}, "第二章 第二節 二、 （二） 2. （2）"),
        ("ja", {"headings": "chinese"}, "第2章 第2節 2. （2） b. （b）"),
        ("en", {"headings": "mixed"}, "Chapter␣2 2.2 2.2.2 2.2.2.2 2.2.2.2.2 2.2.2.2.2.2"),
        ("ko", {"headings": "mixed"}, "제2장 2.2 2.2.2 2.2.2.2 2.2.2.2.2 2.2.2.2.2.2"),
        ("zh-Hans", {"headings": "mixed"}, "第2章 2.2 2.2.2 2.2.2.2 2.2.2.2.2 2.2.2.2.2.2"),
        ("zh-Hans", {"headings": "mixed", "numerals": "simple"}, "第二章 2.2 2.2.2 2.2.2.2 2.2.2.2.2 2.2.2.2.2.2"),
        ("zh-Hans", {"headings": "decimal"}, "2 2.2 2.2.2 2.2.2.2 2.2.2.2.2 2.2.2.2.2.2"),
        ("zh-Hans", {"headings": "official"}, "二、 （二） 2. （2） ② ②"),
        ("zh-Hant", {"headings": "official", "numerals": "formal"}, "貳、 二、 （二） 2. （2） ②"),
        ("zh-Hans", {"headings": "chinese", "numerals": "formal"}, "第贰章 第贰节 二、 （二） 2. （2）"),
        ("zh-Hans", {"headings": "chinese", "numerals": "arabic", "chapter": "第{}课"}, "第2课 第2节 二、 （二） 2. （2）"),
        ("zh-Hans", {"headings": "auto"}, "第二章 第二节 二、 （二） 2. （2）"),
        ("en", {"headings": "auto"}, "2 2.2 2.2.2 2.2.2.2 2.2.2.2.2 2.2.2.2.2.2"),
    ],
)  # fmt: skip
def test_the_ranks_of_a_scheme(language: str, keys: dict[str, object], shown: str) -> None:
    assert [name.replace(" ", "␣") for name in names(language, **keys)] == shown.split()


def test_appendices_have_letters_and_parts_words() -> None:
    assert names("zh-Hans", matter=Matter.APPENDIX, headings="decimal")[:3] == ["附录B", "B.2", "B.2.2"]
    assert names("zh-Hans", matter=Matter.APPENDIX, headings="chinese")[:2] == ["附录B", "二、"]
    assert names("zh-Hans", matter=Matter.PART, headings="decimal")[0] == "第二编"
    assert names("zh-Hans", matter=Matter.PART, headings="chinese", part="第{}部分")[0] == "第二部分"
    assert names("en", matter=Matter.PART, headings="decimal")[0] == "Part II"


def test_front_and_back_matter_have_none() -> None:
    scheme = scheme_for(replace(NumberTheme(), headings="chinese"), terms_for("zh"))
    assert scheme is not None
    assert scheme.form(Matter.FRONT, 1) is None and scheme.form(Matter.BACK, 1) is None
    assert scheme_for(NumberTheme(), terms_for("zh")) is None
