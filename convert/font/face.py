"""A face: one font of a file, measured, shaped and subset."""

from __future__ import annotations


class Face:
    """Placeholder until the font room is furnished."""
