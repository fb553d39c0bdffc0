"""The shapes of lines: one regular expression for each, all of linear cost."""

from __future__ import annotations

import re

from convert.readers.markdown.htmlcut import ATTRIBUTE, CONTAINERS, RAW
from convert.regex import regex

__all__ = [
    "ABBREVIATION",
    "ADMONITION",
    "ALERT",
    "ANSWER_LINES",
    "ATX",
    "BLANK_LINES",
    "BULLET",
    "CAPTION",
    "DEFINITION",
    "DELIMITER_ROW",
    "DIVISION_CLOSE",
    "DIVISION_OPEN",
    "FENCE",
    "GENERATED",
    "HTML_BLOCK",
    "HTML_CLOSE",
    "HTML_RAW",
    "HTML_RULE",
    "IMAGE_ALONE",
    "INCLUDE",
    "LIST_LABELS",
    "NOTE_DEFINITION",
    "ORDERED",
    "PAGE_BREAK",
    "PAGE_MARK",
    "REFERENCE",
    "RUBY_TAIL",
    "SETEXT",
    "TAB",
    "TASK",
]

ATX = regex(r"(#{1,6})(?:[ \t]+|$|(?=[^\x00-\u2e7f#]))")
"""An ATX heading; the blank after ``#`` may be missing before Han (``#标题``), as many people write."""

SETEXT = regex(r"(?:=+|-+)[ ]*$")
BULLET = regex(r"([-+*])(?=[ ]|$)")
ORDERED = regex(r"(\d{1,9})([.)])(?=[ ]|$)")
TASK = regex(r"\[([ xX])\](?=\s)")
FENCE = regex(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
DIVISION_OPEN = regex(r":{3,}[ ]*([^\s:{}]+)?[ ]*(.*?)[ ]*:*[ ]*$")
DIVISION_CLOSE = regex(r":{3,}[ ]*$")
ADMONITION = regex(r'(?:!!!|\?\?\?\+?)[ ]*([\w-]+)((?:[ ]+[\w-]+)*)[ ]*(?:"([^"]*)")?[ ]*$')
TAB = regex(r'={3}[!+]*[ ]+"([^"]*)"[ ]*$')
"""``=== "Python"``: one of several texts to choose from, as MkDocs shows them."""
INCLUDE = regex(r'(?:--8<--[ ]+"([^"\n]{1,500})"|\{\{[ ]*#?include:?[ ]+([^{}\n]{1,500}?)[ ]*\}\})[ ]*$')
ALERT = regex(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ ]*(.*)", re.IGNORECASE)
NOTE_DEFINITION = regex(r"\[\^([^\]\[\s]{1,200})\]:[ ]*")
REFERENCE = regex(
    r"""[ ]{0,3}\[(?!\^)([^\[\]]{1,999})\]:[ ]*\n?[ ]*
    (?:<([^<>\n]*)>|(?=[!-~]*[/.\#:@])([!-~]{1,4000}))
    (?:[ ]*(?:[ ]|\n)[ ]*("[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ ]*(?:\n|$)""",
    re.VERBOSE,
)
"""A link reference definition.  The address must look like one: ``[备注]: 下周再议`` is text."""

ABBREVIATION = regex(r"\*\[([^\[\]\n]{1,100})\]:[ ]*([^\n]*)(?:\n|$)")
LIST_LABELS = (
    (regex(r"（(\d{1,4})）[ \u3000]*"), "decimal", "both"),
    (regex(r"（([一二三四五六七八九十百]{1,5})）[ \u3000]*"), "chinese", "both"),
    (regex(r"([一二三四五六七八九十百]{1,5})、[ \u3000]*"), "chinese", "."),
    (regex(r"([①-⑳㉑-㉟㊱-㊿])[ \u3000]*"), "circled", "."),
)
"""Labels of Chinese lists, with the style and what stands round the number."""
DEFINITION = regex(r":[ ]+(?=\S)")
CAPTION = regex(r"(?:Table|Figure|Listing|表|图)?:[ ]+(?=\S)|[表图圖]：[ ]*(?=\S)")
DELIMITER_ROW = regex(r"(?=[^|]*\|)[ ]*\|?[ ]*:?-+:?[ ]*(?:\|+[ ]*:?-+:?[ ]*)*\|?[ ]*$")
IMAGE_ALONE = regex(r"!\[[^\n]*\)(?:\{[^{}\n]*\})?[ ]*$")
BLANK_LINES = regex(r"_{3,}[ ]*$")
ANSWER_LINES = regex(r"answer-lines(?:[ :=]+(\d{1,3}))?[ ]*$")
GENERATED = regex(r"\[\[?([A-Za-z]{3,8}|[^\s\[\]]{2,4})\]\]?[ ]*$")
"""A word in brackets alone in its line: it may ask for a list that quire makes, see `kinds`."""

PAGE_BREAK = regex(
    r"(?:\\(?:newpage|pagebreak|clearpage)|<!--[ ]*(?:pagebreak|page-break|newpage)[ ]*-->|---page---)[ ]*$",
    re.IGNORECASE,
)
PAGE_MARK = regex(r"<!--[ ]*(?:page|页)[ :]*([^\s<>]{1,20})[ ]*-->", re.IGNORECASE)
"""Where a page of an earlier print began."""

RUBY_TAIL = regex(r"\^\(([^()\n]{1,200})\)")
_TAGS = "|".join(CONTAINERS.split())
HTML_BLOCK = regex(rf"<({_TAGS})(?=[\s/>])({ATTRIBUTE})/?>", re.IGNORECASE)
HTML_CLOSE = regex(rf"</({_TAGS})\s*>", re.IGNORECASE)
HTML_RAW = regex(rf"<({'|'.join(RAW.split())})(?=[\s>])", re.IGNORECASE)
HTML_RULE = regex(rf"<hr(?=[\s/>]){ATTRIBUTE}/?>", re.IGNORECASE)
