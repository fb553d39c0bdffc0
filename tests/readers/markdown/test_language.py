"""Which language a text that does not say is in."""

from __future__ import annotations

import pytest

from convert.readers.markdown.language import guess_language

SAYING = {
    "zh-Hans": "这本书说的是乡间的学校，老师带学生读书写字。",
    "zh-Hant": "這本書說的是鄉間的學校，老師帶學生讀書寫字。",
    "ja": "この本はいなかの学校のことを書いています。",
    "ko": "이 책은 시골 학교 이야기입니다.",
    "en": "This book tells of a village school.",
}


@pytest.mark.parametrize("times", [1, 3000])
@pytest.mark.parametrize("language", SAYING)
def test_a_text_is_in_the_language_it_is_written_in(language: str, times: int) -> None:
    assert guess_language(SAYING[language] * times) == language


@pytest.mark.parametrize("at_end", [False, True])
def test_a_foreword_or_an_appendix_does_not_decide_for_a_long_book(at_end: bool) -> None:
    other, book = SAYING["en"] * 6000, SAYING["zh-Hant"] * 30_000
    assert guess_language(book + other if at_end else other + book) == "zh-Hant"


def test_a_text_that_is_not_long_is_looked_at_whole() -> None:
    han = SAYING["zh-Hans"] * 40
    assert guess_language("plain words " * 600 + han) == "zh-Hans"
    assert guess_language("plain words " * 600) == "en"
