"""What lets an edited file be merged later: bookmarks, the base, tracked changes."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

import convert
from convert.diagnostics import Findings
from convert.model import nodes as n
from convert.model.walk import walk
from convert.pipeline import prepare
from convert.writers.docx import DocxWriter
from tests.writers.docx.sample import HERE, NS, W, cell, feature_book, item, para, row, t, write

SOURCE = "# 一\r\n\n正文“引号”，见[^a]。\n\n- 条\n\n[^a]: 注文 <&>\u3000\n"


def book(folder: Path) -> Path:
    (folder / "书").mkdir(parents=True)
    (folder / "书/book.toml").write_text('title = "书"\nchapters = ["a.md", "sub/b.md"]\n', "utf-8")
    (folder / "书/a.md").write_bytes(SOURCE.encode())
    (folder / "书/sub").mkdir()
    (folder / "书/sub/b.md").write_text("# 二\n\n文\n", "utf-8")
    return folder / "书"


def marks(data: bytes) -> dict[str, str]:
    """The text inside each block's bookmark."""
    root = etree.fromstring(data)
    out: dict[str, str] = {}
    names: dict[str, str] = {}
    for element in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t"):
        ident = element.get(f"{W}id", "")
        if element.tag == f"{W}bookmarkStart" and element.get(f"{W}name", "").startswith("_q"):
            names[ident] = element.get(f"{W}name", "")
            out[names[ident]] = ""
        elif element.tag == f"{W}bookmarkEnd":
            names.pop(ident, None)
        elif element.tag == f"{W}t":
            for name in names.values():
                out[name] += element.text or ""
    return out


def test_every_block_has_a_bookmark_that_word_hides() -> None:
    made = feature_book()
    found = marks(zipfile_part(DocxWriter().write(made, Findings()), "word/document.xml"))
    shown = {
        f"_q{node.id}".replace("-", "_")
        for node in walk(made.document.blocks)
        # What shows nothing has no place in Word.
        if isinstance(node, n.Block) and not isinstance(node, n.Generated)
    }
    assert shown <= set(found)


def zipfile_part(data: bytes, name: str) -> bytes:
    import io

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def test_a_bookmark_holds_the_words_of_its_block_and_a_container_begins_with_its_first() -> None:
    blocks = n.BulletList("list", HERE, (item(para("甲")), item(para("乙"))))
    table = n.Table(
        "table", HERE, (n.Alignment.DEFAULT,), (), (row(cell("格")), row(cell("子"))), t("题"), "1"
    )
    made = write(para("正文", ident="p"), blocks, table)
    found = marks(made.zip.read("word/document.xml"))
    assert found["_qp"] == "正文"
    assert found["_qlist"] == "甲"
    assert found["_qtable"] == "格"
    bodies = [child.tag.removeprefix(W) for child in made.document[0]]
    assert "bookmarkStart" not in bodies


def test_a_bookmark_ends_before_a_note_at_the_end_and_before_the_first_note() -> None:
    notes = tuple(n.Note(name, HERE, (para(f"注{name}"),)) for name in "ab")
    first = para("正文甲", n.NoteReference("a"), "，还有", ident="p")
    second = para("正文乙", n.NoteReference("b"), ident="q")
    found = marks(write(first, second, notes=notes).zip.read("word/document.xml"))
    assert (found["_qp"], found["_qq"]) == ("正文", "正文")


def test_the_base_is_the_exact_source_and_a_map_of_its_blocks(tmp_path: Path) -> None:
    manuscript = prepare(book(tmp_path))
    data = DocxWriter().write(manuscript, Findings())
    root = etree.fromstring(zipfile_part(data, "customXml/item1.xml"))
    assert root.tag == "{urn:quire:base:1}base"
    base = json.loads(root.text or "")
    assert base["format"] == "quire-base-1"
    assert [source["name"] for source in base["sources"]] == ["a.md", "sub/b.md"]
    assert base["sources"][0]["text"] == SOURCE
    assert base["sources"][0]["sha256"] == hashlib.sha256(SOURCE.encode()).hexdigest()
    blocks = {line.split()[0]: line.split()[1:] for line in base["blocks"].splitlines()}
    spans = {node.id: node for node in walk(manuscript.document) if isinstance(node, n.Placed)}
    assert blocks.keys() == spans.keys()
    assert ["Paragraph", "0", "3", "3"] in blocks.values()
    assert ["Heading", "1", "1", "1"] in blocks.values()
    properties = zipfile_part(data, "docProps/custom.xml").decode()
    assert base["export"] in properties and base["sha256"] in properties
    assert f"urn:quire:{base['export']}" in zipfile_part(data, "docProps/core.xml").decode()


def test_another_source_is_another_export(tmp_path: Path) -> None:
    path = book(tmp_path)
    first, second = (
        DocxWriter().write(prepare(path), Findings()),
        DocxWriter().write(prepare(path), Findings()),
    )
    assert first == second
    (path / "a.md").write_text(SOURCE + "又一段。\n", "utf-8")
    ids = {
        re.search(r"urn:quire:(\w+)", zipfile_part(data, "docProps/core.xml").decode())[1]  # type: ignore[index]
        for data in (first, DocxWriter().write(prepare(path), Findings()))
    }
    assert len(ids) == 2


def test_the_base_can_be_left_out(tmp_path: Path) -> None:
    path, out = book(tmp_path), tmp_path / "out"
    for settings in ({"docx.base": "none"}, {"docx.base": "none", "docx.track": True}):
        report = convert.build([path], out=out, to=["docx"], settings=settings)
        assert report.editions[0].beside == ()
        with zipfile.ZipFile(report.editions[0].path) as archive:
            assert "customXml/item1.xml" not in archive.namelist()


def test_tracking_is_on_where_it_is_asked_for_and_the_base_lies_beside(tmp_path: Path) -> None:
    path, out = book(tmp_path), tmp_path / "out"
    plain = convert.build([path], out=out, to=["docx"]).editions[0]
    assert plain.beside == ()
    assert b"trackRevisions" not in zipfile_part(plain.path.read_bytes(), "word/settings.xml")
    tracked = convert.build([path], out=out, to=["docx"], settings={"docx.track": True}).editions[0]
    settings = etree.fromstring(zipfile_part(tracked.path.read_bytes(), "word/settings.xml"))
    assert settings.find("w:trackRevisions", NS) is not None
    assert [other.name for other in tracked.beside] == ["书.docx.base.json"]
    inside = etree.fromstring(zipfile_part(tracked.path.read_bytes(), "customXml/item1.xml"))
    assert tracked.beside[0].read_text("utf-8") == inside.text


@pytest.mark.slow
def test_every_bookmark_comes_back_from_libreoffice(need: Callable[[str], str], tmp_path: Path) -> None:
    soffice = [
        need("soffice"),
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
    ]

    def save(kind: str, *paths: Path) -> None:
        command = [*soffice, kind, "--outdir", str(tmp_path / kind.partition(":")[0]), *map(str, paths)]
        subprocess.run(command, capture_output=True, check=True, timeout=120)

    data = DocxWriter().write(feature_book(), Findings())
    others = []
    for kind in ("odt", "doc", "rtf"):
        path = tmp_path / f"{kind}.docx"
        path.write_bytes(data)
        save(kind, path)
        others.append(tmp_path / kind / f"{kind}.{kind}")
    path = tmp_path / "again.docx"
    path.write_bytes(data)
    save("docx:MS Word 2007 XML", path, *others)
    sent = set(marks(zipfile_part(data, "word/document.xml")))
    assert len(sent) > 100
    for name in ("again", "odt", "doc", "rtf"):
        back = (tmp_path / f"docx/{name}.docx").read_bytes()
        assert sent - set(marks(zipfile_part(back, "word/document.xml"))) == set(), name
