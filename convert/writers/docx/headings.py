"""Numbers of headings as Word counts them: multilevel lists linked to the heading styles (17.9).

The numbers themselves are the document's.  Word's count is played through from heading to heading; where
it comes to the same text the number is left to Word, where only a start has to be set it is set, and
elsewhere the number is typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from convert.model.nodes import Document, Heading, HeadingNumber, Matter, NumberForm, NumberStyle
from convert.model.outline import Outline, OutlineEntry
from convert.model.walk import query
from convert.numbering.forms import figures, written
from convert.numbering.schemes import book_title, scheme_for
from convert.records import dataclass, field
from convert.terms import Terms
from convert.theme import NumberTheme
from convert.writers.docx.numbering import LEVELS, Numbering, number_format
from convert.writers.docx.xml import escape, tag

__all__ = ["HeadingNumbers", "heading_numbers"]


@dataclass(frozen=True, slots=True)
class HeadingNumbers:
    """`styles` is the `w:numPr` of each heading style by outline level; `direct` that of a paragraph, by the
    heading's id, where it is not its style's; `automatic` the numbers that Word shows itself, by id."""

    styles: Mapping[int, str] = field(default_factory=dict)
    direct: Mapping[str, str] = field(default_factory=dict)
    automatic: Mapping[str, str] = field(default_factory=dict)


def heading_numbers(
    document: Document, outline: Outline, numbers: NumberTheme, terms: Terms, numbering: Numbering
) -> HeadingNumbers:
    """The numbers of the headings of *document*; their lists are added to *numbering*."""
    found = {heading.id: heading.number for heading in query(document.blocks, Heading) if heading.number}
    entries = [entry for entry in outline.flat() if not entry.run_in]
    if not any(entry.id in found for entry in entries):
        return HeadingNumbers()
    lists = _lists(document, outline, entries, found, numbers, terms, numbering)
    # Parts have a list of their own, or each would make the chapters begin again.
    styles = {
        level + 1: one.properties(level)
        for one in lists.values()
        for level in one.forms
        if level in one.linked
    }
    direct: dict[str, str] = {}
    automatic: dict[str, str] = {}
    silent = ""
    for entry in entries:
        maker, number = lists.get(_kind(entry)), found.get(entry.id)
        own = maker.next(entry.level - 1, number) if maker is not None and number is not None else ""
        if own and number is not None:
            automatic[entry.id] = number.text
        beside = outline.has_parts and entry.rank == entry.level
        carried = "" if beside else styles.get(entry.level, "")
        if not own and carried:
            own = silent = silent or _silent(numbering)
        if own and own != carried:
            direct[entry.id] = own
    return HeadingNumbers(styles, direct, automatic)


def _kind(entry: OutlineEntry) -> Matter:
    """Which list counts a heading: parts, appendices or the text."""
    return entry.matter if entry.matter in (Matter.PART, Matter.APPENDIX) else Matter.BODY


def _lists(
    document: Document,
    outline: Outline,
    entries: Sequence[OutlineEntry],
    found: Mapping[str, HeadingNumber],
    numbers: NumberTheme,
    terms: Terms,
    numbering: Numbering,
) -> dict[Matter, _List]:
    """The lists of the document, by what they count."""
    titled = book_title(document, outline) is not None
    lists = {}
    for kind in (Matter.PART, Matter.BODY, Matter.APPENDIX):
        forms = _forms([entry for entry in entries if _kind(entry) is kind], found)
        if forms:
            # The level that chapters and appendices stand on, from 0.
            first = 1 if titled or (outline.has_parts and kind is Matter.BODY) else 0
            if kind is not Matter.PART:
                _complete(forms, numbers, terms, kind, first)
            lists[kind] = _List(numbering, forms, _linked(kind, parts=outline.has_parts))
    return lists


def _linked(kind: Matter, *, parts: bool) -> range:
    """The levels of a list, from 0, that heading styles carry."""
    match kind:
        case Matter.PART:
            return range(1)
        case Matter.APPENDIX:
            return range(0)
        case _:
            return range(int(parts), LEVELS)


def _silent(numbering: Numbering) -> str:
    """The `w:numPr` of a heading without a number whose style has one: a list that shows nothing.

    `w:numId` 0 would say the same (17.9.18), but STYLEREF shows 0 for it, and validators miss its list.
    """
    shape = tag("numFmt", "none") + tag("suff", "nothing") + tag("lvlText", "")
    levels = [_level_xml(level, shape) for level in range(LEVELS)]
    return f"<w:numPr>{tag('ilvl', 0)}{tag('numId', numbering.plain(numbering.define(levels)))}</w:numPr>"


def _level_xml(level: int, shape: str) -> str:
    """`w:lvl`; *shape* is what stands between `w:start` and `w:lvlJc` (17.9.6)."""
    return (
        f'<w:lvl w:ilvl="{level}">{tag("start", 1)}{shape}{tag("lvlJc", "left")}'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:lvl>'
    )


def _forms(entries: Sequence[OutlineEntry], found: Mapping[str, HeadingNumber]) -> dict[int, NumberForm]:
    """The form most headings of each level have, by `w:ilvl`."""
    counts: dict[int, Counter[NumberForm]] = {}
    for entry in entries:
        form = found[entry.id].form if entry.id in found else None
        # A level can show only what stands above it, and Word takes % for a counter.
        if form is not None and form.above < entry.level <= LEVELS and "%" not in form.pattern:
            counts.setdefault(entry.level - 1, Counter())[form] += 1
    return {level: count.most_common(1)[0][0] for level, count in counts.items()}


def _complete(
    forms: dict[int, NumberForm], numbers: NumberTheme, terms: Terms, kind: Matter, first: int
) -> None:
    """Forms for the levels that the document does not use: an editor may."""
    scheme = scheme_for(numbers, terms)
    for rank in range(1, numbers.depth + 1):
        form = scheme.form(kind, rank) if scheme else None
        if form is not None and first + rank <= LEVELS:
            forms.setdefault(first + rank - 1, form)


@dataclass(slots=True)
class _List:
    """One multilevel list and Word's counters in it.  Heading styles carry its levels `linked`."""

    numbering: Numbering
    forms: dict[int, NumberForm]
    linked: range
    counters: dict[int, int] = field(default_factory=dict)
    ident: int = 0
    number: int = 0

    def __post_init__(self) -> None:
        self.ident = self.numbering.define([self._level(level) for level in range(LEVELS)])
        self.number = self.numbering.plain(self.ident)

    def properties(self, level: int, number: int = 0) -> str:
        """The `w:numPr` of a heading at *level*."""
        return f"<w:numPr>{tag('ilvl', level)}{tag('numId', number or self.number)}</w:numPr>"

    def next(self, level: int, number: HeadingNumber) -> str:
        """The `w:numPr` that makes Word show *number* here; empty where Word's count has another."""
        if number.form != self.forms.get(level):
            return ""
        above = [self._shown(at) for at in range(level)]
        if written(number.form, number.count, above, self.numbering.language) != number.text:
            return ""
        goes_on = self.counters.get(level, 0) + 1 == number.count
        self.counters[level] = number.count
        for deeper in [at for at in self.counters if at > level]:
            del self.counters[deeper]
        if goes_on:
            return self.properties(level)
        return self.properties(level, self.numbering.restart(self.ident, level, number.count))

    def _shown(self, level: int) -> str:
        """The counter of a level as deeper levels show it."""
        count = self.counters.get(level, 0)
        form = self.forms.get(level)
        lettered = form is not None and form.style is NumberStyle.UPPER_ALPHA
        return figures(count, NumberStyle.UPPER_ALPHA if lettered else NumberStyle.DECIMAL)

    def _level(self, level: int) -> str:
        """`w:lvl`, its children in the schema's order (17.9.6)."""
        form = self.forms.get(level)
        style = tag("pStyle", f"Heading{level + 1}") if level in self.linked else ""
        if form is None:
            shape = tag("numFmt", "none") + tag("suff", "nothing") + tag("lvlText", "")
        else:
            counters = ".".join(f"%{at + 1}" for at in range(level - form.above, level + 1))
            # A gap of an em would become part of what cross references say, so it is Word's own space.
            shape = (
                tag("numFmt", number_format(form.style, self.numbering.language))
                + style
                + ("<w:isLgl/>" if self._legal(level, form) else "")
                + tag("suff", "space" if form.gap else "nothing")
                + tag("lvlText", escape(form.pattern.replace("{}", counters, 1)))
            )
        return _level_xml(level, shape)

    def _legal(self, level: int, form: NumberForm) -> bool:
        """Figures above are Arabic here though their own level has others: 第一章, then 1.1 (17.9.4).

        The letters of appendices stay: A.1.
        """
        above = (self.forms.get(at) for at in range(level - form.above, level))
        arabic = (NumberStyle.DECIMAL, NumberStyle.UPPER_ALPHA)
        return any(one is not None and one.style not in arabic for one in above)
