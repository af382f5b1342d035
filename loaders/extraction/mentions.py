"""Mentions: where the text names an entity, by gazetteer, by template, or by a capitalised name nobody listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from narragraph.graph.model import Edge
from narragraph.loaders.extraction.analysis import Analysis, Mention
from narragraph.loaders.extraction.drafts import Drafts
from narragraph.loaders.extraction.groups import SURE
from narragraph.loaders.extraction.matching import Match, Unit, load_matcher, units_of
from narragraph.loaders.extraction.name_words import is_name_word, name_words
from narragraph.loaders.extraction.names import find_names
from narragraph.loaders.extraction.tagging import load_tagger
from narragraph.loaders.extraction.templates import find_collectives
from narragraph.loaders.extraction.verbs import verb_lemma
from narragraph.ontology.gazetteer import Form
from narragraph.ontology.lexicon import load_words

_PLACE_BEFORE = load_words("capitals", "place_before")
_MOTION = load_words("capitals", "motion")
_AIMED = load_words("capitals", "aimed")
_PLACE_AFTER = load_words("capitals", "place_after")
_HEADS = load_words("organisations", "ministry") | load_words("organisations", "agency")
_ONE_OF_THEM = load_words("groups", "one_of_them")
_PEOPLE = load_words("groups", "people")
_COMPOUND = frozenset(("collective", "ministry", "agency", "military", "parliament", "court", "government"))
_OFFICES = frozenset(("President", "Chancellor", "Admiral", "Governor", "Prime", "Minister"))
_DATELINE = 15  # tokens at most
_DASHES = frozenset(("-", "--", "–", "—"))  # a sentence that ends in one is a dateline
_IN_REGIONS = frozenset(("City", "River", "Street", "Avenue"))
_ROW = 6  # names of a row that are looked back over
_SIDES = ("pro-", "anti-", "pro‑", "anti‑", "pro–")
_RANKS = frozenset(("Vice", "First"))


def find_mentions(analysis: Analysis) -> None:
    """Fill ``mentions`` and ``entities``."""
    matcher = load_matcher(analysis.additions.gazetteer)
    drafts = Drafts(analysis, matcher.gazetteer)
    units = units_of(analysis.tokens)
    context = _Context(analysis, units)
    matches = [match for match in matcher.find(units) if context.allows(match)]
    for first, last, form in _longest(matches, context):
        shouted = units[first].text.isupper() and form.entry.type == "Country" and form.how != "name"
        if (form.how == "capital" or shouted) and units[first].token in context.datelines:
            continue
        _mention(drafts, units, first, last, form)
    _note_inner(drafts, units, matches)
    find_names(drafts)
    find_collectives(drafts)
    drafts.finish()


def _note_inner(drafts: Drafts, units: Sequence[Unit], matches: Iterable[Match]) -> None:
    """Note the countries and governments inside the names of bodies: "Kremlin" in "pro-Kremlin media"."""
    for match in matches:
        form = match.readings[0]
        if form.ambiguous or not (form.entry.type == "Country" or form.entry.kind == "government"):
            continue
        start, end = units[match.named_from].start, units[match.last - 1].end
        outer = drafts.at.get(units[match.named_from].token)
        if outer is None or not (outer.start <= start and end <= outer.end) or outer.entity == form.entry.id:
            continue
        if drafts.entities[outer.entity].properties.get("kind") in _COMPOUND and form.how != "capital":
            drafts.inner.append(Mention(start, end, drafts.know(form.entry), form.how))


def admit_groups(analysis: Analysis) -> None:
    """Mention the groups that act or that a relation needs; "Russian troops at the border" are no entity of their own.

    From here on a mention may hold another one: "Russian" in "Russian bloggers", "Kremlin" in "pro-Kremlin media".
    """
    needed = {end for edge in analysis.edges for end in (edge.source, edge.target, *_speakers(edge))}
    groups = analysis.layers.get("groups", ())
    admitted = [group for group in groups if group.confidence >= SURE or group.entity in needed]
    named = [*analysis.mentions, *analysis.layers.get("inner", ())]
    told = needed.union(mention.entity for mention in named if not _in_passing(analysis, mention))
    mentions = [*(mention for mention in named if mention.entity in told), *admitted]
    analysis.mentions = sorted(mentions, key=lambda mention: (mention.start, mention.end))


def _in_passing(analysis: Analysis, mention: Mention) -> bool:
    """Whether a mention is of nobody by itself: a sea, "Kremlin" in "pro-Kremlin media"."""
    kind = analysis.entities[mention.entity].properties.get("kind")
    before = analysis.text[max(0, mention.start - 5) : mention.start].lower()
    return kind == "sea" or (kind == "government" and before.endswith(_SIDES))


def _speakers(edge: Edge) -> list[str]:
    speakers = edge.properties.get("asserted_by", [])
    return [str(speaker) for speaker in speakers] if isinstance(speakers, list) else []


class _Context:
    """What stands around a match and may speak against it."""

    def __init__(self, analysis: Analysis, units: Sequence[Unit]) -> None:
        self.tokens = analysis.tokens
        self.units = units
        self.media = name_words().media
        self.datelines = {
            number
            for sentence in analysis.sentences
            if self.tokens[sentence.last - 1].text in _DASHES and sentence.last - sentence.first < _DATELINE
            for number in range(sentence.first, sentence.last)
        }
        self.metadata = {
            number
            for sentence in analysis.sentences
            if analysis.blocks and analysis.blocks[sentence.block].kind == "metadata"
            for number in range(sentence.first, sentence.last)
        }

    def allows(self, match: Match) -> bool:
        """Whether nothing speaks against a match."""
        units, first, last = self.units, match.first, match.last
        form = match.readings[0]
        before = units[first - 1].text if first else ""
        after = units[last].text if last < len(units) else ""
        if before == "-" and first > 1 and units[first - 2].text.lower() == "non":
            return False
        if self._is_part(first, last) or (form.how == "demonym" and units[first].token in self.metadata):
            return False
        described = form.entry.kind == "military" or form.text.endswith(" state")  # "the Russian state agency TASS"
        if described and last < len(units) and self._modifies(last):
            return False
        if after in _IN_REGIONS and form.entry.kind == "region":  # "Kansas City"
            return False
        if last - first == 1:
            if form.entry.kind == "person" and self._is_given_name(last):
                return False
            return not self._is_shouted(first) and not (before == "Vice" or (after in _OFFICES and form.text in _RANKS))
        if form.text.startswith("the ") and form.entry.type == "Outlet":  # "the Australian Strategic Policy Institute"
            return not (after[:1].isupper() and self._close(last - 1, last))
        if after in _ONE_OF_THEM and form.entry.kind == "collective":  # "the Russian state-run media outlet RT"
            return False
        if after in ("Ministry", "Minister") and form.entry.type != "Country":  # "the Foreign Affairs Ministry"
            return False
        return not (before == "of" and first > 1 and units[first - 2].text in _HEADS and form.entry.type != "Country")

    def backs(self, match: Match, form: Form) -> bool:
        """Whether words mean a platform or medium by what they do: "on X", "told Dawn", "the tabloid Alarm"."""
        if form.entry.type != "Outlet" or not match.first:
            return False
        before = self.tokens[self.units[match.first - 1].token]
        if form.entry.kind == "platform":
            return before.text == "on"
        if before.lower == "told" or (before.lower in self.media and before.tag.startswith("N")):
            return True
        after = self.tokens[self.units[match.last].token] if match.last < len(self.units) else None
        inside = before.text[-1] not in '.?!"“”:'
        return inside and after is not None and after.tag in ("VBD", "VBZ") and verb_lemma(after.lower) == "report"

    def _is_part(self, first: int, last: int) -> bool:
        """Whether a match is but a part of an address ("pic.twitter.com") or of a sea's "Euro-Atlantic"."""
        units, word = self.units, self.tokens[self.units[first].token].text
        if first and units[first - 1].token == units[first].token and ("." in word or word.startswith("Euro-")):
            return True
        return "." in word and last < len(units) and units[last].token == units[last - 1].token

    def _modifies(self, following: int) -> bool:
        """Whether a noun follows that a body's name only describes: "the Ukrainian military exercises"."""
        token = self.tokens[self.units[following].token]
        return token.tag in ("NN", "NNS") and token.lower not in _PEOPLE  # "US Navy divers" are the navy

    def _is_given_name(self, following: int) -> bool:
        """Whether an unknown word with a capital follows a listed surname, as its own: "Odell Brandvold"."""
        if following >= len(self.units) or not self._close(following - 1, following):
            return False
        unit = self.units[following]
        token = self.tokens[unit.token]
        plain = unit.text == token.text and is_name_word(token.text) and len(token.text) > 2
        return plain and token.tag == "NNP" and token.lower not in load_tagger().lexicon

    def _close(self, left: int, right: int) -> bool:
        """Whether two units stand side by side, with a space at most."""
        return self.units[right].start - self.units[left].end <= 1

    def _is_shouted(self, unit: int) -> bool:
        """Whether a short form in capitals stands between other words in capitals, so that they say nothing."""
        text = self.units[unit].text
        if not text.isupper() or len(text) > 4:
            return False
        token = self.units[unit].token
        near = [place for place in range(max(0, token - 2), min(len(self.tokens), token + 3)) if place != token]
        words = [self.tokens[place].text for place in near]
        words = [word for word in words if word.isalpha() and len(word) > 2]
        return len(words) > 1 and all(word.isupper() for word in words)


def _longest(found: Iterable[Match], context: _Context) -> list[tuple[int, int, Form]]:
    """The readings that hold: the longest of those that begin first, ambiguous ones only where something backs them."""
    matches = list(found)
    forms: dict[str, set[str]] = defaultdict(set)  # entry → its forms in the document that are no doubt its own
    for match in matches:
        for form in match.readings:
            if not form.ambiguous:
                forms[form.entry.id].add(form.text)
            elif context.backs(match, form):
                forms[form.entry.id].add(f"told {form.text}")
    chosen = []
    reached = 0
    for match in sorted(matches, key=lambda match: (match.named_from, -match.last, match.first)):
        if match.named_from < reached:
            continue
        reading = _reading(match, forms)
        if reading:
            chosen.append((match.first, match.last, reading))
            reached = match.last
    return chosen


def _reading(match: Match, forms: dict[str, set[str]]) -> Form | None:
    usual = match.readings[0]
    for form in match.readings:
        backed = form.ambiguous and forms.get(form.entry.id, set()) - {form.text}
        if backed and (usual.ambiguous or not forms[usual.entry.id] - {usual.text}):
            return form
    return None if usual.ambiguous else usual


def _mention(drafts: Drafts, units: Sequence[Unit], first: int, last: int, form: Form) -> None:
    """Note one match, unless its place says that it means something else."""
    start = first + 1 if form.text.startswith("the ") and last - first > 1 else first
    while start < last and units[start].text == "the" and last - start > 1:
        start += 1
    begin, end = units[start].token, units[last - 1].token
    if form.how == "capital" and _is_place(drafts, begin, end):
        return
    confidence = 0.9 if form.ambiguous else 1.0
    drafts.add_span(units[start].start, units[last - 1].end, drafts.know(form.entry), form.how, confidence)


def _is_place(drafts: Drafts, first: int, last: int) -> bool:
    """Whether the name of a capital means the town: "in Kyiv", "flew to Moscow", "Kyiv, Ukraine", "Paris-based"."""
    tokens = drafts.tokens
    first -= first > 0 and tokens[first - 1].text == "The"  # "in The Hague"
    after = tokens[last + 1].lower if last + 1 < len(tokens) else ""
    if after and tokens[last + 1].tag == "POS" and first and tokens[first - 1].lower not in ("in", "at"):
        return False
    if after and not tokens[last + 1].tag.startswith(("V", "M", "P")):
        for _ in range(_ROW):  # "in Jakarta, Ottawa and Pretoria"
            if first > 1 and tokens[first - 1].lower in (",", "and", "or") and tokens[first - 2].tag == "NNP":
                first -= 2
    before = tokens[first - 1].lower if first else ""
    if before == "at" and any(token.lower in _AIMED for token in tokens[max(0, first - 4) : first - 1]):
        return False  # "pointed the finger at Minsk"
    if before in _PLACE_BEFORE or after in _PLACE_AFTER or "-based" in tokens[last].lower:
        return True
    if before in ("to", "from") and any(tokens[back].lower in _MOTION for back in range(max(0, first - 4), first - 1)):
        return True
    if after == "," and last + 3 < len(tokens):
        following = drafts.at.get(last + 2)
        return bool(drafts.country_of(following)) or tokens[last + 2].text in ("D.C.", "DC")
    return False
