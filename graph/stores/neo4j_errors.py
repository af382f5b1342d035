"""What the driver and the server complain of, as errors of ours in plain words; never with a password."""

from __future__ import annotations

import re

from narragraph.errors import (
    NarragraphError,
    QueryFailed,
    QueryRefused,
    StoreError,
    StoreNotFound,
    StoreRefused,
    StoreUnavailable,
)
from narragraph.graph.stores import bolt

_PLACE = re.compile(r"\(line (\d+), (column \d+) \(offset: \d+\)\)")  # behind EXPLAIN, which has a line of its own
_CREDENTIALS = "User and password come from NEO4J_USERNAME and NEO4J_PASSWORD."
_REFUSALS = {
    "Unauthorized": "user or password is wrong, or missing",
    "AuthenticationRateLimit": "too many wrong passwords; it lets nobody in for some seconds",
    "CredentialsExpired": "the password must be changed before it is first used (ALTER CURRENT USER SET PASSWORD)",
}
_HALTED = ("Could not append transaction", "needs to be restarted")  # a database that could not write its log
_MEMORY = ("MemoryPoolOutOfMemoryError", "OutOfMemoryError", "TransactionOutOfMemoryError")


def store_failure(error: Exception, url: str, database: str | None) -> NarragraphError:
    """Why the server at ``url`` did not do what the store asked of it."""
    from neo4j import exceptions

    code = code_of(error)
    kind = code.rpartition(".")[2]
    if isinstance(error, exceptions.AuthError) or code.startswith("Neo.ClientError.Security."):
        return StoreRefused(
            f"The server at {url} refuses: {_REFUSALS.get(kind, message_of(error))}.", hint=_CREDENTIALS
        )
    if kind == "DatabaseNotFound":
        return StoreNotFound(f"The server at {url} has no database {database or ''}.", hint="NEO4J_DATABASE names it.")
    if kind in ("WriteOnReadOnlyAccessDatabase", "ForbiddenOnReadOnlyDatabase"):
        return StoreRefused(f"The database at {url} takes no writes: it is set to be read only.")
    if kind in _MEMORY:
        return StoreError(f"The server at {url} has too little memory for it.", hint="docs/stores.md tells how much.")
    if isinstance(error, (exceptions.DriverError, exceptions.TransientError, exceptions.DatabaseError, OSError)):
        return _unavailable(error, url)
    return StoreError(f"The server at {url} could not do it: {message_of(error)}")


def query_failure(error: Exception, url: str, database: str | None, timeout: float | None) -> NarragraphError:
    """Why a user's query was not answered."""
    from neo4j import exceptions

    code = code_of(error)
    kind = code.rpartition(".")[2]
    if timeout is not None and kind.startswith("TransactionTimedOut"):
        return QueryFailed(f"The query was stopped after {timeout:g} seconds.", hint="Narrow it, or allow more time.")
    if kind in _MEMORY:
        return QueryFailed("The query needs more memory than the server allows.", hint="Narrow it, or use LIMIT.")
    if kind == "AccessMode":
        return QueryRefused(f"Queries only read: {message_of(error)}")
    if isinstance(error, exceptions.ClientError) and not code.startswith("Neo.ClientError.Security."):
        return QueryFailed(_PLACE.sub(lambda match: f"(line {int(match[1]) - 1}, {match[2]})", message_of(error)))
    return store_failure(error, url, database)


def code_of(error: BaseException | None) -> str:
    """The server's code for an error, or nothing."""
    return getattr(error, "code", None) or ""


def message_of(error: BaseException) -> str:
    """The server's words without what stands around them."""
    return str(getattr(error, "message", None) or error)


def _unavailable(error: Exception, url: str) -> StoreUnavailable:
    trouble = bolt.find_trouble(url)
    if trouble:
        return StoreUnavailable(f"The server at {url} does not answer: {trouble.reason}.", hint=trouble.hint)
    if any(words in message_of(error) for words in _HALTED):
        return StoreUnavailable(
            f"The server at {url} could not write to its own disk, and its database has halted.",
            hint="Its logs tell why; most often the disk is full. Make room, restart it, and load again.",
        )
    if "routing" in message_of(error):
        return StoreUnavailable(
            f"The server at {url} names other addresses for itself, and these do not answer.",
            hint=f"Use bolt://{url.partition('://')[2]}, or set server.bolt.advertised_address in the server.",
        )
    return StoreUnavailable(f"The server at {url} does not answer: {_cause(error)}.", hint="Is it still starting?")


def _cause(error: BaseException) -> str:
    """The driver's last reason in a line; before it stand the addresses it tried."""
    lines = message_of(error).splitlines()
    reasons = re.findall(r"\(reason (.*)\)$", lines[-1])
    return (reasons[-1] if reasons else lines[0]).rstrip(".")
