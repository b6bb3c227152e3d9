"""A person, by one word, from every stage of the dialogue on the real model."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.engine import Reply, Turn
from bot.dialogue.pool import RasaPool

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
WAGES = "我在厂里上班，老板欠我8000元工资，拖了三个月了"
STAGES: dict[str, tuple[str, ...]] = {
    "nothing said": (),
    "greeted": ("你好",),
    "in the interview": (WAGES,),
    "deep in the interview": (WAGES, "不清楚", "不清楚"),
    "after the opinion": (WAGES, *("不清楚",) * 12),
    "not understood once": ("阿巴阿巴",),
    "asked back between two topics": ("离婚孩子归谁",),
    "a law shown": ("劳动合同法第三十八条是什么",),
    "a lesson": ("我想学法律知识",),
    "pinyin guessed": ("laoban qian wo gongzi",),
    "in English": ("my boss did not pay me",),
    "complained": ("你太笨了，听不懂人话",),
    "a matter asked for": ("查一下 20261123-0001",),
    "good-bye": ("谢谢，再见",),
}
WORDS = ("人工", "转人工", "律师", "找个人", "真人", "客服", "我要找人说", "human")


async def _after(engine: RasaPool, *texts: str) -> Any:
    """The dialogue's state when these were said; the talk stops where a person takes over."""
    state: Any = {}
    for count, text in enumerate(texts):
        reply = await engine.respond(Turn("c1", f"m{count}", text, AT, state, "20261124-0002"))
        if reply.handoff is not None:
            break
        state = reply.state
    return state


@pytest.mark.parametrize("stage", STAGES)
async def test_one_word_hands_over(engine: RasaPool, stage: str) -> None:
    state = await _after(engine, *STAGES[stage])
    for word in WORDS:
        reply: Reply = await engine.respond(Turn("c1", "w", word, AT, state, "20261124-0002"))
        assert reply.handoff is not None, word
        assert reply.handoff.kind in ("asked", "deadline"), word
        assert reply.parts, word
        assert reply.state.get("slots", {}).get("topic") == state.get("slots", {}).get("topic"), (
            "it stands where it was"
        )
