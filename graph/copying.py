"""From one store to another: document by document, to be taken up again where it broke off, and proved afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from narragraph.errors import UsageError
from narragraph.graph.model import Edge, Node
from narragraph.graph.records import to_line
from narragraph.graph.stores.base import Bundle, Store, View

Item = TypeVar("Item", Node, Edge)

DIFFERENCE_COLUMNS = ("record", "id", "difference")
_EDGES = 5_000  # put in one transaction, as a rule


@dataclass
class Copied:
    """What a copy did and what the proof found.

    Root documents that were ``copied``, were there ``already`` or were ``removed``; nodes and edges that both stores
    hold, and ``differences`` as rows of DIFFERENCE_COLUMNS.
    """

    copied: int = 0
    already: int = 0
    removed: int = 0
    nodes: int = 0
    edges: int = 0
    differences: list[tuple[str, str, str]] = field(default_factory=list)


def copy(
    source: Store, target: Store, *, overwrite: bool = False, report: Callable[[Copied], None] | None = None
) -> Copied:
    """Make ``target`` hold what ``source`` holds, then read both back and compare them record by record.

    A target that holds part of it already is completed. One that holds anything else is left alone, unless
    ``overwrite`` allows to replace and remove it. ``report`` hears after each transaction.

    Raises UsageError for a target that holds anything else.
    """
    done = Copied()
    with source.view() as view, target.view() as there:
        wanted, present = view.document_hashes(), there.document_hashes()
        foreign = [root for root in present if root not in wanted]
        other = [root for root, kept in present.items() if wanted.get(root, kept) != kept]
        if (foreign or other) and not overwrite:
            raise UsageError(
                f"The store at {target.url} holds {len(foreign)} documents that {source.url} lacks and "
                f"{len(other)} in other versions, such as {(foreign + other)[0]}.",
                hint="--overwrite makes it equal; another place keeps it.",
            )
        same = set() if overwrite else present.keys() & wanted.keys()
        done.already = len(same)
        with target.writer() as writer:
            for root in foreign:
                done.removed += writer.remove(root)
            for group in _grouped(view.bundles(same)):
                writer.put_all(group)
                done.copied += len(group)
                if report:
                    report(done)
    with source.view() as view, target.view() as there:
        done.nodes = _compare("node", view.nodes(), there.nodes(), done.differences)
        done.edges = _compare("edge", view.edges(), there.edges(), done.differences)
        done.differences += _compare_hashes(view, there)
    return done


def _grouped(bundles: Iterable[Bundle]) -> Iterator[list[Bundle]]:
    """Bundles by the transaction."""
    group: list[Bundle] = []
    for bundle in bundles:
        group.append(bundle)
        if sum(len(one.edges) + 1 for one in group) >= _EDGES:
            yield group
            group = []
    if group:
        yield group


def _compare(
    record: str, wanted: Iterator[Item], found: Iterator[Item], differences: list[tuple[str, str, str]]
) -> int:
    """How many are equal in two streams ordered by id; the others go into ``differences``."""
    equal = 0
    left, right = next(wanted, None), next(found, None)
    while left or right:
        if right is None or (left and left.id < right.id):
            assert left
            differences.append((record, left.id, "missing"))
            left = next(wanted, None)
        elif left is None or right.id < left.id:
            differences.append((record, right.id, "too many"))
            right = next(found, None)
        else:
            if to_line(left) == to_line(right):
                equal += 1
            else:
                differences.append((record, left.id, "other content"))
            left, right = next(wanted, None), next(found, None)
    return equal


def _compare_hashes(wanted: View, found: View) -> list[tuple[str, str, str]]:
    left, right = wanted.document_hashes(), found.document_hashes()
    return [("document", id, "another version") for id in left if id in right and left[id] != right[id]]
