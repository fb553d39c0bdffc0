"""One file through Python-Markdown: our block parser and inline reader in it, the tree taken from it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import markdown
from markdown.util import Registry

from convert.readers.markdown.blocks import LineParser
from convert.readers.markdown.context import Context
from convert.readers.markdown.inline import InlineReader
from convert.readers.markdown.spans import register_spans

__all__ = ["read_tree"]


def read_tree(context: Context) -> Element:
    """The tree of elements of the file in *context*.

    The tree is taken where Python-Markdown would serialize it; no HTML is ever made.  White space is
    already in order, so its preprocessors are not wanted, nor is anything behind the inline stage.
    """
    md = markdown.Markdown()
    md.preprocessors, md.treeprocessors, md.postprocessors = Registry(), Registry(), Registry()
    md.inlinePatterns = Registry()
    md.parser = LineParser(md, context)
    md.treeprocessors.register(InlineReader(md, context), "inline", 20)
    register_spans(md, context)
    taken: list[Element] = []

    def take(root: Element) -> str:
        taken.append(root)
        return ""

    md.serializer = take
    md.stripTopLevelTags = False
    md.convert("\n".join(context.lines))
    return taken[0] if taken else Element("div", {"first": "1", "last": "1"})
