"""A disk that is full, a folder that cannot be written, files that may not grow."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from conditions import ROUNDS, Folder, Material
from disks import fill, readonly_folder, small_disk
from loading import Told, load, loading
from processes import child, command

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="mounts as Linux has them")]

DISK = 40 * 2**20


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
