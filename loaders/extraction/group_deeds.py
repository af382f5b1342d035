"""What a noun chunk does in its sentence, told by the words around it: speaks, harms, spreads, is accused.

Groups are found before clauses are read, so that clauses know them; a look at the neighbours must do here.
"""

from __future__ import annotations

from functools import cache

from narragraph.loaders.extraction.analysis import Sentence
from narragraph.loaders.extraction.chunks import Chunk
from narragraph.loaders.extraction.drafts import Drafts
from narragraph.loaders.extraction.name_words import singular
from narragraph.loaders.extraction.verbs import verb_lemma
from narragraph.ontology.lexicon import load_lexicon, load_words

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
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_LINKS = frozenset(("of", "at", "in", "from", "within", "inside"))
_OF_BODIES = {word: load_words("groups", f"{word}_somebody") for word in ("to", "for", "with")}  # "an aide to X"
_ACCUSED_OF = frozenset(("accuse", "accuses", "accused", "accusing", "suspect", "suspects", "suspected", "convicted"))
TIED = load_words("groups", "tied")  # "companies linked to X"
_CLAIM_NOUNS = load_words("speech", "claim_nouns")
_KNOWING = load_words("groups", "knowing")
_QUOTING = frozenset(("quote", "cite", "interview"))
_QUANTITIES = load_words("phrases", "quantities")
_AUXILIARIES = frozenset(("have", "be", "do"))
_VERB_REACH = 5  # tokens between a subject and its main verb
_ASIDE_REACH = 10  # tokens of ", reached for comment,"
_COMPLEMENT_REACH = 8  # tokens after "researchers at"
_OTHERS_REACH = 6  # tokens of "and local officials"
_RELATIVE_REACH = 14  # tokens of "who saw the raid"
_ENDING = frozenset((",", ".", ":", "''", "``", "CC", "WP", "(", ")"))


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


class ChunkDeeds:
    """Asks of a chunk what it does, and where the words end that tell whose it is."""

    def __init__(self, drafts: Drafts) -> None:
        self.drafts = drafts
        self.tokens = drafts.tokens
        self.media = load_words("groups", "media")
        self.on_platforms = self.media | load_words("groups", "users")

    # Whose it is

    def _complement_end(self, at: int, last: int) -> int:
        """Where "of the ministry", "at Lund University" ends that stands at a token; the same token if none does."""
        tokens, names, start = self.tokens, self.drafts.at, at
        agent = at + 1 < last and tokens[at].tag == "VBN" and tokens[at + 1].lower == "by"
        agent = agent and verb_lemma(tokens[at].lower) not in _QUOTING  # whom a paper quotes need not be its own
        if agent or (at + 1 < last and tokens[at].lower in TIED and tokens[at + 1].tag in ("IN", "TO")):
            at += 1  # "channels run by the ministry"
        elif at + 1 < last and tokens[at].lower == "on" and tokens[at - 1].lower in self.on_platforms:
            return self._platform_end(at, last)
        elif at >= last or not (
            tokens[at].lower in _LINKS or tokens[at - 1].lower in _OF_BODIES.get(tokens[at].lower, ())
        ):
            return at
        if (
            tokens[at].lower == "of"
            and any(token.lower in _ACCUSED_OF for token in tokens[max(0, at - 5) : at])
            and not any(token.lower == "of" for token in tokens[at + 1 : min(last, at + _COMPLEMENT_REACH)])
        ):
            return at  # "accused the governor of theft", but "accused a wing of the party of theft"
        end = at + 1
        tied = tokens[at].lower not in _LINKS and (start < at or tokens[at].lower not in _OF_BODIES)
        while end < min(last, at + _COMPLEMENT_REACH) and (
            end in names
            or tokens[end].tag in ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "PRP$")
            or (tokens[end].tag == "CD" and tokens[at].lower == "of")
            or (tokens[end].lower == "of" and tokens[end - 1].tag == "CD")  # "the mother of one of the men"
            or (tokens[end].tag in ("CD", "JJR", "IN") and tokens[at].lower == "with" and end < at + 4)
        ):
            end += 1
        if tied:  # to somebody, not "close to the border"
            pronoun = end < last and end == at + 1 and tokens[end].tag == "PRP"
            whom = any(number in names for number in range(at, end)) or (agent and tokens[end - 1].tag == "NNS")
            return end + 1 if pronoun else end if whom else start
        end = self._row_end(end, last)
        if end + 1 < last and tokens[end].lower == "on":
            end = self._platform_end(end, last)  # "a cluster of accounts on X"
        if tokens[end - 1].lower == "front":  # "in front of him"
            return start
        return end if tokens[end - 1].tag.startswith("NN") or end - 1 in names else at

    def _row_end(self, at: int, last: int) -> int:
        """Where a row of names ends of which the first ends at a token: "(a network in Mali), Niger and Chad"."""
        tokens, names, end = self.tokens, self.drafts.at, at
        while end + 2 < last and end - 1 in names:
            joint = end + (tokens[end].text == "," and tokens[end + 1].lower == "and")  # "Mali, Niger, and Chad"
            if tokens[joint].lower not in ("and", ",") or joint + 1 not in names:
                break
            end = self.drafts.span(names[joint + 1])[1]
            if tokens[joint].lower == "and":
                return end
        return at

    def _relative_end(self, at: int, last: int) -> int:
        """Where "who saw the raid" ends that stands at a token: before the next verb of its rank, or a mark."""
        tokens, verbs = self.tokens, int(at < last and self.tokens[at].lower in _KNOWING)  # "familiar with the case"
        if at >= last or (tokens[at].lower != "who" and not verbs):
            return at
        accused = any(token.lower in _ACCUSED_OF for token in tokens[max(0, at - 5) : at])
        for end in range(at + 1, min(at + _RELATIVE_REACH, last)):
            verbs += tokens[end].tag in _FINITE
            if verbs > 1 or tokens[end].tag in _ENDING or (accused and tokens[end].lower == "of"):
                return end
        return at

    def _platform_end(self, at: int, last: int) -> int:
        """Where "on X", "on the Telegram platform" ends; the same token where no platform is named."""
        tokens, names = self.tokens, self.drafts.at
        end = at + 1 + (tokens[at + 1].lower == "the")
        mention = names.get(end) if end < last else None
        if mention is None or self.drafts.entities[mention.entity].properties.get("kind") != "platform":
            return at
        end = self.drafts.span(mention)[1]
        return end + (end < last and tokens[end].lower in ("platform", "network", "messenger", "app"))

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
        following = tokens[chunk.last] if chunk.last < sentence.last else None
        if following and following.tag == "VBG" and first > sentence.first and tokens[first - 1].lower == "with":
            return verb_lemma(following.lower) in _telling_verbs()  # "with analysts saying that"
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

    def _is_spoken_of(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Whether a chunk is the subject of what somebody says: "the navy alleges that crews fired"."""
        before = chunk.first - 2
        return (
            before >= sentence.first
            and self.tokens[before + 1].lower == "that"
            and self.tokens[before].tag.startswith("VB")
            and verb_lemma(self.tokens[before].lower) in _relating_verbs()
        )

    def _is_related(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Whether a chunk is subject or object of a verb that a relation may rest on."""
        if self._verb(chunk, sentence)[0] in _relating_verbs():
            return True
        tokens, before = self.tokens, chunk.first - 1
        if before > sentence.first and tokens[before].lower in ("by", "to"):
            before -= 1
            if tokens[before + 1].lower == "by" and singular(tokens[before].lower) in _CLAIM_NOUNS:
                return True  # "claims by a former employee"
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
        at = self._past_others(at, sentence.last)
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

    def _past_others(self, at: int, last: int) -> int:
        """The token behind others who do the same: "medics and local officials reported"."""
        tokens = self.tokens
        if at + 1 >= last or tokens[at].lower != "and" or tokens[at - 1].tag not in ("NNS", "NNPS"):
            return at
        end = at + 1
        while end < min(last, at + _OTHERS_REACH) and tokens[end].tag in ("DT", "JJ", "NN", "NNS", "NNP", "NNPS"):
            end += 1
        return end if tokens[end - 1].tag in ("NNS", "NNPS") else at

    def _past_aside(self, at: int, last: int) -> int:
        """The token behind a participle in commas or of quoting: "the office, reached for comment, said"."""
        tokens = self.tokens
        if at + 2 < last and tokens[at + 1].lower == "by" and verb_lemma(tokens[at].lower) in _QUOTING:
            end = at + 2 + (tokens[at + 2].tag == "DT")
            mention = self.drafts.at.get(end)
            return self.drafts.span(mention)[1] if mention else at  # "an envoy quoted by the Oslo Times said"
        if at + 2 >= last or tokens[at].text != "," or tokens[at + 1].tag not in ("VBN", "VBG", "WDT"):
            return at
        for end in range(at + 2, min(at + _ASIDE_REACH, last - 1)):
            if tokens[end].text == ",":
                return end + 1
        return at
