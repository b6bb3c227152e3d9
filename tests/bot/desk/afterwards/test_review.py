"""Reviews: all by rules, at least one in twenty by a person, never by oneself, and an appeal to somebody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from bot.desk.afterwards.review import Reviews
from bot.desk.afterwards.sheet import criteria
from bot.desk.refused import Refused
from bot.desk.seat import Seat
from bot.store.reviews import ReviewStore
from bot.store.schema import matters
from tests.fakes.service import Service, inbound, running

BEST = {name: one.most for name, one in criteria("person").items()}


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url) as started:
        yield started


async def consult(service: Service, seat: Seat, *, close: bool = True) -> None:
    conversation = await service.opened()
    await service.conversations.handle(inbound(conversation, "m1", "转人工"))
    await service.desk.claim(conversation, seat)
    await service.desk.reply(conversation, seat, "s1", "您好，我是值班律师。")
    await (service.desk.close if close else service.desk.hand_back)(conversation, seat)


def reviews(service: Service, chance: float = 0.99) -> Reviews:
    return Reviews(ReviewStore(service.database), service.clock, lambda: chance)


async def test_every_consultation_is_judged_once(service: Service) -> None:
    seat = await service.seat()
    quality = reviews(service)
    for number in range(6):
        await consult(service, seat, close=number % 2 == 0)
    assert await quality.judge_ended() == 6
    assert await quality.judge_ended() == 0
    by_rules = await quality.listed(seat, "rules", None)
    assert len(by_rules) == 6
    assert all(one.state == "scored" and one.score is not None for one in by_rules)


async def test_each_seat_has_one_reviewed_a_week_and_a_twentieth_of_all(service: Service) -> None:
    first, second = await service.seat(), await service.seat("吴律师")
    quality = reviews(service)
    for _ in range(21):
        await consult(service, first)
    await consult(service, second)
    await quality.judge_ended()
    drawn = await quality.listed(first, "person", "drawn")
    assert {one.staff for one in drawn} == {first.id, second.id}
    assert len(drawn) >= 22 * 0.05


@given(st.lists(st.booleans(), min_size=1, max_size=300), st.floats(0, 0.999))
def test_a_twentieth_is_always_drawn(has_one: list[bool], chance: float) -> None:
    quality = Reviews(None, None, lambda: chance)  # type: ignore[arg-type]
    drawn = 0
    for reviewed, seat_has_one in enumerate(has_one):
        drawn += quality._drawn(reviewed, drawn, seat_has_one)
        assert drawn >= 0.05 * (reviewed + 1)


async def test_a_score_an_appeal_and_another_supervisor(service: Service) -> None:
    seat, boss, other = [await service.seat(name) for name in ("周律师", "郑主管", "冯主管")]
    quality = reviews(service)
    await consult(service, seat)
    await quality.judge_ended()
    (drawn,) = await quality.listed(boss, "person", "drawn")
    with pytest.raises(Refused, match="not_drawn"):
        await quality.score(drawn.id, seat, BEST, "自己给自己")
    with pytest.raises(Refused, match="bad_points"):
        await quality.score(drawn.id, boss, {**BEST, "law": 31}, "")
    with pytest.raises(Refused, match="bad_points"):
        await quality.score(drawn.id, boss, {"law": 30}, "")
    await quality.score(drawn.id, boss, {**BEST, "law": 10}, "条文没讲全")
    with pytest.raises(Refused, match="not_drawn"):
        await quality.score(drawn.id, other, BEST, "")
    with pytest.raises(Refused, match="not_scored"):
        await quality.appeal(drawn.id, boss, "不是我的")
    with pytest.raises(Refused, match="no_reason"):
        await quality.appeal(drawn.id, seat, "  ")
    await quality.appeal(drawn.id, seat, "后来补讲了")
    with pytest.raises(Refused, match="not_appealed"):
        await quality.decide(drawn.id, boss, None, "维持")
    with pytest.raises(Refused, match="not_appealed"):
        await quality.decide(drawn.id, seat, BEST, "改")
    await quality.decide(drawn.id, other, BEST, "确实讲了")
    settled = await quality.one(drawn.id, seat)
    assert settled is not None
    assert (settled.state, settled.score, settled.answer) == ("changed", 100, "确实讲了")
    with pytest.raises(Refused):
        await quality.appeal(drawn.id, seat, "再来")


async def test_a_foreign_region_is_not_seen(service: Service) -> None:
    seat, boss = await service.seat(), await service.seat("郑主管")
    quality = reviews(service)
    await consult(service, seat)
    await quality.judge_ended()
    assert await quality.listed(replace(boss, regions=("44",)), "person", None)  # the region is unknown
    await service.database.write(lambda connection: connection.execute(update(matters).values(region="110101")))
    assert await quality.listed(replace(boss, regions=("44",)), "person", None) == []
    assert await quality.listed(replace(boss, regions=("44", "11")), "person", None)


async def test_few_reviews_make_no_average(service: Service) -> None:
    seat = await service.seat()
    quality = reviews(service)
    await consult(service, seat)
    await quality.judge_ended()
    (average,) = await quality.averages(seat)
    assert (average.reviews, average.score) == (1, None)
