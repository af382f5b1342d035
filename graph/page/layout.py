"""Where the nodes stand: positions computed before the page is opened, so that it never moves by itself.

Each connected part is laid out on its own, then the parts are packed beside each other:

- up to 60 nodes by stress majorisation (the energy of Kamada and Kawai): distances on paper follow those in the graph;
- above by forces: see :mod:`~narragraph.graph.page.forces`.

Equal graphs give equal positions. Units are pixels at the page's natural zoom; y grows downwards.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from narragraph.graph.page.forces import Pairs, Points, by_forces

STRESS_LIMIT = 60  # nodes of a connected part up to which every distance is weighed
_EDGE_LENGTH = 130.0
_ASPECT = 1.1  # width to height of the whole
_GAP = 70.0


def lay_out(boxes: Points, links: Sequence[tuple[int, int]]) -> Points:
    """Positions for nodes of the given sizes.

    ``boxes`` has half the width and half the height that each node with its label needs, ``links`` are pairs of row
    numbers (direction, repetition and loops do not matter). The result has one row for each row of ``boxes``.
    """
    count = len(boxes)
    neighbours: list[set[int]] = [set() for _ in range(count)]
    for a, b in links:
        if a != b:
            neighbours[a].add(b)
            neighbours[b].add(a)
    parts = _connected(neighbours)
    placed = []
    for part in parts:
        local = {node: row for row, node in enumerate(part)}
        pairs = np.array(
            [(local[a], local[b]) for a in part for b in sorted(neighbours[a]) if a < b], dtype=np.int64
        ).reshape(-1, 2)
        place = _by_stress if len(part) <= STRESS_LIMIT else by_forces
        points = _lie_down(place(len(part), pairs))
        placed.append(without_overlaps(points, boxes[part]))
    positions = np.zeros((count, 2))
    for part, points in zip(parts, _pack(placed, [boxes[part] for part in parts])):
        positions[part] = points
    return positions


def _connected(neighbours: Sequence[set[int]]) -> list[list[int]]:
    """The connected parts, largest first, nodes in ascending order."""
    seen: set[int] = set()
    parts = []
    for start in range(len(neighbours)):
        if start in seen:
            continue
        seen.add(start)
        part, waiting = [start], [start]
        while waiting:
            fresh = neighbours[waiting.pop()] - seen
            seen |= fresh
            part.extend(fresh)
            waiting.extend(fresh)
        parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _by_stress(count: int, pairs: Pairs) -> Points:
    """Stress majorisation: every pair as far apart as its path is long, near pairs weighing most."""
    if count == 1:
        return np.zeros((1, 2))
    wanted = _path_lengths(count, pairs)
    # nodes that hang on the same hub are two steps apart; hubs with many need the room of a longer step
    degree = np.bincount(pairs.ravel(), minlength=count)
    reach = 1 + 0.12 * np.sqrt(degree)
    wanted = wanted * np.sqrt(reach[:, None] * reach[None, :])
    weights = 1 / np.maximum(wanted, 1e-9) ** 2
    np.fill_diagonal(weights, 0)
    row_weights = weights.sum(axis=1)
    points = _classical_scaling(wanted)
    for _ in range(200):
        difference = points[:, None, :] - points[None, :, :]
        distance = np.maximum(np.hypot(difference[..., 0], difference[..., 1]), 1e-6)
        pull = weights * wanted / distance
        np.fill_diagonal(pull, 0)
        moved = (weights @ points + pull.sum(axis=1)[:, None] * points - pull @ points) / row_weights[:, None]
        moved -= moved.mean(axis=0)
        if np.abs(moved - points).max() < 1e-3:
            break
        points = moved
    return points * _EDGE_LENGTH


def _path_lengths(count: int, pairs: Pairs) -> NDArray[np.float64]:
    """Steps of the shortest path between all nodes of a connected graph."""
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for a, b in pairs.tolist():
        neighbours[a].append(b)
        neighbours[b].append(a)
    lengths = np.zeros((count, count))
    for start in range(count):
        steps = {start: 0}
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for there in neighbours[here]:
                if there not in steps:
                    steps[there] = steps[here] + 1
                    waiting.append(there)
        lengths[start, list(steps)] = list(steps.values())
    return lengths


def _classical_scaling(wanted: NDArray[np.float64]) -> Points:
    """A first guess: the plane that keeps most of the distances, with a little noise so that no two points are one."""
    count = len(wanted)
    centre = np.eye(count) - 1 / count
    values, vectors = np.linalg.eigh(-0.5 * centre @ (wanted**2) @ centre)
    points = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 0))
    points = points * np.sign(points[np.abs(points).argmax(axis=0), range(points.shape[1])] + 1e-12)
    return np.asarray(points + np.random.default_rng(1).normal(scale=0.05, size=(count, 2)))


def _lie_down(points: Points) -> Points:
    """Turned so that the longest extent is horizontal: screens are wide, and so are labels."""
    centred = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    long = axes[:, 1] * (1 if axes[np.abs(axes[:, 1]).argmax(), 1] > 0 else -1)
    return np.asarray(np.stack([centred @ long, centred @ (-long[1], long[0])], axis=1))


def without_overlaps(points: Points, boxes: Points, rounds: int = 200) -> Points:
    """The points pushed apart until their boxes do not overlap, and the whole enlarged where that is not enough.

    Where very many are crowded, a few overlaps may be left.
    """
    points = points.copy()
    for round_ in range(rounds):
        if round_ % 10 == 9:
            points *= 1.05
        pairs = _near_pairs(points, boxes)
        apart = points[pairs[:, 0]] - points[pairs[:, 1]]
        overlap = boxes[pairs[:, 0]] + boxes[pairs[:, 1]] - np.abs(apart)
        touching = (overlap > 0.5).all(axis=1)
        if not touching.any():
            break
        pairs, apart, overlap = pairs[touching], apart[touching], overlap[touching]
        axis = overlap.argmin(axis=1)
        rows = np.arange(len(pairs))
        push = overlap[rows, axis] * np.where(apart[rows, axis] >= 0, 0.5, -0.5)
        for side, sign in ((0, 0.8), (1, -0.8)):
            np.add.at(points, (pairs[:, side], axis), sign * push)
    return points


def _near_pairs(points: Points, boxes: Points) -> Pairs:
    """All pairs of nodes that stand in the same or in neighbouring cells of a grid as wide as the widest box."""
    cell = 2 * boxes.max(axis=0) + 1e-9
    place = np.floor((points - points.min(axis=0)) / cell).astype(np.int64)
    stride = int(place[:, 1].max()) + 3
    key = place[:, 0] * stride + place[:, 1]
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    found = []
    for shift in (0, 1, stride - 1, stride, stride + 1):
        first = np.searchsorted(ordered, ordered + shift, side="left")
        last = np.searchsorted(ordered, ordered + shift, side="right")
        if shift == 0:
            first = np.arange(len(order)) + 1
        number = np.maximum(last - first, 0)
        left = np.repeat(np.arange(len(order)), number)
        right = np.arange(number.sum()) - np.repeat(number.cumsum() - number, number) + np.repeat(first, number)
        found.append(np.stack([order[left], order[right]], axis=1))
    return np.concatenate(found)


def _pack(parts: Sequence[Points], boxes: Sequence[Points]) -> list[Points]:
    """The parts moved beside each other: the largest in rows first, rows as wide as the whole should be."""
    corners = [((points - box).min(axis=0), (points + box).max(axis=0)) for points, box in zip(parts, boxes)]
    sizes = [high - low for low, high in corners]
    area = sum(float((size[0] + _GAP) * (size[1] + _GAP)) for size in sizes)
    widest = max([float(size[0]) for size in sizes], default=0.0)
    row_width = max(widest, math.sqrt(area * _ASPECT))
    moved = []
    x = y = height = 0.0
    for points, (low, _), size in zip(parts, corners, sizes):
        if x > 0 and x + size[0] > row_width:
            x, y, height = 0.0, y + height + _GAP, 0.0
        moved.append(points - low + (x, y))
        x += float(size[0]) + _GAP
        height = max(height, float(size[1]))
    return moved
