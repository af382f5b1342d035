"""A clock on the wall that runs backwards: nothing that is stored depends on its order."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conditions import ROUNDS, Database, Material, Place
from loading import load
from neo4j_server import restartable
from parts import missing

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD as Linux has it")]


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    """A library that gives programs a clock of their own."""
    if not shutil.which("cc"):
        missing("no C compiler (cc) to make such a clock with")
    library = tmp_path / "wall_clock.so"
    source = Path(__file__).with_name("wall_clock.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], check=True)
    return library


def wrong(clock: Path, *, speed: int, ahead: int) -> dict[str, str]:
    return {"LD_PRELOAD": str(clock), "WALL_SPEED": str(speed), "WALL_AHEAD": str(ahead)}


def test_versions_follow_each_other_as_they_were_loaded(
    place: Place, clock: Path, material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in wrong(clock, speed=-1000, ahead=0).items():
        monkeypatch.setenv(name, value)
    watch = "import time; began = time.time(); time.sleep(0.01); print(time.time() - began)"
    assert float(subprocess.run([sys.executable, "-c", watch], capture_output=True, check=True).stdout) < -1
    for version in (1, 2, 1):
        load(material.folders[version], place.url)
        material.check_whole(place, version)


@pytest.mark.server
@pytest.mark.skipif(ROUNDS < 50, reason="a server of its own: make torture does it")
def test_a_server_may_come_back_in_an_earlier_hour(
    clock: Path, material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    with restartable() as server:
        monkeypatch.setenv("NEO4J_USERNAME", server.address.username)
        monkeypatch.setenv("NEO4J_PASSWORD", server.address.password)
        place = Database(server.address)
        load(material.folders[1], place.url)
        server.kill()
        server.start(wrong(clock, speed=1, ahead=-7200))
        material.check_whole(place, 1)
        load(material.folders[2], place.url)
        server.kill()
        server.start()
        material.check_whole(place, 2)
