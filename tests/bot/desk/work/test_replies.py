"""Replies: held back by warnings, sent once, with their articles."""

from __future__ import annotations

import asyncio

import pytest

from bot.desk.refused import Refused
from bot.desk.work.replies import Cautioned, Draft
from bot.message import BadMessage
from tests.bot.desk.work.conftest import Desk

PROMISE = "您一定能赢"


async def test_a_plain_reply_goes_out_with_the_articles_it_cites(desk: Desk) -> None:
    seat = await desk.seat("周律师")
    conversation = await desk.held(seat)
    message = await desk.work.replies.send(conversation, seat, Draft("m1", "按《劳动法》第五十条，工资按月支付。"))
    [article] = message.parts[0].data["articles"]
    assert (article["law"], article["number"], article["version"]) == ("中华人民共和国劳动法", "第五十条", "2018-12-29")
    assert [event.kind for event in desk.service.events] == ["message"]


async def test_a_warning_holds_it_back_until_it_is_overridden_with_a_reason(desk: Desk) -> None:
    seat = await desk.seat("周律师")
    conversation = await desk.held(seat)
    before = await desk.texts(conversation)
    with pytest.raises(Cautioned) as held:
        await desk.work.replies.send(conversation, seat, Draft("m1", PROMISE))
    assert await desk.texts(conversation) == before
    seen = frozenset(one.key for one in held.value.cautions)
    with pytest.raises(Cautioned):
        await desk.work.replies.send(conversation, seat, Draft("m1", PROMISE, "判决已经生效"))
    with pytest.raises(BadMessage, match="reason_needed"):
        await desk.work.replies.send(conversation, seat, Draft("m1", PROMISE, " ", seen))
    with pytest.raises(Cautioned):  # another warning than those that were seen
        await desk.work.replies.send(conversation, seat, Draft("m1", f"{PROMISE}，见{{期限}}", "理由", seen))
    await desk.work.replies.send(conversation, seat, Draft("m1", PROMISE, "判决已经生效", seen))
    assert await desk.texts(conversation) == [*before, PROMISE]
    [note] = await desk.work.notes.of(conversation, seat)
    assert note.kind == "override"
    assert "判决已经生效" in note.text
    assert (await desk.trail(conversation))[-2:] == ["replied", "overrode"]


async def test_an_insult_is_never_sent(desk: Desk) -> None:
    seat = await desk.seat("周律师")
    conversation = await desk.held(seat)
    with pytest.raises(Cautioned) as held:
        await desk.work.replies.send(conversation, seat, Draft("m1", "您真是法盲"))
    seen = frozenset(one.key for one in held.value.cautions)
    with pytest.raises(Cautioned):
        await desk.work.replies.send(conversation, seat, Draft("m1", "您真是法盲", "就要发", seen))


async def test_what_the_citizen_said_is_no_breach(desk: Desk) -> None:
    seat = await desk.seat("周律师")
    conversation = await desk.held(seat)
    await desk.citizen(conversation, "b", "我的手机是13800138000")
    await desk.work.replies.send(conversation, seat, Draft("m1", "我打您的13800138000"))
    with pytest.raises(Cautioned):
        await desk.work.replies.send(conversation, seat, Draft("m2", "我打他的13900139000"))


async def test_sent_again_or_twice_at_once_it_is_one_message(desk: Desk) -> None:
    seat = await desk.seat("周律师")
    conversation = await desk.held(seat)
    count = len(await desk.texts(conversation))
    same = [desk.work.replies.send(conversation, seat, Draft("m1", "您好")) for _ in range(5)]
    assert len({message.seq for message in await asyncio.gather(*same)}) == 1
    with pytest.raises(Cautioned) as held:
        await desk.work.replies.send(conversation, seat, Draft("m2", PROMISE))
    seen = frozenset(one.key for one in held.value.cautions)
    for _ in range(3):
        await desk.work.replies.send(conversation, seat, Draft("m2", PROMISE, "理由", seen))
    # A retry that lost its reason on the way: the message is there, nothing is asked again.
    await desk.work.replies.send(conversation, seat, Draft("m2", PROMISE))
    assert len(await desk.texts(conversation)) == count + 2
    assert len(await desk.work.notes.of(conversation, seat)) == 1
    with pytest.raises(BadMessage, match="message_id_reused"):
        await desk.work.replies.send(conversation, seat, Draft("m1", "别的话"))


async def test_only_the_holder_may_reply(desk: Desk) -> None:
    seat, other = await desk.seat("周律师"), await desk.seat("吴律师")
    conversation = await desk.held(seat)
    with pytest.raises(Refused, match="claimed_by_other"):
        await desk.work.replies.send(conversation, other, Draft("m1", "您好"))
