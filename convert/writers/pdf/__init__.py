"""The PDF edition: paints frames, never lays out."""

from __future__ import annotations

from convert.diagnostics import Findings
from convert.manuscript import Manuscript
from convert.typeset.composition import compose

__all__ = ["PdfWriter"]


class PdfWriter:
    """Writes PDF 1.7 (ISO 32000-1): pages from `convert.typeset`, painted through reportlab's objects."""

    name = "pdf"
    suffix = ".pdf"

    def write(self, manuscript: Manuscript, findings: Findings) -> bytes:
        """The whole file.  Raises BookError and FontError as `compose` does."""
        frame = compose(manuscript, findings)
        # reportlab is heavy and wanted only now.
        from convert.writers.pdf.document import assemble

        return assemble(frame, manuscript)
