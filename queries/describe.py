"""What a canned query is, as text for people."""

from __future__ import annotations

from narragraph.queries.pack import Query


def describe_query(query: Query) -> str:
    """A canned query for people to read."""
    lines = [f"{query.name}  (pack {query.pack})", query.title, "", query.question, "", "Parameters (-p name=value)"]
    for parameter in query.parameters.values():
        default = "required" if parameter.required else f"default {_value(parameter.default)}"
        lines.append(f"  {parameter.name:<15} {parameter.type:<8} {parameter.help} ({default})")
    if not query.parameters:
        lines.append("  none")
    lines += ["", "Columns", *(f"  {name:<15} {meaning}" for name, meaning in query.columns.items())]
    return "\n".join([*lines, "", f"Example: {query.example}", "", query.cypher])


def _value(value: object) -> str:
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
