"""The shapes of lines: one regular expression for each, all of linear cost."""

from __future__ import annotations

import re

from convert.readers.markdown.htmlcut import ATTRIBUTE, CONTAINERS, RAW

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
TAB = re.compile(r'={3}[!+]*[ ]+"([^"]*)"[ ]*$')
"""``=== "Python"``: one of several texts to choose from, as MkDocs shows them."""
INCLUDE = re.compile(r'(?:--8<--[ ]+"([^"\n]{1,500})"|\{\{[ ]*#?include:?[ ]+([^{}\n]{1,500}?)[ ]*\}\})[ ]*$')
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
LIST_LABELS = (
    (re.compile(r"（(\d{1,4})）[ \u3000]*"), "decimal", "both"),
    (re.compile(r"（([一二三四五六七八九十百]{1,5})）[ \u3000]*"), "chinese", "both"),
    (re.compile(r"([一二三四五六七八九十百]{1,5})、[ \u3000]*"), "chinese", "."),
    (re.compile(r"([①-⑳㉑-㉟㊱-㊿])[ \u3000]*"), "circled", "."),
)
"""Labels of Chinese lists, with the style and what stands round the number."""
DEFINITION = re.compile(r":[ ]+(?=\S)")
CAPTION = re.compile(r"(?:Table|Figure|Listing|表|图)?:[ ]+(?=\S)|[表图圖]：[ ]*(?=\S)")
DELIMITER_ROW = re.compile(r"(?=[^|]*\|)[ ]*\|?[ ]*:?-+:?[ ]*(?:\|+[ ]*:?-+:?[ ]*)*\|?[ ]*$")
IMAGE_ALONE = re.compile(r"!\[[^\n]*\)(?:\{[^{}\n]*\})?[ ]*$")
BLANK_LINES = re.compile(r"_{3,}[ ]*$")
ANSWER_LINES = re.compile(r"answer-lines(?:[ :=]+(\d{1,3}))?[ ]*$")
GENERATED = re.compile(r"\[\[?([A-Za-z]{3,8}|[^\s\[\]]{2,4})\]\]?[ ]*$")
"""A word in brackets alone in its line: it may ask for a list that quire makes, see `kinds`."""

PAGE_BREAK = re.compile(
    r"(?:\\(?:newpage|pagebreak|clearpage)|<!--[ ]*(?:pagebreak|page-break|newpage)[ ]*-->|---page---)[ ]*$",
    re.IGNORECASE,
)
PAGE_MARK = re.compile(r"<!--[ ]*(?:page|页)[ :]*([^\s<>]{1,20})[ ]*-->", re.IGNORECASE)
"""Where a page of an earlier print began."""

RUBY_TAIL = re.compile(r"\^\(([^()\n]{1,200})\)")
_TAGS = "|".join(CONTAINERS.split())
HTML_BLOCK = re.compile(rf"<({_TAGS})(?=[\s/>])({ATTRIBUTE})/?>", re.IGNORECASE)
HTML_CLOSE = re.compile(rf"</({_TAGS})\s*>", re.IGNORECASE)
HTML_RAW = re.compile(rf"<({'|'.join(RAW.split())})(?=[\s>])", re.IGNORECASE)
HTML_RULE = re.compile(rf"<hr(?=[\s/>]){ATTRIBUTE}/?>", re.IGNORECASE)
