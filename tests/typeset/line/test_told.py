"""How a line closed is told, for --debug-layout."""

from __future__ import annotations

import pytest

from convert.typeset.fit import Fit, told
from tests.typeset.line.setting import lines


@pytest.mark.parametrize(
    ("fit", "expected"),
    [
        (Fit(0, 9), ""),
        (Fit(0, 9, shrink=(0.0, 0.0, 0.64, 0.2, 0.0, 0.0)), "S3 64% S4 20%"),
        (Fit(0, 9, words=1.0, letters=1.0, wide=1.0, open=0.094), "T1 100% T2 100% T3 +94"),
        (Fit(0, 9, letters=1.0), "T2 33%"),
        (Fit(0, 9, scale=-0.013), "letters -1.3%"),
        (Fit(0, 9, ragged=True), "short"),
        (Fit(0, 9, ragged=True, over=True), "sticks out"),
        (Fit(0, 9, ragged=True, final=True), ""),
        (Fit(0, 9, hang=0.5), "hangs"),
    ],
)
def test_the_steps_are_named_with_their_shares(fit: Fit, expected: str) -> None:
    assert told(fit) == expected


def test_a_line_tells_its_steps_and_what_its_end_cost() -> None:
    assert lines("千山鸟飞绝，万径人踪灭。", 11)[0].closing == "S4 100%"
    assert lines("千山鸟飞绝万径人踪灭孤舟蓑笠翁独钓寒江雪", 10)[0].closing == ""
    made = lines("他们在讨论一个关于internationalization的问题，谈了很久", 14)
    assert [line.end_penalty for line in made if line.hyphenated] == [120.0]
