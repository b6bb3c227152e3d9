"""Asks the questions of a benchmark of a cluster, through an index of its own that is deleted afterwards."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tqdm import tqdm

from knowledge_base.elastic.connection import ElasticUnavailable, connect, reported
from knowledge_base.elastic.index import import_index
from knowledge_base.elastic.searcher import ElasticSearcher
from knowledge_base.measuring.benchmark import BenchmarkError, BenchmarkQuestion
from knowledge_base.searcher import Filters

_ALIAS = "faxian-evaluate"
_TIMEOUT = 60.0


def search_all(
    index: Path, questions: Sequence[BenchmarkQuestion], limit: int, url: str
) -> tuple[list[list[str]], float, float]:
    """Article ids found for each question; seconds by the clock and of this process for all searches together.

    Raises BenchmarkError when the cluster does not answer.
    """
    try:
        return asyncio.run(_search_all(index, questions, limit, url))
    except ElasticUnavailable as error:
        raise BenchmarkError(str(error)) from error


async def _search_all(
    index: Path, questions: Sequence[BenchmarkQuestion], limit: int, url: str
) -> tuple[list[list[str]], float, float]:
    imported = await import_index(index, url, alias=_ALIAS, progress=True)
    searcher = ElasticSearcher(index, date.today, url, alias=_ALIAS)
    ranked: list[list[str]] = []
    try:
        await searcher.search(questions[0].text, Filters(), 1)  # opens the files and the connection
        clock, processor = time.perf_counter(), time.process_time()
        for question in tqdm(questions, desc="questions"):
            ranked.append([hit.article.id for hit in await searcher.search(question.text, Filters(), limit)])
        return ranked, time.perf_counter() - clock, time.process_time() - processor
    finally:
        await searcher.aclose()
        client = connect(url, _TIMEOUT)
        with reported(url):
            await client.indices.delete(index=imported.index, ignore_unavailable=True)  # a pattern is refused
        await client.close()
