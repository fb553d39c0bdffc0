"""Divisions as XHTML: study blocks, alerts, epigraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from convert.model.nodes import Block, DefinitionList, Division, DivisionKind
from convert.writers.epub.inlines import class_attribute, inlines
from convert.writers.epub.markup import escape

if TYPE_CHECKING:
    from convert.writers.epub.blocks import BlockWriter

__all__ = ["division"]

_ALERT = ' epub:type="notice" role="doc-notice"'


def division(writer: BlockWriter, block: Division) -> str:
    """A division with its label as a line of its own.  An answer opens and shuts without script.

    Types are EPUB's Structural Semantics Vocabulary 1.1, roles DPUB-ARIA 1.1; no ``section`` here has
    a label, as a book full of ARIA regions is hard to walk through.
    """
    if block.kind is DivisionKind.ANSWERS:
        return _answers(writer, block)
    label = _label(writer, block)
    tag, more = _element(block.kind)
    if tag == "details" and not writer.line.profile.folding:
        tag = "div"
    study = block.kind.value if block.kind is not DivisionKind.PLAIN else ""
    classes = class_attribute(block.attributes, "study" if _is_boxed(block.kind) else "", study)
    opening = f"<{tag}{more}{writer.line.anchor(block.id)}{classes}>"
    if label:
        line = f"<summary>{label}</summary>" if tag == "details" else f'<p class="label">{label}</p>'
        opening += f"\n{line}"
    if block.kind is DivisionKind.GLOSSARY:
        inner = "\n".join(_defined(writer, part) for part in block.blocks)
    elif block.kind is DivisionKind.EPIGRAPH:
        inner = writer.quoted(block.blocks)
    else:
        inner = writer.blocks(block.blocks)
    return f"{opening}\n{inner}\n</{tag}>"


def _defined(writer: BlockWriter, block: Block) -> str:
    """A block of a glossary; its definition lists say that they hold terms and their meanings."""
    if isinstance(block, DefinitionList):
        return writer.definitions(block, "glossterm", "glossdef")
    return writer.block(block)


def _label(writer: BlockWriter, block: Division) -> str:
    label = inlines(writer.line, block.title) or escape(writer.terms.label(block.kind, block.number))
    if block.pointer:
        label += f' <span class="pointer">{inlines(writer.line, block.pointer)}</span>'
    return label


def _answers(writer: BlockWriter, block: Division) -> str:
    """The gathered answers, each open to see below a label that leads back to its exercise."""
    out = [f'<div class="answers"{writer.line.anchor(block.id)}>']
    for part in block.blocks:
        if isinstance(part, Division) and part.kind is DivisionKind.ANSWER:
            classes = class_attribute(part.attributes)
            out.append(f"<div{writer.line.anchor(part.id)}{classes}>")
            out.append(f'<p class="label">{_label(writer, part)}</p>')
            out += [writer.blocks(part.blocks), "</div>"]
        else:
            out.append(writer.block(part))
    return "\n".join([*out, "</div>"])


def _is_boxed(kind: DivisionKind) -> bool:
    plain = (DivisionKind.PLAIN, DivisionKind.EPIGRAPH, DivisionKind.BYLINE, DivisionKind.GLOSSARY)
    return kind not in plain


def _element(kind: DivisionKind) -> tuple[str, str]:
    """Tag, and ``epub:type`` and ``role`` where there are such."""
    match kind:
        case DivisionKind.PLAIN | DivisionKind.BYLINE | DivisionKind.ANSWERS:
            return "div", ""
        case DivisionKind.GLOSSARY:
            return "section", ' epub:type="glossary" role="doc-glossary"'
        case DivisionKind.EPIGRAPH:
            return "div", ' epub:type="epigraph" role="doc-epigraph"'
        case DivisionKind.ANSWER:
            return "details", ""
        case DivisionKind.TIP:
            return "aside", ' epub:type="tip" role="doc-tip"'
        case DivisionKind.NOTE | DivisionKind.IMPORTANT | DivisionKind.WARNING | DivisionKind.CAUTION:
            return "section", _ALERT
        case (
            DivisionKind.KEYPOINT
            | DivisionKind.QUESTION
            | DivisionKind.EXERCISE
            | DivisionKind.VOCABULARY
            | DivisionKind.READING
        ):
            return "section", ""
        case _:
            assert_never(kind)
