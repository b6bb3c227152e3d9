"""Measures retrieval on a benchmark: builds an index of its articles, asks its questions, counts what is found."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log2
from pathlib import Path
from typing import Literal

from tqdm import tqdm

from knowledge_base.index.generation import new_generation
from knowledge_base.index.manifest import Manifest
from knowledge_base.laws.embedded import EmbeddedSearcher
from knowledge_base.library.build import write_generation
from knowledge_base.measuring.benchmark import BenchmarkQuestion, CorpusArticle, read_corpus, read_questions
from knowledge_base.searcher import Filters
from knowledge_base.shipped import LEXICON
from knowledge_base.text.numerals import article_key
from knowledge_base.validity.dated import DatedArticle

CUTS = (5, 10, 20, 50, 100)
"""Ranks at which recall is measured."""
Engine = Literal["embedded", "elasticsearch"]
_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the questions."""

    questions: int
    recall: dict[int, float]
    """Rank → share of a question's answers found up to it."""
    mrr10: float
    ndcg10: float
    milliseconds: float
    """For one search, by the clock."""
    processor_milliseconds: float
    """For one search, in this process."""

    def lines(self) -> list[str]:
        """A table for people."""
        out = [f"Recall@{cut:<4} {value:.4f}" for cut, value in self.recall.items()]
        out += [f"MRR@10      {self.mrr10:.4f}", f"nDCG@10     {self.ndcg10:.4f}"]
        out += [f"ms/query    {self.milliseconds:.1f} (processor {self.processor_milliseconds:.1f})"]
        return [*out, f"questions   {self.questions}"]


def evaluate(corpus: Path, queries: Path, qrels: Path, engine: Engine = "embedded", url: str = "") -> Figures:
    """Figures of the product's own search on a benchmark. `url` is that of the cluster for Elasticsearch.

    Raises BenchmarkError for a file that cannot be read, OSError when there is no room for the index.
    """
    questions = read_questions(queries, qrels)
    articles = read_corpus(corpus)
    with tempfile.TemporaryDirectory(prefix="faxian-evaluate-") as folder:
        index = Path(folder) / "index"
        build_corpus(articles, index, progress=True)
        if engine == "elasticsearch":
            from knowledge_base.measuring.evaluate_elastic import search_all  # the client is heavy

            return _figures(questions, *search_all(index, questions, max(CUTS), url))
        searcher = EmbeddedSearcher.open(index, date.today)
        searcher.search_now(questions[0].text, Filters(), 1)  # opens the files
        ranked, clock, processor = [], time.perf_counter(), time.process_time()
        for question in tqdm(questions, desc="questions"):
            hits = searcher.search_now(question.text, Filters(), max(CUTS))
            ranked.append([hit.article.id for hit in hits])
        return _figures(questions, ranked, time.perf_counter() - clock, time.process_time() - processor)


def build_corpus(articles: Sequence[CorpusArticle], out: Path, progress: bool = False) -> None:
    """An index of the articles of a benchmark, all binding at all times."""
    dated = [_dated(article) for article in articles]
    with new_generation(out) as folder:
        write_generation(folder, dated, (), LEXICON, date.today(), progress=progress)
        Manifest(
            source="benchmark", source_version="", checksum="", fingerprint="", built=_DAY.isoformat(),
            counts={"articles": len(dated)}, anomalies=(),
        ).write(folder)  # fmt: skip


def measure(
    questions: Sequence[BenchmarkQuestion], ranked: Sequence[Sequence[str]]
) -> tuple[dict[int, float], float, float]:
    """Recall at each of `CUTS`, MRR@10 and nDCG@10 of the article ids found for each question, best first."""
    recall = dict.fromkeys(CUTS, 0.0)
    mrr = ndcg = 0.0
    for question, found in zip(questions, ranked, strict=True):
        right = [article in question.answers for article in found]
        for cut in CUTS:
            recall[cut] += sum(right[:cut]) / len(question.answers)
        mrr += next((1 / rank for rank, hit in enumerate(right[:10], 1) if hit), 0.0)
        ideal = sum(1 / log2(rank + 1) for rank in range(1, min(10, len(question.answers)) + 1))
        ndcg += sum(1 / log2(rank + 1) for rank, hit in enumerate(right[:10], 1) if hit) / ideal
    count = len(questions)
    return {cut: total / count for cut, total in recall.items()}, mrr / count, ndcg / count


def _figures(
    questions: Sequence[BenchmarkQuestion], ranked: Sequence[Sequence[str]], clock: float, processor: float
) -> Figures:
    recall, mrr, ndcg = measure(questions, ranked)
    count = len(questions)
    return Figures(count, recall, mrr, ndcg, 1000 * clock / count, 1000 * processor / count)


def _dated(article: CorpusArticle) -> DatedArticle:
    return DatedArticle(
        id=article.id, law=article.law, number=article.number, key=article_key(article.number), text=article.text,
        chapter=article.chapter, section="", level="", issuer="", department="", kind="", published=_DAY,
        effective=_DAY, ended=None, version=_DAY, repealed=False, warning="", ended_by="",
    )  # fmt: skip
