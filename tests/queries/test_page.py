"""docs/queries.md tells of the queries what their files tell, and its example is a good one."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from narragraph.graph.stores import open_store
from narragraph.queries import check

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "queries.md"


def test_the_page_tells_what_the_files_tell() -> None:
    spec = importlib.util.spec_from_file_location("queries_page", ROOT / "tools" / "queries_page.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    page = PAGE.read_text("utf-8")
    assert page == tool.written(page), "python tools/queries_page.py writes it anew"


def test_the_query_on_the_page_is_right(tmp_path: Path) -> None:
    (text,) = re.findall(r"^```cypher\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    (tmp_path / "accusers-of.cypher").write_text(text, "utf-8")
    with open_store(str(tmp_path / "store"), create=True) as store, store.view() as view:
        assert check.check([tmp_path], {"syntax": view})[0] == []
