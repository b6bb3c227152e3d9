"""What the log says of an error: where, what can be done, once a minute, and never what the error said."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from bot import safe_log
from bot.safe_log import log_failure, log_round

LOG = logging.getLogger("tests.safe_log")


def broken() -> OperationalError:
    """As of a store that is not there."""
    with pytest.raises(OperationalError) as caught, create_engine("sqlite:////nowhere/张三.db").connect() as connection:
        connection.execute(text("SELECT 1"))
    return caught.value


def test_the_line_names_our_own_place_and_what_to_do(caplog: pytest.LogCaptureFixture) -> None:
    log_failure(LOG, "outbox not readable", broken())
    [line] = caplog.messages
    assert "tests/bot/test_safe_log.py:" in line
    assert "docs/runbook.md" in line
    assert "张三" not in line


def test_what_is_tried_again_does_not_fill_the_log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("bot.safe_log.time.monotonic", lambda: now)
    for _ in range(30):
        log_round(LOG, "rounds", ValueError("张三"))
    log_round(LOG, "rounds", KeyError("张三"))
    assert len(caplog.messages) == 2
    now += safe_log.AGAIN_AFTER
    log_round(LOG, "rounds", ValueError("张三"))
    assert "29 times more" in caplog.messages[-1]
    assert "张三" not in caplog.text
