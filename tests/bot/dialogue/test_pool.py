"""Workers that die, hang or cannot start: the citizen is answered once, or told by an error."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.dialogue.engine import EngineUnavailable, Turn
from bot.dialogue.pool import RasaPool

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
REPO = Path(__file__).resolve().parents[3]
TOPICS = REPO / "training_data" / "topics"


def turn(text: str = "您好") -> Turn:
    return Turn("c1", "m1", text, AT)


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def pool(model: Path, law_index: Path) -> AsyncIterator[RasaPool]:
    """A pool of one worker that loses patience soon."""
    made = RasaPool(model, TOPICS, law_index, workers=1, hang_after=3.0, wait_at_most=60.0)
    await made.start()
    yield made
    await made.stop()


async def ended(*pids: int | None) -> None:
    """Wait until the processes are gone."""
    loop = asyncio.get_running_loop()
    for pid in pids:
        try:
            handle = os.pidfd_open(pid or 0)
        except ProcessLookupError:
            continue
        gone = asyncio.Event()
        loop.add_reader(handle, gone.set)
        try:
            await asyncio.wait_for(gone.wait(), 60)
        finally:
            loop.remove_reader(handle)
            os.close(handle)


async def test_a_worker_killed_in_the_middle_of_a_turn_costs_one_retry(pool: RasaPool) -> None:
    (victim,) = pool.pids
    os.kill(victim, signal.SIGSTOP)  # so that the turn is surely under way when it dies
    answer = asyncio.create_task(pool.respond(turn()))
    await asyncio.sleep(0)
    os.kill(victim, signal.SIGKILL)
    reply = await answer
    assert reply.parts
    assert victim not in pool.pids


async def test_a_stuck_worker_is_killed_and_the_turn_answered(pool: RasaPool) -> None:
    (victim,) = pool.pids
    os.kill(victim, signal.SIGSTOP)
    reply = await pool.respond(turn())
    assert reply.parts
    assert victim not in pool.pids
    await ended(victim)


async def test_a_worker_that_died_idle_costs_nothing(pool: RasaPool) -> None:
    (victim,) = pool.pids
    os.kill(victim, signal.SIGKILL)
    await ended(victim)
    assert (await pool.respond(turn())).parts


async def test_two_failures_are_an_error(pool: RasaPool, monkeypatch: pytest.MonkeyPatch) -> None:
    add = pool._add_worker

    async def add_stopped() -> None:
        await add()
        for pid in pool.pids:
            os.kill(pid, signal.SIGSTOP)

    monkeypatch.setattr(pool, "_add_worker", add_stopped)
    for pid in pool.pids:
        os.kill(pid, signal.SIGSTOP)
    with pytest.raises(EngineUnavailable, match="twice"):
        await pool.respond(turn())
    monkeypatch.undo()
    await asyncio.gather(*pool._tasks)  # the next replacement is as stuck as the others
    for pid in pool.pids:
        os.kill(pid, signal.SIGCONT)
    assert (await pool.respond(turn())).parts


async def test_a_dead_zygote_is_replaced_when_a_worker_is_needed(pool: RasaPool) -> None:
    zygote = pool.zygote_pid
    assert zygote is not None
    os.kill(zygote, signal.SIGKILL)
    (victim,) = pool.pids
    os.kill(victim, signal.SIGKILL)
    assert (await pool.respond(turn())).parts
    assert pool.zygote_pid != zygote


async def test_a_caller_that_goes_away_leaves_the_pool_in_step(pool: RasaPool) -> None:
    gone = asyncio.create_task(pool.respond(turn("老板欠了我三个月工资不给")))
    await asyncio.sleep(0)
    gone.cancel()
    reply = await pool.respond(turn("谢谢"))
    assert "不客气" in reply.parts[0].text


async def test_turns_at_once_do_not_mix(pool: RasaPool) -> None:
    texts = ["谢谢", "老板欠了我三个月工资不给"] * 5
    replies = await asyncio.gather(*(pool.respond(turn(text)) for text in texts))
    assert [reply.topic for reply in replies] == ["", "unpaid_wages"] * 5


async def test_a_missing_model_is_an_error_that_says_what_to_do(law_index: Path, tmp_path: Path) -> None:
    broken = tmp_path / "faxian-broken.tar.gz"
    broken.write_bytes(b"no model")
    pool = RasaPool(broken, TOPICS, law_index, workers=1)
    with pytest.raises(EngineUnavailable, match="train"):
        await pool.start()
    assert not pool.ready


async def test_after_stop_turns_fail_and_no_process_is_left(model: Path, law_index: Path) -> None:
    pool = RasaPool(model, TOPICS, law_index, workers=1)
    await pool.start()
    processes = [*pool.pids, pool.zygote_pid]
    assert pool.ready
    await pool.stop()
    with pytest.raises(EngineUnavailable):
        await pool.respond(turn())
    await ended(*processes)
    assert not pool.ready


async def test_without_an_index_it_hands_over_instead_of_citing(model: Path, tmp_path: Path) -> None:
    pool = RasaPool(model, TOPICS, tmp_path / "none", workers=1)
    await pool.start()
    try:
        reply = await pool.respond(turn("商标被人抢先注册了怎么办"))
    finally:
        await pool.stop()
    assert "暂时打不开" in reply.parts[0].text
    assert "转人工" in reply.parts[0].choices
