"""Query packs: one Cypher query a file, with a header that tells its question, parameters and columns.

A file ``packs/<pack>/<name>.cypher`` begins with a block comment that holds YAML::

    /*
    title: Who accuses whom, of what
    question: Who accuses whom of what, and in which words?
    parameters:
      target: {type: node, help: Only accusations against this one.}
      limit: {type: integer, default: 100, help: At most so many rows.}
    columns:
      accuser: Who accuses
    example: narragraph query run who-accuses-whom -p target=Russia
    */
    MATCH …

Parameter types: text, integer, number, boolean, date (ISO 8601), node (a name; the query gets the list of ids that it
fits, or null). A parameter without ``default`` is null when it is not given; ``required: true`` asks for it.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from narragraph.errors import OntologyError, UnknownQuery

TYPES = ("text", "integer", "number", "boolean", "date", "node")
BUILT_IN = Path(__file__).parent / "packs"


@dataclass(frozen=True)
class Parameter:
    """One parameter of a canned query."""

    name: str
    type: str
    help: str
    default: Any = None
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """One canned query: its text and what its header tells."""

    name: str
    pack: str
    title: str
    question: str
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, str]
    example: str
    cypher: str


def parse(text: str, *, name: str, pack: str) -> Query:
    """The query that a file's text holds. Raises OntologyError that names the file and what is wrong with it."""

    def wrong(reason: str) -> OntologyError:
        return OntologyError(f"query {pack}/{name}: {reason}")

    head, end, body = text.partition("*/")
    if not head.lstrip().startswith("/*") or not end:
        raise wrong("it must begin with a /* header */")
    try:
        header = yaml.safe_load(head.lstrip()[2:])
    except yaml.YAMLError as error:
        raise wrong(f"its header is not YAML: {error}") from None
    if not isinstance(header, dict):
        raise wrong("its header holds no fields")
    missing = [field for field in ("title", "question", "columns", "example") if not header.get(field)]
    unknown = sorted(set(header) - {"title", "question", "parameters", "columns", "example"})
    if missing or unknown:
        raise wrong(f"its header lacks {missing}" if missing else f"its header has unknown fields {unknown}")
    if not body.strip():
        raise wrong("no Cypher follows the header")
    parameters = {}
    for key, spec in (header.get("parameters") or {}).items():
        if not isinstance(spec, dict) or spec.get("type") not in TYPES or not spec.get("help"):
            raise wrong(f"parameter {key!r} needs a type ({', '.join(TYPES)}) and a help")
        parameters[key] = Parameter(
            key, spec["type"], spec["help"], spec.get("default"), spec.get("required", False),
            tuple(spec.get("choices", ())),
        )  # fmt: skip
    return Query(
        name, pack, header["title"], header["question"], parameters, header["columns"], header["example"], body.strip()
    )


def load_packs(folders: Sequence[Path] = ()) -> dict[str, Query]:
    """All queries by name: the built-in ones, those under ``NARRAGRAPH_PACKS``, and those of the folders given.

    Raises OntologyError for a file that is no query, a folder that is none, or a name that two files share.
    """
    named = [Path(folder) for folder in os.environ.get("NARRAGRAPH_PACKS", "").split(os.pathsep) if folder]
    queries = dict(_read(BUILT_IN))
    for folder in [*named, *folders]:
        if not folder.is_dir():
            raise OntologyError(f"query pack {folder}: no such folder")
        for name, query in _read(folder).items():
            if name in queries:
                raise OntologyError(f"query {name!r} of {folder} has the name of one in pack {queries[name].pack!r}")
            queries[name] = query
    return queries


def find(name: str, queries: Mapping[str, Query]) -> Query:
    """The query of that name. Raises UnknownQuery that lists near names."""
    if name in queries:
        return queries[name]
    from rapidfuzz import process

    near = [match for match, score, _ in process.extract(name, list(queries), limit=3) if score >= 50]
    hint = f"Did you mean {' or '.join(near)}?" if near else "narragraph query list shows all."
    raise UnknownQuery(f"there is no query named {name!r}.", hint=hint)


@functools.lru_cache(maxsize=8)
def _read(folder: Path) -> dict[str, Query]:
    queries: dict[str, Query] = {}
    for path in sorted(folder.rglob("*.cypher")):
        pack = path.parent.name
        if path.stem in queries:
            raise OntologyError(f"query {path.stem!r} stands twice in {folder}")
        queries[path.stem] = parse(path.read_text("utf-8"), name=path.stem, pack=pack)
    return queries
