"""Real notes (ECMA-376 part 1, 17.11), written after the text has said in which order."""

from __future__ import annotations

from convert.diagnostics import Findings
from convert.model.outline import Outline
from convert.writers.docx.blocks import BlockMaker
from convert.writers.docx.paragraph import Surround
from convert.writers.docx.runs import RunMaker
from convert.writers.docx.story import Relations, Shared
from convert.writers.docx.xml import DECLARATION, NAMESPACES

__all__ = ["notes_part"]


def _separator(name: str, ident: int, kind: str) -> str:
    return (
        f'<w:{name} w:type="{kind}" w:id="{ident}"><w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr>'
        f"<w:r><w:{kind}/></w:r></w:p></w:{name}>"
    )


def notes_part(shared: Shared, outline: Outline, findings: Findings, relations: Relations) -> str:
    """The part ``footnotes.xml`` or ``endnotes.xml``: the two separators, then every note that the text refers to.

    Word has no note inside a note: one that only another note refers to follows in the same note.
    """
    name = shared.notes.element
    out = [
        DECLARATION,
        f"<w:{name}s{NAMESPACES}>",
        _separator(name, -1, "separator"),
        _separator(name, 0, "continuationSeparator"),
    ]
    mark = f'<w:r><w:rPr><w:rStyle w:val="{shared.notes.mark_style}"/></w:rPr><w:{name}Ref/></w:r><w:r><w:tab/></w:r>'
    here = Surround(shared.notes.text_style, shared.layout.measure, left=150)
    for note, number in list(shared.note_numbers.items()):
        runs = RunMaker(shared, relations, in_note=True, counts=False)
        maker = BlockMaker(shared, outline, findings, relations, runs)
        maker.begin_note(mark)
        waiting = [note]
        done = 0
        while done < len(waiting):
            maker.blocks(shared.survey.notes[waiting[done]].blocks, here)
            waiting += [nested for nested in runs.nested_notes if nested not in waiting]
            done += 1
        maker.finish_note()
        out.append(f'<w:{name} w:id="{number}">{"".join(maker.out)}</w:{name}>')
    out.append(f"</w:{name}s>")
    return "".join(out)
