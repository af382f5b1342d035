"""Transactions on a Neo4j that may be away, busy or cut off for a while: done again, with pauses, inside a limit.

The driver's own way of trying again says nothing to whoever waits, and gives up where a connection breaks between a
commit and its answer. Nobody knows then whether the commit was done; what we write may be written twice, so it is.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from narragraph.errors import RecordError
from narragraph.graph.stores import bolt
from narragraph.graph.stores.interrupting import interruptible
from narragraph.graph.stores.neo4j_errors import message_of
from narragraph.graph.stores.writing import Run

if TYPE_CHECKING:
    import neo4j

T = TypeVar("T")

SECONDS = 60  # from the first failure on; a server that starts again may need so long
_PAUSES = (0.2, 5.0)  # seconds: the first and the longest; each is twice the last, give or take a fifth
_TELL = 1.0  # seconds: a pause so long is told
_GRACE = 5.0  # seconds that a transaction has to end after Ctrl-C, which would leave the driver in disorder
_CLASHES = 5  # tries of a write that meets another writer's new node or edge

_log = logging.getLogger(__name__)


def transact(driver: neo4j.Driver, database: str | None, url: str, work: Callable[[Run], T]) -> T:
    """Do the work in a transaction of the server at ``url``; what came of it.

    Raises the driver's errors when the time is over or to try again is of no use, and RecordError where what is written
    contradicts the database's constraints.
    """
    from neo4j.exceptions import ConstraintError, DriverError, Neo4jError

    end = clashes = 0.0
    pause = _PAUSES[0]
    unheard: list[T] = []  # what came of work that may have been done
    while True:
        try:
            outcome = interruptible(lambda: _attempt(driver, database, work, unheard), grace=_GRACE)
        except ConstraintError as error:  # of another writer, whose node or edge can now be read
            clashes += 1
            if clashes == _CLASHES:
                raise RecordError(message_of(error)) from None
        except (DriverError, Neo4jError, OSError) as error:
            if not (_may_pass(error) or bolt.find_trouble(url)):  # on its way out a server says all sorts of things
                raise
            end = end or time.monotonic() + SECONDS
            if time.monotonic() + pause > end:
                raise
            if pause < _TELL <= 2 * pause:
                _log.warning("The server at %s is away or busy. Trying again for %g seconds at most.", url, SECONDS)
            time.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311
            pause = min(2 * pause, _PAUSES[1])
        else:
            return (unheard or [outcome])[0]


def _may_pass(error: Exception) -> bool:
    """Whether it is of the kind that goes by itself, or of those after which nobody knows what was done."""
    from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError

    return isinstance(error, IncompleteCommit) or (
        isinstance(error, (DriverError, Neo4jError)) and error.is_retryable()
    )


def _attempt(driver: neo4j.Driver, database: str | None, work: Callable[[Run], T], unheard: list[T]) -> T:
    from neo4j.exceptions import IncompleteCommit

    with driver.session(database=database) as session, session.begin_transaction() as transaction:

        def run(cypher: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
            return [dict(record) for record in transaction.run(cypher, dict(parameters))]

        outcome = work(run)
        try:
            transaction.commit()
        except IncompleteCommit:
            unheard.append(outcome)
            raise
    return outcome
