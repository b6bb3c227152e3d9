"""The benchmark command on a small benchmark, and its figures against hand-made ones."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from knowledge_base.__main__ import main
from knowledge_base.measuring.benchmark import BenchmarkQuestion
from knowledge_base.measuring.evaluate import evaluate, measure

CORPUS = (
    ("a1", "劳动合同法", "第三章", "第三十条", "用人单位应当向劳动者及时足额支付劳动报酬。"),
    ("a2", "劳动合同法", "第七章", "第八十二条", "用人单位未与劳动者订立书面劳动合同的，应当支付二倍的工资。"),
    ("b1", "中华人民共和国民法典", "第五编 / 第四章", "第一千零七十九条", "夫妻一方要求离婚的，可以提起离婚诉讼。"),
    ("b2", "中华人民共和国民法典", "第七编 / 第十章", "第一千二百五十四条", "禁止从建筑物中抛掷物品。"),
    ("c1", "渔业法", "", "第一条", "为了加强渔业资源的保护，制定本法。"),
)  # fmt: skip
QUESTIONS = (("1", "没签劳动合同，能要双倍工资吗"), ("2", "老公不肯离婚怎么办"), ("3", "楼上扔东西砸到我"))
ANSWERS = (("1", "a2"), ("2", "b1"), ("3", "b2"))


@pytest.fixture
def benchmark_files(tmp_path: Path) -> tuple[Path, Path, Path]:
    names = ("id", "law", "chapter", "article_no", "text")
    lines = (json.dumps(dict(zip(names, article, strict=True)), ensure_ascii=False) for article in CORPUS)
    corpus, queries, qrels = tmp_path / "c.jsonl.gz", tmp_path / "q.jsonl", tmp_path / "r.tsv"
    corpus.write_bytes(gzip.compress("\n".join(lines).encode()))
    asked = (json.dumps({"id": id_, "text": text}, ensure_ascii=False) for id_, text in QUESTIONS)
    queries.write_text("\n".join(asked), encoding="utf-8")
    qrels.write_text("".join(f"{question}\t{article}\t1\t\n" for question, article in ANSWERS), encoding="utf-8")
    return corpus, queries, qrels


def test_a_corpus_never_seen_is_indexed_and_searched(benchmark_files: tuple[Path, Path, Path]) -> None:
    figures = evaluate(*benchmark_files)
    assert figures.questions == 3
    assert figures.recall[5] == 1
    assert figures.mrr10 >= 0.8
    assert figures.ndcg10 >= 0.8
    assert figures.milliseconds > 0
    assert "Recall@10   1.0000" in figures.lines()


def test_the_command_prints_the_table(
    benchmark_files: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    corpus, queries, qrels = map(str, benchmark_files)
    assert main(["evaluate", "--corpus", corpus, "--queries", queries, "--qrels", qrels]) == 0
    assert "nDCG@10" in capsys.readouterr().out
    assert main(["evaluate", "--corpus", corpus + "x", "--queries", queries, "--qrels", qrels]) == 1
    assert "c.jsonl.gzx cannot be read" in capsys.readouterr().err


def test_figures_are_means_over_questions() -> None:
    questions = [
        BenchmarkQuestion("1", "", frozenset({"a", "b"})),
        BenchmarkQuestion("2", "", frozenset({"c"})),
    ]
    recall, mrr, ndcg = measure(questions, [["x", "a", *"123456789", "b"], ["c"]])
    assert recall[5] == recall[10] == pytest.approx((0.5 + 1) / 2)
    assert recall[20] == 1
    assert mrr == pytest.approx((1 / 2 + 1) / 2)
    assert ndcg == pytest.approx((0.6309 / 1.6309 + 1) / 2, abs=1e-3)
