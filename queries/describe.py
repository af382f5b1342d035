"""What a canned query is, as text for people, and its Cypher with all its parameters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from narragraph.errors import UsageError
from narragraph.queries.functions import FILLED, FILTERS, expand
from narragraph.queries.pack import Query
from narragraph.queries.parameters import Parameter, bind


def describe_query(query: Query, values: Mapping[str, Any] | None = None) -> str:
    """A canned query for people to read.

    Its Cypher comes last, as ``cypher_text`` has it with the ``values``.
    """
    own = [parameter for name, parameter in query.parameters.items() if name not in FILTERS]
    filters = [query.parameters[name] for name in query.filters]
    lines = [f"{query.name}  (pack {query.pack})", query.title, "", query.question]
    lines += ["", "Parameters (-p name=value)", *(_line(parameter) for parameter in own)] if own else []
    lines += ["", "Filters (--name value)", *(_line(parameter) for parameter in filters)] if filters else []
    lines += ["", "Columns", *(f"  {name:<15} {meaning}" for name, meaning in query.columns.items())]
    if query.chart:
        drawn = ", ".join(f"{name} {column}" for name, column in query.chart.fields().items())
        lines += ["", f"Chart: {query.chart.kind} ({drawn})"]
    return "\n".join([*lines, "", f"Example: {query.example}", "", cypher_text(query, values)])


def cypher_text(query: Query, values: Mapping[str, Any] | None = None) -> str:
    """The Cypher of a query, behind ``:param name => value;`` for every parameter that it asks for.

    So Neo4j's Browser and shell take it: with the ``values`` that a store was asked with, else with the defaults.
    """
    chosen = {**default_values(query), **(values or {})}
    order = [name for name in (*query.parameters, *FILLED) if name in query.used]
    lines = [f":param {name} => {literal(chosen[name])};" for name in order]
    return "\n".join([*lines, expand(query.body, lines=True)])


def values_without_store(query: Query, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, as far as no store has to look for it. Raises ParameterError or UsageError."""
    typed = [name for name in given if query.parameters[name].type in ("node", "document")]
    if typed:
        raise UsageError(f"The ids that {', '.join(typed)} means are found in a store.", hint="--store names one.")
    return bind(query.name, {name: query.parameters[name] for name in given}, given)


def default_values(query: Query) -> dict[str, Any]:
    """A value for everything that the text asks for, where nothing is given and nothing is looked up."""
    filled = {"folded": {}, "names": {}, "reprints": {}, "evidence": False, "loaded_before": None}
    defaults = {name: parameter.default for name, parameter in query.parameters.items()}
    return {name: value for name, value in {**filled, **defaults}.items() if name in query.used}


def literal(value: Any) -> str:
    """A value as Neo4j's Cypher writes it, on one line and without characters that steer a terminal."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(literal, value)) + "]"
    return json.dumps(value, ensure_ascii=isinstance(value, str) and not value.isprintable())


def _key(key: str) -> str:
    """The key of a map; Neo4j reads escapes of characters in it before all else, and once."""
    return "`" + key.replace("\\", "\\u005C").replace("`", "``") + "`"


def _line(parameter: Parameter) -> str:
    default = "required" if parameter.required else f"default {_value(parameter.default)}"
    told = f"{', '.join(parameter.choices)}; {default}" if parameter.choices else default
    return f"  {parameter.name:<15} {parameter.type:<8} {parameter.help} ({told})"


def _value(value: object) -> str:
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
