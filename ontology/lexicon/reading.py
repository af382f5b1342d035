"""Reading one of the YAML files beside this module."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from narragraph.errors import OntologyError

FOLDER = Path(__file__).parent


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # ten times as fast, where the wheel has it
    """Reads "on", "off", "yes" and "no" as the words that they are; only "true" and "false" are truth values."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [resolver for resolver in resolvers if resolver[0] != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def read_file(name: str) -> dict[str, Any]:
    """The mapping that ``lexicon/<name>.yaml`` holds.

    Raises OntologyError where the file is missing, is not YAML, or does not hold a mapping of names to values.
    """
    path = FOLDER / f"{name}.yaml"
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=Loader)  # noqa: S506 - both loaders are safe ones
    except OSError as error:
        raise OntologyError(f"{path}: {error.strerror or error}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: {error}") from error
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise OntologyError(f"{path}: the top level must be a mapping whose keys are texts.")
    return content
