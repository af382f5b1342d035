"""Unlisted names: what tells that capitalised words name a person, a body or an outlet."""

from __future__ import annotations

import pytest

from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import analyse


def named(text: str) -> dict[str, tuple[str, str]]:
    """What each name in the text means: its type and kind."""
    entities = analyse(SourceDocument("test", text)).entities.values()
    return {node.name: (node.type, str(node.properties.get("kind", ""))) for node in entities}


@pytest.mark.parametrize(
    ("text", "name", "meaning"),
    [
        ("Yesterday Brook Harrow told us so.", "Brook Harrow", ("Actor", "person")),
        ("It was a lie, said Brook Harrow yesterday.", "Brook Harrow", ("Actor", "person")),
        ("They asked Hank Harrow.", "Hank Harrow", ("Actor", "person")),
        ("GRVX denied the report.", "GRVX", ("Actor", "")),
        ("They read the Daily Harrow.", "Daily Harrow", ("Outlet", "")),
        ("They sued Harrow Mills Ltd over it.", "Harrow Mills Ltd", ("Actor", "company")),
        ("They met the liberal bloc Harrowna.", "Harrowna", ("Actor", "")),
    ],
)
def test_what_a_name_means(text: str, name: str, meaning: tuple[str, str]) -> None:
    assert named(text).get(name) == meaning


@pytest.mark.parametrize("text", ["They met near Harrow Shoal.", "BREAKING denied rumours.", "The Harrow lay in port."])
def test_what_names_nobody(text: str) -> None:
    assert not named(text)
