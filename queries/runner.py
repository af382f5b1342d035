"""Running canned queries: parameters are read by type, names become node ids, empty answers say what they hide."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from narragraph.errors import NothingFound, ParameterError
from narragraph.graph.stores.base import Rows, View
from narragraph.queries.exploring import names
from narragraph.queries.pack import Parameter, Query

CONFIDENCE = "min_confidence"  # the parameter that hides doubtful edges in every query that has it


@dataclass(frozen=True)
class Answer:
    """Rows of a query, and how many more there would be if none were hidden for its confidence."""

    rows: Rows
    hidden: int = 0
    taken: tuple[tuple[str, str], ...] = ()  # names that nothing bears, with the near ones taken in their stead


def run(
    view: View,
    query: Query,
    given: Mapping[str, Any] | None = None,
    *,
    fold: bool = True,
    timeout: float | None = None,
) -> Answer:
    """Answer a canned query.

    ``given`` holds texts as typed on a command line, or values of the right type. With ``fold`` a country's name also
    means its government, and the other way round. Raises ParameterError, AmbiguousName or NothingFound for a
    parameter that does not fit.
    """
    values = bind(query, given or {})
    taken = []
    for parameter in query.parameters.values():
        name = values[parameter.name]
        if parameter.type == "node" and name is not None:
            match = _node(view, name)
            values[parameter.name] = names.folded(view, match) if fold else [match.id]
            if match.how == "near":
                taken.append((name, match.name))
    rows = view.run(query.cypher, values, timeout=timeout)
    hidden = 0
    if values.get(CONFIDENCE):
        everything = view.run(query.cypher, {**values, CONFIDENCE: 0.0}, timeout=timeout)
        hidden = len(everything.rows) - len(rows.rows)
    return Answer(rows, hidden, tuple(taken))


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """What ``key=value`` texts give. Raises ParameterError for a text that is none."""
    given = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise ParameterError(f"A parameter is given as KEY=VALUE, not {text!r}.")
        given[key] = value
    return given


def bind(query: Query, given: Mapping[str, Any]) -> dict[str, Any]:
    """A value for every parameter of the query, from what was given and the defaults. Raises ParameterError."""
    unknown = sorted(set(given) - set(query.parameters))
    if unknown:
        raise ParameterError(
            f"query {query.name} has no parameter {', '.join(map(repr, unknown))}.", hint=_signature(query)
        )
    values = {}
    for parameter in query.parameters.values():
        value = given.get(parameter.name, parameter.default)
        if value is None and parameter.required:
            raise ParameterError(f"query {query.name} needs {parameter.name!r}.", hint=_signature(query))
        values[parameter.name] = None if value is None else _convert(query, parameter, value)
    return values


def _node(view: View, name: str) -> names.Match:
    found = names.resolve(view, name)
    if found is None:
        raise NothingFound(f"nothing in the store is named {name!r}.", hint="narragraph stats shows what it holds.")
    return found


def _convert(query: Query, parameter: Parameter, value: Any) -> Any:
    try:
        converted = _CONVERTERS[parameter.type](value)
    except ValueError:
        raise ParameterError(
            f"query {query.name}: {parameter.name} must be {_MEANING[parameter.type]}, not {value!r}.",
            hint=_signature(query),
        ) from None
    if parameter.choices and converted not in parameter.choices:
        raise ParameterError(
            f"query {query.name}: {parameter.name} must be one of {', '.join(parameter.choices)}, not {value!r}.",
            hint=_signature(query),
        )
    return converted


def _integer(value: Any) -> int:
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        raise ValueError
    number = int(value)
    if number < 0:
        raise ValueError
    return number


def _boolean(value: Any) -> bool:
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    key = str(value).strip().lower()
    if key not in words:
        raise ValueError
    return words[key]


def _date(value: Any) -> str:
    return datetime.date.fromisoformat(str(value)).isoformat()


def _number(value: Any) -> float:
    number = float(value)
    if number != number:
        raise ValueError
    return number


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "text": str,
    "node": str,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
}
_MEANING = {
    "integer": "a whole number, 0 or more",
    "number": "a number",
    "boolean": "true or false",
    "date": "a date like 2022-01-31",
}


def _signature(query: Query) -> str:
    lines = [f"{p.name} ({p.type}{', required' if p.required else ''}): {p.help}" for p in query.parameters.values()]
    return "Its parameters are:\n  " + "\n  ".join(lines) if lines else "It has no parameters."
