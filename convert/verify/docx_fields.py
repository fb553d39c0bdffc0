"""Fields of a Word file: well nested, with targets that are there, and results that Word would count as well."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from convert.records import dataclass, field
from convert.regex import regex
from convert.verify.docx_parts import Fault, W, WordFile, value
from convert.verify.docx_styles import Styles

__all__ = ["FIELD_RULES", "Field", "read_fields"]

_WORDS = regex(r'"([^"]*)"|(\S+)')
_SHOWN = {f"{W}t": "", f"{W}tab": "\t", f"{W}br": " ", f"{W}noBreakHyphen": "-"}


def _shown(element: etree._Element) -> str:
    """What a child of a run shows; the tab stops of a paragraph bear the same name and show nothing."""
    if element.tag == f"{W}t":
        return element.text or ""
    parent = element.getparent()
    return _SHOWN[element.tag] if parent is not None and parent.tag == f"{W}r" else ""


@dataclass(slots=True)
class Field:
    """One complex or simple field: its code as words, and its cached result."""

    code: str = ""
    result: str = ""
    at_result: bool = False
    heading: int = 0
    """How many headings stand before it."""
    words: list[str] = field(default_factory=list)

    def close(self) -> None:
        """Take the code apart."""
        self.words = [quoted or bare for quoted, bare in _WORDS.findall(self.code)]

    @property
    def name(self) -> str:
        """What kind of field it is, in capitals."""
        return self.words[0].upper() if self.words else ""

    def switch(self, letter: str) -> str | None:
        """The value of a switch such as ``\\r 2``; empty for one without, None when it is not there."""
        for at, word in enumerate(self.words):
            if word.lower() == f"\\{letter}":
                rest = self.words[at + 1 :][:1]
                return rest[0] if rest and not rest[0].startswith("\\") else ""
        return None


def read_fields(root: etree._Element) -> tuple[list[Field], str]:
    """The fields of one story in the order of their beginnings, and what is wrong with their nesting."""
    fields: list[Field] = []
    open_: list[Field] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple", *_SHOWN):
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                open_.append(Field())
                fields.append(open_[-1])
            elif not open_:
                return fields, f"a field has {'an end' if kind == 'end' else 'a result'} but no beginning"
            elif kind == "separate":
                if open_[-1].at_result:
                    return fields, "a field has two results"
                open_[-1].at_result = True
            else:
                open_.pop().close()
        elif element.tag == f"{W}instrText":
            if not open_:
                return fields, "a field's code stands outside of fields"
            open_[-1].code += element.text or ""
        elif element.tag == f"{W}fldSimple":
            simple = Field(element.get(f"{W}instr", ""), "".join(map(str, element.itertext())))
            simple.close()
            fields.append(simple)
        else:
            for each in open_:
                if each.at_result:
                    each.result += _shown(element)
    return fields, "a field has no end" if open_ else ""


def nesting(word: WordFile) -> Iterator[Fault]:
    """A field begins, has a result and ends, one inside another (17.16.18)."""
    for part, root in word.stories():
        _, wrong = read_fields(root)
        if wrong:
            yield Fault("field-unbalanced", part, wrong)


def targets(word: WordFile) -> Iterator[Fault]:
    """REF, PAGEREF, NOTEREF and links lead to bookmarks, STYLEREF to a style that is there."""
    marks = {
        mark.get(f"{W}name", "").lower()
        for _, root in word.stories()
        for mark in root.iter(f"{W}bookmarkStart")
    }
    sheet = word.root("styles")
    names = {value(style.find(f"{W}name")).lower() for style in (sheet if sheet is not None else ())}
    for part, root in word.stories():
        for each in read_fields(root)[0]:
            target = each.words[1] if len(each.words) > 1 else ""
            if each.name == "HYPERLINK":
                target = each.switch("l") or ""
            if each.name in ("REF", "PAGEREF", "NOTEREF", "HYPERLINK"):
                if target and target.lower() not in marks:
                    yield Fault("reference-dead", part, f"{each.name} leads to {target}, which is not there")
            elif each.name == "STYLEREF":
                name = f"heading {target}" if target.isdigit() else target.lower()
                if names and name not in names:
                    yield Fault(
                        "reference-dead", part, f"STYLEREF names the style {target}, which is not there"
                    )


def sequences(word: WordFile) -> Iterator[Fault]:
    """The cached results of SEQ are what Word will count (17.16.5.56)."""
    counts: dict[str, int] = {}
    fields, _ = read_fields(word.document)
    for each in fields:
        if each.name != "SEQ" or len(each.words) < 2 or each.switch("s") is not None:
            continue
        name = each.words[1]
        reset = each.switch("r")
        if reset and reset.isdigit():
            counts[name] = int(reset)
        elif each.switch("c") is None:
            counts[name] = counts.get(name, 0) + 1
        shown = each.result.strip()
        if shown.isdigit() and int(shown) != counts.get(name, 0):
            yield Fault(
                "sequence-order",
                "word/document.xml",
                f"SEQ {name} shows {shown}, Word counts {counts.get(name, 0)}",
            )


def references(word: WordFile) -> Iterator[Fault]:
    """The cached result of a REF is the text of its bookmark."""
    texts = _marked_texts(word.document)
    for part, root in word.stories():
        for each in read_fields(root)[0]:
            if each.name != "REF" or len(each.words) < 2 or any(each.switch(s) is not None for s in "nrwpf"):
                continue
            there = texts.get(each.words[1].lower())
            if there is not None and "".join(there.split()) != "".join(each.result.split()):
                yield Fault(
                    "reference-stale", part, f"REF {each.words[1]} shows {each.result!r}, not {there!r}"
                )


def _marked_texts(root: etree._Element) -> dict[str, str]:
    """The text inside each bookmark of a story that begins with ``_Ref`` or ``_Toc``."""
    open_: dict[str, str] = {}
    texts: dict[str, list[str]] = {}
    for element in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", *_SHOWN):
        if element.tag == f"{W}bookmarkStart":
            name = element.get(f"{W}name", "").lower()
            if name.startswith(("_ref", "_toc")):
                open_[element.get(f"{W}id", "")] = name
                texts[name] = []
        elif element.tag == f"{W}bookmarkEnd":
            open_.pop(element.get(f"{W}id", ""), None)
        elif open_:
            for name in open_.values():
                texts[name].append(_shown(element))
    return {name: "".join(parts) for name, parts in texts.items()}


def contents(word: WordFile) -> Iterator[Fault]:
    """The entries of a contents list are the headings that it is made of, in their order (17.16.5.68)."""
    toc = next(
        (each for each in read_fields(word.document)[0] if each.name == "TOC" and each.switch("o")), None
    )
    if toc is None:
        return
    span = re.fullmatch(r"(\d)-(\d)", toc.switch("o") or "")
    if span is None:
        return
    lowest = int(span[2])
    styles = Styles(word.root("styles"))
    entries: list[str] = []
    headings: list[str] = []
    for paragraph in word.document.iter(f"{W}p"):
        style = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        if re.fullmatch(r"toc \d", styles.name(style)):
            entries.append(_squashed(paragraph).rpartition("\t")[0] or _squashed(paragraph))
        elif styles.level(style) < lowest:
            text = _squashed(paragraph).replace("\t", "")
            headings += [text] if text else []
    for number, (entry, heading) in enumerate(zip(entries, headings, strict=False), 1):
        # The number of a heading that Word counts is no text of the heading.
        if not entry.replace("\t", "").endswith(heading):
            yield Fault(
                "contents-differ",
                "word/document.xml",
                f"entry {number} is {entry!r}, the heading {heading!r}",
            )
            return
    if len(entries) != len(headings):
        yield Fault(
            "contents-differ", "word/document.xml", f"{len(entries)} entries for {len(headings)} headings"
        )


def _squashed(paragraph: etree._Element) -> str:
    """What a paragraph shows but for white space and ruby; tabs stay."""
    return "".join(
        shown if shown == "\t" else "".join(shown.split())
        for element in paragraph.iter(*_SHOWN)
        if (shown := _shown(element)) and next(element.iterancestors(f"{W}rt"), None) is None
    )


FIELD_RULES = (nesting, targets, sequences, references, contents)
