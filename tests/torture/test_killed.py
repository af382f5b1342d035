"""kill -9 in a load: what it told to be stored is there, the rest is whole or absent, and a second load finishes."""

from __future__ import annotations

import random
import sys
import time

import pytest
from conditions import ROUNDS, Material, Place
from loading import SMALL, Told, load, loading, read_lines
from many_records import DOCUMENTS

from narragraph.graph.ingest import GROUP_EDGES

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")]


@pytest.mark.parametrize("round", range(ROUNDS // 2))
def test_a_first_load_that_is_killed_loses_and_doubles_nothing(place: Place, material: Material, round: int) -> None:
    told = load_and_kill(place, material, 1, random.Random(f"first {round}"))
    place.settle()
    stored = material.check(place, {}, 1, told)
    finished = load(material.folders[1], place.url)["documents"]
    assert (finished["unchanged"], finished["new"]) == (len(stored), DOCUMENTS - len(stored))
    material.check_whole(place, 1)


@pytest.mark.parametrize("round", range(ROUNDS // 2))
def test_new_versions_take_the_place_of_old_ones_whole_or_not_at_all(
    place: Place, material: Material, round: int
) -> None:
    material.put(place, 1)
    told = load_and_kill(place, material, 2, random.Random(f"replacing {round}"))
    place.settle()
    stored = material.check(place, material.fingerprints[1], 2, told)
    finished = load(material.folders[2], place.url)["documents"]
    assert (finished["unchanged"], finished["changed"]) == (len(stored), DOCUMENTS - len(stored))
    material.check_whole(place, 2)


def load_and_kill(place: Place, material: Material, version: int, chance: random.Random) -> Told:
    """Kill a load after some documents, and then some milliseconds; or at any time, also before there is a store."""
    group = chance.choice([1, SMALL, 3 * SMALL, GROUP_EDGES])
    with loading(material.folders[version], place.url, group=group) as process:
        if chance.random() < 0.25:
            lines = ""
            time.sleep(chance.uniform(0, 2))
        else:
            lines = read_lines(process, chance.randrange(DOCUMENTS))
            time.sleep(chance.uniform(0, 0.06))
        process.kill()
        assert process.stdout
        return Told.read(lines + process.stdout.read())
