"""Calls that break off: one matter each, and whoever rings again goes on where they were."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.engine import Turn
from bot.store.call_schema import calls
from bot.store.schema import conversations, matters
from tests.fakes.clock import VirtualClock
from tests.fakes.hotline import Hotline, hotline
from tests.fakes.phone import NUMBER, Phone
from tests.fakes.scripted_engine import FakeEngine
from tests.fakes.talking import LOUD, QUIET

GREETING = "您遇到什么事了"


async def rung_again(line: Hotline, engine: FakeEngine, first: str, *, after: float = 60, number: str = NUMBER) -> Turn:
    """The last turn of a caller whose line broke after those words, and who says so."""
    caller = await line.call()
    await caller.hears(GREETING)
    await caller.says(first)
    await line.until(lambda: len(line.said) > 1)
    await caller.hangs_up()
    await line.until(lambda: line.switchboard.calls == 0, seconds=0.5)
    line.clock.advance(after)
    again = await line.call(Phone(line.sip.port, number=number))
    await again.hears(GREETING, after=len(line.said))
    await again.says("我刚才打过电话断了")
    await again.hears("上次没说完")
    await again.says("不发工资的事")
    await line.until(lambda: engine.turns[-1].text == "不发工资的事")
    await line.beat(20)
    await again.hangs_up()
    await line.until(lambda: line.switchboard.calls == 0, seconds=0.5)
    asked: Turn = engine.turns[-1]
    return asked


async def test_a_call_that_broke_is_taken_up_by_who_says_what_it_was_about(tmp_path: Path) -> None:
    engine = FakeEngine()
    async with hotline(tmp_path, engine) as line:
        turn = await rung_again(line, engine, "老板不发工资")
        first, second = await line.rows(conversations)
        assert turn.recalled == {"number": first.matter, "found": True, "progress": []}
        assert turn.state["open"]
        assert second.matter == first.matter
        assert sorted(row.status for row in await line.rows(matters)) == ["closed", "merged"]


@pytest.mark.parametrize(
    ("first", "more"),
    [
        ("老板不发工资", {"after": 3 * 3600}),
        ("老板不发工资", {"number": "13900139000"}),
        ("老板不发工资还经常打我", {}),
        ("房子漏水", {}),
    ],
)
async def test_nobody_else_on_that_telephone_learns_of_a_call(tmp_path: Path, first: str, more: dict[str, Any]) -> None:
    engine = FakeEngine()
    async with hotline(tmp_path, engine) as line:
        turn = await rung_again(line, engine, first, **more)
        assert turn.recalled is None
        assert "open" not in turn.state


MOMENTS = [0, 1, 3, 10, 30, 60, 100, 150, 190, 215, 230, 260, 300, 340, 400, 460, 520, 600, 700, 800]


@pytest.mark.parametrize("ways", ["0", "工资"])
async def test_hanging_up_at_any_moment_leaves_one_matter(tmp_path: Path, ways: str) -> None:
    async with hotline(tmp_path) as line:
        seat = await line.seat()
        for moment in MOMENTS if ways == "0" else MOMENTS[8::2]:
            caller, at = await line.call(), 0
            line.ears[0].words.clear()
            while at < moment:
                await line.beat()
                at += 1
                if at == 200 and ways == "0":
                    caller.phone.press("0")
                elif 200 < at < 218 and ways != "0":
                    line.ears[0].words[:] = ["老板不发工资"]
                    caller.phone.packet(caller.phone.codec.encode(LOUD if at < 210 else QUIET))
                elif at == 450:
                    waiting = [row for row in await line.rows(conversations) if row.state == "waiting"]
                    if waiting:
                        await line.parts.presence.beat(seat)
                        await line.parts.desk.claim(waiting[0].id, seat)
            await caller.hangs_up()
            await line.all_over()
        assert len(await line.rows(calls)) == len(MOMENTS if ways == "0" else MOMENTS[8::2])


async def test_the_service_stops_in_mid_call(tmp_path: Path) -> None:
    async with hotline(tmp_path) as line:
        callers = [await line.call() for _ in range(2)]
        await callers[0].hears(GREETING)
        await line.stop()
        await line.all_over()
        assert [row.outcome for row in await line.rows(calls)] == ["hung_up", "hung_up"]


async def test_what_a_crash_left_is_ended_by_whoever_is_there(tmp_path: Path) -> None:
    clock = VirtualClock()
    async with hotline(tmp_path, clock=clock) as line:
        await line.call()
        await line.beat(20)
        line.parts.call_keeper.going_on.clear()  # as if the process that carries it were gone
        line.clock.advance(300)
        await line.parts.call_keeper.round()
        (call,) = await line.rows(calls)
        assert call.outcome == "lost"
        (matter,) = await line.rows(matters)
        assert matter.status == "closed"
