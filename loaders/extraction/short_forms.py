"""The second reading of names: full names in headlines too, surnames and acronyms wherever they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from narragraph.loaders.extraction.analysis import Mention
from narragraph.loaders.extraction.drafts import Drafts
from narragraph.loaders.extraction.name_words import name_words

_SMALL = frozenset(("He", "So", "An", "To", "Do", "No", "My", "Oh", "Ha"))  # English words


def find_short_forms(drafts: Drafts, names: Mapping[tuple[str, ...], str], acronyms: Mapping[str, str]) -> None:
    """Mention every name of the first reading (words of the name → entity), acronym and surname that is left over."""
    forms: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for name, entity in names.items():
        forms[name[0]].append((name, entity))
    for acronym, entity in acronyms.items():
        forms[acronym].append(((acronym,), entity))
    surnames = _surnames(drafts)
    tokens = drafts.tokens
    for number, token in enumerate(tokens):
        if number in drafts.at or not token.text[0].isupper():
            continue
        for name, entity in sorted(forms.get(token.text, ()), key=lambda form: -len(form[0])):
            stop = number + len(name)
            if drafts.free(number, stop) and tuple(word.text for word in tokens[number:stop]) == name:
                drafts.add(number, stop, entity, "unknown" if len(name) > 1 else "alias", 0.9)
                break
        else:
            holders = surnames.get(token.text)
            short = len(token.text) < 3 and token.tag != "NNP"
            if holders and not short and not _named_otherwise(drafts, number):
                earlier = [entity for start, entity in holders if start < token.start]
                drafts.add(number, number + 1, earlier[-1] if earlier else holders[0][1], "surname", 0.9)


def mention_everywhere(drafts: Drafts, brands: Mapping[str, str]) -> None:
    """Mention single words that were told to be names (word → entity) in all other places."""
    for number, token in enumerate(drafts.tokens):
        if token.text in brands and number not in drafts.at:
            drafts.add(number, number + 1, brands[token.text], "alias", 0.9)


def _surnames(drafts: Drafts) -> dict[str, list[tuple[int, str]]]:
    """Surname → where its holders are named in full, in the order of the text."""
    words = name_words()
    surnames: dict[str, list[tuple[int, str]]] = defaultdict(list)
    middle: list[tuple[str, Mention]] = []
    for mention in drafts.mentions():
        node = drafts.entities[mention.entity]
        kind = node.properties.get("kind")
        if node.type != "Actor" or not (kind == "person" or (kind is None and mention.how == "unknown")):
            continue
        first, last = drafts.span(mention)
        if last - first < 2 or (mention.how == "unknown" and mention.confidence < 0.6):
            continue
        family = [drafts.tokens[last - 1].text]
        opening = drafts.tokens[first].text
        if opening in words.given | words.families:  # also the family name where it stands first
            family.append(opening)
        for name in family:
            if (len(name) > 2 or name in words.families - _SMALL) and name not in words.no_names:
                surnames[name].append((mention.start, mention.entity))
        if kind == "person":
            middle += [(drafts.tokens[at].text, mention) for at in range(first + 1, last - 1)]
    for name, mention in middle:  # "Omar Odell Brandvold" is Odell where nobody else is
        if len(name) > 3 and name[0].isupper() and name not in surnames and name not in words.given | words.no_names:
            surnames[name].append((mention.start, mention.entity))
    return surnames


def _named_otherwise(drafts: Drafts, number: int) -> bool:
    """Whether a neighbour makes a surname a part of another name."""
    words = name_words()
    after = drafts.tokens[number + 1] if number + 1 < len(drafts.tokens) else None
    return bool(after and after.text in words.bodies | words.outlets)
