"""Commands of the knowledge base: measure retrieval on a benchmark, learn the ranking from one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from knowledge_base.commands.validity import add_parsers
from knowledge_base.measuring.benchmark import BenchmarkError
from knowledge_base.ranking.learnt import RankingError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when it went well, 1 with one line on what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m knowledge_base", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    evaluating = commands.add_parser("evaluate", help="measure the search on a benchmark")
    for name in ("corpus", "queries", "qrels"):
        evaluating.add_argument(f"--{name}", type=Path, required=True)
    evaluating.add_argument("--engine", choices=("embedded", "elasticsearch"), default="embedded")
    training = commands.add_parser("train-ranking", help="learn the ranking from a benchmark")
    training.add_argument("--benchmark", type=Path, required=True, help="folder with corpus, queries and qrels")
    training.add_argument("--folds", type=int, default=5, help="of the cross-validation; 0 for none")
    training.add_argument("--index", type=Path, help="keep the index of the corpus here between runs")
    add_parsers(commands)
    meaning = commands.add_parser("train-vectors", help="learn the word vectors from the lexicon's questions")
    meaning.add_argument("--index", type=Path, action="append", required=True, help="of articles; may be repeated")
    meaning.add_argument("--fresh", action="store_true", help="from chance, not from the vectors there are")
    options = parser.parse_args(arguments)
    try:
        if hasattr(options, "run"):
            return int(options.run(options))
        if options.command == "evaluate":
            _evaluate(options)
        elif options.command == "train-ranking":
            _train(options)
        else:
            _train_vectors(options)
    except (BenchmarkError, RankingError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _evaluate(options: argparse.Namespace) -> None:
    from knowledge_base.measuring.evaluate import evaluate

    url = os.environ.get("ELASTICSEARCH_URL", "http://127.0.0.1:9200")
    print("\n".join(evaluate(options.corpus, options.queries, options.qrels, options.engine, url).lines()))


def _train(options: argparse.Namespace) -> None:
    from knowledge_base.learning.train_ranking import train_ranking

    estimate = train_ranking(options.benchmark, folds=options.folds, index=options.index)
    if estimate is not None:
        print(estimate.line())


def _train_vectors(options: argparse.Namespace) -> None:
    from knowledge_base.learning.vector_pairs import gather_pairs
    from knowledge_base.learning.vector_training import train_vectors
    from knowledge_base.ranking.learnt import VECTORS_FILE, read_vectors
    from knowledge_base.shipped import LEXICON
    from knowledge_base.text.analysis import Analyzer

    pairs = gather_pairs(options.index, Analyzer.from_lexicon(LEXICON))
    print(f"{len(pairs.questions)} questions of {len(pairs.articles)} articles")
    train_vectors(pairs, None if options.fresh else read_vectors(), progress=True).save(VECTORS_FILE)


if __name__ == "__main__":
    sys.exit(main())
