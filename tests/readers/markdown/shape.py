"""A document as short text: one line a block, indented, so that a fixture can be read at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from convert.book import SourceFile
from convert.diagnostics import Findings
from convert.model import nodes as n
from convert.model.nodes import Document
from convert.model.validate import problems
from convert.readers.markdown import read

__all__ = ["codes", "parse", "shape"]

_MARKS = {
    n.Emphasis: "em", n.Strong: "strong", n.Strikethrough: "del", n.Highlight: "mark",
    n.Superscript: "sup", n.Subscript: "sub",
}  # fmt: skip


def parse(text: str, findings: Findings | None = None) -> Document:
    """*text* read as one file, a.md; the tree is checked."""
    document = read([SourceFile("a.md", text)], findings if findings is not None else Findings())
    assert problems(document) == []
    return document


def codes(text: str) -> list[str]:
    """The findings on *text* as ``code@line:column``."""
    findings = Findings()
    parse(text, findings)
    return [f"{f.code.value}@{f.place.line}:{f.place.column}" for f in findings]


def shape(text: str) -> str:
    """The blocks of *text*, then its notes."""
    document = parse(text)
    lines = list(_blocks(document.blocks, ""))
    for note in document.notes:
        lines.append(f"{note.span.first}-{note.span.last} note {note.id}")
        lines += _blocks(note.blocks, "  ")
    return "\n".join(lines)


def _blocks(blocks: Iterable[n.Block], pad: str) -> Iterator[str]:
    for block in blocks:
        head = f"{pad}{block.span.first}-{block.span.last} "
        inner = pad + "  "
        match block:
            case n.Heading():
                extra = ("" if block.numbered else " unnumbered") + ("" if block.listed else " unlisted")
                extra += "" if block.matter is n.Matter.BODY else f" {block.matter.value}"
                extra += f" short={block.short}" if block.short else ""
                below = f" / {_inlines(block.subtitle)}" if block.subtitle else ""
                yield f"{head}h{block.level}{extra}{_attr(block)}: {_inlines(block.children)}{below}"
            case n.Paragraph():
                yield f"{head}p{_attr(block)}: {_inlines(block.children)}"
            case n.CodeBlock():
                caption = f" caption={_inlines(block.caption)!r}" if block.caption else ""
                yield f"{head}code {block.language}{_attr(block)}{caption}: {block.text!r}"
            case n.Quote():
                yield head + "quote" + _attr(block)
                yield from _blocks(block.blocks, inner)
            case n.BulletList() | n.OrderedList():
                kind = "ul"
                if isinstance(block, n.OrderedList):
                    style = "" if block.style is n.NumberStyle.DECIMAL else f" {block.style.value}"
                    kind = f"ol {block.start}{style} {block.delimiter.value}"
                yield f"{head}{kind}{'' if block.tight else ' loose'}{_attr(block)}"
                for item in block.items:
                    mark = {None: "", True: " [x]", False: " [ ]"}[item.checked]
                    yield f"{inner}{item.span.first}-{item.span.last} li{mark}"
                    yield from _blocks(item.blocks, inner + "  ")
            case n.DefinitionList():
                yield head + "dl"
                for one in block.items:
                    yield f"{inner}{one.span.first}-{one.span.last} dt: {_inlines(one.term)}"
                    for meaning in one.definitions:
                        yield from _blocks(meaning, inner + "  dd ")
            case n.Table():
                aligned = "".join(a.value[0] for a in block.alignments)
                yield f"{head}table {aligned}{_attr(block)} caption={_inlines(block.caption)!r}"
                for part, rows in (("head", block.head), ("body", block.body)):
                    for row in rows:
                        yield f"{inner}{row.span.first} {part}: " + " | ".join(map(_cell, row.cells))
            case n.Figure():
                yield f"{head}figure{_attr(block)} {_inlines([block.image])} caption={_inlines(block.caption)!r}"
            case n.Division():
                yield f"{head}div {block.kind.value}{_attr(block)} title={_inlines(block.title)!r}"
                yield from _blocks(block.blocks, inner)
            case n.LineBlock():
                yield f"{head}verse{_attr(block)}: " + " / ".join(map(_inlines, block.lines))
            case n.MathBlock():
                yield f"{head}math{_attr(block)}: {block.tex}"
            case n.AnswerLines():
                yield f"{head}lines {block.count}"
            case n.ThematicBreak():
                yield head + "rule"
            case n.PageBreak():
                yield head + "page"
            case n.Index():
                raise AssertionError("the reader makes no index")
            case n.Generated():
                yield head + block.kind.value


def _attr(block: object) -> str:
    name = getattr(block, "id", "")
    own = "" if name.startswith("b") and len(name) >= 11 else f" #{name}"
    given = getattr(block, "attributes", n.Attributes())
    own += "".join(f" .{c}" for c in given.classes) + "".join(f" {k}={v}" for k, v in given.pairs)
    number = getattr(block, "number", "")
    return own + (f" number={number}" if number else "")


def _cell(cell: n.TableCell) -> str:
    text = " ¶ ".join(
        _inlines(b.children) + _attr(b) if isinstance(b, n.Paragraph) else " / ".join(_blocks([b], ""))
        for b in cell.blocks
    )
    return text + (f"<{cell.columns}x{cell.rows}>" if (cell.columns, cell.rows) != (1, 1) else "")


def _inlines(children: Iterable[n.Inline]) -> str:
    return "".join(map(_inline, children))


def _inline(node: n.Inline) -> str:
    if type(node) in _MARKS:
        return f"{_MARKS[type(node)]}({_inlines(node.children)})"  # type: ignore[union-attr]
    match node:
        case n.Text(text):
            return text
        case n.SoftBreak():
            return "⏎"
        case n.LineBreak():
            return "⏎⏎"
        case n.Code(text):
            return f"code({text})"
        case n.Link(children, n.ExternalTarget(url), title):
            return f"a({_inlines(children)})[{url}{' ' + title if title else ''}]"
        case n.Link(children, n.InternalTarget(name), _):
            return f"a({_inlines(children)})[#{name}]"
        case n.Image():
            size = f" {node.width or node.width_points}" if node.width or node.width_points else ""
            return f"img({node.alt})[{node.source}{size}]"
        case n.Ruby(segments):
            return "ruby(" + " ".join(f"{s.base}={s.text}" for s in segments) + ")"
        case n.NoteReference(note):
            return f"note({note})"
        case n.Math(tex):
            return f"math({tex})"
        case n.Span():
            extra = node.kind.value + (f" {node.language}" if node.language else "")
            extra += "".join(f" .{c}" for c in node.attributes.classes)
            return f"span({_inlines(node.children)})[{extra}]"
        case n.Abbreviation(text, expansion):
            return f"abbr({text})[{expansion}]"
        case n.Blank(ems):
            return f"blank({ems:g})"
        case n.CrossReference(target, form=form):
            return f"ref({target}{'' if form is n.ReferenceForm.LABEL else ' ' + form.value})"
        case n.IndexMark(terms, readings):
            return f"index({'>'.join(terms)}{' ' + '>'.join(readings) if readings else ''})"
        case n.PageMark(label):
            return f"page({label})"
    raise AssertionError(node)
