"""What a load has to remember of each of its documents, in memory that does not grow with their number."""

from __future__ import annotations

import sqlite3

from narragraph.graph.model import digest

_CACHE = 8_000  # kilobytes; what is beyond them lies in a temporary file, which goes with the program
_HALF = 2**63


class Ledger:
    """Whole numbers below 2**63 by text; of texts it keeps digests alone."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        for line in (f"cache_size = -{_CACHE}", "journal_mode = OFF", "synchronous = OFF"):
            self._file.execute(f"PRAGMA {line}")
        self._file.execute("CREATE TABLE ledger (text INTEGER PRIMARY KEY, number INTEGER NOT NULL)")
        self._file.execute("BEGIN")

    def put(self, text: str, number: int = 0) -> bool:
        """Enter a text, unless it stands there already; returns whether it was new."""
        return self._file.execute("INSERT OR IGNORE INTO ledger VALUES (?, ?)", (_key(text), number)).rowcount == 1

    def get(self, text: str) -> int | None:
        """The number of a text, None where it does not stand there."""
        row = self._file.execute("SELECT number FROM ledger WHERE text = ?", (_key(text),)).fetchone()
        return None if row is None else int(row[0])


def numbered(text: str) -> int:
    """A number below 2**63 that stands for a text."""
    return int(digest(text), 16) >> 1


def _key(text: str) -> int:
    return int(digest(text), 16) - _HALF
