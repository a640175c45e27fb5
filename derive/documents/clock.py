"""A limit of time for one line, where the system has alarms."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS_A_LINE = 10.0


class TimeUp(BaseException):
    """The line has taken too long. Not an ``Exception``, so that nothing on the way swallows it."""


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Raise :class:`TimeUp` if the block takes more of the processor than that; no limit outside the main thread.

    Raises:
        TimeUp: the time is up.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeUp

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
