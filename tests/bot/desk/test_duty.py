"""A citizen who is handed over is told the truth about whether anybody is at the desk."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot import greeting
from bot.records import Outcome
from tests.fakes.service import PASSWORD, Service, inbound, running


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url) as started:
        yield started


async def _ask(service: Service, text: str = "转人工") -> Outcome:
    return await service.conversations.handle(inbound(await service.opened(), "m1", text))


def _said(outcome: Outcome) -> str:
    return "\n".join(message.text for message in outcome.replies)


async def test_an_empty_desk_is_told_with_the_hotline_and_without_a_time(service: Service) -> None:
    outcome = await _ask(service)
    said = _said(outcome)
    assert outcome.state == "waiting"
    assert greeting.NOBODY_ON_DUTY[0].text in said
    assert "12348" in said
    assert not any(
        promise in greeting.NOBODY_ON_DUTY[0].text for promise in ("分钟", "小时", "工作日", "尽快", "马上就")
    )


async def test_a_desk_in_use_needs_no_warning(service: Service) -> None:
    await service.seat()
    await service.accounts.sign_in("周律师", PASSWORD)
    assert "没有值班人员在线" not in _said(await _ask(service))


async def test_a_session_left_alone_or_signed_out_is_nobody(service: Service) -> None:
    seat = await service.seat()
    token, _ = await service.accounts.sign_in("周律师", PASSWORD)
    service.clock.advance(12 * 60)
    assert "没有值班人员在线" in _said(await _ask(service))
    assert await service.accounts.session(token), "the page is opened again"
    assert "没有值班人员在线" not in _said(await _ask(service))
    await service.accounts.sign_out(token, seat)
    assert "没有值班人员在线" in _said(await _ask(service))


async def test_danger_keeps_its_own_words_first(service: Service) -> None:
    said = _said(await _ask(service, "有危险"))
    assert said.index("110") < said.index("没有值班人员在线")


async def test_a_failed_engine_hands_over_with_the_same_honesty(service: Service) -> None:
    service.engine.failing = RuntimeError("defect")
    assert "没有值班人员在线" in _said(await _ask(service, "你好"))


async def test_an_answer_of_the_bot_says_nothing_of_the_desk(service: Service) -> None:
    assert "值班" not in _said(await _ask(service, "你好"))
