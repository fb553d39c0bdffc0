"""What the title page says: one list of lines that every edition shows in its own way."""

from __future__ import annotations

from enum import Enum

from convert.model.nodes import Metadata
from convert.records import dataclass

__all__ = ["TitleLine", "TitleRole", "title_lines"]


class TitleRole(Enum):
    """What a line of the title page is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    CONTRIBUTOR = "contributor"
    PUBLISHER = "publisher"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class TitleLine:
    """One line with its role."""

    role: TitleRole
    text: str


def title_lines(metadata: Metadata) -> tuple[TitleLine, ...]:
    """The lines of the title page, in order.

    Empty when the title only repeats the first heading: the book then has no title page of its own
    (the EPUB's cover image shows the title all the same).
    """
    if metadata.title_from_heading or not metadata.title:
        return ()
    lines = [TitleLine(TitleRole.TITLE, metadata.title)]
    if metadata.subtitle:
        lines.append(TitleLine(TitleRole.SUBTITLE, metadata.subtitle))
    lines += [TitleLine(TitleRole.CONTRIBUTOR, person.name) for person in metadata.contributors]
    if metadata.publisher:
        lines.append(TitleLine(TitleRole.PUBLISHER, metadata.publisher))
    if metadata.date:
        lines.append(TitleLine(TitleRole.DATE, metadata.date))
    return tuple(lines)
