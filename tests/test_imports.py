"""Imports run one way, as the design says, and public names come from where they should."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("errors", "ontology", "graph", "loaders", "queries", "cli")

# what a module may import, besides its own room; the longest prefix counts
ALLOWED = {
    "errors": set(),
    "ontology": {"errors"},
    "graph": {"errors", "ontology"},
    "loaders": {"errors", "ontology", "graph.model", "graph.records", "graph.ledger"},
    "queries": {"errors", "ontology", "graph"},
}


def logic() -> list[Path]:
    """Every module but the rooms' commands.py, the one of each room that may know click and the other rooms."""
    found = sorted(path for room in ROOMS[1:-1] for path in (ROOT / room).rglob("*.py"))
    return [path for path in found if path.name != "commands.py"]


def imports(path: Path) -> set[str]:
    """Names below ``narragraph`` that a file imports anywhere."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "narragraph":
            base = (node.module or "").partition(".")[2]
            found |= {f"{base}.{alias.name}" if base else alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[2] for alias in node.names if alias.name.split(".")[0] == "narragraph"}
    return found


@pytest.mark.parametrize("path", logic(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    wrong = {
        name
        for name in imports(path)
        if name.split(".")[0] != room
        and not any(name == allowed or name.startswith(f"{allowed}.") for allowed in ALLOWED[room])
        and name != "__version__"
    }
    assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


@pytest.mark.parametrize("path", logic(), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_commands_know_click(path: Path) -> None:
    names = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    assert not {name for name in names if name and name.split(".")[0] == "click"}


def test_help_imports_nothing_heavy() -> None:
    heavy = "{'pyvis', 'networkx', 'neo4j', 'jpype', 'arcadedb_embedded', 'rdflib', 'trafilatura', 'numpy'}"
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom narragraph.cli import group\n"
        "assert CliRunner().invoke(group, ['--help']).exit_code == 0\n"
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_can_be_imported() -> None:
    import narragraph

    for name in narragraph.__all__:
        assert getattr(narragraph, name) is not None
    with pytest.raises(AttributeError, match="no_such_name"):
        narragraph.no_such_name  # noqa: B018
