"""Several programs that load, one after another and at once: the same graph as by one, record by record."""

from __future__ import annotations

import random
import signal
import sys
from pathlib import Path

import pytest
from conditions import Database, Folder, Material, Place
from loading import SMALL, Told, ending, load, loading, read_lines
from many_records import DOCUMENTS

pytestmark = pytest.mark.slow


def test_several_programs_one_after_another_make_the_same_graph(
    place: Place, material: Material, tmp_path: Path
) -> None:
    files = sorted(material.folders[1].iterdir())
    random.Random("pieces").shuffle(files)
    for piece in range(4):
        folder = tmp_path / f"piece {piece}"
        folder.mkdir()
        for file in files[piece::4]:
            (folder / file.name).write_bytes(file.read_bytes())
        assert load(folder, place.url)["documents"]["new"] == DOCUMENTS // 4
    material.check_whole(place, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGSTOP")
def test_a_second_writer_of_a_folder_is_sent_away_and_the_first_one_goes_on(tmp_path: Path, material: Material) -> None:
    place = Folder(tmp_path / "store")
    with loading(material.folders[1], place.url, group=1) as first:
        lines = read_lines(first, 1)
        first.send_signal(signal.SIGSTOP)
        with loading(material.folders[2], place.url) as second:
            said, complaint = ending(second, within=60)
        first.send_signal(signal.SIGCONT)
        rest, _ = ending(first, within=60)
    assert (second.returncode, said) == (3, "")
    assert f"Error: Another process uses the store at {place.url}" in complaint
    assert "--wait SECONDS" in complaint
    assert first.returncode == 0
    assert len(Told.read(lines + rest).stored) == DOCUMENTS
    material.check_whole(place, 1)


@pytest.mark.server
def test_several_writers_of_a_server_make_one_graph(database: Database, material: Material) -> None:
    with (
        loading(material.folders[1], database.url, group=SMALL) as first,
        loading(material.folders[1], database.url, group=1) as second,
        loading(material.folders[1], database.url, group=3 * SMALL) as third,
    ):
        for process in (first, second, third):
            said, complaint = ending(process, within=120)
            assert process.returncode == 0, complaint
            assert len(Told.read(said).stored) == DOCUMENTS
    material.check_whole(database, 1)
