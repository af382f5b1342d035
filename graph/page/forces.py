"""Places for the nodes of a large connected graph by forces, in three steps.

- nodes repel each other wherever they are and links pull, as Fruchterman and Reingold have it up to 500 nodes, as
  ForceAtlas2 has it above: the large shape;
- then forces that reach only near (Zhong and others, "Force-directed graph layouts revisited: a new force based on the
  t-distribution", 2023) draw neighbours together and the rest apart: what belongs together stands together;
- at last the crowded middle is spread and the empty rim drawn in, so that labels find room everywhere.

Repulsion between more than 500 nodes is summed on a grid with a Fourier transform: 10,000 nodes take seconds.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # (n, 2)
Pairs = NDArray[np.int64]  # (m, 2)

_EXACT_LIMIT = 500
_CELLS = 256  # of the grid, a side
_NEAR = 0.4  # standard deviation of places ÷ √nodes where forces reach near: neighbours are 1 to 2 apart then
_EVENNESS = 0.85  # 0: distances from the middle stay; 1: every ring is as crowded as every other
_SPACING = 95.0  # between neighbours, on average


def by_forces(count: int, pairs: Pairs) -> Points:
    """Positions, in pixels, for the nodes of a connected graph with these links, each given once."""
    degree = np.bincount(pairs.ravel(), minlength=count)
    points = _shape(count, pairs, degree)
    points = _gather(points * (_NEAR * math.sqrt(count) / _spread(points)), pairs)
    points = _even_out(points)
    return np.asarray(points * (_SPACING * math.sqrt(count) / (4 * _spread(points))))


def _spread(points: Points) -> float:
    return math.sqrt(float(points[:, 0].std() * points[:, 1].std())) or 1.0


def _shape(count: int, pairs: Pairs, degree: NDArray[np.int64]) -> Points:
    """Nodes repel each other, links pull; a few hundred rounds of ever smaller steps."""
    few = count <= _EXACT_LIMIT
    mass = 2 + np.sqrt(1 + degree)
    points = _smoothed_noise(pairs, degree) * math.sqrt(count) * 20
    rounds = 300 if count < 3000 else 200
    for round_ in range(rounds):
        force = _exact_repulsion(points, mass) * 60 if few else _grid_repulsion(points, mass) * 30
        # where there are few, pull that grows with length spreads them evenly; where there are many, pull that hardly
        # grows leaves room between communities
        if few:
            force += _pull(points, pairs, lambda squared: 0.02 + 0.0006 * np.sqrt(squared))
        else:
            force += _pull(points, pairs, lambda squared: 0.02 + np.log1p(np.sqrt(squared) / 10) / np.sqrt(squared))
        radius = np.maximum(np.hypot(points[:, 0], points[:, 1]), 1e-9)
        force -= (0.3 * mass / radius)[:, None] * points
        size = np.maximum(np.hypot(force[:, 0], force[:, 1]), 1e-9)
        heat = (1 - round_ / rounds) ** 1.2
        longest = 40 * heat * math.sqrt(count / 150)
        points = points + force * np.minimum(20 * heat / mass, longest / size)[:, None]
        points -= points.mean(axis=0)
    return points


def _gather(points: Points, pairs: Pairs, rounds: int = 100) -> Points:
    """The points moved by forces that reach a few units far: neighbours to each other, others out of the way."""
    step = np.zeros_like(points)
    for round_ in range(rounds):
        force = _near_repulsion(points) + _pull(points, pairs, lambda squared: 0.05 + 2 / (1 + squared))
        step = 0.6 * step + 0.1 * (1 - round_ / rounds) * force
        step *= np.minimum(1, 1 / np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9))[:, None]
        points = points + step
    return points


def _even_out(points: Points) -> Points:
    """The points moved outwards or inwards, none past another, until all rings around the middle are as crowded."""
    middle, scale = np.median(points, axis=0), np.maximum(points.std(axis=0), 1e-9)
    away = (points - middle) / scale
    radius = np.hypot(away[:, 0], away[:, 1])
    rank = np.argsort(np.argsort(radius, kind="stable"), kind="stable")
    even = np.sqrt((rank + 0.5) / len(points)) * np.percentile(radius, 90)
    wanted = (1 - _EVENNESS) * radius + _EVENNESS * even
    return np.asarray(middle + away * (wanted / np.maximum(radius, 1e-9))[:, None] * scale)


def _pull(points: Points, pairs: Pairs, strength: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Points:
    """Force of the links on each node: their length times a strength, which depends on the length squared."""
    source, target = pairs[:, 0], pairs[:, 1]
    along = points[target] - points[source]
    factor = strength(np.maximum((along**2).sum(axis=1), 1e-18))
    force = np.empty_like(points)
    for axis in (0, 1):
        pull = factor * along[:, axis]
        force[:, axis] = np.bincount(source, pull, len(points)) - np.bincount(target, pull, len(points))
    return force


def _smoothed_noise(pairs: Pairs, degree: NDArray[np.int64]) -> Points:
    """Random places averaged over neighbours again and again: what is connected begins near each other."""
    count = len(degree)
    noise = np.random.default_rng(1).normal(size=(count, 2))
    source, target = pairs[:, 0], pairs[:, 1]
    points = noise
    for _ in range(40):
        columns = [
            points[:, axis]
            + np.bincount(source, points[target, axis], count)
            + np.bincount(target, points[source, axis], count)
            for axis in (0, 1)
        ]
        points = np.stack(columns, axis=1) / (1 + degree)[:, None]
        points -= points.mean(axis=0)
        points /= np.maximum(points.std(axis=0), 1e-9)
    return points + 0.05 * noise  # nodes with the same neighbours would stand on one point and never part


def _exact_repulsion(points: Points, mass: NDArray[np.float64]) -> Points:
    """Force on each node away from all others, mass × mass ÷ distance."""
    apart = points[:, None, :] - points[None, :, :]
    squared = (apart**2).sum(axis=2) + 1.0
    return np.asarray(mass[:, None] * np.einsum("ij,ijk->ik", mass[None, :] / squared, apart))


def _grid_repulsion(points: Points, mass: NDArray[np.float64]) -> Points:
    """The same summed on a grid, in time that hardly grows with the number of nodes."""
    grid = _Grid(points)
    return mass[:, None] * grid.summed(mass, _far_spectra()) / grid.cell


def _near_repulsion(points: Points) -> Points:
    """Force on each node away from those that are near: distance ÷ (1 + distance²)^1.5."""
    if len(points) <= _EXACT_LIMIT:
        apart = points[:, None, :] - points[None, :, :]
        weight = (1 + (apart**2).sum(axis=2)) ** -1.5
        return np.asarray(np.einsum("ij,ijk->ik", weight, apart))
    grid = _Grid(points)
    offset = np.fft.fftfreq(2 * _CELLS, 1 / (2 * _CELLS)) * grid.cell
    weight = (1 + offset[:, None] ** 2 + offset[None, :] ** 2) ** -1.5
    spectra = (np.fft.rfft2(offset[:, None] * weight), np.fft.rfft2(offset[None, :] * weight))
    return grid.summed(np.ones(len(points)), spectra)


class _Grid:
    """The nodes on a grid: each one's mass goes to the four grid points around it, in proportion to nearness."""

    def __init__(self, points: Points) -> None:
        low = points.min(axis=0)
        self.cell = float((points.max(axis=0) - low).max()) / (_CELLS - 2) + 1e-9
        place = (points - low) / self.cell
        corner = place.astype(np.int64)
        inside = place - corner
        self._corners = [
            ((corner[:, 0] + dx) * _CELLS + corner[:, 1] + dy,
             np.abs(1 - dx - inside[:, 0]) * np.abs(1 - dy - inside[:, 1]))
            for dx in (0, 1)
            for dy in (0, 1)
        ]  # fmt: skip

    def summed(
        self, mass: NDArray[np.float64], spectra: tuple[NDArray[np.complex128], NDArray[np.complex128]]
    ) -> Points:
        """Force on each node; ``spectra`` are Fourier transforms of a unit mass's force along x and along y."""
        density = np.zeros(_CELLS * _CELLS)
        for index, share in self._corners:
            density += np.bincount(index, mass * share, _CELLS * _CELLS)
        wide = (2 * _CELLS, 2 * _CELLS)  # twice as wide, so that nothing wraps around
        spectrum = np.fft.rfft2(density.reshape(_CELLS, _CELLS), wide)
        force = np.empty((len(mass), 2))
        for axis, kernel in enumerate(spectra):
            flat = np.fft.irfft2(spectrum * kernel, wide)[:_CELLS, :_CELLS].ravel()
            force[:, axis] = sum(flat[index] * share for index, share in self._corners)
        return force


@cache
def _far_spectra() -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    offset = np.fft.fftfreq(2 * _CELLS, 1 / (2 * _CELLS))
    squared = offset[:, None] ** 2 + offset[None, :] ** 2 + 0.5
    return np.fft.rfft2(offset[:, None] / squared), np.fft.rfft2(offset[None, :] / squared)
