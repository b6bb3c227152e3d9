"""After 「是要把……改成……吗？」 anything may come, and nothing of it is lost, on the real model."""

from __future__ import annotations

import pytest

from bot.dialogue.pool import RasaPool
from tests.bot.rasa.test_dialogue import Talk, text_of

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def asked_back(engine: RasaPool) -> Talk:
    """A conversation in which the bot has just asked whether an earlier answer was meant."""
    talk = Talk(engine)
    reply = await talk.say("单位一直没跟我签劳动合同，我还在那上班，已经八个月了", "十个月")
    assert "改成“10个月”吗" in text_of(reply)
    return talk


async def test_who_wants_a_person_has_one(engine: RasaPool) -> None:
    talk = await asked_back(engine)
    assert (await talk.say("转人工")).handoff is not None


async def test_who_is_in_danger_is_heard(engine: RasaPool) -> None:
    talk = await asked_back(engine)
    reply = await talk.say("他现在拿刀要砍我")
    assert reply.handoff is not None
    assert "110" in text_of(reply)


async def test_why_is_told(engine: RasaPool) -> None:
    talk = await asked_back(engine)
    assert "劳动争议调解仲裁法" in text_of(await talk.say("为什么问这个"))


@pytest.mark.parametrize(("reply", "months"), [("是的", 10), ("不是", 8)])
async def test_the_reply_settles_it(engine: RasaPool, reply: str, months: int) -> None:
    talk = await asked_back(engine)
    await talk.say(reply)
    assert talk.facts["months"] == months
