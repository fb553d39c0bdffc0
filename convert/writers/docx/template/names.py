"""Styles by name: what Word, WPS, LibreOffice and pandoc call the styles that quire uses.

Word writes the names of its own styles in English whatever language it speaks; other programs, and files
that went through them, have them in the user's.  Ids mean nothing (`1`, `a3`, `Heading1`).
"""

from __future__ import annotations

from functools import cache

from convert.regex import regex

__all__ = ["folded", "names_of"]

_NUMBERED = regex(r"^(.*?)\s*(\d)$")

_ALIASES: dict[str, str] = {
    "Normal": "正文|內文|標準|표준|標準|标准|Standard|Default Paragraph Style|Default Style",
    "Body Text": "正文文本|正文文字|本文|본문|Text Body|TextBody|Textkörper|Corps de texte|Texto independiente|"
    "Body Text First Indent|正文首行缩进|正文首行縮排|本文第一層縮排|Normal Indent|正文缩进|內文縮排",
    "heading": "标题|標題|見出し|제목|Überschrift|Titre|Título|Titolo",
    "Title": "标题|標題|表題|제목|Titel|Titre|Título",
    "Subtitle": "副标题|副標題|副題|부제|Untertitel|Sous-titre|Subtítulo",
    "Author": "作者|著者|저자",
    "Date": "日期|日付|날짜",
    "TOC Heading": "TOC 标题|目录标题|目錄標題|目次の見出し|목차 제목|Contents Heading|Inhaltsverzeichnisüberschrift",
    "toc": "目录|目錄|目次|목차|Contents|Verzeichnis|TM|TDC",
    "table of figures": "图表目录|圖表目錄|図表目次|그림 목차|Figure Index 1|Illustration Index 1|Abbildungsverzeichnis",
    "index heading": "索引标题|索引標題|索引見出し|색인 제목",
    "index": "索引|색인",
    "header": "页眉|頁首|ヘッダー|머리글|Kopfzeile|En-tête|Encabezado",
    "footer": "页脚|頁尾|フッター|바닥글|Fußzeile|Pied de page|Pie de página",
    "footnote text": "脚注文本|註腳文字|脚注文字列|각주 텍스트|Footnote|Fußnotentext|Note de bas de page",
    "footnote reference": "脚注引用|註腳參照|脚注参照|각주 참조|Footnote Characters|Footnote anchor|Fußnotenzeichen",
    "endnote text": "尾注文本|章節附註文字|文末脚注文字列|미주 텍스트|Endnote|Endnotentext",
    "endnote reference": "尾注引用|章節附註參照|文末脚注参照|미주 참조|Endnote Characters|Endnote anchor",
    "caption": "题注|標號|図表番号|캡션|Beschriftung|Légende|Descripción|Epígrafe",
    "Quote": "引用|引文|引用文|인용|Quotations|Zitat|Citation|Block Text",
    "List Bullet": "列表项目符号|项目符号|項目符號|箇条書き|글머리 기호|Aufzählungszeichen|Liste à puces",
    "List Number": "列表编号|清單號碼|段落番号|번호 매기기|Listennummer|Liste à numéros",
    "List Continue": "列表接续|清單接續|箇条書き継続|목록 계속|Listenfortsetzung",
    "Emphasis": "强调|強調|強調斜体|강조|Hervorhebung|Accentuation",
    "Strong": "要点|強調粗體|強調太字|굵게|Strong Emphasis|Fett|Élevé",
    "Hyperlink": "超链接|超連結|ハイパーリンク|하이퍼링크|Internet Link|Internet link|Lien hypertexte",
    "page number": "页码|頁碼|ページ番号|쪽 번호|Seitenzahl|Numéro de page",
    "Byline": "署名|作者署名",
    "Epigraph": "题记|題記|卷首语",
    "Figure": "图|插图|圖|図",
    "Table Text": "表格文字|表文|表格正文|Table Contents",
    "Table Heading": "表头|表格标题|表頭",
    "Verse": "诗|诗歌|韵文|詩",
    "Source Code": "代码|程序代码|代碼|Preformatted Text|HTML Preformatted",
    "Verbatim Char": "代码字符|Source Text|HTML Code",
    "Formula": "公式|数式|수식",
    "Definition Term": "术语|術語",
    "Definition": "释义|定义|釋義",
    "Study Block": "学习块|學習塊",
    "Study Label": "学习块标签|栏目标题",
    "Key Point": "要点|重点",
    "Question": "问题|思考题|問題",
    "Answer": "答案",
    "Exercise": "练习|練習",
    "Vocabulary": "词汇|生词|詞彙",
    "Reading": "阅读|閱讀",
    "Three-Line Table": "三线表|三線表",
}


def folded(name: str) -> str:
    """*name* as names are compared: small letters, one space, a level set apart."""
    plain = " ".join(name.split()).casefold()
    match = _NUMBERED.match(plain)
    return f"{match[1]} {match[2]}" if match and match[1] else plain


@cache
def names_of(name: str) -> tuple[str, ...]:
    """*name* of a style of quire's and all that it may be called elsewhere, folded, the likeliest first."""
    match = _NUMBERED.match(name)
    stem, level = (match[1], match[2]) if match else (name, "")
    aliases = _ALIASES.get(stem, "")
    return tuple(
        dict.fromkeys(folded(f"{one} {level}") for one in (stem, *(aliases.split("|") if aliases else ())))
    )
