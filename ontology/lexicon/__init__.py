"""Words that rules are made of (verbs, titles, templates, …), read from the YAML files beside this module."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from narragraph.errors import OntologyError

FOLDER = Path(__file__).parent


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # ten times as fast, where the wheel has it
    """Reads "on", "off", "yes" and "no" as the words that they are; only "true" and "false" are truth values."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [resolver for resolver in resolvers if resolver[0] != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@cache
def load_lexicon(name: str) -> dict[str, Any]:
    """The mapping that ``lexicon/<name>.yaml`` holds; read once, not to be changed by callers.

    Raises OntologyError where the file is missing, is not YAML, or does not hold a mapping of names to values.
    """
    path = FOLDER / f"{name}.yaml"
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - both loaders are safe ones
    except OSError as error:
        raise OntologyError(f"{path}: {error.strerror or error}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: {error}") from error
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise OntologyError(f"{path}: the top level must be a mapping whose keys are texts.")
    return content


@cache
def load_words(name: str, section: str) -> frozenset[str]:
    """One section of a lexicon as a set of words; lists in YAML and lines of words are both read.

    Raises OntologyError where the section is missing or holds anything but texts.
    """
    content = load_lexicon(name)
    entries = content.get(section)
    if isinstance(entries, str):
        return frozenset(entries.split())
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise OntologyError(
            f"{FOLDER / name}.yaml: {section!r} must be a list of texts.",
            hint="YAML reads yes, no, on, off and numbers as other things: write them in quotes.",
        )
    return frozenset(entries)
