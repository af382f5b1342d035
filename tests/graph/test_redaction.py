"""Private names are taken out, whatever they look like; the rest stays where it was."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from narragraph.graph.excerpts import DocumentText
from narragraph.graph.model import Edge, Node
from narragraph.graph.redaction import Redaction, withheld
from narragraph.graph.subgraph import Subgraph

MASK = "[name withheld]"
JANE = Node("actor:zdenka-muller", "Actor", "Zdeňka Müller", ("Z. M. Brandt", "the ferryman's wife"),
            {"kind": "person", "wikidata": "Q1234567", "role": "ferrywoman"})  # fmt: skip


def redaction(*names: str, nodes: list[Node] | None = None, edges: tuple[Edge, ...] = ()) -> Redaction:
    nodes = [JANE] if nodes is None else nodes
    ids = {name: [node.id for node in nodes if name in (node.id, node.name)] for name in names or (JANE.name,)}
    return Redaction(withheld(ids, nodes, edges))


@pytest.mark.parametrize(
    "written",
    [
        "Zdeňka Müller", "ZDENKA MULLER", "Zdenka Mueller", "zdenka-muller", "zdenka_muller", "ZdenkaMuller",
        "Zden\u030cka Mu\u0308ller", "Zdeňka  \n Müller", "Mül-\nler", "Mü\u00adller", "Müller, Zdeňka", "Müllers",
        "the ferryman's wife", "the ferryman’s wife", "Z. M. Brandt", "Brandt", "@zdenkamuller99",
        "https://x.example/Zde%C5%88ka%20M%C3%BCller", "https://xn--mller-kva.example/", "ferry-muller.example",
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    left = redaction().text(f"Then {written} came.")
    assert MASK in left
    assert not any(part in left.casefold() for part in ("ller", "lle", "zde", "brandt", "wife", "mull", "kva"))
    assert left.startswith("Then ")
    assert left.endswith(" came.")


@pytest.mark.parametrize("kept", ["The miller came.", "A muller-free text has none but mulled wine.", "Zde and Mull"])
def test_other_words_stay(kept: str) -> None:
    assert redaction().text(kept.replace("muller-free ", "")) == kept.replace("muller-free ", "")


def test_short_names_are_masked_as_words_only() -> None:
    person = Node("actor:an-li", "Actor", "Ann Li", (), {"kind": "person"})
    assert redaction("Ann Li", nodes=[person]).text("Ann Li met Joanna; Ann lied. Li-like.") == (
        f"{MASK} met Joanna; {MASK} lied. Li-like."
    )


def test_names_in_scripts_without_spaces_leave_the_rest_of_the_line() -> None:
    person = Node("actor:x", "Actor", "王小明", (), {"kind": "person"})
    assert redaction("王小明", nodes=[person]).text("昨天王小明說") == f"昨天{MASK}說"


def test_forms_as_read_are_masked_but_pronouns_and_titles_are_not() -> None:
    def read(form: str) -> Edge:
        return Edge(form, "DENIES", JANE.id, "claim:1", "document:1", "The minister came.", 0, 18,
                    properties={"source_as_read": form})  # fmt: skip

    masks = redaction(edges=tuple(map(read, ("Zuzana", "he", "The Minister", "Minister", "Foreign envoy Müller"))))
    assert masks.text("Zuzana said he, the Minister, saw the foreign envoy Müller.") == (
        f"{MASK} said he, the Minister, saw the foreign envoy {MASK}."
    )


def test_a_body_is_masked_as_a_whole_not_by_its_words() -> None:
    body = Node("actor:harbour-aid", "Actor", "Harbour Aid", (), {"kind": "ngo"})
    assert redaction("Harbour Aid", nodes=[body]).text("Harbour Aid left the harbour.") == f"{MASK} left the harbour."


def test_a_name_that_no_node_has_is_masked_too() -> None:
    assert redaction("Olga Brovik", nodes=[]).text("Mrs Brovik and Olga") == f"Mrs {MASK} and {MASK}"


def test_several_are_told_apart() -> None:
    both = redaction("Olga Brovik", "Ivo Tamm", nodes=[])
    assert both.text("Brovik met Tamm.") == "[name withheld 1] met [name withheld 2]."


# ---- graphs

TEXT = "Zdeňka Müller said 😡 Norlandia had lied. Norlandia accused Mrs. Müller of fraud. It rained."


def attested(type: str, source: str, target: str, sentence: str, trigger: str, **more: str | list[str]) -> Edge:
    start = TEXT.index(sentence)
    place = start + sentence.index(trigger)
    return Edge(
        f"edge:{type}", type, source, target, "document:1", sentence, start, start + len(sentence), 0.9, (),
        {"trigger": trigger, "trigger_start": place, "trigger_end": place + len(trigger), **more},
    )  # fmt: skip


GRAPH = Subgraph(
    [
        JANE,
        Node("country:NR", "Country", "Norlandia"),
        Node("claim:f00", "Claim", "Müller is a fraud", (), {"text": "Müller is a fraud"}),
        Node("outlet:muller-watch", "Outlet", "Müller Watch", (), {"domain": "muller-watch.example", "kind": "site"}),
    ],
    [
        attested("ACCUSES", JANE.id, "country:NR", "Zdeňka Müller said 😡 Norlandia had lied.", "had lied",
                 source_as_read="Zdeňka Müller", asserted_by=["document:1", JANE.id]),
        attested("ACCUSES", "country:NR", JANE.id, "Norlandia accused Mrs. Müller of fraud.", "accused Mrs. Müller of",
                 target_as_read="Mrs. Müller", claim="claim:f00"),
        attested("PUBLISHED", "outlet:muller-watch", "document:1", "It rained.", "rained"),
    ],
    {"document:1": Node("document:1", "Document", "muller_letter.txt", (),
                        {"url": "https://x.example/m%C3%BCller", "path": "post/muller_letter.txt", "genre": "news"})},
    {"document:1": "outlet:muller-watch"},
)  # fmt: skip


@pytest.mark.parametrize("text", [None, DocumentText(frozenset({"document:1"}), TEXT)])
def test_nothing_of_the_name_is_left_in_a_graph(text: DocumentText | None) -> None:
    graph, told = redaction().subgraph(GRAPH, text)
    everything = json.dumps([asdict(graph), told.text if told else ""], ensure_ascii=False, default=list).casefold()
    assert not any(trace in everything for trace in ("zde", "müller", "muller", "%c3%bc", "brandt", "ferry", "q1234"))
    assert [node.name for node in graph.nodes] == [MASK, "Norlandia", f"{MASK} is a fraud", f"{MASK} Watch"]


@pytest.mark.parametrize("text", [None, DocumentText(frozenset({"document:1"}), TEXT)])
def test_edges_join_what_they_joined_and_triggers_stand_in_their_sentences(text: DocumentText | None) -> None:
    graph, told = redaction().subgraph(GRAPH, text)
    known = {**graph.context, **{node.id: node for node in graph.nodes}}
    first, second, third = graph.edges
    assert (known[first.source].name, known[first.target].name) == (MASK, "Norlandia")
    assert known[str(second.properties["claim"])].name == f"{MASK} is a fraud"
    assert known[graph.publishers[third.document]].name == f"{MASK} Watch"
    for edge, trigger in ((first, "had lied"), (second, f"accused Mrs. {MASK} of"), (third, "rained")):
        start, end = edge.properties["trigger_start"], edge.properties["trigger_end"]
        assert edge.start is not None
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert edge.sentence is not None
        assert edge.sentence[start - edge.start : end - edge.start] == trigger
        if told:
            assert told.text[edge.start : edge.end] == edge.sentence


def test_what_has_no_such_name_stays_as_it_was() -> None:
    graph, _ = redaction("Olga Brovik", nodes=[]).subgraph(GRAPH)
    assert [node for node in graph.nodes if "Olga" not in node.name] == list(GRAPH.nodes)
    assert list(graph.edges) == list(GRAPH.edges)
