"""What lines of metadata state, in the graph's terms: a day, an address."""

from __future__ import annotations

import re

from narragraph.loaders.extraction.dates import read_date
from narragraph.loaders.extraction.layout import Metadata

_URL = re.compile(r"https?://[^\s()\[\]<>\"']+")


def stated_date(metadata: Metadata) -> str | None:
    """The day of publication as ISO 8601, cut to its precision; None where none is stated."""
    value = metadata.get("published") or metadata.get("updated")
    return read_date(value[0]) if value else None


def stated_url(metadata: Metadata) -> str | None:
    """The address that a line gives; None where there is none."""
    value = metadata.get("url")
    match = _URL.search(value[0]) if value else None
    return match[0] if match else None
