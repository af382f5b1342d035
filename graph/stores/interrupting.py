"""Work that Ctrl-C need not wait for, and that Ctrl-C does not tear apart."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def interruptible(work: Callable[[], T], *, grace: float = 0) -> T:
    """Do the work in a thread of its own; the thread that signals come to waits for it, and can be called away.

    Then the work goes on for ``grace`` seconds more at most before anybody is told, and unobserved thereafter.
    """
    outcome: list[T] = []
    failure: list[BaseException] = []

    def target() -> None:
        try:
            outcome.append(work())
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(0.2)  # with a limit, for on Windows Ctrl-C does not end a join without one
    except BaseException:
        thread.join(grace)
        raise
    if failure:
        raise failure[0]
    return outcome[0]
