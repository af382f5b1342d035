"""``narragraph ontology`` shows what is known."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from narragraph.errors import NothingFound
from narragraph.ontology.commands import ontology


def run(*words: str) -> str:
    done = CliRunner().invoke(ontology, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_edges_with_their_ends() -> None:
    rows = {row["type"]: row for row in json.loads(run("list", "--format", "json"))}
    assert rows["PUBLISHED"]["from"] == ["Outlet"]
    assert rows["PUBLISHED"]["to"] == ["Document"]


@pytest.mark.parametrize("what", ["nodes", "edges", "properties", "narratives", "names"])
def test_lists_have_rows(what: str) -> None:
    assert len(run("list", what, "--format", "csv").splitlines()) > 5


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("accuses", "The source says that the target"),
        ("Claim", "One proposition"),
        ("soros", "narrative:soros"),
        ("narrative:soros", "narrative:soros"),
        ("Kremlin", "actor:government-of-russia"),
        ("outlet:tass", "TASS"),
        ("vladimir putin", "actor:vladimir-putin"),
    ],
)
def test_one_is_shown_by_name_alias_or_id(name: str, expected: str) -> None:
    assert expected in run("show", name, "--format", "csv")


def test_what_is_unknown_is_said() -> None:
    with pytest.raises(NothingFound, match="Nobody Knows"):
        run("show", "Nobody Knows")


@pytest.mark.parametrize("command", ["list", "show"])
def test_help_ends_in_an_example(command: str) -> None:
    assert run(command, "--help").strip().splitlines()[-1].strip().startswith("Example: narragraph ontology")
