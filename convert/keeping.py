"""What is kept from build to build: where a stage may put a piece of its work, and how a piece becomes bytes.

A stage that sees a `Store` asks it by a key made of everything that the piece depends on; what it gets is
taken for no more than a guess that must unpack.  Pieces are pickles, which are quick, but read by a reader that
makes objects of the listed classes of this house alone: nothing in them can call anything else.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Protocol

__all__ = ["Store", "digest", "packed", "unpacked"]

_LEVEL = 1
"""Of compression: a third of the size, for a fraction of what making the piece costs."""


class Store(Protocol):
    """A place for pieces of work."""

    def get(self, key: str) -> bytes | None:
        """The piece put under *key* in this build or another; None when there is none, or it is not sound."""
        ...

    def put(self, key: str, piece: bytes) -> None:
        """Keep *piece*.  That it cannot be kept is nobody's failure."""
        ...


def digest(*parts: str | bytes) -> str:
    """A key of *parts*, in hexadecimal; the same parts give the same key, others another one."""
    made = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.hexdigest()


def packed(value: object, *, deflated: bool = False) -> bytes:
    """*value* as bytes: plain values, and objects of classes that `unpacked` will be told.

    Where most of it is *deflated* already it is not tried again.
    """
    import pickle

    return zlib.compress(pickle.dumps(value, 5), 0 if deflated else _LEVEL)


def unpacked(piece: bytes, classes: Iterable[type]) -> Any:
    """The value in *piece*, made of plain values and *classes* only; None when it is anything else."""
    known = {(kind.__module__, kind.__qualname__): kind for kind in classes}
    try:
        return _reader()(io.BytesIO(zlib.decompress(piece)), known).load()
    except Exception:
        # A pickle that is damaged, or another version's, fails in any way it likes; it is made anew.
        return None


@cache
def _reader() -> Any:
    """The class that reads pieces, made with its library when there is one to be read: small books keep none."""
    import pickle

    class Reader(pickle.Unpickler):
        def __init__(self, file: io.BytesIO, known: Mapping[tuple[str, str], type]) -> None:
            super().__init__(file)
            self._known = known

        def find_class(self, module: str, name: str) -> Any:
            if (module, name) == ("convert.records", "_restored"):
                return super().find_class(module, name)
            try:
                return self._known[module, name]
            except KeyError:
                raise pickle.UnpicklingError(f"{module}.{name} is not kept") from None

    return Reader
