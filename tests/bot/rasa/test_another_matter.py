"""Another matter told in an interview: taken up at once where nothing was told of the first, else by one tap."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.engine import Reply, Turn
from bot.dialogue.pool import RasaPool

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
TAP = "先说「租房押金」"


async def say(engine: RasaPool, *texts: str, state: Any = None) -> Reply:
    """The reply to the last of the texts."""
    reply = Reply((), state or {})
    for number, text in enumerate(texts):
        reply = await engine.respond(Turn("c", f"m{number}", text, AT, reply.state, "20261128-0001"))
    return reply


def text_of(reply: Reply) -> str:
    return "\n".join(part.text for part in reply.parts)


async def test_with_nothing_told_it_is_changed_at_once(engine: RasaPool) -> None:
    reply = await say(engine, "房东不退我押金", "我老公在外面有女人 我想离婚")
    assert reply.topic == "divorce"
    assert "改问" in text_of(reply)
    assert TAP in reply.parts[-1].choices
    back = await say(engine, TAP, state=reply.state)
    assert back.topic == "rental_deposit"


async def test_with_something_told_one_tap_changes(engine: RasaPool) -> None:
    offered = await say(engine, "我想离婚", "房东把我锁换了 押金三千也不退")
    assert offered.topic == "divorce"
    assert TAP in offered.parts[-1].choices
    changed = await say(engine, TAP, state=offered.state)
    assert changed.topic == "rental_deposit"
    assert "divorce" in [one["topic"] for one in changed.state["slots"]["pending"]]


@pytest.mark.parametrize("said", ["先说这个吧", "那先说这件事"])
async def test_it_is_changed_in_own_words_too(engine: RasaPool, said: str) -> None:
    reply = await say(engine, "我想离婚", "房东把我锁换了 押金三千也不退", said)
    assert reply.topic == "rental_deposit"


async def test_who_answers_the_question_goes_on(engine: RasaPool) -> None:
    reply = await say(engine, "我想离婚", "房东把我锁换了 押金三千也不退", "他不同意离")
    assert reply.topic == "divorce"
    assert TAP not in reply.parts[-1].choices


async def test_who_is_beaten_hears_what_protects_them(engine: RasaPool) -> None:
    reply = await say(engine, "房东不退我押金", "我老公打我还在外面有女人 我想离婚")
    assert "告诫书" in text_of(reply)


async def test_a_divorce_wished_for_beside_violence_is_kept(engine: RasaPool) -> None:
    reply = await say(engine, "我老公又打我了", "我想离婚")
    assert reply.topic == "domestic_violence"
    assert "先说「离婚」" in reply.parts[-1].choices
