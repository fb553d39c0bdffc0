"""Whatever a template holds, the book is written or an error says why: never anything else."""

from __future__ import annotations

import contextlib
import copy
import io
import zipfile
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from convert.errors import BookError
from convert.model import nodes as n
from tests.writers.docx.sample import heading, item, manuscript, para
from tests.writers.docx.template.made import drawing, dressed, field, headed, relations

PARTS = ("word/styles.xml", "word/numbering.xml", "word/settings.xml", "word/document.xml", "word/theme1.xml",
         "word/header1.xml", "word/_rels/document.xml.rels", "word/_rels/header1.xml.rels")  # fmt: skip
VALUES = ("", "0", "-1", "9" * 15, "1.5", "①", "nan", "a", "Heading1")
CHANGE = st.tuples(st.sampled_from(PARTS), st.integers(0, 4), st.integers(0, 400), st.integers(0, 400))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def sound() -> dict[str, bytes]:
    data = headed(drawing("i") + field("STYLEREF 1", "旧"), None, relations(("i", "image", "media/logo.png")))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(root: etree._Element, kind: int, one: int, other: int) -> None:
    """Break something: an element goes, a value is another, a copy stands elsewhere, a name is another's."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    element, second = elements[one % len(elements)], elements[other % len(elements)]
    parent = element.getparent()
    if kind == 0 and parent is not None:
        parent.remove(element)
    elif kind == 1 and element.attrib:
        element.set(sorted(map(str, element.attrib))[other % len(element.attrib)], VALUES[one % len(VALUES)])
    elif kind == 2:
        element.append(copy.deepcopy(second))
    elif kind == 3:
        element.tag = second.tag
    else:
        element.set(f"{W}val", VALUES[other % len(VALUES)])


@settings(max_examples=25, deadline=None)
@given(changes=st.lists(CHANGE, min_size=1, max_size=12))
def test_a_template_of_any_kind_is_used_or_refused(changes: list[tuple[str, int, int, int]]) -> None:
    parts = dict(sound())
    roots = {name: etree.fromstring(parts[name]) for name in {change[0] for change in changes}}
    for name, *how in changes:
        changed(roots[name], *how)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in (parts | {name: etree.tostring(root) for name, root in roots.items()}).items():
            archive.writestr(name, data)
    book = manuscript(
        heading(1, "山"),
        para("文", n.Emphasis((n.Text("重"),))),
        n.BulletList("", para("x").span, (item(para("甲")),)),
    )
    with contextlib.suppress(BookError):
        made = dressed(book, buffer.getvalue())
        for part in made.zip.namelist():
            if part.endswith((".xml", ".rels")):
                made.part(part)
