"""Page numbers, running heads and feet; and what only looks like them."""

from __future__ import annotations

import pytest

from tests.repair.texts import fixed

PAGE = (
    "河水涨得比往年早，下游的几个村子都忙着加固堤坝，年轻人扛沙袋，老人烧水送饭，孩子们排成一队传石头。一直忙到夜里才歇下来，"
    "第二天天不亮又起来接着干，谁也没有说过一句累。十年前的那场大水，大家都还记得，那一年桥没了，路没了，渡船也没了。"
    "水退以后，村里人用了三个冬天，才把堤坝重新筑起来。"
)
CUT = PAGE[:-1]


def book(*between: str) -> str:
    """Pages that end in a sentence, with something between each two."""
    return CUT + "".join(f"\n\n{part}\n\n后来，{CUT}" for part in between) + "。"


def furnished(text: str) -> str:
    return fixed(text, "furniture").text


@pytest.mark.parametrize(
    "form",
    ["{}", "— {} —", "- {} -", "·{}·", "第{}页", "第 {} 页 共 90 页", "{} / 90", "Page {}", "[{}]", "p. {}"],
)
def test_numbers_at_the_foot(form: str) -> None:
    text = furnished(book(*(form.format(number) for number in (12, 13, 14))))
    assert text == "<!-- page 12 -->\n\n" + book(*(f"<!-- page {number} -->" for number in (13, 14, 15)))


def test_numbers_at_the_head() -> None:
    text = "7\n\n" + book("8", "9")
    assert furnished(text) == "<!-- page 7 -->\n\n" + book("<!-- page 8 -->", "<!-- page 9 -->")


def test_roman_numbers() -> None:
    text = furnished(book("iii", "iv", "v"))
    assert text == "<!-- page iii -->\n\n" + book(
        *(f"<!-- page {number} -->" for number in ("iv", "v", "vi"))
    )


def test_a_page_without_a_number() -> None:
    assert "<!-- page 15 -->" in furnished(book("12", "14", "15", "16"))


def test_number_and_head_in_one_line() -> None:
    text = furnished(book("12　河边月刊", "第二章 堤　13", "14　河边月刊", "第二章 堤　15"))
    assert "月刊" not in text
    assert text.count("<!-- page ") == 5


def test_heads_that_recur() -> None:
    text = furnished(book("— 12 —\n\n河边月刊", "— 13 —\n\n河边月刊", "— 14 —\n\n河边月刊"))
    assert "月刊" not in text
    assert text.count("\n\n\n") == 0
    alone = furnished(book("河边月刊", "河边月刊", "河边月刊"))
    assert "月刊" not in alone


def test_no_blank_lines_round_a_number() -> None:
    lines = PAGE.replace("。", "。\n").strip().replace("，", "，\n")
    cut = lines.rpartition("\n")[0]
    text = "\n".join(f"{cut}\n{number}" for number in (3, 4, 5)) + f"\n{lines}"
    assert (
        furnished(text)
        == "<!-- page 3 -->\n\n"
        + "\n".join(f"{cut}<!-- page {number} -->" for number in (4, 5, 6))
        + f"\n{lines}"
    )


@pytest.mark.parametrize(
    "text",
    [
        # sections that are only numbered: they cut no sentence
        "\n\n".join(f"{number}\n\n{PAGE}" for number in range(1, 6)),
        # answers, figures
        "\n\n".join(str(number) for number in range(1, 9)),
        "答案：\n\n12\n\n13\n\n14",
        # numbers that do not count on
        book("12", "40", "7"),
        # two numbers are too few
        book("12", "13"),
        # a heading that recurs after every lesson, in words or counted
        "\n\n".join(f"{PAGE}\n\n练习\n\n{PAGE}" for _ in range(4)),
        "\n\n".join(f"{PAGE}\n\n练习 {number}\n\n{PAGE}" for number in range(1, 5)),
        # a refrain, a signature
        "\n\n".join("桥没了，\n\n路没了，\n\n归去来兮" for _ in range(4)),
        "\n\n".join(f"{PAGE}\n\n——编者" for _ in range(4)),
        # years
        book("1998", "那一年", "1999"),
        # lists, tables, code
        "\n".join(f"- {number}" for number in range(1, 9)),
        "\n".join(f"{number}. 堤" for number in range(1, 9)),
        "```\n1\n\n2\n\n3\n```",
    ],
)
def test_what_is_no_furniture_stays(text: str) -> None:
    repaired = fixed(text, "furniture")
    assert repaired.text == text
    assert repaired.fixes == ()
