"""The styles of a template: found by name, with what they inherit (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from convert.records import dataclass, field, replace
from convert.writers.docx.sheet import ParagraphStyle
from convert.writers.docx.template.names import folded, names_of
from convert.writers.docx.template.opening import W, children, number, value
from convert.writers.docx.template.order import tidy_style

__all__ = ["TemplateStyles", "inside", "on"]

_USUAL_SIZE = 20
"""Half-points of text where nothing says otherwise (17.3.2.38)."""
_MOST = 5000


def on(element: etree._Element | None) -> bool:
    """Is a toggle there and switched on (17.17.4)?"""
    return element is not None and value(element) not in ("0", "false", "off", "none")


def inside(style: etree._Element, kind: str) -> etree._Element:
    """The `w:pPr` or `w:rPr` of a style, made where there is none."""
    found = style.find(f"{W}{kind}")
    if found is None:
        found = etree.SubElement(style, f"{W}{kind}")
        tidy_style(style)
    return found


@dataclass(slots=True)
class TemplateStyles:
    """The styles in order; only the first of an id or of a name counts.  *root* is the part ``styles.xml``."""

    root: etree._Element
    all: list[etree._Element] = field(default_factory=list)
    _named: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    _by_id: dict[str, etree._Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for style in children(self.root, "style")[:_MOST]:
            ident, name = style.get(f"{W}styleId", ""), value(style.find(f"{W}name"))
            kind = style.get(f"{W}type", "paragraph")
            if not ident or not name.strip() or ident in self._by_id or (kind, folded(name)) in self._named:
                continue
            tidy_style(style)
            self.all.append(style)
            self._by_id[ident] = style
            self._named[kind, folded(name)] = style
        for style in self.all:
            kind = style.get(f"{W}type", "paragraph")
            for alias in value(style.find(f"{W}aliases")).split(","):
                if alias.strip():
                    self._named.setdefault((kind, folded(alias)), style)
        if self.find("paragraph", "Normal") is None:
            usual = (
                s
                for s in self.all
                if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") in ("1", "true")
            )
            default = next(usual, None)
            if default is not None:
                self._named["paragraph", "normal"] = default

    def find(self, kind: str, name: str) -> etree._Element | None:
        """The style that stands for quire's style *name*, whatever its language; *kind* is its `w:type`."""
        found = (self._named.get((kind, one)) for one in names_of(name))
        return next((style for style in found if style is not None), None)

    def line(self, style: etree._Element | None) -> Iterator[etree._Element]:
        """*style* and what it is based on; then what holds for all, `w:docDefaults` as far as it is there."""
        seen: set[str] = set()
        while style is not None and style.get(f"{W}styleId", "") not in seen:
            seen.add(style.get(f"{W}styleId", ""))
            yield style
            style = self._by_id.get(value(style.find(f"{W}basedOn")))
        for kind in ("rPr", "pPr"):
            default = self.root.find(f"{W}docDefaults/{W}{kind}Default")
            if default is not None:
                yield default

    def property(self, style: etree._Element | None, kind: str, name: str) -> etree._Element | None:
        """The nearest `w:name` of a `w:pPr` or `w:rPr` (*kind*) that holds for *style*."""
        found = (one.find(f"{W}{kind}/{W}{name}") for one in self.line(style))
        return next((element for element in found if element is not None), None)

    def attribute(self, style: etree._Element | None, kind: str, name: str, attribute: str) -> str:
        """The nearest attribute ``w:attribute`` of such elements, which are laid one over the other."""
        for one in self.line(style):
            element = one.find(f"{W}{kind}/{W}{name}")
            if element is not None and element.get(f"{W}{attribute}") is not None:
                return element.get(f"{W}{attribute}", "")
        return ""

    def face(self, style: etree._Element | None, slot: str) -> str:
        """The face of a script slot (``eastAsia``, ``ascii`` …)."""
        return self.attribute(style, "rPr", "rFonts", slot)

    def points(self, style: etree._Element | None) -> float:
        """The size of its type."""
        half = number(self.attribute(style, "rPr", "sz", "val"), 2, 3276)
        return (half or _USUAL_SIZE) / 2

    def laid_over(self, ours: ParagraphStyle, style: etree._Element, pitch: int) -> ParagraphStyle:
        """*ours* with the measures that the template's *style* has; *pitch* is a line in twips."""
        size = self.points(style)
        em = max(1, round(size * 20))
        hanging = self._hundredths(style, em, "hangingChars", "hanging")
        first = self._hundredths(style, em, "firstLineChars", "firstLine")
        return replace(
            ours,
            size=size,
            left=self._hundredths(style, em, "leftChars", "left", "start"),
            right=self._hundredths(style, em, "rightChars", "right", "end"),
            first=-hanging if hanging else first,
            before=self._lines(style, pitch, "before"),
            after=self._lines(style, pitch, "after"),
            page_break=on(self.property(style, "pPr", "pageBreakBefore")),
            snap=self._snaps(style),
        )

    def _snaps(self, style: etree._Element) -> bool:
        given = self.property(style, "pPr", "snapToGrid")
        return given is None or on(given)

    def _hundredths(self, style: etree._Element, em: int, chars: str, *twips: str) -> int:
        """An indent in hundredths of a character; the number of characters wins over that of twips (17.3.1.12)."""
        found = number(self.attribute(style, "pPr", "ind", chars), -20000, 20000)
        if found:
            return found
        for name in twips:
            length = number(self.attribute(style, "pPr", "ind", name), -31680, 31680)
            if length is not None:
                return length * 100 // em
        return 0

    def _lines(self, style: etree._Element, pitch: int, side: str) -> float:
        """Space before or after in lines of the grid."""
        lines = number(self.attribute(style, "pPr", "spacing", f"{side}Lines"), 0, 10000)
        if lines:
            return lines / 100
        length = number(self.attribute(style, "pPr", "spacing", side), 0, 31680)
        return round((length or 0) / max(1, pitch), 2)
