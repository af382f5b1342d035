"""The command ``narragraph``: a lazy table of commands; each room's ``commands.py`` holds its own."""

from __future__ import annotations

import importlib
import sys

import click

from narragraph import __version__
from narragraph.errors import AmbiguousName, NarragraphError

# command → the module that holds it and its help in a line, so that --help imports no room
COMMANDS = {
    "load": ("loaders", "Read documents or records and store what they say."),
    "extract": ("loaders", "Read documents and print what they say as records."),
    "evaluate": ("loaders", "Precision, recall and F1 on texts with gold graphs."),
    "show": ("queries", "One actor, outlet, country, narrative, event or document."),
    "links": ("queries", "How two are connected, with the sentence of each hop."),
    "query": ("queries", "Canned questions, and Cypher of your own."),
    "export": ("graph", "The graph as an HTML page or as records."),
    "stats": ("graph", "Nodes and edges by type."),
    "check": ("graph", "Read every edge's sentence back against the stored text."),
    "ontology": ("ontology", "Kinds of node and edge, narratives and names."),
}


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


@click.command(cls=_Lazy, epilog="Example: narragraph load articles/ && narragraph query run who-accuses-whom")
@click.version_option(__version__, prog_name="narragraph")
def group() -> None:
    """Turn documents about disinformation into a graph of actors and narratives; every edge opens its sentence."""


def main() -> None:
    """Run the command line; errors of ours become one message and an exit status."""
    try:
        group(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except NarragraphError as error:
        click.echo(f"Error: {error}", err=True)
        if isinstance(error, AmbiguousName):
            for line in error.candidates:
                click.echo(f"  {line}", err=True)
        sys.exit(error.exit_code)
