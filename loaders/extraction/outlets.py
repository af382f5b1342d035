"""The outlets that a document's own lines name: the one it stands in, and the one that a case reviews."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from narragraph.graph.model import Node, Value, slug
from narragraph.loaders.extraction.analysis import Analysis, Mention
from narragraph.ontology.gazetteer import Entry, Gazetteer

_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(?:/\S*)?", re.IGNORECASE)
_AFTER_NAME = re.compile(r"\s*(?:,|\(|\s[–-]\s|\d+:\d\d|\*).*", re.DOTALL)
_MARKS = " \t*_\"“”„«»'‘’.[]"
_LONG_ENOUGH = 5  # letters of a name that is known however it is written
_ACCOUNT = re.compile(r"\s+(?:channel|page|account|blog)$", re.IGNORECASE)
_KIND_BEFORE = re.compile(
    r"(?:(?:news|press) agency|tv channel|channel|newspaper|website|site|radio)\s+", re.IGNORECASE
)


def mentions_in(analysis: Analysis, start: int, end: int) -> list[Mention]:
    """The mentions that begin inside ``[start, end)``, in order."""
    first = bisect_left(analysis.mentions, start, key=_start)
    last = bisect_left(analysis.mentions, end, first, key=_start)
    return analysis.mentions[first:last]


def _start(mention: Mention) -> int:
    return mention.start


def known_outlet(analysis: Analysis, name: str) -> str | None:
    """Id of the gazetteer's outlet of that name or domain, which becomes an entity of the analysis; None if unknown."""
    entry = find_entry(analysis, name)
    return _add_entry(analysis, entry) if entry else None


def find_entry(analysis: Analysis, name: str) -> Entry | None:
    """The gazetteer's outlet of that name or domain, however capitals, accents and hyphens are written."""
    gazetteer = analysis.additions.gazetteer
    entry = next((form.entry for form in gazetteer.lookup(name) if form.entry.type == "Outlet"), None)
    if entry is None and (domain := _DOMAIN.fullmatch(name)):
        return _by_domain(gazetteer).get(domain[1].lower())
    return entry or _by_plain_name(gazetteer).get(_plain(name))


def programme_of(analysis: Analysis, name: str, outlet: str) -> str | None:
    """Id of the gazetteer's programme of an outlet that bears a name, with or without what tells it from others."""
    wanted = _plain(name)
    for entry in analysis.additions.gazetteer.entries:
        if entry.part_of == outlet and wanted in {_plain(form.text.partition(" (")[0]) for form in entry.forms()}:
            return _add_entry(analysis, entry)
    known = find_entry(analysis, name)
    if known and known.part_of and known.part_of != outlet and outlet in analysis.additions.gazetteer.by_id:
        node = Node(f"outlet:{slug(name)}-{outlet.partition(':')[2]}", "Outlet", name, properties={"kind": "programme"})
        analysis.entities.setdefault(node.id, node)
        return node.id
    return None


def names_another(analysis: Analysis, name: str) -> bool:
    """Whether words are known as the name of an actor or a country, and of no outlet."""
    readings = analysis.additions.gazetteer.lookup(name.strip(_MARKS))
    return bool(readings) and all(form.entry.type != "Outlet" for form in readings)


def is_domain(name: str) -> bool:
    """Whether words are a web domain or address."""
    return _DOMAIN.fullmatch(name.strip(_MARKS)) is not None


def named_outlet(analysis: Analysis, value: str) -> str | None:
    """Id of the outlet that a line of metadata names, known or new; None where the line names none.

    "Programme @ Channel, 51:11" means the channel; "News agency X" means X. ``appearances`` read all of such a line.
    """
    name = value.rpartition("@")[2]
    name = _KIND_BEFORE.sub("", _AFTER_NAME.sub("", name.strip()), count=1).strip(_MARKS)
    if not re.search(r"[^\W\d_]{2}", name) or len(name) > 80:
        return None
    if known := known_outlet(analysis, name):
        return known
    domain = _DOMAIN.fullmatch(name)
    properties: dict[str, Value] = {"kind": "site", "domain": domain[1].lower()} if domain else {}
    if domain:
        name = domain[1].lower()
    node = Node(f"outlet:{slug(name)}", "Outlet", name, properties=properties)
    analysis.entities.setdefault(node.id, node)
    return node.id


def is_known(analysis: Analysis, name: str) -> bool:
    """Whether words are the name or the domain of an outlet in the gazetteer."""
    return find_entry(analysis, name.strip(_MARKS)) is not None


def is_platform(analysis: Analysis, name: str) -> bool:
    """Whether words name a platform that carries accounts of others ("Facebook", "YouTube channel")."""
    words = _ACCOUNT.sub("", name.strip(_MARKS))
    entry = find_entry(analysis, words) or find_entry(analysis, words.removesuffix(".com"))
    return entry is not None and entry.kind == "platform"


def account(analysis: Analysis, name: str, platform: str) -> str:
    """Id of an account on a platform: the known outlet of that name, else one of its own."""
    if known := known_outlet(analysis, name):
        return known
    properties: dict[str, Value] = {"kind": "account", "platform": _ACCOUNT.sub("", platform.strip(_MARKS))}
    node = Node(f"outlet:{slug(name)}", "Outlet", name, properties=properties)
    analysis.entities.setdefault(node.id, node)
    return node.id


@cache
def _by_domain(gazetteer: Gazetteer) -> dict[str, Entry]:
    return {entry.domain: entry for entry in gazetteer.entries if entry.type == "Outlet" and entry.domain}


@cache
def _by_plain_name(gazetteer: Gazetteer) -> dict[str, Entry]:
    """Outlets by name without capitals, accents and hyphens; short names, which may mean anything, are left out."""
    return {
        _plain(form.text): form.entry
        for form in gazetteer.forms()
        if form.entry.type == "Outlet" and not form.ambiguous and len(form.text) >= _LONG_ENOUGH
    }


def _plain(name: str) -> str:
    return slug(name).replace("-", " ")


def _add_entry(analysis: Analysis, entry: Entry) -> str:
    wanted = {name: getattr(entry, name) for name in ("kind", "platform", "domain", "country", "wikidata")}
    properties = {name: value for name, value in wanted.items() if value}
    analysis.entities.setdefault(entry.id, Node(entry.id, entry.type, entry.name, entry.aliases, properties))
    return entry.id
