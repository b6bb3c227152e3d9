"""Calls from the page that go on in its chat: one matter for the desk, one case, and the chat tells the rest."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.message import Inbound
from bot.store.call_schema import calls
from bot.store.desk_schema import callbacks, matter_links
from bot.store.schema import claims, conversations, matters
from tests.fakes.hotline import Hotline, hotline
from tests.fakes.lines import Pipe
from tests.fakes.talking import LOUD, QUIET
from voice.telephony.browser.answering import BrowserAnswering
from voice.telephony.metronome import Metronome

GREETING = "您遇到什么事了"


class Visitor:
    """Somebody on the page, who writes and calls."""

    def __init__(self, line: Hotline, chat: str) -> None:
        self.line, self.chat, self.pipe = line, chat, Pipe()
        self._call: asyncio.Task[None] | None = None
        self._written, self._sounds = 0, list[bytes]()

    async def writes(self, text: str) -> None:
        """In the chat; returns when it is answered."""
        self._written += 1
        inbound = Inbound("web", self.chat, f"w{self._written}", text)
        _, answered = await self.line.parts.inbox.accept(inbound, None)
        await answered

    async def calls(self) -> None:
        """By the microphone, and hears the greeting."""
        clock = self.line.clock
        answering = BrowserAnswering(self.line.switchboard, Metronome(clock), clock)
        self._call = asyncio.create_task(answering.answer(self.pipe, self.chat))
        self.line.microphones.append(self._hears)
        await self.hears(GREETING)

    async def hears(self, part: str, after: int = 0) -> None:
        """Until that has been said to its end."""
        voice = self.line.voice
        await self.line.until(lambda: any(part in one for one in voice.said[after:]))
        await self.line.until(lambda: not voice.speaking)
        await self.line.beat(5)

    async def says(self, words: str) -> None:
        """Something that is understood so."""
        self.line.ears[0].words.append(words)
        self._sounds += [LOUD * 2] * 10
        await self.line.beat(18)

    def _hears(self) -> None:
        """The microphone, at every beat."""
        assert self._call is not None
        if not self._call.done():
            self.pipe.to_us.put_nowait(self._sounds.pop(0) if self._sounds else QUIET * 2)

    async def presses(self, key: str) -> None:
        """A key."""
        self.pipe.to_us.put_nowait(json.dumps({"type": "key", "key": key}))
        await self.line.beat(4)

    async def goes_on_in_the_chat(self, connected: bool = True) -> None:
        """As the page does when it is told."""
        await self.line.until(lambda: {"type": "transfer"} in self.pipe.told())
        self.pipe.to_us.put_nowait(json.dumps({"type": "transferred", "taken": connected}))
        await self.is_over()

    async def is_over(self) -> None:
        """Until nothing of the call is left."""
        assert self._call is not None
        await self.line.until(self._call.done, seconds=0.2)
        await self._call
        assert self.line.switchboard.calls == 0

    async def read(self) -> list[str]:
        """The chat."""
        told = await self.line.parts.conversations.after(self.chat, 0)
        return [f"{one.sender}: {one.text}" for one in told]

    async def talk(self) -> Any:
        """The chat's row."""
        return next(row for row in await self.line.rows(conversations) if row.id == self.chat)


@pytest_asyncio.fixture
async def line(tmp_path: Path) -> AsyncIterator[Hotline]:
    async with hotline(tmp_path) as made:
        made.ears[0].sample_rate = 16000
        yield made


@pytest_asyncio.fixture
async def visitor(line: Hotline) -> Visitor:
    return Visitor(line, (await line.parts.conversations.create("web")).conversation.id)


async def _matters(line: Hotline) -> list[Any]:
    """Those that were not merged into another, of which each talk has one."""
    live = [row for row in await line.rows(matters) if row.status != "merged"]
    assert {talk.matter for talk in await line.rows(conversations)} - {None} <= {row.number for row in live}
    return live


async def test_the_seat_has_one_case_with_all_that_was_said(line: Hotline, visitor: Visitor) -> None:
    seat = await line.seat(extension="")
    await visitor.calls()
    await visitor.says("老板不发工资")
    await visitor.hears("还是临时给个人帮工")
    await visitor.says("一个月五千块钱")
    await visitor.hears("五千块钱，对吗")
    await visitor.says("我要人工")
    await visitor.hears("到这个网页的对话里来帮您")
    await visitor.goes_on_in_the_chat()
    summary, place = (await visitor.read())[-2:]
    assert summary.startswith("system: 刚才语音通话里说过的")
    assert "说：老板不发工资\n问：拖欠工资可以依法要回来。" in summary
    assert "说：一个月五千块钱（没有核对过）\n说：我要人工" in summary
    assert place.startswith("bot: 您排在第一位。")
    (call,) = await line.rows(calls)
    assert call.outcome == "transferred"
    by_voice = next(row for row in await line.rows(conversations) if row.id == call.conversation_id)
    assert by_voice.state == "closed"
    (matter,) = await _matters(line)
    assert (matter.topic, matter.status, matter.state) == ("unpaid_wages", "open", "waiting")
    assert matter.conversation_id == visitor.chat
    desk, headers = await line.signed_in(seat)
    listed = await (await desk.http.get("/desk/api/conversations")).json()
    assert [one["id"] for one in listed["conversations"]] == [visitor.chat]
    path = f"/desk/api/conversations/{visitor.chat}"
    assert (await desk.http.post(f"{path}/claim", headers=headers)).status == 200
    told = await (await desk.http.get(f"{path}/call")).json()
    (recording,) = told["recordings"]
    heard = await desk.http.get(f"{path}/recordings/{recording['name']}")
    assert (await heard.read()).startswith(b"RIFF")
    said = {"message_id": "s1", "text": "您好，工资条还在吗？"}
    assert (await desk.http.post(f"{path}/messages", json=said, headers=headers)).status == 200
    assert (await visitor.read())[-1] == "staff: 您好，工资条还在吗？"
    assert (await desk.http.post(f"{path}/handback", headers=headers)).status == 200
    await visitor.writes("单位员工")
    assert "第 2 句" in (await visitor.read())[-1], "the bot goes on where the call was"


async def test_nobody_on_duty_is_told_by_voice_and_the_chat_offers_a_call(line: Hotline, visitor: Visitor) -> None:
    line.clock.advance(10 * 3600)  # eight in the evening
    await visitor.calls()
    await visitor.presses("0")
    await visitor.hears("现在没有工作人员在")
    await visitor.goes_on_in_the_chat()
    summary, offer = (await visitor.read())[-2:]
    assert "还没有说到情况" in summary
    assert "您可以留个电话" in offer
    await visitor.writes("13800138000")
    (owed,) = await line.rows(callbacks)
    (matter,) = await _matters(line)
    assert (owed.contact, owed.matter) == ("13800138000", matter.number)


async def test_a_chat_about_the_same_keeps_its_matter(line: Hotline, visitor: Visitor) -> None:
    await line.seat(extension="")
    await visitor.writes("老板不发工资")
    number = (await visitor.talk()).matter
    await visitor.calls()
    await visitor.says("老板不发工资")
    await visitor.hears("还是临时给个人帮工")
    await visitor.presses("0")
    await visitor.goes_on_in_the_chat()
    (matter,) = await _matters(line)
    assert matter.number == number
    assert {row.matter for row in await line.rows(conversations)} == {number}, "the call too"


async def test_a_chat_that_was_about_nothing_takes_the_calls_matter(line: Hotline, visitor: Visitor) -> None:
    await line.seat(extension="")
    await visitor.writes("你好")
    await visitor.calls()
    await visitor.says("老板不发工资")
    await visitor.hears("还是临时给个人帮工")
    await visitor.presses("0")
    await visitor.goes_on_in_the_chat()
    (matter,) = await _matters(line)
    assert (matter.topic, matter.conversation_id) == ("unpaid_wages", visitor.chat)


async def test_a_chat_about_something_else_is_linked(line: Hotline, visitor: Visitor) -> None:
    await line.seat(extension="")
    await visitor.writes("老板不发工资")
    other = (await visitor.talk()).matter
    change = matters.update().where(matters.c.number == other).values(topic="divorce")
    await line.database.write(lambda connection: connection.execute(change) and None)
    await visitor.calls()
    await visitor.says("老板不发工资")
    await visitor.hears("还是临时给个人帮工")
    await visitor.presses("0")
    await visitor.goes_on_in_the_chat()
    (link,) = await line.rows(matter_links)
    assert (link.matter, link.other, link.kind) == ((await visitor.talk()).matter, other, "related")
    waiting = [row for row in await _matters(line) if row.status == "open"]
    assert [row.topic for row in waiting] == ["unpaid_wages"], "one is the desk's"


async def test_a_seat_that_is_in_the_chat_already_is_told(line: Hotline, visitor: Visitor) -> None:
    seat = await line.seat(extension="")
    await visitor.writes("人工")
    await line.parts.desk.claim(visitor.chat, seat)
    await visitor.calls()
    await visitor.says("老板不发工资")
    await visitor.hears("还是临时给个人帮工")
    await visitor.presses("0")
    await visitor.goes_on_in_the_chat()
    assert (await visitor.read())[-1].startswith("system: 刚才语音通话里说过的")
    talk = await visitor.talk()
    assert (talk.state, talk.claimed_by) == ("human", seat.id)
    (matter,) = await _matters(line)
    assert (matter.owner_id, matter.topic) == (seat.id, "unpaid_wages")


async def test_danger_comes_first_in_the_chat_and_who_hangs_up_has_it(line: Hotline, visitor: Visitor) -> None:
    await line.seat(extension="")
    await visitor.calls()
    await visitor.says("他拿着刀要砍我")
    await visitor.hears("马上打110")
    visitor.pipe.to_us.put_nowait(json.dumps({"type": "end"}))
    await visitor.is_over()
    assert (await visitor.talk()).priority == 0
    (claim,) = await line.rows(claims)
    assert claim.kind == "danger"
    assert "他拿着刀要砍我" in (await visitor.read())[-2]
    (call,) = await line.rows(calls)
    assert call.outcome == "transferred"


async def test_what_the_bot_gives_to_a_person_comes_with_its_reason(line: Hotline, visitor: Visitor) -> None:
    await line.seat(extension="")
    await visitor.calls()
    await visitor.says("这样很危险")
    await visitor.hears("到这个网页的对话里来帮您")
    await visitor.goes_on_in_the_chat()
    waiting = [row for row in await line.rows(claims) if row.ended_at is None]
    assert [(row.conversation_id, row.kind, row.reason) for row in waiting] == [
        (visitor.chat, "danger", "来访人可能有人身危险")
    ]
    await _matters(line)


async def test_a_page_that_lost_its_chat_finds_it_after_reloading(line: Hotline, visitor: Visitor) -> None:
    await line.seat(extension="")
    await visitor.calls()
    await visitor.presses("0")
    await visitor.hears("到这个网页的对话里来帮您")
    await line.until(lambda: {"type": "transfer"} in visitor.pipe.told())
    visitor.pipe.to_us.put_nowait(json.dumps({"type": "transferred", "taken": False}))
    await visitor.hears("请刷新一下网页")
    await visitor.is_over()
    assert (await visitor.talk()).state == "waiting"


async def test_a_chat_that_has_ended_is_said(line: Hotline, visitor: Visitor) -> None:
    seat = await line.seat(extension="")
    await visitor.writes("人工")
    await line.parts.desk.claim(visitor.chat, seat)
    await line.parts.desk.close(visitor.chat, seat, "answered", "谈完了。")
    await visitor.calls()
    await visitor.presses("0")
    await visitor.hears("没有转成")
    await visitor.is_over()
    assert (await visitor.talk()).state == "closed"
    (call,) = await line.rows(calls)
    assert call.outcome == "hung_up"


@pytest.mark.parametrize("moment", [0, 3, 60, 150, 200, 203, 206, 215, 240, 300, 320, 345, 380])
async def test_leaving_the_page_at_any_moment_leaves_one_matter(line: Hotline, visitor: Visitor, moment: int) -> None:
    await line.seat(extension="")
    clock = line.clock
    answering = BrowserAnswering(line.switchboard, Metronome(clock), clock)
    call = asyncio.create_task(answering.answer(visitor.pipe, visitor.chat))
    for beat in range(moment):
        if beat == 200:
            visitor.pipe.to_us.put_nowait(json.dumps({"type": "key", "key": "0"}))
        if {"type": "transfer"} in visitor.pipe.told() and beat % 2:
            visitor.pipe.to_us.put_nowait(json.dumps({"type": "transferred", "taken": True}))
        visitor.pipe.to_us.put_nowait(bytes(640))
        await line.beat()
    visitor.pipe.to_us.put_nowait(None)
    await line.until(call.done, seconds=0.2)
    await call
    (matter,) = await _matters(line)
    (ended,) = await line.rows(calls)
    chat = await visitor.talk()
    assert (chat.state, ended.outcome) == (("waiting", "transferred") if moment > 200 else ("bot", "hung_up"))
    assert matter.status == ("open" if moment > 200 else "closed")
    assert not line.parts.call_keeper.going_on
