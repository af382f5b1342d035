"""Where the name of an unlisted body ends: "Center for Strategic and International Studies", "Norish Coal Board"."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Sentence
from narragraph.loaders.extraction.drafts import Drafts
from narragraph.loaders.extraction.name_words import name_words
from narragraph.loaders.extraction.templates import institution_named

_LINKS = frozenset(("of", "for", "on", "to", "against"))


def body_end(drafts: Drafts, sentence: Sentence, first: int, last: int, acronym: bool) -> int:
    """Where the name of a body ends that ``tokens[first:last]`` begins or is; 0 if it is none.

    ``acronym`` tells whether one in brackets follows, which speaks for a name of common words.
    """
    tokens, words = drafts.tokens, name_words()
    head = tokens[last - 1].text
    if head in words.nothing and head not in words.bodies:
        return 0
    is_body = head in words.bodies
    end = linked_end(drafts, sentence, last) if is_body else last
    if end == last and last - first == 1:
        return 0
    listed = [drafts.at[number] for number in range(first, last) if number in drafts.at]
    countries = [country for mention in listed if (country := drafts.country_of(mention))]
    opens = tokens[first].text in words.openings and head not in words.no_names - words.bodies
    if last - first > 1 and opens and len(listed) == len(countries):
        return last
    if not (is_body or (head in words.outlets and last - first > 1)):
        return 0
    own = [tokens[number].lower for number in range(first, last) if number not in drafts.at]
    if end == last and institution_named(own) and not any(country.kind == "continent" for country in countries):
        return 0
    telling = [token.text for token in tokens[first:end] if token.text not in words.bodies | words.generic]
    told = any(word[0].isupper() for word in telling) or acronym
    return end if told and tokens[first].text != "Ministry" else 0


def linked_end(drafts: Drafts, sentence: Sentence, last: int) -> int:
    """The end of "for Strategic and International Studies" after "Center"."""
    tokens, limit = drafts.tokens, sentence.last
    end = last
    while end < limit and (tokens[end].lower in _LINKS or (end > last and _country_in(drafts, end, limit))):
        start = end + 1
        if start < limit and tokens[start].lower in ("the", "a"):
            start += 1
        stop = _capitals_end(drafts, sentence, start)
        if stop == start:
            break
        end = stop
        while end + 1 < limit and tokens[end].text in ("and", "&", ",") and _continues(drafts, sentence, end):
            end = _capitals_end(drafts, sentence, end + 1)
    return end


def _country_in(drafts: Drafts, at: int, limit: int) -> bool:
    """Whether "in Norland" ends a name that has a link already: "Mission on the Conflict in Norland"."""
    return drafts.tokens[at].lower == "in" and at + 1 < limit and drafts.country_of(drafts.at.get(at + 1)) is not None


def _continues(drafts: Drafts, sentence: Sentence, conjunction: int) -> bool:
    """Whether "and" joins words of one name rather than two names."""
    words = name_words()
    before, after = drafts.at.get(conjunction - 1), drafts.at.get(conjunction + 1)
    if before or after or drafts.tokens[conjunction].text == ",":
        return False
    stop = _capitals_end(drafts, sentence, conjunction + 1)
    following = drafts.tokens[conjunction + 1]
    return stop > conjunction + 1 and following.text not in words.given and following.lower not in words.titles


def _capitals_end(drafts: Drafts, sentence: Sentence, start: int) -> int:
    tokens, calendar = drafts.tokens, name_words().calendar
    at = start
    while at < sentence.last and tokens[at].text[0].isupper() and tokens[at].text not in calendar:
        at += 1
    return at
