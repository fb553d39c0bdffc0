"""The words quire itself prints, by language.  Nothing else in the house prints a word of its own."""

from __future__ import annotations

from dataclasses import dataclass

from convert.model.nodes import DivisionKind

__all__ = ["CIRCLED", "Terms", "circled", "indent_ems", "primary_language", "terms_for"]


@dataclass(frozen=True, slots=True)
class Terms:
    """One language's words.  A caption label is `figure` + number, e.g. 图1-2 or Figure 1-2."""

    language: str
    contents: str
    cover: str
    title_page: str
    start: str
    notes: str
    figure: str
    table: str
    equation: str
    note: str
    back_to_text: str
    page: str
    missing_image: str
    caption_gap: str
    open_quote: str
    close_quote: str
    label_colon: str
    kinds: tuple[tuple[DivisionKind, str], ...]

    def kind(self, kind: DivisionKind) -> str:
        """The label of a division, empty for one that shows none."""
        return dict(self.kinds).get(kind, "")


def _kinds(*words: str) -> tuple[tuple[DivisionKind, str], ...]:
    labelled = (
        DivisionKind.KEYPOINT,
        DivisionKind.QUESTION,
        DivisionKind.ANSWER,
        DivisionKind.EXERCISE,
        DivisionKind.VOCABULARY,
        DivisionKind.READING,
        DivisionKind.NOTE,
        DivisionKind.TIP,
        DivisionKind.IMPORTANT,
        DivisionKind.WARNING,
        DivisionKind.CAUTION,
    )
    return tuple(zip(labelled, words, strict=True))


_ZH_HANS = Terms(
    "zh-Hans", "目录", "封面", "书名页", "正文", "注释", "图", "表", "式", "注", "返回正文", "第{}页", "图片缺失",
    "　", "“", "”", "：",
    _kinds("要点", "问题", "答案", "练习", "词汇", "阅读", "注", "提示", "重要", "警告", "小心"),
)  # fmt: skip
_ZH_HANT = Terms(
    "zh-Hant", "目錄", "封面", "書名頁", "正文", "註釋", "圖", "表", "式", "註", "返回正文", "第{}頁", "圖片缺失",
    "　", "「", "」", "：",
    _kinds("要點", "問題", "答案", "練習", "詞彙", "閱讀", "註", "提示", "重要", "警告", "小心"),
)  # fmt: skip
_JA = Terms(
    "ja", "目次", "表紙", "扉", "本文", "注", "図", "表", "式", "注", "本文に戻る", "{}ページ", "画像なし",
    "　", "「", "」", "：",
    _kinds("要点", "問い", "答え", "練習", "語彙", "読み物", "注", "ヒント", "重要", "警告", "注意"),
)  # fmt: skip
_KO = Terms(
    "ko", "차례", "표지", "속표지", "본문", "주", "그림 ", "표 ", "식 ", "주", "본문으로", "{}쪽", "그림 없음",
    " ", "“", "”", ": ",
    _kinds("요점", "질문", "답", "연습", "어휘", "읽기", "주", "도움말", "중요", "경고", "주의"),
)  # fmt: skip
_EN = Terms(
    "en", "Contents", "Cover", "Title page", "Text", "Notes", "Figure ", "Table ", "Equation ", "Note",
    "Back to the text", "Page {}", "image missing", "  ", "“", "”", ": ",
    _kinds("Key point", "Question", "Answer", "Exercise", "Vocabulary", "Reading", "Note", "Tip", "Important",
           "Warning", "Caution"),
)  # fmt: skip

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


def circled(number: int) -> str:
    """①, ② … ㊿, and [51] and so on beyond what Unicode circles."""
    return CIRCLED[number - 1] if 1 <= number <= len(CIRCLED) else f"[{number}]"


def primary_language(tag: str) -> str:
    """zh-Hans, zh-Hant, ja, ko or en for any BCP 47 tag; another language is treated as en."""
    parts = tag.replace("_", "-").lower().split("-")
    if parts[0] == "zh":
        traditional = "hant" in parts or ("hans" not in parts and any(p in parts for p in ("tw", "hk", "mo")))
        return "zh-Hant" if traditional else "zh-Hans"
    return parts[0] if parts[0] in ("ja", "ko") else "en"


def terms_for(tag: str) -> Terms:
    """The words for a BCP 47 tag."""
    table = {"zh-Hans": _ZH_HANS, "zh-Hant": _ZH_HANT, "ja": _JA, "ko": _KO, "en": _EN}
    return table[primary_language(tag)]


def indent_ems(tag: str) -> float:
    """First-line indent by custom, in em (CLREQ 6.2.1; JLREQ 3.5.1)."""
    return {"zh-Hans": 2.0, "zh-Hant": 2.0, "ja": 1.0, "ko": 1.0, "en": 1.5}[primary_language(tag)]
