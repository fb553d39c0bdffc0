"""What is joined, and what never is."""

from __future__ import annotations

import pytest

from convert.repair import Outcome
from tests.repair.texts import fixed

LONG = (
    "去年春天，河水涨得比往年早，下游的几个村子都忙着加固堤坝，年轻人扛沙袋，老人烧水送饭，孩子们排成一队传石头，"
    "一直忙到夜里才歇下来，第二天天不亮又起来接着干，谁也没有说过一句累，因为大家都记得十年前的那场大水，"
    "那一年桥没了，路没了，渡船也没了，"
)


def joined(text: str) -> str:
    return fixed(text, "join").text


# ---------------------------------------------------------------- joined


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # inside a word, after a comma, after 二是, before a term in quotation marks
        (f"{LONG}那场大\n\n水把桥冲走了。\n", f"{LONG}那场大水把桥冲走了。\n"),
        (f"{LONG}\n\n那时候没有桥。\n", f"{LONG}那时候没有桥。\n"),
        (f"{LONG}一是修堤。二是\n\n修桥，三是修路。", f"{LONG}一是修堤。二是修桥，三是修路。"),
        (f"{LONG}大家都把它叫做\n\n“老河”，这一段河道最窄。", f"{LONG}大家都把它叫做“老河”，这一段河道最窄。"),
        # a term in quotation marks ends no sentence, a quotation left open ends none either
        (f"{LONG}我们叫它“1+X”\n\n办法，说的是一村一策。", f"{LONG}我们叫它“1+X”办法，说的是一村一策。"),
        (f"{LONG}村里建起了“三\n\n站一室”，人人叫好。", f"{LONG}村里建起了“三站一室”，人人叫好。"),
        # a short first part and a long second
        (f"一、先修堤。冬天水浅，正好动工，于是村里\n\n的人{LONG}总算修完了。", f"一、先修堤。冬天水浅，正好动工，于是村里的人{LONG}总算修完了。"),
        # blanks at the ends, any number of blank lines
        (f"{LONG}那场大  \n\n\n\n水把桥冲走了。", f"{LONG}那场大水把桥冲走了。"),
        # what can begin no paragraph
        ("河边有三个村子\n\n，最远的一个叫石桥。", "河边有三个村子，最远的一个叫石桥。"),
        # bold goes on
        (f"{LONG}那场**大**\n\n**水**把桥冲走了。", f"{LONG}那场**大**\n\n**水**把桥冲走了。"),
        (f"{LONG}那场**大水**\n\n把桥冲走了。", f"{LONG}那场**大水**把桥冲走了。"),
    ],
)  # fmt: skip
def test_a_cut_paragraph_becomes_one(text: str, wanted: str) -> None:
    assert joined(text) == wanted


def test_a_paragraph_over_three_pages() -> None:
    page = LONG * 3
    assert (
        joined(f"{page}那场大\n\n水来得快，{page}把\n\n桥冲走了。")
        == f"{page}那场大水来得快，{page}把桥冲走了。"
    )


def test_english() -> None:
    first = "The river rose slowly in the spring of that year, and the people of the village carried sand to the dam and to"
    assert joined(f"{first}\n\nthe bridge below it.") == f"{first} the bridge below it."
    assert joined(f"{first} the infor-\n\nmation board.") == f"{first} the information board."
    assert joined(f"{first}\n\nMary, who was not afraid.") == f"{first} Mary, who was not afraid."
    link = f"{first} <https://example.org/a>\n\nMary was not afraid."
    assert joined(link) == link
    apart = f"{first[:-7]}\n\nMary was not afraid."
    assert joined(apart) == apart


def test_cut_into_lines() -> None:
    line = "河水涨得比往年早，下游的几个村子都忙着加固堤坝\n"
    assert joined(f"{line * 4}年轻人扛沙袋，老人烧水送饭，孩子们排成一队传石\n\n头，一直忙到夜里。\n") == (
        f"{line * 4}年轻人扛沙袋，老人烧水送饭，孩子们排成一队传石\n头，一直忙到夜里。\n"
    )
    # The last line is shorter than the others: the paragraph ended there.
    apart = f"{line * 4}年轻人扛沙袋，老人烧水\n\n{line * 4}谁也没有说过一句累。\n"
    assert joined(apart) == apart


def test_page_marks_move_to_where_the_page_began() -> None:
    assert joined("河边有三个村子，最远的一个叫\n\n<!-- page 9 -->\n\n石桥。") == (
        "河边有三个村子，最远的一个叫<!-- page 9 -->石桥。"
    )
    first = "The river rose slowly in the spring of that year and the"
    assert (
        joined(f"{first}\n\n<!-- page 9 -->\n\npeople went home.")
        == f"{first}<!-- page 9 --> people went home."
    )
    apart = "河边有三个村子。\n\n<!-- page 9 -->\n\n最远的一个叫石桥。"
    assert joined(apart) == apart


def test_a_form_feed_tells_of_a_page_end() -> None:
    assert joined("河边有三个村子，最远的一个叫\n\n\f石桥。") == "河边有三个村子，最远的一个叫石桥。"
    assert joined("河边有三个村子。\n\f最远的一个叫石桥。") == "河边有三个村子。\n最远的一个叫石桥。"


def test_indents_tell_where_paragraphs_begin() -> None:
    body = "　　河水涨得比往年早，下游的村子都忙着加固堤坝。\n\n" * 4
    cut = body + "　　孩子们排成一队传石头，一直忙到夜\n\n里才歇下来。"
    assert joined(cut) == body + "　　孩子们排成一队传石头，一直忙到夜里才歇下来。"
    apart = body + "　　孩子们排成一队传石头，一直忙到夜\n\n　　里屋的灯还亮着。"
    assert joined(apart) == apart


# ---------------------------------------------------------------- never joined

APART = {
    "poem": "床前明月光，\n\n疑是地上霜。\n\n举头望明月，\n\n低头思故乡。",
    "poem in quotation marks": "“春蚕到死丝方尽，\n\n蜡炬成灰泪始干。”",
    "poem without marks": "白日依山尽\n黄河入海流\n\n欲穷千里目\n更上一层楼",
    "modern poem": "我走过许多条路，却总是想起你门前的那一条\n\n想起那棵槐树，想起树下的石凳和风\n\n想起石凳上的露水。",
    "English poem": "I wandered by the river in the rain\n\nand found no word to say to it again\n\nbut only this.",
    "letter": f"尊敬的各位领导、各位来宾，亲爱的同学们、老师们、家长们，\n\n{LONG}现在好了。\n\n此致\n\n敬礼！\n\n柳镇图书馆\n\n二〇三一年五月四日",
    "English letter": "Dear Sir,\n\nthank you for your letter of the fourth of May, which reached me in time.\n\nYours sincerely,\n\nJohn Smith",
    "signature": f"{LONG}就写到这里\n\n——编者\n\n{LONG}现在好了。",
    "office and name": f"{LONG}就写到这里\n\n责任编辑 罗江",
    "office that signs": f"{LONG}请认真办理\n\n柳镇人民政府办公室\n\n二〇三一年五月四日",
    "list in Chinese numerals": f"{LONG}一共三条\n\n一、修堤，\n\n二、修桥，\n\n三、修路。",
    "list with commas": f"一要修堤，冬天水浅好动工，\n\n二要修桥，秋天人闲好出力，\n\n{LONG}三要修路。",
    "brackets": f"{LONG}一共两条\n\n（一）修堤；\n\n（二）修桥。",
    "Markdown list": f"{LONG}一共两条\n\n- 修堤\n- 修桥\n\n然后回家。",
    "table": f"{LONG}见下表\n\n| 村 | 人 |\n|---|---|\n| 石桥 | 35 |\n\n的数字，都是去年的。",
    "fence": f"{LONG}见下面\n\n```\n堤\n```\n\n的代码。",
    "quotation": f"{LONG}他写道\n\n> 堤比桥重要\n\n的时候，桥还没有修。",
    "heading": f"{LONG}就写到这里\n\n## 第二天\n\n的事，以后再说。",
    "rule": f"{LONG}就写到这里\n\n---\n\n的事，以后再说。",
    "image": f"{LONG}如图\n\n![堤](a.png)\n\n所示，堤很高。",
    "caption": f"{LONG}就写到这里\n\n图1 去年春天加固堤坝的村民，摄于柳镇。\n\n{LONG}现在好了。",
    "photo": f"{LONG}就写到这里\n\n图为村民加固堤坝。",
    "caption first": f"图2 去年春天，河水涨得比往年早，下游的几个村子都忙着加固堤坝，年轻人扛沙袋，老人烧水送饭\n\n{LONG}现在好了。",
    "note": f"{LONG}就写到这里\n\n注：以上数字由各村提供。",
    "dialogue": "“你昨天到河边去了吗”\n\n“去了，水比前天又高了一尺，桥面上都是泥，我只好绕到上游从石桥过来，走了整整一个下午”\n\n“那你今天还去吗？”",
    "dialogue without quotation marks": "你昨天到河边去了吗\n\n去了，水比前天又高了一尺，桥面上都是泥，我只好绕到上游从石桥过来\n\n那你今天还去吗？",
    "speech after a verb": f"{LONG}他停下来，看着河水说\n\n“现在好了。”",
    "play": f"记者：{LONG}您怎么看\n\n馆长：{LONG}我看很好。",
    "heading without a mark": f"全面加固堤坝，确保下游安全\n\n{LONG}现在好了。",
    "long heading without a mark": f"关于加固柳镇至石桥段堤坝并同步修复上游老石桥以确保两岸群众出行安全的若干意见和具体办法\n\n{LONG}现在好了。",
    "items without marks": "\n\n".join(
        f"{verb}，明确责任，落实到人，确保每一段堤坝都有人看、有人管、有人修，做到件件有着落，事事有回音"
        for verb in ("加强组织领导", "加强宣传引导", "加强督促检查", "加强总结提高")
    ) + "。",
    "items without marks, long last one": f"{LONG[:-1]}\n\n{LONG[:-1]}\n\n{LONG[:-1]}\n\n{LONG}现在好了。",
    "colon": f"{LONG}办法有两个：\n\n修堤和修桥，都要花钱。",
    "semicolon": f"{LONG}修堤；\n\n修桥，都要花钱。",
    "remark": f"{LONG}现在好了。（柳镇供稿）\n\n水把桥冲走了，{LONG}现在好了。",
    "definition": f"{LONG}堤\n: 挡水的土墙。",
    "foot note": f"{LONG}就写到这里[^1]\n\n[^1]: 见去年的县志\n\n的事，以后再说。",
    "byline": f"# 修堤\n\n柳镇镇长 何 苗\n\n{LONG}现在好了。",
    "address": "柳镇河边路十二号\n柳镇图书馆\n\n何苗收，请于五月四日以前送到，谢谢。",
    "division": f"{LONG}就写到这里\n\n::: note\n的事，以后再说。\n:::",
    "comment": f"{LONG}就写到这里\n\n<!-- 待查 -->\n\n的事，以后再说。",
    "indented": f"{LONG}就写到这里\n\n　　的事，以后再说。",
    "bullets as text": f"{LONG}一共两条\n\n● 修堤，冬天动工。\n\n● 修桥，秋天动工。",
}  # fmt: skip


@pytest.mark.parametrize("text", APART.values(), ids=APART.keys())
def test_what_stands_alone_stays_alone(text: str) -> None:
    assert joined(text) == text


def test_a_page_end_is_no_reason_to_join_what_stands_alone() -> None:
    for text in APART.values():
        if "<!--" not in text:
            text = text.replace("\n\n", "\n\n<!-- page 3 -->\n\n")
        for closed in ("。", "：", "；", "！"):
            assert f"{closed}<!-- page" not in joined(text)


def test_a_doubt_is_told_and_changes_nothing() -> None:
    text = "去年春天，河水涨得比往年早。下游的几个村子都忙着加固堤坝，年轻人扛沙\n\n袋，老人烧水送饭，孩子们排成一队传石头。"
    repaired = fixed(text, "join")
    assert repaired.text == text
    (doubt,) = repaired.fixes
    assert (doubt.outcome, doubt.place.line) == (Outcome.SUSPECTED, 1)


# ---------------------------------------------------------------- hyphens


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The infor-\nmation board is new.", "The information\nboard is new."),
        ("It is well-\nknown here.", "It is well-known\nhere."),
        ("A half-day. The half-\nday was long.", "A half-day. The half-day\nwas long."),
        ("The wellness. Her well-\nness matters.", "The wellness. Her wellness\nmatters."),
        ("The infor-\nmation", "The information"),
        ("The infor-\nmation\nboard", "The information\nboard"),
        ("He saw A-\nB and x -\ny.", "He saw A-\nB and x -\ny."),
        ("> infor-\n> mation", "> infor-\n> mation"),
        ("```\ninfor-\nmation\n```", "```\ninfor-\nmation\n```"),
        ("The `infor-\nmation` board", "The `infor-\nmation` board"),
        ("the infor-\nmation - and more", "the information - and more"),
        ("the infor\u00ad\nmation board", "the information\nboard"),
    ],
)
def test_words_that_a_line_end_divided(text: str, wanted: str) -> None:
    assert fixed(text, "hyphens").text == wanted
