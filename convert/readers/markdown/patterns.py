"""The shapes of lines: one regular expression for each, all of linear cost."""

from __future__ import annotations

import re

__all__ = [
    "ABBREVIATION",
    "ADMONITION",
    "ALERT",
    "ANSWER_LINES",
    "ATX",
    "BLANK_LINES",
    "BULLET",
    "CAPTION",
    "COMMENT_OPEN",
    "CONTENTS",
    "DEFINITION",
    "DELIMITER_ROW",
    "DIVISION_CLOSE",
    "DIVISION_OPEN",
    "FENCE",
    "HTML_BLOCK",
    "HTML_CLOSE",
    "HTML_HEADING",
    "HTML_RAW",
    "HTML_RULE",
    "IMAGE_ALONE",
    "NOTE_DEFINITION",
    "ORDERED",
    "PAGE_BREAK",
    "REFERENCE",
    "SETEXT",
    "TASK",
]

ATX = re.compile(r"(#{1,6})(?:[ \t]+|$|(?=[^\x00-\u2e7f#]))")
"""An ATX heading; the blank after ``#`` may be missing before Han (``#标题``), as many people write."""

SETEXT = re.compile(r"(?:=+|-+)[ ]*$")
BULLET = re.compile(r"([-+*])(?=[ ]|$)")
ORDERED = re.compile(r"(\d{1,9})([.)])(?=[ ]|$)")
TASK = re.compile(r"\[([ xX])\](?=\s)")
FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
DIVISION_OPEN = re.compile(r":{3,}[ ]*([^\s:{}]+)?[ ]*(.*?)[ ]*:*[ ]*$")
DIVISION_CLOSE = re.compile(r":{3,}[ ]*$")
ADMONITION = re.compile(r'(?:!!!|\?\?\?\+?)[ ]*([\w-]+)((?:[ ]+[\w-]+)*)[ ]*(?:"([^"]*)")?[ ]*$')
ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ ]*(.*)", re.IGNORECASE)
NOTE_DEFINITION = re.compile(r"\[\^([^\]\[\s]{1,200})\]:[ ]*")
REFERENCE = re.compile(
    r"""[ ]{0,3}\[(?!\^)([^\[\]]{1,999})\]:[ ]*\n?[ ]*
    (?:<([^<>\n]*)>|(?=[!-~]*[/.\#:@])([!-~]{1,4000}))
    (?:[ ]*(?:[ ]|\n)[ ]*("[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ ]*(?:\n|$)""",
    re.VERBOSE,
)
"""A link reference definition.  The address must look like one: ``[备注]: 下周再议`` is text."""

ABBREVIATION = re.compile(r"\*\[([^\[\]\n]{1,100})\]:[ ]*([^\n]*)(?:\n|$)")
DEFINITION = re.compile(r":[ ]+(?=\S)")
CAPTION = re.compile(r"(?:Table|Figure|表|图)?:[ ]+(?=\S)")
DELIMITER_ROW = re.compile(r"(?=[^|]*\|)[ ]*\|?[ ]*:?-+:?[ ]*(?:\|+[ ]*:?-+:?[ ]*)*\|?[ ]*$")
IMAGE_ALONE = re.compile(r"!\[[^\n]*\)(?:\{[^{}\n]*\})?[ ]*$")
BLANK_LINES = re.compile(r"_{3,}[ ]*$")
ANSWER_LINES = re.compile(r"answer-lines(?:[ :=]+(\d{1,3}))?[ ]*$")
CONTENTS = re.compile(r"\[\[?(?:TOC|toc|目录)\]\]?[ ]*$")
PAGE_BREAK = re.compile(
    r"(?:\\(?:newpage|pagebreak|clearpage)|<!--[ ]*(?:pagebreak|page-break|newpage)[ ]*-->)[ ]*$",
    re.IGNORECASE,
)
COMMENT_OPEN = re.compile(r"<!--")
_ATTRIBUTE = r"""(?:\s+[^\s"'=<>/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>]++))?+)*+\s*+"""
HTML_BLOCK = re.compile(
    r"<(div|section|article|aside|main|details|blockquote|figure|center|header|footer|nav)(?=[\s>])("
    + _ATTRIBUTE
    + r")>",
    re.IGNORECASE,
)
HTML_CLOSE = re.compile(
    r"</(div|section|article|aside|main|details|blockquote|figure|center|header|footer|nav)\s*>",
    re.IGNORECASE,
)
HTML_HEADING = re.compile(r"<h([1-6])(" + _ATTRIBUTE + r")>(.*)</h\1\s*>[ ]*$", re.IGNORECASE)
HTML_RAW = re.compile(r"<(table|pre|script|style|svg|math|textarea)(?=[\s>])", re.IGNORECASE)
HTML_RULE = re.compile(r"<hr(?=[\s/>])" + _ATTRIBUTE + r"/?>[ ]*$", re.IGNORECASE)
