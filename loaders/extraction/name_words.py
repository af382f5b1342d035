"""The words that tell names: titles, given and family names, how the names of bodies and outlets begin and end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from narragraph.ontology.lexicon import load_words

FAMILY_PREFIX = re.compile(r"(?:al|el|ul|ar|as|ash|at|an)-[A-Z]")  # "al-Thani"
_KINDS = ("agency", "ministry", "parliament", "court", "military", "armed group", "party", "movement", "company",
          "ngo", "think tank", "university", "religious body")  # fmt: skip


@dataclass(frozen=True)
class NameWords:
    """The word lists that tell names, in lower case unless they are names themselves."""

    titles: frozenset[str]  # the last word of each title
    before_titles: frozenset[str]
    persons: frozenset[str]  # nouns for one person, titles among them
    honorifics: frozenset[str]
    given: frozenset[str]
    families: frozenset[str]  # family names that stand first: "Lin", "Kim", "Nguyen"
    particles: frozenset[str]
    bodies: frozenset[str]
    outlets: frozenset[str]
    openings: frozenset[str]  # the first word of outlets' names
    owning: frozenset[str]  # "People" in "People's Defence Forces"
    nothing: frozenset[str]
    introducing: frozenset[str]
    media: frozenset[str]  # those of the introducing words that tell outlets
    explaining: frozenset[str]
    no_names: frozenset[str]
    calendar: frozenset[str]
    generic: frozenset[str]
    kinds: Mapping[str, str]  # how a body's name ends → what kind of body it is


@cache
def name_words() -> NameWords:
    """The lists of the lexicon; read once."""
    titles = [title for part in ("male", "female", "roles") for title in load_words("titles", part)]
    titles_ends = frozenset(title.split()[-1].lower() for title in titles)
    introduced = frozenset(word.lower() for word in load_words("organisations", "introduced"))
    media = load_words("organisations", "introduced_media")
    return NameWords(
        titles=titles_ends,
        before_titles=frozenset(word.lower() for word in load_words("titles", "before_roles")),
        persons=titles_ends | load_words("groups", "person"),
        honorifics=load_words("titles", "male") | load_words("titles", "female"),
        given=load_words("names", "male") | load_words("names", "female") | load_words("names", "either"),
        families=load_words("names", "families"),
        particles=load_words("names", "particles"),
        bodies=frozenset(word for kind in _KINDS for word in load_words("organisations", kind)),
        outlets=load_words("organisations", "outlet"),
        openings=load_words("organisations", "outlet_openings"),
        owning=load_words("organisations", "owning"),
        nothing=load_words("organisations", "nothing"),
        introducing=introduced | media,
        media=media,
        explaining=load_words("organisations", "explained"),
        no_names=load_words("not_names", "words") | load_words("not_names", "calendar"),
        calendar=load_words("not_names", "calendar"),
        generic=load_words("not_names", "generic"),
        kinds={word: kind for kind in reversed(_KINDS) for word in load_words("organisations", kind)},
    )


def is_name_word(text: str) -> bool:
    """Whether a word is written like a part of a person's name."""
    return (
        (text[0].isupper() or bool(FAMILY_PREFIX.match(text)))
        and (not text.isupper() or len(text) < 3)
        and text.replace("-", "").replace(".", "").replace("'", "").replace("’", "").isalpha()
    )


def abbreviates(acronym: str, name: Sequence[str]) -> bool:
    """Whether the capitals of an acronym are initials of a name, in their order."""
    initials = "".join(word[0] for word in name if word[0].isalpha()).lower()
    wanted = [letter.lower() for letter in acronym if letter.isupper()]
    rest = iter(initials)
    return len(wanted) > 1 and sum(letter in rest for letter in wanted) >= len(wanted) - 1


def singular(word: str) -> str:
    """A plural noun in the singular: "dailies" → "daily", "channels" → "channel"."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s")
