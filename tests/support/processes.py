"""Other processes: Python programs beside the tests, and those that hold a store."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOLD = """
    from narragraph.graph.stores import open_store
    with open_store(sys.argv[1], readonly=sys.argv[2] == "reads"):
        print("open", flush=True)
        sys.stdin.readline()
"""

# a shell may have had it ignored by all that it starts
_HEED = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
_COMMAND = "import runpy, sys\nsys.argv[0] = 'narragraph'\nrunpy.run_module('narragraph', run_name='__main__')\n"

#: How a command line of ours begins that heeds Ctrl-C in any case.
PROGRAM = [sys.executable, "-c", _HEED + _COMMAND]


@contextmanager
def child(code: str, *arguments: object, folder: Path | None = None) -> Iterator[subprocess.Popen[str]]:
    """Another Python process; ``code`` may import what stands here, or in ``folder``."""
    paths = [str(Path(__file__).parent), *([str(folder)] if folder else [])]
    begin = f"import sys\nsys.path[:0] = {paths!r}\n{_HEED}"
    command = [sys.executable, "-c", begin + textwrap.dedent(code), *map(str, arguments)]
    with _started(command) as process:
        yield process


@contextmanager
def command(*words: object) -> Iterator[subprocess.Popen[str]]:
    """The command line as a process of its own."""
    with _started([*PROGRAM, *map(str, words)]) as process:
        yield process


@contextmanager
def held(place: Path, how: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that ``reads`` or ``writes`` the store until it is sent a line."""
    with child(HOLD, place, how) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        yield process


def let_go(process: subprocess.Popen[str]) -> None:
    """Have the holder of a store close it."""
    assert process.stdin
    process.stdin.write("done\n")
    process.stdin.flush()


@contextmanager
def _started(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()
