"""A record of how a document was read, for those who ask: which rules fired by which frame, and which nearly did.

Readers of relations tell it while they decide, so that a trace shows their own decisions. Without a recorder, which is
the rule, they tell nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from narragraph.loaders.extraction.analysis import Span


@dataclass(frozen=True)
class Miss:
    """A rule that was tried on some words and did not fire: the first condition that was not met."""

    rule: str
    trigger: Span
    condition: str
    frame: Mapping[str, Any] = field(default_factory=dict)  # what the entry of the lexicon asks for


@dataclass
class Recorder:
    """What readers tell of their decisions, in the order of the text."""

    misses: list[Miss] = field(default_factory=list)
    fired: set[tuple[str, object]] = field(default_factory=set)  # (lexicon, frame) of every edge that a frame made

    def miss(self, rule: str, trigger: Span, condition: str, frame: Mapping[str, Any] | None = None) -> None:
        """Note a rule that did not fire."""
        self.misses.append(Miss(rule, trigger, condition, frame or {}))
