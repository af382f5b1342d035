"""Which store an address means."""

from __future__ import annotations

from pathlib import Path

import pytest

from narragraph.errors import StoreNotFound, UsageError
from narragraph.graph.stores import open_store


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("NARRAGRAPH_STORE", "NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_no_address_means_the_folder_in_the_current_one() -> None:
    with pytest.raises(StoreNotFound, match="narragraph-store"):
        open_store()


def test_the_environment_names_another_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRAGRAPH_STORE", "elsewhere")
    with pytest.raises(StoreNotFound, match="elsewhere"):
        open_store()


def test_a_server_of_the_environment_is_never_used_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://localhost:1")
    with pytest.raises(StoreNotFound, match="narragraph-store"):
        open_store()


def test_the_word_neo4j_needs_the_environment() -> None:
    with pytest.raises(UsageError, match="NEO4J_URI is not set"):
        open_store("neo4j")


@pytest.mark.parametrize(
    "url",
    [
        "bolt://neo4j:secret@localhost:7687",
        "neo4j+s://secret@example.org",
        "bolt://localhost?password=secret",
        "bolt://localhost#secret",
        "secret://localhost@x",
    ],
)
def test_passwords_in_addresses_are_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError, match="NEO4J_PASSWORD") as caught:
        open_store(url)
    assert "secret" not in str(caught.value)


def test_a_password_in_the_environments_address_is_not_repeated_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "neo4j://me:secret@localhost")
    with pytest.raises(UsageError) as caught:
        open_store("neo4j")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["http://localhost:7474", "postgres://localhost", "file:///tmp/x"])
def test_unknown_kinds_are_told_with_the_known_ones(url: str) -> None:
    with pytest.raises(UsageError, match=r"no kind of store.*bolt"):
        open_store(url)


@pytest.mark.parametrize("url", ["bolt://", "bolt://:7687", "bolt://host:port", "bolt://host:99999", "neo4j://host/db"])
def test_addresses_that_name_no_server_are_told(url: str) -> None:
    with pytest.raises(UsageError, match="not the address of a server"):
        open_store(url)
