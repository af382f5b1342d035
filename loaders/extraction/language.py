"""The language of a text, told by script and small words: enough to know whether the rules can read it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from narragraph.ontology.lexicon import load_lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’]s\b)?")  # "week's" holds no word "s"
_ENOUGH = 12  # words below which a text tells nothing
_SAMPLE = 1500  # words that are looked at


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the language that most of the text is in; None where it is too short or unlike any known."""
    words = [match.group().lower() for _, match in zip(range(_SAMPLE), _WORD.finditer(text))]
    if not words:
        return None
    by_script = Counter(_script(word[0]) for word in words)
    script, count = by_script.most_common(1)[0]
    if script is None or count < 0.5 * len(words):
        return None
    language = load_lexicon("languages")["scripts"][script]["language"]
    if language != "words":
        return str(language)
    if len(words) < _ENOUGH and script == _script("a"):  # in other scripts few words are enough: none is English
        return None
    return _by_words(words)


def has_rules(language: str | None) -> bool:
    """Whether relations can be read in a language; a text too short to tell is read as one that has rules."""
    return language is None or language in load_lexicon("languages")["with_rules"]


def _by_words(words: list[str]) -> str | None:
    tongues = _tongues()
    votes: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for language in tongues.get(word, ()):
            votes[language] += count
            kinds[language] += 1
    if not votes:
        return None
    language, count = votes.most_common(1)[0]
    return language if count >= 0.08 * len(words) and kinds[language] > 1 else None  # one small word stands in many


@cache
def _tongues() -> dict[str, tuple[str, ...]]:
    """Small word → the languages that have it."""
    tongues: dict[str, tuple[str, ...]] = {}
    for language, words in load_lexicon("languages")["words"].items():
        for word in words:
            tongues[word] = (*tongues.get(word, ()), language)
    return tongues


@cache
def _script(letter: str) -> int | None:
    """Index of the script that a letter belongs to."""
    for index, script in enumerate(load_lexicon("languages")["scripts"]):
        if script["from"] <= letter.upper() <= script["to"] or script["from"] <= letter <= script["to"]:
            return index
    return None
