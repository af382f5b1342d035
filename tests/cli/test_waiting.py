"""``--wait``: a command that finds the store held by another process waits for it."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from processes import command, held, let_go

from narragraph.graph.stores import open_store

Command = Callable[..., Any]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "store"
    open_store(path, create=True).close()
    return path


def test_a_command_waits_for_the_other_process_and_then_does_its_work(place: Path) -> None:
    with held(place, "writes") as other, command("stats", "--store", place, "--wait", 30) as waiting:
        assert waiting.stderr
        assert waiting.stderr.readline() == (
            f"Another process writes to the store at {place}. Waiting for 30 seconds at most.\n"
        )
        let_go(other)
        said, complaint = waiting.communicate(timeout=30)
    assert (said, complaint, waiting.returncode) == ("record  type  count\n", "", 0)


def test_who_waited_in_vain_is_told_the_way_out(narragraph: Command, place: Path) -> None:
    with held(place, "reads"):
        began = time.monotonic()
        done = narragraph("load", "-", "--store", place, "--wait", 0.3)
        assert time.monotonic() - began >= 0.3
        assert done.status == 3
        assert "Waiting for 0.3 seconds at most." in done.err
        assert f"Error: Another process uses the store at {place}. One may write or several may read" in done.err
        assert "--wait SECONDS" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for one process")
def test_ctrl_c_ends_the_waiting_at_once(place: Path) -> None:
    with held(place, "writes"), command("stats", "--store", place, "--wait", 600) as waiting:
        assert waiting.stderr
        waiting.stderr.readline()
        waiting.send_signal(signal.SIGINT)
        began = time.monotonic()
        assert waiting.communicate(timeout=10) == ("", "\nStopped.\n")
    assert waiting.returncode == 130
    assert time.monotonic() - began < 2
