"""What a load remembers of each of its documents takes no memory that grows with their number."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from narragraph.errors import InputError
from narragraph.graph.ingest import Ingestion
from narragraph.graph.ledger import Ledger, numbered
from narragraph.graph.model import Node, document_id
from narragraph.graph.records import Record
from narragraph.graph.stores.memory import MemoryStore
from narragraph.loaders import sources
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.readers.files import find

ROWS = 30_000


def test_the_first_number_of_a_text_stays() -> None:
    ledger = Ledger()
    assert ledger.put("a", numbered("one"))
    assert not ledger.put("a", numbered("two"))
    assert ledger.get("a") == numbered("one")
    assert ledger.get("b") is None


def only_itself(document: SourceDocument) -> list[Record]:
    text = {"text": document.text, "source_key": document.source_key, "sha256": document.sha256}
    return [Node(document_id(document.source_key), "Document", str(document.title), properties=text)]


def test_memory_does_not_grow_with_the_rows_of_a_table(tmp_path: Path) -> None:
    place = tmp_path / "many.csv"
    place.write_text("title,text\n" + "".join(f"Dam {n},Arland built dam {n}.\n" for n in range(ROWS)), "utf-8")
    errors: list[InputError] = []
    taken: list[int] = []
    tracemalloc.start()
    try:
        with Ingestion(MemoryStore(), dry_run=True) as ingestion:
            rows = sources(
                find([place], errors.append), extractor=only_itself, on_error=errors.append, on_warning=print
            )
            for source in rows:
                ingestion.take(source.records, source.path)
                if source.path.endswith(("row 10000", f"row {ROWS}")):
                    ingestion.flush()
                    taken.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert (ingestion.summary.new, errors) == (ROWS, [])
    assert taken[1] - taken[0] < 100_000
