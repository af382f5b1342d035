"""Real parts that a test needs: where one is missing the test is skipped with the reason, and in CI it fails."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(reason: str) -> NoReturn:
    """Skip the test, or fail it where CI is set: a suite that leaves a part out proves nothing about it."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
