"""The command ``ontology``: what may stand in the graph, and what is known beforehand."""

from __future__ import annotations

import click

from narragraph.cli import StoreChoice, format_option, store_option
from narragraph.errors import NothingFound
from narragraph.graph.formats.rows import write_rows
from narragraph.loaders.commands import Reading, reading_options, survey
from narragraph.ontology.gazetteer import Entry, load_gazetteer
from narragraph.ontology.narratives import Narrative, load_narratives
from narragraph.ontology.schema import EdgeType, NodeType, Schema, load_schema

Rows = list[tuple[str, object]]


@click.group(epilog="Example: narragraph ontology show ACCUSES")
def ontology() -> None:
    """Kinds of node and edge, narratives and known names."""


@ontology.command("list", epilog="Example: narragraph ontology list edges --format csv")
@click.argument("what", type=click.Choice(("nodes", "edges", "properties", "narratives", "names")), default="edges")
@format_option
def list_terms(what: str, format: str) -> None:
    """The kinds of edge, or of node, the properties, the known narratives, the known names."""
    schema = load_schema()
    if what == "nodes":
        write_rows(
            ("type", "definition"), [(node.name, node.definition) for node in schema.node_types.values()], format
        )
    elif what == "edges":
        edges = [(e.name, sorted(e.sources), sorted(e.targets), e.definition) for e in schema.edge_types.values()]
        write_rows(("type", "from", "to", "definition"), edges, format)
    elif what == "properties":
        properties = [(prop.name, sorted(prop.on), prop.datatype, prop.definition) for prop in schema.properties]
        write_rows(("property", "on", "datatype", "definition"), properties, format)
    elif what == "narratives":
        narratives = [(n.id, n.label, n.broader, n.definition) for n in load_narratives().narratives]
        write_rows(("id", "label", "broader", "definition"), narratives, format)
    else:
        entries = [(e.id, e.type, e.kind, e.name, e.country) for e in load_gazetteer().entries]
        write_rows(("id", "type", "kind", "name", "country"), entries, format)


@ontology.command("show", epilog="Example: narragraph ontology show ACCUSES")
@click.argument("name")
@format_option
def show_term(name: str, format: str) -> None:
    """One type, narrative or known name, by its name or id."""
    schema, scheme, gazetteer = load_schema(), load_narratives(), load_gazetteer()
    wanted = name.casefold()
    found: list[Rows] = [_edge_rows(t, schema) for t in schema.edge_types.values() if t.name.casefold() == wanted]
    found += [_node_rows(t, schema) for t in schema.node_types.values() if t.name.casefold() == wanted]
    found += [
        _narrative_rows(n)
        for n in scheme.narratives
        if wanted in (n.id, n.id.partition(":")[2], n.label.casefold(), *(alt.casefold() for alt in n.alt_labels))
    ]
    entries = {form.entry.id: form.entry for form in gazetteer.lookup(name)}
    entries |= {
        entry.id: entry for entry in gazetteer.entries if wanted in (entry.id.casefold(), entry.name.casefold())
    }
    found += [_entry_rows(entry) for entry in entries.values()]
    if not found:
        raise NothingFound(
            f'There is no type, narrative or known name "{name}".', hint="narragraph ontology list shows what there is."
        )
    write_rows(("field", "value"), [row for rows in found for row in rows if row[1] not in ("", None, [], ())], format)


@ontology.command("unused", epilog="Example: narragraph ontology unused articles/ --lexicon mine.yaml --format csv")
@click.argument("inputs", nargs=-1, metavar="[FILE_OR_FOLDER]...")
@click.option(
    "--show",
    type=click.Choice(("entries", "rules")),
    default="entries",
    show_default=True,
    help="Entries that never fire, or rules that always fire together.",
)
@reading_options
@store_option
@format_option
def list_unused(inputs: tuple[str, ...], show: str, reading: Reading, store: StoreChoice, format: str) -> int:
    """Entries that no document at hand makes use of, and rules that always fire together.

    A name fires where it is mentioned, a verb frame where it makes an edge, another word where it stands in a text.
    First come entries whose words stand in the most documents without firing, your own before others. Without inputs
    the documents of the store are read.
    """
    from narragraph.loaders.extraction.usage import PAIR_COLUMNS, UNUSED_COLUMNS, Usage

    usage = Usage(reading.own)
    status = survey(inputs, reading, store, usage.add)
    if show == "entries":
        write_rows(UNUSED_COLUMNS, usage.unused(), format)
    else:
        write_rows(PAIR_COLUMNS, usage.pairs(), format)
    click.echo(f"{usage.documents} document{'s' if usage.documents != 1 else ''} read", err=True)
    return status


def _node_rows(node: NodeType, schema: Schema) -> Rows:
    return [
        ("type", node.name),
        ("definition", node.definition),
        ("properties", [prop.name for prop in schema.properties_of(node.name)]),
        ("edges from it", [edge.name for edge in schema.edge_types.values() if node.name in edge.sources]),
        ("edges to it", [edge.name for edge in schema.edge_types.values() if node.name in edge.targets]),
    ]


def _edge_rows(edge: EdgeType, schema: Schema) -> Rows:
    return [
        ("type", edge.name),
        ("definition", edge.definition),
        ("from", sorted(edge.sources)),
        ("to", sorted(edge.targets)),
        ("ends", "of one type" if edge.same_type_ends else ""),
        ("properties", [prop.name for prop in schema.properties_of(edge.name)]),
    ]


def _narrative_rows(narrative: Narrative) -> Rows:
    return [
        ("narrative", narrative.id),
        ("label", narrative.label),
        ("also", narrative.alt_labels),
        ("definition", narrative.definition),
        ("note", narrative.scope_note),
        ("broader", narrative.broader),
        ("examples", narrative.examples),
        ("sources", narrative.sources),
        ("patterns", narrative.patterns),
    ]


def _entry_rows(entry: Entry) -> Rows:
    return [
        (entry.type.lower(), entry.id),
        ("name", entry.name),
        ("kind", entry.kind),
        ("role", entry.role),
        ("country", entry.country),
        ("run by", entry.run_by),
        ("member of", entry.member_of),
        ("part of", entry.part_of),
        ("aliases", entry.aliases),
        ("demonyms", entry.demonyms),
        ("capital", entry.capitals),
        ("only beside another form", sorted(entry.ambiguous)),
        ("domain", entry.domain),
        ("ISO code", entry.iso3),
        ("Wikidata", entry.wikidata),
        ("source", entry.source),
    ]
