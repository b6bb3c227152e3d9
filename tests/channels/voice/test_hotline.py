"""Whole calls over SIP: from the ring to an opinion, to a person, to a message; desk and store are real."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest_asyncio

from bot.clock import SHANGHAI
from bot.rasa import wording
from bot.store.call_schema import calls
from bot.store.channel_schema import sms
from bot.store.desk_schema import callbacks, satisfaction, timers
from bot.store.schema import claims, conversations, matters, messages
from tests.fakes.hotline import Hotline, hotline
from tests.fakes.phone import NUMBER
from tests.fakes.rough_phone import RoughPhone
from tests.fakes.scripted_engine import FakeEngine

GREETING = "您遇到什么事了"


@pytest_asyncio.fixture
async def line(tmp_path: Path) -> AsyncIterator[Hotline]:
    async with hotline(tmp_path, public_url="https://faxian.example.org") as made:
        yield made


async def test_from_the_ring_to_the_opinion(line: Hotline) -> None:
    caller = await line.call()
    await caller.hears(GREETING)
    await caller.says("老板不发工资")
    await caller.hears("还是临时给个人帮工")
    await caller.says("单位员工一个月五千块钱")
    await caller.hears("五千块钱，对吗")
    await caller.says("对")
    await caller.hears("您说：单位员工一个月五千块钱")
    await caller.says("给我出意见书吧")
    await caller.hears("单位应当足额支付工资")
    assert "我用短信把链接发给您" in line.said[-1]
    assert line.said[-1].endswith("您还有别的要问吗？")
    await caller.says("没有了谢谢")
    await caller.hears("满意按1")
    await caller.presses("1")
    await line.all_over()
    (call,) = await line.rows(calls)
    assert (call.caller, call.called, call.outcome) == (NUMBER, "12348", "advised")
    assert call.reference == caller.phone.call_id
    assert len(call.recordings) == 1
    (matter,) = await line.rows(matters)
    assert (matter.status, matter.result) == ("closed", "paper_given")
    (text,) = await line.rows(sms)
    assert text.kind == "opinion"
    (verdict,) = await line.rows(satisfaction)
    assert verdict.score == 4
    assert ("citizen", "单位员工一个月五千块钱") in await line.transcript()
    spoken = [row.parts[0]["data"] for row in await line.rows(messages) if row.sender == "citizen"]
    assert spoken == [{"spoken": True}] * 3


async def test_what_is_made_ready_is_what_is_said(line: Hotline) -> None:
    caller, asked = await line.call(), line.phone.conversations
    await caller.hears(GREETING)
    (call,) = await line.rows(calls)
    for words, part in (
        ("老板不发工资", "还是临时给个人帮工"),
        ("单位员工", ""),
        ("给我出意见书吧", "单位应当足额支付工资"),
    ):
        foreseen = await asked.foresee(call.id, words)
        assert part in foreseen
        await caller.says(words)
        await caller.hears(foreseen[:8])
        assert line.said[-1] == foreseen


async def test_to_a_seat_that_has_the_summary_before_it_rings(line: Hotline) -> None:
    caller, seat = await line.call(), await line.seat()
    await caller.hears(GREETING)
    await caller.says("老板不发工资")
    await caller.hears("还是临时给个人帮工")
    await caller.says("一个月五千块钱")
    await caller.hears("五千块钱，对吗")
    await caller.says("我要人工")
    await caller.hears("给您找工作人员")
    (talk,) = await line.rows(conversations)
    heard = [row.parts[0] for row in await line.rows(messages) if row.sender == "citizen"]
    assert [part["text"] for part in heard[1:]] == ["一个月五千块钱", "我要人工"]
    assert heard[1]["data"] == {"spoken": True, "confirmed": False}
    desk, headers = await line.signed_in(seat)
    path = f"/desk/api/conversations/{talk.id}"
    assert (await desk.http.post(f"{path}/claim", headers=headers)).status == 200
    await caller.hears("接通了")
    assert not caller.asked_to_call, "nobody has read it yet"
    found = await (await desk.http.get(path)).json()
    assert found["conversation"]["topic"] == "unpaid_wages"
    read = {"seq": found["messages"][-1]["seq"]}
    assert (await desk.http.post(f"{path}/read", json=read, headers=headers)).status == 200
    await line.until(lambda: caller.asked_to_call)
    assert "8001" in caller.asked_to_call[0]
    await caller.put_through()
    await line.all_over()
    told = await (await desk.http.get(f"{path}/call")).json()
    assert (told["caller"], told["outcome"]) == (NUMBER, "已转给工作人员")
    recording = await desk.http.get(f"{path}/recordings/{told['recordings'][0]['name']}")
    assert recording.status == 200
    assert (await recording.read()).startswith(b"RIFF")
    assert "recording_heard" in await line.parts.desk._records.trail(talk.id)  # type: ignore[attr-defined]
    assert (await desk.http.post(f"{path}/handback", headers=headers)).status == 409
    owed = [row for row in await line.rows(timers) if row.kind == "first_answer"]
    assert [row.stage for row in owed] == ["met"]
    ending = {"result": "answered", "summary": "电话里谈完了。"}
    assert (await desk.http.post(f"{path}/close", json=ending, headers=headers)).status == 200
    (matter,) = await line.rows(matters)
    assert (matter.status, matter.state) == ("closed", "closed")
    assert not await line.rows(satisfaction), "the seat's caller has hung up there"


async def test_the_same_on_a_bad_line(line: Hotline) -> None:
    """A tenth of the packets is lost, the others come in any order within 200 ms; keys among them."""
    phone = RoughPhone(line.sip.port)
    line.microphones.append(phone.carry)
    caller, seat = await line.call(phone), await line.seat()
    await caller.hears(GREETING)
    await caller.says("老板不发工资")
    await caller.hears("还是临时给个人帮工")
    await caller.says("一个月五千块钱")
    await caller.hears("五千块钱，对吗")
    await caller.presses("1")
    await caller.hears("您说：一个月五千块钱")
    await caller.says("我叫的车还没来")
    await line.beat(30)
    await caller.presses("0")
    await caller.hears("给您找工作人员")
    (talk,) = await line.rows(conversations)
    desk, headers = await line.signed_in(seat)
    path = f"/desk/api/conversations/{talk.id}"
    assert (await desk.http.post(f"{path}/claim", headers=headers)).status == 200
    await caller.hears("接通了")
    found = await (await desk.http.get(path)).json()
    read = {"seq": found["messages"][-1]["seq"]}
    assert (await desk.http.post(f"{path}/read", json=read, headers=headers)).status == 200
    await line.until(lambda: caller.asked_to_call)
    await caller.put_through()
    await line.all_over()
    said = [row.parts[0] for row in await line.rows(messages) if row.sender == "citizen"]
    assert [part["text"] for part in said] == ["老板不发工资", "一个月五千块钱", "我叫的车还没来"]
    assert said[1]["data"] == {"spoken": True}, "the key has confirmed it"
    assert phone.lost > 0.07 * (phone.lost + phone.carried)
    (call,) = await line.rows(calls)
    assert (call.outcome, len(call.recordings)) == ("transferred", 1)


async def test_nobody_there_so_a_message_and_a_call_back(line: Hotline) -> None:
    line.clock.advance(10 * 3600)  # eight in the evening
    caller = await line.call()
    await caller.hears(GREETING)
    await caller.presses("0")
    await caller.hears("我们会在明天上午10点前给您回电话。听到嘀声")
    assert any("给您找工作人员" in one for one in line.said)
    await caller.says("我想问房子漏水的事")
    await caller.presses("#")
    await line.all_over()
    (owed,) = await line.rows(callbacks)
    assert (owed.reason, owed.contact, owed.message) == ("message", NUMBER, "我想问房子漏水的事")
    assert owed.due_at == datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
    (matter,) = await line.rows(matters)
    assert matter.status == "open"
    seat = await line.seat()
    desk, _ = await line.signed_in(seat)
    assert "我想问房子漏水的事" in await (await desk.http.get("/desk/callbacks")).text()
    told = await (await desk.http.get(f"/desk/api/conversations/{owed.conversation_id}/call")).json()
    assert "留言录音" in [one["kind"] for one in told["recordings"]]


async def test_a_seat_without_a_telephone_takes_no_calls(line: Hotline) -> None:
    caller, seat = await line.call(), await line.seat(extension="")
    await caller.hears(GREETING)
    await caller.presses("0")
    await caller.hears("听到嘀声")
    await line.seat("吴律师", extension="8002")
    second = await line.call()
    await second.hears(GREETING, after=len(line.said) - 1)
    await second.presses("0")
    await line.beat(20)
    talk = next(row for row in await line.rows(conversations) if row.state == "waiting")
    desk, headers = await line.signed_in(seat)
    answer = await desk.http.post(f"/desk/api/conversations/{talk.id}/claim", headers=headers)
    assert answer.status == 409
    assert "分机号" in await answer.text()
    for one in (caller, second):
        await one.hangs_up()
    await line.all_over()


async def test_a_seat_that_does_not_pick_up_is_let_go_and_the_caller_comes_first(line: Hotline) -> None:
    caller, seat = await line.call(), await line.seat()
    await caller.hears(GREETING)
    await caller.presses("0")
    await caller.hears("给您找工作人员")
    (talk,) = await line.rows(conversations)
    for attempt in (1, 2):
        await line.parts.desk.claim(talk.id, seat)
        await line.until(lambda: len(caller.asked_to_call) == attempt)  # noqa: B023
        await caller.put_through(taken=False)
        await line.parts.presence.beat(seat)
    await caller.hears("听到嘀声")
    await caller.hangs_up()
    await line.all_over()
    assert [row.outcome for row in await line.rows(claims)] == ["returned", "returned"]
    assert "我再给您接一次" in "".join(line.said)


async def test_danger_is_a_number_and_a_person_and_kept(line: Hotline) -> None:
    caller, _ = await line.call(), await line.seat()
    await caller.hears(GREETING)
    await caller.says("他拿着刀要砍我")
    await caller.hears("马上打110")
    (talk,) = await line.rows(conversations)
    assert (talk.state, talk.priority) == ("waiting", 0)
    assert ("citizen", "他拿着刀要砍我") in await line.transcript()
    await caller.hangs_up()
    await line.all_over()
    (owed,) = await line.rows(callbacks)
    assert (owed.reason, owed.contact) == ("hung_up", NUMBER)
    assert (owed.due_at - line.clock.now()).total_seconds() <= 600
    assert not line.parts.call_keeper.going_on


async def test_a_dead_engine_is_a_person(tmp_path: Path) -> None:
    engine = FakeEngine()
    async with hotline(tmp_path, engine) as line:
        await line.seat()
        caller = await line.call()
        await caller.hears(GREETING)
        engine.failing = ConnectionError("gone")
        await caller.says("老板不发工资")
        await line.until(lambda: any("请工作人员来帮您" in one or "给您找工作人员" in one for one in line.said))
        (talk,) = await line.rows(conversations)
        await line.until(lambda: True)
        assert talk.state == "waiting" or (await line.rows(conversations))[0].state == "waiting"
        await caller.hangs_up()
        await line.all_over()


async def test_without_ears_it_says_so_takes_keys_and_a_message_and_hands_over(tmp_path: Path) -> None:
    async with hotline(tmp_path, ears=0) as line:
        await line.seat()
        caller = await line.call()
        await caller.hears("不能用说话的办法")
        assert "通话会录音" in line.said[0]
        (talk,) = await line.rows(conversations)
        assert talk.state == "waiting"
        await caller.presses("1")
        await caller.hears("听到嘀声")
        assert (await line.rows(conversations))[0].state == "bot"
        await line.beat(seconds=20)
        assert line.switchboard.calls == 1, "a message may take longer than a silence"
        await caller.presses("#")
        await line.all_over()
        (owed,) = await line.rows(callbacks)
        assert owed.reason == "message"


async def test_who_is_promised_a_person_hears_that_nobody_is_there(line: Hotline) -> None:
    line.clock.advance(10 * 3600)
    caller = await line.call()
    await caller.hears(GREETING)
    await caller.says("我住的房子很危险")
    await caller.hears("请值班人员来帮您")
    assert line.said[-1].endswith("现在没有值班的工作人员，他们会在明天上午9点10分前给您回电话。")
    await caller.says("还有裂缝")
    await caller.hears("您说：还有裂缝")
    assert "没有值班" not in line.said[-1]
    await caller.hangs_up()
    await line.all_over()
    (owed,) = await line.rows(callbacks)
    assert (owed.reason, owed.contact) == ("hung_up", NUMBER)
    assert owed.due_at == datetime(2026, 11, 24, 9, 10, tzinfo=SHANGHAI)


async def test_who_says_goodbye_in_the_words_of_the_engine_is_asked_how_it_was(tmp_path: Path) -> None:
    engine = FakeEngine()
    async with hotline(tmp_path, engine) as line:
        caller = await line.call()
        await caller.hears(GREETING)
        engine.saying = wording.GOODBYE
        await caller.says("我晓得怎么弄咯")
        await caller.hears("满意按1")
        await caller.presses("1")
        await line.all_over()
        (verdict,) = await line.rows(satisfaction)
        assert verdict.score == 4


async def test_recordings_are_deleted_when_asked_and_kept_for_a_dispute(line: Hotline) -> None:
    caller, seat, boss = await line.call(), await line.seat(), await line.seat("孙主管", "supervisor", "")
    await caller.hears(GREETING)
    await caller.presses("0")
    await line.beat(50)
    await caller.hangs_up()
    await line.all_over()
    (talk,) = await line.rows(conversations)
    path = f"/desk/api/conversations/{talk.id}"
    desk, headers = await line.signed_in(seat)
    why = {"reason": "来访人要求"}
    assert (await desk.http.post(f"{path}/recordings/delete", json=why, headers=headers)).status == 403
    desk, headers = await line.signed_in(boss)
    kept = await desk.http.post(f"{path}/recordings/keep", json=why, headers=headers)
    assert await kept.json() == {"recordings": 1}
    (name,) = [one["name"] for one in (await (await desk.http.get(f"{path}/call")).json())["recordings"]]
    assert name.endswith(".disputed")
    assert (await desk.http.get(f"{path}/recordings/{name}")).status == 200
    assert (await desk.http.get(f"{path}/recordings/other.0.call")).status == 410
    gone = await desk.http.post(f"{path}/recordings/delete", json=why, headers=headers)
    assert await gone.json() == {"recordings": 0}
    assert (await desk.http.get(f"{path}/recordings/{name}")).status == 410


async def test_recordings_are_deleted_when_their_time_is_over(line: Hotline) -> None:
    caller, seat = await line.call(), await line.seat()
    await caller.hears(GREETING)
    await caller.presses("0")
    await line.beat(50)
    await caller.hangs_up()
    await line.all_over()
    (call,) = await line.rows(calls)
    (name,) = line.parts.recordings.of(call.id)
    await line.parts.call_keeper.round()
    assert line.parts.recordings.of(call.id) == (name,)
    made = line.clock.now().timestamp()  # the machine has another date than this clock
    os.utime(line.parts.settings.data_dir / "recordings" / name, (made, made))
    line.clock.advance(90 * 86400 + 1)
    await line.parts.call_keeper.round()
    assert not line.parts.recordings.of(call.id)
    desk, _ = await line.signed_in(seat)
    path = f"/desk/api/conversations/{call.conversation_id}"
    assert (await (await desk.http.get(f"{path}/call")).json())["recordings"] == []
    assert (await desk.http.get(f"{path}/recordings/{name}")).status == 410


async def test_who_cannot_be_heard_is_called_back(line: Hotline) -> None:
    """Sound goes one way only: what they say never arrives, nor do they press a key, because they are speaking."""
    caller = await line.call()
    await caller.hears("按0找工作人员")
    await caller.hears("听到嘀声")
    await line.all_over()
    (owed,) = await line.rows(callbacks)
    assert (owed.reason, owed.contact, owed.message) == ("message", NUMBER, "（没有听清，请听录音。）")
    assert caller.phone.packets, "they heard us"


async def test_a_seat_sets_its_own_extension(line: Hotline) -> None:
    desk, headers = await line.signed_in(await line.seat(extension=""))
    path = "/desk/api/me/extension"
    assert (await desk.http.post(path, json={"extension": "分机"}, headers=headers)).status == 422
    kept = await desk.http.post(path, json={"extension": " 8001 "}, headers=headers)
    assert await kept.json() == {"extension": "8001"}
    assert "8001" in await (await desk.http.get("/desk/me")).text()


async def test_who_speaks_of_violence_gets_no_text(line: Hotline) -> None:
    caller = await line.call()
    await caller.hears(GREETING)
    await caller.says("我老公经常打我")
    await line.until(lambda: len(line.said) > 1)
    await caller.says("给我出意见书吧")
    await caller.hears("单位应当足额支付工资")
    assert "短信" not in line.said[-1]
    await caller.hangs_up()
    await line.all_over()
    assert not await line.rows(sms)
