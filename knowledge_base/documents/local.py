"""The files of one generation of documents, opened by one process: words in tantivy, documents in SQLite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tantivy

from knowledge_base.citations.law_names import LawNames
from knowledge_base.document import Document
from knowledge_base.documents.plan import Asked, DocumentConditions, DocumentPlanner
from knowledge_base.documents.searcher import DocumentHit
from knowledge_base.documents.store import FILE_NAME as STORE
from knowledge_base.documents.store import DocumentStore
from knowledge_base.index.files import ANALYSIS, TEXT, IndexUnavailable
from knowledge_base.index.plan import Clause
from knowledge_base.text.analysis import Analyzer, LexiconError, normalise

_LEAST_SAID = 1.8
"""Rarest words whose weight a query that says enough to be compared has at least; a shorter one is like nothing."""
_TELLING = 0.25
"""Share of the rarest word's weight that a word named as shared has; what stands in every fifth document has less."""


class LocalDocuments:
    """Read-only. Not shared between processes: a forked child opens its own."""

    def __init__(self, path: Path) -> None:
        """Opens the files in `path`. Raises IndexUnavailable when there are none or they are damaged."""
        self.path = path
        try:
            index = tantivy.Index.open(str(path / TEXT))
            index.config_reader(reload_policy="manual", num_warmers=0)
            self._schema, self._text = index.schema, index.searcher()
            self.store = DocumentStore(path / STORE)
            self.analyzer = Analyzer.load(path / ANALYSIS)
            self.count = self._text.num_docs
            names = LawNames(self.store.laws())
            self.planner = DocumentPlanner(self.analyzer, names, self._text.doc_freq, self.count)
        except (OSError, ValueError, LexiconError) as error:
            message = f"the documents at {path} cannot be used ({error}); build the index again with `faxian index`"
            raise IndexUnavailable(message) from error

    def candidates(self, asked: Asked, conditions: DocumentConditions, limit: int) -> list[tuple[int, float]]:
        """The best `limit` row numbers with their scores; in the order of import when nothing was asked."""
        must = self._must(conditions)
        if asked.plan:
            occurs = [(tantivy.Occur.Should, self._clause(clause)) for clause in asked.plan.clauses]
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, tantivy.Query.boolean_query(occurs)), *((tantivy.Occur.Must, q) for q in must)]
            )
        else:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, q) for q in must])
        if not asked.plan:
            found = self._text.search(query, limit=limit, count=False, order_by_field="seq", order=tantivy.Order.Asc)
            return [(int(self._text.doc(address)["seq"][0]), 0.0) for _, address in found.hits]
        hits = self._text.search(query, limit=limit, count=False).hits
        return [(int(self._text.doc(address)["seq"][0]), score) for score, address in hits]

    def hits(self, asked: Asked, candidates: list[tuple[int, float]], limit: int) -> list[DocumentHit]:
        """The best `limit` of an engine's candidates, whichever engine found them."""
        best = sorted(candidates, key=lambda item: (-item[1], item[0]))[:limit]
        documents = self.store.by_rows(row for row, _ in best)
        return [self._hit(asked, documents[row], score) for row, score in best if row in documents]

    @staticmethod
    def _hit(asked: Asked, document: Document, score: float) -> DocumentHit:
        said = normalise(f"{document.title} {' '.join(document.keywords)} {document.gist} {document.text}")
        both = [w for w in asked.weights if w in said]
        shared = sorted(
            (w for w in both if asked.weights[w] >= _TELLING * asked.most), key=lambda w: (-asked.weights[w], w)
        )
        whole = max(_LEAST_SAID * asked.most, sum(asked.weights.values()))
        part = sum(asked.weights[w] for w in both)
        return DocumentHit(document, score, tuple(shared), part / whole)

    def _clause(self, clause: Clause) -> Any:
        kind = "basic" if clause.constant else "freq"
        query = tantivy.Query.term_query(self._schema, clause.field, clause.term, kind)
        wrap = tantivy.Query.const_score_query if clause.constant else tantivy.Query.boost_query
        return wrap(query, clause.boost)

    def _must(self, conditions: DocumentConditions) -> list[Any]:
        schema, integer, ranged = self._schema, tantivy.FieldType.Integer, tantivy.Query.range_query
        among = tantivy.Query.term_set_query
        out = []
        if conditions.day is not None:
            out.append(ranged(schema, "effective", integer, upper_bound=conditions.day))
            out.append(ranged(schema, "ended", integer, lower_bound=conditions.day, include_lower=False))
        if conditions.kinds:
            out.append(among(schema, "kind", list(conditions.kinds)))
        if conditions.regions:
            out.append(among(schema, "region", list(conditions.regions)))
        if conditions.area:
            out.append(tantivy.Query.term_query(schema, "area", conditions.area, "basic"))
        # Of its own a condition adds 1 to a score, but nothing in a segment where every document meets it.
        return [tantivy.Query.const_score_query(query, 0.0) for query in out]
