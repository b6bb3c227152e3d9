"""Time enough for answers in the response, however loaded the machine is that runs the tests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store.append import IN_THE_RESPONSE
from channels.providers import passive


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second is the service's own limit; what comes in time is not what most tests are about."""
    monkeypatch.setattr(passive, "WITHIN", 4.0)
    monkeypatch.setitem(IN_THE_RESPONSE, "wechat", timedelta(seconds=8))


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The opposite: an answer that does not come at once is not waited for."""
    monkeypatch.setattr(passive, "WITHIN", 0.3)
