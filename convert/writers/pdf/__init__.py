"""The PDF writer: paints the frames that `convert.typeset` makes, and lays nothing out itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convert.diagnostics import Findings
from convert.manuscript import Manuscript

if TYPE_CHECKING:
    from convert.typeset.frame import Frame

__all__ = ["PdfWriter"]


class PdfWriter:
    """The print edition."""

    name = "pdf"
    suffix = ".pdf"

    def write(self, manuscript: Manuscript, findings: Findings) -> bytes:
        """The whole file.  The same manuscript gives the same bytes."""
        from convert.typeset.composition import compose

        return self.paint(compose(manuscript, findings), manuscript, findings)

    def paint(self, frame: Frame, manuscript: Manuscript, findings: Findings) -> bytes:
        """The whole file, of pages that are laid out already."""
        from convert.writers.pdf.document import paint

        return paint(frame, manuscript, findings)
