"""The commands that look after stores."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import neo4j_server
import pytest
from certificates import self_signed
from neo4j import GraphDatabase
from parts import missing
from processes import child, held
from small_graphs import actor, bundle, document, mention

from narragraph import __version__
from narragraph.graph.stores import embedded_check, open_store
from narragraph.graph.stores.schema import FORMAT

Command = Callable[..., Any]
DOC, ANN = document("a"), actor("ann")


def fill(url: object, *names: str) -> None:
    with open_store(str(url), create=True) as store, store.writer() as writer:
        for name in names:
            root = document(name)
            writer.put(bundle(root, ANN, mention(root, ANN)))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "store"
    fill(path, "a")
    return path


def findings(narragraph: Command, url: object, status: int) -> dict[str, tuple[str, str]]:
    """State and words of each part that ``store check`` looked at."""
    done = narragraph("store", "check", "--store", url, "--format", "json")
    assert done.status == status, done
    return {row["part"]: (row["state"], row["words"]) for row in json.loads(done.out)}


def wrong(narragraph: Command, url: object) -> tuple[str, str]:
    """The last thing that was looked at, which must be wrong, and the words for it."""
    part, (state, words) = list(findings(narragraph, url, 3).items())[-1]
    assert state == "wrong"
    return part, words


def test_info_tells_what_a_store_is(narragraph: Command, place: Path) -> None:
    told = json.loads(narragraph("store", "info", "--store", place, "--format", "json").out)
    assert told["store"] == str(place)
    assert told["kind"].startswith("embedded store (ArcadeDB ")
    assert isinstance(told["format"], int)
    assert told["bytes"] == sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
    assert (told["nodes"], told["edges"]) == ({"Actor": 1, "Document": 1}, {"MENTIONS": 1})
    assert told["written_by"] == {__version__: 1}
    assert {"name": "Narragraph.id", "kind": "unique", "on": "Narragraph.id", "state": "online"} in told["schema"]
    table = narragraph("store", "info", "--store", place).out
    assert f"documents written by  {__version__}" in table


@pytest.mark.server
def test_info_tells_what_a_graph_on_a_server_is(narragraph: Command, neo4j_address: neo4j_server.Address) -> None:
    fill(neo4j_address.uri, "a", "b")
    told = json.loads(narragraph("store", "info", "--store", neo4j_address.uri, "--format", "json").out)
    assert told["kind"].startswith("Neo4j 5.26")
    assert (told["bytes"], told["nodes"]) == (None, {"Actor": 1, "Document": 2})
    assert {"unique", "range index"} <= {part["kind"] for part in told["schema"]}
    assert {part["state"] for part in told["schema"]} == {"online"}


def test_a_sound_folder_is_found_sound(narragraph: Command, place: Path) -> None:
    found = findings(narragraph, place, 0)
    assert {part: state for part, (state, _) in found.items()} == dict.fromkeys(
        ("library", "folder", "graph", "writing", "disk", "memory", "lock"), "ok"
    )


def test_a_folder_that_is_no_store_is_told(narragraph: Command, tmp_path: Path) -> None:
    assert wrong(narragraph, tmp_path / "nowhere")[1].startswith(f"There is no store at {tmp_path / 'nowhere'}.")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").touch()
    assert "a folder of other things" in wrong(narragraph, tmp_path / "notes")[1]


def test_a_store_that_another_process_holds_is_told(narragraph: Command, place: Path) -> None:
    with held(place, "writes"):
        part, words = wrong(narragraph, place)
        assert (part, words.startswith("Another process writes to the store")) == ("lock", True)
    with held(place, "reads"):
        assert findings(narragraph, place, 0)["lock"] == ("warning", f"Another process uses the store at {place}.")


def test_a_disk_that_is_nearly_full_is_told(narragraph: Command, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_check, "LOW", 2**80)
    state, words = findings(narragraph, place, 0)["disk"]
    assert state == "warning"
    assert words.startswith("nearly full: ")


def test_too_little_memory_for_the_store_is_told(
    narragraph: Command, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_check, "_GRAPH_PER_HEAP", 0)
    state, words = findings(narragraph, place, 0)["memory"]
    assert state == "warning"
    assert "NARRAGRAPH_HEAP" in words


def test_a_missing_library_is_told(narragraph: Command, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "arcadedb_embedded", None)
    part, words = wrong(narragraph, place)
    assert part == "library"
    assert "bolt://localhost:7687" in words


def test_another_librarys_java_in_the_same_process_is_told(place: Path) -> None:
    code = """
        import jpype
        from arcadedb_embedded import jvm
        jpype.startJVM(jvm.get_bundled_jre_lib_path())
        from narragraph.graph.stores import examine_store
        for finding in examine_store(sys.argv[1]):
            print(finding.part, finding.state.value, finding.words)
    """
    with child(code, place) as process:
        said, _ = process.communicate(timeout=60)
    assert said.startswith("library wrong Another library of this program has started a Java of its own")


# Java and Python are read before the rights of the process go: others may not look into their folders
_AS_NOBODY = """
    import os, arcadedb_embedded
    from narragraph.graph.stores import embedded, embedded_check, examine_store, jvm, open_store
    jvm.start()
    open_store(sys.argv[2], create=True).close()
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    for finding in examine_store(sys.argv[1]):
        print(finding.part, finding.state.value, finding.words)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="rights of another kind")
def test_a_folder_that_may_only_be_read_can_be_read_and_is_told() -> None:
    with tempfile.TemporaryDirectory() as folder:  # others may not look into pytest's own
        place = Path(folder) / "store"
        fill(place, "a")
        Path(folder).chmod(0o755)
        for entry in (place, *place.rglob("*")):
            entry.chmod(0o555 if entry.is_dir() else 0o444)
        with child(_AS_NOBODY, place, Path(folder) / "other") as process:
            said, complaint = process.communicate(timeout=60)
        for entry in (place, *place.rglob("*")):
            entry.chmod(0o755)
    assert "graph ok every edge has its ends" in said, complaint
    assert f"writing warning it can be read only: no right to write to {place}" in said
    assert "cannot be written: Permission denied" in said


@pytest.mark.server
def test_a_sound_server_is_found_sound(narragraph: Command, neo4j_address: neo4j_server.Address) -> None:
    found = findings(narragraph, neo4j_address.uri, 0)
    assert found["graph"][0] == "warning"
    assert "holds no graph of ours" in found["graph"][1]
    fill(neo4j_address.uri, "a")
    found = findings(narragraph, neo4j_address.uri, 0)
    assert {part: state for part, (state, _) in found.items()} == dict.fromkeys(
        ("address", "login", "database", "graph", "writing", "indexes"), "ok"
    )


@pytest.mark.server
def test_what_is_wrong_with_a_server_is_told_where_it_shows(
    narragraph: Command, neo4j_address: neo4j_server.Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = neo4j_address.uri
    assert wrong(narragraph, url.replace("bolt:", "bolt+s:"))[0] == "address"
    with GraphDatabase.driver(url, auth=(neo4j_address.username, neo4j_address.password)) as driver:
        driver.execute_query("CREATE (:Country {name: 'foreign'})")
    assert wrong(narragraph, url) == (
        "graph",
        f"The database at {url} holds nodes with the label Country that are not ours. "
        "Name another database in NEO4J_DATABASE.",
    )
    monkeypatch.setenv("NEO4J_DATABASE", "elsewhere")
    assert wrong(narragraph, url) == (
        "database",
        f"The server at {url} has no database elsewhere. NEO4J_DATABASE names it.",
    )
    monkeypatch.setenv("NEO4J_PASSWORD", "not-the-password")
    part, words = wrong(narragraph, url)
    assert (part, words) == (
        "login",
        f"The server at {url} refuses: user or password is wrong, or missing. "
        "User and password come from NEO4J_USERNAME and NEO4J_PASSWORD.",
    )


@pytest.fixture(scope="module")
def strict_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[neo4j_server.Address]:
    """A Neo4j that encrypts all connections with a certificate of its own, and takes no writes."""
    if reason := neo4j_server.lacking():
        missing(f"no Neo4j server: {reason}")
    key, certificate = self_signed(tmp_path_factory.mktemp("certificate"))
    settings = (
        "server.bolt.tls_level=REQUIRED\ndbms.ssl.policy.bolt.enabled=true\n"
        "dbms.ssl.policy.bolt.base_directory=certificates\ndbms.ssl.policy.bolt.client_auth=NONE\n"
    )
    files = {"certificates/private.key": key, "certificates/public.crt": certificate}
    with neo4j_server.restartable(settings=settings, files=files, scheme="bolt+ssc") as server:
        server.stop()  # a database that takes no writes cannot even be made
        server.configure("server.databases.default_to_read_only=true\n")
        server.start()
        yield server.address


@pytest.mark.server
@pytest.mark.slow
def test_a_server_that_encrypts_and_takes_no_writes_is_told(
    narragraph: Command, strict_server: neo4j_server.Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_USERNAME", strict_server.username)
    monkeypatch.setenv("NEO4J_PASSWORD", strict_server.password)
    host = strict_server.uri.partition("://")[2]
    assert "wants an encrypted connection" in wrong(narragraph, f"bolt://{host}")[1]
    assert "is self-signed" in wrong(narragraph, f"bolt+s://{host}")[1]
    found = findings(narragraph, strict_server.uri, 3)
    assert found["login"][0] == "ok"
    assert found["writing"] == (
        "wrong",
        f"The database at {strict_server.uri} takes no writes: it is set to be read only.",
    )


def test_a_store_is_upgraded(narragraph: Command, place: Path) -> None:
    done = narragraph("store", "upgrade", "--store", place)
    assert (done.status, done.err) == (0, f"{place} is up to date already: it has format {FORMAT}.\n")
    (place / "narragraph.json").write_text('{"format": 1}')
    done = narragraph("stats", "--store", place)
    assert done.status == 3
    assert f"narragraph store upgrade --store {place}" in done.err
    done = narragraph("store", "upgrade", "--store", place)
    assert (done.status, done.err) == (0, f"{place} is brought from format 1 to {FORMAT}.\n")
    assert narragraph("stats", "--store", place).status == 0


def test_a_graph_is_copied_and_proved(narragraph: Command, place: Path, tmp_path: Path) -> None:
    done = narragraph("store", "copy", place, tmp_path / "copy")
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith("1 documents copied, 0 were there already, 0 removed; 2 nodes and 1 edges are the same")
    fill(place, "b")
    assert "1 documents copied, 1 were there already" in narragraph("store", "copy", place, tmp_path / "copy").err
    fill(tmp_path / "copy", "c")
    done = narragraph("store", "copy", place, tmp_path / "copy")
    assert done.status == 2
    assert "--overwrite" in done.err
    assert "1 removed" in narragraph("store", "copy", place, tmp_path / "copy", "--overwrite").err


def test_a_store_is_not_copied_onto_itself(narragraph: Command, place: Path) -> None:
    done = narragraph("store", "copy", place, place)
    assert done.status == 3
    assert "uses the store" in done.err
