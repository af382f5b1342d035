"""What a user adds to the built-in names and words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path

from narragraph.graph.model import digest
from narragraph.ontology import lexicon
from narragraph.ontology.gazetteer import Gazetteer, load_gazetteer, read_entries
from narragraph.ontology.lexicon.own import read_additions


@dataclass(frozen=True)
class Additions:
    """Files of names (``--gazetteer``) and of words (``--lexicon``) beside the built-in ones."""

    gazetteers: tuple[Path, ...] = ()
    lexicons: tuple[Path, ...] = ()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The built-in entries with those of the files, which are read once."""
        return load_gazetteer(self.gazetteers)

    def settle(self) -> list[str]:
        """Read the files, before the first document; returns what they repeat or replace, by name.

        Raises OntologyError, with file, line and column, for an entry that is not as it should be; see
        ``ontology.lexicon.extend`` on a process that has read other words already.
        """
        return [*lexicon.extend(self.lexicons), *(self.gazetteer.notes if self.gazetteers else ())]

    @cached_property
    def mark(self) -> str:
        """What tells records that were made with these entries from others: nothing where there are none.

        It depends on the entries alone, not on their files, their order or the reasons given for them.
        """
        entries = [
            repr(sorted({**vars(entry), "ambiguous": sorted(entry.ambiguous), "source": ""}.items()))
            for path in self.gazetteers
            for _, entry in read_entries(path)
        ]
        entries += [
            repr((added.address, sorted(added.words), sorted((added.frame or {}).items())))
            for path in self.lexicons
            for added in read_additions(path)
        ]
        if not entries:
            return ""
        return f" + {len(entries)} own {'entry' if len(entries) == 1 else 'entries'} {digest(*sorted(entries))}"


NOTHING = Additions()


def additions(gazetteers: Iterable[str | PathLike[str]], lexicons: Sequence[str | PathLike[str]]) -> Additions:
    """Additions from names of files."""
    return Additions(tuple(map(Path, gazetteers)), tuple(map(Path, lexicons)))
