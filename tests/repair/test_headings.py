"""Subtitles, levels, bylines, headings in the line."""

from __future__ import annotations

import pytest

from convert.repair import Outcome
from tests.repair.texts import fixed

BODY = "河水涨得比往年早，下游的几个村子都忙着加固堤坝。"


def article(head: str, name: str = "某镇镇长 何 苗", body: str = BODY) -> str:
    return f"{head}\n\n{name}\n\n{body}\n\n"


# ---------------------------------------------------------------- bylines


@pytest.mark.parametrize(
    "line",
    [
        "辽河省水利厅厅长 何 苗", "河东大学教授 周小舟", "本报记者 周小舟 通讯员 何苗", "文/何苗", "文／周小舟", "作者：周小舟", "□ 何苗",
        "□本刊记者 周小舟", "周小舟 钱大同", "何 苗", "欧阳小舟 钱大同", "渡口镇文化站站长、二级馆员 买买提·艾力", "柳镇小学 周小舟、钱大同",
        "By Mary Brown",
    ],
)  # fmt: skip
def test_a_byline(line: str) -> None:
    text = f"# 修堤\n\n{line}\n\n{BODY}\n"
    wanted = f"# 修堤\n\n::: byline\n{line}\n:::\n\n{BODY}\n"
    assert fixed(text, "bylines").text == wanted
    assert fixed(wanted, "bylines").text == wanted


@pytest.mark.parametrize(
    "line",
    [
        "——编者", "前 言", "目 录", "修堤的办法", "何苗去年修了堤。", "一、修堤", "周小舟说：", "今年的水", "方法 步骤", "二〇三一年五月",
        "高度重视 狠抓落实", "《河边月刊》编辑部", "河水涨得比往年早", "馆长何苗在河边的讲话，二〇三一年五月四日", "**重点**",
    ],
)  # fmt: skip
def test_no_byline(line: str) -> None:
    text = f"# 修堤\n\n{line}\n\n{BODY}\n"
    assert fixed(text, "bylines").text == text


def test_a_name_is_no_byline_where_no_heading_is() -> None:
    text = f"{BODY}\n\n柳镇镇长 何 苗\n\n{BODY}\n\n责任编辑 罗 江\n"
    assert fixed(text, "bylines").text == text


def test_two_lines_of_names_share_a_division() -> None:
    text = f"# 修堤\n\n本报记者 周小舟\n\n通讯员 钱大同\n\n{BODY}"
    wanted = f"# 修堤\n\n::: byline\n本报记者 周小舟\n\n通讯员 钱大同\n:::\n\n{BODY}"
    assert fixed(text, "bylines").text == wanted


def test_where_others_are_signed_a_line_with_a_name_is_a_byline() -> None:
    text = article("## 一") + article("## 二") + article("## 三", "渡口 钱大同")
    assert fixed(text, "bylines").text.count("::: byline") == 3
    alone = article("## 三", "渡口 钱大同")
    assert fixed(alone, "bylines").text == alone


# ---------------------------------------------------------------- subtitles


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# 修堤\n\n## ——柳镇的一年\n", '# 修堤 {subtitle="——柳镇的一年"}\n'),
        ("# 修堤\n## —— 柳镇的一年 ##\n\n文", '# 修堤 {subtitle="—— 柳镇的一年"}\n\n文'),
        ("# 修堤 {#a .b}\n\n## ——柳镇\n", '# 修堤 {#a .b subtitle="——柳镇"}\n'),
        ('# 修堤\n\n## ——"柳镇"\n', "# 修堤 {subtitle='——\"柳镇\"'}\n"),
        ("# **修堤**\n\n# ――柳镇\n", '# **修堤** {subtitle="――柳镇"}\n'),
    ],
)  # fmt: skip
def test_a_line_of_dashes_is_a_subtitle(text: str, wanted: str) -> None:
    assert fixed(text, "subtitles").text == wanted


@pytest.mark.parametrize(
    "text",
    [
        "# 修堤\n\n文\n\n## ——柳镇",
        "# 修堤\n\n——柳镇的一年\n\n文",
        "# 修堤\n\n## ——{柳镇}",
        '# 修堤\n\n## ——"柳\'镇"',
        "# 修堤\n\n## ——柳镇 {#b}",
        "# 修堤\n\n<!-- page 3 -->\n\n## ——柳镇",
        '# 修堤 {subtitle="一"}\n\n## ——二',
        "# 修堤\n\n---\n\n## ——柳镇",
        "## ——柳镇",
        "- # 修堤\n- ## ——柳镇",
    ],
)
def test_no_subtitle(text: str) -> None:
    assert fixed(text, "subtitles").text == text


def test_a_deeper_heading_that_the_other_articles_lack() -> None:
    text = (
        article("### 一")
        + article("## 二\n\n### 柳镇的一年")
        + article("### 三\n\n#### 桥")
        + article("## 四")
    )
    fixed_text = fixed(text, "subtitles").text
    assert '## 二 {subtitle="柳镇的一年"}\n' in fixed_text
    assert '### 三 {subtitle="桥"}\n' in fixed_text


def test_a_column_that_holds_articles_keeps_them() -> None:
    text = article("## 栏目\n\n### 一") + article("### 二") + article("## 另一栏\n\n### 三")
    assert fixed(text, "subtitles", "levels").text == text


def test_a_numbered_chapter_with_a_subtitle() -> None:
    text = f"## 第一章 水\n\n{BODY}\n\n## 第二章 堤\n\n### 柳镇的一年\n\n{BODY}\n\n## 第三章 桥\n\n{BODY}"
    assert '## 第二章 堤 {subtitle="柳镇的一年"}' in fixed(text, "subtitles").text
    section = text.replace("### 柳镇", "### 第一节 柳镇")
    assert fixed(section, "subtitles").text == section
    two = text.replace(f"年\n\n{BODY}", f"年\n\n{BODY}\n\n### 石桥\n\n{BODY}")
    assert fixed(two, "subtitles").text == two


def test_elsewhere_it_is_a_suspicion() -> None:
    text = f"## 水\n\n{BODY}\n\n## 堤\n\n### 柳镇图书馆的一年\n\n{BODY}\n\n## 桥\n\n{BODY}"
    repaired = fixed(text, "subtitles")
    assert repaired.text == text
    assert [(fix.outcome, fix.place.line) for fix in repaired.fixes] == [(Outcome.SUSPECTED, 7)]


# ---------------------------------------------------------------- levels


def levels(*heads: str) -> list[str]:
    text = f"\n\n{BODY}\n\n".join(heads)
    return [line for line in fixed(text, "levels").text.split("\n") if line.startswith("#")]


def test_signed_articles_stand_on_one_level() -> None:
    text = (
        "# 书\n\n文\n\n"
        + article("### 一")
        + article("## 二", body=f"{BODY}\n\n### 内\n\n{BODY}")
        + article("#### 三\n\n##### 副")
    )
    heads = [line for line in fixed(text, "levels").text.split("\n") if line.startswith("#")]
    assert heads == ["# 书", "## 一", "## 二", "### 内", "## 三", "### 副"]


def test_the_title_of_all_articles_stays_above_them() -> None:
    def heads(title: str) -> list[str]:
        text = f"{title}\n\n文\n\n" + article("# 一") + article("### 二")
        return [line for line in fixed(text, "levels").text.split("\n") if line.startswith("#")]

    assert heads("# 书") == ["# 书", "## 一", "## 二"]
    assert heads("## 编者的话") == ["## 编者的话", "# 一", "# 二"]


def test_what_stands_in_an_article_moves_with_it() -> None:
    text = (
        article("## 一")
        + article("### 二", body=f"{BODY}\n\n#### 内\n\n{BODY}")
        + f"## 附录\n\n{BODY}\n\n### 表\n\n{BODY}"
    )
    heads = [line for line in fixed(text, "levels").text.split("\n") if line.startswith("#")]
    assert heads == ["## 一", "## 二", "### 内", "## 附录", "### 表"]


@pytest.mark.parametrize(
    ("heads", "wanted"),
    [
        # one that strays
        (["# 书", "## 第一章 水", "### 第二章 堤", "## 第三章 桥"], ["# 书", "## 第一章 水", "## 第二章 堤", "## 第三章 桥"]),
        (["# 书", "## 一、水", "# 二、堤", "### 三、桥"], ["# 书", "## 一、水", "## 二、堤", "## 三、桥"]),
        # flat, as recognition leaves them
        (["## 第一章 水", "## 第一节 早", "## 第二节 晚", "## 第二章 堤", "## 第一节 土"],
         ["## 第一章 水", "### 第一节 早", "### 第二节 晚", "## 第二章 堤", "### 第一节 土"]),
        (["# 一、水", "# （一）早", "# （二）晚", "# 二、堤"], ["# 一、水", "## （一）早", "## （二）晚", "# 二、堤"]),
        (["## 1 水", "## 1.1 早", "## 1.2 晚", "## 2 堤", "## 2.1 土"],
         ["## 1 水", "### 1.1 早", "### 1.2 晚", "## 2 堤", "### 2.1 土"]),
        (["# 一、水", "# 1. 早", "# （1）晨", "# （2）午", "# 2. 晚"], ["# 一、水", "## 1. 早", "### （1）晨", "### （2）午", "## 2. 晚"]),
        # unnumbered ones inside go along
        (["## 第一章 水", "### 引", "#### 第二章 堤", "##### 引"], ["## 第一章 水", "### 引", "## 第二章 堤", "### 引"]),
        # a new series in each article
        (["## 甲", "### 一、水", "### 二、堤", "## 乙", "### 一、桥", "#### 二、路"],
         ["## 甲", "### 一、水", "### 二、堤", "## 乙", "### 一、桥", "### 二、路"]),
    ],
)  # fmt: skip
def test_typed_numbers_tell_the_level(heads: list[str], wanted: list[str]) -> None:
    assert levels(*heads) == wanted
    assert levels(*wanted) == wanted


@pytest.mark.parametrize(
    "heads",
    [
        ["# 书", "## 前言", "## 第一章 水", "### 第一节 早", "## 结语"],
        ["# 书", "## 第一章 水", "## 第三章 桥"],
        ["# 书", "## 2031年", "### 五月", "## 2032年"],
        ["## 3 个村子", "### 12 座桥"],
        ["# 一", "### 三级", "## 二"],
        ["# 甲", "## 乙", "#### 丙", "# 丁"],
        ["## 第一部分 水", "### 第一章 早", "## 第二部分 堤"],
    ],
)
def test_where_numbers_say_nothing_levels_stay(heads: list[str]) -> None:
    assert levels(*heads) == heads


def test_underlined_headings() -> None:
    text = f"第一章 水\n===\n\n{BODY}\n\n第二章 堤\n---\n\n{BODY}"
    assert fixed(text, "levels").text == f"第一章 水\n===\n\n{BODY}\n\n# 第二章 堤\n\n{BODY}"


def test_headings_elsewhere_are_left() -> None:
    text = f"# 第一章 水\n\n{BODY}\n\n> ### 第二章 堤\n\n<h3>第二章 桥</h3>\n\n```\n### 第二章 路\n```\n"
    assert fixed(text, "levels").text == text


# ---------------------------------------------------------------- headings in the line


def test_openings_are_marked_alike() -> None:
    text = f"一、修堤。{BODY}\n\n**二、修桥。**{BODY}\n\n三、修路！{BODY}\n\n（一）先修村口。{BODY}\n"
    assert fixed(text, "runin").text == (
        f"**一、修堤。**{BODY}\n\n**二、修桥。**{BODY}\n\n**三、修路！**{BODY}\n\n（一）先修村口。{BODY}\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        f"一、修堤。{BODY}\n\n二、修桥。{BODY}",
        f"**一、修堤。**{BODY}\n\n**二、修桥。**{BODY}",
        f"**一、修堤。**{BODY}\n\n二、修桥。",
        f"**一、修堤。**{BODY}\n\n二、修桥，{BODY.replace('。', '，') * 3}{BODY}",
        f"**一、修堤。**{BODY}\n\n一是修桥。{BODY}",
        f"**一、修堤。**{BODY}\n\n- 二、修桥。{BODY}",
        f"**一、修堤。**{BODY}\n\n二、用`码`修。{BODY}",
        f"**重点。**{BODY}\n\n一、修堤。{BODY}",
    ],
)
def test_openings_that_stay(text: str) -> None:
    assert fixed(text, "runin").text == text
