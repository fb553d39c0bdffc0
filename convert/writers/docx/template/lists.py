"""The lists that a template's styles count by, taken into the book's own numbering (17.9)."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from lxml import etree

from convert.records import dataclass, field
from convert.writers.docx.numbering import Numbering
from convert.writers.docx.template.opening import W, children, value

__all__ = ["Lists"]

_LEVEL = ("start numFmt lvlRestart pStyle isLgl suff lvlText legacy lvlJc pPr rPr").split()


@dataclass(slots=True)
class Lists:
    """Takes lists over as styles ask for them.  *root* is the template's ``numbering.xml``."""

    root: etree._Element | None
    numbering: Numbering
    ids: Mapping[str, str]
    """Ids of styles in the template and in the book."""
    _taken: dict[str, int] = field(default_factory=dict)
    _abstract: dict[str, int] = field(default_factory=dict)

    def taken(self, number: str) -> int:
        """The book's `w:numId` for the template's; 0 when the template has no such list."""
        if number not in self._taken:
            self._taken[number] = self._take(number)
        return self._taken[number]

    def _take(self, number: str) -> int:
        found = next((one for one in children(self.root, "num") if one.get(f"{W}numId") == number), None)
        if found is None:
            return 0
        wanted = value(found.find(f"{W}abstractNumId"))
        if wanted not in self._abstract:
            self._abstract[wanted] = self._adopt(wanted)
        abstract = self._abstract[wanted]
        return self.numbering.plain(abstract) if abstract >= 0 else 0

    def _adopt(self, wanted: str) -> int:
        kinds = {one.get(f"{W}abstractNumId"): one for one in children(self.root, "abstractNum")}
        found = kinds.get(wanted)
        if found is not None and not children(found, "lvl") and found.find(f"{W}numStyleLink") is not None:
            # The levels stand where the style of numbers is defined (17.9.21).
            name = value(found.find(f"{W}numStyleLink"))
            found = next((k for k in kinds.values() if value(k.find(f"{W}styleLink")) == name), None)
        levels = [self._level(level) for level in children(found, "lvl")]
        return self.numbering.define([level for level in levels if level]) if any(levels) else -1

    def _level(self, level: etree._Element) -> str:
        """A level with what the schema knows in its order; a picture for a bullet gives way to the sign."""
        made = copy.deepcopy(level)
        for child in list(made):
            name = str(child.tag).removeprefix(W)
            if name not in _LEVEL:
                made.remove(child)
        made[:] = sorted(made, key=lambda child: _LEVEL.index(str(child.tag).removeprefix(W)))
        link = made.find(f"{W}pStyle")
        if link is not None:
            style = self.ids.get(value(link), value(link))
            # Headings count by the book's numbers.
            if style.startswith("Heading") or not style:
                made.remove(link)
            else:
                link.set(f"{W}val", style)
        ident = made.get(f"{W}ilvl", "0")
        made.attrib.clear()
        made.set(f"{W}ilvl", ident)
        etree.cleanup_namespaces(made, keep_ns_prefixes=["w"])
        return etree.tostring(made, encoding="unicode", with_tail=False)
