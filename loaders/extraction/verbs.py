"""Verb groups: the verb that carries the meaning, with tense, voice, negation and modality, from tagged tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from narragraph.loaders.extraction.analysis import Token
from narragraph.loaders.extraction.tagging import load_tagger
from narragraph.ontology.lexicon import load_lexicon, load_words

_BE = frozenset(("be", "am", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m"))
_HAVE = frozenset(("have", "has", "had", "having", "'ve"))
_DO = frozenset(("do", "does", "did"))
_NEGATIONS = frozenset(("not", "n't", "never", "nor"))
_CLUSTER = re.compile(r"(?:[^aeiou]{2}|[aeiou]{2}[^aeiou])$")  # such a stem needs no silent e
_PARTICIPLES = frozenset(("VBN", "VBD"))
_ADVERBS = frozenset(("RB", "RBR", "RBS"))
_QUOTE_TAGS = frozenset(("``", "''"))
_BEFORE_SILENT_E = ("is", "iz", "at", "v", "c", "u", "rg", "dg", "ut")
_FRAMED = ("accuse", "deny", "amplify", "debunk")
SPEECH = load_words("speech", "neutral") | load_words("speech", "assertive") | load_words("speech", "accusing")
CLAUSAL = SPEECH | load_words("verbs", "takes_clause")
REPORTING = load_words("verbs", "reporting")
_LISTED = (("speech", "neutral"), ("speech", "assertive"), ("speech", "accusing"), ("hostile", "verbs"))


@dataclass(frozen=True)
class VerbGroup:
    """``tokens[first:last]`` of the analysis; ``head`` is the token of the main verb.

    ``form`` is finite, infinitive, gerund, or participle (an -ed form that may be a past tense or a reduced clause).
    """

    first: int
    last: int
    head: int
    lemma: str
    form: str
    past: bool = False
    perfect: bool = False
    passive: bool = False
    negated: bool = False
    modal: str | None = None


def read_verb_group(tokens: Sequence[Token], first: int, end: int) -> VerbGroup | None:
    """The verb group that begins at ``tokens[first]`` and ends before ``end``; None where no verb stands there."""
    at = first
    infinitive = tokens[at].tag == "TO"
    if infinitive:
        at += 1
    negated = perfect = False
    modal: str | None = None
    opening: str | None = None  # the tag that decides between finite, gerund and participle
    head = -1
    last_auxiliary = opened_by = ""
    while at < end:
        token = tokens[at]
        word = token.lower
        if word in _NEGATIONS and token.tag != "CC":
            negated = True
        elif (
            token.tag in _ADVERBS
            or (token.tag == "CC" and tokens[at - 1].tag in _ADVERBS)
            or (token.tag in _QUOTE_TAGS and opening is not None)
        ):
            if not _verb_follows(tokens, at + 1, end):
                negated = negated or _negation_follows(tokens, at + 1, end)  # "is simply not true"
                break
        elif token.tag == "MD":
            modal = "will" if word in ("'ll", "wo") else "can" if word in ("ca", "cannot") else word
            negated = negated or word == "cannot"
            opening = opening or "MD"
            last_auxiliary, head = "modal", at
        elif token.tag.startswith("VB") or (last_auxiliary in ("modal", "do") and word in _BE | _HAVE):
            if opening is not None and not _continues(last_auxiliary, token):
                break
            opening = opening or token.tag
            opened_by = opened_by or word
            head = at
            if word in _BE:
                last_auxiliary = "be"
            elif word in _HAVE:
                last_auxiliary = "have"
            elif word in _DO:
                last_auxiliary = "do"
            else:
                perfect = perfect or last_auxiliary == "have"
                at += 1
                break
        else:
            break
        if last_auxiliary == "have":
            perfect = True
        at += 1
    if head < 0 or opening is None:
        return None
    main = tokens[head]
    passive = main.tag in _PARTICIPLES and head > first and _previous_auxiliary(tokens, first, head) in _BE
    while at - 1 > head:
        at -= 1  # adverbs after the main verb are not part of the group
    form = _form(opening, infinitive, auxiliary=opened_by in _BE | _HAVE | _DO)
    return VerbGroup(
        first, head + 1, head, verb_lemma(main.lower), form,
        past=tokens[first].tag in _PARTICIPLES or tokens[first].lower in ("was", "were", "had", "did"),
        perfect=perfect and main.lower not in _HAVE, passive=passive, negated=negated, modal=modal,
    )  # fmt: skip


def _form(opening: str, infinitive: bool, *, auxiliary: bool) -> str:
    if infinitive:
        return "infinitive"
    if opening == "VBG":
        return "gerund"
    return "participle" if opening in _PARTICIPLES and not auxiliary else "finite"


def _negation_follows(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a negation stands behind nothing but adverbs."""
    while at < end and tokens[at].tag in _ADVERBS and tokens[at].lower not in _NEGATIONS:
        at += 1
    return at < end and tokens[at].lower in _NEGATIONS and tokens[at].tag != "CC"


def _verb_follows(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a verb stands after at most three adverbs, conjunctions or marks."""
    for place in range(at, min(at + 3, end)):
        tag = tokens[place].tag
        if tag.startswith("VB") or tag == "MD":
            return tokens[place - 1].tag != "CC"
        if tag not in _ADVERBS and tag not in _QUOTE_TAGS and tag != "CC":
            return False
    return False


def _continues(auxiliary: str, token: Token) -> bool:
    """Whether a verb can follow an auxiliary in one group: "has been", "was accused", "did deny", "is planning"."""
    tag = token.tag
    if auxiliary == "be":
        return tag in _PARTICIPLES or tag == "VBG"
    if auxiliary == "have":
        return tag in _PARTICIPLES
    return auxiliary in ("modal", "do") and tag in ("VB", "VBP", "VBN", "VBD")


def _previous_auxiliary(tokens: Sequence[Token], first: int, head: int) -> str:
    for place in range(head - 1, first - 1, -1):
        if (
            tokens[place].tag not in _ADVERBS
            and tokens[place].tag != "CC"
            and tokens[place].tag not in _QUOTE_TAGS
            and tokens[place].lower not in _NEGATIONS
        ):
            return tokens[place].lower
    return ""


@cache
def _irregular() -> dict[str, str]:
    return dict(pair.split(":") for pair in load_lexicon("verbs")["irregular"].split())


@cache
def _known_verbs() -> frozenset[str]:
    """The verbs that some lexicon speaks of: they win over what a word list happens to hold."""
    framed = (entry["verb"] for name in _FRAMED for entry in load_lexicon(name)["frames"])
    listed = (load_words(name, section) for name, section in _LISTED)
    return frozenset(framed).union(load_lexicon("hostile")["with_object"], *listed)


@cache
def verb_lemma(word: str) -> str:
    """The dictionary form of a verb in lower case ("accuses", "accused", "accusing" → "accuse")."""
    known = _irregular().get(word)
    if known:
        return known
    candidates = _candidates(word)
    for candidate in candidates:
        if candidate in _known_verbs():
            return candidate
    for candidate in candidates:
        if load_tagger().lexicon.get(candidate, "")[:2] in ("VB", "NN", "JJ"):
            return candidate
    return candidates[0] if candidates[-1].endswith(_BEFORE_SILENT_E) else candidates[-1]


def _candidates(word: str) -> list[str]:
    if word.endswith("ing") and len(word) > 4:
        stem = word[:-3]
    elif word.endswith("ied"):
        return [word[:-3] + "y"]
    elif word.endswith("ed") and len(word) > 3:
        stem = word[:-2]
    elif word.endswith("ies") and len(word) > 4:
        return [word[:-3] + "y"]
    elif word.endswith("s") and not word.endswith("ss"):
        return [word[:-1], word[:-2]] if word.endswith("es") else [word[:-1]]
    else:
        return [word]
    if stem.endswith("er") and len(stem) > 4:
        return [stem, stem + "e"] if stem + "e" not in _known_verbs() else [stem + "e", stem]  # "ordered", "adhered"
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "sl"
    if doubled:
        return [stem[:-1], stem]
    single = [stem[:-1]] if stem[-2:] == "ll" else []  # "dispelled"
    if load_tagger().lexicon.get(stem) in ("VB", "NN") and _CLUSTER.search(stem):  # "turned" is of "turn"
        return [stem, stem + "e", *single]
    return [stem + "e", stem, *single]
