"""Names as they are filed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from convert.collation import romanized_name, syllable


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("林晓舟", "Lin Xiaozhou"),
        ("何青", "He Qing"),
        ("曾国藩", "Zeng Guofan"),
        ("单雄信", "Shan Xiongxin"),
        ("欧阳修", "Ouyang Xiu"),
        ("尉迟恭", "Yuchi Gong"),
        ("吕安", "Lü An"),
        ("周平安", "Zhou Ping'an"),
        ("［清］曹雪芹", "Cao Xueqin"),
        ("（英）弗吉尼亚·伍尔夫", "Fujiniya Wu'erfu"),
        ("叠页工坊", "Die ye gong fang"),
        ("Virginia Woolf", ""),
        ("林 Xiao", ""),
        ("〻", ""),
        ("", ""),
    ],
)
def test_a_name_in_pinyin(name: str, filed: str) -> None:
    assert romanized_name(name) == filed


def test_a_name_with_a_character_that_nobody_can_read_is_not_filed_wrongly() -> None:
    unread = next(chr(code) for code in range(0x31340, 0x2A700, -1) if not syllable(chr(code)))
    assert (
        romanized_name(f"林{unread}") == romanized_name(f"{unread}林") == romanized_name(f"林·{unread}") == ""
    )


def test_the_readings_are_had_without_the_library_s_code() -> None:
    script = (
        "import sys; from convert.collation import syllable; print(syllable('书'), 'pypinyin' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["shu", "False"]
