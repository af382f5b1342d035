"""What is shipped is what stands in the tree, and the installed wheel runs from any folder."""

from __future__ import annotations

import fnmatch
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:  # pragma: no cover
    tomllib = pytest.importorskip("tomli")

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("graph", "loaders", "ontology", "queries")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", *ROOMS], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [Path(line) for line in done.stdout.splitlines() if (ROOT / line).exists()]


def test_every_package_of_the_tree_is_listed() -> None:
    folders = {path.parent for path in tracked() if path.suffix == ".py"}
    assert {"narragraph", *("narragraph." + ".".join(folder.parts) for folder in folders)} == set(
        SETUPTOOLS["packages"]
    )


def test_every_data_file_is_matched_by_a_pattern() -> None:
    patterns = [
        f"{package.replace('.', '/').removeprefix('narragraph').lstrip('/')}/{pattern}".lstrip("/")
        for package, globs in SETUPTOOLS["package-data"].items()
        for pattern in globs
    ]
    data = [path for path in tracked() if path.suffix not in (".py", ".md")]
    missed = [str(path) for path in data if not any(fnmatch.fnmatch(path.as_posix(), pattern) for pattern in patterns)]
    assert not missed


def test_only_these_modules_stand_at_the_root() -> None:
    assert {path.name for path in ROOT.glob("*.py")} == {"__init__.py", "__main__.py", "cli.py", "errors.py"}


def test_the_version_stands_in_one_form() -> None:
    import narragraph

    assert PROJECT["project"]["version"] == narragraph.__version__


@pytest.mark.slow
def test_the_wheel_runs_from_any_folder(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
        text=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    assert list(tmp_path.glob("*.tar.gz")), "the sdist builds too"
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if "/tests/" in name or name.startswith(("tests/", "benchmarks/", "tools/"))]

    # an environment of its own that borrows the installed dependencies, but not the editable project
    home = tmp_path / "environment"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([scripts / "python", "-m", "pip", "install", "-q", "--no-deps", str(wheel)], check=True)
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    (next(home.glob("lib/python*/site-packages")) / "borrowed.pth").write_text("\n".join(libraries) + "\n", "utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "note.txt").write_text("Russia accused Ukraine of shelling a power plant.\n", "utf-8")
    done = subprocess.run(
        [scripts / "narragraph", "extract", "note.txt"], cwd=elsewhere, capture_output=True, text=True, check=True
    )
    assert '"ACCUSES"' in done.stdout
    where = subprocess.run(
        [scripts / "python", "-c", "import narragraph; print(narragraph.__file__)"],
        cwd=elsewhere, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(home) in where.stdout
