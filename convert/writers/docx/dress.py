"""How the file looks: styles, lists, faces and colours of quire's own, or of an editor's template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from convert.diagnostics import Findings
from convert.records import dataclass, field
from convert.theme import Role
from convert.writers.docx.fonts import font_table, word_language
from convert.writers.docx.math import MATH_FACE
from convert.writers.docx.parts import theme_part
from convert.writers.docx.story import Shared
from convert.writers.docx.styles import styles_part

if TYPE_CHECKING:
    from convert.writers.docx.template import Fitted

__all__ = ["Dress", "dress"]


@dataclass(frozen=True, slots=True)
class Dress:
    """Parts as XML; `settings` are those of a template, by name."""

    styles: str
    numbering: str
    fonts: str
    theme: str
    settings: Mapping[str, str] = field(default_factory=dict)


def dress(shared: Shared, stories: Sequence[str], fitted: Fitted | None, findings: Findings) -> Dress:
    """The dress for *stories*, all parts with text, which may leave only the numbering unfinished."""
    theme, faces = shared.theme, shared.sheet.faces
    body, language = Role(theme.font.body), word_language(shared.language)
    math = (MATH_FACE,) if shared.survey.has_math else ()
    colours = theme_part(faces, theme.colour.accent)
    if fitted is not None:
        return _of_template(shared, stories, fitted, findings, colours, (*faces.names(), *math))
    return Dress(
        styles_part(shared.sheet, shared.layout, body, language),
        shared.numbering.part(),
        font_table(faces, math),
        colours,
    )


def _of_template(
    shared: Shared,
    stories: Sequence[str],
    fitted: Fitted,
    findings: Findings,
    colours: str,
    faces: tuple[str, ...],
) -> Dress:
    from convert.writers.docx.template import coloured, kept_fonts, kept_settings

    template = fitted.template
    body, language = Role(shared.theme.font.body), word_language(shared.language)
    merged = fitted.merged(stories, shared.numbering, body, language)
    fitted.tell(merged, findings)
    return Dress(
        merged.xml,
        merged.linked(shared.numbering.part()),
        font_table(shared.sheet.faces, faces, kept_fonts(template.table, faces)),
        coloured(colours, template.colours),
        kept_settings(template.settings),
    )
