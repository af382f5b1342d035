"""What somebody is called: words that are the claim of the one who names so."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Sentence
from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.speeches import SpeechCollector
from narragraph.ontology.lexicon import load_words

_PAINTING = load_words("speech", "painting")
_DISMISSIVE = load_words("speech", "dismissive")
_LIGHT = frozenset(("a", "an", "the", "and", "or", "but", "very", "quite"))
_JUDGEMENT = 2  # words that only dismiss something
_REACH = 10  # tokens behind a verb of naming
_OF_OTHERS = frozenset(("accusations", "allegations", "assertions", "charges", "claims"))
_QUOTED = 8  # characters of quoted words that say something
_CALLED_TO = frozenset(("on", "upon", "for"))


class NamingReader(SpeechCollector):
    """Reads verbs of naming and judging."""

    def _quoted_words(self, sentence: Sentence, clause: Clause) -> bool:
        """Read some quoted words behind a verb of naming or judging: "X called the report “an insult”".

        Whether there are any.
        """
        if clause.verb.passive or not clause.subject or clause.last <= clause.verb.last:
            return False
        if self.analysis.tokens[clause.verb.last].lower in _CALLED_TO and clause.verb.lemma == "call":
            return False  # "called on X to …"
        speakers = self.cast.speakers(clause.subject[0], clause)
        if not speakers and clause.link == "what" and clause.parent is not None:  # "X condemned what it called “…”"
            above = self.clauses[clause.parent]
            speakers = self.cast.speakers(above.subject[0], above) if above.subject else ()
        if not speakers:
            return False
        before = len(self.found)
        tokens = self.analysis.tokens
        start, end = tokens[clause.verb.last].start, tokens[clause.last - 1].end
        reach = tokens[min(clause.last, clause.verb.last + _REACH) - 1].end
        for quote in self.quotes_near(reach):
            words = self.analysis.text[quote[0] : quote[1]].split()
            plain = [word.strip("”\"'’.,").lower() for word in words]
            if plain and plain[-1] in _OF_OTHERS:
                continue  # "what it called “wild claims”" names what others claim
            weighty = [word for word in plain if word not in _LIGHT and not word.endswith("ly")]
            if len(weighty) <= _JUDGEMENT and not _DISMISSIVE.isdisjoint(plain):
                continue  # "absolutely false" says no more than that they deny it
            a_name = all(word[0].isupper() for word in words)
            if start <= quote[0] < min(reach, end) and not a_name and quote[1] - quote[0] >= _QUOTED:
                self._add(speakers, clause, quote, "speech.named", "quoted", sentence, "assertive")
        return len(self.found) > before

    def _painted(self, sentence: Sentence, clause: Clause) -> None:
        """Read "X painted them as proxies of Y": what they are said to be is X's claim."""
        as_what = [phrase for word, phrase in clause.prepositions if word == "as" and phrase >= 0]
        if (
            clause.verb.lemma not in _PAINTING
            or clause.verb.form == "infinitive"
            or clause.verb.passive
            or not clause.subject
            or not as_what
        ):
            return
        if clause.objects:
            first = self.analysis.phrases[clause.objects[0]].first
            span = self._span(first, max(clause.last, self.analysis.phrases[as_what[0]].last))
            speakers = self.cast.speakers(clause.subject[0], clause)
            self._add(speakers, clause, span, "speech.named", "paraphrased", sentence, "assertive")

    def _called(self, sentence: Sentence, clause: Clause) -> None:
        """Read "what X called an attempt to …": the words are X's."""
        if clause.subject and not clause.verb.passive and clause.verb.last < clause.last:
            speakers = self.cast.speakers(clause.subject[0], clause)
            span = self._span(clause.verb.last, clause.last)
            if any(self.cast.head_word(index) in _OF_OTHERS for index in clause.objects):
                return  # "what it called wild claims" names what others claim
            self._add(speakers, clause, span, "speech.named", "paraphrased", sentence, "assertive")
