"""Headers and footers of a template, cleaned of all that acts, fetches or leads out (17.10, 17.16)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from lxml import etree

from convert.records import dataclass, field
from convert.regex import regex
from convert.writers.docx.surroundings import Picture, Story, Surroundings
from convert.writers.docx.template.fonts import ThemeFonts
from convert.writers.docx.template.opening import Opened, R, W, value
from convert.writers.docx.xml import DECLARATION

__all__ = ["surroundings"]

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_EXTENSION = "{http://schemas.openxmlformats.org/drawingml/2006/main}ext"
_CORE_PROPERTIES = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
_FIELDS = frozenset(
    "PAGE NUMPAGES SECTIONPAGES SECTION STYLEREF TITLE SUBJECT AUTHOR KEYWORDS COMMENTS DOCPROPERTY DATE TIME"
    " CREATEDATE SAVEDATE PRINTDATE FILENAME IF = QUOTE SYMBOL SEQ LASTSAVEDBY NUMCHARS NUMWORDS".split()
)
"""Fields that only look at the document itself; others may fetch a file or start a program."""
_DROPPED = ("object", "control", "altChunk", "subDoc", "bookmarkStart", "bookmarkEnd", "commentRangeStart",
            "commentRangeEnd", "commentReference", "proofErr", "permStart", "permEnd", "movie")  # fmt: skip
_ACTING = frozenset(("object", "control", "altChunk", "subDoc", "movie"))
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", ".png", "image/png"),
    (b"\xff\xd8\xff", ".jpeg", "image/jpeg"),
    (b"GIF8", ".gif", "image/gif"),
)
_WHOLE = regex("begin( code)+( separate)? end")
"""The marks of a field as they follow one another (17.16.18)."""
_KINDS = ("default", "even", "first")
_ROMAN = ("lowerRoman", "upperRoman")


def surroundings(
    opened: Opened,
    sections: Sequence[etree._Element],
    fonts: ThemeFonts,
    ids: Callable[[str], str],
    drawing: Callable[[], int],
    words: Mapping[str, str],
    *,
    even_odd: bool,
) -> Surroundings | None:
    """The headers and footers of the last section, and those of one before it that counts in Roman figures.

    *ids* gives the book's id for that of a style of the template, empty for none, *words* what fields of a kind (TITLE, STYLEREF) show until Word fills them, *drawing* a fresh id for a drawing.  None
    when the template has no headers or footers.
    """
    shown = list(_in_force(sections))
    if not any(shown):
        return None
    made = _Maker(opened, fonts, ids, drawing, words)
    front = next((at for at, one in enumerate(sections[:-1]) if _format(one) in _ROMAN), len(sections) - 1)
    body = made.references(shown[-1])
    return Surroundings(
        made.headers,
        made.footers,
        body,
        made.references(shown[front]),
        sections[-1].find(f"{W}titlePg") is not None,
        even_odd,
    )


def _format(section: etree._Element) -> str:
    numbers = section.find(f"{W}pgNumType")
    return numbers.get(f"{W}fmt", "") if numbers is not None else ""


def _in_force(sections: Sequence[etree._Element]) -> Iterator[dict[tuple[str, str], str]]:
    """For each section its headers and footers: what it does not name is that of the one before (17.10.5)."""
    force: dict[tuple[str, str], str] = {}
    for section in sections:
        for child in section:
            name = str(child.tag).removeprefix(W)
            if name in ("headerReference", "footerReference") and child.get(f"{W}type") in _KINDS:
                force[name, child.get(f"{W}type", "")] = child.get(f"{R}id", "")
        yield dict(force)


@dataclass(slots=True)
class _Maker:
    """Makes each part once."""

    opened: Opened
    fonts: ThemeFonts
    ids: Callable[[str], str]
    drawing: Callable[[], int]
    words: Mapping[str, str]
    headers: dict[str, Story] = field(default_factory=dict)
    footers: dict[str, Story] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)

    def references(self, shown: dict[tuple[str, str], str]) -> str:
        """`w:headerReference` and `w:footerReference` of a section."""
        out = []
        for (name, kind), ident in sorted(
            shown.items(), key=lambda item: (item[0][0] != "headerReference", item[0])
        ):
            relation = self.opened.relations(self.opened.document).get(ident)
            if relation is None or relation.outside or relation.target not in self.opened.archive.NameToInfo:
                continue
            if relation.target not in self._known:
                parts = self.headers if name == "headerReference" else self.footers
                given = f"rIdTemplate{len(self._known) + 1}"
                parts[given] = self._story(relation.target)
                self._known[relation.target] = given
            out.append(f'<w:{name} w:type="{kind}" r:id="{self._known[relation.target]}"/>')
        return "".join(out)

    def _story(self, member: str) -> Story:
        root = self.opened.root(member)
        self._calm(root)
        pictures = self._pictures(root, member)
        _still_fields(root, self.opened.left)
        _fill_fields(root, self.words)
        self.fonts.settle(root)
        for element in list(root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")):
            ident = self.ids(value(element))
            if ident:
                element.set(f"{W}val", ident)
            else:
                _remove(element)
        for drawing in root.iter(_DRAWING):
            drawing.set("id", str(self.drawing()))
            if not drawing.get("descr"):
                drawing.set("descr", drawing.get("title") or drawing.get("name") or "Picture")
        if not root.findall(f"{W}p") and root.find(f"{W}sdt") is None:
            etree.SubElement(root, f"{W}p")
        return Story(DECLARATION + etree.tostring(root, encoding="unicode"), pictures)

    def _calm(self, root: etree._Element) -> None:
        """Take out what acts, what marks places, and ids that would stand twice."""
        for element in list(root.iter(*(f"{W}{name}" for name in _DROPPED))):
            if str(element.tag).removeprefix(W) in _ACTING:
                self._leave("embedded objects")
            _remove(element)
        for element in list(root.iter(f"{W}dataBinding")):
            if element.get(f"{W}storeItemID", "").upper() != _CORE_PROPERTIES:
                _remove(element)
        for element in root.iter():
            for name in list(element.attrib):
                plain = str(name)
                if (
                    plain.startswith(_W14)
                    or plain.removeprefix(W).startswith("rsid")
                    or plain in ("href", f"{W}dirty")
                ):
                    del element.attrib[name]

    def _pictures(self, root: etree._Element, member: str) -> dict[str, Picture]:
        """Keep what leads to a picture in the package; unwrap links, and take out drawings of anything else."""
        relations, out = self.opened.relations(member), dict[str, Picture]()
        renamed: dict[str, str] = {}
        for element in list(root.iter()):
            for name in [str(one) for one in element.attrib if str(one).startswith(R)]:
                relation = relations.get(element.get(name, ""))
                if element.tag == f"{W}hyperlink":
                    _unwrap(element)
                    self._leave("links to outside")
                    break
                picture = None
                if relation is not None and relation.kind == "image" and not relation.outside:
                    picture = self._picture(relation.target)
                if picture is None:
                    _remove(_drawn(element))
                    self._leave("pictures that are not PNG, JPEG or GIF in the file")
                    break
                ident = renamed.setdefault(
                    relation.target if relation else "", f"rIdPicture{len(renamed) + 1}"
                )
                element.set(name, ident)
                out[ident] = picture
        return out

    def _picture(self, target: str) -> Picture | None:
        if target not in self.opened.archive.NameToInfo:
            return None
        data = self.opened.data(target)
        for signature, suffix, media_type in _SIGNATURES:
            if data.startswith(signature):
                return Picture(data, suffix, media_type)
        return None

    def _leave(self, what: str) -> None:
        if what not in self.opened.left:
            self.opened.left.append(what)


def _drawn(element: etree._Element) -> etree._Element:
    """The drawing that *element* is of, or the extension of one."""
    found = element
    for around in element.iterancestors():
        if around.tag == _EXTENSION:
            return around
        if around.tag in (f"{W}drawing", f"{W}pict"):
            found = around
            break
    return found


def _remove(element: etree._Element) -> None:
    """Take an element out; what was written after it, in mixed content, stays."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    """Put the children of an element in its place."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(element)


def _still_fields(root: etree._Element, left: list[str]) -> None:
    """Fields of other kinds become the words that they show."""
    for simple in list(root.iter(f"{W}fldSimple")):
        if not _harmless(simple.get(f"{W}instr", "")):
            _unwrap(simple)
            _note(left)
    stack: list[list[etree._Element]] = []
    for element in list(root.iter(f"{W}fldChar", f"{W}instrText")):
        kind = element.get(f"{W}fldCharType", "")
        if kind == "begin":
            stack.append([])
        if not stack:
            _remove(element)
            continue
        stack[-1].append(element)
        if kind == "end":
            marks = stack.pop()
            code = "".join(mark.text or "" for mark in marks if mark.tag == f"{W}instrText")
            whole = _WHOLE.fullmatch(" ".join(mark.get(f"{W}fldCharType", "code") for mark in marks))
            if not (whole and _harmless(code)):
                _note(left)
                for mark in marks:
                    _remove(mark)
    for marks in stack:
        for mark in marks:
            _remove(mark)


def _fill_fields(root: etree._Element, words: Mapping[str, str]) -> None:
    """Let fields that name something of the book show it: what they show is of the template's own text."""
    for simple in root.iter(f"{W}fldSimple"):
        _show(list(simple.iter(f"{W}t")), words.get(_kind(simple.get(f"{W}instr", "")), ""))
    stack: list[tuple[list[str], list[etree._Element]]] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        kind = element.get(f"{W}fldCharType", "")
        if kind == "begin":
            stack.append(([], []))
        elif stack and element.tag == f"{W}instrText":
            stack[-1][0].append(element.text or "")
        elif stack and element.tag == f"{W}t":
            stack[-1][1].append(element)
        elif stack and kind == "end":
            code, shown = stack.pop()
            _show(shown, words.get(_kind("".join(code)), ""))


def _show(shown: list[etree._Element], word: str) -> None:
    for at, element in enumerate(shown if word else ()):
        element.text = "" if at else word


def _note(left: list[str]) -> None:
    if "fields that fetch or act" not in left:
        left.append("fields that fetch or act")


def _harmless(code: str) -> bool:
    return _kind(code) in _FIELDS


def _kind(code: str) -> str:
    """The word that a field's code begins with."""
    word = re.match(r"\s*(=|[A-Za-z]+)", code)
    return "" if word is None else word[1].upper()
