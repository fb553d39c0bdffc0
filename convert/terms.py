"""The words quire itself prints, by language.  Nothing else in the house prints a word of its own."""

from __future__ import annotations

from convert.model.nodes import DivisionKind
from convert.records import dataclass

__all__ = [
    "CIRCLED",
    "ColophonTerms",
    "EpubTerms",
    "Terms",
    "circled",
    "colophon_terms_for",
    "epub_terms_for",
    "indent_ems",
    "primary_language",
    "terms_for",
]


@dataclass(frozen=True, slots=True)
class Terms:
    """One language's words.  A caption label is `figure` + number, e.g. 图1-2 or Figure 1-2.

    `part`, `chapter`, `section` and `appendix` hold ``{}`` where the number goes; `section_reference`
    names a heading by a number that has no word of its own (1.2); `number_gap` follows a number in words.
    """

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
    label_colon: str
    part: str
    chapter: str
    section: str
    appendix: str
    section_reference: str
    number_gap: str
    kinds: tuple[tuple[DivisionKind, str], ...]
    at_page: str
    """Follows a reference that tells the page: 图1-2（第12页）."""
    continued: str
    """Stands above a table that goes on overleaf: 续表1-1."""
    listing: str
    """Code with a caption: 代码清单1-1."""

    def kind(self, kind: DivisionKind) -> str:
        """The label of a division, empty for one that shows none."""
        return dict(self.kinds).get(kind, "")

    def label(self, kind: DivisionKind, number: str) -> str:
        """The label of a division with its number: 练习1-2, Exercise 1-2; empty for a kind without one."""
        word = self.kind(kind)
        gap = " " if number and self.language in ("en", "ko") else ""
        return f"{word}{gap}{number}" if word else ""


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
    "　", "：",
    "第{}编", "第{}章", "第{}节", "附录{}", "{}节", "　",
    _kinds("要点", "问题", "答案", "练习", "词汇", "阅读", "注", "提示", "重要", "警告", "小心"),
    at_page="（第{}页）",
    continued="续{}",
    listing="代码清单",
)  # fmt: skip
_ZH_HANT = Terms(
    "zh-Hant", "目錄", "封面", "書名頁", "正文", "註釋", "圖", "表", "式", "註", "返回正文", "第{}頁", "圖片缺失",
    "　", "：",
    "第{}編", "第{}章", "第{}節", "附錄{}", "{}節", "　",
    _kinds("要點", "問題", "答案", "練習", "詞彙", "閱讀", "註", "提示", "重要", "警告", "小心"),
    at_page="（第{}頁）",
    continued="續{}",
    listing="程式碼",
)  # fmt: skip
_JA = Terms(
    "ja", "目次", "表紙", "扉", "本文", "注", "図", "表", "式", "注", "本文に戻る", "{}ページ", "画像なし",
    "　", "：",
    "第{}部", "第{}章", "第{}節", "付録{}", "{}節", "　",
    _kinds("要点", "問い", "答え", "練習", "語彙", "読み物", "注", "ヒント", "重要", "警告", "注意"),
    at_page="（{}ページ）",
    continued="{}（続き）",
    listing="リスト",
)  # fmt: skip
_KO = Terms(
    "ko", "차례", "표지", "속표지", "본문", "주", "그림 ", "표 ", "식 ", "주", "본문으로", "{}쪽", "그림 없음",
    " ", ": ",
    "제{}부", "제{}장", "제{}절", "부록 {}", "{}절", "\u2003",
    _kinds("요점", "질문", "답", "연습", "어휘", "읽기", "주", "도움말", "중요", "경고", "주의"),
    at_page=" ({}쪽)",
    continued="{} (계속)",
    listing="코드 ",
)  # fmt: skip
_EN = Terms(
    "en", "Contents", "Cover", "Title page", "Text", "Notes", "Figure ", "Table ", "Equation ", "Note",
    "Back to the text", "Page {}", "image missing", "  ", ": ",
    "Part {}", "Chapter {}", "Section {}", "Appendix {}", "Section {}", "\u2003",
    _kinds("Key point", "Question", "Answer", "Exercise", "Vocabulary", "Reading", "Note", "Tip", "Important",
           "Warning", "Caution"),
    at_page=" (page {})",
    continued="{} (continued)",
    listing="Listing ",
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


@dataclass(frozen=True, slots=True)
class ColophonTerms:
    """What the copyright page says; `people` by MARC relator code."""

    title: str
    book: str
    people: tuple[tuple[str, str], ...]
    series: str
    publisher: str
    date: str
    source: str
    parting: str

    def person(self, role: str) -> str:
        """The word for somebody's part in the book: the author's where there is none."""
        words = dict(self.people)
        return words.get(role, words["aut"])


def _people(*words: str) -> tuple[tuple[str, str], ...]:
    return tuple(zip(("aut", "edt", "trl", "ill", "com"), words, strict=True))


_COLOPHON_TERMS = {
    "zh-Hans": ColophonTerms(
        "版权页", "书名", _people("作者", "编者", "译者", "插图", "编纂"), "丛书", "出版", "日期", "底本", "、"
    ),
    "zh-Hant": ColophonTerms(
        "版權頁", "書名", _people("作者", "編者", "譯者", "插圖", "編纂"), "叢書", "出版", "日期", "底本", "、"
    ),
    "ja": ColophonTerms("奥付", "書名", _people("著者", "編者", "訳者", "挿絵", "編纂"), "叢書", "発行", "発行日", "底本", "、"),
    "ko": ColophonTerms("판권", "책 이름", _people("지은이", "엮은이", "옮긴이", "그림", "편찬"), "총서", "펴낸곳", "펴낸날", "원본", ", "),
    "en": ColophonTerms(
        "Copyright page", "Title", _people("Author", "Editor", "Translator", "Illustrator", "Compiler"),
        "Series", "Publisher", "Date", "Source", ", ",
    ),
}  # fmt: skip


def colophon_terms_for(tag: str) -> ColophonTerms:
    """The words of the copyright page for a BCP 47 tag."""
    return _COLOPHON_TERMS[primary_language(tag)]


@dataclass(frozen=True, slots=True)
class EpubTerms:
    """What only an EPUB says: names of its lists, what its pages follow, how accessible it is."""

    landmarks: str
    pages: str
    print_edition: str
    earlier_print: str
    reflowable: str
    contents: str
    page_numbers: str
    no_images: str
    images_described: str
    images_partly_described: str
    formulas: str
    formulas_as_tex: str


_EPUB_TERMS = {
    "zh-Hans": EpubTerms(
        "导航", "页码", "《{}》印刷版（PDF）", "《{}》原印本",
        "本书为可重排文本，字体、字号与颜色均可由读者调整。", "章节标题构成完整的目录，可逐级跳转。",
        "印刷版每页的起点均有标记，可按页码跳转。",
        "正文没有图片。", "正文图片均有文字说明。", "正文有图片，其中一部分没有文字说明。",
        "公式以 MathML 给出。", "公式以 TeX 源码给出。",
    ),
    "zh-Hant": EpubTerms(
        "導覽", "頁碼", "《{}》印刷版（PDF）", "《{}》原印本",
        "本書為可重排文字，字體、字號與顏色均可由讀者調整。", "章節標題構成完整的目錄，可逐級跳轉。",
        "印刷版每頁的起點均有標記，可按頁碼跳轉。",
        "正文沒有圖片。", "正文圖片均有文字說明。", "正文有圖片，其中一部分沒有文字說明。",
        "公式以 MathML 給出。", "公式以 TeX 原始碼給出。",
    ),
    "ja": EpubTerms(
        "ナビゲーション", "ページ", "『{}』印刷版（PDF）", "『{}』底本",
        "本書はリフロー型で、書体・文字サイズ・色を読者が変更できます。", "見出しから目次が作られ、各節へ移動できます。",
        "印刷版の各ページの始まりに印があり、ページ番号で移動できます。",
        "本文に画像はありません。", "本文の画像にはすべて説明文があります。", "本文の画像の一部には説明文がありません。",
        "数式は MathML で示されます。", "数式は TeX の形で示されます。",
    ),
    "ko": EpubTerms(
        "탐색", "쪽 번호", "{} 인쇄판(PDF)", "{} 원본",
        "이 책은 리플로우형이며 글꼴과 글자 크기, 색을 독자가 바꿀 수 있습니다.", "모든 제목이 차례에 있어 바로 이동할 수 있습니다.",
        "인쇄판의 쪽이 시작되는 곳이 모두 표시되어 있어 쪽 번호로 이동할 수 있습니다.",
        "본문에 그림이 없습니다.", "본문의 그림에는 모두 설명이 있습니다.", "본문 그림 가운데 일부에는 설명이 없습니다.",
        "수식은 MathML로 적혀 있습니다.", "수식은 TeX로 적혀 있습니다.",
    ),
    "en": EpubTerms(
        "Landmarks", "Pages", "{}, print edition (PDF)", "{}, earlier print",
        "The text reflows; face, size and colours are the reader's to choose.",
        "All headings are in the table of contents and can be reached from it.",
        "The beginning of each page of the print edition is marked and can be gone to by its number.",
        "There are no images in the text.", "All images in the text are described.",
        "Some images in the text are not described.", "Formulas are given as MathML.", "Formulas are given as TeX.",
    ),
}  # fmt: skip


def epub_terms_for(tag: str) -> EpubTerms:
    """The words of an EPUB for a BCP 47 tag."""
    return _EPUB_TERMS[primary_language(tag)]
