"""Real parts that a test needs: where one is missing the test is skipped with the reason, and in CI it fails."""

from __future__ import annotations

import importlib
import os
from typing import Any, NoReturn

import pytest


def missing(reason: str) -> NoReturn:
    """Skip the test, or fail it where CI is set: a suite that leaves a part out proves nothing about it."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def module(name: str) -> Any:
    """A module that not every installation has."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        missing(f"no {name}: {error}")
