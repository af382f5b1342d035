"""Groups and persons who are told by what they are and not by a name: "Malian bloggers", "one ex-minister".

They become actors of their document where they act or speak, or where a relation needs them.
"""

from __future__ import annotations

from functools import cache

from narragraph.loaders.extraction.analysis import Mention, Sentence
from narragraph.loaders.extraction.chunks import Chunk
from narragraph.loaders.extraction.drafts import Drafts
from narragraph.loaders.extraction.verbs import verb_lemma
from narragraph.ontology.lexicon import load_lexicon, load_words

SURE = 0.8  # a group that counts although no relation needs it
_POSSIBLE = 0.6
_SUBORDINATORS = frozenset(
    (
        "that",
        "as",
        "if",
        "while",
        "because",
        "after",
        "before",
        "when",
        "since",
        "although",
        "than",
        "though",
        "whether",
    )
)
_UNTOLD = frozenset(("DT", "PDT", "CD", "``", "$"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_LINKS = frozenset(("of", "at", "in", "from"))
_SPOKEN_FOR = ("spokesman", "spokeswoman", "spokesperson", "spokespeople", "spokesmen", "lawyer", "lawyers", "attorney")
_ACCUSED_OF = frozenset(("accuse", "accuses", "accused", "accusing", "suspect", "suspects", "suspected", "convicted"))
_TIED = load_words("groups", "tied")  # "companies linked to X"
_POINTING = frozenset(("both", "the", "same", "these", "those", "all", "two", "three", "four", "said", "latter"))
_QUOTING = frozenset(("quote", "cite", "interview"))
_QUANTITIES = load_words("phrases", "quantities")
_AUXILIARIES = frozenset(("have", "be", "do"))
_VERB_REACH = 5  # tokens between a subject and its main verb
_ASIDE_REACH = 10  # tokens of ", reached for comment,"
_COMPLEMENT_REACH = 8  # tokens after "researchers at"
_PREFIXES = ("ex-", "co-", "vice-", "sub-", "then-")


@cache
def _telling_verbs() -> frozenset[str]:
    """Verbs whose subject says something."""
    return frozenset().union(*(load_words("speech", part) for part in ("neutral", "assertive", "accusing")))


@cache
def _relating_verbs() -> frozenset[str]:
    """Verbs that tie their subject or object to what is said, denied or blamed."""
    framed = (
        entry["verb"] for name in ("accuse", "deny", "debunk", "amplify") for entry in load_lexicon(name)["frames"]
    )
    return _telling_verbs().union(framed, load_words("speech", "naming"))


@cache
def _accusing_verbs() -> frozenset[str]:
    """Verbs whose object is accused."""
    return frozenset(entry["verb"] for entry in load_lexicon("accuse")["frames"])


@cache
def _spreading_verbs() -> frozenset[str]:
    """Verbs whose subject passes on what others say."""
    return frozenset(entry["verb"] for entry in load_lexicon("amplify")["frames"])


@cache
def _harming_verbs() -> frozenset[str]:
    """Verbs that tell of harm, by themselves or with such an object."""
    return load_words("hostile", "verbs").union(load_lexicon("hostile")["with_object"])


@cache
def _persons() -> frozenset[str]:
    """Nouns for one person, in lower case: offices, professions, "resident"."""
    roles = {title.split()[-1].lower() for title in load_words("titles", "roles")}
    return load_words("groups", "person") | {role for role in roles if role.isalpha()}


class GroupFinder:
    """Notes the unnamed participants of a document, in the order of the text."""

    def __init__(self, drafts: Drafts) -> None:
        self.drafts = drafts
        self.tokens = drafts.tokens
        self.people = load_words("groups", "people")
        self.media = load_words("groups", "media")
        self.one_and_many = load_words("groups", "one_and_many")
        self.ranks = load_words("groups", "ranks")
        self.resolved = frozenset(load_lexicon("definites")["kinds"])  # "the agency" is left to coreference
        self.persons = _persons()
        self.vague = load_words("groups", "vague")
        self.parts = load_words("groups", "parts")
        self.told: dict[str, str] = {}  # head → the group that the text named last by it

    def note(self, chunk: Chunk, sentence: Sentence) -> None:
        """Note a chunk that nobody else claims, if its head tells people, a body or media."""
        if self._is_apposed(chunk, sentence):
            return
        head = self.tokens[chunk.head]
        word = head.lower
        many = head.tag in ("NNS", "NNPS")
        listed = word in self.people or word in self.media
        if (listed and (many or word in self.one_and_many)) or (
            many and self._bare(word.removesuffix("s")) in self.persons
        ):
            self._group(chunk, sentence)
        elif head.tag == "NN" and self._bare(word) in self.persons:
            self._person(chunk, sentence)
        elif word in self.parts and self._is_part_of_body(chunk):
            self._group(chunk, sentence)

    def _is_part_of_body(self, chunk: Chunk) -> bool:
        """Whether a body stands before its part: "the ministry's press office"; a person's office is the person."""
        owners = [self.drafts.at[at].entity for at in range(chunk.first, chunk.head) if at in self.drafts.at]
        return bool(owners) and self.drafts.entities[owners[-1]].properties.get("kind") != "person"

    def _is_apposed(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Whether a chunk tells what a name before it is: "Brindlecheck, a fact-checking site"."""
        tokens, before = self.tokens, chunk.first - 2
        if (
            before < sentence.first
            or tokens[before + 1].text != ","
            or tokens[chunk.first].lower not in ("a", "an", "the")
        ):
            return False
        mention = self.drafts.at.get(before)
        return (
            mention is not None and self.drafts.entities[mention.entity].type != "Country" and mention.how != "capital"
        )

    def _bare(self, word: str) -> str:
        for prefix in _PREFIXES:
            word = word.removeprefix(prefix)
        return word

    def _group(self, chunk: Chunk, sentence: Sentence) -> None:
        """Note "Navalny's allies", "pro-Kremlin channels", "influential bloggers", and "prosecutors" who speak.

        Bare "bloggers" who say nothing are nobody, unless the text told before which ones.
        """
        tokens = self.tokens
        head = tokens[chunk.head].lower
        start = first = chunk.first
        if tokens[first].tag == "WP$" or (tokens[chunk.head].tag == "NNS" and self._points_back(chunk)):
            return
        while first < chunk.head and (tokens[first].tag in _UNTOLD or tokens[first].lower in self.ranks):
            if tokens[first].tag != "CD" and start == first:
                start += 1
            first += 1
        if tokens[first].tag == "PRP$" and first + 1 < chunk.head:  # "its European allies", but "its allies"
            start = first = first + 1
        speaks = self._tells(chunk, sentence)
        if first == chunk.head and not (head in self.vague and self._is_told_whose(chunk, sentence)):
            entity = self.told.get(head)
            if entity is None:
                spreads = self._spreads(chunk, sentence)
                acts = speaks or spreads or self._harms(chunk, sentence) or self._is_accused(chunk, sentence)
                if not acts or not self._stands_for_itself(chunk, spreads):
                    return
                entity = self._make(start, chunk, sentence)
                self.told[head] = entity
            confidence = SURE if speaks else _POSSIBLE
        else:
            entity = self._make(first, chunk, sentence)
            self.told[head] = entity
            named = any(at in self.drafts.at for at in range(first, chunk.head))
            acts = named and head not in self.parts and self._acts(chunk, sentence)
            confidence = SURE if speaks or acts else _POSSIBLE
        self._add(start, chunk.head, entity, confidence)

    def _is_told_whose(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Whether words behind a bare head tell whose they are: "companies linked to Malta"."""
        tied = chunk.last < sentence.last and self.tokens[chunk.last].lower in _TIED
        return tied and self._complement_end(chunk.last, sentence.last) > chunk.last

    def _points_back(self, chunk: Chunk) -> bool:
        """Whether a chunk means those named before: "both channels", "the two outlets", "the same papers"."""
        opening = [token.lower for token in self.tokens[chunk.first : chunk.head]]
        return bool(opening) and set(opening) <= _POINTING and opening != ["the"]

    def _stands_for_itself(self, chunk: Chunk, spreads: bool) -> bool:
        """Whether a bare head tells who speaks: "prosecutors", "the opposition", but not "people", "the ministers"."""
        head, opening = self.tokens[chunk.head].lower, self.tokens[chunk.first]
        if (head in self.vague and not (spreads and head in self.media)) or opening.tag == "PRP$":
            return False
        definite = opening.tag == "DT" and opening.lower in ("the", "these", "those", "this", "that")
        return not definite or not (head in self.resolved or head.removesuffix("s") in self.persons)

    def _person(self, chunk: Chunk, sentence: Sentence) -> None:
        """Note "one ex-minister", "the party's chairman", "a spokesman for the firm" who speaks or is accused."""
        tokens, first = self.tokens, chunk.first
        opening = tokens[first]
        complement = self._complement_end(chunk.last, sentence.last) > chunk.last
        if (
            opening.tag == "DT"
            and opening.lower not in ("a", "an", "another")
            and chunk.owner is None
            and not complement
        ):
            return
        told = opening.tag in ("DT", "CD") or chunk.owner is not None
        if not told or opening.tag in ("PRP$", "WP$") or self._is_named(chunk, sentence):
            return
        speaks = self._tells(chunk, sentence)
        bare = chunk.head - first < 2 and opening.tag != "CD" and not complement
        if not speaks and (bare or not self._is_related(chunk, sentence)):
            return
        if opening.tag == "DT":
            first += 1
        entity = self._make(first, chunk, sentence, kind="person")
        self._add(first, chunk.head, entity, SURE if speaks else _POSSIBLE)

    def _is_named(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Whether a person's name ends the phrase: "the spokesman for the foreign ministry Jan Odell"."""
        for at in range(chunk.last + 1, self._complement_end(chunk.last, sentence.last)):
            mention = self.drafts.at.get(at)
            if mention and self.drafts.entities[mention.entity].properties.get("kind") == "person":
                return self.tokens[at - 1].tag not in ("IN", "DT")
        end = self._complement_end(chunk.last, sentence.last)
        apposed = self.drafts.at.get(end + 1) if end + 1 < sentence.last and self.tokens[end].text == "," else None
        return apposed is not None and self.drafts.entities[apposed.entity].properties.get("kind") == "person"

    def _make(self, first: int, chunk: Chunk, sentence: Sentence, kind: str = "collective") -> str:
        """The entity of this document, named with what tells whose it is: "researchers at Lund University"."""
        media = self.tokens[chunk.head].lower in self.media
        return self.drafts.make(
            "Outlet" if media else "Actor", self._name(first, chunk, sentence), within=True, kind=kind
        )

    def _name(self, first: int, chunk: Chunk, sentence: Sentence) -> str:
        end = self._complement_end(chunk.last, sentence.last)
        return " ".join(self.drafts.analysis.text[self.tokens[first].start : self.tokens[end - 1].end].split())

    def _complement_end(self, at: int, last: int) -> int:
        """Where "of the ministry", "at Lund University" ends that stands at a token; the same token if none does."""
        tokens, names, start = self.tokens, self.drafts.at, at
        if at + 1 < last and tokens[at].lower in _TIED and tokens[at + 1].tag in ("IN", "TO"):
            at += 1  # "channels run by the ministry"
        elif at >= last or not (
            tokens[at].lower in _LINKS or (tokens[at].lower == "for" and tokens[at - 1].lower in _SPOKEN_FOR)
        ):
            return at
        if tokens[at].lower == "of" and any(token.lower in _ACCUSED_OF for token in tokens[max(0, at - 5) : at]):
            return at  # "accused the governor of theft"
        end = at + 1
        tied = tokens[at].lower not in (*_LINKS, "for") or tokens[at - 1].lower in _TIED
        while end < min(last, at + _COMPLEMENT_REACH) and (
            end in names or tokens[end].tag in ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "PRP$")
        ):
            end += 1
        if tied:  # to somebody, not "close to the border"
            pronoun = end < last and end == at + 1 and tokens[end].tag == "PRP"
            return end + 1 if pronoun else end if any(number in names for number in range(at, end)) else start
        if end + 1 < last and tokens[end].lower == "on" and end + 1 in names:
            end += 2  # "a cluster of accounts on X"
        return end if tokens[end - 1].tag.startswith("NN") or end - 1 in names else at

    def _add(self, first: int, head: int, entity: str, confidence: float) -> None:
        tokens = self.tokens
        self.drafts.groups.append(Mention(tokens[first].start, tokens[head].end, entity, "group", confidence))

    # What a chunk does

    def _acts(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Whether a chunk is the subject of a finite verb or the agent of a passive."""
        tokens = self.tokens
        before = tokens[chunk.first - 1] if chunk.first > sentence.first else None
        if before is not None and before.tag in ("IN", "TO") and before.lower not in _SUBORDINATORS:
            return before.lower == "by"
        at = chunk.last
        while at < sentence.last and tokens[at].tag in ("RB", "SYM"):
            at += 1
        return at < sentence.last and tokens[at].tag in _FINITE

    def _tells(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Whether a chunk is the subject of a verb of speech, accusing or denying in the active voice."""
        lemma, passive = self._verb(chunk, sentence)
        if (lemma in _relating_verbs() and not passive) or (lemma in _QUOTING and passive):
            return True
        tokens, first = self.tokens, chunk.first
        if first - 2 >= sentence.first and tokens[first - 2].lower == "according" and tokens[first - 1].lower == "to":
            return True
        inverted = (
            first - 2 >= sentence.first
            and tokens[first - 1].tag in ("VBD", "VBZ", "VBP")
            and tokens[first - 2].tag in ("''", ",")
            and verb_lemma(tokens[first - 1].lower) in ("say", "add", "write", "claim", "explain", "note", "insist")
        )
        return inverted and not self._named_after(chunk.last, sentence)

    def _harms(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Whether a chunk is the subject of a verb of doing harm: "soldiers killed them"."""
        lemma, passive = self._verb(chunk, sentence)
        return lemma in _harming_verbs() and not passive

    def _named_after(self, at: int, sentence: Sentence) -> bool:
        """Whether an apposition names who it is: "said a spokesman, Jan Odell"."""
        return at + 1 < sentence.last and self.tokens[at].text == "," and self.tokens[at + 1].tag == "NNP"

    def _spreads(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Whether a chunk passes something on: "accounts shared it", "it was spread by accounts"."""
        lemma, passive = self._verb(chunk, sentence)
        if lemma in _spreading_verbs() and not passive:
            return True
        before = self.tokens[chunk.first - 2 : chunk.first] if chunk.first - 1 > sentence.first else []
        return (
            len(before) == 2
            and before[1].lower == "by"
            and before[0].tag in ("VBN", "VBD")
            and verb_lemma(before[0].lower) in _spreading_verbs()
        ) or (lemma == "use" and passive)

    def _is_accused(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Whether a chunk is the object of a verb of accusing, or the agent of a passive that relations rest on."""
        before = chunk.first - 1
        if before > sentence.first and self.tokens[before].lower == "by":
            verb = self.tokens[before - 1]
            return verb.tag in ("VBN", "VBD") and verb_lemma(verb.lower) in _relating_verbs()
        return (
            before >= sentence.first
            and self.tokens[before].tag.startswith("VB")
            and verb_lemma(self.tokens[before].lower) in _accusing_verbs()
        )

    def _is_related(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Whether a chunk is subject or object of a verb that a relation may rest on."""
        if self._verb(chunk, sentence)[0] in _relating_verbs():
            return True
        tokens, before = self.tokens, chunk.first - 1
        if before > sentence.first and tokens[before].lower in ("by", "to"):
            before -= 1
        return (
            before >= sentence.first
            and tokens[before].tag.startswith("VB")
            and verb_lemma(tokens[before].lower) in (_relating_verbs() - _telling_verbs()) | _QUOTING
        )

    def _verb(self, chunk: Chunk, sentence: Sentence) -> tuple[str, bool]:
        """The dictionary form of the verb whose subject a chunk is, and whether it is passive; "" if it is none's."""
        tokens = self.tokens
        before = tokens[chunk.first - 1] if chunk.first > sentence.first else None
        counted = before is not None and before.lower == "of" and tokens[chunk.first - 2].lower in _QUANTITIES
        if before is not None and before.tag in ("IN", "TO") and before.lower not in _SUBORDINATORS and not counted:
            return "", False
        at = self._past_aside(self._complement_end(chunk.last, sentence.last), sentence.last)
        lemma, passive = "", False
        for token in tokens[at : min(at + _VERB_REACH, sentence.last)]:
            if token.tag in ("RB", "SYM", "MD"):
                continue
            if not token.tag.startswith("VB") or (not lemma and token.tag not in _FINITE | {"VB"}):
                break
            passive = lemma == "be" and token.tag in ("VBN", "VBD")
            lemma = verb_lemma(token.lower)
            if lemma not in _AUXILIARIES:
                break
        return lemma, passive

    def _past_aside(self, at: int, last: int) -> int:
        """The token behind a participle in commas: "the office, reached for comment, said"."""
        tokens = self.tokens
        if at + 2 >= last or tokens[at].text != "," or tokens[at + 1].tag not in ("VBN", "VBG"):
            return at
        for end in range(at + 2, min(at + _ASIDE_REACH, last - 1)):
            if tokens[end].text == ",":
                return end + 1
        return at
