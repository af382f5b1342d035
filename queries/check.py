"""Whether query files are what they should be: their headers, what they return and ask for, that they only read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from narragraph.errors import NarragraphError, OntologyError, QueryFailed, QueryRefused
from narragraph.graph.stores.base import View
from narragraph.graph.stores.cypher import Token, check_readonly, tokens_of
from narragraph.ontology.schema import load_schema
from narragraph.queries import pack
from narragraph.queries.describe import default_values
from narragraph.queries.pack import EVIDENCE, Query, QueryFault
from narragraph.queries.parameters import near

COLUMNS = ("file", "line", "column", "fault")

_PLACE = re.compile(r"\s*\(line (\d+), column (\d+)\)")
_END = {"ORDER", "SKIP", "LIMIT", "OFFSET", "UNION"}
_SUBQUERIES = {"EXISTS", "COUNT", "COLLECT", "CALL"}
_CLOSING = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file, and where, as far as that can be told."""

    file: Path
    line: int | None
    column: int | None
    reason: str

    @property
    def row(self) -> tuple[str, int | None, int | None, str]:
        """As COLUMNS."""
        return str(self.file), self.line, self.column, self.reason


def check(folders: Sequence[Path], views: Mapping[str, View]) -> tuple[list[Fault], int]:
    """All faults of the queries in folders, and how many files there are.

    Each view, by the name of its store, is let plan every query without running it.
    """
    built_in = pack.built_in()
    faults: list[Fault] = []
    seen: dict[str, Path] = {}
    for folder in folders:
        for path in pack.files(folder):
            if path.stem in seen:
                faults.append(Fault(path, None, None, f"there is a query {path.stem!r} at {seen[path.stem]} already"))
            elif path.stem in built_in and not path.is_relative_to(pack.BUILT_IN):
                faults.append(Fault(path, None, None, f"the pack {built_in[path.stem].pack} has a query of that name"))
            seen.setdefault(path.stem, path)
            faults += sorted(_check_file(path, views), key=lambda fault: (fault.line or 0, fault.column or 0))
    return faults, len(seen)


def _check_file(path: Path, views: Mapping[str, View]) -> Iterator[Fault]:
    try:
        query = pack.read_query(pack.read_text(path), name=path.stem, pack=path.parent.name)
    except OntologyError as error:
        yield Fault(path, None, None, error.message)
        return
    except QueryFault as fault:
        yield Fault(path, fault.line, None, str(fault))
        return
    for name in query.parameters:
        if name not in query.used:
            yield Fault(path, None, None, f"the parameter {name!r} is asked for nowhere")
    if f"query run {query.name}" not in query.example:
        yield Fault(path, None, None, f"the example does not run it (narragraph query run {query.name} …)")
    try:
        check_readonly(query.cypher)
    except QueryRefused as error:
        yield _placed(path, query, str(error))
        return
    tokens = tokens_of(query.body)
    for token, reason in [*_columns(query, tokens), *_names(tokens), *_strays(tokens)]:
        before = query.body[: token.place]
        line, column = before.count("\n") + query.first_line, token.place - before.rfind("\n")
        yield Fault(path, line, column, reason)
    for name, view in views.items():
        try:
            view.explain(query.cypher, default_values(query))
        except (QueryFailed, QueryRefused) as error:
            yield _placed(path, query, f"{name}: {str(error).partition(chr(10))[0]}")
        except NarragraphError as error:
            yield Fault(path, None, None, f"{name}: {error}")


def _placed(path: Path, query: Query, reason: str) -> Fault:
    """A fault that a text tells with its place in the Cypher, at its place in the file."""
    place = _PLACE.search(reason)
    if not place:
        return Fault(path, None, None, reason)
    line, column = int(place[1]), int(place[2])
    written, run = query.body.splitlines(), query.cypher.splitlines()
    index = line - query.first_line
    same = 0 <= index < len(written) and written[index][:column] == run[line - 1][:column]
    told = (reason[: place.start()] + reason[place.end() :]).strip()
    return Fault(path, line, column if same else None, told)


def _columns(query: Query, tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """What the last RETURN gives that the header tells otherwise."""
    found = list(_returned(tokens))
    if not found:
        yield tokens[-1], "nothing is returned: there is no RETURN"
        return
    for token, name in found:
        if name is None:
            yield token, "this column has no name: AS gives it one"
    names = [name for _, name in found if name is not None]
    for name, count in Counter(names).items():
        if count > 1:
            yield found[0][0], f"the column {name!r} is returned {count} times"
    if EVIDENCE in names[:-1]:
        yield found[0][0], f"the column {EVIDENCE!r} must be the last"
    if not any(token.text.upper() == "ORDER" for token in tokens):
        yield tokens[-1], "rows come in no certain order: there is no ORDER BY"
    if query.network:  # its columns are those of what is computed
        return
    names = [name for name in names if name != EVIDENCE]
    for token, name in found:
        if name is not None and name != EVIDENCE and name not in query.columns:
            yield token, f"the header does not tell of the column {name!r}. {near(name, query.columns)}".rstrip()
    for name in query.columns:
        if name not in names:
            yield found[0][0], f"the header tells of a column {name!r} that is not returned"
    if sorted(names) == sorted(query.columns) and names != list(query.columns):
        yield found[0][0], f"the header tells the columns in another order than {', '.join(names)}"


def _strays(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Functions whose values one store gives and another does not."""
    for before, token, following in zip([Token("mark", "", 0), *tokens], tokens, tokens[1:]):
        if token.text.lower() in ("id", "elementid") and following.text == "(" and before.text not in (".", ":"):
            yield token, f"{token.text}() is each store's own; the property id is the same in all"


def _returned(tokens: Sequence[Token]) -> Iterator[tuple[Token, str | None]]:
    """The columns of the last RETURN outside of subqueries: their first token, and their name if they have one."""
    depth, start = 0, None
    for index, token in enumerate(tokens):
        depth += (token.text in _CLOSING.values()) - (token.text in _CLOSING)
        if token.kind == "word" and token.text.upper() == "RETURN" and depth == 0:
            start = index + 1
    if start is None:
        return
    item: list[Token] = []
    for token in [*tokens[start:], Token("mark", ",", tokens[-1].place)]:
        depth += (token.text in _CLOSING.values()) - (token.text in _CLOSING)
        ends = depth == 0 and (token.text == "," or (token.kind == "word" and token.text.upper() in _END))
        if not ends:
            if not (token.text.upper() == "DISTINCT" and not item) and token.text != ";":
                item.append(token)
            continue
        if item:
            named = len(item) == 1 or (len(item) > 2 and item[-2].text.upper() == "AS")
            yield item[0], item[-1].text.strip("`") if named and item[-1].kind in ("word", "quoted") else None
        item = []
        if token.text != ",":
            return


def _names(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Labels and relationship types that the ontology lacks: they match nothing, without a word."""
    schema = load_schema()
    nodes, edges = {*schema.node_types, "Narragraph"}, set(schema.edge_types)
    inside: list[str] = []
    chain = False  # in a list of types, behind ":"
    for before, token in zip([Token("mark", "", 0), *tokens], tokens):
        if token.text in _CLOSING.values():
            kind = token.text
            if kind == "[" and before.text in ("-", "<"):
                kind = "relationship"
            elif kind == "{" and before.text.upper() in _SUBQUERIES | {")"}:
                kind = "subquery"
            inside.append(kind)
        elif token.text in _CLOSING and inside:
            inside.pop()
        where = inside[-1] if inside else "subquery"
        if (
            token.kind in ("word", "quoted")
            and where != "{"
            and (before.text == ":" or (chain and before.text in "|&"))
        ):
            known, what = (edges, "relation") if where == "relationship" else (nodes, "type of node")
            chain = where == "relationship"
            if token.text.strip("`") not in known:
                hint = near(token.text, known)
                yield token, f"the graph has no {what} {token.text}. {hint}".rstrip()
        elif token.text not in ("|", "&", "!"):
            chain = False
