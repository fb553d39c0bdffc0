"""Code as tokens: what each stretch of it is, for every edition.  Pygments reads it; nothing of its HTML is used."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from convert.diagnostics import nearest as most_like
from convert.model.nodes import CodeKind, CodeToken

__all__ = ["is_plain", "knows", "nearest", "tokens_of"]

LONGEST = 100_000
"""Characters of code in one block that are read; more stay plain."""
LONGEST_LINE = 5_000
"""A longer line is no code that somebody wrote, and patterns may take very long over it."""
_Token = Any  # Pygments has no types
_PAIRS = (("/*", "*/"), ("<!--", "-->"), ("=begin", "=end"), ("](", ")"))
"""What begins something, and what ends it.  Patterns look for the end of each that begins through all the rest."""
_HERE = frozenset(("perl", "perl5", "perl6", "pl", "pl6", "raku"))
"""Languages that look so for the end of a text after ``<<``."""
_MOST_OPEN = 100
_PLAIN = frozenset(("", "text", "txt", "plain", "plaintext", "none", "raw"))
"""What a source calls code that is in no language."""


def is_plain(language: str) -> bool:
    """The author wants no language."""
    return language.casefold() in _PLAIN


def knows(language: str) -> bool:
    """There is a reader for *language*, by any of its names."""
    return language.casefold() in _names()


def nearest(language: str) -> str:
    """The known name that is most like *language*; empty when none is."""
    return most_like(language.casefold(), sorted(_names()), 0.75)


def tokens_of(code: str, language: str) -> tuple[CodeToken, ...]:
    """*code* in stretches of one kind, from its beginning to its end; () where it is not read.

    That is so for a language that is not known, for what somebody wrote to be slow to read, and where what
    Pygments reads is not the code as it stands.
    """
    if not knows(language) or _is_hostile(code, language.casefold()):
        return ()
    out: list[CodeToken] = []
    end = 0
    # Some languages are read line by line and want an end to the last line too.
    for kind, start, text in _read(code + "\n", language):
        if start != end:
            return ()
        length = min(len(text), len(code) - end)
        end += len(text)
        if length > 0 and out and out[-1].kind is kind:
            out[-1] = CodeToken(kind, out[-1].length + length)
        elif length > 0:
            out.append(CodeToken(kind, length))
    return tuple(out) if end == len(code) + 1 else ()


def _is_hostile(code: str, language: str) -> bool:
    """Very long code or lines, or much that begins and never ends."""
    if len(code) > LONGEST or max(map(len, code.split("\n"))) > LONGEST_LINE:
        return True
    pairs = (*_PAIRS, ("<<", ";")) if language in _HERE else _PAIRS
    return any(code.count(begin) > _MOST_OPEN + 2 * code.count(end) for begin, end in pairs)


def _read(code: str, language: str) -> Iterator[tuple[CodeKind, int, str]]:
    from pygments.lexers import get_lexer_by_name

    kinds: dict[Any, CodeKind] = {}
    for start, token, text in get_lexer_by_name(language.casefold()).get_tokens_unprocessed(code):
        kind = kinds.get(token)
        if kind is None:
            kind = kinds[token] = _kind(token)
        yield kind, start, text


@cache
def _names() -> frozenset[str]:
    """Every name of every language, without what other packages have plugged in: books look the same everywhere."""
    from pygments.lexers import get_all_lexers

    return frozenset(name for _, aliases, _, _ in get_all_lexers(plugins=False) for name in aliases)


@cache
def _table() -> tuple[tuple[_Token, CodeKind], ...]:
    """Pygments' kinds and ours, the narrower before the wider."""
    from pygments.token import Comment, Generic, Keyword, Literal, Name, Operator, String

    return (
        (Comment.Preproc, CodeKind.KEYWORD),
        (Comment, CodeKind.COMMENT),
        (Keyword, CodeKind.KEYWORD),
        (Operator.Word, CodeKind.KEYWORD),
        (Name.Function, CodeKind.NAME),
        (Name.Class, CodeKind.NAME),
        (Name.Tag, CodeKind.NAME),
        (Name.Decorator, CodeKind.NAME),
        (Name.Label, CodeKind.NAME),
        (String.Doc, CodeKind.COMMENT),
        (String, CodeKind.STRING),
        (Literal.Date, CodeKind.STRING),
        (Literal.Number, CodeKind.NUMBER),
        (Generic.Inserted, CodeKind.INSERTED),
        (Generic.Deleted, CodeKind.DELETED),
        (Generic.Heading, CodeKind.NAME),
        (Generic.Subheading, CodeKind.NAME),
        (Generic.Strong, CodeKind.KEYWORD),
        (Generic.Prompt, CodeKind.COMMENT),
    )


def _kind(token: _Token) -> CodeKind:
    return next((kind for wide, kind in _table() if token in wide), CodeKind.PLAIN)
