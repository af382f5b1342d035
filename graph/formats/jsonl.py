"""The graph as records: JSON Lines, nodes by id, then edges by id, so that equal graphs give equal bytes."""

from __future__ import annotations

from typing import TextIO

from narragraph.graph.records import to_line
from narragraph.graph.stores.base import View


def write_jsonl(view: View, out: TextIO) -> int:
    """Write every record of the view; gives their number."""
    count = 0
    for records in (view.nodes(), view.edges()):
        for record in records:
            out.write(to_line(record) + "\n")
            count += 1
    return count
