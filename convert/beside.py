"""A piece of work done in a second process while the caller does another.

The process is forked: what the work is about is large, lies in memory already and is only read, so nothing has
to be sent but the answer.  It touches no file or lock that the caller has open, prints nothing, and ends
without the caller's clean-up.  Only Linux forks a running Python safely enough for that.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar, cast

__all__ = ["Beside", "can_fork"]

T = TypeVar("T")


def can_fork() -> bool:
    """Whether there is a second process to be had here."""
    return sys.platform == "linux"


class Beside(Generic[T]):
    """*work* under way in a second process; its answer must pickle."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._pipe, theirs = os.pipe()
        with warnings.catch_warnings():
            # Python 3.12 warns where the caller has threads, such as one that shows progress.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process = os.fork()
        if not self._process:
            _answer(work, theirs)
        os.close(theirs)

    def answer(self) -> T:
        """What *work* gives; where the process died over it, or it raised, it is done again here."""
        with os.fdopen(self._pipe, "rb") as pipe:
            data = pipe.read()
        _, status = os.waitpid(self._process, 0)
        self._process = 0
        if status:
            return self._work()
        import pickle

        # It comes from a copy of this very process.
        return cast(T, pickle.loads(data))

    def end(self) -> None:
        """End the process if it has not answered yet."""
        if self._process:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._process = 0
            with suppress(OSError):
                os.close(self._pipe)


def _answer(work: Callable[[], object], pipe: int) -> None:
    """Do *work* in the second process, write what it gives to *pipe*, and end."""
    import pickle

    status = 1
    try:
        # An interrupt at the keyboard reaches both; the caller ends this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        data = pickle.dumps(work())
        with os.fdopen(pipe, "wb") as out:
            out.write(data)
        status = 0
    finally:
        os._exit(status)
