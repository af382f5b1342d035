"""The lexicons: word lists and patterns that the stages of extraction read, as YAML beside this module."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from narragraph.errors import OntologyError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is there


@cache
def lexicon(name: str) -> dict[str, Any]:
    """What ``ontology/lexicon/<name>.yaml`` holds; read once. Raises OntologyError where it is no mapping."""
    source = files("narragraph.ontology").joinpath("lexicon", f"{name}.yaml")
    try:
        data = yaml.load(source.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - one of the two safe loaders
    except (OSError, yaml.YAMLError) as error:
        raise OntologyError(f"lexicon {name}: {error}") from error
    if not isinstance(data, dict):
        raise OntologyError(f"lexicon {name}: a mapping is needed")
    return data
