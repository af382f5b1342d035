"""Colours of kinds and lines differ for all eyes, and stand out from the ground."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import combinations

import numpy as np
import pytest

LOOK = files("narragraph.graph.page").joinpath("js/look.js").read_text("utf-8")

# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, A Physiologically-based Model for Simulation of Color Vision
# Deficiency, 2009: severity 1, for linear RGB
EYES = {
    "most": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip


def looks(table: str) -> dict[str, dict[str, str]]:
    """Name → theme → colour, and its shape or dashes, of one of the tables of look.js."""
    (body,) = re.findall(rf"const {table} = new Map\(\[(.*?)\n\]\);", LOOK, re.DOTALL)
    found = {}
    for name, properties in re.findall(r'\["(\w+)", \{(.*?)\}\]', body):
        found[name] = dict(re.findall(r'(\w+): "?([#\w]+|\[[\d, ]*\])"?', properties))
    return found


def linear(colour: str) -> np.ndarray:
    srgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear RGB under D65."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(np.maximum(to_xyz @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089]), 0.008856))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 has it."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    low, high = sorted(float(weights @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("eyes", list(EYES))
@pytest.mark.parametrize(("table", "form"), [("KIND_LOOKS", "shape"), ("RELATION_LOOKS", "dash")])
def test_what_looks_alike_in_colour_differs_in_form(table: str, form: str, eyes: str, theme: str) -> None:
    found = looks(table)
    assert len(found) == 7
    for (one, first), (other, second) in combinations(found.items(), 2):
        apart = np.linalg.norm(lab(EYES[eyes] @ linear(first[theme])) - lab(EYES[eyes] @ linear(second[theme])))
        assert apart > 20 or first[form] != second[form], (one, other, round(float(apart)))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("eyes", list(EYES))
def test_lines_without_dashes_differ_in_colour(eyes: str, theme: str) -> None:
    plain = {name: look[theme] for name, look in looks("RELATION_LOOKS").items() if look["dash"] == "[]"}
    assert len(plain) >= 2
    for one, other in combinations(plain.values(), 2):
        assert np.linalg.norm(lab(EYES[eyes] @ linear(one)) - lab(EYES[eyes] @ linear(other))) > 20


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_stand_out_from_the_ground(theme: str) -> None:
    (ground,) = re.findall(rf'{theme}: \{{ ground: "(#\w+)"', LOOK)
    for name, look in {**looks("KIND_LOOKS"), **looks("RELATION_LOOKS")}.items():
        assert contrast(look[theme], ground) >= 3, name
