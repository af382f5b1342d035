"""Query packs: one Cypher query a file, with a header that tells its question, parameters and columns.

A file ``packs/<pack>/<name>.cypher`` begins with a block comment that holds YAML::

    /*
    title: Who accuses whom, of what
    question: Who accuses whom of what, and in which words?
    parameters:
      target: {type: node, help: Only accusations against this one.}
    columns:
      accuser: Who accuses
    example: narragraph query run who-accuses-whom -p target=Russia
    */
    MATCH (a)-[r:ACCUSES]->(t) WHERE ng.within(r) AND …

Parameter types: text, integer, number, share (0 to 1), boolean, date (to the precision it has), node and document (a
name; the query gets the list of ids that it means, or null). A parameter without ``default`` is null when it is not
given; ``required: true`` asks for it; ``choices`` lists what may be given.

The functions ``ng.…`` stand for Cypher of ours: see :mod:`narragraph.queries.functions`. A query that uses them has the
filters they apply as parameters, and one that asks for ``$limit`` has that, without declaring either.

Optional fields: ``min_confidence``, a default lower than usual; ``limit``, another default than 200; ``scans``, why the
query reads all nodes or edges of a type; ``chart``, see :class:`Chart`; and ``network``, what is computed on
the rows, see :mod:`narragraph.queries.network`.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

import yaml

from narragraph.errors import OntologyError, UnknownQuery
from narragraph.queries import network
from narragraph.queries.functions import CONFIDENCE, FILLED, FILTERS, FunctionError, expand, parameters_in
from narragraph.queries.parameters import TYPES, Parameter, convert, near

BUILT_IN = Path(__file__).parent / "packs"
LIMIT = Parameter("limit", "integer", "At most so many rows; 0 for all, up to a million.", default=200)
ALL = 1_000_000  # rows; the embedded store makes room for as many as it may have to sort
EVIDENCE = "evidence"  # the column that holds what rows rest on; shown only where it is asked for

_REQUIRED = ("title", "question", "columns", "example")
_OPTIONAL = ("parameters", CONFIDENCE, LIMIT.name, "scans", "chart", "network")
_CALLERS = ("packs", "fold", "timeout")  # what callers in Python say beside parameters
_SPECIFIED = {"type", "help", "default", "required", "choices"}
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Chart:
    """How rows are drawn, by names of columns.

    ``series``: time ``x``, number ``y``, a line for each ``by``; ``ranking``: label ``x``, number ``y``; ``matrix``:
    columns ``x``, rows ``y``, number ``value``.
    """

    kind: str
    x: str
    y: str
    by: str | None = None
    value: str | None = None

    def fields(self) -> dict[str, str]:
        """The columns by what they are drawn as."""
        told = {"x": self.x, "y": self.y, "by": self.by, "value": self.value}
        return {name: column for name, column in told.items() if column}


CHARTS = {"series": {"by"}, "ranking": set(), "matrix": {"value"}}  # fields beside kind, x and y


@dataclass(frozen=True)
class Query:
    """One canned query: its text and what its header tells; ``parameters`` has its own first, then the filters."""

    name: str
    pack: str
    title: str
    question: str
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, str]
    example: str
    body: str  # as the file has it
    first_line: int  # of the body, in the file
    chart: Chart | None = None
    scans: str | None = None
    network: Mapping[str, Any] = field(default_factory=dict)

    @functools.cached_property
    def cypher(self) -> str:
        """The text that a store is asked; its lines have the numbers that they have in the file."""
        before = "/*" + "\n" * (self.first_line - 2) + "*/\n" if self.first_line > 1 else ""
        return before + expand(self.body)

    @functools.cached_property
    def used(self) -> frozenset[str]:
        """The names of all parameters that the text or its step asks for, also of those that the program fills in."""
        asked = frozenset(name for name, _ in parameters_in(self.cypher))
        return asked | frozenset(self.parameters) if self.network else asked

    @property
    def has_evidence(self) -> bool:
        """Whether its rows come with what they rest on."""
        return EVIDENCE in self.used

    @property
    def filters(self) -> list[str]:
        """The filters that the query takes."""
        return [name for name in self.parameters if name in FILTERS]


class QueryFault(ValueError):
    """A text is no query; ``line`` of it is where, if one can be told."""

    def __init__(self, reason: str, line: int | None) -> None:
        super().__init__(reason)
        self.line = line


def parse(text: str, *, name: str, pack: str) -> Query:
    """The query that a file's text holds. Raises OntologyError that names query and line, and what is wrong there."""
    try:
        return read_query(text, name=name, pack=pack)
    except QueryFault as fault:
        line = "" if fault.line is None else f", line {fault.line}"
        raise OntologyError(
            f"query {pack}/{name}{line}: {fault}", hint="narragraph query check tells all faults of your queries."
        ) from None


def read_query(text: str, *, name: str, pack: str) -> Query:
    """The query that a file's text holds. Raises QueryFault."""
    head, end, body = text.partition("*/")

    def fail(reason: str, place: int | None = None) -> NoReturn:
        raise QueryFault(reason, None if place is None else text.count("\n", 0, place) + 1)

    def at(key: str) -> int | None:
        found = re.search(rf"^\s*{re.escape(key)}\s*:", head, re.MULTILINE)
        return found.end() if found else None

    if not head.lstrip().startswith("/*") or not end:
        fail("it must begin with a /* header */", 0)
    opening = head.index("/*") + 2
    try:
        header = yaml.safe_load(head[opening:])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        fail(f"its header is not YAML: {getattr(error, 'problem', error)}", opening + mark.index if mark else None)
    if not isinstance(header, dict):
        fail("its header holds no fields")
    known = _REQUIRED + _OPTIONAL
    for key in header:
        if key not in known:
            fail(f"its header has an unknown field {key!r}. {near(str(key), known)}".rstrip(), at(str(key)))
    if lacking := [key for key in _REQUIRED if not header.get(key)]:
        fail(f"its header lacks {', '.join(lacking)}")
    for key in ("title", "question", "example", "scans"):
        if not isinstance(header.get(key, ""), str):
            fail(f"{key} is no text", at(key))
    columns = header["columns"]
    if not isinstance(columns, dict) or not all(isinstance(x, str) for pair in columns.items() for x in pair):
        fail("columns are not names with their meanings", at("columns"))
    if not body.strip():
        fail("no Cypher follows the header")

    start = len(head) + len(end) + len(body) - len(body.lstrip())
    body = body.strip()
    try:
        used = {used for used, _ in parameters_in(expand(body))} | ({LIMIT.name} if "network" in header else set())
    except FunctionError as error:
        fail(str(error), start + error.place)

    parameters: dict[str, Parameter] = {}
    declared = header.get("parameters") or {}
    if not isinstance(declared, dict):
        fail("parameters are not names with what they are", at("parameters"))
    for key, spec in declared.items():
        try:
            parameters[key] = _declared(key, spec)
        except ValueError as error:
            fail(str(error), at(str(key)))
    standard = {**FILTERS, LIMIT.name: LIMIT}
    for key in (CONFIDENCE, LIMIT.name):
        if key in header:
            try:
                standard[key] = replace(standard[key], default=convert(standard[key], header[key]))
            except ValueError as error:
                fail(f"{key} must be {error}, not {header[key]!r}", at(key))
            if key not in used:
                fail(f"{key} is set, but nothing in the text asks for it", at(key))
    parameters |= {key: standard[key] for key in standard if key in used}
    for key, place in parameters_in(body):
        if key not in parameters and key not in FILLED:
            fail(f"${key} is no parameter. {near(key, parameters)}".rstrip(), start + place)
    try:
        chart = _chart(header.get("chart"), columns)
    except ValueError as error:
        fail(f"chart {error}", at("chart"))
    if "network" in header and (wrong := network.fault(header["network"], columns, parameters)):
        fail(wrong, at("network"))
    return Query(
        name, pack, header["title"], header["question"], parameters, columns, header["example"], body,
        text.count("\n", 0, start) + 1, chart, header.get("scans"), header.get("network") or {},
    )  # fmt: skip


def _declared(name: Any, spec: Any) -> Parameter:
    """A parameter of a query's own. Raises ValueError that says what is wrong."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ValueError(f"parameter {name!r} needs a name of small letters, digits and _")
    if name in FILTERS or name in FILLED or name in (LIMIT.name, *_CALLERS):
        raise ValueError(f"parameter {name!r} is the program's own; the text has it by asking for it")
    if not isinstance(spec, dict) or spec.get("type") not in TYPES or not isinstance(spec.get("help"), str):
        raise ValueError(f"parameter {name!r} needs a type ({', '.join(TYPES)}) and a help")
    if unknown := sorted(set(spec) - _SPECIFIED):
        raise ValueError(f"parameter {name!r} has unknown fields {', '.join(map(str, unknown))}")
    parameter = Parameter(
        name, spec["type"], spec["help"], spec.get("default"), bool(spec.get("required")),
        tuple(spec.get("choices", ())),
    )  # fmt: skip
    if parameter.default is not None:
        try:
            convert(parameter, parameter.default)
        except ValueError as error:
            raise ValueError(f"the default of parameter {name!r} must be {error}, not {parameter.default!r}") from None
    return parameter


def _chart(spec: Any, columns: Mapping[str, str]) -> Chart | None:
    """What a header tells of a chart. Raises ValueError that says what is wrong."""
    if spec is None:
        return None
    if not isinstance(spec, dict) or spec.get("kind") not in CHARTS:
        raise ValueError(f"needs a kind: {', '.join(CHARTS)}")
    fields = {"x", "y"} | CHARTS[spec["kind"]]
    if wrong := sorted(set(spec) - fields - {"kind"}):
        raise ValueError(f"of kind {spec['kind']} has no {wrong[0]!r}")
    if lacking := sorted(fields - {"by"} - set(spec)):
        raise ValueError(f"of kind {spec['kind']} needs {lacking[0]!r}")
    if missing := [spec[key] for key in spec if key != "kind" and spec[key] not in columns]:
        raise ValueError(f"names {missing[0]!r}, which is no column")
    return Chart(**spec)


def load_packs(
    folders: Sequence[Path] = (), *, on_fault: Callable[[OntologyError], None] | None = None
) -> dict[str, Query]:
    """All queries by name: the built-in ones, those under ``NARRAGRAPH_PACKS``, and those of the folders given.

    Raises OntologyError for a folder that is none, and for a file that is no query or has the name of another one,
    unless ``on_fault`` takes that: then the file is left out.
    """
    queries = dict(built_in())
    for path in (path for folder in own_folders(folders) for path in files(folder)):
        try:
            if path.stem in queries:
                raise OntologyError(
                    f"query {path.stem!r} of {path.parent} has the name of one in pack {queries[path.stem].pack!r}.",
                    hint="Give it another name.",
                )
            queries[path.stem] = parse(read_text(path), name=path.stem, pack=path.parent.name)
        except OntologyError as error:
            if on_fault is None:
                raise
            on_fault(error)
    return queries


@functools.cache
def built_in() -> Mapping[str, Query]:
    """The queries that come with the program, by name."""
    return load_packs_of(BUILT_IN)


def own_folders(folders: Sequence[Path] = ()) -> list[Path]:
    """The folders with queries of a reader's own: those of ``NARRAGRAPH_PACKS``, then those given, each once.

    Raises OntologyError where one is none.
    """
    named = [Path(folder) for folder in os.environ.get("NARRAGRAPH_PACKS", "").split(os.pathsep) if folder]
    found = {folder.resolve(): folder for folder in [*named, *folders]}
    for folder in found.values():
        if not folder.is_dir():
            raise OntologyError(f"query pack {folder}: no such folder")
    return list(found.values())


def find(name: str, queries: Mapping[str, Query]) -> Query:
    """The query of that name. Raises UnknownQuery that lists near names."""
    if name in queries:
        return queries[name]
    raise UnknownQuery(
        f"there is no query named {name!r}.", hint=near(name, queries).rstrip() or "narragraph query list shows all."
    )


def in_pack(pack: str, queries: Mapping[str, Query]) -> list[Query]:
    """The queries of a pack, by name. Raises UnknownQuery that lists near names."""
    found = sorted((query for query in queries.values() if query.pack == pack), key=lambda query: query.name)
    if not found:
        packs = sorted({query.pack for query in queries.values()})
        raise UnknownQuery(
            f"there is no pack named {pack!r}.", hint=f"{near(pack, packs)}There are {', '.join(packs)}."
        )
    return found


def load_packs_of(folder: Path) -> dict[str, Query]:
    """The queries in a folder and below, by name. Raises OntologyError."""
    queries: dict[str, Query] = {}
    for path in files(folder):
        if path.stem in queries:
            raise OntologyError(f"query {path.stem!r} stands twice in {folder}")
        queries[path.stem] = parse(read_text(path), name=path.stem, pack=path.parent.name)
    return queries


def files(folder: Path) -> list[Path]:
    """The files with queries in a folder and below."""
    return sorted(folder.rglob("*.cypher"))


def read_text(path: Path) -> str:
    """What a file holds. Raises OntologyError where it cannot be read."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"query file {path} cannot be read: {error}") from None
