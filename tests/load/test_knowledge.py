"""The report of the knowledge base's benchmark: what is measured on the way, and how growth is told."""

from __future__ import annotations

from tests.load.knowledge import sizes, table

INDEX = {"build_s": 40.0, "open_s": 0.5, "search_p50_ms": 5.0, "search_p95_ms": 9.0}


def row(engine: str, documents: int, p95: float, node: float = 0.0) -> dict[str, object]:
    return {
        "engine": engine, "documents": documents, "bytes": documents * 2000, "build_s": 1.0, "documents_per_s": 700.0,
        "build_peak_mb": 300.0, "open_s": 0.1, "search_p50_ms": p95 / 2, "search_p95_ms": p95, "search_mb": 90.0,
        "search_own_mb": 60.0, "node_mb": node, "node_own_mb": node,
    }  # fmt: skip


def test_every_size_on_the_way_is_measured() -> None:
    assert sizes(300) == (300,)
    assert sizes(10_000) == (10_000,)
    assert sizes(250_000) == (10_000, 100_000, 250_000)
    assert sizes(1_000_000) == (10_000, 100_000, 1_000_000)


def test_the_table_tells_growth_and_leaves_out_what_was_not_measured() -> None:
    documents = [row("embedded", 10_000, 8.0), row("embedded", 100_000, 20.0)]
    said = table({"index": INDEX, "documents": documents})
    assert "×2.5" in said
    assert "×10.0" in said
    assert "lasticsearch" not in said
    assert "recall" not in said


def test_both_engines_and_recall() -> None:
    index = {**INDEX, "elastic_p50_ms": 7.0, "elastic_p95_ms": 11.0, "import_s": 30.0}
    recall = {"recall": {10: 0.7012}, "mrr10": 0.61, "unseen": 40, "unseen_recall10": 0.55}
    documents = [row("embedded", 10_000, 8.0), row("elasticsearch", 10_000, 9.0, 1200.0)]
    said = table({"index": index, "documents": documents, "recall": recall})
    assert "7.0 / 11.0 ms, filled in 30.0 s" in said
    assert "made-up cases, elasticsearch" in said
    assert "1200" in said
    assert "R@10 0.701" in said
