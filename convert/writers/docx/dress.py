"""How the file looks: styles, lists, faces and colours of quire's own, or of an editor's template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from convert.diagnostics import Findings
from convert.records import dataclass, field
from convert.supply import FontSupply
from convert.theme import Role
from convert.writers.docx.embedding import embedded_fonts
from convert.writers.docx.fonts import FontFile, font_table, word_language
from convert.writers.docx.math import MATH_FACE
from convert.writers.docx.parts import theme_part
from convert.writers.docx.story import Shared
from convert.writers.docx.styles import styles_part

if TYPE_CHECKING:
    from convert.writers.docx.template import Fitted

__all__ = ["Dress", "dress"]


@dataclass(frozen=True, slots=True)
class Dress:
    """Parts as XML; `settings` are those, by name, that stand instead of quire's own."""

    styles: str
    numbering: str
    fonts: str
    theme: str
    settings: Mapping[str, str] = field(default_factory=dict)
    embedded: tuple[FontFile, ...] = ()
    """Fonts that go along, in the order of the font table's references."""


def dress(
    shared: Shared,
    stories: Sequence[str],
    fitted: Fitted | None,
    supply: FontSupply | None,
    findings: Findings,
) -> Dress:
    """The dress for *stories*, all parts with text."""
    theme, faces = shared.theme, shared.sheet.faces
    body, language = Role(theme.font.body), word_language(shared.language)
    known = (*faces.names(), *((MATH_FACE,) if shared.survey.has_math else ()))
    colours = theme_part(faces, theme.colour.accent)
    embedded: tuple[FontFile, ...] = ()
    settings: dict[str, str] = {}
    if shared.embedded and supply is not None:
        embedded = embedded_fonts(shared.embedded, stories, theme.docx, supply)
        settings["embedTrueTypeFonts"] = "<w:embedTrueTypeFonts/>"
        settings["saveSubsetFonts"] = "<w:saveSubsetFonts/>" if any(one.subset for one in embedded) else ""
    if fitted is None:
        styles = styles_part(shared.sheet, shared.layout, body, language)
        return Dress(
            styles, shared.numbering.part(), font_table(known, embedded), colours, settings, embedded
        )
    from convert.writers.docx.template import coloured, kept_fonts, kept_settings

    template = fitted.template
    merged = fitted.merged(stories, shared.numbering, body, language)
    fitted.tell(merged, findings)
    return Dress(
        merged.xml,
        merged.linked(shared.numbering.part()),
        font_table(known, embedded, kept_fonts(template.table, known)),
        coloured(colours, template.colours),
        kept_settings(template.settings) | settings,
        embedded,
    )
