"""Suspicions about a text, both ways."""

from __future__ import annotations

import pytest

from convert.oddities import stray_words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("纸张 and 油墨", [" and "]),
        ("纸张and油墨 of 书", ["and", " of "]),
        ("“纸张” and “油墨”", [" and "]),
        ("纸张 and\t油墨", [" and\t"]),
        ("纸张 and ink", []),
        ("paper and 油墨", []),
        ("纸张 Word 油墨，用 AND 连接", []),
        ("纸张 band 油墨", []),
        ("纸张，and 油墨", []),
        ("纸张 3 and 油墨", []),
        ("", []),
    ],
)
def test_small_english_words_between_chinese(text: str, wanted: list[str]) -> None:
    assert [match[0] for match in stray_words(text)] == wanted
