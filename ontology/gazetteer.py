"""Names that are known beforehand: countries, actors and outlets, read from CSV.

The files stand in ``ontology/gazetteer/``; users add their own with the same columns. Cells with several values
separate them by ``|``. How a form is written says how it is to be read:

``Hezbollah``      a capital letter in the form must be one in the text ("WHO" is not "who"), a small one may be
                   either ("pro-Kremlin media", "Pro-Kremlin Media"): :func:`spelled_like`
``The Guardian``   also found as "the Guardian"; an outlet's domain ("theguardian.com") is a form of its own
``RSF?``           ambiguous: counts only where the same document has another form of the same entry. An alias that
                   repeats the entry's own name with the mark says so of the name

Two entries may share a form if at most one of them has it without the mark; that one is its usual reading, which an
entry with the mark takes over where only it has another form in the document. Persons: a surname stands among the
aliases when it is safe alone ("Putin"); other surnames are left to the reader of the document, which has seen the full
name, and "Zhao?" gives the family name where it is not the last word.

Each state has a government, an Actor made here from the country's row: "Government of Russia", also "Russian
authorities", "Kremlin" and, how="capital", "Moscow".
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from narragraph.errors import OntologyError

How = Literal["name", "alias", "demonym", "capital", "government"]

FOLDER = Path(__file__).parent / "gazetteer"
_NAME_OF_ID = re.compile(r"[^\W_]+(?:-[^\W_]+)*")  # what stands behind its prefix
BUILT_IN = (("countries.csv", "Country"), ("actors.csv", "Actor"), ("outlets.csv", "Outlet"))
ID_PREFIXES = {"Country": "country:", "Actor": "actor:", "Outlet": "outlet:"}
LIST_COLUMNS = ("aliases", "demonyms", "capital", "government_aliases", "member_of")
TEXT_COLUMNS = (
    "id",
    "type",
    "name",
    "kind",
    "country",
    "role",
    "iso3",
    "wikidata",
    "platform",
    "domain",
    "run_by",
    "part_of",
    "source",
)
NOTE_COLUMNS = ("note", "reason", "guess", "near", "count", "documents", "mentions", "sentence", "sentences")
REFERENCES = ("country", "run_by", "part_of", "member_of")
KINDS = {
    "Country": frozenset(
        ("state", "breakaway state", "former state", "country", "territory", "region", "continent", "sea")
    ),
    "Actor": frozenset(
        (
            "person",
            "government",
            "ministry",
            "agency",
            "military",
            "parliament",
            "court",
            "party",
            "company",
            "ngo",
            "think tank",
            "university",
            "international body",
            "armed group",
            "hacker group",
            "operation",
            "movement",
            "religious body",
            "collective",
        )
    ),
    "Outlet": frozenset(
        (
            "agency",
            "newspaper",
            "magazine",
            "broadcaster",
            "channel",
            "programme",
            "site",
            "blog",
            "fact-checker",
            "account",
            "platform",
            "publisher",
            "collective",
        )
    ),
}
GOVERNED = frozenset(("state", "breakaway state"))
WITH_ARTICLE = re.compile(
    r"(?:United|Central African|Czech|Dominican|Democratic|Republic|Netherlands|Philippines|Maldives|Bahamas|Gambia"
    r"|Comoros|Soviet)\b|.* Islands$"
)


@dataclass(frozen=True)
class Entry:
    """One known thing; ``country`` is the id of a Country, ``run_by``, ``member_of`` and ``part_of`` are ids too."""

    id: str
    type: str
    name: str
    kind: str = ""
    country: str = ""
    role: str = ""
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    government_aliases: tuple[str, ...] = ()
    ambiguous: frozenset[str] = field(default=frozenset())
    iso3: str = ""
    wikidata: str = ""
    platform: str = ""
    domain: str = ""
    run_by: str = ""
    member_of: tuple[str, ...] = ()
    part_of: str = ""
    source: str = ""

    def forms(self) -> Iterator[Form]:
        """Every surface form of this entry, the name first, none twice."""
        alias: How = "government" if self.kind == "government" else "alias"
        groups: tuple[tuple[How, tuple[str, ...]], ...] = (
            ("name", (self.name,)),
            (alias, self.aliases),
            ("alias", (self.domain,) if self.domain else ()),
            ("demonym", self.demonyms),
            ("capital", self.capitals if self.type == "Actor" else ()),
        )
        seen = set()
        for how, texts in groups:
            for text in texts:
                text = _running(text)
                if text not in seen:
                    seen.add(text)
                    yield Form(text, self, how)


class Form(NamedTuple):
    """A surface form, the entry that it names, and how it does."""

    text: str
    entry: Entry
    how: How

    @property
    def ambiguous(self) -> bool:
        """Whether the form counts only beside another form of the same entry."""
        return self.text in self.entry.ambiguous


class Gazetteer:
    """All entries, by id and by form; ``notes`` say what files of a user changed in built-in entries."""

    def __init__(self, entries: Iterable[Entry], notes: Iterable[str] = ()) -> None:
        self.entries = tuple(entries)
        self.notes = tuple(notes)
        self.by_id: Mapping[str, Entry] = MappingProxyType({entry.id: entry for entry in self.entries})

    def forms(self) -> Iterator[Form]:
        """``(surface form, entry, how)`` for every form of every entry."""
        for entry in self.entries:
            yield from entry.forms()

    def lookup(self, text: str) -> tuple[Form, ...]:
        """The readings of a surface form, the usual one first."""
        folded = text.casefold()
        return tuple(form for form in self._by_folded_form.get(folded, ()) if spelled_like(form.text, text))

    def government_of(self, country: str) -> Entry | None:
        """The government of a country, by the country's id."""
        known = self.by_id.get(country)
        return self.by_id.get(government_id(known)) if known else None

    @cached_property
    def _by_folded_form(self) -> dict[str, list[Form]]:
        table: dict[str, list[Form]] = {}
        for form in self.forms():
            table.setdefault(form.text.casefold(), []).append(form)
        for readings in table.values():
            readings.sort(key=lambda form: form.ambiguous)
        return table


def load_gazetteer(extra: Sequence[Path] = ()) -> Gazetteer:
    """The built-in entries, which are read once, and those of the CSV files in ``extra``, read at every call.

    A row of an extra file whose id is known adds to that entry: its lists grow, another name is one more of them, its
    other cells replace, and a note tells so. Each row of such a file gives its ``reason`` or ``source``.

    Raises OntologyError with file, line and column where a row is not as it should be or contradicts another entry.
    """
    return _load(extra) if extra else _built_in()


@cache
def _built_in() -> Gazetteer:
    return _load(())


def _load(extra: Sequence[Path]) -> Gazetteer:
    entries: dict[str, Entry] = {}
    notes: list[str] = []
    for name, kind in BUILT_IN:
        for _, entry in read_entries(FOLDER / name, kind):
            entries[entry.id] = entry
    if extra:
        notes = _add_files(entries, extra)
    for government in [_government(entry) for entry in entries.values() if _has_government(entry)]:
        listed = entries.get(government.id)
        entries[government.id] = _joined(government, listed) if listed else government
    return Gazetteer(entries.values(), notes)


def _add_files(entries: dict[str, Entry], paths: Iterable[Path]) -> list[str]:
    """Add what files of a user hold, and return what they change in entries that were known."""
    governments = [_government(entry) for entry in entries.values() if _has_government(entry)]
    named = {entry.id: entry for entry in (*governments, *entries.values())}
    usual = {text: entry.id for entry in named.values() for text in _usual_forms(entry)}
    added: list[tuple[Path, int, Entry]] = []
    notes: list[str] = []
    for path in paths:
        for line, entry in read_entries(path):
            if not entry.source:
                raise _bad(path, line, f"{entry.name} has no reason", "Say why it belongs there.", column="reason")
            known = entries.get(entry.id)
            for text in _usual_forms(entry):
                holder = usual.setdefault(text, entry.id)
                if holder != entry.id:
                    column = "name" if text == _running(entry.name) else "aliases"
                    way_out = f'Mark it as ambiguous: "{text}?"; or write id {holder} to add to that entry.'
                    raise _bad(path, line, f'"{text}" already means {_named(named[holder])}', way_out, column=column)
            if known:
                notes += [f"{path}, line {line}, {told}" for told in _replaced(known, entry)]
            named[entry.id] = entries[entry.id] = _joined(known, entry) if known else entry
            added.append((path, line, entry))
    for path, line, entry in added:
        for column in REFERENCES:
            value = getattr(entry, column)
            for other in [value] if isinstance(value, str) else value:
                if other and other not in named:
                    raise _bad(path, line, f"no entry has the id {other}", column=column)
    return notes


def _named(entry: Entry) -> str:
    return f"{entry.name} ({entry.id})"


def _replaced(known: Entry, added: Entry) -> Iterator[str]:
    """What a row says otherwise than the entry that it adds to."""
    for column in TEXT_COLUMNS:
        before, now = getattr(known, column), getattr(added, column)
        if column not in ("source", "name") and before and now and before != now:
            yield f"column {column}: {now!r} replaces {before!r} of {_named(known)}"


def _usual_forms(entry: Entry) -> Iterator[str]:
    return (form.text for form in entry.forms() if not form.ambiguous)


def read_entries(path: Path, kind: str | None = None) -> Iterator[tuple[int, Entry]]:
    """The entries of one CSV file with their line numbers; all of one type where ``kind`` is given.

    Without ``kind`` a column ``type`` gives it, and rows where that is empty are passed over as undecided. An empty id
    is made from the name, an empty kind is the guessed one (column ``guess``) where the guess was right about the type.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            columns = [column.strip() for column in next(reader, [])]
            _check_columns(path, columns, kind)
            for cells in reader:
                if not any(cells):
                    continue
                if len(cells) != len(columns):
                    raise _bad(path, reader.line_num, f"{len(cells)} cells where the header has {len(columns)}")
                row = dict(zip(columns, cells))
                row.setdefault("type", kind or "")
                if row["type"].strip():
                    yield reader.line_num, _entry(path, reader.line_num, row)
    except OSError as error:
        raise OntologyError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise OntologyError(f"{path}: not UTF-8 text ({error.reason})") from error
    except csv.Error as error:
        raise _bad(path, reader.line_num, f"not well-formed CSV ({error})") from error


def _check_columns(path: Path, columns: list[str], kind: str | None) -> None:
    known = (*TEXT_COLUMNS, *LIST_COLUMNS, *NOTE_COLUMNS)
    missing = [column for column in (("name",) if kind else ("type", "name")) if column not in columns]
    if missing:
        raise _bad(path, 1, f"no column {' and '.join(missing)}")
    strange = [column for column in columns if column not in known]
    if strange:
        raise _bad(path, 1, f"unknown column {', '.join(map(repr, strange))}", f"Known are {', '.join(known)}.")
    if len(set(columns)) != len(columns):
        raise _bad(path, 1, "a column stands twice")


def _entry(path: Path, line: int, row: Mapping[str, str]) -> Entry:
    text = {column: row.get(column, "").strip() for column in TEXT_COLUMNS}
    text["source"] = text["source"] or row.get("reason", "").strip()
    lists = {column: _cell_list(row.get(column, "")) for column in LIST_COLUMNS}
    if text["type"] not in ID_PREFIXES:
        raise _bad(path, line, f"type {text['type']!r}", f"Write one of {', '.join(ID_PREFIXES)}.", column="type")
    if not text["name"]:
        raise _bad(path, line, "no name", column="name")
    prefix = ID_PREFIXES[text["type"]]
    text["id"] = text["id"] or prefix + slug(text["name"])
    if not (text["id"].startswith(prefix) and _NAME_OF_ID.fullmatch(text["id"], len(prefix))):
        what = f"id {text['id']!r} is not {prefix} with letters, digits and hyphens"
        raise _bad(path, line, what, column="id")
    kinds = KINDS[text["type"]]
    guessed, _, kind = row.get("guess", "").partition(", ")  # as ``narragraph names`` writes it
    if guessed == text["type"] and kind in kinds:
        text["kind"] = text["kind"] or kind
    if text["kind"] and text["kind"] not in kinds:
        hint = f"Kinds of {text['type']}: {', '.join(sorted(kinds))}."
        raise _bad(path, line, f"kind {text['kind']!r}", hint, column="kind")
    if text["country"] and not text["country"].startswith("country:"):
        text["country"] = "country:" + text["country"]
    marked = {_running(form[:-1]) for forms in lists.values() for form in forms if form.endswith("?")}
    clean = {
        column: tuple(form.removesuffix("?") for form in forms if form.removesuffix("?") != text["name"])
        for column, forms in lists.items()
    }
    return Entry(
        **text,
        aliases=clean["aliases"],
        demonyms=clean["demonyms"],
        capitals=clean["capital"],
        government_aliases=clean["government_aliases"],
        member_of=clean["member_of"],
        ambiguous=frozenset(marked),
    )


def _running(form: str) -> str:
    """A form as in running text: "The Guardian" is "the Guardian", which fits both."""
    return "the " + form[4:] if form.startswith("The ") else form


def _cell_list(cell: str) -> tuple[str, ...]:
    if not cell:
        return ()
    return tuple(part for part in (part.strip() for part in cell.split("|")) if part)


def _joined(known: Entry, added: Entry) -> Entry:
    """``known`` with what ``added`` says more."""
    changes: dict[str, Any] = {name: getattr(added, name) or getattr(known, name) for name in TEXT_COLUMNS}
    changes["name"] = known.name
    for name in ("aliases", "demonyms", "capitals", "government_aliases", "member_of"):
        changes[name] = tuple(dict.fromkeys((*getattr(known, name), *getattr(added, name))))
    if added.name not in (known.name, *changes["aliases"]):
        changes["aliases"] += (added.name,)
    return replace(known, **changes, ambiguous=known.ambiguous | added.ambiguous)


def government_id(country: Entry) -> str:
    """The id of a country's government."""
    return "actor:government-of-" + slug(country.name)


def _has_government(entry: Entry) -> bool:
    governed = entry.kind in GOVERNED or entry.capitals or entry.government_aliases
    return entry.type == "Country" and bool(governed)


def _government(country: Entry) -> Entry:
    name = ("the " if WITH_ARTICLE.match(country.name) else "") + country.name
    short = [alias for alias in country.aliases if 1 < len(alias) <= 7 and alias not in country.ambiguous]
    adjectives = [
        form
        for form in (*country.demonyms, country.name, *short)
        if form not in country.ambiguous and not _is_plural(form, country.demonyms)
    ]
    aliases = [
        *country.government_aliases,
        *(f"{form} {noun}" for form in adjectives for noun in ("government", "authorities", "regime")),
        *(f"government of {form}" for form in (country.name, *country.aliases) if form not in country.ambiguous),
        *([f"government of {name}"] if name != country.name else []),
    ]
    return Entry(
        id=government_id(country),
        type="Actor",
        name=f"Government of {name}",
        kind="government",
        country=country.id,
        role="government",
        aliases=tuple(dict.fromkeys(aliases)),
        capitals=tuple(form for form in country.capitals if form not in (country.name, *country.aliases)),
        ambiguous=country.ambiguous.intersection((*country.capitals, *country.government_aliases)),
        source=country.source,
    )


def _is_plural(form: str, demonyms: Sequence[str]) -> bool:
    singulars = (form.removesuffix("s"), form.removesuffix("men") + "man")
    return any(singular != form and singular in demonyms for singular in singulars)


def spelled_like(form: str, surface: str) -> bool:
    """Whether ``surface`` is ``form``, with capitals wherever the form has them."""
    return len(form) == len(surface) and all(
        read == wanted or (read.lower() == wanted and wanted.islower()) for wanted, read in zip(form, surface)
    )


def slug(name: str) -> str:
    """A name as the last part of an id: small letters and digits joined by hyphens, accents dropped."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    slugged = re.sub(r"[^\w]+|_+", "-", plain).strip("-")
    return slugged or hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _bad(path: Path, line: int, what: str, hint: str | None = None, *, column: str = "") -> OntologyError:
    place = f"{path}, line {line}" + (f", column {column}" if column else "")
    return OntologyError(f"{place}: {what}.", hint=hint)
