"""Parts of speech (Penn Treebank tags), from a word list and the words around.

The word list is the one that textblob ships (Brill's lexicon: the usual tag of 94,000 words). It is read as data:
importing textblob itself would load nltk and scipy, which takes longer than reading many documents. What the list
cannot know, whether "claims" is a verb here or "accused" a participle, is decided by the neighbours.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from narragraph.errors import OntologyError
from narragraph.ontology.lexicon import load_lexicon, load_words

_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_BEFORE_NOUN = frozenset(("DT", "PRP$", "POS", "JJ", "JJR", "JJS", "CD", "PDT", "WP$"))
_AFTER_OBJECT_START = frozenset(("DT", "PRP", "PRP$", "NNP", "NNPS", "EX", "WDT", "WP", "WRB"))
_NAMING = frozenset(
    ("call", "calls", "called", "dismiss", "dismisses", "dismissed", "branded", "described", "labelled")
)
_SHOUTED_PRONOUNS = frozenset(("he", "him", "she", "they", "them", "we", "me", "you"))
_SUBJECT_PRONOUNS = frozenset(("i", "you", "he", "she", "it", "we", "they", "who", "which", "that", "what"))
_BE = frozenset(
    ("be", "am", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m", "get", "gets", "got", "getting")
)
_HAVE = frozenset(("have", "has", "had", "having", "'ve"))
_UNCHANGED = frozenset(  # past tense and participle are written like the verb itself
    (
        "cast",
        "put",
        "set",
        "hit",
        "cut",
        "let",
        "shut",
        "spread",
        "hurt",
        "quit",
        "burst",
        "split",
        "broadcast",
        "beat",
        "cost",
    )
)
_AUXILIARIES = _BE | _HAVE | frozenset(("do", "does", "did"))
_ACCUSED_OF = frozenset(
    ("accuse", "accuses", "accused", "accusing", "suspect", "suspects", "suspected", "convicted", "guilty", "acquitted")
)
_AFTER_AUXILIARY = frozenset(
    ("long", "since", "once", "all", "both", "each", "himself", "herself", "itself", "themselves")
)
_BEFORE_GERUND = frozenset(
    (
        *("admit", "admits", "admitted", "avoid", "avoided", "began", "continue", "continued", "continues", "denied"),
        *("denies", "deny", "keep", "keeps", "kept", "start", "started", "stop", "stopped", "stopping", "stops"),
    )
)
_TRADING = frozenset(("trade", "exchange", "swap"))
_TRADED = frozenset(("accusations", "barbs", "blame", "charges", "insults", "recriminations", "threats"))
_COUNTING = frozenset(("several", "many", "most", "few", "more", "fewer", "some", "none", "both"))
_OFTEN_NOUNS = frozenset(
    ("fake", "mercenary", "military", "radical", "extremist", "militant", "conservative", "liberal", "native")
)
_ONLY_PAST = load_words("verbs", "only_past")
_BEFORE_COMMON = frozenset(("DT", "JJ", "NNP", "NNPS", "POS", "PRP$"))
_BEHIND_NOUN = frozenset(("", ".", ",", "''", "IN", "WP"))
_BEFORE_ARTICLE = frozenset(("both", "either", "neither", "all", "half"))
_ENDS_OBJECT = frozenset(("", ".", ",", "''", "IN", "CC", "RB", "TO", ":"))
_COME = frozenset(("come", "become", "overcome", "run", "outrun"))  # participle and verb are written alike
_BEFORE_NOUN_ONLY = frozenset(
    ("into", "in", "at", "of", "under", "on", "by", "for", "with", "from", "against", "without")
)
_ROLES = frozenset(role.lower() for role in load_words("titles", "roles"))
_RELATIVE = frozenset(("WDT", "WP"))
_CLOSES = frozenset(("", ".", ",", "''", ":"))
_SAYING = frozenset(("said", "says", "told", "added", "wrote"))
_GERUND_OBJECT = frozenset(("DT", "PRP", "PRP$", "NNP", "NNPS", "CD", "PDT", "WP", "JJR"))
_NEVER_PAST = re.compile(r"(?:[kstvidle]en|wn|orn|one|gun|[drs]unk|[rs]ung)$")  # "driven", "known", "gone"
_SKIPPED = frozenset(("RB", "RBR", "RBS", "``", "''", "SYM"))
_MARKS = {
    ",": ",", ".": ".", "!": ".", "?": ".", ":": ":", ";": ":", "…": ":", "—": ":", "–": ":", "--": ":", "-": ":",
    "(": "(", "[": "(", "{": "(", ")": ")", "]": ")", "}": ")", "“": "``", "‘": "``", "«": "``", "„": "``", "``": "``",
    "”": "''", "’": "''", "»": "''", "''": "''", "'": "''", '"': "''", "$": "$", "%": "NN", "&": "CC", "/": ":",
}  # fmt: skip
_ADJECTIVE_ENDS = frozenset(("VBN", "VBD", "VBG", "JJ", "RB"))
_TITLED = 0.9  # of the longer words of a headline begin with a capital letter
_PREFIXES = (
    "pro",
    "anti",
    "non",
    "post",
    "pre",
    "counter",
    "cross",
    "self",
    "so",
    "high",
    "low",
    "long",
    "short",
)


class Tagger:
    """Tags sentences; ``lexicon`` holds the usual tag of each known word, ``suffixes`` tell that of others."""

    def __init__(self, lexicon: dict[str, str], suffixes: Sequence[tuple[str, str]], irregular: frozenset[str]) -> None:
        self.lexicon = lexicon
        self.irregular = irregular  # verbs whose past tense is not regular
        self.suffixes = suffixes
        self._usual: dict[str, str] = {}
        self._verbs: dict[str, bool] = {}

    def tag(self, words: Sequence[str], quotes: Mapping[int, str] | None = None) -> list[str]:
        """The tags of one sentence; ``quotes`` tells which tokens are quotation marks, and whether ```` or ''."""
        usual = self._usual
        tags: list[str] = []
        opens = True  # whether a capital letter here says nothing
        titled = _is_title(words)  # whether that is so everywhere
        for at, word in enumerate(words):
            if quotes and at in quotes:
                tag = quotes[at]
            elif word in ("'", "’") and tags and tags[-1] in _NOUNS:
                tag = "POS"
            elif opens or titled:
                tag = self._opening_tag(word)
            else:
                known = usual.get(word)
                if known is None:
                    known = usual[word] = self._usual_tag(word)
                tag = known
            tags.append(tag)
            opens = tag in ("``", "''", ":", "(", "SYM") or (opens and tag in ("CD", "LS", "."))
        self._correct(words, tags)
        return tags

    def can_be_verb(self, word: str) -> bool:
        """Whether a word whose usual tag is a noun's also serves as a verb ("claim", "reports", "plan")."""
        known = self._verbs.get(word)
        if known is None:
            stems = [word]
            if word.endswith("ies"):
                stems.append(word[:-3] + "y")
            if word.endswith("es"):
                stems.append(word[:-2])
            if word.endswith("s"):
                stems.append(word[:-1])
            forms = [form for stem in stems for form in _past_forms(stem)]
            regular = any(self.lexicon.get(form) in ("VBD", "VBN") for form in forms)
            known = self._verbs[word] = regular or not self.irregular.isdisjoint(stems)
        return known

    def _opening_tag(self, word: str) -> str:
        """The tag of a word whose capital letter may come from its place."""
        if not word[0].isupper() or (word.isupper() and len(word) > 1):
            return self._usual.get(word) or self._usual_tag(word)
        lower = word.lower()
        tag = self.lexicon.get(lower)
        capital = self.lexicon.get(word)
        if tag is None and "-" in word and not capital and lower == word[0].lower() + word[1:]:
            return self._hyphened_tag(lower) if word.endswith("s") else "NNP"  # "Fact-checkers"
        if tag is None:
            return capital or ("NNP" if not lower.endswith(("ly", "ing", "ed")) else self._usual_tag(lower))
        return "NNP" if (tag == "NN" and capital == "NNP") or tag == "FW" else tag

    def _usual_tag(self, word: str) -> str:
        mark = _MARKS.get(word) or ("SYM" if word.startswith("](") else None)
        if mark:
            return mark
        if word[0].isdigit() or (word[0] in "$€£¥" and len(word) > 1):
            return "CD" if word[-1].isdigit() or not any(char.isalpha() for char in word) else "JJ"
        lower = word.lower().replace("’", "'")
        if word[0].isupper():
            tag = self.lexicon.get(word, "NNP")
            if word == "I" or (word.isupper() and lower in _SHOUTED_PRONOUNS):
                return "PRP"
            if tag == "NNS" and word != "US":
                return tag
            if (
                lower != word
                and self.lexicon.get(lower) in ("IN", "DT", "CC", "TO", "PRP", "PRP$")
                and not word.isupper()
            ):
                return self.lexicon[lower]
            return "NNP" if tag not in ("NNPS", "JJ") else tag
        if not any(char.isalnum() for char in word):
            return "SYM"
        known = self.lexicon.get(lower)
        if known:
            return known.split("|")[0]
        if "-" in word:
            return self._hyphened_tag(lower)
        if lower[0] in "@#" or "." in lower[:-1] or lower.startswith("]("):
            return "NNP"
        for suffix, tag in self.suffixes:
            if lower.endswith(suffix) and len(lower) > len(suffix) + 2:
                return tag
        return "NN"

    def _hyphened_tag(self, lower: str) -> str:
        first, _, _ = lower.partition("-")
        last = lower.rpartition("-")[2]
        if first == "ex":
            return "NN"
        if first in _PREFIXES or not last:
            return "JJ"
        tag = self._usual.get(last) or self._usual_tag(last)
        return "JJ" if tag in _ADJECTIVE_ENDS else ("JJ" if tag in ("CD", "NNP", "VB", "IN") else tag)

    def _correct(self, words: Sequence[str], tags: list[str]) -> None:
        """Let the neighbours decide where the usual tag cannot."""
        lowers = [word.lower().replace("’", "'") for word in words]
        last = len(tags) - 1
        seen_finite = False  # since the clause began
        for at, tag in enumerate(tags):
            before = tags[at - 1] if at else ""
            after = tags[at + 1] if at < last else ""
            word = lowers[at]
            if tag == "VB" and at == 0 and after in ("VBZ", "VBD", "MD"):
                tag = "NNP"  # "Herald says"
            elif word in _TRADING and lowers[at + 1 : at + 2] and lowers[at + 1] in _TRADED and before in _NOUNS:
                tag, tags[at + 1] = "VBP", "NNS"  # "Oslo and Bern trade blame over"
            elif tag == "MD" and at and words[at] == "May":
                tag = "NNP"  # "in May"
            elif word in _BEFORE_ARTICLE and after in ("DT", "PRP$"):
                tag = "PDT"  # "by both the union and the bank"
            elif word in _COUNTING and at < last and lowers[at + 1] == "of":
                tag = "DT"  # "several of the men"
            elif word in _AFTER_AUXILIARY and at and after == "VBN" and lowers[at - 1] in _BE | _HAVE:
                tag = "RB"
            elif (
                tag == "PRP$"
                and word == "her"
                and (not after or after in ("IN", "TO", ".", ",", "RB", "''", "CC", "DT"))
            ):
                tag = "PRP"
            elif tag == "POS":
                tag = self._apostrophe_s(lowers, tags, at, after)
            elif tag in ("VBD", "VBN"):
                tag = self._past_tag(lowers, tags, at, after)
            elif tag in ("VB", "VBP", "VBZ"):
                tag = self._verb_tag(lowers, tags, at, after)
            elif tag == "NN" and before == "TO" and word.endswith(("ise", "ize", "ify")) and after != "IN":
                tag = "VB"  # "to destabilise the region"
            elif tag == "NN" and word.endswith("ing") and self._is_gerund(lowers, tags, at, after):
                tag = "VBG"
            elif tag in ("NN", "NNS") and words[at][0].islower() and self.can_be_verb(word):
                tag = self._noun_or_verb(lowers, tags, at, after, seen_finite)
            elif tag == "EX" and not (after.startswith("VB") or after == "MD"):
                tag = "RB"
            elif tag == "IN" and word == "that":
                if before in _NOUNS and (after.startswith("VB") or after in ("MD", "RB")):
                    tag = "WDT"
                elif after in ("NN", ".", ",", "") and before in ("IN", "VB", "VBG", "", "TO", "CC", ","):
                    tag = "DT"
                elif at and lowers[at - 1] in _NAMING and after in ("IN", "JJ", "RB"):
                    tag = "DT"  # "called that laughable", "dismissed that as a lie"
                elif after == "NN" and before in ("VBD", "VBZ", "VBN") and self._ends_object(tags, at + 2):
                    tag = "DT"  # "rejected that claim."
            elif tag == "JJ" and before == "DT" and after in _FINITE and lowers[at - 1] != "that":
                tag = "NN"  # "the general was"
            elif tag == "JJ" and word in _OFTEN_NOUNS and before in _BEFORE_COMMON and after in _BEHIND_NOUN | _FINITE:
                tag = "NN"  # "to be a mercenary", "the Norlandic military said"
            elif tag == "JJ" and after in _CLOSES and before in ("DT", "JJ", "VBN") and _after_article(tags, at):
                tag = "NN"  # "a renewed offensive."
            elif word == "past" and before == "DT" and after not in _NOUNS:
                tag = "NN"  # "in the past"
            elif tag == "JJ" and before == "TO" and after in ("DT", "PRP$", "NNP"):
                tag = "VB" if self.can_be_verb(word) else tag
            tags[at] = tag
            if tag in _FINITE:
                seen_finite = True
            elif tag in (",", ":", "CC", "``", "''", "WP", "WDT") or word == "that":
                seen_finite = False
        if _FINITE.isdisjoint(tags):
            self._find_predicate(lowers, tags)

    def _ends_object(self, tags: Sequence[str], at: int) -> bool:
        """Whether what follows an object can be no verb of its own."""
        return (tags[at] if at < len(tags) else "") in _ENDS_OBJECT

    def _is_gerund(self, lowers: Sequence[str], tags: Sequence[str], at: int, after: str) -> bool:
        """Whether a noun in -ing is a verb here: "accused of rigging", "by arming them", "is planning to"."""
        if lowers[at].endswith("thing") or lowers[at] == "wrongdoing":
            return False
        back = at - 1
        while back > 0 and tags[back] == "RB":
            back -= 1
        if back < 0:
            return False
        if lowers[back] in _BEFORE_GERUND and tags[back].startswith("VB"):
            return after in _GERUND_OBJECT or after == "NNS"  # "to stop arming rebels"
        if lowers[back] in _BE:
            return after in _GERUND_OBJECT or after in ("TO", "NNS") or (after == "IN" and lowers[at + 1] != "of")
        if tags[back] == "NNP" and not _SAYING.isdisjoint(lowers[max(0, back - 4) : back]):
            return after in _GERUND_OBJECT or after == "NNS"  # "Oslo says Bern arming rebels"
        if tags[back] != "IN" or lowers[back] == "than":
            return False
        if lowers[back] == "of" and not _ACCUSED_OF.isdisjoint(lowers[max(0, back - 6) : back]):
            return True
        return after in _GERUND_OBJECT

    def _find_predicate(self, lowers: Sequence[str], tags: list[str]) -> None:
        """Take the likeliest word for the verb of a sentence that seems to have none: "The labs threaten us"."""
        for at in range(1, len(tags)):
            before, after = tags[at - 1], tags[at + 1] if at + 1 < len(tags) else ""
            subject = before in _NOUNS or before in ("PRP", "RB")
            if subject and tags[at] == "VB":
                tags[at] = "VBP"
                return
            reduced = lowers[at + 1 : at + 2] in (["by"], ["of"])  # "the report published by"
            if tags[at] == "VBN" and not reduced and (before in _NOUNS or (before == "VBG" and after == ".")):
                tags[at] = "VBD"
                return
            object_follows = after in ("DT", "PRP", "PRP$", "NNP", "JJ", "NNS")
            if subject and object_follows and tags[at] in ("NN", "NNS") and self.can_be_verb(lowers[at]):
                tags[at] = "VBZ" if tags[at] == "NNS" else "VBP"
                return

    def _apostrophe_s(self, lowers: Sequence[str], tags: Sequence[str], at: int, after: str) -> str:
        """Whether 's owns what follows or stands for "is" and "has"."""
        subject = at and lowers[at - 1] in (
            "he",
            "she",
            "it",
            "that",
            "there",
            "what",
            "who",
            "here",
            "let",
            "where",
            "how",
        )
        return "VBZ" if subject and lowers[at] == "'s" else "POS"

    def _past_tag(self, lowers: Sequence[str], tags: Sequence[str], at: int, after: str) -> str:
        """Participle after have, be, a preposition or an article; past tense after a subject."""
        back = at - 1
        while back >= 0 and tags[back] in _SKIPPED:
            back -= 1
        if back < 0:
            return "VB" if lowers[at] in _UNCHANGED else "VBN"
        before, word = tags[back], lowers[back]
        if lowers[at] in _ONLY_PAST:
            return "VBD"
        if lowers[at] == "armed" and after in ("NN", "NNS"):
            return "JJ"
        relative = not _RELATIVE.isdisjoint(tags[max(0, back - 4) : back])  # "which he said showed troops"
        if word in _SAYING and back == at - 1 and after in ("NN", "NNS") and not relative:
            return "JJ"  # "said organised gangs were behind it"
        if lowers[at] in _UNCHANGED:
            if before in ("TO", "MD") or word in ("do", "does", "did"):
                return "VB"
            if before in _BEFORE_NOUN and back == at - 1:
                return "NN"
            told = not _FINITE.isdisjoint(tags[:at])  # another verb is there
            if told and before == "NN" and after not in _AFTER_OBJECT_START and _in_prepositional_phrase(tags, back):
                return "NN"
        if word in _HAVE or word in _BE or (word == "'d" and lowers[at] != "had"):
            return "VBN"
        if before in ("DT", "PRP$", "JJ", "IN", "POS", "TO", "VB", "VBG", "VBZ", "VBP", "MD", "CD"):
            return "VBN" if not (before == "IN" and word == "that") else "VBD"
        by = at + 1 < len(lowers) and lowers[at + 1] == "by"
        if before in ("PRP", "WP", "WDT", "EX") and word not in ("them", "him", "me", "us"):
            return "VBD"
        if before == "CC":
            for earlier in range(back - 1, -1, -1):
                if tags[earlier] in ("VBN", "VBD"):
                    return "VBN" if tags[earlier] == "VBN" and lowers[at] not in ("said", "was", "were") else "VBD"
            return "VBD"
        if by or (
            lowers[at] in ("accused", "suspected", "convicted", "made", "composed")
            and lowers[at + 1 : at + 2] == ["of"]
        ):
            return "VBN"
        if before in (",", ":", "(") and after in ("IN", "TO") and lowers[at] not in _SAYING:
            return "VBN"
        return "VBN" if tags[at] == "VBN" and _NEVER_PAST.search(lowers[at]) else "VBD"

    def _verb_tag(self, lowers: Sequence[str], tags: Sequence[str], at: int, after: str) -> str:
        back = at - 1
        while back >= 0 and tags[back] in _SKIPPED:
            back -= 1
        before, word = (tags[back], lowers[back]) if back >= 0 else ("", "")
        tag = tags[at]
        if before in ("TO", "MD") or word in ("do", "does", "did", "to", "let"):
            return tag if tag == "VBZ" else "VB"
        if lowers[at] in _AUXILIARIES:
            return tag
        if tag == "VBZ" and word in _BE and after in _CLOSES:
            return "NNS"  # "the claims were lies."
        if self._is_determined(lowers, tags, at):
            return "NNS" if tag == "VBZ" else "NN"
        if before == "VBG" and tag == "VB":
            return "NN"
        if word in _HAVE and lowers[at] in _COME:
            return "VBN"
        if before == "IN" and word in _BEFORE_NOUN_ONLY and tag in ("VB", "VBP", "VBZ"):
            return "NNS" if tag == "VBZ" else "NN"  # "into play", "full of lies"
        if tag == "VB" and word in _SAYING and after in ("NN", "NNP"):
            return "NN"  # "said lead author Ann Berg"
        if (
            tag == "VBZ"
            and before == "JJ"
            and lowers[at] not in _SAYING
            and back
            and (tags[back - 1] in ("IN", "DT", "PRP$", "JJ", "``") or after in _CLOSES)
        ):
            return "NNS"  # "by unlawful means", "are categorical lies."
        if before == "JJ" and tag == "VB" and self.can_be_verb(lowers[at]) and after not in _AFTER_OBJECT_START:
            return "NN"
        if (
            tag == "VBZ"
            and before == "NN"
            and after in ("VBD", "VBN", "MD")
            and self._usual_tag(lowers[at][:-1]) == "NN"
        ):
            return "NNS"  # "radar plots showed"
        if tag == "VB" and (before in ("NNS", "NNPS") or word in ("i", "we", "you", "they", "who", "which", "that")):
            return "VBP"
        return tag

    def _is_determined(self, lowers: Sequence[str], tags: Sequence[str], at: int) -> bool:
        """Whether an article or owner waits for a noun here: "the many lies", but "this shows"."""
        back = at - 1
        while back >= 0 and tags[back] in ("JJ", "JJR", "JJS", "CD", "VBN"):
            back -= 1
        if back < 0 or tags[back] not in ("DT", "PRP$", "POS"):
            return False
        return tags[back] != "DT" or back < at - 1 or lowers[back] in ("the", "a", "an", "no", "every", "another")

    def _noun_or_verb(self, lowers: Sequence[str], tags: Sequence[str], at: int, after: str, seen_finite: bool) -> str:
        """A noun that is a verb by its place: "to report that", "officials claim that", "he plans to"."""
        tag = tags[at]
        back = at - 1
        while back >= 0 and tags[back] == "RB":
            back -= 1
        before = tags[back] if back >= 0 else ""
        word = lowers[back] if back >= 0 else ""
        if before in ("TO", "MD") or word in ("do", "does", "did", "n't"):
            if tag == "NN" and not (
                before == "TO"
                and after in ("IN", "NN", "NNS")
                and lowers[at + 1 : at + 2] != ["that"]
                and lowers[at + 1 : at + 2] == ["of"]
            ):
                return "VB"
            return tag
        if before == "," and back > 2 and tags[back - 2 : back] == [",", "CD"]:  # "Anna Berg, 58, claims"
            back -= 3
            before, word = tags[back], lowers[back]
        if before == "," and back > 2 and tags[back - 2 : back] == [",", "RB"]:  # "does, however, fault"
            back -= 3
            before, word = tags[back], lowers[back]
        if (before in ("TO", "MD") or word in ("do", "does", "did")) and tag == "NN" and back < at - 1:
            return "VB"
        if before == "," and (subject := _before_insertion(tags, back)) is not None:
            before, word = tags[subject], lowers[subject]
        if before in _BEFORE_NOUN:
            return tag
        if word in _SUBJECT_PRONOUNS and before in ("PRP", "WP", "WDT"):
            return "VBZ" if tag == "NNS" else "VBP"
        if before == "NNP" and tag == "NNS" and after == "IN" and tags[back - 1 : back] == ["WP"]:
            return "VBZ"  # "in what Oslo views as a threat"
        if seen_finite or back < 0:
            return tag
        object_follows = after in _AFTER_OBJECT_START or lowers[at + 1 : at + 2] in (["that"], ["to"])
        if after == "RB" and before == "NNP":
            object_follows = tags[at + 2 : at + 3] in (["DT"], ["PDT"], ["PRP"])  # "Norland claims nearly all of it"
        if object_follows and tag == "NNS" and before in ("NNP", "NN") and "CD" not in tags[max(0, back - 1) : back]:
            return "VBZ"
        if (
            object_follows
            and tag == "NN"
            and before in ("NNS", "NNPS")
            and not (after == "NNP" and lowers[at] in _ROLES)
        ):
            return "VBP"  # but "the foreign affairs minister Ann Berg"
        return tag


def _in_prepositional_phrase(tags: Sequence[str], last: int) -> bool:
    """Whether the noun at ``last`` belongs to a preposition, so that no verb can have it as its subject."""
    at = last
    while at > 0 and tags[at] in ("NN", "JJ", "NNP", "DT", "PRP$", "CD"):
        at -= 1
    return tags[at] == "IN" and at < last


def _after_article(tags: Sequence[str], at: int) -> bool:
    """Whether nothing but adjectives stands between an article and a place."""
    back = at - 1
    while back > 0 and tags[back] in ("JJ", "VBN"):
        back -= 1
    return tags[back] == "DT"


def _is_title(words: Sequence[str]) -> bool:
    """Whether nearly every word begins with a capital letter, as in headlines: then a capital tells no name."""
    letters = [word for word in words if word[0].isalpha() and len(word) > 3]
    return len(letters) > 3 and sum(word[0].isupper() for word in letters) >= _TITLED * len(letters)


def _before_insertion(tags: Sequence[str], comma: int) -> int | None:
    """The noun before an insertion that ends with the comma: "The firm, which sells boats, claims that"."""
    first = max(0, comma - 25)
    opening = next((at for at in range(comma - 1, first, -1) if tags[at] == ","), None)
    if opening is None or tags[opening + 1] not in ("WDT", "WP", "WP$", "DT", "VBN", "VBG", "RB"):
        return None
    subject = next((at for at in range(opening - 1, first - 1, -1) if tags[at] not in (")", "''")), None)
    if subject is None or tags[subject] not in _NOUNS or not _FINITE.isdisjoint(tags[first:opening]):
        return None
    return subject


def _past_forms(stem: str) -> tuple[str, ...]:
    if stem.endswith("e"):
        return (stem + "d",)
    if stem.endswith("y"):
        return (stem[:-1] + "ied", stem + "ed")
    return (stem + "ed", stem + stem[-1:] + "ed")


@cache
def load_tagger() -> Tagger:
    """The tagger with textblob's word list; read once. Raises OntologyError where the list is missing."""
    package = importlib.util.find_spec("textblob")
    folders = package.submodule_search_locations if package else None
    if not folders:
        raise OntologyError("textblob, which brings the word list of the tagger, is not installed.")
    path = Path(folders[0]) / "en" / "en-lexicon.txt"
    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise OntologyError(f"{path}: {error.strerror or error}") from error
    pairs = (line.split(" ", 1) for line in lines if line and not line.startswith(";;;"))
    lexicon = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    own = load_lexicon("tags")
    for tag, words in own["usual"].items():
        lexicon.update(dict.fromkeys(words.split(), tag))
    irregular = frozenset(pair.partition(":")[2] for pair in load_words("verbs", "irregular"))
    return Tagger(lexicon, [(suffix, tag) for suffix, tag in own["suffixes"]], irregular)
