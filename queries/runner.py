"""Asking a store a canned query: names become ids, what is folded is looked up, answers say what they hide."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from narragraph.graph.scope import scoped
from narragraph.graph.stores.base import Rows, View
from narragraph.queries import folding, naming
from narragraph.queries.functions import CONFIDENCE
from narragraph.queries.pack import ALL, EVIDENCE, LIMIT, Query
from narragraph.queries.parameters import bind

_LAST_LIMIT = re.compile(r"(\s+LIMIT\s+\$limit)?[;\s]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """A query with a value for everything that its text asks for."""

    query: Query
    values: Mapping[str, Any]
    taken: tuple[tuple[str, str], ...] = ()  # names that nothing bears, with the near ones taken in their stead

    def rows(self, view: View, *, timeout: float | None = None) -> Rows:
        """The answer. Raises QueryFailed where the store cannot give it, or not within ``timeout`` seconds."""
        parts = list(self.parts(view, timeout=timeout))
        return Rows(parts[0].columns, [row for part in parts for row in part.rows], parts[-1].more)

    def parts(self, view: View, *, timeout: float | None = None) -> Iterator[Rows]:
        """The answer a thousand rows or so at a time; the last part tells whether there are more than were asked for.

        One part comes even where there are no rows. Raises as ``rows`` does.
        """
        if self.query.network:
            from narragraph.queries import network

            yield network.apply(self.query, view.run(self.query.cypher, self.values, timeout=timeout), self.values)
            return
        limit = self.values.get(LIMIT.name)
        if limit is None:
            yield from view.parts(self.query.cypher, self.values, timeout=timeout)
            return
        left = limit
        with contextlib.closing(
            view.parts(self.query.cypher, {**self.values, LIMIT.name: limit + 1}, timeout=timeout)
        ) as parts:
            for part in parts:
                if len(part.rows) > left:
                    yield Rows(part.columns, part.rows[:left], more=True)
                    return
                left -= len(part.rows)
                yield part

    def count_hidden(self, view: View, shown: int, *, more: bool = False, timeout: float | None = None) -> int:
        """How many rows there would be beside those shown if none were hidden for its confidence.

        ``more`` tells that there are more than were asked for. Raises as ``rows`` does.
        """
        if not self.values.get(CONFIDENCE) or self.query.network:
            return 0
        sure = self._count(view, {}, timeout) if more else shown
        return max(0, self._count(view, {CONFIDENCE: 0.0}, timeout) - sure)

    def count_unfiltered(self, view: View, *, timeout: float | None = None) -> int:
        """How many rows there would be without any filter. Raises as ``rows`` does."""
        if self.query.network:
            return 0
        return self._count(view, {name: 0.0 if name == CONFIDENCE else None for name in self.query.filters}, timeout)

    @property
    def narrowed(self) -> list[str]:
        """The filters, but confidence, that leave something out."""
        return [name for name in self.query.filters if name != CONFIDENCE and self.values[name] is not None]

    def _count(self, view: View, changed: Mapping[str, Any], timeout: float | None) -> int:
        values = {**self.values, EVIDENCE: False, **changed}
        counting = f"CALL {{\n{_LAST_LIMIT.sub('', self.query.cypher)}\n}} RETURN count(*) AS count"
        return int(view.run(counting, values, timeout=timeout).rows[0][0])


@dataclass(frozen=True)
class Answer:
    """Rows of a query, and how many more there would be if none were hidden for its confidence."""

    rows: Rows
    taken: tuple[tuple[str, str], ...]
    count_hidden: Callable[[], int]

    @cached_property
    def hidden(self) -> int:
        """Counted in the store when it is asked for, with a view that must still be open."""
        return self.count_hidden()


def run(
    view: View,
    query: Query,
    given: Mapping[str, Any] | None = None,
    *,
    fold: bool = True,
    timeout: float | None = None,
) -> Answer:
    """Answer a canned query; ``given`` and errors are those of :func:`ask`, and QueryFailed."""
    asked = ask(view, query, given or {}, fold=fold)
    rows = asked.rows(view, timeout=timeout)
    if rows.columns[-1:] == (EVIDENCE,):
        rows = Rows(rows.columns[:-1], [row[:-1] for row in rows.rows], rows.more)
    return Answer(rows, asked.taken, lambda: asked.count_hidden(view, len(rows.rows), more=rows.more, timeout=timeout))


def ask(
    view: View,
    query: Query,
    given: Mapping[str, Any],
    *,
    fold: bool = True,
    evidence: bool = False,
    loaded_before: str | None = None,
) -> Asked:
    """Make a query ready: every parameter has its value, names have become ids.

    ``given`` holds texts as typed on a command line, or values of the right type. With ``fold`` a government counts as
    its country, in names and in rows. ``evidence`` asks for what rows rest on, and ``loaded_before``, a point of time,
    leaves out documents that were loaded later. Raises ParameterError, AmbiguousName or NothingFound for a parameter
    that does not fit.
    """
    values: dict[str, Any] = bind(query.name, query.parameters, given)
    taken = []
    for parameter in query.parameters.values():
        typed = values[parameter.name]
        if typed is None or parameter.type not in ("node", "document"):
            continue
        ids: list[str] = []
        for name in typed:
            meant = naming.document(view, name) if parameter.type == "document" else naming.node(view, name, fold=fold)
            ids += meant.ids
            if meant.near:
                taken.append((name, meant.near))
        values[parameter.name] = ids
    if values.get("collection") is not None:
        scoped(view, values["collection"])  # tells an unknown one, with those there are
    if values.get(LIMIT.name) == 0:
        values[LIMIT.name] = ALL
    if query.used & {"folded", "names"}:
        folds = folding.folds(view, governments=fold)
        values |= {"folded": folds.ids, "names": folds.names}
    if "reprints" in query.used:
        values["reprints"] = folding.reprints(view)
    values |= {EVIDENCE: evidence, "loaded_before": loaded_before}
    return Asked(query, {name: value for name, value in values.items() if name in query.used}, tuple(taken))
