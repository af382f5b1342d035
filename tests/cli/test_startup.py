"""A command starts quickly, and is done soon with a short text."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

resource = pytest.importorskip("resource", reason="tells the processor's seconds of a child, on Unix alone")


def processor_seconds(*words: object) -> float:
    """What one command costs the processor: unlike the clock's, these seconds do not depend on what else runs."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "narragraph", *map(str, words)], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return float(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "short.txt"
    path.write_text("Latvia accused Russia of lying.", "utf-8")
    return path


def test_help_needs_no_rules_and_no_store() -> None:
    assert min(processor_seconds("--help") for _ in range(3)) < 0.5


def test_a_short_text_is_read_at_once(text: Path) -> None:
    assert min(processor_seconds("extract", text) for _ in range(3)) < 1.5  # half a second where nothing else runs


def test_own_names_and_words_cost_little(text: Path, tmp_path: Path) -> None:
    names, words = tmp_path / "names.csv", tmp_path / "words.yaml"
    names.write_text("type,name,reason\nActor,Rudolf Rassendyll,a novel\n", "utf-8")
    words.write_text("- {to: hostile.verbs, words: [astroturf], reason: seen}\n", "utf-8")
    plain = min(processor_seconds("extract", text) for _ in range(3))
    own = min(processor_seconds("extract", text, "--gazetteer", names, "--lexicon", words) for _ in range(3))
    assert own < plain + 0.4


def test_help_imports_no_room() -> None:
    code = "import sys, narragraph.cli as c; c.group(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    loaded = done.stdout.rsplit("\n", 2)[-2].split()
    assert "narragraph.graph.stores" not in loaded
    assert not [name for name in loaded if name.startswith(("narragraph.loaders", "narragraph.ontology", "yaml"))]
