"""Imposition: the pages of a finished PDF laid on sheets to print, fold and staple."""

from __future__ import annotations

from convert.imposition.place import impose
from convert.imposition.plan import Placement, Plan, Sheet, Side, make_plan

__all__ = ["Placement", "Plan", "Sheet", "Side", "impose", "make_plan"]
