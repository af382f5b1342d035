"""The command itself: help, version, wrong use."""

from __future__ import annotations

import importlib
import importlib.util
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from processes import child

from narragraph import __version__
from narragraph.cli import COMMANDS, group

Command = Callable[..., Any]


def commands(command: click.Command, *words: str) -> Iterator[tuple[str, ...]]:
    """Every command and every group of them, by the words that call it."""
    if words:
        yield words
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            try:
                found = command.get_command(context, name)
            except ModuleNotFoundError as error:  # a room whose commands are still to come
                assert str(error.name).endswith(".commands")  # noqa: PT017
                continue
            assert found is not None, name
            yield from commands(found, *words, name)


@pytest.mark.parametrize("words", list(commands(group)), ids=" ".join)
def test_every_help_ends_in_an_example(narragraph: Command, words: tuple[str, ...]) -> None:
    done = narragraph(*words, "--help")
    assert done.status == 0
    assert f"Example: narragraph {' '.join(words)}" in " ".join(done.out.split())


def test_help_lists_every_command(narragraph: Command) -> None:
    out = narragraph("--help").out
    for name, (_, line) in COMMANDS.items():
        assert f"  {name}" in out
        assert line in " ".join(out.split())


def test_version(narragraph: Command) -> None:
    assert narragraph("--version").out == f"narragraph, version {__version__}\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("lode",), "No such command 'lode'"),
        (("load",), "Missing argument 'FILE_OR_FOLDER...'"),
        (("load", "x", "--stor"), "No such option"),
        (("stats", "--format", "xml"), "'xml' is not one of"),
        (("evaluate", "nowhere"), "does not exist"),
    ],
)
def test_wrong_use_ends_with_status_2(narragraph: Command, words: tuple[str, ...], told: str) -> None:
    done = narragraph(*words)
    assert done.status == 2
    assert told in done.err
    assert done.out == ""


def test_a_password_in_an_address_is_refused_and_never_repeated(narragraph: Command) -> None:
    done = narragraph("stats", "--store", "bolt://neo4j:secret@localhost:7687")
    assert done.status == 2
    assert "secret" not in done.err


def test_every_command_s_module_holds_it() -> None:
    for name, (room, _) in COMMANDS.items():
        if importlib.util.find_spec(f"narragraph.{room}.commands"):
            assert hasattr(importlib.import_module(f"narragraph.{room}.commands"), name)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is a thing of Linux")
@pytest.mark.parametrize("words", [("--help",), ("query", "list"), ("ontology", "--help"), ("extract", "-")])
def test_output_that_cannot_be_written_is_one_message(words: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "narragraph", *words],
            input=b"Nothing was said.",
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr.decode()) == (
        1,
        "Error: standard output cannot be written: No space left on device.\n",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no signals for one process")
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_request_to_end_is_heard_even_while_an_object_is_destroyed(sent: signal.Signals, status: int) -> None:
    code = """
        import time, click
        from narragraph import cli

        class Dying:
            def __del__(self):
                print("dying", flush=True)
                time.sleep(1)  # what is raised here, Python drops

        @cli.group.command()
        def wait():
            dying = Dying()
            del dying
            time.sleep(60)

        cli.group.get_command = lambda ctx, name: wait
        sys.argv = ["narragraph", "wait"]
        cli.main()
    """
    with child(code) as process:
        assert process.stdout
        assert process.stdout.readline() == "dying\n"
        process.send_signal(sent)
        _, complaint = process.communicate(timeout=20)
    assert process.returncode == status
    assert "Traceback" not in complaint
