"""What a file needs to find its way back: the source it was made from, and which block of it is which.

An editor's changes are told by comparing the returned file with the text that was sent out, so that text
goes along: inside the file, where Word and LibreOffice keep it, and beside it, where nothing can lose it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import PurePath
from typing import cast

from convert.manuscript import Manuscript
from convert.model.nodes import Placed
from convert.model.walk import PLACED, walk
from convert.records import dataclass
from convert.regex import regex
from convert.writers.docx.xml import DECLARATION, escape

__all__ = ["Base", "base_of"]

NAMESPACE = "urn:quire:base:1"
_UNFIT = regex("[\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Base:
    """The base of one export: its id (16 hexadecimal digits), the source's SHA-256, and all of it as JSON.

    The JSON has `format`, `export`, `sha256`, `sources` (each `name` in the book's folder, `sha256` and
    `text`) and `blocks`: a line a block with its id, kind, number of the source from 0, first and last line.
    """

    export: str
    digest: str
    text: str

    @property
    def item_xml(self) -> str:
        """The custom XML part that holds the JSON (ECMA-376 part 1, 15.2.5)."""
        return f'{DECLARATION}<base xmlns="{NAMESPACE}">{escape(self.text)}</base>'

    @property
    def properties_xml(self) -> str:
        """What Word asks of a custom XML part: an id of its own, and its namespace (15.2.6)."""
        digits = (self.export * 2).upper()
        ident = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
        space = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
        return (
            f'{DECLARATION}<ds:datastoreItem ds:itemID="{{{ident}}}" xmlns:ds="{space}"><ds:schemaRefs>'
            f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        )


def base_of(manuscript: Manuscript) -> Base | None:
    """The base of an edition of *manuscript*; None when its sources are not known."""
    if not manuscript.sources:
        return None
    index = {source.name: at for at, source in enumerate(manuscript.sources)}
    sources = []
    for source in manuscript.sources:
        data = source.text.encode("utf-8", "surrogatepass")
        name = "/".join(part for part in (source.folder, PurePath(source.name).name) if part)
        sources.append({"name": name, "sha256": hashlib.sha256(data).hexdigest(), "text": source.text})
    digest = hashlib.sha256(
        "\n".join(f"{each['sha256']} {each['name']}" for each in sources).encode()
    ).hexdigest()
    # The kind stands for the block's shape: a change of it is no change of words.
    blocks = "\n".join(
        f"{node.id} {type(node).__name__} {index.get((span := node.span).file, 0)} {span.first} {span.last}"
        for node in cast(
            "Iterator[Placed]", (node for node in walk(manuscript.document) if type(node) in PLACED)
        )
        if node.id
    )
    content = {"sha256": digest, "sources": sources, "blocks": blocks}
    export = hashlib.sha256(f"{digest}\n{blocks}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    text = json.dumps({"format": "quire-base-1", "export": export, **content}, ensure_ascii=False)
    return Base(export, digest, _UNFIT.sub(lambda match: f"\\u{ord(match[0]):04x}", text))
