"""Work that Ctrl-C need not wait for, and that Ctrl-C does not tear apart."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Generator
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


def flowing(work: Callable[[], Generator[T, None, None]]) -> Generator[T, None, None]:
    """What the work yields, done in one thread of its own from its first step to its last, little ahead of who asks.

    Who stops asking, or is called away, ends it at its next step.
    """
    ready: queue.Queue[tuple[str, T | BaseException | None]] = queue.Queue(maxsize=2)
    unwanted = threading.Event()

    def hand_over(kind: str, item: T | BaseException | None) -> None:
        while not unwanted.is_set():
            with contextlib.suppress(queue.Full):
                ready.put((kind, item), timeout=0.2)
                return

    def target() -> None:
        try:
            with contextlib.closing(work()) as items:
                for item in items:
                    hand_over("item", item)
                    if unwanted.is_set():
                        return
            hand_over("end", None)
        except BaseException as error:
            hand_over("error", error)

    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    try:
        while True:
            try:
                kind, item = ready.get(timeout=0.2)  # with a limit, for on Windows Ctrl-C does not end one without
            except queue.Empty:
                continue
            if kind == "error":
                raise item  # type: ignore[misc]
            if kind == "end":
                return
            yield item  # type: ignore[misc]
    finally:
        unwanted.set()
        thread.join(1)
