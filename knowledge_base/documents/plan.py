"""What a query asks of the documents, independent of the engine that answers: weighted terms and conditions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import log

from knowledge_base.citations.law_names import LawNames
from knowledge_base.citations.references import format_citation, parse_citations
from knowledge_base.documents.indexed import article_term, region_terms
from knowledge_base.documents.searcher import DocumentFilters
from knowledge_base.index.plan import Clause, Plan
from knowledge_base.text.analysis import Analyzer, bigrams, normalise

MAX_QUERY = 2000
_MAX_WORDS, _MAX_MORE, _MAX_GRAMS = 32, 12, 24
_WORD_FIELDS = (("body", 1.0), ("gist", 0.8), ("title", 0.6))
_EXPANSION_BOOST, _GRAM_BOOST, _SINGLE_BOOST = 0.5, 0.3, 0.4
_FEW = 500
_SAID_TELLS, _CIRCUMSTANCE = 0.8, 0.2
_CITED_SCORE = 4.0
"""Added for an article that query and document both name, scaled by how rare the article is among the documents."""
_PROCEDURE = re.compile("诉讼法|仲裁法》|组织法|行政处罚法》第[一二三四]?十?[一二三四五六七八九]?条")
_CITATION = re.compile(
    r"《[^》]{2,60}》(?:第[零〇一二三四五六七八九十百千\d]+条(?:之.)?(?:第.{1,3}款)?(?:第（.{1,3}）项)?[；、，]?)?"
)
_PLACE = re.compile("(?:省|市|县|自治区|自治州|街道|乡|镇)$")


@dataclass(frozen=True, slots=True)
class DocumentConditions:
    """What every candidate must satisfy, without any influence on its score."""

    kinds: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    """One of these region terms; empty for any."""
    area: str = ""
    day: int | None = None
    """Proleptic ordinal: effective ≤ day < ended; None for no such condition."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query made ready: its plan, and what is needed to tell how like a document is."""

    plan: Plan
    weights: dict[str, float]
    """Word → how telling it is, for the words of the query and the legal terms behind them."""
    most: float
    """How telling the rarest word of this index would be: grows with the number of documents."""


class DocumentPlanner:
    """Makes plans for the documents of one index."""

    def __init__(
        self, analyzer: Analyzer, names: LawNames, frequency: Callable[[str, str], int], documents: int
    ) -> None:
        """`frequency` gives the number of the `documents` that hold a term in a field."""
        self._analyzer = analyzer
        self._names = names
        self._frequency = frequency
        self._documents = documents

    def ask(self, query: str) -> Asked:
        """The plan for a query in any wording; empty when it holds no word the index knows."""
        text = query[:MAX_QUERY]
        terms = tuple(dict.fromkeys(article_term(format_citation(c)) for c in parse_citations(text, self._names)))
        plain, stop = normalise(_without_citations(text)), self._analyzer.stop_words
        core = self._analyzer.essence(plain)
        words = Counter(w for w in self._analyzer.words(core) if w not in stop and not _PLACE.search(w))
        legal = [t for t in self._analyzer.expand(plain) if t[0] != "《"]
        meant = [w for term in legal for w in self._analyzer.words(term) if len(w) > 1 and w not in stop]
        more = Counter(meant) - words
        grams = Counter(g for g in bigrams(core) if len(g) == 2 and not any(c in stop for c in g))
        single = Counter({w: words.pop(w) for w in list(words) if len(w) == 1})
        clauses = [
            *self._scored(words, 1.0, _MAX_WORDS),
            *self._scored(more, _EXPANSION_BOOST, _MAX_MORE),
            *self._scored(single, _SINGLE_BOOST, 8),
            *[Clause("grams", g, _GRAM_BOOST) for g in self._rarest(grams, "grams", _MAX_GRAMS)],
            *[Clause("citation", t, self._cited(t), constant=True) for t in terms if self._frequency("citation", t)],
        ]
        concepts = set(meant)
        known = {w for w in [*meant, *words] if self._frequency("body", w)}
        whole = {w for w in known if not any(w != other and w in other for other in known)}
        telling = {
            w: self._idf(w) * (1.0 if w in concepts else self._telling(w))
            for w in dict.fromkeys([*meant, *words])
            if w in whole
        }
        return Asked(Plan(tuple(clauses)), telling, log(1 + max(self._documents, 4) / 3))

    def _scored(self, counted: Counter[str], boost: float, most: int) -> list[Clause]:
        return [
            Clause(field, word, boost * weight)
            for word in self._rarest(counted, "body", most)
            for field, weight in _WORD_FIELDS
        ]

    def _rarest(self, counted: Counter[str], field: str, most: int) -> list[str]:
        """The terms that say most: rare among the documents, said often in the query."""
        known = [(w, n) for w, n in counted.items() if self._frequency(field, w)]
        known.sort(key=lambda item: (-self._idf(item[0], field) * (1 + log(item[1])), item[0]))
        return [word for word, _ in known[:most]]

    def _idf(self, word: str, field: str = "body") -> float:
        """At most that of a word in three documents: rarer ones are names and slips, not more telling."""
        df = max(3, self._frequency(field, word))
        return log(1 + max(self._documents, 4) / df)

    def _telling(self, word: str) -> float:
        """How much a word of the story says beside a legal term: words that no summary ever uses are circumstances."""
        summed_up = self._frequency("gist", word) + self._frequency("title", word)
        often = 1 if self._documents < _FEW else 2  # among many documents a single one may use any word
        return _SAID_TELLS if summed_up >= often else _CIRCUMSTANCE

    def _cited(self, term: str) -> float:
        scale = log(1 + self._documents / self._frequency("citation", term)) / log(1 + max(self._documents, 4) / 3)
        return _CITED_SCORE * scale * (0.3 if _PROCEDURE.search(term) else 1.0)


def conditions(filters: DocumentFilters, today: int) -> list[DocumentConditions]:
    """What the filters ask, one step of the region after the other; a single one when no region is wanted.

    Half a character, which no engine takes, becomes a question mark: it names nothing either way.
    """
    kinds = tuple(kind.value for kind in filters.kinds)
    day = filters.as_of.toordinal() if filters.as_of else today
    area, region = (text.encode("utf-8", "replace").decode() for text in (filters.area, filters.region))
    if not region:
        return [DocumentConditions(kinds, (), area, day)]
    steps = [*region_terms(region), *region_terms("")]
    return [DocumentConditions(kinds, (step,), area, day) for step in steps]


def _without_citations(text: str) -> str:
    """The words of a citation are no words of the story."""
    return re.sub(
        r"《[^》]{2,60}》(?:第[零〇一二三四五六七八九十百千\d]+条(?:之.)?(?:第.{1,3}款)?(?:第（.{1,3}）项)?[；、，]?)?",
        " ",
        text,
    )
