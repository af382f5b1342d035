"""What people decided of edges, applied to a document on its way into a store, and undone on its way out.

A rejected edge is no edge of the store: what it was waits on the Document of its root, as texts in ``struck``, so that
every query is right without knowing of it. Of others the decided ``confidence`` is stored, with the one that was put in
``confidence_read`` and the verdict in ``review``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from narragraph.graph import review
from narragraph.graph.review import Decision, Place, Rulings
from narragraph.graph.stores.layout import Laid, Properties, as_text

_COUNT = "attestations"  # on a root, how many edges rest on it: those that are there


def rulings_of(text: object) -> Rulings:
    """What the text of the log says; nothing without one."""
    return review.rulings(review.parse(text.split("\n"))) if isinstance(text, str) else {}


def differing(before: Rulings, after: Rulings) -> list[Place]:
    """Places of edges that must be looked at again when one log takes the place of another."""
    return sorted(place for place in before.keys() | after.keys() if before.get(place) != after.get(place))


def decided(laid: Laid, rulings: Rulings) -> Laid:
    """The document with every decision applied."""
    judged = _judged(laid, rulings) if rulings else {}
    if not judged:
        return laid
    edges: dict[str, list[Properties]] = {}
    struck: list[Properties] = []
    for type, rows in laid.edges.items():
        for row in rows:
            decision = judged.get(row["properties"]["id"])
            if decision and decision.verdict == review.REJECTED:
                struck.append(_record(type, row, laid))
            else:
                edges.setdefault(type, []).append({**row, "properties": _shown(row["properties"], decision)})
    if not struck:
        return replace(laid, edges=edges)
    needed = {row[end] for rows in edges.values() for row in rows for end in ("source", "target")} | laid.own.keys()
    root = dict(laid.own[laid.root], struck=[as_text(record) for record in struck])
    if _COUNT in root:
        root[_COUNT] -= len(struck)
    return Laid(
        laid.root,
        {id: label for id, label in laid.labels.items() if id in needed},
        {**laid.own, laid.root: root},
        {id: statement for id, statement in laid.statements.items() if id in needed},
        edges,
    )


def undecided(root: Properties, edges: Iterable[tuple[str, Mapping[str, Any]]]) -> Laid:
    """What is stored of a document, as it was put: the properties of its root, some of its edges and all struck ones.

    ``edges`` are types and rows of ``source``, ``target`` and ``properties``. Of nodes there is what the struck edges
    kept of their ends.
    """
    own = dict(root)
    struck = [json.loads(text) for text in own.pop("struck", None) or ()]
    if _COUNT in own:
        own[_COUNT] += len(struck)
    laid = Laid(own["id"], {own["id"]: "Document"}, {own["id"]: own})
    for type, row in edges:
        laid.edges.setdefault(type, []).append({**row, "properties": _as_put(row["properties"])})
    for record in struck:
        row = {key: record[key] for key in ("source", "target", "properties")}
        laid.edges.setdefault(record["type"], []).append(row)
        laid.labels.update(record["labels"])
        laid.statements.update(record["statements"])
    return laid


def _judged(laid: Laid, rulings: Rulings) -> dict[str, Decision]:
    """The decision on each edge that has one, by id."""
    sentences: dict[Place, dict[str, str | None]] = {}
    for type, rows in laid.edges.items():
        for row in rows:
            properties = row["properties"]
            place = (properties["document"], type, row["source"], row["target"])
            if place in rulings:
                sentences.setdefault(place, {})[properties["id"]] = properties.get("sentence")
    judged: dict[str, Decision] = {}
    for place, edges in sentences.items():
        judged |= review.judge(rulings[place], edges)
    return judged


def _record(type: str, row: Properties, laid: Laid) -> Properties:
    """All that is needed to make a struck edge anew."""
    ends = [row[end] for end in ("source", "target") if row[end] in laid.statements]
    return {
        "type": type,
        **row,
        "labels": {id: laid.labels[id] for id in ends},
        "statements": {id: laid.statements[id] for id in ends},
    }


def _shown(properties: Properties, decision: Decision | None) -> Properties:
    if decision is None:
        return properties
    read = properties["confidence"]
    shown = (
        review.CONFIRMED_CONFIDENCE if decision.verdict == review.CONFIRMED else min(read, review.DOUBTED_CONFIDENCE)
    )
    return {**properties, "confidence": shown, "confidence_read": read, "review": decision.verdict}


def _as_put(properties: Properties) -> Properties:
    added = ("review", "confidence_read", "source_statement", "target_statement")
    put = {key: value for key, value in properties.items() if key not in added}
    if "confidence_read" in properties:
        put["confidence"] = properties["confidence_read"]
    return put
