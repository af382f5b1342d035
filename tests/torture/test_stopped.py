"""Ctrl-C, and the system's request to end (SIGTERM), in the midst of a load."""

from __future__ import annotations

import random
import signal
import sys
import time

import pytest
from conditions import ROUNDS, Material, Place
from loading import Told, ending, load, loading, read_lines
from many_records import DOCUMENTS

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="no signals for one process")]


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("round", range(max(1, ROUNDS // 5)))
def test_a_load_that_is_stopped_tells_what_it_stored_and_can_be_finished(
    place: Place, material: Material, sent: signal.Signals, status: int, round: int
) -> None:
    chance = random.Random(f"{status} {round}")
    with loading(material.folders[1], place.url) as process:
        lines = read_lines(process, chance.randrange(1, DOCUMENTS // 2))
        time.sleep(chance.uniform(0, 0.06))
        process.send_signal(sent)
        rest, complaint = ending(process, within=60)
    assert process.returncode == status, (rest, complaint)
    assert "Traceback" not in complaint
    told = Told.read(lines + rest)
    assert told.summary
    assert len(told.stored) <= told.summary["documents"]["new"] < DOCUMENTS
    place.settle()
    stored = material.check(place, {}, 1, told)
    assert load(material.folders[1], place.url)["documents"]["unchanged"] == len(stored)
    material.check_whole(place, 1)
