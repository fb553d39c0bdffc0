"""Real footnotes (ECMA-376 part 1, 17.11), written after the text has said in which order."""

from __future__ import annotations

from convert.diagnostics import Findings
from convert.model.outline import Outline
from convert.writers.docx.blocks import BlockMaker
from convert.writers.docx.paragraph import Surround
from convert.writers.docx.runs import RunMaker
from convert.writers.docx.story import Relations, Shared
from convert.writers.docx.xml import DECLARATION, NAMESPACES

__all__ = ["footnotes_part"]

_MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:tab/></w:r>'


def _separator(ident: int, kind: str) -> str:
    return (
        f'<w:footnote w:type="{kind}" w:id="{ident}"><w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr>'
        f"<w:r><w:{kind}/></w:r></w:p></w:footnote>"
    )


def footnotes_part(shared: Shared, outline: Outline, findings: Findings, relations: Relations) -> str:
    """The part ``footnotes.xml``: the two separators, then every note that the text refers to.

    Word has no note inside a note: one that only another note refers to follows in the same note.
    """
    out = [
        DECLARATION,
        f"<w:footnotes{NAMESPACES}>",
        _separator(-1, "separator"),
        _separator(0, "continuationSeparator"),
    ]
    here = Surround("FootnoteText", shared.layout.measure, left=150)
    for note, number in list(shared.note_numbers.items()):
        runs = RunMaker(shared, relations, in_note=True)
        maker = BlockMaker(shared, outline, findings, relations, runs)
        maker.begin_note(_MARK)
        waiting = [note]
        done = 0
        while done < len(waiting):
            maker.blocks(shared.survey.notes[waiting[done]].blocks, here)
            waiting += [nested for nested in runs.nested_notes if nested not in waiting]
            done += 1
        maker.finish_note()
        out.append(f'<w:footnote w:id="{number}">{"".join(maker.out)}</w:footnote>')
    out.append("</w:footnotes>")
    return "".join(out)
