"""The inline syntaxes that are one pattern each, as Python-Markdown inline processors.

Each names the characters it begins with in `triggers`; `convert.readers.markdown.inline` asks it where
one of them stands.  It gives an element or a text and the end of what it took, or None.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from typing import ClassVar
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from convert.characters import is_cjk, is_wide
from convert.readers.markdown.context import Context
from convert.readers.markdown.delimiters import Run, make_run
from convert.regex import regex

__all__ = ["SpanProcessor", "register_spans", "ruby_element"]

Result = tuple["Element | str | Run | None", "int | None", "int | None"]


class SpanProcessor(InlineProcessor):
    """An inline processor that says which characters it may begin with."""

    PATTERN: ClassVar[str]
    triggers: ClassVar[str]

    def __init__(self, md: Markdown, context: Context) -> None:
        super().__init__(self.PATTERN, md)
        self.context = context

    def handleMatch(self, m: re.Match[str], data: str) -> Result:  # type: ignore[override]
        """What the match stands for, its start and its end; None for all three refuses it."""
        raise NotImplementedError


def _leaf(tag: str, value: str, **attributes: str) -> Element:
    return Element(tag, {"value": value, **attributes})


class Escape(SpanProcessor):
    """A backslash before ASCII punctuation, or at a line end."""

    PATTERN = r"""\\([!-/:-@\[-`{-~]|\n[ ]*)"""
    triggers = "\\"

    def handleMatch(self, m: re.Match[str], data: str) -> Result:  # type: ignore[override]
        """The character itself; a hard line break for a line end."""
        return (Element("br") if m[1][0] == "\n" else m[1]), m.start(), m.end()


class CodeSpan(SpanProcessor):
    """Backticks up to a run of the same length."""

    PATTERN = r"`+"
    triggers = "`"

    def __init__(self, md: Markdown, context: Context) -> None:
        super().__init__(md, context)
        self._data: str | None = None
        self._runs: dict[int, list[int]] = {}

    def handleMatch(self, m: re.Match[str], data: str) -> Result:  # type: ignore[override]
        """The code, line ends as blanks; the backticks themselves when nothing closes them."""
        if data is not self._data:
            self._data = data
            self._runs = {}
            for run in re.finditer(r"`+", data):
                self._runs.setdefault(len(run[0]), []).append(run.start())
        same = self._runs.get(len(m[0]), [])  # none where a backslash took the first
        at = bisect_right(same, m.start())
        if at == len(same):
            return m[0], m.start(), m.end()
        code = data[m.end() : same[at]].replace("\n", " ")
        if len(code) > 2 and code[0] == code[-1] == " " and code.strip():
            code = code[1:-1]
        return _leaf("code", code), m.start(), same[at] + len(m[0])


class Entity(SpanProcessor):
    """``&amp;`` and its like."""

    PATTERN = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
    triggers = "&"

    def handleMatch(self, m: re.Match[str], data: str) -> Result:  # type: ignore[override]
        """The character, when HTML knows the name and a text may hold it."""
        char = html.unescape(m[0])
        if char == m[0] or not all(
            c.isprintable() or c in "\u00a0\u00ad\u2003\u2002\u200b\u3000\u2009" for c in char
        ):
            return None, None, None
        return char, m.start(), m.end()


class AutoLink(SpanProcessor):
    """``<https://…>`` and ``<name@host>``."""

    PATTERN = r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,4000}|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255})>"
    triggers = "<"

    def handleMatch(self, m: re.Match[str], data: str) -> Result:  # type: ignore[override]
        """A link that shows its address."""
        url = m[1] if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", m[1]) else "mailto:" + m[1]
        element = Element("a", {"href": url})
        element.text = m[1]
        return element, m.start(), m.end()


_MARK_BEFORE = regex(r"(?:\*{1,3}|~~|==)\Z")


class BareLink(SpanProcessor):
    """An address that stands in the text; it ends before Chinese, and before closing punctuation."""

    PATTERN = r"(?:https?://|www\.(?=[A-Za-z0-9-]+\.))[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{1,2000}"
    triggers = "hw"

    def handleMatch(self, m: re.Match[str], data: str) -> Result:  # type: ignore[override]
        """The link without trailing punctuation and unpaired brackets."""
        if data[m.start() - 1 : m.start()].isascii() and data[m.start() - 1 : m.start()].isalnum():
            return None, None, None
        url = m[0]
        mark = _MARK_BEFORE.search(data, max(0, m.start() - 3), m.start())
        if mark is not None:
            url = url.partition(mark[0])[0]
        surplus = url.count(")") - url.count("(")
        while url:
            if url[-1] in ".,;:!?'*_~[]":
                url = url[:-1]
            elif url.endswith("==") and data.find("==", 0, m.start()) >= 0:
                url = url[:-2]  # the end of a highlight
            elif url[-1] == ")" and surplus > 0:
                url = url[:-1]
                surplus -= 1
            else:
                break
        if not re.search(r"[A-Za-z0-9]", url.partition("//")[2] or url[4:]):
            return None, None, None
        element = Element("a", {"href": url if url.startswith("http") else "http://" + url})
        element.text = url
        return element, m.start(), m.start() + len(url)


class MathSpan(SpanProcessor):
    """``$…$`` and, in the line, ``$$…$$``."""

    PATTERN = r"\$\$([^$]{1,2000})\$\$|\$(?![\s$])((?:\\.|[^$\\\n]){1,1000})(?<!\s)\$(?!\d)"
    triggers = "$"

    def handleMatch(self, m: re.Match[str], data: str) -> Result:  # type: ignore[override]
        """The formula; prices such as $5和$6 are none."""
        tex = m[1] or m[2]
        bare = re.sub(r"\\(?:text|mathrm|mbox|textbf)\{[^{}]*\}", "", tex)
        if any(is_wide(char) for char in bare):
            return None, None, None
        return _leaf("math", " ".join(tex.split())), m.start(), m.end()


def ruby_element(base: str, readings: list[str]) -> Element:
    """Base text with its readings: one for each character, or one that is divided where it can be."""
    readings = [part.strip() for part in readings]
    if len(readings) == 1 and len(readings[0].split()) == len(base):
        readings = readings[0].split()
    element = Element("ruby")
    if len(readings) == len(base):
        for char, reading in zip(base, readings, strict=True):
            SubElement(element, "seg", {"base": char, "text": reading})
    else:
        SubElement(element, "seg", {"base": base, "text": " ".join(readings)})
    return element


class RubySpan(SpanProcessor):
    """``{汉字|hàn zì}``, ``{漢字|かん|じ}``."""

    PATTERN = r"\{([^{}|\n]{1,60})\|([^{}\n]{1,200})\}"
    triggers = "{"

    def handleMatch(self, m: re.Match[str], data: str) -> Result:  # type: ignore[override]
        """The base split by character where there are as many readings."""
        base = m[1]
        if not any(is_cjk(char) for char in base):
            return None, None, None
        return ruby_element(base, m[2].split("|")), m.start(), m.end()


class EditorsMark(SpanProcessor):
    """``{++new++}``, ``{--old--}``, ``{~~old~>new~~}``, ``{>>remark<<}``: an editor's marks stay as they are."""

    PATTERN = r"\{(?:\+\+|--|~~|==|>>)|(?:~~|==)\}"
    triggers = "{~="

    def __init__(self, md: Markdown, context: Context) -> None:
        super().__init__(md, context)
        self._data: str | None = None
        self._first: dict[str, int] = {}

    def handleMatch(self, m: re.Match[str], data: str) -> Result:  # type: ignore[override]
        """The opening mark, with a finding made later; a closing one, where one was opened before, as text."""
        if m[0][0] == "{":
            return _leaf("critic", m[0]), m.start(), m.end()
        if data is not self._data:
            self._data = data
            self._first = {mark: data.find("{" + mark) for mark in ("~~", "==")}
        if 0 <= self._first[m[0][:2]] < m.start():
            return m[0], m.start(), m.end()
        return None, None, None


class Script(SpanProcessor):
    """``x^2^`` and ``H~2~O``.  Ranges such as 3~5天，6~8天 are none."""

    PATTERN = r"\^([^\s^\[\]]{1,60})\^(?!\^)|~([^\s~]{1,60})~(?!~)"
    triggers = "^~"

    def handleMatch(self, m: re.Match[str], data: str) -> Result:  # type: ignore[override]
        """The raised or lowered text."""
        before = data[m.start() - 1 : m.start()] if m.start() else ""
        raised = m[1] is not None
        text = m[1] if raised else m[2]
        wide = sum(is_cjk(char) for char in text)
        odd = any(char in "，。、；：！？“”（）《》" for char in text)
        range_like = before.isdigit() and text[0].isdigit() and not raised
        if before in ("~", "^") or odd or range_like or (wide and (not raised or wide < len(text))):
            return None, None, None
        element = Element("sup" if raised else "sub")
        element.text = text.replace("\\", "")
        return element, m.start(), m.end()


class Marks(SpanProcessor):
    """A run of ``*``, ``_``, ``~~`` or ``==``, to be paired later; a long run of ``_`` is a blank."""

    PATTERN = r"\*+|_+|~+|=+"
    triggers = "*_~="

    def handleMatch(self, m: re.Match[str], data: str) -> Result:  # type: ignore[override]
        """A run, a blank, or the text."""
        text, start, end = m[0], m.start(), m.end()
        if text[0] == "_" and len(text) >= 3:
            run = make_run(data, start, end)
            emphasis = len(text) == 3 and run.can_open != run.can_close and data.count("___") > 1
            if not emphasis:
                return _leaf("blank", text, ems=str(len(text))), start, end
        if text[0] in "~=" and len(text) != 2:
            return text, start, end
        return make_run(data, start, end), start, end


class NoteMark(SpanProcessor):
    """``[^label]``, when the note is defined; otherwise it stays text, with a finding made later."""

    PATTERN = r"\[\^([^\]\[\s]{1,200})\]"
    triggers = "["

    def handleMatch(self, m: re.Match[str], data: str) -> Result:  # type: ignore[override]
        """The place of the note."""
        return _leaf("noteref", m[1], literal=m[0]), m.start(), m.end()


class Reference(SpanProcessor):
    """``@fig-x``: a cross reference."""

    PATTERN = r"@((?:fig|tbl|tab|sec|eq|exr|ex|lst)-[A-Za-z0-9_][A-Za-z0-9_:-]*)"
    triggers = "@"

    def handleMatch(self, m: re.Match[str], data: str) -> Result:  # type: ignore[override]
        """The reference, when no letter stands before it."""
        before = data[m.start() - 1 : m.start()] if m.start() else ""
        if before.isascii() and before.isalnum():
            return None, None, None
        target = m[1].rstrip(":-")
        return _leaf("ref", target, literal="@" + target), m.start(), m.start() + 1 + len(target)


def register_spans(md: Markdown, context: Context) -> None:
    """Register these processors, the first to be asked first."""
    classes = (
        Escape, CodeSpan, Entity, AutoLink, BareLink, MathSpan, RubySpan, EditorsMark, Script, Marks, NoteMark,
        Reference,
    )  # fmt: skip
    for priority, kind in enumerate(reversed(classes), 1):
        md.inlinePatterns.register(kind(md, context), kind.__name__.lower(), priority * 10)
