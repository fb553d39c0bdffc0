"""Blocks as XHTML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from convert.characters import is_cjk
from convert.model.identity import ascii_id
from convert.model.nodes import (
    AnswerLines,
    Block,
    BulletList,
    CodeBlock,
    DefinitionList,
    Division,
    Figure,
    Generated,
    GeneratedKind,
    Heading,
    Index,
    Inline,
    LineBlock,
    ListItem,
    MathBlock,
    NumberDelimiter,
    NumberStyle,
    OrderedList,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    ThematicBreak,
)
from convert.model.outline import Outline
from convert.model.quotes import parted
from convert.model.walk import plain_text
from convert.records import dataclass, field, replace
from convert.terms import Terms
from convert.writers.epub import divisions, tables
from convert.writers.epub.code import code_element
from convert.writers.epub.index import index
from convert.writers.epub.inlines import (
    FileWriter,
    class_attribute,
    formula,
    image_element,
    inlines,
    page_break,
)
from convert.writers.epub.markup import element_id, escape

__all__ = ["BlockWriter"]

_LONG_FORMULA = 40
"""Characters of TeX beyond which a displayed formula may be wider than a phone."""
_LIST_TYPE = {
    NumberStyle.LOWER_ALPHA: "a",
    NumberStyle.UPPER_ALPHA: "A",
    NumberStyle.LOWER_ROMAN: "i",
    NumberStyle.UPPER_ROMAN: "I",
}


@dataclass(slots=True)
class BlockWriter:
    """Renders the blocks of one file.  `_open` is the path of headings down to the present place."""

    line: FileWriter
    outline: Outline
    terms: Terms
    lists: dict[GeneratedKind, str]
    """Lists that quire makes, by kind, ready as XHTML."""
    _open: list[tuple[int, int]] = field(default_factory=list)

    def blocks(self, blocks: Iterable[Block]) -> str:
        """*blocks* one after another, a line each."""
        return "\n".join([text for block in blocks if (text := self.block(block))])

    def block(self, block: Block) -> str:
        """One block, with the printed pages that begin where it does."""
        breaks = self.breaks(block.id, "div")
        text = self._block(block)
        return f"{breaks}\n{text}" if breaks and text else breaks or text

    def breaks(self, name: str, tag: str = "span") -> str:
        """Marks of the printed pages that begin with the block or part called *name*."""
        labels = self.line.pages.before.get(name, ())
        return "".join([page_break(self.line, label, tag) for label in labels])

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(children=()) if block.id not in self.line.targets:
                return ""
            case Paragraph():
                classes = class_attribute(block.attributes, "continued" if block.continued else "")
                return f"<p{self.line.anchor(block.id)}{classes}>{inlines(self.line, block.children)}</p>"
            case Heading():
                return self.heading(block)
            case BulletList():
                return self._bullets(block)
            case OrderedList():
                return self._numbers(block)
            case DefinitionList():
                return self.definitions(block)
            case Quote():
                return f"<blockquote{self.line.anchor(block.id)}>\n{self.quoted(block.blocks)}\n</blockquote>"
            case CodeBlock():
                return self._code(block)
            case Table():
                return tables.table(self, block)
            case Figure():
                return self._figure(block)
            case MathBlock():
                return self._formula(block)
            case Division():
                return divisions.division(self, block)
            case LineBlock():
                return self._verse(block)
            case ThematicBreak():
                return "<hr/>"
            case PageBreak():
                return f'<div class="page-break"{self.line.anchor(block.id)}></div>'
            case AnswerLines():
                lines = '<div class="line"></div>' * block.count
                return (
                    f'<div class="answer-lines" aria-hidden="true"{self.line.anchor(block.id)}>{lines}</div>'
                )
            case Generated():
                return self.lists.get(block.kind, "")
            case Index():
                return index(self, block)
            case _:
                assert_never(block)

    # ------------------------------------------------------------ headings

    def heading(self, block: Heading) -> str:
        """A heading; one that the outline does not list is a bold line."""
        entry = self.outline.find(block.id)
        inner = inlines(self.line, block.children)
        if block.subtitle:
            # The line end stands where no style sheet is obeyed, too.
            inner += f'<br/><span class="subtitle">{inlines(self.line, block.subtitle)}</span>'
        if entry is None:
            classes = class_attribute(block.attributes, "heading")
            return f"<p{self.line.anchor(block.id)}{classes}>{inner}</p>" if inner else ""
        self.line.order.append(block.id)
        tag = self._tag_level(entry.level)
        if entry.number:
            inner = f'<span class="number">{escape(entry.number)}</span>{entry.gap}{inner}'
        two = "two" if not entry.number and not entry.subtitle and _is_pair(entry.title) else ""
        classes = class_attribute(block.attributes, two)
        return f"<h{tag}{element_id(ascii_id(block.id))}{classes}>{inner}</h{tag}>"

    def _tag_level(self, level: int) -> int:
        """The tag for an outline level: the file's first heading is ``h1``, the only one; none is skipped."""
        if not self._open:
            self._open.append((level, 1))
            return 1
        while len(self._open) > 1 and self._open[-1][0] >= level:
            self._open.pop()
        tag = min(self._open[-1][1] + 1, 6)
        self._open.append((level, tag))
        return tag

    # ------------------------------------------------------------ lists

    def _item(self, item: ListItem, tight: bool) -> str:
        mark = self.breaks(item.id)
        if item.checked is not None:
            mark += f'<span class="box">{"☑" if item.checked else "☐"}</span> '
        inner = self.compact(item.blocks, mark, allowed=tight)
        return f"<li{self.line.anchor(item.id)}>{inner}</li>"

    def compact(self, blocks: tuple[Block, ...], before: str = "", *, allowed: bool = True) -> str:
        """*blocks* with a lone leading paragraph as bare text, and *before* at its beginning."""
        match blocks:
            case (Paragraph(children=children) as first, *rest):
                lone = allowed and not any(isinstance(other, Paragraph) for other in rest)
                if lone and not first.attributes.classes and first.id not in self.line.targets:
                    inner = before + inlines(self.line, children)
                    return f"{inner}\n{self.blocks(rest)}" if rest else inner
                classes = class_attribute(first.attributes)
                opening = (
                    f"<p{self.line.anchor(first.id)}{classes}>{before}{inlines(self.line, children)}</p>"
                )
                return f"{opening}\n{self.blocks(rest)}" if rest else opening
            case _:
                return (f"<p>{before.strip()}</p>\n" if before else "") + self.blocks(blocks)

    def _bullets(self, block: BulletList) -> str:
        tasks = ' class="tasks"' if any(item.checked is not None for item in block.items) else ""
        items = "\n".join(self._item(item, block.tight) for item in block.items)
        return f"<ul{self.line.anchor(block.id)}{tasks}>\n{items}\n</ul>"

    def _numbers(self, block: OrderedList) -> str:
        kind = f' type="{_LIST_TYPE[block.style]}"' if block.style in _LIST_TYPE else ""
        start = f' start="{block.start}"' if block.start != 1 else ""
        plain = block.style is NumberStyle.DECIMAL and block.delimiter is NumberDelimiter.PERIOD
        look = "" if plain else f' class="{block.style.value}-{block.delimiter.value}"'
        items = "\n".join(self._item(item, block.tight) for item in block.items)
        return f"<ol{self.line.anchor(block.id)}{kind}{start}{look}>\n{items}\n</ol>"

    def definitions(self, block: DefinitionList, term: str = "", meaning: str = "") -> str:
        """Terms and meanings; *term* and *meaning* are their types (EPUB SSV) in a glossary."""
        opening, closing = (f'<dfn epub:type="{term}">', "</dfn>") if term else ("", "")
        kind = f' epub:type="{meaning}"' if meaning else ""
        out = []
        for item in block.items:
            said = opening + inlines(self.line, item.term) + closing
            out.append(f"<dt{self.line.anchor(item.id)}>{self.breaks(item.id)}{said}</dt>")
            out += [f"<dd{kind}>{self.compact(one)}</dd>" for one in item.definitions]
        return f"<dl{self.line.anchor(block.id)}>\n" + "\n".join(out) + "\n</dl>"

    def quoted(self, blocks: tuple[Block, ...]) -> str:
        """What a quotation holds, its source apart at the end."""
        said, source = parted(blocks)
        told = f'\n<div class="source">{self.blocks(source)}</div>' if source else ""
        return self.blocks(said) + told

    # ------------------------------------------------------------ figures, code, formulas, verse

    def caption(self, word: str, number: str, caption: tuple[Inline, ...]) -> str:
        """Label and caption, e.g. 图1-2　海, without their element; empty when there is neither."""
        label = f'<span class="label">{escape(word + number)}</span>' if number else ""
        text = inlines(self.line, caption)
        return label + (escape(self.terms.caption_gap) if label and text else "") + text

    def _figure(self, block: Figure) -> str:
        alt = block.image.alt or plain_text(block.caption).strip()
        picture = image_element(self.line, block.image, alt)
        caption = self.caption(self.terms.figure, block.number, block.caption)
        foot = f"\n<figcaption>{caption}</figcaption>" if caption else ""
        classes = class_attribute(block.attributes)
        return f"<figure{element_id(ascii_id(block.id))}{classes}>{picture}{foot}</figure>"

    def _code(self, block: CodeBlock) -> str:
        caption = self.caption(self.terms.listing, block.number, block.caption)
        if not caption:
            return code_element(self.line, block)
        inner = code_element(self.line, replace(block, id=""))
        return f'<figure{element_id(ascii_id(block.id))} class="listing"><figcaption>{caption}</figcaption>\n{inner}</figure>'

    def _formula(self, block: MathBlock) -> str:
        made = formula(self.line, block.tex, display=True)
        number = f' <span class="number">({escape(block.number)})</span>' if block.number else ""
        # What may be wider than a phone is moved sideways, also with keys.
        wide = ' class="math wide" tabindex="0"' if len(block.tex) > _LONG_FORMULA else ' class="math"'
        return f"<p{wide}{self.line.anchor(block.id)}>{made}{number}</p>"

    def _verse(self, block: LineBlock) -> str:
        stanzas: list[list[str]] = [[]]
        for line in block.lines:
            if line:
                stanzas[-1].append(f'<p class="line">{inlines(self.line, line)}</p>')
            elif stanzas[-1]:
                stanzas.append([])
        inner = "\n".join(f'<div class="stanza">{"".join(lines)}</div>' for lines in stanzas if lines)
        return f'<div class="verse"{self.line.anchor(block.id)}>\n{inner}\n</div>'


def _is_pair(title: str) -> bool:
    """Two Han characters alone, which are set an em apart (the custom of Chinese book titles)."""
    return len(title) == 2 and all(map(is_cjk, title))
