"""Takes names of private people out of what is handed on: out of names, sentences, texts, addresses and ids alike.

A name is found however it is written: in any case, with or without accents, with anything between its parts
(``Anna Kowalska``, ``anna-kowalska``, ``annakowalska``, ``Anna%20Kowalska``), broken at the end of a line. Each part of
a person's name is masked wherever it stands, also where others bear it: better too much than a trace. Not found are
transliterations and pet names that the graph does not know as aliases, nor what tells of a person without the name.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from narragraph.graph.excerpts import DocumentText
from narragraph.graph.model import Edge, Node, Value
from narragraph.graph.subgraph import Subgraph

_LONG = 5  # letters from which a word is masked wherever it stands within another one
_PARTICLES = {"and", "the", "von", "van", "vom", "zum", "zur", "der", "den", "dem", "des", "del", "della", "dos", "das",
              "les", "bin", "ibn", "bint", "mrs", "miss", "sir", "lady", "dame", "prof"}  # fmt: skip
_PRONOUNS = {"he", "she", "it", "they", "him", "her", "them", "his", "their", "who", "i", "we", "you", "this", "that",
             "these", "those", "one", "a"}  # fmt: skip
_PLAIN = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
_SPELT_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
_LETTER = r"[^\W\d_]"
_BETWEEN = r"(?:[\W_]|%[0-9a-f]{2}){0,6}"  # what may stand between two parts of a name
_BREAK = r"(?:-[ \t]*\n\s*)?"  # a word broken at the end of a line
_ENCODED = re.compile(r"\S*%[0-9A-Fa-f]{2}\S*")
_PUNYCODE = re.compile(r"\bxn--[a-z0-9-]+", re.IGNORECASE)
_ADDRESSES = ("url", "archived", "domain", "path", "source_key", "wikidata")


@dataclass(frozen=True)
class Withheld:
    """One whose name is taken out: the ids of its nodes, and every form of its name that is known."""

    label: str
    ids: frozenset[str]
    forms: frozenset[str]


@dataclass(frozen=True)
class Masked:
    """A text without the names, and where its places went."""

    text: str
    _pieces: Sequence[tuple[int, int, int, int]] = ()  # start and end before, start and end after, of what was masked

    def place(self, offset: int, *, end: bool = False) -> int:
        """Where a place of the text before is now; one inside a name goes to the border of its mask."""
        index = bisect_right(self._pieces, offset, key=lambda piece: piece[0]) - 1
        if index < 0:
            return offset
        before, after_before, start, stop = self._pieces[index]
        if offset < after_before:
            return stop if end and offset > before else start
        return offset - after_before + stop


def withheld(names: Mapping[str, Collection[str]], nodes: Iterable[Node], edges: Iterable[Edge]) -> list[Withheld]:
    """What has to be masked, for each name as typed with the ids of the nodes that it means (none: only the name).

    ``nodes`` and ``edges`` are those of the whole store: forms come from names, aliases and from what was read.
    """
    owner = {ident: name for name, ids in names.items() for ident in ids}
    own: dict[str, list[Node]] = {name: [] for name in names}
    read: dict[str, set[str]] = {name: set() for name in names}
    lower: set[str] = set()
    for node in nodes:
        if node.id in owner:
            own[owner[node.id]].append(node)
    for edge in edges:
        lower.update(word for word in re.findall(r"[^\W\d_]+", edge.sentence or "") if word.islower())
        for end, key in ((edge.source, "source_as_read"), (edge.target, "target_as_read")):
            if end in owner and edge.properties.get(key):
                read[owner[end]].add(str(edge.properties[key]))
    found = []
    for number, (name, ids) in enumerate(names.items(), 1):
        typed = [] if name in ids else [name]
        person = not own[name] or any(node.properties.get("kind") == "person" for node in own[name])
        forms = {*typed, *(node.name for node in own[name])}
        aliases = {alias for node in own[name] for alias in node.aliases}
        if person:
            forms |= {part for form in forms for part in _parts(form)}
            aliases |= {part for alias in aliases for part in _parts(alias) if part.casefold() not in lower}
        known = _pattern(forms | aliases)
        forms |= aliases | {form for form in read[name] if not known.search(_fold(form)[0]) and _is_name(form, lower)}
        label = "[name withheld]" if len(names) == 1 else f"[name withheld {number}]"
        found.append(Withheld(label, frozenset(ids), frozenset(forms)))
    return found


def _parts(name: str) -> list[str]:
    """The words of a name that tell who it is; initials and particles do not."""
    words = [word for word in re.findall(r"[^\W\d_]+", name) if len(word) > 2 or _uncased(word)]
    return [word for word in words if not word.islower() and word.casefold() not in _PARTICLES]


def _is_name(form: str, lower: Collection[str]) -> bool:
    """Whether words as read are a name rather than "he", "the minister" or "Minister"."""
    words = re.findall(r"[^\W\d_]+", form)
    common = {*_PRONOUNS, *_PARTICLES, *lower}
    return bool(words) and all(
        (word[0].isupper() or _uncased(word)) and word.casefold() not in common for word in words
    )


def _uncased(word: str) -> bool:
    return not word.isupper() and not word.islower() and word.lower() == word.upper()


@dataclass(frozen=True)
class Redaction:
    """Masks some names in whatever it is given."""

    people: Sequence[Withheld]
    _patterns: Sequence[tuple[str, re.Pattern[str]]] = field(init=False)

    def __post_init__(self) -> None:
        patterns = [(person.label, _pattern(person.forms)) for person in self.people]
        object.__setattr__(self, "_patterns", patterns)

    def touches(self, text: str) -> bool:
        """Whether the text holds any of the names."""
        return self.mask(text).text != text

    def text(self, text: str) -> str:
        """The text without the names."""
        return self.mask(text).text

    def mask(self, text: str) -> Masked:
        """The text without the names, and where its places went."""
        folded, places = _fold(text)
        spans = [
            (places[match.start()], places[match.end() - 1] + 1, label)
            for label, pattern in self._patterns
            for match in pattern.finditer(folded)
        ]
        spans += self._disguised(text)
        pieces, parts, last, length = [], [], 0, 0
        for start, end, label in _united(spans):
            parts += [text[last:start], label]
            length += start - last
            pieces.append((start, end, length, length + len(label)))
            length, last = length + len(label), end
        return Masked("".join([*parts, text[last:]]), pieces)

    def _disguised(self, text: str) -> Iterable[tuple[int, int, str]]:
        """Words of an address in which a name stands encoded."""
        for disguise, plain in ((_ENCODED, unquote), (_PUNYCODE, _from_punycode)):
            for match in disguise.finditer(text):
                folded = _fold(plain(match[0]))[0]
                yield from ((*match.span(), label) for label, pattern in self._patterns if pattern.search(folded))

    # ---- graphs

    def subgraph(self, subgraph: Subgraph, text: DocumentText | None = None) -> tuple[Subgraph, DocumentText | None]:
        """The graph, and the text of a document of it, without the names.

        Triggers still stand in their sentences, and sentences in the text. Whatever holds a name gets a new id, for
        ids are made of names and texts: ``actor:withheld-1``.
        """
        whole = {**subgraph.context, **{node.id: node for node in subgraph.nodes}}
        touched = sorted(ident for ident, node in whole.items() if self._touches_node(node))
        fresh = {ident: f"{ident.partition(':')[0]}:withheld-{number}" for number, ident in enumerate(touched, 1)}
        ids = _Ids(self, fresh)
        nodes = {ident: self._node(node, ids) for ident, node in whole.items()}
        told = self.mask(text.text) if text else None
        edges = [self._edge(edge, ids, text, told) for edge in subgraph.edges]
        graph = replace(
            subgraph,
            nodes=[nodes[node.id] for node in subgraph.nodes],
            edges=edges,
            context={ids(ident): nodes[ident] for ident in subgraph.context},
            publishers={ids(document): ids(outlet) for document, outlet in subgraph.publishers.items()},
        )
        if text is None or told is None:
            return graph, None
        return graph, replace(text, documents=frozenset(map(ids, text.documents)), text=told.text)

    def _touches_node(self, node: Node) -> bool:
        if any(node.id in person.ids for person in self.people):
            return True
        told = [text for value in node.properties.values() for text in _texts(value)]
        return any(map(self.touches, [node.id, node.name, *node.aliases, *told]))

    def _node(self, node: Node, ids: _Ids) -> Node:
        for person in self.people:
            if node.id in person.ids:
                kind = {key: value for key, value in node.properties.items() if key == "kind"}
                return Node(ids(node.id), node.type, person.label, (), kind)
        # half an address still leads to the whole one
        properties = {
            key: ids.within(value)
            for key, value in node.properties.items()
            if key not in _ADDRESSES or not any(map(self.touches, _texts(value)))
        }
        aliases = tuple(dict.fromkeys(map(self.text, node.aliases)))
        return replace(node, id=ids(node.id), name=self.text(node.name), aliases=aliases, properties=properties)

    def _edge(self, edge: Edge, ids: _Ids, text: DocumentText | None, told: Masked | None) -> Edge:
        changed = {key: ids.within(value) for key, value in edge.properties.items()}
        start, sentence = edge.start, edge.sentence
        if sentence is not None:
            masked, origin, first = self.mask(sentence), start or 0, start or 0
            if start is not None and edge.end is not None and text and told and edge.document in text.documents:
                masked, origin, first = told, text.start, text.start
                start = first + told.place(start - origin)
                sentence = told.text[start - first : told.place(edge.end - origin, end=True)]
            else:
                sentence = masked.text
            for key in ("trigger_start", "trigger_end"):
                place = edge.properties.get(key)
                if isinstance(place, int) and edge.start is not None:
                    changed[key] = first + masked.place(place - origin, end=key == "trigger_end")
        return replace(
            edge, id=self.text(edge.id), source=ids(edge.source), target=ids(edge.target), document=ids(edge.document),
            sentence=sentence, start=start, end=None if start is None else start + len(sentence or ""), spans=(),
            properties=changed,
        )  # fmt: skip


class _Ids:
    """Ids, and values that may be ids, as they are after the names are gone."""

    def __init__(self, redaction: Redaction, fresh: Mapping[str, str]) -> None:
        self._redaction = redaction
        self._known = dict(fresh)

    def __call__(self, text: str) -> str:
        if text not in self._known:
            self._known[text] = self._redaction.text(text)
        return self._known[text]

    def within(self, value: Value) -> Value:
        if isinstance(value, str):
            return self(value)
        if isinstance(value, list) and value and isinstance(value[0], str):
            return [self(str(item)) for item in value]
        return value


def _texts(value: Value) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the forms in a folded text, the longest first."""
    spelt = [_words(_fold(other)[0]) for form in forms for other in (form, _spelt_out(form))]
    longest = sorted(filter(None, spelt), key=lambda words: (-sum(map(len, words)), words))
    return re.compile("|".join(dict.fromkeys(map(_alternative, longest))) or r"(?!)")


def _words(folded: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded)


def _alternative(words: list[str]) -> str:
    body = _BETWEEN.join(_BREAK.join(map(re.escape, word)) for word in words)
    if _spaceless(words[0][0]):
        return body
    before = f"{_LETTER}*" if len(words[0]) >= _LONG else f"(?<!{_LETTER})"
    after = f"{_LETTER}*" if len(words[-1]) >= _LONG else f"(?!{_LETTER})"
    return before + body + after


def _spaceless(letter: str) -> bool:
    """Whether the letter's script has no spaces between words."""
    return unicodedata.name(letter, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"))


def _spelt_out(text: str) -> str:
    return "".join(_SPELT_OUT.get(letter, letter) for letter in unicodedata.normalize("NFC", text).casefold())


def _fold(text: str) -> tuple[str, list[int]]:
    """The text without case, accents and unseen marks, and for each letter the place of the one that it comes from."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for plain in unicodedata.normalize("NFKD", letter).casefold():
            if not unicodedata.combining(plain) and unicodedata.category(plain) != "Cf":
                plain = _PLAIN.get(plain, plain)
                letters.append(plain)
                places += [place] * len(plain)
    return "".join(letters), places


def _united(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The spans in order, those that overlap as one."""
    united: list[tuple[int, int, str]] = []
    for start, end, label in sorted(spans):
        if united and start < united[-1][1]:
            first, last, own = united[-1]
            united[-1] = (first, max(last, end), own)
        else:
            united.append((start, end, label))
    return united


def _from_punycode(host: str) -> str:
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
