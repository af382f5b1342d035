"""What a store keeps of a document is enough to read it again as it was read first."""

from __future__ import annotations

from pathlib import Path

import pytest

from narragraph.graph.model import Node
from narragraph.loaders import extract
from narragraph.loaders.document import as_read
from narragraph.loaders.extraction.pipeline import extract_document

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "documents").iterdir())
TABLE = "outlet;title;date;summary;disproof\nrt.com;A lie;02.03.2020;Poland poisoned the river.;No evidence given.\n"


@pytest.mark.parametrize("path", [*PAGES, *EXAMPLES], ids=lambda path: path.name)
def test_a_document_node_gives_its_document_again(path: Path) -> None:
    records = list(extract(path))
    root = records[0]
    assert isinstance(root, Node)
    assert extract_document(as_read(root)) == records


def test_a_row_of_a_table_is_read_again_too(tmp_path: Path) -> None:
    place = tmp_path / "cases.csv"
    place.write_text(TABLE, "utf-8")
    records = list(extract(place))
    root = records[0]
    assert isinstance(root, Node)
    assert extract_document(as_read(root)) == records
