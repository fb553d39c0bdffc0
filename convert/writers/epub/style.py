"""The style sheet: rhythm, indents and order for Chinese; face, size and colours are the reader's.

No body font, no fixed sizes, no colours: borders take `currentColor`, grounds stay transparent, so
that dark modes work (EPUB 3.3, 6.3; reference list of reading systems' habits).
"""

from __future__ import annotations

from collections.abc import Mapping

from convert.model.nodes import NumberDelimiter, NumberStyle
from convert.terms import CIRCLED, indent_ems, primary_language
from convert.theme import Role, Theme
from convert.writers.epub.code import NUMBERS
from convert.writers.epub.profiles import Profile
from convert.writers.epub.vertical import turned

__all__ = ["role_selectors", "style_sheet"]

_TEXT = """\
body{%(text)sline-break:strict;overflow-wrap:break-word;text-spacing-trim:normal;text-autospace:%(autospace)s;\
hanging-punctuation:%(hanging)s}
p{margin:0;text-indent:%(indent)s}
p.continued{text-indent:0}
%(opening)s\
h1,h2,h3,h4,h5,h6{font-weight:bold;line-height:1.4;text-indent:0;text-align:left;text-wrap:balance;hyphens:none;\
-webkit-hyphens:none;break-after:avoid;page-break-after:avoid;break-inside:avoid;page-break-inside:avoid}
h1{font-size:1.5em;text-align:center;margin:2em 0 1.6em}
h2{font-size:1.25em;text-align:center;margin:1.8em 0 .9em}
h3{font-size:1.1em;margin:1.4em 0 .6em}
h4,h5,h6{font-size:1em;margin:1em 0 .4em}
h1.two{letter-spacing:1em;text-indent:1em}
h1 .subtitle,h2 .subtitle,h3 .subtitle,h4 .subtitle{font-size:.72em;font-weight:normal}
p.heading{font-weight:bold;text-indent:0;margin:1em 0 .4em;text-align:left;break-after:avoid;page-break-after:avoid}
a{color:inherit;text-decoration:none;border-bottom:thin solid}
nav a,a.noteref,aside.note a,a.reference{border-bottom:0}
a.url{word-break:break-all;hyphens:none;-webkit-hyphens:none}
"""

_INLINE = """\
strong{font-weight:bold}
em:lang(zh),em:lang(ja),em:lang(ko),.dots{font-style:normal;-webkit-text-emphasis-style:filled dot;\
-epub-text-emphasis-style:filled dot;text-emphasis-style:filled dot;-webkit-text-emphasis-position:under right;\
text-emphasis-position:under right}
em:lang(ja),em:lang(ko){-webkit-text-emphasis-position:over right;text-emphasis-position:over right}
em.latin:lang(zh),em.latin:lang(ja),em.latin:lang(ko){font-style:italic;-webkit-text-emphasis-style:none;\
-epub-text-emphasis-style:none;text-emphasis-style:none}
a.noteref{font-size:.75em;vertical-align:super;line-height:0;text-indent:0;padding:0 .1em}
sup,sub{font-size:.7em;line-height:0}
.keep{white-space:nowrap}
img.note-mark{height:1em;width:1em;vertical-align:middle}
ol.duokan-footnote-content{list-style:none;margin:0;padding:0}
ruby{ruby-align:center;line-height:2}
rt{font-size:.5em;line-height:1.2;font-style:normal;font-weight:normal;text-emphasis-style:none;\
-webkit-text-emphasis-style:none}
code,pre{font-family:monospace;hyphens:none;-webkit-hyphens:none}
code{font-size:.92em;overflow-wrap:anywhere}
.blank{display:inline-block;border-bottom:thin solid;text-indent:0;line-height:1.2;max-width:100%}
img.inline{max-width:100%;max-height:100%;vertical-align:middle}
"""

_BLOCKS = """\
blockquote{margin:.8em 2em}
.source{text-align:right;break-before:avoid;page-break-before:avoid}
.source p{text-indent:0}
blockquote blockquote{margin:.6em 0 .6em 1em}
ul,ol{margin:.6em 0;padding-left:2em}
li{text-indent:0}
li>p,dd>p{text-indent:0}
li>p+p,dd>p+p{margin-top:.3em}
li>ul,li>ol{margin:.2em 0}
ul.tasks{list-style:none;padding-left:1.5em}
ul.tasks>li{text-indent:-1.5em}
ul.tasks>li>*{text-indent:0}
.box{display:inline-block;width:1.25em;text-indent:0}
dl{margin:.8em 0}
dfn{font-style:inherit}
dt{font-weight:bold;text-indent:0;break-after:avoid;page-break-after:avoid}
dd{margin:.1em 0 .5em 2em;text-indent:0}
pre{margin:.8em 0;padding:.5em .8em;border-left:.2em solid;white-space:pre-wrap;overflow-wrap:anywhere;\
text-align:left;line-height:1.5;font-size:.9em;text-spacing-trim:space-all;text-autospace:no-autospace}
pre code{font-size:1em}
p.math{text-indent:0;text-align:center;margin:.8em 0;overflow-wrap:anywhere}
p.wide{overflow-x:auto}
hr{width:25%;margin:1.7em auto;border:0;border-top:thin solid}
.page-break{break-after:page;page-break-after:always}
figure{margin:1.2em 0;text-align:center;text-indent:0;break-inside:avoid;page-break-inside:avoid}
figure img{max-width:100%;height:auto}
figcaption,caption{font-size:.9em;line-height:1.5;text-align:center;text-indent:0;text-wrap:balance}
figcaption{margin-top:.5em}
caption{margin-bottom:.5em;break-after:avoid;page-break-after:avoid}
figcaption .label,caption .label{font-weight:bold}
.listing{break-inside:auto;page-break-inside:auto}
.listing figcaption{margin:0 0 .4em;break-after:avoid;page-break-after:avoid}
.listing pre{margin-top:0}
table{border-collapse:collapse;margin:1.2em auto;max-width:100%;border-top:.12em solid;border-bottom:.12em solid;\
font-size:.9em;line-height:1.5;text-indent:0;text-align:left}
table.wide{font-size:.75em}
thead{border-bottom:.06em solid}
th,td{padding:.35em .6em;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:bold;vertical-align:bottom}
td p,th p{text-indent:0}
td.left,th.left{text-align:left}
td.centre,th.centre{text-align:center}
td.right,th.right{text-align:right;font-variant-numeric:tabular-nums}
.digits,.short{white-space:nowrap}
.verse{margin:1em 2em}
.verse .line{text-indent:-1em;padding-left:1em;text-align:left;white-space:pre-wrap}
.verse .stanza+.stanza{margin-top:1em}
"""

_STUDY = """\
.study{margin:1.2em 0;padding:.3em 0 .3em .9em;border-left:.2em solid;break-inside:auto}
.study>.label,.study>summary{font-weight:bold;font-size:.95em;text-indent:0;margin:0 0 .3em;text-align:left;\
break-after:avoid;page-break-after:avoid}
.study>.label .pointer{float:right;font-weight:normal;margin-left:1em}
.answers>div{margin:.8em 0}
.answers .label{font-weight:bold;font-size:.95em;text-indent:0;text-align:left;break-after:avoid;page-break-after:avoid}
.vocabulary>dl{display:grid;grid-template-columns:fit-content(7em) 1fr;align-items:baseline;column-gap:1em;row-gap:.3em;margin:.3em 0}
.vocabulary dt{grid-column:1}
.vocabulary dd{grid-column:2;margin:0}
.index{columns:14em;column-gap:2em;font-size:.95em}
.index .label{font-weight:bold;text-indent:0;margin:.6em 0 .1em;break-after:avoid;page-break-after:avoid}
.index ul{list-style:none;padding-left:0;margin:0}
.index li{text-indent:-1em;padding-left:1em;text-align:left}
.index a{border-bottom:0}
.study>:last-child{margin-bottom:0}
details>summary{cursor:pointer}
details:not([open])>summary{margin-bottom:0}
.answer{border-left-style:dotted}
.warning,.caution,.important{border-left-style:double;border-left-width:.35em}
.epigraph{margin:1em 0 1.5em 30%;text-align:left}
.epigraph p{text-indent:0}
.byline{text-align:center;margin:0 0 1.5em}
.byline p{text-indent:0}
.answer-lines{margin:.4em 0 1em}
.answer-lines .line{height:2.2em;border-bottom:thin solid}
aside.note{font-size:.88em;line-height:1.6;margin:.4em 0 0}
aside.note p{text-indent:-1.4em;padding-left:1.4em}
section>:not(aside)+aside.note{margin-top:2em;padding-top:.8em;border-top:thin solid}
"""

_PAGES = """\
.title-page{text-align:center;text-indent:0}
.title-page h1{font-size:1.8em;margin:25% 0 .8em}
.title-page p{text-indent:0;margin:.4em 0}
.title-page .subtitle{font-size:1.15em;margin-bottom:2em}
.title-page .publisher{margin-top:2em}
.colophon{margin-top:30%;font-size:.88em;text-align:left}
.colophon p{text-indent:0;margin:.3em 0}
nav ol{list-style:none;padding-left:1em;margin:0}
nav>ol{padding-left:0}
nav li{margin:.35em 0;text-align:left}
nav.contents{margin:1em 0}
"""


_VERTICAL = """\
html{-epub-writing-mode:vertical-rl;-webkit-writing-mode:vertical-rl;writing-mode:vertical-rl}
.upright{-epub-text-combine:horizontal;-webkit-text-combine:horizontal;text-combine-upright:all}
pre,math{-epub-writing-mode:horizontal-tb;-webkit-writing-mode:horizontal-tb;writing-mode:horizontal-tb}
em:lang(zh),.dots:lang(zh){-webkit-text-emphasis-position:over right;text-emphasis-position:over right}
"""

_QUOTES = ("blockquote", ".epigraph", ".byline")
_ROLES = {
    Role.SERIF: ("body",),
    Role.SANS: tuple("strong th dt summary .heading .label".split()),
    Role.KAI: (".kai",),
    Role.FANGSONG: (),
    Role.MONO: ("code", "pre"),
    Role.MONO_BOLD: (),
}
"""What is set in the face of a role, as selectors of elements and classes."""
_LAST = {
    Role.SERIF: "serif",
    Role.SANS: "sans-serif",
    Role.KAI: "serif",
    Role.FANGSONG: "serif",
    Role.MONO: "monospace",
}


def role_selectors(role: Role, language: str, theme: Theme) -> tuple[str, ...]:
    """Elements and classes that the face of *role* sets; Chinese books set quotations in Kai."""
    faces = theme.heading.faces
    heads = [f"h{level}" for level in range(1, 7) if faces[min(level, len(faces)) - 1] == role.value]
    quotes = _QUOTES if role is Role.KAI and primary_language(language).startswith("zh") else ()
    return (*heads, *_ROLES[role], *quotes)


def style_sheet(
    theme: Theme, language: str, profile: Profile, fonts: Mapping[Role, tuple[str, str]] | None = None
) -> str:
    """CSS for a book in *language* (BCP 47); *fonts* has family and address of those that go along."""
    primary = primary_language(language)
    indent = theme.layout.indent if theme.layout.indent >= 0 else indent_ems(language)
    # Western custom: no indent where nothing has to be told apart from what stands above.
    opening = "h1+p,h2+p,h3+p,h4+p,hr+p,figure+p{text-indent:0}\n" if primary == "en" else ""
    align = "justify" if theme.layout.justify else "start"
    text = _TEXT % {
        "text": "" if profile.text_defaults else f"line-height:1.7;text-align:{align};",
        "autospace": "normal" if theme.layout.autospace > 0 else "no-autospace",
        "hanging": "allow-end" if theme.layout.hanging else "none",
        "indent": f"{indent:g}em",
        "opening": opening,
    }
    side = "padding-top" if profile.vertical else "padding-left"
    rules = text + _INLINE + _BLOCKS + NUMBERS + _STUDY + _PAGES
    if profile.vertical:
        rules = turned(rules) + _VERTICAL
    return '@charset "UTF-8";\n' + rules + _faces(theme, language, profile, fonts or {}) + _counters(side)


def _faces(theme: Theme, language: str, profile: Profile, fonts: Mapping[Role, tuple[str, str]]) -> str:
    """Fonts that go along, and the rules for roles: theirs first, then faces that systems bring along."""
    out = []
    for family, address in fonts.values():
        # The face is told to be bold as well: a stroke that the system thickens would smear.
        for weight in ("normal", "bold"):
            source = f'font-family:"{family}";font-weight:{weight};src:url({address})'
            out.append(f"@font-face{{{source}}}\n")
    for role in Role:
        names = [*([fonts[role][0]] if role in fonts else ()), *profile.faces.get(role, ())]
        selectors = role_selectors(role, language, theme)
        if names and selectors:
            family = ",".join([*(f'"{name}"' for name in names), _LAST[role]])
            out.append(f"{','.join(selectors)}{{font-family:{family}}}\n")
    return "".join(out)


def _counters(side: str) -> str:
    """List numbers that HTML's ``type`` cannot ask for; a reader without them shows 1. 2. 3.

    *side* is the property for the room before an item.
    """
    systems = {
        NumberStyle.DECIMAL: "extends decimal",
        NumberStyle.LOWER_ALPHA: "extends lower-alpha",
        NumberStyle.UPPER_ALPHA: "extends upper-alpha",
        NumberStyle.LOWER_ROMAN: "extends lower-roman",
        NumberStyle.UPPER_ROMAN: "extends upper-roman",
        NumberStyle.CHINESE: "extends simp-chinese-informal",
        NumberStyle.FORMAL: "extends simp-chinese-formal",
    }
    out = []
    for style in NumberStyle:
        for delimiter in NumberDelimiter:
            name = f"{style.value}-{delimiter.value}"
            if style is NumberStyle.CIRCLED:
                symbols = " ".join(f'"{char}"' for char in CIRCLED)
                parts = f'system:fixed;symbols:{symbols};suffix:" "'
            else:
                parts = f"system:{systems[style]};{_round(style, delimiter)}"
            # A label of three characters needs more room than one of two.
            room = f";{side}:3em" if style.chinese or delimiter is NumberDelimiter.BOTH else ""
            rule = f"ol.{name}{{list-style-type:q-{name}{room}}}"
            out.append(f"@counter-style q-{name}{{{parts}}}\n{rule}\n")
    return "".join(out)


def _round(style: NumberStyle, delimiter: NumberDelimiter) -> str:
    """What stands before and after a number."""
    match delimiter:
        case NumberDelimiter.PERIOD:
            return 'suffix:"、"' if style.chinese else 'suffix:". "'
        case NumberDelimiter.PARENTHESIS:
            return 'suffix:"）"' if style.chinese else 'suffix:") "'
        case NumberDelimiter.BOTH:
            return 'prefix:"（";suffix:"）"'
