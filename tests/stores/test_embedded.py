"""The embedded store as processes meet it: its folder, its lock, kill -9, Ctrl-C and silence."""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path

import pytest
from processes import child, command, held, let_go
from small_graphs import actor, bundle, document, edge

from narragraph.errors import NotAStore, StoreError, StoreLocked, StoreNotFound, StoreUnavailable, StoreVersionError
from narragraph.graph.stores import embedded, jvm, open_store, upgrade_store
from narragraph.graph.stores.base import Bundle
from narragraph.graph.stores.schema import FORMAT

HERE = Path(__file__).parent
EDGES = 20


def numbered(number: int) -> Bundle:
    """A document of EDGES edges, of which each names a person of its own and one that all documents share."""
    root, shared = document(f"{number:04}"), actor("shared")
    own = [actor(f"{number:04}-{place}") for place in range(EDGES)]
    return bundle(root, shared, *own, *(edge("ACCUSES", one, shared, root) for one in own))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A store that holds one document."""
    path = tmp_path / "store"
    with open_store(path, create=True) as store, store.writer() as writer:
        writer.put(numbered(0))
    return path


def test_a_store_is_made_only_when_asked_for(tmp_path: Path) -> None:
    with pytest.raises(StoreNotFound, match=r"There is no store at .*narragraph load"):
        open_store(tmp_path / "store")
    assert list(tmp_path.iterdir()) == []


def test_a_store_is_made_in_new_folders_and_in_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "a" / "b", tmp_path / "empty"):
        open_store(path, create=True).close()
        assert sorted(entry.name for entry in path.iterdir()) == ["graph", "lock", "narragraph.json"]
        assert [entry.name for entry in path.parent.iterdir() if entry.name.startswith(".")] == []


def test_what_is_no_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    for path, what in ((tmp_path, "a folder of other things"), (tmp_path / "notes.txt", "a file")):
        with pytest.raises(NotAStore, match=what):
            open_store(path, create=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["notes.txt"]


def test_a_place_where_no_folder_can_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable, match="cannot be made"):
        open_store(tmp_path / "file" / "store", create=True)


def test_a_platform_without_the_library_is_told_of_neo4j(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "arcadedb_embedded", None)
    with pytest.raises(StoreUnavailable, match=r"not installed here.*bolt://") as caught:
        open_store(tmp_path / "store", create=True)
    assert caught.value.exit_code == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("marker", ["", "[]", "{}", "\x00"])
def test_a_damaged_marker_is_told(place: Path, marker: str) -> None:
    (place / "narragraph.json").write_text(marker)
    with pytest.raises(NotAStore, match="damaged"):
        open_store(place)


def test_a_store_of_a_later_format_is_refused(place: Path) -> None:
    (place / "narragraph.json").write_text(json.dumps({"format": 99}))
    with pytest.raises(StoreVersionError, match="format 99"):
        open_store(place)


@pytest.fixture
def older(place: Path) -> Path:
    """A store of format 1, whose schema lacks a part that an upgrade makes."""
    with open_store(place) as store:
        store._database.command("sql", "DROP INDEX `Document[root]`")  # type: ignore[attr-defined]
    (place / "narragraph.json").write_text(json.dumps({"format": 1, "engine": "ArcadeDB"}))
    return place


def test_a_store_of_an_older_format_is_refused_with_the_way_out(older: Path) -> None:
    for readonly in (True, False):
        with pytest.raises(StoreVersionError, match=r"format 1; .*narragraph store upgrade --store .*brings it up"):
            open_store(older, readonly=readonly)


def test_an_upgraded_store_is_like_a_new_one(older: Path, tmp_path: Path) -> None:
    assert upgrade_store(older) == (1, FORMAT)
    for path, numbers in ((older, [1]), (tmp_path / "new", [0, 1])):
        with open_store(path, create=True) as store, store.writer() as writer:
            for number in numbers:
                writer.put(numbered(number))
    with open_store(older) as store, open_store(tmp_path / "new") as new, store.view() as view, new.view() as expected:
        assert store.details().schema == new.details().schema
        assert list(view.edges()) == list(expected.edges())
    assert upgrade_store(older) == (FORMAT, FORMAT)


def test_an_upgrade_that_was_broken_off_can_be_done_again(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(path: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(embedded, "_write_marker", stop)
        with pytest.raises(KeyboardInterrupt):
            upgrade_store(older)
    with pytest.raises(StoreVersionError):
        open_store(older)
    assert upgrade_store(older) == (1, FORMAT)
    open_store(older).close()


def test_what_cannot_be_upgraded_is_left_alone(place: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreNotFound):
        upgrade_store(tmp_path / "nowhere")
    with held(place, "reads"), pytest.raises(StoreLocked):
        upgrade_store(place)
    (place / "narragraph.json").write_text(json.dumps({"format": 99}))
    with pytest.raises(StoreVersionError, match="Use the version that made it"):
        upgrade_store(place)


def test_a_store_whose_files_are_gone_is_told(place: Path) -> None:
    for file in (place / "graph").glob("schema*"):
        file.unlink()
    for readonly in (True, False):
        with pytest.raises(StoreUnavailable, match="lost files"):
            open_store(place, readonly=readonly)


def test_a_store_opened_to_be_read_only_gives_no_writer(place: Path) -> None:
    with open_store(place, readonly=True) as store, pytest.raises(StoreError, match="read only"):
        store.writer()


def test_a_second_opening_in_one_program_is_refused(place: Path) -> None:
    with open_store(place), pytest.raises(StoreLocked):
        open_store(place)
    with open_store(place, readonly=True), pytest.raises(StoreLocked, match="this program"):
        open_store(place, readonly=True)
    open_store(place).close()


def test_closing_twice_is_allowed(place: Path) -> None:
    store = open_store(place)
    store.close()
    store.close()


def test_a_writer_shuts_all_others_out(place: Path) -> None:
    with held(place, "writes"):
        for readonly in (True, False):
            with pytest.raises(StoreLocked, match="Another process") as caught:
                open_store(place, readonly=readonly)
            assert caught.value.exit_code == 3


def test_readers_share_a_store_and_shut_writers_out(place: Path) -> None:
    with held(place, "reads"):
        with open_store(place, readonly=True) as store, store.view() as view:
            assert len(list(view.edges())) == EDGES
        with pytest.raises(StoreLocked, match="Another process"):
            open_store(place)


def test_one_can_wait_for_the_other_to_finish(place: Path) -> None:
    with held(place, "writes") as other:
        started = time.monotonic()
        with pytest.raises(StoreLocked):
            open_store(place, wait=0.5)
        assert time.monotonic() - started >= 0.5
        let_go(other)
        open_store(place, wait=20).close()


LOAD = """
    from test_embedded import numbered
    from narragraph.graph.stores import open_store
    with open_store(sys.argv[1]) as store, store.writer() as writer:
        for number in range(int(sys.argv[2]), 10_000):
            writer.put(numbered(number % 100))
            print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(place: Path) -> None:
    done = 0
    for acknowledged in (1, 30, 130):  # the last one in the midst of replacing
        with child(LOAD, place, done + 1, folder=HERE) as process:
            assert process.stdout
            for _ in range(acknowledged):
                line = process.stdout.readline()
                assert line, process.stderr and process.stderr.read()
                done = int(line)
            process.kill()
            done = max([done, *map(int, process.stdout.read().split())])
        with open_store(place, readonly=True) as store, store.view() as view:
            hashes, edges = view.document_hashes(), list(view.edges())
        per_document = {id: [edge.id for edge in edges if edge.document == id] for id in hashes}
        for number in range(min(done, 99) + 1):
            whole = numbered(number)
            assert hashes[whole.root.id] == whole.fingerprint
            assert per_document[whole.root.id] == sorted(edge.id for edge in whole.edges)
        assert len(edges) == EDGES * len(hashes)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for one process")
def test_ctrl_c_ends_a_long_query_at_once(place: Path) -> None:
    code = """
        from narragraph.graph.stores import open_store
        try:
            with open_store(sys.argv[1], readonly=True) as store, store.view() as view:
                print("asking", flush=True)
                view.run("UNWIND range(1, 90000) AS a UNWIND range(1, 90000) AS b WITH a * b AS c WHERE c < 0 RETURN c")
        except KeyboardInterrupt:
            print("stopped")
    """
    with child(code, place) as process:
        assert process.stdout
        assert process.stdout.readline() == "asking\n"
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        said, complaint = process.communicate(timeout=10)
    assert (said, complaint, process.returncode) == ("stopped\n", "", 0)


def test_a_query_that_needs_too_much_memory_fails_alone(place: Path) -> None:
    code = """
        import os
        os.environ["NARRAGRAPH_HEAP"] = "96"
        from narragraph.errors import QueryFailed
        from narragraph.graph.stores import open_store
        many = "UNWIND range(1, 1000) AS a UNWIND range(1, 100000) AS b"
        with open_store(sys.argv[1], readonly=True) as store, store.view() as view:
            for rest in ("WITH collect([a, b, a + b]) AS kept RETURN size(kept) AS n", "RETURN a, b ORDER BY b, a"):
                try:
                    view.run(f"{many} {rest}", timeout=60)
                except QueryFailed as error:
                    print(error)
            print(view.run("RETURN 1 AS x").rows)
    """
    with child(code, place) as process:
        said, complaint = process.communicate(timeout=120)
    told = "The query needs more memory than Java may use. Narrow it, or raise NARRAGRAPH_HEAP (megabytes).\n"
    assert (said, complaint) == (f"{told}{told}[(1,)]\n", "")


@pytest.mark.parametrize("asked", ["much", "-1", "12", "1e3"])
def test_memory_that_is_no_number_of_megabytes_is_refused(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRAGRAPH_HEAP", asked)
    with pytest.raises(StoreUnavailable, match="NARRAGRAPH_HEAP is a number of megabytes from 64 on"):
        jvm.heap()


@pytest.mark.skipif(sys.platform == "win32", reason="no account of children's time")
def test_looking_at_a_small_store_is_quick(place: Path) -> None:
    """Python, Java, opening and asking: about a second of a processor when this was written."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with command("show", "Shared", "--store", place) as process:
        said, _ = process.communicate(timeout=120)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert said.startswith("Shared  (Actor, actor:shared)")
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2.5


def test_loading_and_asking_leave_no_trace_but_the_store(tmp_path: Path) -> None:
    code = """
        import os
        os.chdir(sys.argv[1])
        from test_embedded import numbered
        from narragraph.graph.stores import open_store
        for readonly in (False, True):
            with open_store("store", create=True, readonly=readonly) as store, store.view() as view:
                if not readonly:
                    with store.writer() as writer:
                        writer.put(numbered(1))
                print(view.run("MATCH (n) RETURN count(*) AS n").rows)
    """
    with child(code, tmp_path, folder=HERE) as process:
        said, complaint = process.communicate(timeout=60)
    assert (said, complaint) == ("[(22,)]\n[(22,)]\n", "")
    assert [entry.name for entry in tmp_path.iterdir()] == ["store"]


def test_commands_that_find_no_store_start_no_java(tmp_path: Path) -> None:
    code = """
        from narragraph.errors import StoreNotFound
        from narragraph.graph.stores import open_store
        try:
            open_store(sys.argv[1])
        except StoreNotFound:
            print(sorted({"jpype", "arcadedb_embedded", "neo4j"} & set(sys.modules)))
    """
    with child(code, tmp_path / "store") as process:
        assert process.communicate(timeout=60) == ("[]\n", "")
