"""The plan carried out: pages become form XObjects on sheets (ISO 32000-1, 8.10).  The home of pikepdf."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from convert.diagnostics import Code, Findings, Place
from convert.errors import VerifyError
from convert.imposition.plan import Placement, Plan, Sheet, make_plan
from convert.records import replace
from convert.theme import ImposeTheme

__all__ = ["impose"]

_TICK = 14.0
"""Length of a fold or crop mark at most, in points."""


def impose(data: bytes, settings: ImposeTheme, name: str, findings: Findings) -> tuple[bytes, Plan]:
    """The sheets of the PDF *data*, called *name* in findings, and the plan they follow.

    Raises VerifyError when *data* is no PDF that can be read, or has no page.
    """
    import pikepdf

    try:
        source = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        message, hint = "the PDF is locked with a password", "save it without one"
        raise VerifyError(Code.EDITION_UNREADABLE, Place(name), message, hint) from error
    except pikepdf.PdfError as error:
        message = f"this is no PDF that can be read: {error}"
        raise VerifyError(Code.EDITION_UNREADABLE, Place(name), message, "give a PDF") from error
    with source:
        sizes = [_size(page) for page in source.pages]
        if not sizes:
            raise VerifyError(
                Code.EDITION_UNREADABLE, Place(name), "the PDF has no page", "give a PDF with pages"
            )
        size = (max(width for width, _ in sizes), max(height for _, height in sizes))
        plan = replace(make_plan(len(sizes), size, settings), labels=_labels(source))
        _tell(plan, sizes, size, name, findings)
        return _written(source, plan, sizes, settings), plan


def _size(page: Any) -> tuple[float, float]:
    """Width and height of a page's trim box as it is seen (ISO 32000-1, 14.11.2)."""
    left, bottom, right, top = (float(side) for side in page.trimbox)
    width, height = abs(right - left), abs(top - bottom)
    return (height, width) if int(page.obj.get("/Rotate", 0)) % 180 else (width, height)


def _labels(source: Any) -> tuple[str, ...]:
    """What the pages are called (ISO 32000-1, 12.4.2); nothing where the file does not say."""
    if "/PageLabels" not in source.Root:
        return ()
    return tuple(str(page.label) for page in source.pages)


def _tell(
    plan: Plan, sizes: list[tuple[float, float]], size: tuple[float, float], name: str, findings: Findings
) -> None:
    if plan.scale < 1:
        message = f"pages are set at {plan.scale:.0%} to fit the sheet"
        findings.info(Code.PAGES_SCALED, Place(name), message, "a larger sheet keeps their size")
    odd = [number for number, each in enumerate(sizes, 1) if _differs(each, size)]
    if odd:
        message = f"page {odd[0]} is smaller than others; it is set in the middle of its place"
        findings.warn(Code.PAGES_SCALED, Place(name), message, "give all pages one size")


def _differs(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) > 0.5 or abs(one[1] - other[1]) > 0.5


def _written(source: Any, plan: Plan, sizes: list[tuple[float, float]], settings: ImposeTheme) -> bytes:
    import pikepdf

    target = pikepdf.new()
    forms: dict[int, Any] = {}
    for sheet in plan.sheets:
        for side, front in ((sheet.front, True), (sheet.back, False)):
            used = {}
            for place in side.places:
                if place.page is not None:
                    if place.page not in forms:
                        form = source.pages[place.page].as_form_xobject()
                        forms[place.page] = target.copy_foreign(form)
                    used[place.page] = forms[place.page]
            content = "\n".join(_operators(side.places, sizes, plan, used))
            if settings.marks and settings.scheme in ("saddle", "cut"):
                content += "\n" + "\n".join(_marks(sheet, plan, front, side.places, sizes))
            page = target.add_blank_page(page_size=(plan.width, plan.height))
            page.Resources = pikepdf.Dictionary(
                XObject=pikepdf.Dictionary({f"/P{index}": form for index, form in used.items()})
            )
            page.Contents = target.make_stream(content.encode("ascii"))
    if "/Info" in source.trailer and "/Title" in source.trailer.Info:
        target.docinfo["/Title"] = str(source.trailer.Info.Title)
    out = io.BytesIO()
    target.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return out.getvalue()


def _numbers(*values: float) -> str:
    # Adding nothing turns -0 into 0.
    return " ".join(f"{round(value, 3) + 0:.3f}".rstrip("0").rstrip(".") for value in values)


def _operators(
    places: tuple[Placement, ...], sizes: list[tuple[float, float]], plan: Plan, forms: Mapping[int, Any]
) -> Iterator[str]:
    """The content of a side: each page clipped to its cell, moved, scaled and turned."""
    widest, tallest = max(size[0] for size in sizes), max(size[1] for size in sizes)
    for place in places:
        if place.page is None:
            continue
        width, height = sizes[place.page]
        left, bottom = _corner(forms[place.page])
        scale = plan.scale
        x = place.x + (widest - width) * scale / 2
        y = place.y + (tallest - height) * scale / 2
        if place.turned:
            matrix = (-scale, 0, 0, -scale, x + (width + left) * scale, y + (height + bottom) * scale)
        else:
            matrix = (scale, 0, 0, scale, x - left * scale, y - bottom * scale)
        yield f"q {_numbers(*place.cell)} re W n {_numbers(*matrix)} cm /P{place.page} Do Q"


def _corner(form: Any) -> tuple[float, float]:
    """The lower left corner of a form's box as it is seen, its own matrix applied (a turned page has one)."""
    x0, y0, x1, y1 = (float(side) for side in form.BBox)
    a, b, c, d, e, f = (float(part) for part in form.get("/Matrix", [1, 0, 0, 1, 0, 0]))
    seen = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    return min(x for x, _ in seen), min(y for _, y in seen)


def _marks(
    sheet: Sheet, plan: Plan, front: bool, places: tuple[Placement, ...], sizes: list[tuple[float, float]]
) -> Iterator[str]:
    """Marks outside the pages: dashes on the fold, staples on the outermost side, corners to cut at."""
    width = max(size[0] for size in sizes) * plan.scale
    height = max(size[1] for size in sizes) * plan.scale
    margin = (plan.height - height) / 2 if plan.fold is not None else 0.0
    yield "q 0 G 0.25 w"
    if plan.fold is not None:
        tick = min(_TICK, margin - 1) if margin > 3 else 4.0
        yield "[2 2] 0 d"
        for low in (0.0, plan.height - tick):
            yield f"{_numbers(plan.fold, low)} m {_numbers(plan.fold, low + tick)} l S"
        yield "[] 0 d"
        if front and sheet.outer:
            for share in (0.25, 0.75):
                middle = plan.height * share
                yield f"0.6 w {_numbers(plan.fold, middle - 6)} m {_numbers(plan.fold, middle + 6)} l S 0.25 w"
    for place in places:
        yield from _corners(place, width, height, plan)
    yield "Q"


def _corners(place: Placement, width: float, height: float, plan: Plan) -> Iterator[str]:
    """Crop marks at the corners of a page that lie inside the sheet and not on the fold."""
    for x, outward in ((place.x, -1), (place.x + width, 1)):
        if plan.fold is not None and abs(x - plan.fold) < width / 2:
            continue
        for y, up in ((place.y, -1), (place.y + height, 1)):
            if _TICK < x < plan.width - _TICK:
                yield f"{_numbers(x + outward * 3, y)} m {_numbers(x + outward * _TICK, y)} l S"
            if 1 < x < plan.width - 1 and _TICK < y < plan.height - _TICK:
                yield f"{_numbers(x, y + up * 3)} m {_numbers(x, y + up * _TICK)} l S"
