"""Canned replies: one's own and everybody's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.clock import SHANGHAI
from bot.desk.refused import Refused
from bot.desk.seat import Seat
from bot.desk.work.canned import NewCanned, filled, values_of
from bot.message import BadMessage
from tests.bot.desk.work.conftest import Desk

NEW = NewCanned("HuiJian", "会见", "{坐席}会在{今天}联系您。", "", False)


async def test_ones_own_are_ones_own(desk: Desk) -> None:
    seat, other = await desk.seat("周律师"), await desk.seat("吴律师")
    made = await desk.work.canned.put(seat, None, NEW)
    assert made.shortcut == "huijian"
    assert made.owner == seat.id
    assert "huijian" in {one.shortcut for one in await desk.work.canned.of(seat)}
    assert "huijian" not in {one.shortcut for one in await desk.work.canned.of(other)}
    for act in (desk.work.canned.put(other, made.id, NEW), desk.work.canned.remove(other, made.id)):
        with pytest.raises(Refused, match="unknown_canned"):
            await act
    await desk.work.canned.put(other, None, NEW)  # the same shortcut of somebody else
    with pytest.raises(Refused, match="shortcut_taken"):
        await desk.work.canned.put(seat, None, NEW)
    await desk.work.canned.remove(seat, made.id)
    with pytest.raises(Refused):
        await desk.work.canned.remove(seat, made.id)


async def test_everybodys_are_the_supervisors_to_change_and_ones_own_go_before_them(desk: Desk) -> None:
    seat, boss = await desk.seat("周律师"), await desk.seat("郑主管", "supervisor")
    common = replace(NEW, everybody=True)
    with pytest.raises(Refused, match="no_right"):
        await desk.work.canned.put(seat, None, common)
    made = await desk.work.canned.put(boss, None, common)
    with pytest.raises(Refused, match="shortcut_taken"):
        await desk.work.canned.put(boss, None, common)
    with pytest.raises(Refused, match="unknown_canned"):
        await desk.work.canned.put(seat, made.id, NEW)
    own = await desk.work.canned.put(seat, None, replace(NEW, text="我自己的说法"))
    assert [one.id for one in await desk.work.canned.of(seat) if one.shortcut == "huijian"] == [own.id]
    await desk.work.canned.used(seat, own.id)
    assert (await desk.work.canned.of(seat))[0].id == own.id, "the most used comes first"


async def test_a_new_store_has_some_and_they_can_all_be_filled(desk: Desk) -> None:
    seat = await desk.seat("周律师")
    summary = {"topic": "拖欠工资", "deadlines": ["2026-12-01 前申请劳动仲裁"]}
    values = values_of(seat, "20261123-0001", "", summary, datetime(2026, 11, 23, tzinfo=SHANGHAI))
    found = await desk.work.canned.of(seat)
    assert len(found) >= 10
    assert not [one.text for one in found if "{" in filled(one.text, values)]


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (replace(NEW, shortcut="a b"), "bad_shortcut"),
        (replace(NEW, shortcut=""), "bad_shortcut"),
        (replace(NEW, text="{来访人}您好"), "unknown_variable"),
        (replace(NEW, text=" "), "empty_text"),
        (replace(NEW, title=""), "empty_text"),
    ],
)
async def test_what_cannot_be_kept_is_told(desk: Desk, new: NewCanned, code: str) -> None:
    with pytest.raises(BadMessage, match=code):
        await desk.work.canned.put(Seat(1, "x", "lawyer"), None, new)
