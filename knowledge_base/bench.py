"""Measures the embedded index: seconds to build and open, milliseconds to search."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from knowledge_base.build import build_index
from knowledge_base.embedded import EmbeddedSearcher
from knowledge_base.searcher import Filters

_ON = date(2026, 11, 23)
_TEMPLATES = (
    "{}怎么办",
    "{}违法吗",
    "被{}了能不能要求赔偿",
    "我想问一下{}和{}的问题",
    "{}有什么规定",
    "{}可以起诉吗，需要什么证据",
)


def run_bench(path: Path, queries: int = 300) -> dict[str, float]:
    """Figures of the index at `path` and of a fresh build in a temporary folder, which is removed.

    Keys: build_s, open_s (with the first search), search_p50_ms, search_p95_ms, queries, articles.
    """
    work = Path(tempfile.mkdtemp(prefix="faxian-bench-"))
    try:
        started = time.perf_counter()
        manifest = build_index(None, work / "index", today=_ON)
        build_s = time.perf_counter() - started
    finally:
        shutil.rmtree(work, ignore_errors=True)
    started = time.perf_counter()
    searcher = EmbeddedSearcher.open(path, lambda: _ON)
    searcher.search_now("工资", Filters(), 10)
    open_s = time.perf_counter() - started
    took = []
    for query in make_queries(searcher, queries):
        started = time.perf_counter()
        searcher.search_now(query, Filters(), 10)
        took.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(took, n=20)
    return {
        "build_s": round(build_s, 2),
        "open_s": round(open_s, 3),
        "search_p50_ms": round(statistics.median(took), 2),
        "search_p95_ms": round(cuts[18], 2),
        "queries": float(len(took)),
        "articles": float(manifest.counts["articles"]),
    }


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
