"""The command ``narragraph``: a lazy table of commands, and the options that several of them share.

Each room's ``commands.py`` holds its own commands and is imported when one of them is asked for.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import gc
import importlib
import io
import os
import signal
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from narragraph import __version__
from narragraph.errors import AmbiguousName, NarragraphError, StoreLocked, UsageError
from narragraph.graph.formats.rows import FORMATS

if TYPE_CHECKING:
    from narragraph.graph.stores.base import Store

# command → the module that holds it and its help in a line, so that --help imports no room
COMMANDS = {
    "load": ("loaders", "Read documents or records and store what they say."),
    "extract": ("loaders", "Read documents and print what they say as records."),
    "trace": ("loaders", "How each sentence of a document was read, and by which rules."),
    "names": ("loaders", "The names in documents, and those that have no entry yet."),
    "evaluate": ("loaders", "Precision, recall and F1 on texts with gold graphs."),
    "documents": ("graph.documents", "The documents in the store: list, show, remove, read again."),
    "outdated": ("graph.documents", "Documents that today's rules read otherwise, with the difference."),
    "identity": ("graph.identity", "Names that may mean the same, and what people decide of them."),
    "show": ("queries.exploring", "One actor, outlet, country, narrative, event or document."),
    "links": ("queries.exploring", "How two are connected, with the sentence of each hop."),
    "timeline": ("queries.exploring", "What is said by one and of it, day by day."),
    "neighbours": ("queries.exploring", "Who and what statements join one to."),
    "compare": ("queries.exploring", "What two say of each other and of the same things."),
    "why": ("queries.exploring", "Everything behind one edge."),
    "review": ("graph.review", "Strike edges that are wrong, confirm or doubt others; all can be undone."),
    "query": ("queries", "Canned questions, and Cypher of your own."),
    "export": ("graph", "The graph as an HTML page or as records."),
    "stats": ("graph", "Nodes and edges by type."),
    "check": ("graph", "Read every edge's sentence back against the stored text."),
    "store": ("graph.stores", "What a store is and how it fares; copies from one to another."),
    "ontology": ("ontology", "Kinds of node and edge, narratives and names."),
}
EPILOG = """\b
Examples:
  narragraph load articles/
  narragraph query run who-accuses-whom
Tab completion: eval "$(_NARRAGRAPH_COMPLETE=bash_source narragraph)", or zsh_source, fish_source."""

wait_option = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0,
    metavar="SECONDS",
    help="Wait so long for another process that holds the store.",
)
format_option = click.option(
    "--format", type=click.Choice(FORMATS), default="table", show_default=True, help="How the rows are written."
)
collection_option = click.option("--collection", metavar="NAME", help="Only what the documents of this collection say.")
fail_if_empty_option = click.option("--fail-if-empty", is_flag=True, help="Exit with status 4 where nothing was found.")


@dataclass(frozen=True)
class StoreChoice:
    """The store that a command was told to use, not open yet."""

    url: str
    wait: float = 0

    def open(self, *, create: bool = False, readonly: bool = False) -> Store:
        """Open it as ``graph.stores.open_store`` does; who has to wait for another process is told."""
        from narragraph.graph.stores import open_store

        try:
            return open_store(self.url, create=create, readonly=readonly)
        except StoreLocked as error:
            if not self.wait:
                raise
            click.echo(f"{printable(error.message)} Waiting for {self.wait:g} seconds at most.", err=True)
            return open_store(self.url, create=create, readonly=readonly, wait=self.wait)


def store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options --store and --wait; the command gets both as a StoreChoice named ``store``."""

    @click.option(
        "--store",
        envvar="NARRAGRAPH_STORE",
        default="./narragraph-store",
        metavar="PATH|URL",
        help="A folder, bolt://HOST:PORT, or neo4j for the server that NEO4J_URI names.  "
        "[default: NARRAGRAPH_STORE, else ./narragraph-store]",
    )
    @wait_option
    @functools.wraps(command)
    def with_store(*, store: str, wait: float, **others: Any) -> Any:
        return command(store=StoreChoice(store, wait), **others)

    return with_store


def own_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options --gazetteer and --lexicon; the command gets both, read and checked, as Additions named ``own``."""
    file = click.Path(exists=True, dir_okay=False, path_type=Path)

    @click.option(
        "--gazetteer", "gazetteers", type=file, multiple=True, metavar="FILE", help="CSV with names of your own."
    )
    @click.option(
        "--lexicon", "lexicons", type=file, multiple=True, metavar="FILE", help="YAML with words of your own."
    )
    @functools.wraps(command)
    def with_own(*, gazetteers: tuple[Path, ...], lexicons: tuple[Path, ...], **others: Any) -> Any:
        from narragraph.loaders.additions import Additions

        own = Additions(gazetteers, lexicons)
        for note in own.settle():
            click.echo(f"Note: {printable(note)}", err=True)
        return command(own=own, **others)

    return with_own


def printable(text: str) -> str:
    """A message without control characters but line ends: names of files and nodes could steer a terminal."""
    return "".join(char if char.isprintable() or char == "\n" else "�" for char in text)


@contextlib.contextmanager
def open_output(path: str) -> Iterator[TextIO]:
    """A file to write UTF-8 to, or standard output for ``-``; a file appears whole when all went well, or not at all.

    Raises UsageError where no file can be written.
    """
    if path == "-":
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        return
    place = Path(os.path.realpath(path))
    draft = place.with_name(f".{place.name}.{os.getpid()}.part")
    if place.exists() and not place.is_file():  # a pipe or a device cannot be replaced; a folder is refused below
        draft = place
    try:
        with open(draft, "w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            if draft != place:
                os.fsync(file.fileno())
        if draft != place:
            os.replace(draft, place)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        if draft != place:
            draft.unlink(missing_ok=True)


class _Lazy(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"narragraph.{COMMANDS[cmd_name][0]}.commands")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.command(cls=_Lazy, epilog=EPILOG)
@click.version_option(__version__, prog_name="narragraph")
def group() -> None:
    """Turn documents about disinformation into a graph of actors and narratives; every edge opens its sentence."""


def _drop_output() -> None:
    """Let what is still to be written go nowhere: else Python complains when it flushes again on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _signal(number: int) -> None:
    """Send a signal to the main thread, which wakes it on Unix; on Windows it hears of it when it goes on."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        signal.raise_signal(number)


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """Let what was begun be put in order when the system asks the program to end (SIGTERM), as it is after Ctrl-C.

    Python drops what either raises while an object is being destroyed: then it is asked again, a moment later.
    """
    before = signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    told, sys.unraisablehook = sys.unraisablehook, lambda dropped: again(dropped) or told(dropped)

    def again(dropped: Any) -> bool:
        for kind, number in ((KeyboardInterrupt, signal.SIGINT), (SystemExit, signal.SIGTERM)):
            if issubclass(dropped.exc_type, kind):
                threading.Timer(0.05, _signal, [number]).start()
                return True
        return False

    try:
        yield
    finally:
        sys.unraisablehook = told
        signal.signal(signal.SIGTERM, before)


_GARBAGE = 50_000  # new objects between two looks for garbage; names and lexicons that stay are a million


@_terminable()
def main() -> None:
    """Run the command line; errors of ours become one message and an exit status."""
    gc.set_threshold(_GARBAGE, 20, 20)
    for stream in (sys.stdout, sys.stderr):  # names and sentences may hold what a terminal's encoding lacks
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = group(standalone_mode=False)  # what a command returned: its exit status, or nothing when all is well
        sys.stdout.flush()
        sys.exit(status)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:  # whoever read our output has seen enough
        _drop_output()
        sys.exit(1)
    except OSError as error:
        if error.filename or error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
            raise
        _drop_output()
        click.echo(f"Error: standard output cannot be written: {error.strerror}.", err=True)
        sys.exit(1)
    except NarragraphError as error:
        click.echo(f"Error: {printable(str(error))}", err=True)
        if isinstance(error, AmbiguousName):
            click.echo(printable(textwrap.indent("\n".join(error.candidates), "  ")), err=True)
        sys.exit(error.exit_code)
