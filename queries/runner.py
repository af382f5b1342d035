"""Asking a store a canned query: names become ids, what is folded is looked up, answers say what they hide."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from narragraph.graph.scope import scoped
from narragraph.graph.stores.base import Rows, View
from narragraph.queries import folding, naming
from narragraph.queries.functions import CONFIDENCE
from narragraph.queries.pack import EVIDENCE, LIMIT, Query
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
        if self.query.network:
            from narragraph.queries import network

            return network.apply(self.query, view.run(self.query.cypher, self.values, timeout=timeout), self.values)
        limit = self.values.get(LIMIT.name)
        if limit is None:
            return view.run(self.query.cypher, self.values, timeout=timeout)
        return view.run(self.query.cypher, {**self.values, LIMIT.name: limit + 1}, timeout=timeout, limit=limit)

    def count_hidden(self, view: View, shown: Rows, *, timeout: float | None = None) -> int:
        """How many rows more there would be if none were hidden for its confidence."""
        if not self.values.get(CONFIDENCE) or self.query.network:
            return 0
        sure = self._count(view, {}, timeout) if shown.more else len(shown.rows)
        return max(0, self._count(view, {CONFIDENCE: 0.0}, timeout) - sure)

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
    return Answer(rows, asked.taken, lambda: asked.count_hidden(view, rows, timeout=timeout))


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
    if query.used & {"folded", "names"}:
        folds = folding.folds(view, governments=fold)
        values |= {"folded": folds.ids, "names": folds.names}
    if "reprints" in query.used:
        values["reprints"] = folding.reprints(view)
    values |= {EVIDENCE: evidence, "loaded_before": loaded_before}
    return Asked(query, {name: value for name, value in values.items() if name in query.used}, tuple(taken))
