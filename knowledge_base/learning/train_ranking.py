"""Learns the ranking from a benchmark, after estimating by cross-validation what it is worth."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from knowledge_base.index.files import RANKING
from knowledge_base.index.generation import current
from knowledge_base.index.plan import Conditions
from knowledge_base.laws.law_search import POOL
from knowledge_base.laws.local_index import LocalIndex
from knowledge_base.learning.training import Example, Trainer
from knowledge_base.measuring.benchmark import BenchmarkQuestion, read_corpus, read_questions
from knowledge_base.measuring.evaluate import CUTS, build_corpus, measure
from knowledge_base.ranking.collection import Collection
from knowledge_base.ranking.learnt import FOLDER, read_vectors, write_learnt
from knowledge_base.ranking.ranker import Ranker


@dataclass(frozen=True, slots=True)
class Estimate:
    """Means over questions that the ranking had not learnt from."""

    questions: int
    recall: dict[int, float]
    mrr10: float
    unseen: int
    """Questions none of whose answers answered a question learnt from."""
    unseen_recall10: float

    def line(self) -> str:
        """For people."""
        found = " ".join(f"R@{cut} {value:.4f}" for cut, value in self.recall.items())
        unseen = f"unseen ({self.unseen} of {self.questions}) R@10 {self.unseen_recall10:.4f}"
        return f"{found} MRR@10 {self.mrr10:.4f} | {unseen}"


def train_ranking(benchmark: Path, out: Path = FOLDER, folds: int = 5, index: Path | None = None) -> Estimate | None:
    """Learn from the corpus, queries_train and qrels_train in `benchmark` and write what was learnt to `out`.

    First estimates by cross-validation over questions, unless `folds` is 0. `index` is where the corpus is kept
    indexed between two runs. Raises BenchmarkError for files that cannot be read.
    """
    corpus = next((p for p in (benchmark / "corpus.jsonl", benchmark / "corpus.jsonl.gz") if p.exists()), None)
    articles = read_corpus(corpus or benchmark / "corpus.jsonl.gz")
    questions = read_questions(benchmark / "queries_train.jsonl", benchmark / "qrels_train.tsv")
    with tempfile.TemporaryDirectory(prefix="faxian-ranking-") as temporary:
        folder = index or Path(temporary) / "index"
        if not current(folder).joinpath(RANKING).is_dir():
            build_corpus(articles, folder, progress=True)
        local = LocalIndex(current(folder))
        analyzer, collection = local.analyzer, Collection(current(folder) / RANKING)
        trainer = Trainer(collection, analyzer, read_vectors(), progress=True)
        rows = {article.id: row for row, article in enumerate(articles)}  # a new index numbers them in this order
        places = [[collection.by_row[rows[id_]] for id_ in q.answers if id_ in rows] for q in questions]
        examples = [trainer.example(q.text, sorted(right)) for q, right in zip(questions, places, strict=True)]
        ids = {row: id_ for id_, row in rows.items()}
        estimate = _estimate(trainer, collection, local, examples, questions, ids, folds) if folds else None
        write_learnt(out, trainer.learn(examples))
    return estimate


def _estimate(
    trainer: Trainer,
    collection: Collection,
    local: LocalIndex,
    examples: Sequence[Example],
    questions: Sequence[BenchmarkQuestion],
    ids: dict[int, str],
    folds: int,
) -> Estimate:
    fold = _folds(len(examples), folds)
    asked: list[BenchmarkQuestion] = []
    ranked: list[list[str]] = []
    unseen: list[int] = []
    for number in range(folds):
        learnt = trainer.learn([e for e, f in zip(examples, fold, strict=True) if f != number])
        seen = {r for e, f in zip(examples, fold, strict=True) if f != number for r in e.right}
        ranker = Ranker(collection, local.analyzer, learnt)
        for i in tqdm(np.flatnonzero(fold == number), desc=f"fold {number + 1} of {folds}"):
            if not seen.intersection(examples[i].right):
                unseen.append(len(asked))
            asked.append(questions[i])
            plan = local.planner.plan(questions[i].text)
            found = local.weighted(local.candidates(plan, Conditions(), POOL)) if plan else []
            ranked.append([ids[row] for row, _ in ranker.rank(questions[i].text, found, limit=max(CUTS))])
    recall, mrr, _ = measure(asked, ranked)
    of_unseen, _, _ = measure([asked[i] for i in unseen], [ranked[i] for i in unseen])
    return Estimate(len(asked), recall, mrr, len(unseen), of_unseen[10])


def _folds(count: int, folds: int) -> NDArray[np.int64]:
    """The fold of each example, by a draw that is always the same."""
    fold = np.empty(count, np.int64)
    fold[np.random.RandomState(7).permutation(count)] = np.arange(count) % folds
    return fold
