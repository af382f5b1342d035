"""The command as a user types it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from narragraph.cli import main


@dataclass
class Done:
    """What a command left: exit status, standard output, standard error."""

    status: int
    out: str
    err: str


Command = Callable[..., Done]


@pytest.fixture
def narragraph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command inside this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NARRAGRAPH_STORE", raising=False)

    def run(*words: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["narragraph", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Done(int(ended.value.code or 0), out, err)

    return run


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command as a process of its own, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NARRAGRAPH_STORE", raising=False)

    def run(*words: object, given: bytes = b"") -> Done:
        command = [sys.executable, "-m", "narragraph", *map(str, words)]
        done = subprocess.run(command, input=given, capture_output=True, check=False, timeout=120)
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
