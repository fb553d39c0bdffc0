"""From the model and the theme to pages of frames.  No PDF here."""

from convert.typeset.composition import compose

__all__ = ["compose"]
