"""From records to the store: gathered by document, checked, and written a document at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import TracebackType

from narragraph.errors import DocumentError, InputError, RecordError
from narragraph.graph.bundles import Gathered, gather
from narragraph.graph.check import Fault
from narragraph.graph.records import Record
from narragraph.graph.stores.base import Bundle, Store, count_by_type


@dataclass
class Summary:
    """What a load did: documents by outcome, nodes and edges of the new and changed ones by type, seconds, where."""

    store: str
    kind: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    noted: int = 0  # of these, documents of which names and metadata alone could be read, in a language without rules
    nodes: dict[str, int] = field(default_factory=dict)
    edges: dict[str, int] = field(default_factory=dict)
    failures: list[InputError] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def failed(self) -> int:
        """How many documents could not be read or stored."""
        return sum(isinstance(failure, DocumentError) for failure in self.failures)


def load(records: Iterable[Record], store: Store, *, on_error: Callable[[InputError], None] | None = None) -> Summary:
    """Store what records say; a document that stands there already is replaced where anything about it changed.

    Nodes come before the edges that need them, as ``extract`` and the JSON Lines export write them. A document whose
    records contradict themselves, its text or the ontology is not stored, what stood in the store stays, and the rest
    goes on; the summary holds every such failure, and ``on_error`` hears of it at once.
    """
    with Ingestion(store, on_error=on_error) as ingestion:
        ingestion.take(records)
    return ingestion.summary


class Ingestion:
    """A load in progress, for records from several sources. A context manager.

    ``on_stored`` hears of each document as soon as it is on the disk: the bundle, and its outcome ("new", "changed",
    "unchanged").
    """

    def __init__(
        self,
        store: Store,
        *,
        on_error: Callable[[InputError], None] | None = None,
        on_stored: Callable[[Bundle, str], None] | None = None,
    ) -> None:
        self.summary = Summary(store.url, store.kind)
        self._on_error = on_error
        self._on_stored = on_stored
        self._began = time.monotonic()
        with store.view() as view:
            self._stored = view.document_hashes()
        self._taken: dict[str, tuple[str, object]] = {}  # root id → its source and its text's hash, in this load
        self._seen: set[str] = set()
        self._writer = store.writer()

    def take(self, records: Iterable[Record | RecordError], source: str = "") -> None:
        """Store all documents in the records; ``source`` is named in what is told of them.

        An error among them stands for a record that could not be read, and was told; see ``bundles.gather``.
        """
        for found in gather(records):
            if isinstance(found, Gathered):
                self._put(found.bundle, found.faults, source)
            elif found.document:
                self.fail(DocumentError(_join(source, found.document), f"not stored: {found.reason}"))
            else:
                self.fail(InputError(_join(source, f"{found.id} ({found.type}) is not stored: {found.reason}")))

    def fail(self, error: InputError) -> None:
        """Note a failure, here or before the records came."""
        self.summary.failures.append(error)
        if self._on_error:
            self._on_error(error)

    def _put(self, bundle: Bundle, faults: list[Fault], source: str) -> None:
        root, fingerprint = bundle.root.id, bundle.fingerprint
        before, known_text = self._taken.setdefault(root, (source, bundle.root.properties.get("sha256")))
        try:
            self.summary.noted += "note" in bundle.root.properties
            if self._stored.get(root) == fingerprint:  # then what is wrong beside it costs it nothing
                self.summary.unchanged += 1
                self._tell(bundle, "unchanged")
                return
            if faults:
                more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
                raise RecordError(f"{faults[0].id} ({faults[0].type}): {faults[0].reason}{more}")
            if known_text != bundle.root.properties.get("sha256"):
                raise RecordError(f"{before or 'a document before it'} has the same address and another text")
            self._writer.put(bundle)
        except RecordError as error:
            self.fail(DocumentError(_join(source, f"{root} ({bundle.root.name})"), f"not stored: {error}"))
            return
        if root in self._stored:
            self.summary.changed += 1
            self._tell(bundle, "changed")
        else:
            self.summary.new += 1
            self._tell(bundle, "new")
        self._stored[root] = fingerprint
        self._count(bundle)

    def _tell(self, bundle: Bundle, outcome: str) -> None:
        if self._on_stored:
            self._on_stored(bundle, outcome)

    def _count(self, bundle: Bundle) -> None:
        fresh = [node for node in bundle.nodes if node.id not in self._seen]
        self._seen.update(node.id for node in fresh)
        for counts, items in ((self.summary.nodes, fresh), (self.summary.edges, bundle.edges)):
            for type, count in count_by_type(items).items():
                counts[type] = counts.get(type, 0) + count

    def close(self) -> None:
        """Finish writing; what was taken stays."""
        self._writer.close()
        self.summary.seconds = time.monotonic() - self._began

    def __enter__(self) -> Ingestion:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _join(*parts: str) -> str:
    return ": ".join(part for part in parts if part)
