"""Noun chunks: the smallest noun phrases, determiner to head, with what 's owns in them, read from tags and names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from narragraph.loaders.extraction.analysis import Mention, Token
from narragraph.ontology.lexicon import load_words

_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_OPENING = frozenset(
    ("DT", "PDT", "PRP$", "CD", "JJ", "JJR", "JJS", "VBN", "VBG", "NN", "NNS", "NNP", "NNPS", "$", "WP$")
)
_INSIDE = frozenset(
    ("CD", "JJ", "JJR", "JJS", "VBN", "VBG", "NN", "NNS", "NNP", "NNPS", "POS", "$", "RB", "RBS", "RBR")
)
_CLAIMS = load_words("speech", "claim_nouns")
_DAYS = frozenset(
    ("yesterday", "today", "tomorrow", "tonight", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
) | {"sunday"}
_MONTHS = frozenset(
    ("January", "February", "March", "April", "June", "July", "August", "September", "October", "November", "December")
)
_TOLD = frozenset(("parliament", "reporters", "journalists", "lawmakers", "supporters", "congress", "court"))
_TIMES = load_words("verbs", "time")
_THEN = frozenset(("last", "next", "this", "late", "early", "earlier", "later"))
_UNSEEN = frozenset(("SYM",))
_FORMS_OF_BE_AND_HAVE = frozenset(
    (
        "be",
        "am",
        "is",
        "are",
        "was",
        "were",
        "been",
        "being",
        "has",
        "have",
        "had",
        "having",
        "'s",
        "'re",
        "'ve",
        "get",
        "gets",
        "got",
    )
)
_SUBORDINATORS = frozenset(("that", "because", "as", "while", "after", "before", "since", "although", "though", "if"))
_ROW = 7  # tokens of a row of adjectives
_VERB_LEFT = frozenset(("RB", "``", "''"))


class Chunk(NamedTuple):
    """``tokens[first:last]``; ``head`` is the last word of what the chunk names, ``owner`` ends before the last 's."""

    first: int
    last: int
    head: int
    owner: int | None  # token of the 's or PRP$ that owns the head; None if nothing does


def noun_chunks(tokens: Sequence[Token], names: Mapping[int, Mention], first: int, last: int) -> Iterator[Chunk]:
    """The noun chunks of one sentence, ordered, none overlapping. Personal pronouns are chunks of their own."""
    at = first
    while at < last:
        tag = tokens[at].tag
        if tag == "PRP" and at not in names and at > first and _stresses(tokens, at, last):
            at += 1
            continue
        if tag == "PRP" and at not in names:
            yield Chunk(at, at + 1, at, None)
            at += 1
            continue
        if at not in names and (tag not in _OPENING or not _may_open(tokens, at, first, last)):
            at += 1
            continue
        end = _end(tokens, names, at, first, last)
        chunk = _trimmed(tokens, names, at, end)
        if chunk is None:
            at += 1
            continue
        yield chunk
        at = chunk.last
    return


def _stresses(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Whether "itself" only stresses the noun before it, the subject: "the government itself had paid"."""
    verb = tokens[at + 1].tag if at + 1 < last else ""
    myself = tokens[at].lower.endswith(("self", "selves"))
    return myself and tokens[at - 1].tag in _NOUNS and verb in ("VBD", "VBZ", "VBP", "MD")


def _may_open(tokens: Sequence[Token], at: int, first: int, last: int) -> bool:
    """Whether a participle opens a chunk ("leaked documents") rather than being a verb ("accusing Moscow")."""
    tag = tokens[at].tag
    if tag not in ("VBN", "VBG"):
        return True
    following = tokens[at + 1].tag if at + 1 < last else ""
    if following not in ("NN", "NNS", "JJ"):
        return False
    before = at - 1
    while before >= first and tokens[before].tag in _VERB_LEFT:
        before -= 1
    if before < first:
        return tag == "VBN"
    if tokens[before].lower in _FORMS_OF_BE_AND_HAVE:
        return False
    return tag == "VBN" and tokens[before].tag in ("IN", "TO", "CC", "VBD", "VBZ", "VBP", "VB", ",")


def _end(tokens: Sequence[Token], names: Mapping[int, Mention], at: int, first: int, last: int) -> int:
    """Where the run of words ends that may belong to a chunk from ``at`` on."""
    start = at
    at += 1
    while at < last:
        tag = tokens[at].tag
        mention = names.get(at)
        if mention is not None and names.get(at - 1) is mention:
            at += 1  # "Alliance for Securing Democracy" is one name
            continue
        if tag in ("``", "''") and _goes_on(tokens, at, last):
            at += 1
            continue
        if tag in (",", "CC") and (noun := _adjectives_end(tokens, names, start, at, first, last)):
            at = noun + 1
            continue
        if tag in _UNSEEN:
            at += 1
            continue
        if tag not in _INSIDE and mention is None:
            break
        if tag in ("RB", "RBR", "RBS") and not (at + 1 < last and tokens[at + 1].tag in ("JJ", "VBN")):
            break
        if tag == "RB" and tokens[at - 1].tag in _NOUNS:
            break
        if tag in ("VBN", "VBG") and not (
            at + 1 < last
            and (tokens[at + 1].tag in ("NN", "NNS", "JJ") or _is_epithet(tokens, at))
            and tokens[at - 1].tag not in ("NN", "NNS", "NNP", "NNPS")
        ):
            break
        if tag in ("JJ", "CD") and mention is None and tokens[at - 1].tag in ("NNS", "NNPS") and at - 1 > start:
            break
        if mention is not None and at - 1 not in names and tokens[at - 1].lower in _CLAIMS | _TOLD:
            break  # "a charge Oslo denies", "told parliament Oslo lied"
        if mention is not None and at - 1 not in names and tokens[at - 1].text in _MONTHS:
            break  # "in August Mali wrote"
        if tokens[at].lower in _THEN and at - 1 in names and at + 1 < last and tokens[at + 1].lower in _TIMES:
            break  # "Oslo last year"
        if _is_day(tokens[at]) and at - 1 in names and mention is None:
            break  # "its embassy in Oslo yesterday"
        if _is_day(tokens[at - 1]) and at - 1 == start and (mention is not None or tag == "NNP") and tag != "POS":
            break  # "on Tuesday Mr Odell said"
        at += 1
    return at


def _adjectives_end(
    tokens: Sequence[Token], names: Mapping[int, Mention], start: int, at: int, first: int, last: int
) -> int:
    """Where "(political), financial and logistical (support)" goes on with its noun; 0 if it is no such row.

    The row stands behind an article, an owner or a preposition, so that "is illegal, and foreign troops" is none.
    """
    before = tokens[start - 1] if start > first else None
    led = before is not None and before.tag == "IN" and before.lower not in _SUBORDINATORS
    if not (tokens[start].tag in ("DT", "PRP$") or (led and tokens[start].tag == "JJ")) or tokens[at - 1].tag != "JJ":
        return 0
    if any(place in names or tokens[place].tag in _NOUNS for place in range(start, at)):
        return 0
    joined = False
    for place in range(at, min(at + _ROW, last - 1), 2):
        mark = tokens[place]
        joined = joined or mark.tag == "CC"
        if place + 1 in names or mark.tag not in (",", "CC") or tokens[place + 1].tag != "JJ":
            return 0
        if joined:
            return place + 1 if place + 2 < last and tokens[place + 2].tag in ("NN", "NNS", "JJ") else 0
    return 0


def _is_epithet(tokens: Sequence[Token], at: int) -> bool:
    """Whether a participle stands between its article and a name: "the exiled National Council"."""
    return tokens[at - 1].tag in ("DT", "PRP$", "POS") and tokens[at + 1].tag in ("NNP", "NNPS")


def _is_day(token: Token) -> bool:
    """Whether a token is "yesterday" or "Monday", which belongs to no name before it."""
    return token.lower in _DAYS


def _goes_on(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Whether a quotation mark stands inside a chunk: the 'snapback' mechanism, sanctions 'violators'."""
    if at + 1 >= last:
        return False
    before, after = tokens[at - 1].tag, tokens[at + 1].tag
    if tokens[at].tag == "``":
        return (
            (before in ("DT", "JJ", "PRP$", "POS", "NN") or (before == "NNS" and after in ("NN", "NNS")))
            and after in _INSIDE
            and (before == "DT" or not tokens[at + 1].text[0].isupper())
        )
    return after in ("NN", "NNS") and before in ("NN", "NNS", "JJ", "NNP")


def _trimmed(tokens: Sequence[Token], names: Mapping[int, Mention], first: int, last: int) -> Chunk | None:
    """The chunk in ``tokens[first:last]`` without what trails its last noun; None if no noun is in it."""
    while (
        last > first
        and tokens[last - 1].tag not in _NOUNS
        and last - 1 not in names
        and not _stands_alone(tokens, first, last)
    ):
        last -= 1
    if last == first:
        return None
    owner = None
    for at in range(first, last - 1):
        if tokens[at].tag in ("POS", "PRP$", "WP$"):
            owner = at
    return Chunk(first, last, last - 1, owner)


def _stands_alone(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a determiner or number is a whole chunk ("this shows", "three were")."""
    return last - first == 1 and tokens[first].tag in ("DT", "CD", "JJ") and tokens[first].tag != "JJ"
