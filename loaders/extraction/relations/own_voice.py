"""What a document accuses others of in its own voice, where it judges: in a disproof, a fact-check, an opinion."""

from __future__ import annotations

from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.edges import document_at
from narragraph.loaders.extraction.participants import Participant
from narragraph.loaders.extraction.relations.bad_deeds import bad_agents
from narragraph.loaders.extraction.relations.doers import BAD_NOUNS
from narragraph.loaders.extraction.relations.scene import Scene
from narragraph.loaders.extraction.stance import stance_of_clause
from narragraph.loaders.extraction.verbs import SPEECH
from narragraph.ontology.lexicon import load_words

_JUDGING = frozenset(("fact-check", "opinion"))
_BY_NAME = frozenset(("alias", "capital", "demonym", "government", "name", "surname", "template", "unknown"))
_OF_OTHERS = load_words("hostile", "hearsay") | load_words("speech", "claim_nouns")
_SPREADING = load_words("hostile", "making") | load_words("speech", "spreading")


def accuse_in_own_voice(scene: Scene, clause: Clause) -> None:
    """ACCUSES edges from the document to those whose bad deed it states as its own finding.

    News only reports, so the text must judge. A sentence that speaks of what others say, hold or spread is theirs.
    """
    if clause.kind != "main" or clause.quoted or clause.verb.lemma in _SPREADING or not _judges(scene, clause):
        return
    agents = [agent for agent in bad_agents(scene, clause) if _is_named(scene, clause, agent)]
    if not agents or not stance_of_clause(scene.analysis, clause).plain or _tells_of_others(scene, clause):
        return
    trigger = scene.trigger_of(clause)
    scene.relate(
        "ACCUSES", [document_at(scene.analysis, trigger[0])], agents, trigger=trigger, rule="own-voice.predicate"
    )


def _judges(scene: Scene, clause: Clause) -> bool:
    """Whether a clause stands where the document speaks its mind, not in what it reviews or quotes."""
    analysis = scene.analysis
    start = scene.trigger_of(clause)[0]
    if scene.is_quoted(start):
        return False
    role = analysis.blocks[analysis.sentences[clause.sentence].block].role
    genre = analysis.nodes[document_at(analysis, start)].properties.get("genre")
    return role == "disproof" or (role is None and genre in _JUDGING)


def _tells_of_others(scene: Scene, clause: Clause) -> bool:
    sentence = scene.analysis.sentences[clause.sentence]
    tokens = scene.analysis.tokens[sentence.first : sentence.last]
    told = any(scene.read.clauses[at].verb.lemma in SPEECH for at in scene.read.by_sentence[clause.sentence])
    return told or any(token.lower in _OF_OTHERS or token.lower.rstrip("s") in _OF_OTHERS for token in tokens)


def _is_named(scene: Scene, clause: Clause, agent: Participant) -> bool:
    """Whether words name an agent, and not "he", "its troops", or "Syria's economy"."""
    mentions = scene.cast.mentions_in(*agent.span)
    subject = scene.cast.phrase(clause.subject[0]) if clause.subject else None
    only_owner = subject is not None and not clause.verb.passive and agent.entity in subject.possessor
    deed = subject is not None and scene.cast.head(clause.subject[0]) in BAD_NOUNS
    named = any(mention.entity == agent.entity and mention.how in _BY_NAME for mention in mentions)
    return named and (deed or not only_owner)
