"""Where the nodes of a picture stand."""

from __future__ import annotations

import time

import numpy as np
import pytest

from narragraph.graph.page.forces import Points
from narragraph.graph.page.layout import lay_out, without_overlaps


def boxes(count: int) -> Points:
    return np.full((count, 2), (30.0, 20.0))


def overlaps(points: Points, half: Points) -> int:
    apart = np.abs(points[:, None] - points[None, :])
    touching = (apart < half[:, None] + half[None, :] - 1).all(axis=2)
    return int(np.triu(touching, 1).sum())


def communities(size: int, number: int) -> list[tuple[int, int]]:
    """Groups in which each node knows many, joined in a ring by one link each."""
    random = np.random.default_rng(2)
    links = [(group * size + a, group * size + b) for group in range(number) for a in range(size)
             for b in random.choice(size, 4).tolist()]  # fmt: skip
    return links + [(group * size, (group + 1) % number * size) for group in range(number)]


@pytest.mark.parametrize(("size", "number"), [(8, 4), (25, 4), (60, 10)])
def test_communities_stand_apart_and_nothing_overlaps(size: int, number: int) -> None:
    links = communities(size, number)
    points = lay_out(boxes(size * number), links)
    group = np.arange(size * number) // size
    distance = np.hypot(*(points[:, None] - points[None, :]).transpose(2, 0, 1))
    same = group[:, None] == group[None, :]
    assert distance[same].mean() < 0.5 * distance[~same].mean()
    assert overlaps(points, boxes(size * number)) == 0


def test_neighbours_of_a_hub_surround_it() -> None:
    points = lay_out(boxes(40), [(0, other) for other in range(1, 40)])
    away = points[1:] - points[0]
    angles = np.sort(np.arctan2(away[:, 1], away[:, 0]))
    assert np.diff(angles).max() < 1.0


def test_parts_that_are_not_connected_do_not_overlap() -> None:
    points = lay_out(boxes(30), [(a, a + 1) for a in range(0, 30, 2)])
    assert overlaps(points, boxes(30)) == 0


def test_neighbours_stand_nearest_to_each_other() -> None:
    links = communities(25, 8)
    points = lay_out(boxes(200), links)
    distance = np.hypot(*(points[:, None] - points[None, :]).transpose(2, 0, 1))
    joined = np.zeros((200, 200), dtype=bool)
    for a, b in links:
        joined[a, b] = joined[b, a] = a != b
    nearest = distance.argsort(axis=1)[:, 1:6]
    assert np.take_along_axis(joined, nearest, axis=1).mean() > 0.55


def test_the_middle_is_not_more_crowded_than_the_rest() -> None:
    choose = np.random.default_rng(5)
    hubs = [(int(110 * choose.random() ** 3), other) for other in range(110) for _ in range(5)]
    chains = [(node if node % 6 else node // 6, node + 1) for node in range(110, 199)]
    points = lay_out(boxes(200), hubs + chains)
    low, size = points.min(axis=0), np.ptp(points, axis=0)
    middle = (np.abs((points - low) / size - 0.5) < 1 / 6).all(axis=1)  # a ninth of the area
    assert middle.mean() < 0.25


def test_a_layout_can_be_told_again_and_needs_no_links() -> None:
    links = communities(25, 4)
    assert np.array_equal(lay_out(boxes(100), links), lay_out(boxes(100), links))
    assert lay_out(boxes(0), []).shape == (0, 2)
    assert overlaps(lay_out(boxes(5), [(0, 0), (1, 1)]), boxes(5)) == 0


def test_two_nodes_on_one_point_are_parted() -> None:
    assert overlaps(without_overlaps(np.zeros((3, 2)), boxes(3)), boxes(3)) == 0


@pytest.mark.slow
def test_ten_thousand_nodes_take_seconds() -> None:
    began = time.perf_counter()
    lay_out(boxes(10_000), communities(100, 100))
    assert time.perf_counter() - began < 20
