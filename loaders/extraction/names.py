"""Names that no gazetteer lists: persons, bodies and outlets, told by capitals and by what stands around them."""

from __future__ import annotations

from narragraph.loaders.extraction.drafts import Drafts


def find_names(drafts: Drafts) -> None:
    """Mention unlisted names, then every shorter form of them and of listed persons."""
