"""What ``make`` runs. Only the standard library: it works before anything is installed.

python3 tools/project.py demo | test | torture | lock
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUPPORTED = ("3.10", "3.11", "3.12", "3.13")
EMBEDDED = {("Linux", "x86_64"), ("Linux", "aarch64"), ("Darwin", "arm64"), ("Windows", "AMD64")}
FAST = "not slow and not server and not browser"


def main() -> None:
    """Run one of the commands."""
    os.chdir(ROOT)
    commands = {"demo": demo, "test": test, "torture": torture, "lock": lock}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(f"usage: {Path(sys.argv[0]).name} {' | '.join(commands)}")
    try:
        commands[sys.argv[1]]()
    except subprocess.CalledProcessError as error:
        sys.exit(f"\nFailed: {' '.join(map(str, error.cmd))}  (exit status {error.returncode})")


def demo() -> None:
    """Load the example documents into a new store, ask two questions and write the page."""
    scripts = environment(ROOT / ".venv", sys.executable, "-e", ".")
    target = ROOT / "demo"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    narragraph = str(scripts / "narragraph")
    if not embedded_store_runs():
        sys.exit(
            "The embedded store has no build for this machine. Start a Neo4j (see compose.yaml), set NEO4J_URI, "
            "NEO4J_USERNAME and NEO4J_PASSWORD, and run: narragraph load examples/documents --store neo4j"
        )
    os.environ["NARRAGRAPH_STORE"] = str(target / "store")
    show(narragraph, "load", "examples/documents")
    show(narragraph, "query", "run", "who-accuses-whom")
    show(narragraph, "query", "run", "claims-debunked")
    show(narragraph, "export", "html", str(target / "graph.html"))
    print(f"\nOpen {target / 'graph.html'} in a browser. The store is {target / 'store'}; ask it more:")
    print(f"  NARRAGRAPH_STORE={target / 'store'} {narragraph} show Russia")


def test() -> None:
    """Lint, types and all tests on this interpreter; the fast tests on every other supported one that is found."""
    began = time.monotonic()
    scripts = environment(ROOT / ".venv", sys.executable, "-r", "requirements.lock", "--no-deps", "-e", ".")
    for line in missing_parts():
        print(f"note: {line}")
    show(str(scripts / "ruff"), "check", ".")
    show(str(scripts / "ruff"), "format", "--check", ".")
    show(str(scripts / "mypy"))
    show(str(scripts / "pytest"), "-q", "-n", "2", "-m", FAST)
    show(str(scripts / "pytest"), "--durations=8", "-m", f"not ({FAST})")
    others, absent = other_interpreters()
    for version, interpreter in others.items():
        there = environment(ROOT / f".venv-{version}", interpreter, "-r", "requirements.lock", "--no-deps", "-e", ".")
        print(f"\nPython {version}: the fast tests", flush=True)
        show(str(there / "pytest"), "-q", "-n", "2", "-m", FAST)
    if absent:
        print(f"note: not tested here, for lack of an interpreter: Python {', '.join(absent)}")
    print(f"\nAll checks passed in {time.monotonic() - began:.0f} s.")


def torture() -> None:
    """Disturb loads in every way a hundred times, on this interpreter: half an hour and more."""
    scripts = environment(ROOT / ".venv", sys.executable, "-r", "requirements.lock", "--no-deps", "-e", ".")
    for line in missing_parts():
        print(f"note: {line}")
    os.environ.setdefault("NARRAGRAPH_TORTURE", "100")
    show(str(scripts / "pytest"), "--durations=8", "tests/torture")


def lock() -> None:
    """Renew the lock file."""
    scripts = environment(ROOT / ".venv", sys.executable, "-e", ".[dev]")
    show(
        str(scripts / "uv"), "pip", "compile", "-q", "--universal", "--python-version", SUPPORTED[0], "--extra", "dev",
        "--generate-hashes", "--no-emit-index-url", "--no-header", "pyproject.toml", "-o", "requirements.lock",
    )  # fmt: skip


def environment(folder: Path, interpreter: str, *requirements: str) -> Path:
    """A virtual environment that holds the requirements; its folder of scripts."""
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    version = subprocess.run(
        [interpreter, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    if version not in SUPPORTED:
        sys.exit(
            f"Narragraph needs Python {SUPPORTED[0]} to {SUPPORTED[-1]}; {interpreter} is {version}. "
            "Name another: make PYTHON=python3.12 …"
        )
    if not (scripts / "uv").exists() and not (scripts / "uv.exe").exists():
        print(f"Making {folder.name} (Python {version}) …", flush=True)
        if subprocess.run([interpreter, "-m", "venv", str(folder)]).returncode:
            sys.exit("Python's venv module does not work here; on Debian and Ubuntu: apt install python3-venv")
        subprocess.run([str(scripts / "python"), "-m", "pip", "install", "-q", "uv>=0.5,<1"], check=True)
    print(f"Installing into {folder.name} …", flush=True)
    variables = {**os.environ, "VIRTUAL_ENV": str(folder)}
    # hashes are known for what comes from outside, not for the project itself: two installations
    own = [word for word in requirements if word not in ("-r", "requirements.lock")]
    if "requirements.lock" in requirements:
        command = [str(scripts / "uv"), "pip", "install", "-q", "--require-hashes", "-r", "requirements.lock"]
        subprocess.run(command, check=True, env=variables)
    subprocess.run([str(scripts / "uv"), "pip", "install", "-q", *own], check=True, env=variables)
    return scripts


def other_interpreters() -> tuple[dict[str, str], list[str]]:
    """Supported interpreters besides this one: those that run here, and the versions that do not."""
    found, absent = {}, []
    for version in SUPPORTED:
        if version == f"{sys.version_info[0]}.{sys.version_info[1]}":
            continue
        path = next((path for path in interpreters(version) if runs(path)), None)
        if path:
            found[version] = path
        else:
            absent.append(version)
    return found, absent


def interpreters(version: str) -> list[str]:
    """Where an interpreter of that version may be: on the path, or among pyenv's."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    known = sorted(pyenv.glob(f"{version}.*/bin/python"))
    return [path for path in (shutil.which(f"python{version}"), *map(str, known)) if path]


def runs(interpreter: str) -> bool:
    """Whether an interpreter starts and can make virtual environments."""
    return subprocess.run([interpreter, "-c", "import venv, ensurepip"], capture_output=True).returncode == 0


def missing_parts() -> list[str]:
    """What some tests need and this machine lacks; they are skipped, or fail where CI is set."""
    lines = []
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        lines.append("no Chromium: tests of the page cannot run (Debian: apt install chromium)")
    if not os.environ.get("NARRAGRAPH_TEST_NEO4J_URI") and not (shutil.which("mvn") and shutil.which("java")):
        lines.append(
            "no Neo4j for tests: set NARRAGRAPH_TEST_NEO4J_URI to an empty one, or install Maven and Java 17 (Debian: "
            "apt install maven openjdk-17-jre-headless)"
        )
    if not embedded_store_runs():
        lines.append("no build of the embedded store for this machine: its tests cannot run")
    return lines


def embedded_store_runs() -> bool:
    """Whether the embedded store has a build for this machine."""
    return (platform.system(), platform.machine()) in EMBEDDED


def show(*command: str) -> None:
    """Print a command as a user would type it, run it, and stop where it fails."""
    print(f"\n$ {' '.join(shorten(part) for part in command)}", flush=True)
    subprocess.run(command, check=True)


def shorten(part: str) -> str:
    """A path inside the project as it reads from its root."""
    path = Path(part)
    if path.is_absolute() and path.is_relative_to(ROOT):
        return path.name if path.parent.name in ("bin", "Scripts") else str(path.relative_to(ROOT))
    return part


if __name__ == "__main__":
    main()
