"""Falling back: when the embedded index answers, when the remote engine is asked again, what the log says."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from knowledge_base.citation import Citation
from knowledge_base.citations.verify import LawIndex, verify_text
from knowledge_base.elastic.connection import ElasticUnavailable
from knowledge_base.elastic.fallback import FallbackSearcher
from knowledge_base.index.files import IndexUnavailable
from knowledge_base.laws.embedded import EmbeddedSearcher
from tests.fakes.clock import VirtualClock
from tests.fakes.remote import FakeRemote

LOST = ElasticUnavailable("Elasticsearch at http://cluster:9200: refused")


class Setting:
    """A searcher with everything a test turns."""

    def __init__(self, embedded: EmbeddedSearcher, patience: float = 0.05) -> None:
        self.remote = FakeRemote()
        self.clock = VirtualClock()
        self.searcher = FallbackSearcher(
            self.remote, embedded, monotonic=self.clock.monotonic, patience=patience, pause=2.0
        )

    async def answered_by_remote(self) -> bool:
        return not await self.searcher.search("拖欠工资", limit=3)


@pytest.fixture
def setting(searcher: EmbeddedSearcher) -> Setting:
    return Setting(searcher)


async def test_the_remote_engine_answers_while_it_can(setting: Setting) -> None:
    assert await setting.answered_by_remote()
    assert not setting.searcher.degraded


async def test_an_error_is_answered_by_the_embedded_index(setting: Setting) -> None:
    setting.remote.error = LOST
    assert not await setting.answered_by_remote()
    assert setting.searcher.degraded


async def test_so_is_silence(setting: Setting) -> None:
    setting.remote.hangs = True
    assert not await setting.answered_by_remote()
    assert setting.searcher.degraded


async def test_a_lost_engine_is_left_alone_but_for_a_probe(setting: Setting) -> None:
    setting.remote.error = LOST
    for _ in range(5):
        await setting.answered_by_remote()
    assert setting.remote.asked == 1
    setting.clock.advance(2.0)
    for _ in range(5):
        await setting.answered_by_remote()
        await setting.searcher.settle()
    assert setting.remote.asked == 2
    assert setting.searcher.degraded


async def test_nobody_waits_for_the_probe_and_there_is_one_at_a_time(searcher: EmbeddedSearcher) -> None:
    setting = Setting(searcher, patience=600.0)  # a busy machine must not end the probe
    setting.remote.error = LOST
    await setting.answered_by_remote()
    setting.remote.hangs = True
    for _ in range(5):
        setting.clock.advance(2.0)
        assert not await setting.answered_by_remote()
        await asyncio.sleep(0)
    assert setting.remote.asked == 2
    await setting.searcher.aclose()
    assert setting.searcher.degraded


async def test_it_is_used_again_when_it_is_back(setting: Setting, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "knowledge_base"):
        setting.remote.error = LOST
        for _ in range(3):
            await setting.answered_by_remote()
        setting.remote.error = None
        setting.clock.advance(2.0)
        assert not await setting.answered_by_remote()  # this search only starts the probe
        await setting.searcher.settle()
        assert await setting.answered_by_remote()
    assert [record.getMessage() for record in caplog.records] == [
        f"search: the embedded index answers from now on: {LOST}",
        "search: Elasticsearch answers again",
    ]


async def test_many_searches_failing_at_once_are_one_loss(setting: Setting, caplog: pytest.LogCaptureFixture) -> None:
    setting.remote.hangs = True
    answers = await asyncio.gather(*(setting.answered_by_remote() for _ in range(20)))
    assert not any(answers)
    assert len(caplog.records) == 1


async def test_a_cancelled_search_is_no_loss(setting: Setting) -> None:
    setting.remote.hangs = True
    search = asyncio.create_task(setting.answered_by_remote())
    await asyncio.sleep(0)
    search.cancel()
    with pytest.raises(asyncio.CancelledError):
        await search
    assert not setting.searcher.degraded


async def test_a_mistake_in_the_program_is_not_hidden(setting: Setting) -> None:
    setting.remote.error = KeyError("id")
    with pytest.raises(KeyError):
        await setting.answered_by_remote()


async def test_without_local_files_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="faxian index"):
        EmbeddedSearcher.open(tmp_path, VirtualClock().now().date)


async def test_look_ups_and_verification_need_no_engine(setting: Setting) -> None:
    setting.remote.error = LOST
    assert isinstance(setting.searcher, LawIndex)
    article = await setting.searcher.get(Citation("民法典", "1254"))
    assert article is not None
    assert (await verify_text("《婚姻法》第一条", setting.searcher))[0].reason.startswith(
        "《中华人民共和国婚姻法》已自"
    )
    assert setting.remote.asked == 0


def test_a_probe_left_behind_by_a_closed_loop_is_forgotten(setting: Setting) -> None:
    async def lose() -> None:
        setting.remote.error = LOST
        await setting.answered_by_remote()
        setting.remote.hangs = True
        setting.clock.advance(2.0)
        await setting.answered_by_remote()

    async def find_again() -> bool:
        setting.clock.advance(2.0)
        await setting.answered_by_remote()
        await setting.searcher.settle()
        return await setting.answered_by_remote()

    asyncio.run(lose())
    setting.remote.error, setting.remote.hangs = None, False
    assert asyncio.run(find_again())


async def test_closing_ends_the_probe_and_the_connections(setting: Setting) -> None:
    setting.remote.error = LOST
    await setting.answered_by_remote()
    setting.remote.hangs = True
    setting.clock.advance(2.0)
    await setting.answered_by_remote()
    await setting.searcher.aclose()
    assert setting.remote.closed
    assert setting.searcher.degraded
