"""Which claim a denial or a debunking means: what was claimed before, never the words that deny it."""

from narragraph.graph.model import Edge
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import analyse


def edges(text: str, type: str) -> list[tuple[str, str, Edge]]:
    """(source, target, edge) of a type, by the names of its ends."""
    analysis = analyse(SourceDocument(source_key="test", text=text))
    names = {ident: node.name for ident, node in [*analysis.entities.items(), *analysis.nodes.items()]}
    return [(names[edge.source], names[edge.target], edge) for edge in analysis.edges if edge.type == type]


def ends(text: str, type: str) -> set[tuple[str, str]]:
    return {(source, target) for source, target, _ in edges(text, type)}


def test_what_a_speaker_warns_of_is_not_what_they_deny() -> None:
    text = (
        "Iran accused Israel of poisoning the wells of Basra. Israeli Foreign Minister Yair Lapid called the claim absurd "
        "and warned that Iran might attack ships."
    )
    assert ends(text, "DENIES") == {("Yair Lapid", "poisoning the wells of Basra")}


def test_the_accusation_denied_is_the_one_of_the_denier() -> None:
    text = (
        "Poland accused Belarus of sending migrants to the border. Poland also said that Latvian smugglers had robbed them. "
        "Minsk denied the accusation."
    )
    assert ("Government of Belarus", "sending migrants to the border") in ends(text, "DENIES")
