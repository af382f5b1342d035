"""From records to the store: gathered by document, checked, and written a few hundred documents at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from types import TracebackType

from narragraph.errors import DocumentError, InputError, RecordError
from narragraph.graph.bundles import Gathered, gather
from narragraph.graph.ledger import Ledger, numbered
from narragraph.graph.model import Node
from narragraph.graph.records import Record
from narragraph.graph.stores.base import Bundle, Store, count_by_type

GROUP_EDGES = 20_000  # written in one transaction; twice as many are hardly quicker
GROUP_PASSED = 1_000  # documents that need not be read again, told at once
GROUP_SECONDS = 2.0  # that a document waits for others, if the next one does not take longer to read

_PASSED = """
UNWIND $ids AS id MATCH (d:Document {id: id})
RETURN d.id AS id, d.name AS name, d.path AS path, d.sha256 AS sha256, d.note AS note ORDER BY id
"""


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

    ``on_stored`` hears of each document as soon as it is on the disk: its node, the bundle (None where it was passed
    over, with a node of id, name and path), and its outcome ("new", "changed", "unchanged"). With ``dry_run`` it hears,
    and the summary tells, what would become of them, and nothing is stored.
    """

    def __init__(
        self,
        store: Store,
        *,
        on_error: Callable[[InputError], None] | None = None,
        on_stored: Callable[[Node, Bundle | None, str], None] | None = None,
        dry_run: bool = False,
    ) -> None:
        self.summary = Summary(store.url, store.kind)
        self._on_error = on_error
        self._on_stored = on_stored
        self._began = time.monotonic()
        self._taken = _Taken()
        self._counted = Ledger()  # ids of nodes
        self._passed: dict[str, str] = {}  # root id → the source that need not be read again
        self._waiting: dict[str, tuple[Gathered, str]] = {}  # root id → what came from it, and its source
        self._waiting_edges = 0
        self._waiting_since = 0.0
        self._store = store
        self._writer = None if dry_run else store.writer()

    def came(self, root: str) -> bool:
        """Whether a root document came in this load, stored or not."""
        return root in self._passed or root in self._taken

    def take(self, records: Iterable[Record | RecordError], source: str = "") -> None:
        """Store all documents in the records; ``source`` is named in what is told of them.

        An error among them stands for a record that could not be read, and was told; see ``bundles.gather``.
        """
        for found in gather(records):
            if isinstance(found, Gathered):
                self._add(found, source)
            elif found.document:
                self.fail(DocumentError(_join(source, found.document), f"not stored: {found.reason}"))
            else:
                self.fail(InputError(_join(source, f"{found.id} ({found.type}) is not stored: {found.reason}")))

    def pass_over(self, root: str, source: str) -> None:
        """Note that a document is stored as it would be read again."""
        if root in self._waiting or root in self._passed:
            self.flush()
        self._passed[root] = source
        if len(self._passed) >= GROUP_PASSED:
            self.flush()

    def fail(self, error: InputError) -> None:
        """Note a failure, here or before the records came."""
        self.summary.failures.append(error)
        if self._on_error:
            self._on_error(error)

    def _add(self, found: Gathered, source: str) -> None:
        """Let it wait for others: one transaction of many documents takes half the time of many transactions."""
        root = found.bundle.root
        if root.id in self._waiting or root.id in self._passed:
            self.flush()
        if not self._waiting:
            self._waiting_edges, self._waiting_since = 0, time.monotonic()
        self._taken.add(root.id, str(root.properties.get("sha256")), source)
        self._waiting[root.id] = found, source
        self._waiting_edges += len(found.bundle.edges)
        if self._waiting_edges >= GROUP_EDGES or time.monotonic() - self._waiting_since >= GROUP_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Store what was taken and still waits; the summary counts a document once it is on the disk."""
        self._tell_passed()
        waiting, self._waiting = self._waiting, {}
        if not waiting:
            return
        with self._store.view() as view:
            stored = view.document_hashes(waiting)
        changed: dict[str, Bundle] = {}
        for root, (found, source) in waiting.items():
            self.summary.noted += "note" in found.bundle.root.properties
            if stored.get(root) == found.bundle.fingerprint:  # then what is wrong beside it costs it nothing
                self._tell(found.bundle.root, found.bundle, "unchanged")
            elif reason := _objection(found, self._taken):
                self._refuse(found.bundle, source, reason)
            else:
                changed[root] = found.bundle
        for bundle, error in self._written(list(changed.values())):
            root = bundle.root.id
            if error:
                self._refuse(bundle, waiting[root][1], error)
            else:
                self._tell(bundle.root, bundle, "changed" if root in stored else "new")
                self._count(bundle)

    def _written(self, bundles: Sequence[Bundle]) -> Iterator[tuple[Bundle, RecordError | None]]:
        """Each with the reason why the store refuses it; those without one are on the disk."""
        try:
            if self._writer:
                self._writer.put_all(bundles)
        except RecordError as error:
            if len(bundles) == 1:
                yield bundles[0], error
            else:  # it speaks of one of them, which the others need not suffer for
                for bundle in bundles:
                    yield from self._written([bundle])
        else:
            yield from ((bundle, None) for bundle in bundles)

    def _tell_passed(self) -> None:
        passed, self._passed = self._passed, {}
        if not passed:
            return
        with self._store.view() as view:
            rows = view.run_patiently(_PASSED, {"ids": list(passed)}).rows
        for id, name, path, sha256, note in rows:
            self._taken.add(id, sha256, passed[id])
            self.summary.noted += note is not None
            properties = {} if path is None else {"path": path}
            self._tell(Node(id, "Document", name, properties=properties), None, "unchanged")

    def _tell(self, root: Node, bundle: Bundle | None, outcome: str) -> None:
        setattr(self.summary, outcome, getattr(self.summary, outcome) + 1)
        if self._on_stored:
            self._on_stored(root, bundle, outcome)

    def _refuse(self, bundle: Bundle, source: str, reason: object) -> None:
        self.fail(DocumentError(_join(source, f"{bundle.root.id} ({bundle.root.name})"), f"not stored: {reason}"))

    def _count(self, bundle: Bundle) -> None:
        fresh = [node for node in bundle.nodes if self._counted.put(node.id)]
        for counts, items in ((self.summary.nodes, fresh), (self.summary.edges, bundle.edges)):
            for type, count in count_by_type(items).items():
                counts[type] = counts.get(type, 0) + count

    def close(self) -> None:
        """Finish writing; what was taken stays."""
        try:
            self.flush()
        finally:
            if self._writer:
                self._writer.close()
            self.summary.seconds = time.monotonic() - self._began

    def __enter__(self) -> Ingestion:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Taken:
    """The root documents of a load: the hash of each one's text, and the file it came from."""

    def __init__(self) -> None:
        self._texts = Ledger()
        self._places = Ledger()
        self._files: dict[str, int] = {}  # file → its number

    def add(self, root: str, text: str, source: str) -> None:
        """Note a document, unless one of its id came before; ``text`` is the hash of its text."""
        if self._texts.put(root, numbered(text)):
            file = source.rpartition(", row ")[0] or source
            self._places.put(root, self._files.setdefault(file, len(self._files)))

    def __contains__(self, root: str) -> bool:
        return self._texts.get(root) is not None

    def before(self, root: str, text: str) -> str | None:
        """The file that had another text for a document; None where the one that came first had this text."""
        if self._texts.get(root) == numbered(text):
            return None
        return list(self._files)[self._places.get(root) or 0] or "a document before it"


def _objection(found: Gathered, taken: _Taken) -> str | None:
    """Why a document cannot be stored."""
    if found.faults:
        first, more = found.faults[0], len(found.faults) - 1
        return f"{first.id} ({first.type}): {first.reason}" + (f" (and {more} more)" if more else "")
    root = found.bundle.root
    if before := taken.before(root.id, str(root.properties.get("sha256"))):
        return f"{before} has the same address and another text"
    return None


def _join(*parts: str) -> str:
    return ": ".join(part for part in parts if part)
