"""Parameters of canned queries: what types they have, and how a text becomes a value of one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from narragraph.errors import ParameterError


@dataclass(frozen=True)
class Parameter:
    """One parameter of a canned query."""

    name: str
    type: str
    help: str
    default: Any = None
    required: bool = False
    choices: tuple[str, ...] = ()

    def __str__(self) -> str:
        kind = " or ".join(self.choices) if self.choices else self.type
        return f"{self.name} ({kind}{', required' if self.required else ''}): {self.help}"


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """What ``key=value`` texts give. Raises ParameterError for a text that is none, and for a key given twice."""
    given: dict[str, str] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise ParameterError(f"A parameter is given as KEY=VALUE, not {text!r}.")
        if key in given:
            raise ParameterError(f"The parameter {key!r} is given twice.")
        given[key] = value
    return given


def bind(query: str, parameters: Mapping[str, Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """A value for every parameter of a query, from what was given and the defaults. Raises ParameterError."""
    for name in given:
        if name not in parameters:
            raise ParameterError(
                f"query {query} has no parameter {name!r}.", hint=near(name, parameters) + signature(parameters)
            )
    values = {}
    for parameter in parameters.values():
        value = given.get(parameter.name, parameter.default)
        if value is None and parameter.required:
            raise ParameterError(f"query {query} needs {parameter.name!r}.", hint=signature(parameters))
        try:
            values[parameter.name] = None if value is None else convert(parameter, value)
        except ValueError as error:
            raise ParameterError(
                f"query {query}: {parameter.name} must be {error}, not {value!r}.", hint=signature(parameters)
            ) from None
    return values


def convert(parameter: Parameter, value: Any) -> Any:
    """The value as the parameter's type has it. Raises ValueError, which says what it must be."""
    convert, meaning = TYPES[parameter.type]
    try:
        converted = convert(value)
    except (ValueError, TypeError):
        raise ValueError(meaning) from None
    if parameter.choices and converted not in parameter.choices:
        raise ValueError(f"one of {', '.join(parameter.choices)}")
    return converted


def near(name: str, known: Iterable[str]) -> str:
    """A question for the names that were perhaps meant, and a blank; nothing where none is near."""
    from rapidfuzz import fuzz, process

    found = [match for match, _, _ in process.extract(name, list(known), scorer=fuzz.ratio, score_cutoff=60, limit=3)]
    return f"Did you mean {' or '.join(found)}? " if found else ""


def signature(parameters: Mapping[str, Parameter]) -> str:
    """All parameters, a line each."""
    if not parameters:
        return "It has no parameters."
    return "Its parameters are:\n  " + "\n  ".join(map(str, parameters.values()))


def _integer(value: Any) -> int:
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        raise ValueError
    number = int(value)
    if not 0 <= number < 2**31:
        raise ValueError
    return number


def _boolean(value: Any) -> bool:
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    key = str(value).strip().lower()
    if key not in words:
        raise ValueError
    return words[key]


def _number(value: Any) -> float:
    number = float(value)
    if number != number:
        raise ValueError
    return number


def _share(value: Any) -> float:
    number = float(value)
    if not 0 <= number <= 1:
        raise ValueError
    return number


def _date(value: Any) -> str:
    """The date as it is written, to the precision it has; stores compare dates as such texts."""
    text = str(value)
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text, re.ASCII)
    if not parts:
        raise ValueError
    datetime.date(*(int(part or 1) for part in parts.groups()))
    return text


def _names(value: Any) -> list[str]:
    """One name, or several."""
    names = [value] if isinstance(value, str) else list(value)
    if not names or not all(isinstance(name, str) and name.strip() for name in names):
        raise ValueError
    return names


#: Each type: how its values are read, and what they must be.
TYPES: dict[str, tuple[Callable[[Any], Any], str]] = {
    "text": (str, "a text"),
    "integer": (_integer, "a whole number, 0 or more"),
    "number": (_number, "a number"),
    "share": (_share, "a number from 0 to 1"),
    "boolean": (_boolean, "true or false"),
    "date": (_date, "a date like 2022-01-31, 2022-01 or 2022"),
    "node": (_names, "a name"),
    "document": (_names, "the title, path, address or id of a document"),
}
