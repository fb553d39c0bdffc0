"""A scanned magazine, as a whole: see tests/fixtures/repair/magazine.txt."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from convert import pipeline
from convert.model.nodes import Division, DivisionKind, PageMark
from convert.model.walk import query
from convert.readers.markdown import skeleton
from convert.repair import Outcome, Repaired, defaults, repair

FIXTURES = Path(__file__).parents[1] / "fixtures" / "repair"
SCAN = (FIXTURES / "magazine.txt").read_text("utf-8")
WANTED = (FIXTURES / "magazine.fixed.txt").read_text("utf-8")


def repaired() -> Repaired:
    return repair(SCAN, "magazine.txt", skeleton, defaults())


def test_the_text_is_what_the_magazine_said() -> None:
    one = repaired()
    assert one.file_text == WANTED
    assert repair(WANTED, "magazine.txt", skeleton, defaults()).edits == ()


def test_each_fix_is_told_with_its_place() -> None:
    done = Counter(fix.name for fix in repaired().fixes if fix.outcome is Outcome.FIXED)
    assert done == {"furniture": 9, "join": 4, "bylines": 4, "subtitles": 3, "levels": 3, "runin": 4}
    lines = SCAN.split("\n")
    for fix in repaired().fixes:
        assert lines[fix.place.line - 1].strip()
        assert fix.place.column <= len(lines[fix.place.line - 1]) + 1
        assert fix.reason
        assert (fix.before != fix.after) == (fix.outcome is not Outcome.SUSPECTED)
    (stray,) = [fix for fix in repaired().fixes if fix.name == "words"]
    assert lines[stray.place.line - 1][stray.place.column :].startswith("and ")


def test_only_furniture_and_white_space_are_gone() -> None:
    lost = Counter("".join(SCAN.split())) - Counter("".join(WANTED.split()))
    furniture = Counter("".join(re.findall(r"— \d+ —|河边月刊 2031年第4期", SCAN)).replace(" ", ""))
    assert not lost - furniture - Counter("#" * 30)


def test_the_outline_is_a_title_and_four_articles(tmp_path: Path) -> None:
    path = tmp_path / "magazine.txt"
    path.write_text(WANTED, "utf-8")
    document = pipeline.read(path)
    (title,) = pipeline.outline(path).entries
    assert title.label == "把书送到河边去——四个小镇图书馆的一年"
    assert [article.label for article in title.children] == [
        "一间屋子 两千本书",
        "书是看旧的　从竹溪的一张借书单说起",
        "船上的读书会",
        "一盏灯的账　山下村的小数目",
    ]
    assert not any(article.children for article in title.children)
    kinds = [division.kind for division in query(document, Division)]
    assert kinds == [DivisionKind.BYLINE] * 4
    assert [mark.label for mark in query(document, PageMark)] == ["12", "13", "14", "15", "16"]
