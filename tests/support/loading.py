"""Loads as processes of their own, which tell of each document as soon as it is stored."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from processes import child

SMALL = 120  # edges written in a transaction: three reports

_LOAD = """
    from narragraph.cli import main
    from narragraph.graph import ingest
    from narragraph.graph.stores import retrying
    ingest.GROUP_EDGES = int(sys.argv[1])
    retrying.SECONDS = float(sys.argv[2])
    sys.argv = ["narragraph", "load", *sys.argv[3:], "--format", "jsonl"]
    main()
"""


@dataclass(frozen=True)
class Told:
    """What a load told before it ended: ids of stored documents, and the summary if it came so far."""

    stored: set[str]
    summary: dict[str, Any] | None

    @classmethod
    def read(cls, output: str) -> Told:
        whole = [json.loads(line) for line in output.splitlines(keepends=True) if line.endswith("\n")]
        stored = {told["id"] for told in whole if "outcome" in told}
        return cls(stored, next((told for told in whole if "documents" in told), None))


@contextmanager
def loading(folder: Path, url: str, *, group: int = SMALL, patience: float = 60) -> Iterator[subprocess.Popen[str]]:
    """A load of all files in a folder, by so many edges at once, which waits so many seconds for a server."""
    with child(_LOAD, group, patience, folder, "--store", url) as process:
        yield process


def read_lines(process: subprocess.Popen[str], count: int) -> str:
    """The first ``count`` lines of a load, or fewer where it ends."""
    assert process.stdout
    return "".join(process.stdout.readline() for _ in range(count))


def ending(process: subprocess.Popen[str], *, within: float = 100) -> tuple[str, str]:
    """What is still to be read of a load, and what it complains of, when it has come to its end by itself.

    Popen.communicate would forget the lines that were read together with earlier ones.
    """
    assert process.stdout
    assert process.stderr
    limit = threading.Timer(within, process.kill)
    limit.start()
    try:
        rest, complaint = process.stdout.read(), process.stderr.read()
        process.wait()
    finally:
        limit.cancel()
    return rest, complaint


def load(folder: Path, url: str) -> dict[str, Any]:
    """Load all files in a folder as users do; the summary."""
    words = ["load", str(folder), "--store", url, "--format", "jsonl"]
    done = subprocess.run([sys.executable, "-m", "narragraph", *words], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    summary = Told.read(done.stdout).summary
    assert summary
    return summary
