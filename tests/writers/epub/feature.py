"""A small study booklet that uses every block and inline the model has."""

from __future__ import annotations

from convert.highlight import tokens_of
from convert.model import nodes as n
from tests.writers.epub.samples import SPAN, head, note, para, text

METADATA = n.Metadata(
    title="夜航船上的灯：读书笔记一种",
    subtitle="写给初学者的十二课",
    contributors=(
        n.Contributor("林晓舟", "aut", "Lin Xiaozhou"),
        n.Contributor("何青", "ill", "He Qing"),
    ),
    date="2026年1月5日",
    language="zh-Hans-CN",
    publisher="渡口书局",
    identifier="ISBN 978-7-04-050694-5",
    rights="© 2026 林晓舟",
    description="一本给自学者用的小册子。",
    series="灯下丛书",
    keywords=("自学", "阅读"),
)

NOTES = (
    note("fn1", "灯船停在港口外面，夜里给来往的船指路。"),
    note("短", "见前。"),
    n.Note(
        "fn-list",
        SPAN,
        (
            para("这条注释有两段，还有一个", n.Code("<tag>"), "。"),
            n.BulletList(
                "", SPAN, (n.ListItem("", SPAN, (para("第一点"),)), n.ListItem("", SPAN, (para("第二点"),)))
            ),
        ),
    ),
    note("n.en", "A note in ", n.Span(text("English"), language="en"), " & more."),
)


def _items(*texts: str) -> tuple[n.ListItem, ...]:
    return tuple(n.ListItem("", SPAN, (para(each),)) for each in texts)


def _cell(
    *parts: str | n.Inline, columns: int = 1, rows: int = 1, align: n.Alignment = n.Alignment.DEFAULT
) -> n.TableCell:
    return n.TableCell("", SPAN, (para(*parts),), align, columns, rows)


def _row(*cells: n.TableCell) -> n.TableRow:
    return n.TableRow("", SPAN, cells)


PROSE: tuple[n.Block, ...] = (
    para("开篇的话放在第一章以前，自成一个文件。"),
    head(1, "灯船", name="灯船"),
    n.Division("", SPAN, n.DivisionKind.EPIGRAPH, (para("光照见的地方，就是路。"),)),
    n.Division("", SPAN, n.DivisionKind.BYLINE, (para("林晓舟"),)),
    para(
        "夜里出海的人都记得那盏灯",
        n.NoteReference("fn1"),
        "。它不大，却",
        n.Emphasis(text("一直亮着")),
        "；有人叫它",
        n.Strong(text("“不睡的眼睛”")),
        "，有人在日记里写 ",
        n.Emphasis(text("Lightship")),
        " 这个词，写了 12 次。",
        n.Ruby((n.RubySegment("灯", "dēng"), n.RubySegment("船", "chuán"))),
        "两个字，小学生也会念。",
    ),
    para(
        "日本人写作",
        n.Span(text("灯台守"), language="ja"),
        "，英国人写作",
        n.Span(text("lighthouse keeper"), language="en"),
        "。",
        n.Span(text("楷体的一句"), n.SpanKind.KAI),
        n.Span(text("着重"), n.SpanKind.DOTS),
        n.Span(text("专名"), n.SpanKind.UNDERLINE),
        n.Span(text("小字"), n.SpanKind.SMALL),
        n.Span(text("自定义"), attributes=n.Attributes(("mine", "坏 类"))),
        n.Strikethrough(text("删去")),
        n.Highlight(text("亮处")),
        "H",
        n.Subscript(text("2")),
        "O，x",
        n.Superscript(text("2")),
        "，",
        n.Code("print('<&>')"),
        "，",
        n.Math("E = mc^2"),
        "，",
        n.Abbreviation("CSS", "Cascading Style Sheets"),
        n.LineBreak(),
        "换行以后，填空：",
        n.Blank(5),
        "。",
        n.IndexMark(("灯船",)),
    ),
    para(
        "参见",
        n.CrossReference("表格", "表1-1"),
        "与",
        n.Link(text("下一章"), n.InternalTarget("练习")),
        "，或看",
        n.Link(text("网页"), n.ExternalTarget("https://example.org/路?q=a b|c&d=100%"), "站外"),
        "，写信到",
        n.Link(text("邮箱"), n.ExternalTarget("mailto:a@example.org")),
        "。行内图",
        n.Image("山.png", "小山", width_points=21),
        "。",
        n.NoteReference("短"),
        "再提一次",
        n.NoteReference("fn1"),
        "。",
    ),
    head(3, "跳了一级的小节"),
    n.Quote(
        "",
        SPAN,
        (
            para("引文第一段。"),
            head(2, "引文里的标题"),
            para("引文第二段。"),
            n.Quote("", SPAN, (para("再引。"),)),
        ),
    ),
    n.LineBlock(
        "",
        SPAN,
        (text("灯火三两点，"), text("　潮来夜半时。"), (), text("不知谁在岸，"), text("犹自唱新词。")),
    ),
    n.ThematicBreak("", SPAN),
    n.Paragraph("", SPAN, text("接着上文，不缩进。"), continued=True),
    n.PageBreak("", SPAN),
)

LISTS: tuple[n.Block, ...] = (
    head(2, "清单"),
    n.BulletList(
        "",
        SPAN,
        (
            n.ListItem(
                "",
                SPAN,
                (para("带灯"), n.OrderedList("", SPAN, _items("甲", "乙"), 3, n.NumberStyle.LOWER_ALPHA)),
            ),
            n.ListItem("", SPAN, (para("带水"), para("第二段"))),
        ),
        tight=False,
    ),
    n.OrderedList("", SPAN, _items("起", "承", "转", "合"), 1, n.NumberStyle.CHINESE),
    n.OrderedList("", SPAN, _items("一", "二"), 2, n.NumberStyle.DECIMAL, n.NumberDelimiter.BOTH),
    n.OrderedList("", SPAN, _items("一", "二"), 1, n.NumberStyle.CIRCLED),
    n.OrderedList("", SPAN, _items("一", "二"), 4, n.NumberStyle.UPPER_ROMAN),
    n.BulletList(
        "",
        SPAN,
        (n.ListItem("", SPAN, (para("已经做完"),), True), n.ListItem("", SPAN, (para("还没有做"),), False)),
    ),
    n.DefinitionList(
        "",
        SPAN,
        (
            n.DefinitionItem(
                "", SPAN, text("灯塔"), ((para("岸上的灯。"),), (para("又一义。"), para("补一段。")))
            ),
        ),
    ),
)

TABLES: tuple[n.Block, ...] = (
    head(1, "图表与公式"),
    n.Table(
        "表格",
        SPAN,
        (n.Alignment.LEFT, n.Alignment.CENTRE, n.Alignment.RIGHT),
        (_row(_cell("项目"), _cell("成绩", columns=2)), _row(_cell(), _cell("上"), _cell("下"))),
        (
            _row(_cell("甲", rows=2), _cell("1.5"), _cell("20")),
            _row(_cell("合", columns=2)),
            _row(_cell("乙"), _cell("注", n.NoteReference("fn-list")), _cell("300")),
        ),
        text("两次", n.Emphasis(text("成绩"))),
        "1-1",
    ),
    n.Table("", SPAN, (n.Alignment.DEFAULT,) * 8, (), (_row(*[_cell(f"第{i}格") for i in range(8)]),)),
    n.Figure("海", SPAN, n.Image("海.png", "一片蓝色的海", width=0.6), text("海，傍晚"), "1-1"),
    n.Figure("", SPAN, n.Image("山.png", ""), text("山：说明代替文字")),
    n.CodeBlock("", SPAN, "def f(x):\n    return x < 1 && '灯'\n", "python"),
    n.CodeBlock(
        "", SPAN, "x = '<'\ny", "python", tokens=tokens_of("x = '<'\ny", "python"), numbered=True, start=9
    ),
    n.MathBlock("", SPAN, "\\sum_{i=1}^n i = \\frac{n(n+1)}{2}", "1-1"),
    n.Generated("", SPAN, n.GeneratedKind.FIGURES),
    n.Generated("", SPAN, n.GeneratedKind.INDEX),
)


def _study(kind: n.DivisionKind) -> n.Division:
    return n.Division(
        "",
        SPAN,
        kind,
        (para(f"这里是 {kind.value} 的内容。"),),
        number="2" if kind is n.DivisionKind.QUESTION else "",
    )


STUDY: tuple[n.Block, ...] = (
    head(1, "练习", name="练习"),
    *(
        _study(kind)
        for kind in n.DivisionKind
        if kind not in (n.DivisionKind.EPIGRAPH, n.DivisionKind.BYLINE)
    ),
    n.Division(
        "",
        SPAN,
        n.DivisionKind.EXERCISE,
        (
            head(2, "框中的标题"),
            para("灯船为什么不睡？", n.NoteReference("n.en")),
            n.AnswerLines("", SPAN, 2),
            n.Division("", SPAN, n.DivisionKind.ANSWER, (para("因为船还在海上。"),)),
        ),
        text("想一想"),
    ),
    head(2, "清单"),
    para("与前面一节同名；字：𠮷、😀、A\u0301。"),
    head(2, "不进目录的标题", listed=False),
    para("完。"),
)

BLOCKS = (*PROSE, *LISTS, *TABLES, *STUDY)
