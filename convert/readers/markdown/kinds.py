"""The words that name a division, in ``::: kind``, ``!!! kind`` and ``> [!KIND]``, or a list in ``[LIST]``."""

from __future__ import annotations

from convert.model.nodes import DivisionKind, GeneratedKind

__all__ = ["division_kind", "generated_kind", "is_kind"]

_OTHER_WORDS = {
    "info": DivisionKind.NOTE,
    "seealso": DivisionKind.NOTE,
    "hint": DivisionKind.TIP,
    "attention": DivisionKind.WARNING,
    "danger": DivisionKind.CAUTION,
    "error": DivisionKind.CAUTION,
    "要点": DivisionKind.KEYPOINT,
    "问题": DivisionKind.QUESTION,
    "思考": DivisionKind.QUESTION,
    "答案": DivisionKind.ANSWER,
    "练习": DivisionKind.EXERCISE,
    "词汇": DivisionKind.VOCABULARY,
    "生词": DivisionKind.VOCABULARY,
    "阅读": DivisionKind.READING,
    "题记": DivisionKind.EPIGRAPH,
    "署名": DivisionKind.BYLINE,
    "术语": DivisionKind.GLOSSARY,
    "注意": DivisionKind.WARNING,
    "提示": DivisionKind.TIP,
    "重要": DivisionKind.IMPORTANT,
    "警告": DivisionKind.WARNING,
}
_WORDS = {kind.value: kind for kind in DivisionKind} | _OTHER_WORDS

_LISTS = {
    "TOC": GeneratedKind.CONTENTS,
    "toc": GeneratedKind.CONTENTS,
    "目录": GeneratedKind.CONTENTS,
    "目錄": GeneratedKind.CONTENTS,
    "目次": GeneratedKind.CONTENTS,
    "FIGURES": GeneratedKind.FIGURES,
    "插图目录": GeneratedKind.FIGURES,
    "TABLES": GeneratedKind.TABLES,
    "表格目录": GeneratedKind.TABLES,
    "LISTINGS": GeneratedKind.LISTINGS,
    "代码目录": GeneratedKind.LISTINGS,
    "ANSWERS": GeneratedKind.ANSWERS,
    "答案": GeneratedKind.ANSWERS,
    "INDEX": GeneratedKind.INDEX,
    "索引": GeneratedKind.INDEX,
    "GLOSSARY": GeneratedKind.GLOSSARY,
    "术语表": GeneratedKind.GLOSSARY,
    "術語表": GeneratedKind.GLOSSARY,
}


def generated_kind(word: str) -> GeneratedKind | None:
    """The list that *word* asks for, or None.

    Latin words count in capitals, as ``[index]`` may well be a link; ``[toc]`` is too common for that.
    """
    return _LISTS.get(word)


def is_kind(word: str) -> bool:
    """True when *word* names a kind of division."""
    return word.lower() in _WORDS


def division_kind(word: str) -> DivisionKind:
    """The kind that *word* names; PLAIN for any other word."""
    return _WORDS.get(word.lower(), DivisionKind.PLAIN)
