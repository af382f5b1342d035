"""A disk that is full, a folder that cannot be written, files that may not grow."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from conditions import ROUNDS, Database, Folder, Material
from disks import fill, readonly_folder, small_disk, where_mounted
from loading import Told, load, loading
from neo4j_server import Server, restartable
from processes import child, command

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="mounts as Linux has them")]

DISK = 40 * 2**20
SERVERS_DISK = 400 * 2**20


@pytest.mark.parametrize("round", range(ROUNDS // 2))
def test_a_load_that_fills_the_disk_ends_with_the_reason_and_is_finished_when_there_is_room(
    tmp_path: Path, material: Material, round: int
) -> None:
    chance = random.Random(f"disk {round}")
    with small_disk(tmp_path, DISK) as disk:
        place = Folder(disk / "store")
        if replacing := chance.random() < 0.5:
            material.put(place, 1)
        filler = fill(disk, leaving=chance.randrange(3 * 2**20 if replacing else 8 * 2**20))
        with loading(material.folders[2], place.url) as process:
            said, complaint = process.communicate(timeout=100)
        filler.unlink()
        if process.returncode:
            assert process.returncode == 3
            assert complaint.splitlines()[-1].startswith("Error: ")
            assert "No space left on device" in complaint.splitlines()[-1]
            assert "Traceback" not in complaint
        material.check(place, material.fingerprints[1] if replacing else {}, 2, Told.read(said))
        load(material.folders[2], place.url)
        material.check_whole(place, 2)
        assert [path.name for path in disk.iterdir()] == ["store"]


def test_a_folder_that_cannot_be_written_can_be_read(tmp_path: Path, material: Material) -> None:
    material.put(Folder(tmp_path / "store"), 1)
    with readonly_folder(tmp_path) as folder:
        with loading(material.folders[2], str(folder / "store")) as process:
            said, complaint = process.communicate(timeout=60)
        assert (process.returncode, said) == (3, "")
        assert complaint == f"Error: The store at {folder / 'store'} cannot be written: Read-only file system.\n"
        with command("export", "jsonl", "-", "--store", folder / "store") as process:
            said, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        assert said.splitlines() == material.whole(1)


def test_no_store_is_made_where_nothing_can_be_written(tmp_path: Path, material: Material) -> None:
    with readonly_folder(tmp_path) as folder, loading(material.folders[2], str(folder / "store")) as process:
        said, complaint = process.communicate(timeout=60)
    assert (process.returncode, said) == (3, "")
    assert complaint == f"Error: A store cannot be made at {folder / 'store'}: Read-only file system.\n"


def test_files_that_may_not_grow_are_told(tmp_path: Path, material: Material) -> None:
    """As a limit of the system (``ulimit -f``) has it, or a quota."""
    place = Folder(tmp_path / "store")
    material.put(place, 1)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))"
    words = ["load", material.folders[2], "--store", place.url, "--format", "jsonl"]
    code = f"{limit}\nfrom narragraph.cli import main\nsys.argv = ['narragraph', *sys.argv[1:]]\nmain()"
    with child(code, *words) as process:
        said, complaint = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "File too large" in complaint
    assert "Traceback" not in complaint
    material.check(place, material.fingerprints[1], 2, Told.read(said))
    load(material.folders[2], place.url)
    material.check_whole(place, 2)


@pytest.mark.server
@pytest.mark.parametrize("round", range(max(1, ROUNDS // 10)))
def test_a_server_whose_data_fill_their_disk_keeps_all_that_its_log_took(
    tmp_path: Path, material: Material, monkeypatch: pytest.MonkeyPatch, round: int
) -> None:
    data, log = tmp_path / "data", tmp_path / "log"
    data.mkdir()
    folders = f"server.directories.data={data}\nserver.directories.transaction.logs.root={log}\n"
    with (
        small_disk(data, SERVERS_DISK) as disk,
        restartable(settings=folders, within=where_mounted(disk)) as server,
    ):
        place = _place(server, monkeypatch)
        material.put(place, 1)
        filler = fill(disk, leaving=random.Random(f"data {round}").randrange(2**20))
        with loading(material.folders[2], place.url, patience=3) as process:
            said, complaint = process.communicate(timeout=100)
        assert process.returncode in (0, 3), complaint
        filler.unlink()
        server.kill()
        server.start()
        material.check(place, material.fingerprints[1], 2, Told.read(said))
        load(material.folders[2], place.url)
        material.check_whole(place, 2)


@pytest.mark.server
def test_a_server_that_cannot_write_its_log_is_told_as_such(
    tmp_path: Path, material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        small_disk(tmp_path, SERVERS_DISK) as disk,
        restartable(settings=f"server.directories.data={tmp_path}\n", within=where_mounted(disk)) as server,
    ):
        place = _place(server, monkeypatch)
        material.put(place, 1)
        fill(disk, leaving=0)
        for _ in range(2):  # it halts, and stays halted
            with loading(material.folders[2], place.url, patience=3) as process:
                said, complaint = process.communicate(timeout=100)
            assert process.returncode == 3
            assert complaint.startswith(
                f"Error: The server at {place.url} could not write to its own disk, and its database has halted."
            )
            assert "Traceback" not in complaint
            assert not Told.read(said).stored


def _place(server: Server, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("NEO4J_USERNAME", server.address.username)
    monkeypatch.setenv("NEO4J_PASSWORD", server.address.password)
    return Database(server.address)
