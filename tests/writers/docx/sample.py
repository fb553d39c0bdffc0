"""A small book with everything the model knows, and helpers to look into what the writer made of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from convert.diagnostics import Findings
from convert.highlight import tokens_of
from convert.images import ImageAsset
from convert.model import nodes as n
from convert.model.identity import identify
from convert.model.outline import make_outline
from convert.terms import terms_for
from convert.theme import Theme
from convert.writers.base import Manuscript
from convert.writers.docx import DocxWriter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W[1:-1], "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"}
HERE = n.SourceSpan("sample.md", 1, 1)


def t(text: str) -> tuple[n.Inline, ...]:
    return (n.Text(text),)


def para(*parts: n.Inline | str, ident: str = "", continued: bool = False) -> n.Paragraph:
    children = tuple(n.Text(part) if isinstance(part, str) else part for part in parts)
    return n.Paragraph(ident, HERE, children, continued)


def heading(level: int, text: str, ident: str = "", listed: bool = True) -> n.Heading:
    return n.Heading(ident, HERE, level, t(text), listed=listed)


def item(*blocks: n.Block, checked: bool | None = None) -> n.ListItem:
    return n.ListItem("", HERE, blocks, checked)


def cell(text: str, columns: int = 1, rows: int = 1, align: n.Alignment = n.Alignment.DEFAULT) -> n.TableCell:
    return n.TableCell("", HERE, (para(text),) if text else (), align, columns, rows)


def row(*cells: n.TableCell) -> n.TableRow:
    return n.TableRow("", HERE, cells)


def division(kind: n.DivisionKind, *blocks: n.Block, title: str = "", number: str = "") -> n.Division:
    return n.Division("", HERE, kind, blocks, t(title) if title else (), number)


def png(width: int = 200, height: int = 100) -> ImageAsset:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (31, 58, 95)).save(buffer, "PNG")
    return ImageAsset("fig.png", "image/png", buffer.getvalue(), width, height, 96.0)


def manuscript(
    *blocks: n.Block,
    notes: tuple[n.Note, ...] = (),
    metadata: n.Metadata | None = None,
    theme: Theme | None = None,
    images: Mapping[str, ImageAsset] | None = None,
    language: str = "zh-CN",
) -> Manuscript:
    meta = metadata or n.Metadata(language=language)
    document = identify(n.Document(meta, blocks, notes, ("sample.md",)))
    return Manuscript(
        document, make_outline(document), theme or Theme(), terms_for(meta.language or language), images or {},
        1_700_000_000,
    )  # fmt: skip


class Package:
    """A DOCX opened: its parts as trees."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.document = self.part("word/document.xml")

    def part(self, name: str) -> etree._Element:
        return etree.fromstring(self.zip.read(name))

    def find(self, path: str, part: str = "") -> list[etree._Element]:
        root = self.part(part) if part else self.document
        return list(root.iterfind(path, NS))

    def paragraphs(self, style: str) -> list[etree._Element]:
        return [p for p in self.document.iter(W + "p") if style_of(p) == style]


def style_of(paragraph: etree._Element) -> str:
    node = paragraph.find("w:pPr/w:pStyle", NS)
    return node.get(W + "val") if node is not None else ""


def text_of(node: etree._Element) -> str:
    return "".join(part.text or "" for part in node.iter(W + "t"))


def write(*blocks: n.Block, findings: Findings | None = None, **given: object) -> Package:
    made = manuscript(*blocks, **given)  # type: ignore[arg-type]
    return Package(DocxWriter().write(made, Findings() if findings is None else findings))


def feature_book() -> Manuscript:
    """Everything the model knows, in a few pages."""
    notes = (
        n.Note("n1", HERE, (para("第一条注，说“引号”与——破折号。"), para("同一条注的第二段。"))),
        n.Note("n2", HERE, (para("第二条注，带", n.Link(t("链接"), n.ExternalTarget("https://example.org/a?b=c&d")), "。"),)),
    )  # fmt: skip
    meta = n.Metadata(
        title="河边的小学",
        subtitle="语文练习",
        contributors=(n.Contributor("林一舟"), n.Contributor("Ada Reader", "edt")),
        date="2024年3月",
        language="zh-CN",
        publisher="样张社",
        identifier="urn:uuid:00000000-0000-4000-8000-000000000001",
        rights="样张，随意取用",
        keywords=("语文", "练习"),
        description="一本样书。",
    )
    blocks = (*_prose(), *_lists(), *_tables(), *_study())
    images = {"fig.png": png(), "big.png": replace(png(3000, 4000), key="big.png")}
    return manuscript(*blocks, notes=notes, metadata=meta, images=images)


def _prose() -> tuple[n.Block, ...]:
    mixed = (
        n.Text("正文“引号”与——破折号……还有·间隔号，Han和Latin混排 version 3.11，it’s fine，𠮷字，😀。"),
        n.Emphasis(t("强调 with Latin 文字")),
        n.Strong((n.Text("重点"), n.Emphasis(t("里的强调 word")))),
        n.Strikethrough(t("删")),
        n.Highlight(t("标")),
        n.Text("H"),
        n.Subscript(t("2")),
        n.Text("O 与 x"),
        n.Superscript(t("2")),
        n.Code("a < b && c\t1"),
        n.Ruby((n.RubySegment("漢", "hàn"), n.RubySegment("字", "zì"), n.RubySegment("们", ""))),
        n.NoteReference("n1"),
        n.Text("，再引"),
        n.NoteReference("n1"),
        n.Text("，又"),
        n.NoteReference("n2"),
    )
    more = (
        n.Link(
            (n.Text("外链"), n.Strong(t("粗"))), n.ExternalTarget("https://例子.中国/路 径?q=“x”"), "提示"
        ),
        n.Link(t("内链"), n.InternalTarget("sec-one")),
        n.LineBreak(),
        n.Span(t("日本語の文"), language="ja"),
        n.Span(t("français à l’école"), language="fr"),
        n.Span(t("楷"), n.SpanKind.KAI),
        n.Span(t("点"), n.SpanKind.DOTS),
        n.Span(t("线"), n.SpanKind.UNDERLINE),
        n.Span(t("小"), n.SpanKind.SMALL),
        n.Abbreviation("HTML", "HyperText"),
        n.Math("a^2+b^2"),
        n.Text("填空"),
        n.Blank(4.5),
        n.IndexMark(("河", "小河")),
        n.Text("。见"),
        n.CrossReference("fig-one", "图1-1"),
        n.Text("和"),
        n.CrossReference("tab-one", "表1-1"),
        n.Text("及"),
        n.CrossReference("sec-one", "第一节"),
        n.Image("fig.png", "行内图", width_points=30),
    )
    verse = n.LineBlock("", HERE, (t("床前看月光"), t("疑是地上霜"), (), t("举头望山月"), t("低头思故乡")))
    text = "def f(x):\n\treturn x  # 注释\n\n    print('<&>')"
    code = n.CodeBlock("", HERE, text, "python", tokens=tokens_of(text, "python"))
    return (
        heading(1, "第一章　河边", "ch-one"),
        para(*mixed),
        heading(2, "第一节 Install", "sec-one"),
        para(*more),
        para("接上段。", continued=True),
        heading(4, "跳了一级"),
        heading(3, "不列入", listed=False),
        n.Quote(
            "",
            HERE,
            (para("引文一段。"), n.Quote("", HERE, (para("引中之引。"),)), heading(2, "引文里的标题")),
        ),
        verse,
        code,
        n.ThematicBreak("", HERE),
        n.Figure("fig-one", HERE, n.Image("fig.png", "一条河"), t("河与桥"), "1-1"),
        n.Figure("fig-two", HERE, n.Image("big.png", ""), (), "1-2"),
        n.Figure("fig-plain", HERE, n.Image("fig.png", "无题", width=0.5)),
        n.MathBlock("", HERE, "E=mc^2", "1-1"),
        n.PageBreak("", HERE),
    )


def _lists() -> tuple[n.Block, ...]:
    def ordered(*items: n.ListItem, **given: object) -> n.OrderedList:
        return n.OrderedList("", HERE, items, **given)  # type: ignore[arg-type]

    deep: n.Block = para("最深")
    for level in range(10):
        deep = n.BulletList("", HERE, (item(para(f"第{level}层"), deep),))
    return (
        heading(1, "第二章　清单"),
        n.BulletList("", HERE, (item(para("甲"), para("甲的第二段")), item(para("乙"), ordered(item(para("一")), item(para("二")))))),
        ordered(item(para("三起"), n.CodeBlock("", HERE, "code")), item(para("四")), start=3),
        ordered(item(para("重头")), item(), item(n.CodeBlock("", HERE, "只有代码")), item(n.Quote("", HERE, (para("只有引文"),)))),
        *(ordered(item(para("条目")), item(para("条目")), style=style, delimiter=mark)
          for style in n.NumberStyle for mark in n.NumberDelimiter),
        n.BulletList("", HERE, (item(para("未做"), checked=False), item(para("做完"), para("续"), checked=True))),
        deep,
        n.DefinitionList("", HERE, (n.DefinitionItem("", HERE, t("术语"), ((para("释义一"),), (para("释义二"), para("又一段")))),)),
        n.Quote("", HERE, (n.BulletList("", HERE, (item(para("引文里的条目"), para("续段")),)),)),
    )  # fmt: skip


def _tables() -> tuple[n.Block, ...]:
    c, r, d = n.Alignment.CENTRE, n.Alignment.RIGHT, n.Alignment.DEFAULT
    plain = n.Table(
        "tab-one", HERE, (d, c, r),
        (row(cell("名"), cell("说明"), cell("数")),),
        (row(cell("苹果"), cell("红的，也有绿的，长在树上，秋天成熟，味道酸甜，孩子们都爱吃"), cell("12")),
         row(cell("梨"), cell(""), cell("3.5", align=n.Alignment.LEFT))),
        t("水果"), "1-1",
    )  # fmt: skip
    merged = n.Table(
        "", HERE, (d, d, d),
        (row(cell("合并", columns=2), cell("单")), row(cell("a"), cell("b"), cell("c"))),
        (row(cell("高", rows=2), cell("1"), cell("2")), row(cell("3"), cell("4")), row(cell("宽", columns=3))),
    )  # fmt: skip
    nested = n.Table(
        "", HERE, (d,), (), (row(n.TableCell("", HERE, (n.BulletList("", HERE, (item(para("格内条目")),)), plain_small()))),),
    )  # fmt: skip
    return heading(1, "第三章　表格"), plain, merged, nested, para("表后一段。")


def plain_small() -> n.Table:
    return n.Table("", HERE, (n.Alignment.DEFAULT,), (), (row(cell("内表")),))


def _study() -> tuple[n.Block, ...]:
    inner = (
        para("学习块的正文，有“引号”。"),
        n.BulletList("", HERE, (item(para("块里的条目"), para("续段")),)),
        n.CodeBlock(
            "", HERE, "x = 1\ny = 2", tokens=(n.CodeToken(n.CodeKind.NUMBER, 11),), numbered=True, start=9
        ),
        n.OrderedList("", HERE, (item(para("步骤")),)),
    )
    kinds = [division(kind, para(f"这是{kind.value}。")) for kind in n.DivisionKind]
    return (
        heading(1, "第四章　学习块"),
        division(n.DivisionKind.KEYPOINT, *inner, number="1"),
        division(n.DivisionKind.QUESTION, para("为什么？"), n.AnswerLines("", HERE, 3), title="想一想"),
        division(n.DivisionKind.PLAIN, heading(2, "块里的节"), para("普通块。")),
        *kinds,
        n.Generated("", HERE, n.GeneratedKind.FIGURES),
        n.Generated("", HERE, n.GeneratedKind.TABLES),
    )
