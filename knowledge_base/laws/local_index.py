"""The files of one index generation, opened by one process: words in tantivy, articles in SQLite, the analysis."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import tantivy

from knowledge_base.article import Article, Status
from knowledge_base.citation import Citation
from knowledge_base.citations.law_names import LawNames
from knowledge_base.citations.references import parse_citations
from knowledge_base.index.files import ANALYSIS, RANKING, TEXT, IndexUnavailable
from knowledge_base.index.manifest import Manifest
from knowledge_base.index.plan import Conditions, Plan, Planner
from knowledge_base.laws.store import FILE_NAME as STORE
from knowledge_base.laws.store import ArticleStore
from knowledge_base.ranking.learnt import RankingError
from knowledge_base.ranking.ranker import Ranker
from knowledge_base.searcher import Filters, Hit
from knowledge_base.text.analysis import Analyzer, LexiconError

_EXACT_SCORE = 1000.0


class LocalIndex:
    """Read-only. Not shared between processes: a forked child opens its own."""

    def __init__(self, path: Path) -> None:
        """Opens the files. Raises IndexUnavailable when there are none or they are damaged."""
        manifest = Manifest.read(path)
        if manifest is None:
            raise IndexUnavailable(f"there is no law index at {path}; build it with `faxian index`")
        self.manifest = manifest
        self._path = path
        try:
            index = tantivy.Index.open(str(path / TEXT))
            index.config_reader(reload_policy="manual", num_warmers=0)
            self._schema, self._text = index.schema, index.searcher()
            self._text.doc_freq("questions", "")  # ValueError for an index built before the field existed
            self.store = ArticleStore(path / STORE)
            self.names = LawNames(self.store.laws(), [r.law for r in self.store.repealed()])
            self.analyzer = Analyzer.load(path / ANALYSIS)
            self.planner = Planner(self.analyzer, self.names, self._text.doc_freq)
            self.weights = self.store.weights()
        except (OSError, ValueError, LexiconError) as error:
            message = f"the law index at {path} is damaged ({error}); build it again with `faxian index`"
            raise IndexUnavailable(message) from error

    def conditions(self, filters: Filters, on: date) -> Conditions:
        """What `filters` asks of every candidate on the day `on`."""
        return Conditions(
            day=on.toordinal() if filters.in_force_only else None,
            levels=tuple(map(_encodable, filters.levels)),
            law=_encodable(self.law(filters)),
        )

    def law(self, filters: Filters) -> str:
        """Full title of the law wanted; "" for any."""
        return (self.names.resolve(filters.law) or filters.law) if filters.law else ""

    def candidates(self, plan: Plan, conditions: Conditions, limit: int) -> list[tuple[int, float]]:
        """The best `limit` row numbers with their scores, from the words in this index."""
        must = self._must(conditions)
        occurs = [(tantivy.Occur.Should, self._clause(c.field, c.term, c.boost, c.constant)) for c in plan.clauses]
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, tantivy.Query.boolean_query(occurs)), *((tantivy.Occur.Must, q) for q in must)]
        )
        hits = self._text.search(query, limit=limit, count=False).hits
        return [(int(self._text.doc(address)["seq"][0]), score) for score, address in hits]

    def versions(self, citation: Citation, on: date) -> list[Article]:
        """Every version of the article cited, latest first, with the status on `on`."""
        law = self.names.resolve(citation.law) or citation.law
        return self.store.versions(law, citation.key, on) if citation.key else []

    def cited(self, text: str, filters: Filters, on: date) -> list[Hit]:
        """The articles that `text` names by number, in its order, as far as `filters` allows them."""
        wanted = self.law(filters)
        hits: dict[str, Hit] = {}
        for citation in parse_citations(text, self.names):
            for article in self.versions(citation, on):
                allowed = (not filters.levels or article.level in filters.levels) and wanted in ("", article.law)
                if allowed and (article.status is Status.IN_FORCE or not filters.in_force_only):
                    hits.setdefault(article.id, Hit(article, _EXACT_SCORE - len(hits)))
        return list(hits.values())

    @cached_property
    def ranker(self) -> Ranker:
        """Opened when the first question comes. Raises IndexUnavailable when its files are damaged."""
        try:
            return Ranker.open(self._path / RANKING, self.analyzer)
        except RankingError as error:
            raise IndexUnavailable(str(error)) from error

    def weighted(self, candidates: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """An engine's scores times what counts of an article before any word is compared."""
        return [(row, score * self.weights.get(row, 1.0)) for row, score in candidates]

    def ranked(
        self, question: str, candidates: list[tuple[int, float]], conditions: Conditions, on: date, limit: int
    ) -> list[Hit]:
        """The best `limit` for `question`, the same whichever engine found the candidates; see `Ranker.rank`."""
        weighted = self.weighted(candidates)
        ranked = self.ranker.rank(question, weighted, conditions, limit)
        articles = self.store.by_rows([row for row, _ in ranked], on)
        return [Hit(articles[row], score) for row, score in ranked]

    def _clause(self, field: str, term: str, boost: float, constant: bool) -> Any:
        query = tantivy.Query.term_query(self._schema, field, term, "basic" if constant else "freq")
        return (tantivy.Query.const_score_query if constant else tantivy.Query.boost_query)(query, boost)

    def _must(self, conditions: Conditions) -> list[Any]:
        schema, integer, ranged = self._schema, tantivy.FieldType.Integer, tantivy.Query.range_query
        out = []
        if conditions.day is not None:
            out.append(ranged(schema, "effective", integer, upper_bound=conditions.day))
            out.append(ranged(schema, "ended", integer, lower_bound=conditions.day, include_lower=False))
        if conditions.levels:
            out.append(tantivy.Query.term_set_query(schema, "level", list(conditions.levels)))
        if conditions.law:
            out.append(tantivy.Query.term_query(schema, "law", conditions.law, "basic"))
        # Of its own a condition adds 1 to a score, but nothing in a segment where every article meets it.
        return [tantivy.Query.const_score_query(query, 0.0) for query in out]


def _encodable(text: str) -> str:
    """Half a character, which no engine takes, becomes a question mark: it names nothing either way."""
    return text.encode("utf-8", "replace").decode()
