"""Which Cypher may run on a view: texts that only read the graph. The stores' own protection stands behind this."""

from __future__ import annotations

import re
from dataclasses import dataclass

from narragraph.errors import QueryRefused

PROCEDURES = (
    "db.labels",
    "db.relationshipTypes",
    "db.propertyKeys",
    "db.index.fulltext.queryNodes",
    "db.index.fulltext.queryRelationships",
)
# names before a dot whose functions only compute; others, such as apoc and util, may do anything
_LIBRARIES = {"DATE", "DATETIME", "LOCALDATETIME", "LOCALTIME", "TIME", "DURATION", "POINT"}

# words that write wherever they stand as a word of the language
_WRITING = {"CREATE", "INSERT", "MERGE", "DELETE", "DETACH", "NODETACH", "SET", "REMOVE", "DROP", "FOREACH", "USE"}
# words that command the server, or ask for another dialect, where they open a statement
_OPENING = {
    "ALTER", "CYPHER", "DENY", "DRYRUN", "ENABLE", "EXPLAIN", "GRANT", "PROFILE", "REALLOCATE", "RENAME", "REVOKE",
    "SHOW", "START", "STOP", "TERMINATE",
}  # fmt: skip
_LONGEST_NAME = 16  # words and dots
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
class Token:
    """A piece of a text: its kind (text, quoted, number, word or mark), itself, and its offset."""

    kind: str
    text: str
    place: int


def check_readonly(cypher: str) -> None:
    """Raise QueryRefused, with the place, for any text but a single reading statement."""
    _check(cypher)
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), cypher)
    if decoded != cypher:  # Neo4j reads such escapes before all else: one may end a string that seems to go on
        _check(decoded)


def tokens_of(cypher: str) -> list[Token]:
    """The pieces of a text, without blanks and comments."""
    found = (Token(str(match.lastgroup), match.group(), match.start()) for match in _TOKEN.finditer(cypher))
    return [token for token in found if token.kind != "blank"]


def _check(cypher: str) -> None:
    tokens = tokens_of(cypher)
    if not tokens:
        raise QueryRefused("The query is empty.")
    for index, token in enumerate(tokens):
        before = tokens[index - 1].text if index else ""
        following = tokens[index + 1].text if index + 1 < len(tokens) else ""
        if token.text == ";" and following:
            raise _refused("a second statement", cypher, tokens[index + 1])
        if token.kind not in ("word", "quoted") or before in _NAMED_BY or following == ":":
            continue
        if following == "." and not _is_procedure(tokens, index):
            _check_function(tokens, index, cypher)
        word = token.text.upper() if token.kind == "word" else ""
        if word in _WRITING or (word in _OPENING and index == 0):
            raise _refused(word, cypher, token)
        if word == "LOAD" and following.upper() == "CSV":
            raise _refused("LOAD CSV", cypher, token)
        if word == "CALL" and following not in ("{", "("):
            called = _dotted_name(tokens, index + 1)
            if called not in PROCEDURES:
                raise _refused(f"CALL {called}", cypher, token, hint=f"Procedures allowed: {', '.join(PROCEDURES)}.")


def _is_procedure(tokens: list[Token], index: int) -> bool:
    return index > 0 and tokens[index - 1].text.upper() == "CALL"


def _check_function(tokens: list[Token], index: int, cypher: str) -> None:
    """Raise QueryRefused where the name that begins here is that of a function in a library which is not allowed."""
    name = _dotted_name(tokens, index)
    behind = index + 2 * name.count(".") + 1
    called = (behind < len(tokens) and tokens[behind].text == "(") or behind - index > _LONGEST_NAME
    if called and name.partition(".")[0].upper() not in _LIBRARIES:
        raise _refused(f"{name}()", cypher, tokens[index])


def _dotted_name(tokens: list[Token], start: int) -> str:
    parts = []
    for index, token in enumerate(tokens[start : start + _LONGEST_NAME + 1]):
        if (index % 2 and token.text != ".") or (not index % 2 and token.kind not in ("word", "quoted")):
            break
        parts.append(token.text.strip("`"))
    return "".join(parts).rstrip(".")


def _refused(what: str, cypher: str, token: Token, hint: str | None = None) -> QueryRefused:
    before = cypher[: token.place]
    line, column = before.count("\n") + 1, token.place - before.rfind("\n")
    return QueryRefused(f"Queries only read: {what} is not allowed (line {line}, column {column}).", hint=hint)
