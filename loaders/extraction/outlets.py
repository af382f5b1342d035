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
    entry = next(
        (form.entry for form in analysis.additions.gazetteer.lookup(name) if form.entry.type == "Outlet"), None
    )
    if entry is None and (domain := _DOMAIN.fullmatch(name)):
        entry = _by_domain(analysis.additions.gazetteer).get(domain[1].lower())
    return _add_entry(analysis, entry) if entry else None


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
    name = name.strip(_MARKS)
    domain = _DOMAIN.fullmatch(name)
    return any(form.entry.type == "Outlet" for form in analysis.additions.gazetteer.lookup(name)) or bool(
        domain and domain[1].lower() in _by_domain(analysis.additions.gazetteer)
    )


def is_platform(analysis: Analysis, name: str) -> bool:
    """Whether words name a platform that carries accounts of others ("Facebook", "YouTube channel")."""
    words = _ACCOUNT.sub("", name.strip(_MARKS))
    return any(form.entry.kind == "platform" for form in analysis.additions.gazetteer.lookup(words))


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


def _add_entry(analysis: Analysis, entry: Entry) -> str:
    wanted = {name: getattr(entry, name) for name in ("kind", "platform", "domain", "country", "wikidata")}
    properties = {name: value for name, value in wanted.items() if value}
    analysis.entities.setdefault(entry.id, Node(entry.id, entry.type, entry.name, entry.aliases, properties))
    return entry.id
