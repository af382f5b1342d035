"""A kind of store that another package brings: one module, and its scheme among that package's entry points."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_graphs import actor, bundle, document, edge, mention

from narragraph.errors import StoreNotFound, UsageError
from narragraph.graph.copying import copy
from narragraph.graph.stores import examine_store, open_store, upgrade_store
from narragraph.graph.stores.findings import State

DOC, ANN, EVE = document("a"), actor("ann", "Annie"), actor("eve")


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package's metadata as an installer leaves them; its module stands among the tests' support."""
    metadata = tmp_path / "site" / "lines_store-1.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: lines-store\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text("[narragraph.stores]\nlines = lines_store:open_lines\n")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))


def test_its_scheme_opens_it(tmp_path: Path) -> None:
    url = f"lines://{tmp_path / 'graph.jsonl'}"
    with pytest.raises(StoreNotFound):
        open_store(url)
    with open_store(url, create=True) as store, store.writer() as writer:
        writer.put(bundle(DOC, ANN, EVE, edge("ACCUSES", ANN, EVE, DOC), mention(DOC, ANN)))
    with open_store(url, readonly=True) as store, store.view() as view:
        assert store.kind == "lines of JSON"
        assert view.counts() == ({"Actor": 2, "Document": 1}, {"ACCUSES": 1, "MENTIONS": 1})


def test_graphs_are_copied_to_it_and_from_it(tmp_path: Path) -> None:
    with open_store(tmp_path / "ours", create=True) as ours:
        with ours.writer() as writer:
            writer.put(bundle(DOC, ANN, EVE, edge("ACCUSES", ANN, EVE, DOC), mention(DOC, ANN)))
        with open_store(f"lines://{tmp_path / 'graph.jsonl'}", create=True) as theirs:
            assert copy(ours, theirs).differences == []
    with (
        open_store(f"lines://{tmp_path / 'graph.jsonl'}", readonly=True) as theirs,
        open_store(tmp_path / "back", create=True) as back,
    ):
        done = copy(theirs, back)
        assert (done.copied, done.nodes, done.edges, done.differences) == (1, 3, 2, [])


def test_it_is_examined_by_opening_it_and_not_upgraded(tmp_path: Path) -> None:
    url = f"lines://{tmp_path / 'graph.jsonl'}"
    assert [finding.state for finding in examine_store(url)] == [State.WRONG]
    open_store(url, create=True).close()
    assert [finding.state for finding in examine_store(url)] == [State.OK]
    with pytest.raises(UsageError, match="not ours to upgrade"):
        upgrade_store(url)


def test_a_scheme_that_no_package_brings_is_told() -> None:
    with pytest.raises(UsageError, match="columns:// is no kind of store"):
        open_store("columns://here")
