"""Gathers the questions and articles of indexes as pairs to learn word vectors from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from knowledge_base.index.asked import short_title
from knowledge_base.index.generation import current
from knowledge_base.index.indexed import IndexedArticle
from knowledge_base.laws.store import FILE_NAME as STORE
from knowledge_base.laws.store import ArticleStore
from knowledge_base.learning.vector_training import Pairs
from knowledge_base.ranking.collection_writer import article_mark
from knowledge_base.ranking.vectors import han, terms
from knowledge_base.text.analysis import Analyzer, bigrams, normalise


def gather_pairs(indexes: Iterable[Path], analyzer: Analyzer) -> Pairs:
    """Every article of `indexes`, once in each wording, with what people ask of it; those without a question only
    show what a question does not mean."""
    articles: list[list[str]] = []
    questions: list[list[str]] = []
    answers: list[int] = []
    seen: set[int] = set()
    for folder in indexes:
        store = ArticleStore(current(folder) / STORE)
        for article in store.indexed():
            said = [q for q in (*article.questions.split("｜"), article.said) if q.strip()]
            mark = article_mark(article.law, article.text)
            if mark in seen:
                continue
            seen.add(mark)
            for question in map(normalise, said):
                questions.append(terms(analyzer.words(question), bigrams(question), han(question)))
                answers.append(len(articles))
            articles.append(_terms(article))
        store.close()
    return Pairs(articles, questions, answers)


def _terms(article: IndexedArticle) -> list[str]:
    words = f"{article.title} {article.chapter} {article.body}".split()
    parts = [normalise(short_title(article.law)), normalise(article.text)]
    return terms(words, (g for p in parts for g in bigrams(p)), (c for p in parts for c in han(p)))
