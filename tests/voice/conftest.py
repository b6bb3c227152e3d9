"""Calls of the tests of what a call does."""

from __future__ import annotations

import pytest

from tests.voice.calling import Told


@pytest.fixture
def told() -> Told:
    made = Told()
    made.spoken()
    return made
