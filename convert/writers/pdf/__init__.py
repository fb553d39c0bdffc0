"""The PDF writer: paints the frames that `convert.typeset` makes, and lays nothing out itself."""

from __future__ import annotations

from convert.diagnostics import Findings
from convert.manuscript import Manuscript

__all__ = ["PdfWriter"]


class PdfWriter:
    """The print edition."""

    name = "pdf"
    suffix = ".pdf"

    def write(self, manuscript: Manuscript, findings: Findings) -> bytes:
        """The whole file.  The same manuscript gives the same bytes."""
        from convert.typeset.composition import compose
        from convert.writers.pdf.document import paint

        return paint(compose(manuscript, findings), manuscript, findings)
