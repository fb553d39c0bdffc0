"""Patterns that are compiled late."""

from __future__ import annotations

import copy
import re

import pytest

from convert.regex import regex


def test_it_does_what_the_pattern_does() -> None:
    late, early = (
        regex("(?P<han>[一-鿿]+)x?", re.IGNORECASE),
        re.compile("(?P<han>[一-鿿]+)x?", re.IGNORECASE),
    )
    text = "甲X 乙丙 丁x"
    assert late.findall(text) == early.findall(text)
    assert late.sub("-", text, count=1) == early.sub("-", text, count=1)
    assert late.match(text, 3).span() == early.match(text, 3).span()  # type: ignore[union-attr]
    assert late.pattern == early.pattern and late.groupindex == early.groupindex


def test_it_is_compiled_once_and_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    monkeypatch.setattr("convert.regex.re.compile", lambda *asked: compiled.append(asked) or _Fake())
    late = regex("甲")
    assert compiled == []
    late.match("甲"), late.search("甲"), late.match("乙")
    assert compiled == [("甲", 0)]


class _Fake:
    def __getattr__(self, name: str) -> object:
        return lambda *given: None


def test_what_a_pattern_has_not_is_not_there() -> None:
    late = regex("甲")
    assert not hasattr(late, "matches")
    assert copy.copy(late).match("甲")
    with pytest.raises(re.error):
        regex("(").match("")
