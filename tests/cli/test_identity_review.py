"""narragraph identity review on a real terminal: one key decides, the evidence of both sides is on the screen."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pty = pytest.importorskip("pty", reason="pseudo-terminals are of Unix")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

Command = Callable[..., Any]

TEXTS = {
    "a.txt": "March 4, 2021\n\nViktor Harbowski accused Russia of lying about the harbour of Calais.\n",
    "b.txt": "Victor Harbowski denied that he had been paid. Latvia accused Victor Harbowski of lying.\n",
    "c.txt": "Estonia accused Ida M. Lundberg of lying about the border with Russia.\n",
    "d.txt": "Ida Maria Lundberg accused Latvia of lying. Estonia accused Ida Maria Lundberg of theft.\n",
}
ASKED = "[q]uit"


class Terminal:
    """The program at a pseudo-terminal, as a person sees it who presses keys."""

    def __init__(self, folder: Path, *command: str) -> None:
        self._own, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "narragraph", *command],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, start_new_session=True,
            env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"}, preexec_fn=_take_terminal,
        )  # fmt: skip
        os.close(theirs)

    def until(self, words: str) -> str:
        """What comes to stand on the screen until it shows these words; all there is, where the program has ended."""
        seen, end = b"", time.monotonic() + 60
        while words.encode() not in seen:
            assert time.monotonic() < end, f"waited for {words!r}, saw {seen.decode()!r}"
            if not select.select([self._own], [], [], 0.2)[0]:
                continue
            try:
                read = os.read(self._own, 4096)
            except OSError:  # what Linux says at the end
                break
            if not read:
                break
            seen += read
        return seen.decode("utf-8", "replace")

    def press(self, key: bytes) -> None:
        """Press a key as soon as the program waits for one: what comes before that is dropped."""
        end = time.monotonic() + 30
        while termios.tcgetattr(self._own)[3] & termios.ICANON:
            assert time.monotonic() < end, "the program asks for no key"
            time.sleep(0.02)
        os.write(self._own, key)

    def close(self) -> None:
        if self.process.returncode is not None:
            return
        self.process.kill()
        self.process.wait()
        os.close(self._own)


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def terminal(narragraph: Command, tmp_path: Path) -> Iterator[Terminal]:
    """A review of two pairs, at the first of them."""
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert narragraph("load", *TEXTS).status == 0
    screen = Terminal(tmp_path, "identity", "review", "--by", "ida")
    yield screen
    screen.close()


def decisions(narragraph: Command, *more: str) -> list[tuple[str, str]]:
    rows = json.loads(narragraph("identity", "list", "--format", "json", *more).out)
    return [(row["left_name" if "left_name" in row else "left"].split()[-1], row["verdict"]) for row in rows]


def test_one_key_decides_with_the_sentences_of_both_sides_in_view(narragraph: Command, terminal: Terminal) -> None:
    first = terminal.until(ASKED)
    assert "1 of 2, score" in first
    assert "spelt nearly alike" in first
    assert "Viktor Harbowski accused Russia of lying about the harbour of Calais.” (a.txt, 2021-03-04)" in first
    assert "Victor Harbowski denied that he had been paid." in first
    terminal.press(b"s")
    second = terminal.until(ASKED)
    assert "2 of 2, score" in second
    assert "the same last name and initial" in second
    assert "Estonia accused Ida M. Lundberg of lying about the border with Russia." in second
    assert "Ida Maria Lundberg accused Latvia of lying." in second
    terminal.press(b"d")
    assert "No more pairs." in terminal.until(ASKED)
    terminal.press(b"q")
    assert "2 decided, 0 left." in terminal.until("left.")
    assert terminal.process.wait(30) == 0
    assert decisions(narragraph) == [("Harbowski", "same"), ("Lundberg", "different")]


def test_the_last_decision_is_taken_back_and_asked_again(narragraph: Command, terminal: Terminal) -> None:
    terminal.until(ASKED)
    terminal.press(b"s")
    terminal.until(ASKED)
    terminal.press(b"z")
    assert "1 of 2" in terminal.until(ASKED)
    terminal.press(b"u")
    terminal.until(ASKED)
    terminal.press(b"q")
    terminal.until("left.")
    assert decisions(narragraph) == [("Harbowski", "unsure")]
    assert decisions(narragraph, "--all") == [("Harbowski", "same"), ("Harbowski", "undone"), ("Harbowski", "unsure")]


@pytest.mark.parametrize("key", [b"x", b"\x1b[A", b"7", "é".encode()], ids=["letter", "arrow", "digit", "accent"])
def test_a_key_that_means_nothing_decides_nothing_and_stays(
    narragraph: Command, terminal: Terminal, key: bytes
) -> None:
    terminal.until(ASKED)
    terminal.press(key)
    assert "is no key" in terminal.until(ASKED)
    terminal.press(b"z")
    assert "Nothing to take back." in terminal.until(ASKED)
    terminal.press(b"\r")
    assert "2 of 2" in terminal.until(ASKED)
    terminal.press(b"q")
    terminal.until("left.")
    assert decisions(narragraph) == []


@pytest.mark.parametrize("key", [b"\x03", b"\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_breaking_off_keeps_what_was_decided(narragraph: Command, terminal: Terminal, key: bytes) -> None:
    terminal.until(ASKED)
    terminal.press(b"S")
    terminal.until(ASKED)
    terminal.press(key)
    said = terminal.until("\0")
    assert "Traceback" not in said
    assert terminal.process.wait(30) in (0, 130)
    assert decisions(narragraph) == [("Harbowski", "same")]


def test_a_decision_that_contradicts_others_is_told_and_asked_again(
    narragraph: Command, terminal: Terminal, tmp_path: Path
) -> None:
    terminal.until(ASKED)
    terminal.press(b"q")
    terminal.until("left.")
    assert terminal.process.wait(30) == 0
    (tmp_path / "e.txt").write_text("Wictor Harbowski accused Latvia of lying about Estonia.\n", "utf-8")
    narragraph("load", "e.txt")
    narragraph("identity", "decide", "Viktor Harbowski", "Wictor Harbowski", "same")
    narragraph("identity", "decide", "Victor Harbowski", "Wictor Harbowski", "same")
    again = Terminal(tmp_path, "identity", "review")
    try:
        again.until(ASKED)
        again.press(b"d")
        assert "Not taken: " in again.until(ASKED)
        again.press(b"s")
        assert "2 of 2" in again.until(ASKED)
        again.press(b"q")
        again.until("left.")
    finally:
        again.close()
