"""A whole call with the dialogue engine as it is: what happened is told, asked about, and answered with an opinion."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.dialogue.pool import RasaPool
from bot.store.schema import matters, messages
from tests.conftest import TOPICS
from tests.fakes.hotline import hotline

pytestmark = pytest.mark.asyncio(loop_scope="session")
ANSWERS = (
    ("单位员工", "在公司上班"),
    ("合同", "没有签"),
    ("多少", "一个月五千元"),
    ("什么时候", "今年八月"),
    ("对吗", "对"),
)
"""What the caller says to a question in which these words are; 不清楚 to any other."""


@pytest_asyncio.fixture(loop_scope="session")
async def bot(model: Path, law_index: Path) -> AsyncIterator[RasaPool]:
    """The real one; `engine` is the scripted one here."""
    pool = RasaPool(model, TOPICS, law_index, workers=1)
    await pool.start()
    yield pool
    await pool.stop()


async def test_wages_from_the_ring_to_the_opinion(tmp_path: Path, bot: RasaPool) -> None:
    async with hotline(tmp_path, bot) as line:
        caller = await line.call()
        await caller.hears("您遇到什么事了")
        says = "老板拖欠我三个月工资一直不给"
        for _ in range(16):
            count = len(line.said)
            await caller.says(says)
            await line.until(lambda: len(line.said) > count and "您稍等" not in line.said[-1])  # noqa: B023
            await line.until(lambda: not line.voice.speaking)
            await line.beat(5)
            if "报事项编号" in line.said[-1]:
                break
            says = next((answer for words, answer in ANSWERS if words in line.said[-1]), "不清楚")
        assert "报事项编号" in line.said[-1], line.said
        await caller.says("没有了谢谢")
        await caller.hears("满意按1")
        await caller.hangs_up()
        await line.all_over()
        (matter,) = await line.rows(matters)
        assert (matter.status, matter.result) == ("closed", "paper_given")
        assert matter.topic == "unpaid_wages"
        assert all(row.parts[0]["data"].get("spoken") for row in await line.rows(messages) if row.sender == "citizen")
