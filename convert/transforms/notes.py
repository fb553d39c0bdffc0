"""Notes in the order in which the text first calls them."""

from __future__ import annotations

from convert.model.notes import order_notes

__all__ = ["order_notes"]
