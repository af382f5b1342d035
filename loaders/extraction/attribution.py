"""Attribution: who says what, with the whole chain of speakers; the best candidate speaker wins."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Analysis


def find_speech(analysis: Analysis) -> None:
    """Leave speeches in ``layers["speeches"]`` and add claims with ATTRIBUTED_TO edges."""
