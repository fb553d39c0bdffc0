"""Pictures in the line (ECMA-376 part 1, 20.4.2.8)."""

from __future__ import annotations

from convert.images import ImageAsset
from convert.model.nodes import Image
from convert.units import emu
from convert.writers.docx.xml import escape

__all__ = ["drawing_xml", "fitted_size"]

_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


def fitted_size(image: Image, asset: ImageAsset, measure: float, tallest: float) -> tuple[float, float]:
    """Width and height in points: as asked for, else natural; within *measure* and *tallest*."""
    natural_width, natural_height = asset.natural_size
    width = natural_width
    if image.width_points is not None:
        width = image.width_points
    elif image.width is not None:
        width = image.width * measure
    scale = min(width, measure) / natural_width
    scale = min(scale, tallest / natural_height)
    return max(1.0, natural_width * scale), max(1.0, natural_height * scale)


def drawing_xml(image: Image, size: tuple[float, float], number: int, relation: str) -> str:
    """`w:drawing` with alt text; a picture without one is marked as decoration.

    *number* is unique in the file, *relation* the id of the picture's relationship.
    """
    across, down = emu(size[0]), emu(size[1])
    name = f"Picture {number}"
    title = f' title="{escape(image.title)}"' if image.title else ""
    inner = "" if image.alt else _DECORATIVE
    properties = f'<wp:docPr id="{number}" name="{name}" descr="{escape(image.alt)}"{title}'
    properties += f">{inner}</wp:docPr>" if inner else "/>"
    return (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
        f'{properties}<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
