"""What a case is called in the lists of the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.clock import SHANGHAI
from bot.desk.records import Case

CASE = Case(
    conversation="c1",
    channel="web",
    state="waiting",
    matter="20261130-0001",
    topic="",
    area="",
    priority=0,
    kind="danger",
    reason="人身安全危险：暴力",
    asked=datetime(2026, 11, 30, 9, 0, tzinfo=SHANGHAI),
    seat=None,
    seat_name="",
    summary={},
)


@pytest.mark.parametrize(
    ("case", "title"),
    [
        (CASE, "人身安全危险：暴力"),
        (replace(CASE, topic="家庭暴力"), "家庭暴力"),
        (replace(CASE, topic="离婚", summary={"topic": "家庭暴力"}), "家庭暴力"),
        (replace(CASE, kind="asked", reason="来访人要求人工服务"), "尚未确定主题"),
    ],
)
def test_a_danger_has_its_own_name_where_no_topic_was_found(case: Case, title: str) -> None:
    assert case.title == title
