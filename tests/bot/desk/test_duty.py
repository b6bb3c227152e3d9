"""A citizen who is handed over is told the truth about whether anybody is at the desk."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot import greeting
from bot.records import Outcome
from tests.fakes.service import Service, inbound, running


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url) as started:
        yield started


async def _ask(service: Service, text: str = "转人工") -> Outcome:
    return await service.conversations.handle(inbound(await service.opened(), "m1", text))


def _said(outcome: Outcome) -> str:
    return "\n".join(message.text for message in outcome.replies)


async def test_an_empty_desk_is_told_with_the_hotline_and_the_offer_of_a_call(service: Service) -> None:
    outcome = await _ask(service)
    said = _said(outcome)
    assert outcome.state == "waiting"
    assert greeting.NOBODY_ON_DUTY[0].text in said
    assert "12348" in said
    assert outcome.replies[0].parts[-1].choices == ("留电话", "约个时间")
    assert not any(
        promise in greeting.NOBODY_ON_DUTY[0].text for promise in ("分钟", "小时", "工作日", "尽快", "马上就")
    )


async def test_within_working_hours_an_empty_chair_promises_no_time(service: Service) -> None:
    assert "起有人值班" not in _said(await _ask(service))


async def test_at_night_the_next_time_on_duty_is_told(service: Service) -> None:
    service.clock.advance(10 * 3600)
    assert "11月24日（周二）9:00 起有人值班" in _said(await _ask(service))


async def test_somebody_at_the_desk_needs_no_warning(service: Service) -> None:
    seat = await service.seat()
    assert "没有值班人员在线" in _said(await _ask(service)), "an account is nobody at the desk"
    await service.presence.beat(seat, "online")
    said = _said(await _ask(service))
    assert "没有值班人员在线" not in said
    assert "您前面还有 1 位" in said


async def test_who_went_away_fell_silent_or_signed_out_is_nobody(service: Service) -> None:
    seat = await service.seat()
    await service.presence.beat(seat, "away")
    assert "没有值班人员在线" in _said(await _ask(service))
    await service.presence.beat(seat, "busy")
    assert "没有值班人员在线" not in _said(await _ask(service)), "busy is there"
    service.clock.advance(90)
    assert "没有值班人员在线" in _said(await _ask(service))
    await service.presence.beat(seat, "online")
    await service.presence.leave(seat)
    assert "没有值班人员在线" in _said(await _ask(service))


async def test_somebody_who_cannot_take_it_is_nobody_for_it(service: Service) -> None:
    await service.presence.beat(await service.seat("调解员", "mediator"), "online")
    assert "没有值班人员在线" in _said(await _ask(service))


async def test_danger_keeps_its_own_words_first(service: Service) -> None:
    said = _said(await _ask(service, "有危险"))
    assert said.index("110") < said.index("没有值班人员在线")


async def test_a_failed_engine_hands_over_with_the_same_honesty(service: Service) -> None:
    service.engine.failing = RuntimeError("defect")
    assert "没有值班人员在线" in _said(await _ask(service, "你好"))


async def test_an_answer_of_the_bot_says_nothing_of_the_desk(service: Service) -> None:
    assert "值班" not in _said(await _ask(service, "你好"))
