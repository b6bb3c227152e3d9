"""Conversations: stored first, answered once, in order, whatever fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation import TurnLost, UnknownConversation
from bot.dialogue.engine import EngineUnavailable, Reply, Turn, TurnFailed
from bot.message import BadMessage
from bot.store.schema import claims, conversations, matters, messages, outbox
from tests.fakes.scripted_engine import FakeEngine
from tests.fakes.service import Service, inbound, running


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with running(tmp_path) as started:
        yield started


async def test_a_message_is_answered_and_opens_a_matter(service: Service) -> None:
    conversation = await service.opened()
    outcome = await service.conversations.handle(inbound(conversation, "a", "老板拖欠工资"))
    assert [part.kind for part in outcome.replies[0].parts] == ["text", "choices"]
    assert (outcome.message.seq, outcome.replies[0].seq) == (2, 3)
    assert outcome.matter == "20261123-0001"
    assert service.engine.turns[0].matter == outcome.matter
    matter = await service.conversations.matter(outcome.matter)
    assert matter is not None
    assert (matter.topic, matter.area) == ("unpaid_wages", "labour")


async def test_what_would_be_said_is_what_is_said_then_and_nothing_is_kept_of_it(service: Service) -> None:
    conversation = await service.opened()
    for name, text in (("a", "老板拖欠工资"), ("b", "单位员工")):
        before = await service.count(messages)
        foreseen = await service.conversations.foresee(conversation, name, text)
        assert await service.count(messages) == before
        outcome = await service.conversations.handle(inbound(conversation, name, text))
        assert foreseen == outcome.replies[0].parts
    assert await service.conversations.foresee(conversation, "c", "转人工") == (), "people decide that"
    await service.conversations.handle(inbound(conversation, "c", "转人工"))
    assert await service.conversations.foresee(conversation, "d", "老板拖欠工资") == (), "the bot does not answer now"
    assert await service.conversations.foresee("nobody", "e", "你好") == ()


async def test_the_state_of_one_turn_reaches_the_next(service: Service) -> None:
    conversation = await service.opened()
    for number in range(3):
        await service.conversations.handle(inbound(conversation, f"m{number}", "你好"))
    assert [turn.state.get("count", 0) for turn in service.engine.turns] == [0, 1, 2]


async def test_the_same_id_again_returns_the_same_reply_and_asks_no_engine(service: Service) -> None:
    conversation = await service.opened()
    first = await service.conversations.handle(inbound(conversation, "a", "你好"))
    again = await service.conversations.handle(inbound(conversation, "a", "你好"))
    assert again.repeated
    assert again.replies == first.replies
    assert len(service.engine.turns) == 1


async def test_a_hundred_duplicates_at_once_make_one_turn(service: Service) -> None:
    conversation = await service.opened()
    same = [service.conversations.handle(inbound(conversation, "a", "你好")) for _ in range(100)]
    outcomes = await asyncio.gather(*same)
    assert len(service.engine.turns) == 1
    assert {outcome.replies[0].message_id for outcome in outcomes} == {outcomes[0].replies[0].message_id}
    assert sum(not outcome.repeated for outcome in outcomes) >= 1
    assert await service.count(messages, messages.c.conversation_id == conversation) == 3


async def test_the_same_id_in_another_conversation_is_another_message(service: Service) -> None:
    mine, theirs = await service.opened(), await service.opened()
    first = await service.conversations.handle(inbound(mine, "a", "我的事"))
    second = await service.conversations.handle(inbound(theirs, "a", "别人的事"))
    assert not second.repeated
    assert first.replies[0].parts != second.replies[0].parts


async def test_an_id_used_for_other_words_is_refused(service: Service) -> None:
    conversation = await service.opened()
    await service.conversations.handle(inbound(conversation, "a", "你好"))
    with pytest.raises(BadMessage, match="message_id_reused"):
        await service.conversations.handle(inbound(conversation, "a", "再见"))
    after = await service.conversations.handle(inbound(conversation, "b", "再见"))
    assert after.message.seq == 4, "a refused message leaves no gap in the sequence"


async def test_messages_close_together_are_answered_one_by_one_in_order(service: Service) -> None:
    conversation = await service.opened()
    service.engine.gate = asyncio.Event()
    waiting = [await service.conversations.submit(inbound(conversation, f"m{n}", f"第{n}句")) for n in range(5)]
    assert [message.seq for message, _ in waiting] == [2, 3, 4, 5, 6]
    await service.engine.asked.wait()
    assert len(service.engine.turns) == 1, "one turn at a time"
    service.engine.gate.set()
    outcomes = await asyncio.gather(*(answered for _, answered in waiting))
    assert [turn.text for turn in service.engine.turns] == [f"第{n}句" for n in range(5)]
    assert [outcome.replies[0].seq for outcome in outcomes] == [7, 8, 9, 10, 11]


async def test_the_inbound_message_is_stored_before_the_engine_is_asked(service: Service) -> None:
    conversation = await service.opened()
    service.engine.gate = asyncio.Event()
    _, answered = await service.conversations.submit(inbound(conversation, "a", "你好"))
    assert await service.count(messages, messages.c.pending) == 1
    service.engine.gate.set()
    await answered
    assert await service.count(messages, messages.c.pending) == 0


async def test_what_a_crash_left_unanswered_is_answered_after_the_restart(tmp_path: Path) -> None:
    async with running(tmp_path) as crashing:
        conversation = await crashing.opened()
        crashing.engine.gate = asyncio.Event()
        await crashing.conversations.submit(inbound(conversation, "a", "第一句"))
        await crashing.conversations.submit(inbound(conversation, "b", "第二句"))
    async with running(tmp_path) as restarted:
        await restarted.conversations.idle()
        assert [turn.text for turn in restarted.engine.turns] == ["第一句", "第二句"]
        said = await restarted.conversations.after(conversation, 0)
        assert [message.sender for message in said] == ["bot", "citizen", "citizen", "bot", "bot"]
        again = await restarted.conversations.handle(inbound(conversation, "a", "第一句"))
        assert again.repeated
        assert again.replies == (said[3],)
        assert len(restarted.engine.turns) == 2


async def test_an_answer_that_cannot_be_stored_is_retried_with_the_next_message(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = await service.opened()
    records = service.conversations._records
    finish = records.finish

    async def full(*_args: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(records, "finish", full)
    with pytest.raises(TurnLost):
        await service.conversations.handle(inbound(conversation, "a", "第一句"))
    monkeypatch.setattr(records, "finish", finish)
    outcome = await service.conversations.handle(inbound(conversation, "b", "第二句"))
    assert outcome.replies
    again = await service.conversations.handle(inbound(conversation, "a", "第一句"))
    assert again.replies, "the first message was answered too"


@pytest.mark.parametrize("how", ["unavailable", "defect", "silent", "slow"])
async def test_an_engine_that_fails_hands_the_citizen_to_a_person_and_says_so(
    service: Service, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = await service.opened()

    async def silent(_turn: Turn) -> Reply:
        return Reply((), {})

    match how:
        case "defect":
            service.engine.failing = RuntimeError("defect")
        case "silent":
            monkeypatch.setattr(service.engine, "respond", silent)
        case "slow":
            service.engine.gate = asyncio.Event()
            monkeypatch.setattr(service.conversations._answering._patience, "turn_timeout", 0.01)
    outcome = await service.conversations.handle(inbound(conversation, "a", "崩溃" if how == "unavailable" else "你好"))
    assert outcome.state == "waiting"
    assert "值班人员" in outcome.replies[0].text
    assert "12348" in outcome.replies[0].text
    assert await service.count(claims, claims.c.kind == "failure") == 1


async def test_who_writes_on_while_a_person_comes_is_told_that_it_is_kept_and_not_at_every_line(
    service: Service,
) -> None:
    conversation, seat = await service.opened(), await service.seat()
    await service.on_duty(seat)
    handed = await service.conversations.handle(inbound(conversation, "a", "转人工"))
    assert handed.state == "waiting"
    later = await service.conversations.handle(inbound(conversation, "b", "还在吗"))
    assert "不用重发" in later.replies[0].text
    assert "第一位" in later.replies[0].text
    assert later.state == "waiting"
    assert (await service.conversations.handle(inbound(conversation, "c", "我还有收据"))).replies == ()
    assert "第一位" in (await service.conversations.handle(inbound(conversation, "c2", "还要等多久"))).replies[0].text
    service.clock.advance(60)
    await service.on_duty(seat)
    service.clock.advance(61)
    assert (await service.conversations.handle(inbound(conversation, "d", "收据是三月的"))).replies
    assert len(service.engine.turns) == 1, "the bot asks nothing while a person comes"


async def test_danger_told_while_a_person_comes_is_answered_and_moves_up(service: Service) -> None:
    conversation = await service.opened()
    await service.on_duty(await service.seat())
    await service.conversations.handle(inbound(conversation, "a", "转人工"))
    told = await service.conversations.handle(inbound(conversation, "b", "他现在拿刀要杀我，有危险"))
    assert "110" in told.replies[0].text
    assert told.state == "waiting"
    [case] = await service.desk.cases("waiting", await service.seat("主管", "supervisor"))
    assert (case.priority, case.reason) == (0, "来访人可能有人身危险")
    assert await service.count(claims) == 1


async def test_messages_behind_a_handoff_are_not_answered_by_the_bot(service: Service) -> None:
    conversation = await service.opened()
    await service.on_duty(await service.seat())
    service.engine.gate = asyncio.Event()
    _, first = await service.conversations.submit(inbound(conversation, "a", "转人工"))
    _, second = await service.conversations.submit(inbound(conversation, "b", "快点"))
    service.engine.gate.set()
    assert (await first).replies
    [noted] = (await second).replies
    assert "不用重发" in noted.text
    assert [turn.text for turn in service.engine.turns] == ["转人工"]


async def test_while_nobody_is_on_duty_the_bot_goes_on_and_the_place_in_the_queue_stays(service: Service) -> None:
    conversation = await service.opened()
    handed = await service.conversations.handle(inbound(conversation, "a", "转人工"))
    assert [turn.staffed for turn in service.engine.turns] == [True, False]
    assert "接着回答" in handed.replies[0].text
    supervisor = await service.seat("主管", "supervisor")
    [case] = await service.desk.cases("waiting", supervisor)
    service.clock.advance(60)
    later = await service.conversations.handle(inbound(conversation, "b", "还在吗"))
    assert later.replies
    assert later.state == "waiting"
    [still] = await service.desk.cases("waiting", supervisor)
    assert still.asked == case.asked
    assert await service.count(claims) == 1


async def test_who_waits_moves_up_when_danger_is_told_and_is_queued_once(service: Service) -> None:
    conversation = await service.opened()
    await service.conversations.handle(inbound(conversation, "a", "转人工"))
    told = await service.conversations.handle(inbound(conversation, "b", "我有危险"))
    assert "110" in told.replies[0].text
    assert told.state == "waiting"
    [case] = await service.desk.cases("waiting", await service.seat("主管", "supervisor"))
    assert (case.priority, case.reason) == (0, "来访人可能有人身危险")
    assert await service.count(claims) == 1


async def test_once_somebody_comes_or_has_come_the_bot_is_silent_again(service: Service) -> None:
    conversation, seat = await service.opened(), await service.seat()
    await service.conversations.handle(inbound(conversation, "a", "转人工"))
    await service.on_duty(seat)
    [noted] = (await service.conversations.handle(inbound(conversation, "b", "在吗"))).replies
    assert "不用重发" in noted.text
    await service.desk.claim(conversation, seat)
    service.clock.advance(3600)
    assert not (await service.conversations.handle(inbound(conversation, "c", "在吗"))).replies


async def test_where_neither_engine_nor_person_answers_lines_are_acknowledged_but_not_each_of_them(
    service: Service,
) -> None:
    conversation = await service.opened()
    service.engine.failing = EngineUnavailable("stopped")
    first = await service.conversations.handle(inbound(conversation, "a", "老板欠我钱"))
    said = "".join(one.text for one in first.replies)
    assert "没有值班人员在线" in said
    assert "我接着回答您" not in said, "the bot cannot"
    later = await service.conversations.handle(inbound(conversation, "b", "三个月了"))
    assert "已经存好" in later.replies[0].text
    assert later.state == "waiting"
    assert not (await service.conversations.handle(inbound(conversation, "c", "一共两万"))).replies
    assert (await service.conversations.handle(inbound(conversation, "d", "有人吗"))).replies
    service.clock.advance(121)
    assert (await service.conversations.handle(inbound(conversation, "e", "我等着"))).replies


async def test_danger_is_answered_without_the_engine(service: Service) -> None:
    service.engine.failing = EngineUnavailable("stopped")
    conversation = await service.opened()
    first = await service.conversations.handle(inbound(conversation, "a", "我老公又打我了，拿着刀"))
    assert "12110" in first.replies[0].text
    assert "请别等我们" in "".join(one.text for one in first.replies)
    again = await service.conversations.handle(inbound(conversation, "b", "我不想活了"))
    assert "12356" in again.replies[0].text
    assert "12356" in (await service.conversations.handle(inbound(conversation, "c", "真的不想活了"))).replies[0].text


async def test_an_opinion_is_kept_on_the_matter(service: Service) -> None:
    conversation = await service.opened()
    outcome = await service.conversations.handle(inbound(conversation, "a", "请给意见"))
    matter = await service.conversations.matter(outcome.matter)
    assert matter is not None
    assert matter.opinion is not None
    assert matter.opinion["matter"] == outcome.matter


async def test_matters_are_numbered_without_gap_or_repeat(service: Service) -> None:
    opened = await asyncio.gather(*(service.opened("api") for _ in range(20)))
    outcomes = await asyncio.gather(*(service.conversations.handle(inbound(one, "a", "你好", "api")) for one in opened))
    assert sorted(outcome.matter for outcome in outcomes) == [f"20261123-{n:04d}" for n in range(1, 21)]


async def test_reply_state_matter_and_letters_are_stored_together_or_not_at_all(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = await service.opened()
    before = await service.count(outbox)

    def broken(*_args: object) -> None:
        raise OSError("crash before the end of the transaction")

    monkeypatch.setattr("bot.store.acting.queue", broken)
    with pytest.raises(TurnLost):
        await service.conversations.handle(inbound(conversation, "a", "转人工"))
    assert await service.count(outbox) == before
    assert await service.count(conversations, conversations.c.state != "bot") == 0
    assert await service.count(matters, matters.c.state != "bot") == 0
    assert await service.count(messages, messages.c.pending) == 1


@pytest.mark.parametrize("text", ["", "   \n", "\x00\x07"])
async def test_nothing_is_refused_kindly(service: Service, text: str) -> None:
    conversation = await service.opened()
    with pytest.raises(BadMessage) as refused:
        await service.conversations.handle(inbound(conversation, "a", text))
    assert refused.value.code == "empty_text"
    assert "空" in refused.value.text


async def test_twenty_thousand_characters_are_refused_with_the_limit(service: Service) -> None:
    conversation = await service.opened()
    with pytest.raises(BadMessage) as refused:
        await service.conversations.handle(inbound(conversation, "a", "长" * 20_000))
    assert refused.value.code == "text_too_long"
    assert "4000" in refused.value.text
    assert await service.count(messages, messages.c.conversation_id == conversation) == 1


@pytest.mark.parametrize(
    "text",
    [
        "😀😀😀",
        "my boss did not pay me",
        "老闆欠我薪水",
        "１２３４５元",
        "<script>alert(1)</script>",
        "'; DROP TABLE messages;--",
    ],
)
async def test_odd_input_is_kept_as_it_is_and_answered(service: Service, text: str) -> None:
    conversation = await service.opened()
    outcome = await service.conversations.handle(inbound(conversation, "a", text))
    assert outcome.message.text == text
    assert outcome.replies


async def test_broken_characters_cannot_break_the_store(service: Service) -> None:
    conversation = await service.opened()
    outcome = await service.conversations.handle(inbound(conversation, "a", "工资\ud800没发\x00"))
    assert outcome.message.text == "工资\ufffd没发"


@pytest.mark.parametrize("message_id", ["", "a b", "x" * 65, "号", "a/b"])
async def test_unusable_message_ids_are_refused(service: Service, message_id: str) -> None:
    conversation = await service.opened()
    with pytest.raises(BadMessage, match="bad_message_id"):
        await service.conversations.handle(inbound(conversation, message_id, "你好"))


async def test_an_unknown_conversation_is_an_error(service: Service) -> None:
    with pytest.raises(UnknownConversation):
        await service.conversations.handle(inbound("0" * 32, "a", "你好"))


async def test_tokens_open_their_own_conversation_only(service: Service) -> None:
    mine, theirs = await service.conversations.create("web"), await service.conversations.create("web")
    assert (await service.conversations.by_token(mine.token)) is not None
    assert service.conversations.owns(mine.token, mine.conversation)
    assert not service.conversations.owns(theirs.token, mine.conversation)
    assert await service.conversations.by_token("wrong") is None
    stored = await service.count(conversations, conversations.c.token_hash == mine.token)
    assert stored == 0, "the token itself is not in the store"


async def test_the_log_holds_no_words_of_the_citizen(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    service.engine.failing = ValueError("张三说他的密码是 12345")
    conversation = await service.opened()
    await service.conversations.handle(inbound(conversation, "a", "我叫张三，电话 13800000000"))
    assert "ValueError" in caplog.text
    assert "张三" not in caplog.text
    assert "13800000000" not in caplog.text


async def test_a_caller_who_hangs_up_is_answered_all_the_same(service: Service) -> None:
    conversation = await service.opened()
    service.engine.gate = asyncio.Event()
    calling = asyncio.create_task(service.conversations.handle(inbound(conversation, "a", "你好")))
    await service.engine.asked.wait()
    calling.cancel()
    await asyncio.gather(calling, return_exceptions=True)
    service.engine.gate.set()
    await service.conversations.idle()
    assert [m.sender for m in await service.conversations.after(conversation, 0)] == ["bot", "citizen", "bot"]


async def test_the_engine_counts_every_turn_once(service: Service) -> None:
    engine: FakeEngine = service.engine
    opened = await asyncio.gather(*(service.opened("api") for _ in range(5)))
    await asyncio.gather(
        *(service.conversations.handle(inbound(c, f"m{n}", f"{n}", "api")) for c in opened for n in range(4))
    )
    assert len(engine.turns) == 20
    assert len({(turn.conversation, turn.message_id) for turn in engine.turns}) == 20


async def test_an_engine_that_is_away_for_a_minute_is_waited_for(service: Service) -> None:
    service.conversations._answering._patience.patience = 75.0
    conversation = await service.opened()
    service.engine.failing = EngineUnavailable("stopped")
    _, answered = await service.conversations.submit(inbound(conversation, "a", "老板欠我钱"))

    async def second() -> None:
        await asyncio.wait({answered}, timeout=0.01)
        service.clock.advance(1)

    while not (told := [one for one in await service.conversations.after(conversation, 0) if one.sender == "system"]):
        assert service.clock.monotonic() < 2
        await asyncio.wait({answered}, timeout=0.01)
    assert "一有结果就在这里回答您" in told[0].text
    while service.clock.monotonic() < 60:
        await second()
    assert not answered.done()
    service.engine.failing = None
    while not answered.done():
        assert service.clock.monotonic() < 75
        await second()
    outcome = await answered
    assert (outcome.state, outcome.replies[0].text) == ("bot", "（第 1 句）您说：老板欠我钱")
    said = [one.sender for one in await service.conversations.after(conversation, 0)]
    assert said == ["bot", "citizen", "system", "bot"], "told once, answered once"


async def test_an_engine_that_hangs_is_told_of_too(service: Service) -> None:
    conversation = await service.opened()
    service.engine.gate = asyncio.Event()
    _, answered = await service.conversations.submit(inbound(conversation, "a", "老板欠我钱"))
    await service.engine.asked.wait()
    while not [one for one in await service.conversations.after(conversation, 0) if one.sender == "system"]:
        assert service.clock.monotonic() < 2
        service.clock.advance(0.1)
        await asyncio.wait({answered}, timeout=0.05)
    service.engine.gate.set()
    assert (await answered).state == "bot"


@pytest.mark.parametrize("how", ["danger", "defect"])
async def test_one_in_danger_or_a_turn_that_fails_does_not_wait_for_the_engine(service: Service, how: str) -> None:
    service.conversations._answering._patience.patience = 75.0
    conversation = await service.opened()
    service.engine.failing = TurnFailed("x") if how == "defect" else EngineUnavailable("stopped")
    text = "我老公正在打我，救命" if how == "danger" else "你好"
    outcome = await service.conversations.handle(inbound(conversation, "a", text))
    assert outcome.state == "waiting"
    assert "110" in outcome.replies[0].text


async def test_after_all_patience_a_person_is_called(service: Service) -> None:
    service.conversations._answering._patience.patience = 75.0
    conversation = await service.opened()
    service.engine.failing = EngineUnavailable("stopped")
    _, answered = await service.conversations.submit(inbound(conversation, "a", "老板欠我钱"))
    while not answered.done():
        service.clock.advance(1)
        await asyncio.wait({answered}, timeout=0.01)
    assert service.clock.monotonic() >= 75
    assert (await answered).state == "waiting"
