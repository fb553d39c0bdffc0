"""``{#id .class key=value}``: the attributes that a heading, span, image, table, code or division may have."""

from __future__ import annotations

from convert.model.nodes import Attributes
from convert.records import dataclass
from convert.regex import regex

__all__ = ["ATTRIBUTES", "NO_ATTRIBUTES", "Given", "parse_attributes", "split_trailing"]

_ITEM = r"""(?:#[^\s{}#="']+|\.[^\s{}#.="']+|[A-Za-z][\w:-]*=(?:"[^"{}\n]*"|'[^'{}\n]*'|[^\s"'{}=]+)|-(?=[\s}]))"""
ATTRIBUTES = regex(r"\{:?[ ]*" + _ITEM + r"(?:[ ]+" + _ITEM + r")*[ ]*\}")
"""An attribute block; what merely stands in braces does not match."""

_PART = regex(_ITEM)


@dataclass(frozen=True, slots=True)
class Given:
    """What an attribute block says."""

    id: str = ""
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, key: str) -> str:
        """The value of *key*, the last one given, or an empty text."""
        return dict(self.pairs).get(key, "")

    def without(self, *names: str) -> Attributes:
        """The classes and pairs that no typed field of the model holds: all but *names*."""
        if self is NO_ATTRIBUTES:
            return _NOTHING
        classes = tuple(name for name in self.classes if name not in names)
        return Attributes(classes, tuple(pair for pair in self.pairs if pair[0] not in names))


NO_ATTRIBUTES = Given()
_NOTHING = Attributes()


def parse_attributes(text: str) -> Given:
    """The attributes in *text*, which may hold several blocks one after the other."""
    if not text:
        return NO_ATTRIBUTES
    identifier = ""
    classes: list[str] = []
    pairs: dict[str, str] = {}
    for match in _PART.finditer(text):
        item = match[0]
        if item.startswith("#"):
            identifier = item[1:]
        elif item.startswith("."):
            classes.append(item[1:])
        elif item == "-":
            classes.append("unnumbered")
        else:
            key, _, value = item.partition("=")
            pairs[key] = value[1:-1] if value[:1] in ("'", '"') else value
    return Given(identifier, tuple(dict.fromkeys(classes)), tuple(pairs.items()))


def split_trailing(text: str) -> tuple[str, str]:
    """*text* without the attribute block it ends in, and that block; an empty one when there is none."""
    stripped = text.rstrip()
    if not stripped.endswith("}"):
        return text, ""
    at = stripped.rfind("{")
    if at < 0 or ATTRIBUTES.fullmatch(stripped, at) is None or stripped[:at].endswith("\\"):
        return text, ""
    return stripped[:at].rstrip(), stripped[at:]
