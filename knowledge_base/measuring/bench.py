"""Measures the law index: seconds to build and open, milliseconds to search with each engine."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from knowledge_base.laws.embedded import EmbeddedSearcher
from knowledge_base.library.build import build_index
from knowledge_base.searcher import Filters, Searcher

_ON = date(2026, 11, 23)
_ALIAS = "faxian-laws-bench"
_TIMEOUT = 60.0
_TEMPLATES = (
    "{}怎么办",
    "{}违法吗",
    "被{}了能不能要求赔偿",
    "我想问一下{}和{}的问题",
    "{}有什么规定",
    "{}可以起诉吗，需要什么证据",
)


def run_bench(path: Path, queries: int = 300, url: str = "") -> dict[str, float]:
    """Figures of the index at `path` and of a fresh build in a temporary folder, which is removed.

    Keys: build_s, open_s (with the first search), search_p50_ms, search_p95_ms, queries, articles; with the `url` of a
    cluster also import_s and elastic_p50_ms, elastic_p95_ms on the same questions, each asked of one engine right after
    the other. Raises what the engines raise.
    """
    with tempfile.TemporaryDirectory(prefix="faxian-bench-") as work:
        started = time.perf_counter()
        manifest = build_index(None, Path(work) / "index", today=_ON)
        build_s = time.perf_counter() - started
    started = time.perf_counter()
    searcher = EmbeddedSearcher.open(path, lambda: _ON)
    searcher.search_now("工资", Filters(), 10)
    open_s = time.perf_counter() - started
    asked = make_queries(searcher, queries)
    figures = {"build_s": round(build_s, 2), "open_s": round(open_s, 3)}
    figures |= asyncio.run(search_both(path, searcher, asked, url))
    return {**figures, "queries": float(len(asked)), "articles": float(manifest.counts["articles"])}


async def search_both(path: Path, embedded: EmbeddedSearcher, asked: Sequence[str], url: str) -> dict[str, float]:
    """Milliseconds of the searches `asked` with either engine, side by side; with the embedded one alone for no `url`.

    The index is brought into the cluster under a name of its own and deleted afterwards.
    """
    if not url:
        return _quantiles("search", [await _timed(embedded, question) for question in asked])
    from knowledge_base.elastic.connection import connect  # the client is heavy
    from knowledge_base.elastic.index import import_index
    from knowledge_base.elastic.searcher import ElasticSearcher

    started = time.perf_counter()
    imported = await import_index(path, url, alias=_ALIAS)
    import_s = time.perf_counter() - started
    elastic = ElasticSearcher(path, lambda: _ON, url, alias=_ALIAS, timeout=_TIMEOUT, files=embedded)
    client = connect(url, _TIMEOUT)
    try:
        for question in asked[:100]:  # the node compiles what it runs often
            await elastic.search(question)
        took = [(await _timed(embedded, question), await _timed(elastic, question)) for question in asked]
        await client.indices.delete(index=imported.index)
    finally:
        await elastic.aclose()
        await client.close()
    of_embedded, of_elastic = zip(*took, strict=True)
    return {
        **_quantiles("search", of_embedded),
        "import_s": round(import_s, 2),
        **_quantiles("elastic", of_elastic),
    }


async def _timed(searcher: Searcher, question: str) -> float:
    """Milliseconds of one search."""
    started = time.perf_counter()
    await searcher.search(question, Filters(), 10)
    return (time.perf_counter() - started) * 1000


def _quantiles(name: str, took: Sequence[float]) -> dict[str, float]:
    p95 = statistics.quantiles(took, n=20)[18]
    return {f"{name}_p50_ms": round(statistics.median(took), 2), f"{name}_p95_ms": round(p95, 2)}


def make_queries(searcher: EmbeddedSearcher, count: int) -> list[str]:
    """Questions made from the index's own chapter headings and article openings; the same every time."""
    articles = [h.article for h in searcher.search_now("权利 义务 责任 赔偿 合同 处罚", Filters(), 400)]
    terms = [a.text.split("，")[0].split("。")[0][:14] for a in articles] + [
        a.chapter.partition(" ")[2] for a in articles
    ]
    terms = [t for t in dict.fromkeys(terms) if len(t) > 1]
    return [
        _TEMPLATES[i % len(_TEMPLATES)].format(terms[i % len(terms)], terms[(i * 7 + 3) % len(terms)])
        for i in range(count)
    ]
