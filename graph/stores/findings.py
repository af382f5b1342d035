"""What looking into a store brings to light, one finding for each thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from narragraph.errors import NarragraphError


class State(str, Enum):
    """How something was found: as it should be, worth knowing, or in the way of work."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """``part`` is what was looked at, ``words`` what was found, in plain words, and what to do about it."""

    part: str
    state: State
    words: str


def fine(part: str, words: str) -> Finding:
    """Something that is as it should be."""
    return Finding(part, State.OK, words)


def warning(part: str, words: str) -> Finding:
    """Something that is worth knowing."""
    return Finding(part, State.WARNING, words)


def wrong(part: str, error: NarragraphError | str) -> Finding:
    """Something that keeps the store from being used."""
    return Finding(part, State.WRONG, str(error))
