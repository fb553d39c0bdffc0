"""The outline in the editions: one string in body, contents, bookmarks, nav and Word's headings."""

from __future__ import annotations

from pathlib import Path

import convert
from convert.verify import read_edition, verify

SUBTITLES = """# 山行记 {subtitle="——一次*秋游*的前后" short="山行"}

## 出门 {subtitle="从北门到山脚"}

天刚亮就动身，路上没有别的人。

# 河边

水很浅。

- 一项

    ## 不列 {.unlisted subtitle="也有副题"}
"""


def built(folder: Path, text: str, **settings: object) -> dict[str, Path]:
    """Every edition of *text*, by kind, after `verify` found that they agree."""
    source = folder / "book.md"
    source.write_text(text, "utf-8")
    report = convert.build([source], out=folder, settings=settings)
    assert report.exit_status == 0
    paths = {edition.writer: edition.path for edition in report.editions}
    told = verify(list(paths.values()))
    assert [str(finding) for finding in told.findings] == []
    return paths


def entries(path: Path) -> list[tuple[int, str]]:
    return [(entry.level, "".join(entry.title.split())) for entry in read_edition(path).outline]


def test_a_subtitle_stands_in_every_edition_and_makes_no_entry(tmp_path: Path) -> None:
    paths = built(tmp_path, SUBTITLES)
    wanted = [(1, "山行记——一次秋游的前后"), (2, "出门从北门到山脚"), (1, "河边")]
    for path in paths.values():
        assert entries(path) == wanted
        reading = read_edition(path)
        assert "不列也有副题" in reading.text
    for kind in ("docx", "epub"):
        assert list(read_edition(paths[kind]).contents) == [title for _, title in wanted]
