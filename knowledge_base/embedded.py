"""The embedded law index: tantivy for words, SQLite for numbers, one folder, no server."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import log
from pathlib import Path
from typing import Any

import tantivy

from knowledge_base.analysis import Analyzer, LexiconError, bigrams, normalise
from knowledge_base.article import Article, Status
from knowledge_base.build import ANALYSIS, TEXT
from knowledge_base.citation import Citation
from knowledge_base.law_names import LawNames
from knowledge_base.manifest import Manifest
from knowledge_base.references import parse_citations
from knowledge_base.searcher import Filters, Hit
from knowledge_base.store import FILE_NAME as STORE
from knowledge_base.store import ArticleStore
from knowledge_base.validity import Repealed

_MAX_QUERY = 2000
"""Characters of a query that are read; a question is shorter, and the rest of a pasted text only blurs it."""
_MAX_WORDS, _MAX_GRAMS = 40, 48
_WORD_FIELDS = (("body", 1.0), ("chapter", 0.5), ("title", 0.3))
_GRAM_BOOST = 0.4
_SINGLE_BOOST = 0.6
"""For words of one character, which mean many things."""
_EXPANSION_BOOST = 0.4
_EXPANSION_FULL = 6
"""Words of an expansion that count in full; more of them share the same weight, so that no table entry drowns
what was said."""
_ASKED_BOOST, _ASKED_GRAM_BOOST = 1.6, 0.7
"""For words and character pairs that people use of an article; each counts once, by how rare it is among them."""
_NAMED_LAW_SCORE = 8.0
"""Added to every article of a law the query names; about what one rare word is worth."""
_ASKED = 600
"""About how many articles the table of asked articles has; scales rarity only."""
_MEANT_LAW_SCORE = 4.0
"""The same for a law that a lay word stands for (坐牢: 刑法)."""
_POOL = 60
"""Hits fetched before weighting; enough that no article that should be shown is outside."""
_EXACT_SCORE = 1000.0


class IndexUnavailable(Exception):
    """The index cannot be used; the message names the folder and what to do."""


@dataclass(slots=True)
class _Open:
    """Handles of one process; a forked child opens its own."""

    pid: int
    index: Any
    searcher: Any
    store: ArticleStore
    analyzer: Analyzer
    names: LawNames
    weights: dict[int, float]


class EmbeddedSearcher:
    """Implements Searcher over one index folder. Opens its files on first use, again in every forked process."""

    def __init__(self, path: Path, clock: Callable[[], date], manifest: Manifest) -> None:
        self._path = path
        self._clock = clock
        self.manifest = manifest
        self._handles: _Open | None = None

    @classmethod
    def open(cls, path: Path, clock: Callable[[], date]) -> EmbeddedSearcher:
        """A searcher on the index at `path`; `clock` gives today. Raises IndexUnavailable when there is no index."""
        manifest = Manifest.read(path)
        if manifest is None:
            raise IndexUnavailable(f"there is no law index at {path}; build it with `faxian index`")
        return cls(path, clock, manifest)

    async def search(self, query: str, filters: Filters = Filters(), limit: int = 10) -> list[Hit]:
        """Articles for `query`, best first; an exact reference in the query comes first. Never raises for odd input."""
        return self.search_now(query, filters, limit)

    async def get(self, citation: Citation, as_of: date | None = None) -> Article | None:
        """The article in the version binding on `as_of` (today if None); None if there is none."""
        found = self._versions(citation, as_of or self._clock())
        return next((a for a in found if a.status is Status.IN_FORCE), None)

    async def versions(self, citation: Citation, as_of: date | None = None) -> list[Article]:
        """Every version of the article, binding or not, latest first, with the status on `as_of`."""
        return self._versions(citation, as_of or self._clock())

    async def repealed(self, law: str) -> Repealed | None:
        """Which law repealed `law` (full title), None if none in the index did."""
        title = self.names.resolve(law) or law
        return next((r for r in self._open().store.repealed() if r.law == title), None)

    @property
    def names(self) -> LawNames:
        """Names of every law in the index and of those they repealed."""
        return self._open().names

    def search_now(self, query: str, filters: Filters, limit: int) -> list[Hit]:
        """`search` without a loop; takes a few milliseconds."""
        if limit <= 0:
            return []
        handles = self._open()
        on = filters.as_of or self._clock()
        text = query[:_MAX_QUERY]
        hits = self._cited(text, filters, on)[:limit]
        seen = {hit.article.id for hit in hits}
        hits += [h for h in self._ranked(handles, text, filters, on, limit) if h.article.id not in seen]
        return hits[:limit]

    def _versions(self, citation: Citation, on: date) -> list[Article]:
        handles = self._open()
        law = handles.names.resolve(citation.law) or citation.law
        return handles.store.versions(law, citation.key, on) if citation.key else []

    def _cited(self, text: str, filters: Filters, on: date) -> list[Hit]:
        wanted = self._filter_law(filters)
        hits: dict[str, Hit] = {}
        for citation in parse_citations(text, self.names):
            for article in self._versions(citation, on):
                allowed = (not filters.levels or article.level in filters.levels) and wanted in ("", article.law)
                if allowed and (article.status is Status.IN_FORCE or not filters.in_force_only):
                    hits.setdefault(article.id, Hit(article, _EXACT_SCORE - len(hits)))
        return list(hits.values())

    def _ranked(self, handles: _Open, text: str, filters: Filters, on: date, limit: int) -> list[Hit]:
        query = self._query(handles, text)
        if query is None:
            return []
        must = self._conditions(handles, filters, on)
        full = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *((tantivy.Occur.Must, c) for c in must)])
        offset = float(len(must))  # a condition that holds adds its constant to every score
        scored = []
        for score, address in handles.searcher.search(full, limit=max(_POOL, min(3 * limit, 600)), count=False).hits:
            row = int(handles.searcher.doc(address)["seq"][0])
            scored.append(((score - offset) * handles.weights.get(row, 1.0), row))
        scored.sort(key=lambda item: (-item[0], item[1]))
        articles = handles.store.by_rows([row for _, row in scored[:limit]], on)
        return [Hit(articles[row], score) for score, row in scored[:limit]]

    def _query(self, handles: _Open, text: str) -> Any | None:
        plain, stop = normalise(text), handles.analyzer.stop_words
        core = handles.analyzer.essence(plain)
        words = Counter(w for w in handles.analyzer.words(core) if w not in stop)
        terms = handles.analyzer.expand(plain)
        expanded = Counter(w for term in terms if term[0] != "《" for w in handles.analyzer.words(term))
        grams = Counter(g for g in bigrams(core) if len(g) == 2 and not any(c in stop for c in g))
        single = Counter({w: words.pop(w) for w in list(words) if len(w) == 1})
        more = expanded - words
        shared = _EXPANSION_BOOST * min(1.0, _EXPANSION_FULL / max(1, len(more)))
        parts = [
            *self._terms(handles, words, _WORD_FIELDS, 1.0, _MAX_WORDS),
            *self._terms(handles, single, _WORD_FIELDS[:1], _SINGLE_BOOST, _MAX_WORDS),
            *self._terms(handles, more, _WORD_FIELDS[:2], shared, _MAX_WORDS),
            *self._terms(handles, grams, (("grams", 1.0),), _GRAM_BOOST, _MAX_GRAMS),
            *self._said(handles, words, "asked", _ASKED_BOOST, _MAX_WORDS),
            *self._said(handles, more, "asked", _ASKED_BOOST * shared, _MAX_WORDS),
            *self._said(handles, single, "asked", _ASKED_BOOST * _SINGLE_BOOST, _MAX_WORDS),
            *self._said(handles, grams, "asked_grams", _ASKED_GRAM_BOOST, _MAX_GRAMS),
        ]
        if not parts:
            return None
        named = dict.fromkeys(handles.names.mentioned("".join(t for t in terms if t[0] == "《")), _MEANT_LAW_SCORE)
        named |= dict.fromkeys(handles.names.mentioned(plain), _NAMED_LAW_SCORE)
        for law, score in named.items():
            of_law = tantivy.Query.term_query(handles.index.schema, "law", law, "basic")
            parts.append(tantivy.Query.const_score_query(of_law, score))
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, p) for p in parts])

    def _terms(
        self, handles: _Open, counted: Counter[str], fields: tuple[tuple[str, float], ...], boost: float, most: int
    ) -> list[Any]:
        """Term queries for the rarest `most` terms that the index has."""
        main = fields[0][0]
        known = [(handles.searcher.doc_freq(main, term), term) for term in counted]
        rare = sorted(k for k in known if k[0])[:most]
        schema = handles.index.schema
        return [
            tantivy.Query.boost_query(tantivy.Query.term_query(schema, field, term, "freq"), boost * weight)
            for _, term in rare
            for field, weight in fields
        ]

    def _said(self, handles: _Open, counted: Counter[str], field: str, boost: float, most: int) -> list[Any]:
        """Queries for the rarest `most` terms in a field of the asked articles; a match gives its rarity, no more."""
        known = sorted((df, term) for term in counted if (df := handles.searcher.doc_freq(field, term)))[:most]
        schema, const = handles.index.schema, tantivy.Query.const_score_query
        return [
            const(tantivy.Query.term_query(schema, field, term, "basic"), boost * log(1 + _ASKED / (df + 0.5)))
            for df, term in known
        ]

    def _conditions(self, handles: _Open, filters: Filters, on: date) -> list[Any]:
        schema, day = handles.index.schema, on.toordinal()
        integer, ranged = tantivy.FieldType.Integer, tantivy.Query.range_query
        out = []
        if filters.in_force_only:
            out.append(ranged(schema, "effective", integer, upper_bound=day))
            out.append(ranged(schema, "ended", integer, lower_bound=day, include_lower=False))
        if filters.levels:
            out.append(tantivy.Query.const_score_query(
                tantivy.Query.term_set_query(schema, "level", list(filters.levels)), 1.0))  # fmt: skip
        if filters.law:
            law = tantivy.Query.term_query(schema, "law", self._filter_law(filters), "basic")
            out.append(tantivy.Query.const_score_query(law, 1.0))
        return out

    def _filter_law(self, filters: Filters) -> str:
        return (self.names.resolve(filters.law) or filters.law) if filters.law else ""

    def _open(self) -> _Open:
        if self._handles is not None and self._handles.pid == os.getpid():
            return self._handles
        try:
            index = tantivy.Index.open(str(self._path / TEXT))
            index.config_reader(reload_policy="manual", num_warmers=0)
            index.searcher().doc_freq("asked", "")  # ValueError for an index built before the field existed
            store = ArticleStore(self._path / STORE, f"{self.manifest.source} {self.manifest.source_version}".strip())
            names = LawNames(store.laws(), [r.law for r in store.repealed()])
            analyzer = Analyzer.load(self._path / ANALYSIS)
            self._handles = _Open(os.getpid(), index, index.searcher(), store, analyzer, names, store.weights())
        except (OSError, ValueError, LexiconError) as error:
            message = f"the law index at {self._path} is damaged ({error}); build it again with `faxian index`"
            raise IndexUnavailable(message) from error
        return self._handles
