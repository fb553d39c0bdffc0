"""Files in files: what they give, where their findings are, and every way in which one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert import book, pipeline
from convert.book import SourceFile
from convert.diagnostics import Findings
from convert.model.nodes import Abbreviation, Document, Heading, Image, NoteReference
from convert.model.validate import problems
from convert.model.walk import plain_text, query
from convert.readers.markdown import read


def _read(folder: Path, files: dict[str, str], findings: Findings | None = None) -> Document:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    document = pipeline.read(folder / "a.md", findings=findings if findings is not None else Findings())
    assert problems(document) == []
    return document


def _told(findings: Findings, folder: Path) -> list[str]:
    return [
        f"{Path(f.place.file).relative_to(folder)}:{f.place.line}:{f.place.column} {f.code.value}"
        for f in findings
    ]


@pytest.mark.parametrize(
    "line", ['--8<-- "b.md"', "{{include: b.md}}", "{{#include b.md}}", "{{ include b.md }}"]
)
def test_a_file_stands_where_its_name_stood(tmp_path: Path, line: str) -> None:
    findings = Findings()
    document = _read(tmp_path, {"a.md": f"甲\n\n{line}\n\n丁", "b.md": "# 乙\n\n丙\n"}, findings)
    assert plain_text(document.blocks) == "甲乙丙丁" and not len(findings)
    assert [(Path(b.span.file).name, b.span.first) for b in document.blocks] == [
        ("a.md", 1), ("b.md", 1), ("b.md", 3), ("a.md", 5),
    ]  # fmt: skip
    assert [Path(name).name for name in document.sources] == ["a.md", "b.md"]


def test_findings_name_the_file_and_its_line(tmp_path: Path) -> None:
    findings = Findings()
    files = {
        "a.md": "甲\n\n> {{include: sub/b.md}}",
        "sub/b.md": "\n\n乙[^x]\n\n{{include: c.md}}",
        "sub/c.md": "丙{#x}\n\n丙[^y]",
    }
    document = _read(tmp_path, files, findings)
    assert _told(findings, tmp_path) == ["sub/b.md:3:2 note-missing", "sub/c.md:3:2 note-missing"]
    assert plain_text(document.blocks) == "甲乙[^x]丙{#x}丙[^y]"


def test_notes_are_the_files_own_and_abbreviations_are_shared(tmp_path: Path) -> None:
    files = {
        "a.md": "HTML[^1]\n\n{{include: b.md}}\n\n[^1]: 一\n",
        "b.md": "乙[^1]\n\n[^1]: 二\n\n*[HTML]: 超文本",
    }
    document = _read(tmp_path, files)
    assert [plain_text(note.blocks) for note in document.notes] == ["一", "二"]
    assert len({ref.note for ref in query(document.blocks, NoteReference)}) == 2
    assert [short.expansion for short in query(document, Abbreviation)] == ["超文本"]


def test_paths_in_an_included_file_start_from_its_folder(tmp_path: Path) -> None:
    files = {
        "a.md": "{{include: sub/b.md}}\n\n[到](sub/b.md)",
        "sub/b.md": "# 乙\n\n文![x](图.png)[回](../a.md)",
    }
    document = _read(tmp_path, files)
    assert next(query(document, Image)).source == "sub/图.png"
    assert next(query(document, Heading)).span.file.endswith("b.md")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{{include: none.md}}", "include-failed"),
        ("{{include: ../b.md}}", "path-outside"),
        ("{{include: /etc/passwd}}", "path-outside"),
        ("{{include: sub/../../b.md}}", "path-outside"),
        ("{{include: sub}}", "include-failed"),
        ("{{include: https://a.b/c.md}}", "include-failed"),
        ("{{include: ..\\b.md}}", "path-outside"),
        ("{{include: link.md}}", "path-outside"),
        ("{{include: bad.md}}", "include-failed"),
        ("{{include: empty.md}}", "include-failed"),
        ("{{include: a.md}}", "include-failed"),
    ],
)
def test_a_line_that_cannot_be_followed_stays_with_a_finding(tmp_path: Path, line: str, code: str) -> None:
    folder = tmp_path / "book"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "b.md").write_text("秘密", "utf-8")
    (folder / "link.md").symlink_to(tmp_path / "b.md")
    (folder / "bad.md").write_bytes(b"\xff\xfe\xfa")
    (folder / "empty.md").write_text("", "utf-8")
    findings = Findings()
    document = _read(folder, {"a.md": f"甲\n\n- {line}"}, findings)
    assert plain_text(document.blocks) == "甲" + line
    assert _told(findings, folder) == [f"a.md:3:3 {code}"]


def test_files_that_stand_in_one_another_end(tmp_path: Path) -> None:
    findings = Findings()
    document = _read(
        tmp_path, {"a.md": "甲\n\n{{include: b.md}}", "b.md": "乙\n\n{{include: a.md}}"}, findings
    )
    assert plain_text(document.blocks) == "甲乙{{include: a.md}}"
    assert _told(findings, tmp_path) == ["b.md:3:1 include-failed"]


def test_a_deep_chain_and_a_bomb_end() -> None:
    findings = Findings()

    def opener(path: str) -> SourceFile:
        depth = int(path.removesuffix(".md"))
        return SourceFile(path, "\n\n".join([f"{{{{include: {depth + 1}.md}}}}"] * 4), "")

    document = read([SourceFile("0.md", "{{include: 1.md}}")], findings, opener)
    assert problems(document) == []
    messages = {finding.message.partition(": ")[2] for finding in findings}
    assert any("one in another" in message for message in messages)
    assert any("files are included" in message for message in messages)


def test_no_file_is_opened_without_an_opener() -> None:
    findings = Findings()
    assert plain_text(read([SourceFile("a.md", "{{include: b.md}}")], findings).blocks) == "{{include: b.md}}"
    assert len(findings) == 1


def test_a_paragraph_is_no_include(tmp_path: Path) -> None:
    document = _read(tmp_path, {"a.md": "甲\n{{include: b.md}}\n", "b.md": "乙"})
    assert plain_text(document.blocks) == "甲 {{include: b.md}}"


def test_included_is_the_files_text(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "b.md").write_text("乙", "utf-8")
    assert book.included(tmp_path, "s/b.md") == SourceFile(str(tmp_path / "s/b.md"), "乙", "s")
