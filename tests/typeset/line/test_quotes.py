"""Wide and narrow curly quotes."""

import pytest

from convert.typeset.cjk import Class
from tests.typeset.line.setting import classes


def wide(text: str, language: str = "zh-Hans") -> str:
    found = classes(text, language)
    return "".join(
        "W" if kind in (Class.OP, Class.CL) else "n"
        for c, kind in zip(text, found, strict=True)
        if c in "‘’“”"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("她答“Yes”就跑", "WW"),
        ("We said “no” once.", "nn"),
        ("That’s 小红’s pen", "nn"),
        ("“懂得‘二’就行”", "WWWW"),
        ("The term “天下” means world", "nn"),
        ("“Time is gold”，老师说", "WW"),
        ("“OK”", "nn"),
        ("“好”", "WW"),
        ("不配对的“引号", "W"),
    ],
)
def test_context_decides(text: str, expected: str) -> None:
    assert wide(text) == expected


def test_in_a_run_of_english_all_are_narrow() -> None:
    assert wide("“好”", "en") == "nn"
