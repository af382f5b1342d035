"""Which Cypher may run on a view: texts that only read the graph. The stores' own protection stands behind this."""

from __future__ import annotations

import re
from dataclasses import dataclass

from narragraph.errors import QueryRefused

PROCEDURES = ("db.labels", "db.relationshipTypes", "db.propertyKeys")

# words that write wherever they stand as a word of the language
_WRITING = {"CREATE", "INSERT", "MERGE", "DELETE", "DETACH", "NODETACH", "SET", "REMOVE", "DROP", "FOREACH", "USE"}
# words that command the server, or ask for another dialect, where they open a statement
_OPENING = {
    "ALTER", "CYPHER", "DENY", "DRYRUN", "ENABLE", "EXPLAIN", "GRANT", "PROFILE", "REALLOCATE", "RENAME", "REVOKE",
    "SHOW", "START", "STOP", "TERMINATE",
}  # fmt: skip
_NAMED_BY = {".", ":", "|", "&"}  # a word behind one of these is a name of the graph
_TOKEN = re.compile(
    r"""(?P<blank>\s+|//[^\r\n]*|/\*.*?\*/)
    |(?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
    |(?P<quoted>`(?:``|[^`])*`)
    |(?P<number>\d+(?:\.(?!\.)\d*)?)
    |(?P<word>\w+|\$\w+)
    |(?P<mark>.)""",
    re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    place: int


def check_readonly(cypher: str) -> None:
    """Raise QueryRefused, with the place, for any text but a single reading statement."""
    _check(cypher)
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), cypher)
    if decoded != cypher:  # Neo4j reads such escapes before all else: one may end a string that seems to go on
        _check(decoded)


def _check(cypher: str) -> None:
    tokens = [_Token(str(match.lastgroup), match.group(), match.start()) for match in _TOKEN.finditer(cypher)]
    tokens = [token for token in tokens if token.kind != "blank"]
    if not tokens:
        raise QueryRefused("The query is empty.")
    for index, token in enumerate(tokens):
        following = [other.text for other in tokens[index + 1 : index + 2]] or [""]
        if token.text == ";" and following != [""]:
            raise _refused("a second statement", cypher, tokens[index + 1])
        if token.kind != "word" or (index and tokens[index - 1].text in _NAMED_BY) or following == [":"]:
            continue
        word = token.text.upper()
        if word in _WRITING or (word in _OPENING and index == 0):
            raise _refused(word, cypher, token)
        if word == "LOAD" and following[0].upper() == "CSV":
            raise _refused("LOAD CSV", cypher, token)
        if word in ("APOC", "DBMS") and following == ["."]:
            raise _refused(token.text, cypher, token)
        if word == "CALL" and following[0] not in ("{", "("):
            procedure = _dotted_name(tokens[index + 1 :])
            if procedure not in PROCEDURES:
                raise _refused(f"CALL {procedure}", cypher, token, hint=f"Procedures allowed: {', '.join(PROCEDURES)}.")


def _dotted_name(tokens: list[_Token]) -> str:
    parts = []
    for index, token in enumerate(tokens):
        if (index % 2 and token.text != ".") or (not index % 2 and token.kind not in ("word", "quoted")):
            break
        parts.append(token.text.strip("`"))
    return "".join(parts)


def _refused(what: str, cypher: str, token: _Token, hint: str | None = None) -> QueryRefused:
    before = cypher[: token.place]
    line, column = before.count("\n") + 1, token.place - before.rfind("\n")
    return QueryRefused(f"Queries only read: {what} is not allowed (line {line}, column {column}).", hint=hint)
