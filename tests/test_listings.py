"""Code with a caption: one number for the three editions, references that say it, text kept where it is none."""

from __future__ import annotations

import re
import zipfile

import pypdfium2
import pytest

import convert
from convert.book import SourceFile
from convert.diagnostics import Findings
from convert.model.dump import dump, load
from convert.model.nodes import CodeBlock, CrossReference, MathBlock, Paragraph
from convert.model.walk import plain_text, query
from convert.readers import markdown
from convert.terms import terms_for
from convert.theme import Theme
from convert.transforms import finish
from convert.verify import verify

BOOK = """# 第一章　起

见@lst-tea和@lst-pot。

```python {#lst-tea caption="泡<茶>"}
boil(water)
```

# 第二章　承

: 倒**茶** {#lst-pot}

~~~
pour
~~~

[LISTINGS]
"""


def read(text: str):
    return markdown.read([SourceFile("a.md", text)], Findings())


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ('```sh {caption="甲"}\nls\n```\n', "甲"),
        ('```sh title="甲.sh"\nls\n```\n', "甲.sh"),
        ("```\nls\n```\n: 甲\n", "甲"),
        ("```\nls\n```\n\n: 甲\n", "甲"),
        (": 甲\n\n```\nls\n```\n", "甲"),
        ("Listing: 甲\n\n    ls\n", "甲"),
        ("```sh\nls\n```\n\n甲\n", ""),
        # Between code and a table it is the table's.
        ("```sh\nls\n```\n\n: 甲\n\n| a | b |\n|---|---|\n| c | d |\n", ""),
    ],
)
def test_a_caption_is_said_in_the_first_line_or_beside_the_code(text: str, caption: str) -> None:
    document = read(text)
    (code,) = query(document, CodeBlock)
    assert plain_text(code.caption) == caption and not code.attributes.pairs
    assert load(dump(document)) == document


def test_words_above_a_formula_written_as_code_stay_text() -> None:
    document = read(": 甲\n\n```math\nx\n```\n")
    assert [type(block) for block in document.blocks] == [Paragraph, MathBlock]
    assert plain_text(document.blocks[:1]) == ": 甲"


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("zh-Hans", ["代码清单1-1", "代码清单2-1"]), ("en", ["Listing 1-1", "Listing 2-1"])],
)
def test_captioned_code_is_counted_by_chapter_and_referred_to_by_its_number(language, wanted) -> None:
    document = finish(read(BOOK), Theme(), terms_for(language), Findings())
    assert [node.label for node in query(document, CrossReference)] == wanted


def test_the_three_editions_show_the_caption_above_the_code(tmp_path) -> None:
    source = tmp_path / "book.md"
    source.write_text(BOOK, "utf-8")
    report = convert.build([source], out=tmp_path)
    outputs = {edition.writer: edition.path for edition in report.editions}
    assert [str(finding) for finding in verify(list(outputs.values())).findings] == []
    pdf = pypdfium2.PdfDocument(outputs["pdf"])
    text = re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in pdf))
    assert "代码清单1-1泡<茶>boil(water)" in text and "代码清单2-1倒茶pour" in text
    with zipfile.ZipFile(outputs["docx"]) as archive:
        word = archive.read("word/document.xml").decode()
    assert "SEQ 代码清单 " in word and len(re.findall(r"REF _Ref\S+ \\h", word)) == 2
    assert word.index("倒") < word.index("pour")
    assert re.search(r'TOC \\h \\z \\c "代码清单"', word.replace("&quot;", '"'))
    with zipfile.ZipFile(outputs["epub"]) as archive:
        chapters = "".join(
            archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")
        )
    assert re.search(
        r'<figure id="lst-tea" class="listing"><figcaption><span class="label">代码清单1-1</span>　泡&lt;茶&gt;</figcaption>\n<pre><code',
        chapters,
    )
    assert 'href="#lst-tea">代码清单1-1</a>' in chapters
    # The list at the end says both, in every edition.
    for shown in (text, re.sub("<[^>]*>", "", chapters)):
        assert len(re.findall("代码清单2-1　?倒茶", shown)) == 2
    assert "代码清单2-1　倒茶  PAGEREF" in re.sub("<[^>]*>", "", word)


def test_a_list_of_code_without_any_stays_text() -> None:
    findings = Findings()
    document = markdown.read([SourceFile("a.md", "```\nx\n```\n\n[代码目录]\n")], findings)
    assert plain_text(document.blocks[-1:]) == "[代码目录]"
    assert [finding.code.value for finding in findings] == ["list-empty"]
