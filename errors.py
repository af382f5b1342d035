"""The one error tree of Narragraph.

::

    NarragraphError            exit status 1
    ├── UsageError             2   the command or call was wrong
    │   ├── UnknownQuery           no query of that name
    │   ├── ParameterError         a query parameter is missing, unknown or of the wrong type
    │   ├── QueryRefused           the text would write, read files or call what is not allowed
    │   └── AmbiguousName          a name fits several nodes (``candidates``)
    ├── InputError             1   something that was read is not as it should be
    │   ├── DocumentError          a document cannot be read (``path``, ``reason``)
    │   └── RecordError            a record is malformed or contradicts its document (``line``)
    ├── NothingFound           1   a name or a query found nothing where something was needed
    ├── QueryFailed            1   the store could not answer a query it accepted
    ├── OntologyError          1   vocabulary, gazetteer or lexicon data contradict themselves
    └── StoreError             3   the store is not to be had
        ├── StoreNotFound          nothing stands at that place
        ├── NotAStore              something stands there, and it is no store of ours
        ├── StoreLocked            another process holds it
        ├── StoreUnavailable       the server does not answer, or a library is missing
        ├── StoreRefused           the server refuses user or password
        └── StoreVersionError      made by a version that this one does not read

Every message says what was wrong and where; ``hint`` says what to do about it. Neither ever carries a password.
"""

from __future__ import annotations

from collections.abc import Sequence


class NarragraphError(Exception):
    """Base of all errors that Narragraph raises on purpose."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        if not self.hint:
            return self.message
        return f"{self.message}{'' if self.message.endswith(('.', '?', '!')) else '.'} {self.hint}"


class UsageError(NarragraphError):
    """The command line or the call was wrong."""

    exit_code = 2


class UnknownQuery(UsageError):
    """No pack holds a query of that name."""


class ParameterError(UsageError):
    """A query parameter is missing, unknown or of the wrong type."""


class QueryRefused(UsageError):
    """The query would write, read files or call a procedure that is not allowed."""


class AmbiguousName(UsageError):
    """A name fits several nodes: ``candidates`` are lines to choose from."""

    def __init__(self, message: str, candidates: Sequence[str], *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.candidates = tuple(candidates)


class InputError(NarragraphError):
    """Something that was read is not as it should be."""


class DocumentError(InputError):
    """One document cannot be read; others can go on."""

    def __init__(self, path: str, reason: str, *, hint: str | None = None) -> None:
        super().__init__(f"{path}: {reason}", hint=hint)
        self.path = path
        self.reason = reason


class RecordError(InputError):
    """A record is malformed or contradicts the document that it quotes.

    ``about`` is the id of the document, or of the node, that a malformed record speaks of; None where none is told.
    """

    def __init__(
        self, reason: str, *, line: int | None = None, hint: str | None = None, about: str | None = None
    ) -> None:
        super().__init__(f"line {line}: {reason}" if line else reason, hint=hint)
        self.reason = reason
        self.line = line
        self.about = about


class NothingFound(NarragraphError):
    """A name or a query found nothing where something was needed."""


class QueryFailed(NarragraphError):
    """The store could not answer a query that it accepted."""


class OntologyError(NarragraphError):
    """Vocabulary, gazetteer or lexicon data are malformed or contradict themselves."""


class StoreError(NarragraphError):
    """The store is not to be had."""

    exit_code = 3


class StoreNotFound(StoreError):
    """Nothing stands at that place."""


class NotAStore(StoreError):
    """Something stands there, and it is no store of ours."""


class StoreLocked(StoreError):
    """Another process holds the store."""


class StoreUnavailable(StoreError):
    """The server does not answer, or the library for this kind of store is missing."""


class StoreRefused(StoreError):
    """The server refuses the user or the password."""


class StoreVersionError(StoreError):
    """The store was made by a version that this one does not read."""
