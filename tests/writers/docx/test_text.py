"""Runs: hints, looks, links, notes, ruby, references."""

from __future__ import annotations

import pytest

from convert.model import nodes as n
from convert.writers.docx.hints import split_hints, split_scripts
from convert.writers.docx.story import clean_url
from convert.writers.docx.xml import escape
from tests.writers.docx.sample import HERE, NS, W, heading, para, t, text_of, write


@pytest.mark.parametrize(
    ("text", "hinted"),
    [
        ("他说“好”——走。", True),
        ("“重点”", True),
        ("it’s fine", False),
        ("Version 3.11 (beta)", False),
        ("没有歧义的字", False),
    ],
)
def test_ambiguous_marks_follow_their_neighbours(text: str, hinted: bool) -> None:
    assert split_hints(text, "", "", True) == [(text, hinted)]


def test_an_apostrophe_in_a_chinese_sentence_stays_latin() -> None:
    parts = split_hints("他说“走”，it’s fine", "", "", True)
    assert [hint for part, hint in parts if "’" in part] == [False]
    assert [hint for part, hint in parts if "“" in part] == [True]
    assert "".join(part for part, _ in parts) == "他说“走”，it’s fine"


def test_accented_letters_keep_out_of_hinted_runs() -> None:
    parts = split_hints("“汉字”读hànzì。", "", "", True)
    assert all(not hint for part, hint in parts if "à" in part)


def test_quotes_in_an_english_book_take_no_hint() -> None:
    assert split_hints("“Hello” she said", "", "", False) == [("“Hello” she said", False)]


def test_scripts_part_without_losing_a_character() -> None:
    text = "强调 with Latin，文字"
    assert "".join(part for part, _ in split_scripts(text)) == text
    assert [east for _, east in split_scripts(text)] == [True, False, True]


def test_emphasis_slants_latin_only() -> None:
    made = write(para(n.Emphasis(t("强调word"))))
    runs = {
        text_of(r): r.find("w:rPr/w:rStyle", NS).get(W + "val")
        for r in made.paragraphs("BodyText")[0].iter(W + "r")
    }
    assert runs == {"强调": "Emphasis", "word": "LatinEmphasis"}
    emphasis = made.find("w:style[@w:styleId='Emphasis']/w:rPr", "word/styles.xml")[0]
    assert emphasis.find("w:em", NS).get(W + "val") == "dot"
    assert emphasis.find("w:rFonts", NS).get(W + "eastAsia") == "楷体"
    assert emphasis.find("w:i", NS).get(W + "val") == "0"


def test_nothing_illegal_and_nothing_unescaped_reaches_the_file() -> None:
    assert escape('a<b>&"\x01') == "a&lt;b&gt;&amp;&quot;\ufffd"
    made = write(para("a<b>&\x0bc"), n.CodeBlock("", HERE, "x\t<y>\n z"))
    assert text_of(made.document) == "a<b>&\ufffdcx<y> z"


def test_addresses_become_ascii_and_stand_once() -> None:
    assert (
        clean_url("https://例.cn/路 径?a=100%&b=%41")
        == "https://%E4%BE%8B.cn/%E8%B7%AF%20%E5%BE%84?a=100%25&b=%41"
    )
    link = n.Link(t("外"), n.ExternalTarget("https://a.org/"))
    made = write(para(link, link))
    rels = made.zip.read("word/_rels/document.xml.rels").decode()
    assert rels.count("https://a.org/") == 1
    assert len(made.find(".//w:hyperlink")) == 2


def test_an_inner_link_leads_to_a_bookmark_that_is_there() -> None:
    made = write(heading(1, "章", "here-1"), para(n.Link(t("见"), n.InternalTarget("here-1"))))
    anchor = made.find(".//w:p/w:hyperlink[@w:anchor]")[-1].get(W + "anchor")
    assert anchor == "_qhere_1"
    assert anchor in {b.get(W + "name") for b in made.find(".//w:bookmarkStart")}


def test_a_note_is_real_and_a_second_reference_leads_to_the_first() -> None:
    note = n.Note("x", HERE, (para("注文。"), para("又一段。")))
    made = write(para("文", n.NoteReference("x"), "再", n.NoteReference("x")), notes=(note,))
    assert len(made.find(".//w:footnoteReference")) == 1
    assert "NOTEREF" in "".join(i.text or "" for i in made.document.iter(W + "instrText"))
    body = [f for f in made.part("word/footnotes.xml") if f.get(W + "type") is None]
    assert [text_of(f) for f in body] == ["注文。又一段。"]
    assert len(list(body[0].iter(W + "footnoteRef"))) == 1
    for part in ("word/settings.xml", "word/document.xml"):
        found = made.part(part).findall(".//w:footnotePr", NS)
        assert found
        for properties in found:
            assert properties.find("w:numFmt", NS).get(W + "val") == "decimalEnclosedCircleChinese"
            assert properties.find("w:numRestart", NS).get(W + "val") == "eachPage"


def test_a_note_that_only_a_note_refers_to_is_not_lost() -> None:
    notes = (n.Note("a", HERE, (para("甲", n.NoteReference("b")),)), n.Note("b", HERE, (para("乙"),)))
    made = write(para("文", n.NoteReference("a")), notes=notes)
    assert "乙" in text_of(made.part("word/footnotes.xml"))


def test_ruby_is_half_the_size_of_its_base() -> None:
    made = write(para(n.Ruby((n.RubySegment("漢", "hàn"), n.RubySegment("字", "")))))
    ruby = made.find(".//w:ruby")
    assert len(ruby) == 1
    assert text_of(ruby[0].find("w:rt", NS)) == "hàn"
    assert ruby[0].find("w:rubyPr/w:hps", NS).get(W + "val") == "12"
    assert text_of(made.document) == "hàn漢字"


def test_a_foreign_span_names_its_language_and_face() -> None:
    made = write(para(n.Span(t("日本"), language="ja"), n.Span(t("mot"), language="fr")))
    first, second = made.find(".//w:rPr")
    assert first.find("w:lang", NS).get(W + "eastAsia") == "ja-JP"
    assert first.find("w:rFonts", NS).get(W + "eastAsia") == "ＭＳ 明朝"
    assert second.find("w:lang", NS).get(W + "val") == "fr-FR"
