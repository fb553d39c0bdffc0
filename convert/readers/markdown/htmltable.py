"""``<table>`` written as HTML, made into the same elements as a table in Markdown."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

from convert.diagnostics import Code
from convert.readers.markdown.context import Context

__all__ = ["read_html_table"]

_MAX_SPAN = 200
_ALIGN = {"left": "left", "center": "centre", "right": "right"}


class _TableParser(HTMLParser):
    """Rows and cells; what stands in a cell is kept as it is, for the inline rules."""

    def __init__(self, first: int) -> None:
        super().__init__(convert_charrefs=False)
        self.first = first
        self.depth = 0
        """How many tables inside this one are open: what they hold is kept for later."""
        self.rows: list[tuple[bool, int, list[Element]]] = []
        self.caption: list[str] = []
        self.stray: list[str] = []
        self.in_head = False
        self._into: list[str] | None = None
        self._cell: Element | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a row, a cell or the caption; any other tag is kept."""
        self.depth += tag == "table"
        if self.depth > 1:
            self._keep(self.get_starttag_text() or "")
        elif tag in ("thead", "tbody", "tfoot"):
            self.in_head = tag == "thead"
        elif tag == "tr":
            self._end_cell()
            self.rows.append((self.in_head, self.getpos()[0], []))
        elif tag in ("td", "th"):
            self._end_cell()
            if not self.rows:
                self.rows.append((self.in_head, self.getpos()[0], []))
            self._cell = _cell(tag, dict(attrs))
            self._into = []
            line, column = self.getpos()
            self._cell.set("first", str(self.first + line - 1))
            self._cell.set("col", str(column + len(self.get_starttag_text() or "")))
        elif tag == "caption":
            self._into = self.caption
        elif tag not in ("table", "colgroup", "col"):
            self._keep(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        """Close a cell or the caption."""
        self.depth -= tag == "table"
        if self.depth > 0 and (self.depth > 1 or tag == "table"):
            self._keep(f"</{tag}>")
        elif tag in ("td", "th", "tr", "table"):
            self._end_cell()
        elif tag == "caption":
            self._into = None
        elif tag == "thead":
            self.in_head = False
        elif tag not in ("tbody", "tfoot", "colgroup"):
            self._keep(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Text."""
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        """A named character."""
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """A numbered character."""
        self._keep(f"&#{name};")

    def _keep(self, text: str) -> None:
        (self.stray if self._into is None else self._into).append(text)

    def _end_cell(self) -> None:
        if self._cell is not None:
            lines = "".join(self._into or []).split("\n")
            self._cell.text = "\n".join(line.strip() for line in lines)
            self.rows[-1][2].append(self._cell)
        self._cell = self._into = None


def _cell(tag: str, given: dict[str, str | None]) -> Element:
    cell = Element("td", {"header": "1" if tag == "th" else ""})
    for name, key in (("colspan", "columns"), ("rowspan", "rows")):
        value = given.get(name) or "1"
        cell.set(key, str(max(1, min(int(value), _MAX_SPAN))) if value.isascii() and value.isdigit() else "1")
    style = (given.get("style") or "").replace(" ", "")
    align = given.get("align") or next(
        (part[11:] for part in style.split(";") if part.startswith("text-align:")), ""
    )
    cell.set("align", _ALIGN.get(align.lower(), "default"))
    return cell


def _settle(cell: Element) -> None:
    """Take blank lines off the ends of a cell's text; its lines stay those of the source."""
    text = (cell.text or "").rstrip("\n")
    bare = text.lstrip("\n")
    first = int(cell.get("first", "1")) + len(text) - len(bare)
    cell.text = bare
    cell.set("first", str(first))
    cell.set("last", str(first + bare.count("\n")))
    if len(bare) < len(text):
        cell.attrib.pop("col")


def read_html_table(raw: Element, context: Context) -> None:
    """Turn *raw*, whose text is the HTML, into a table; text outside its cells goes to the caption."""
    parser = _TableParser(int(raw.get("first", "1")))
    parser.feed(raw.text or "")
    parser.close()
    raw.text = None
    raw.tag = "table"
    first = int(raw.get("first", "1"))
    stray = " ".join("".join(parser.stray).split())
    if stray:
        context.warn(Code.HTML_UNKNOWN, first, "text stands outside the cells of this table", "put it in one")
    caption = " ".join("".join([*parser.caption, " ", stray]).split())
    if caption:
        title = SubElement(raw, "title", {"first": str(first), "last": raw.get("last", "1")})
        title.text = caption
    for at, (in_head, line, cells) in enumerate(parser.rows):
        head = in_head or (at == 0 and bool(cells) and all(cell.get("header") for cell in cells))
        number = str(first + line - 1)
        row = SubElement(raw, "tr", {"first": number, "last": number, "head": "1" if head else "0"})
        for cell in cells:
            _settle(cell)
            row.append(cell)
        row.set("last", max([number, *(cell.get("last", "1") for cell in cells)], key=int))
