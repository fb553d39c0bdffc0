"""The YAML between ``---`` lines at the head of a source: what is known of the book, and its settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from convert.diagnostics import Code, Place
from convert.errors import BookError
from convert.metadata import METADATA_KEYS, metadata_from
from convert.model.nodes import Metadata
from convert.records import dataclass, field
from convert.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FrontMatter", "front_matter"]

MAX_CHARACTERS = 64 * 1024
MAX_DEPTH = 20

_KEY = regex(r"[^\s#:{}\[\],&*!|>'\"%@`-][^:#]{0,80}:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head of a source says.

    `settings` holds every key that is not metadata, as YAML gives it (``theme``, ``page`` …); `lines` is
    how many lines the front matter takes, 0 when there is none.
    """

    metadata: Metadata = field(default_factory=Metadata)
    settings: Mapping[str, object] = field(default_factory=dict)
    lines: int = 0


def front_matter(text: str, name: str) -> FrontMatter:
    """The front matter of the source *text*; *name* is the file as messages call it.

    It is there when the first line is ``---``, a later line is ``---`` or ``...``, and the first line
    between that is neither blank nor a comment has a key and a colon.  Raises BookError when it is not YAML,
    not a mapping, too large, uses aliases, says a key twice, or a value is of the wrong kind.
    """
    block = _block(text)
    if block is None:
        return FrontMatter()
    if len(block) > MAX_CHARACTERS:
        raise BookError(
            Code.FRONT_MATTER,
            Place(name, 1),
            "the front matter is over 64 KiB",
            "is its closing --- missing?",
        )
    plain, typed, places = _parse(block, name)
    settings = {key: value for key, value in typed.items() if key not in METADATA_KEYS}
    return FrontMatter(metadata_from(plain, name, places), settings, block.count("\n") + 2)


def _block(text: str) -> str | None:
    text = text.removeprefix("\ufeff")
    if not text.startswith("---"):
        return None
    lines = re.split(r"\r\n?|\n", text[: MAX_CHARACTERS + 4096])
    if lines[0].rstrip() != "---":
        return None
    opened = False
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            return "".join(part + "\n" for part in lines[1:number])
        if not opened and line.strip() and not line.startswith("#"):
            if _KEY.match(line) is None:
                return None
            opened = True
    # Without an end it is a rule and text, or a front matter far too long.
    return "".join(part + "\n" for part in lines[1:]) if len(text) > MAX_CHARACTERS and opened else None


def _parse(block: str, name: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, Place]]:
    """The mapping with every value as text, the same with YAML's types, and where each key stands."""
    import yaml

    if _bracket_depth(block) > 3 * MAX_DEPTH:
        # PyYAML's cost grows with the square of the depth.
        raise BookError(
            Code.FRONT_MATTER, Place(name, 1), "the front matter is nested too deep", "flatten it"
        )
    try:
        for token in yaml.scan(block, yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken):
                place = Place(name, token.start_mark.line + 2, token.start_mark.column + 1)
                raise BookError(
                    Code.FRONT_MATTER, place, "an alias in the front matter", "write the value out"
                )
        root = yaml.compose(block, yaml.SafeLoader)
        if root is None:
            return {}, {}, {}
        if not isinstance(root, yaml.MappingNode):
            raise BookError(
                Code.FRONT_MATTER, Place(name, 2), "the front matter is not keys and values", "title: …"
            )
        places = _key_places(root, name)
        plain = yaml.load(block, yaml.BaseLoader)  # BaseLoader makes texts only
        typed = yaml.safe_load(block)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 2, mark.column + 1) if mark else Place(name, 1)
        message = f"the front matter is not valid YAML: {error.problem or error.context}"
        raise BookError(
            Code.FRONT_MATTER, place, message, "put a value with a colon in quotation marks"
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        message = "the front matter is not valid YAML"
        raise BookError(Code.FRONT_MATTER, Place(name, 1), message, "mend the lines between ---") from error
    return {str(k): v for k, v in plain.items()}, {str(k): v for k, v in typed.items()}, places


def _bracket_depth(text: str) -> int:
    """How deep brackets stand in brackets, quotation marks unheeded."""
    deepest = depth = 0
    for char in text:
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


def _key_places(root: Any, name: str) -> dict[str, Place]:
    """Where each key of the top mapping stands.  Raises BookError for a key said twice or nesting too deep."""
    places: dict[str, Place] = {}
    for depth, node in _nodes(root):
        place = Place(name, node.start_mark.line + 2, node.start_mark.column + 1)
        if depth > MAX_DEPTH:
            raise BookError(Code.FRONT_MATTER, place, "the front matter is nested too deep", "flatten it")
        if node.id != "mapping":
            continue
        seen: set[str] = set()
        for key, _ in node.value:
            where = Place(name, key.start_mark.line + 2, key.start_mark.column + 1)
            if key.id != "scalar":
                raise BookError(Code.FRONT_MATTER, where, "a key that is no text", "key: value")
            if key.value in seen:
                raise BookError(Code.FRONT_MATTER, where, f"the key {key.value} stands twice", "keep one")
            seen.add(key.value)
            if depth == 0:
                places[key.value] = where
    return places


def _nodes(root: Any) -> Iterator[tuple[int, Any]]:
    stack = [(0, root)]
    while stack:
        depth, node = stack.pop()
        yield depth, node
        if node.id == "mapping":
            stack.extend((depth + 1, value) for _, value in node.value)
        elif node.id == "sequence":
            stack.extend((depth + 1, value) for value in node.value)
