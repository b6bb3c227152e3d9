"""Measures the knowledge base: the law index and documents by the hundred thousand, both engines side by side."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from knowledge_base.measuring.bench import run_bench
from knowledge_base.measuring.documents import bench_documents
from knowledge_base.shipped import LEXICON
from tests.elastic_node import ElasticNode, NodeFailed

SIZES = (10_000, 100_000, 1_000_000)
Say = Callable[[str], None]


@contextmanager
def _node(folder: Path, say: Say) -> Iterator[ElasticNode | None]:
    """A node of its own with the heap of the local one; None where it cannot run."""
    node = ElasticNode(folder / "elasticsearch", heap="1g", options="")
    try:
        node.start()
    except NodeFailed as failed:
        say(f"no Elasticsearch, so the embedded engine alone: {failed}")
        yield None
        return
    try:
        yield node
    finally:
        node.kill()


def sizes(most: int) -> tuple[int, ...]:
    """What is measured on the way to `most` documents."""
    return (*(size for size in SIZES if size < most), most)


def measure(
    data: Path, documents: int, benchmark: Path | None, say: Say, queries: int = 200, workers: int = 2
) -> dict[str, Any]:
    """Figures of the index in `data`, of up to `documents` made-up cases (0 leaves them out), and of a benchmark.

    Everything is written below `data` and removed. Raises OSError where there is no room.
    """
    figures: dict[str, Any] = {"documents": []}
    with tempfile.TemporaryDirectory(prefix="bench-", dir=data) as work, _node(Path(work), say) as node:
        url, pid = (node.url, node.pid) if node else ("", 0)
        say("Law index …")
        figures["index"] = run_bench(data / "index", url=url)
        wanted = sizes(documents) if documents else ()
        if wanted:
            say(f"Documents: {', '.join(map(str, wanted))} …")
        for row in bench_documents(wanted, LEXICON, queries, workers, Path(work), url, pid):
            figures["documents"].append(asdict(row))
            say(f"  {row}")
    if benchmark is not None:
        say("Recall by cross-validation (minutes) …")
        figures["recall"] = _recall(benchmark)
    return figures


def _recall(benchmark: Path) -> dict[str, Any]:
    """By five-fold cross-validation; what is learnt from all questions is thrown away."""
    from knowledge_base.learning.train_ranking import train_ranking

    with tempfile.TemporaryDirectory() as folder:
        estimate = train_ranking(benchmark, out=Path(folder), folds=5)
    assert estimate is not None, "five folds give an estimate"
    return asdict(estimate)


def table(figures: dict[str, Any]) -> str:
    """For people."""
    index = figures["index"]
    lines = [
        f"index build / open         {index['build_s']} s (goal ≤60) / {index['open_s']} s (goal ≤1)",
        f"search p50 / p95           {index['search_p50_ms']} / {index['search_p95_ms']} ms (goal p95 ≤15)",
    ]
    if "elastic_p50_ms" in index:
        lines.append(
            f"the same, Elasticsearch    {index['elastic_p50_ms']} / {index['elastic_p95_ms']} ms,"
            f" filled in {index['import_s']} s"
        )
    for engine in ("embedded", "elasticsearch"):
        lines += _growth(engine, [row for row in figures["documents"] if row["engine"] == engine])
    if recall := figures.get("recall"):
        found = "  ".join(f"R@{cut} {value:.3f}" for cut, value in recall["recall"].items())
        lines.append(f"recall, cross-validated    {found}  MRR@10 {recall['mrr10']:.3f}")
        lines.append(f"  answers not learnt from  R@10 {recall['unseen_recall10']:.3f} ({recall['unseen']} questions)")
    return "\n".join(lines)


_COLUMNS = (
    ("documents", "documents"), ("bytes", "MB on disk"), ("documents_per_s", "docs/s"), ("build_peak_mb", "writer MB"),
    ("open_s", "open s"), ("search_p50_ms", "p50 ms"), ("search_p95_ms", "p95 ms"), ("search_mb", "search MB"),
    ("search_own_mb", "of it own"), ("node_mb", "node MB"), ("node_own_mb", "of it own"),
)  # fmt: skip
_GROWING = ("documents", "bytes", "search_p50_ms", "search_p95_ms", "search_own_mb", "node_own_mb")


def _growth(engine: str, rows: Sequence[dict[str, Any]]) -> list[str]:
    """One line for each size, and how much each figure grew from one to the next."""
    if not rows:
        return []
    lines = [f"made-up cases, {engine}", _line([title for _, title in _COLUMNS])]
    for number, row in enumerate(rows):
        shown = {**row, "bytes": row["bytes"] / 1e6}
        if number:
            before = rows[number - 1]
            grown = [f"×{row[key] / before[key]:.1f}" if key in _GROWING and before[key] else "" for key, _ in _COLUMNS]
            lines.append(_line(grown))
        lines.append(_line([f"{shown[key]:.0f}" if shown[key] >= 100 else f"{shown[key]:.3g}" for key, _ in _COLUMNS]))
    return lines


def _line(cells: Sequence[str]) -> str:
    return "  ".join(cell.rjust(10) for cell in cells)
