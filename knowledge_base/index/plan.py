"""What a question asks of an index, independent of the engine that answers: weighted terms and conditions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import log

from knowledge_base.citations.law_names import LawNames
from knowledge_base.text.analysis import Analyzer, bigrams, normalise

MAX_QUERY = 2000
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


@dataclass(frozen=True, slots=True)
class Clause:
    """One term looked for in one field of pre-tokenised text."""

    field: str
    term: str
    boost: float
    constant: bool = False
    """True: a match adds exactly `boost`; False: it adds its BM25 score (k1 1.2, b 0.75, with the factor k1 + 1)
    times `boost`."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What every candidate must satisfy, without any influence on its score."""

    day: int | None = None
    """Proleptic ordinal of the day on which it must bind: effective ≤ day < ended; None for no such condition."""
    levels: tuple[str, ...] = ()
    law: str = ""
    """Full title."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The scores of the clauses that match are added; a candidate matches at least one."""

    clauses: tuple[Clause, ...]

    def __bool__(self) -> bool:
        return bool(self.clauses)


class Planner:
    """Makes plans for the articles of one index."""

    def __init__(self, analyzer: Analyzer, names: LawNames, frequency: Callable[[str, str], int]) -> None:
        """`frequency` gives the number of articles that hold a term in a field."""
        self._analyzer = analyzer
        self._names = names
        self._frequency = frequency

    def plan(self, question: str) -> Plan:
        """The plan for a question in any wording; empty when it holds no word the index knows."""
        plain, stop = normalise(question[:MAX_QUERY]), self._analyzer.stop_words
        core = self._analyzer.essence(plain)
        words = Counter(w for w in self._analyzer.words(core) if w not in stop)
        terms = self._analyzer.expand(plain)
        expanded = Counter(w for term in terms if term[0] != "《" for w in self._analyzer.words(term))
        grams = Counter(g for g in bigrams(core) if len(g) == 2 and not any(c in stop for c in g))
        single = Counter({w: words.pop(w) for w in list(words) if len(w) == 1})
        more = expanded - words
        shared = _EXPANSION_BOOST * min(1.0, _EXPANSION_FULL / max(1, len(more)))
        clauses = [
            *self._scored(words, _WORD_FIELDS, 1.0, _MAX_WORDS),
            *self._scored(single, _WORD_FIELDS[:1], _SINGLE_BOOST, _MAX_WORDS),
            *self._scored(more, _WORD_FIELDS[:2], shared, _MAX_WORDS),
            *self._scored(grams, (("grams", 1.0),), _GRAM_BOOST, _MAX_GRAMS),
            *self._said(words, "asked", _ASKED_BOOST, _MAX_WORDS),
            *self._said(more, "asked", _ASKED_BOOST * shared, _MAX_WORDS),
            *self._said(single, "asked", _ASKED_BOOST * _SINGLE_BOOST, _MAX_WORDS),
            *self._said(grams, "asked_grams", _ASKED_GRAM_BOOST, _MAX_GRAMS),
        ]
        if clauses:
            named = dict.fromkeys(self._names.mentioned("".join(t for t in terms if t[0] == "《")), _MEANT_LAW_SCORE)
            named |= dict.fromkeys(self._names.mentioned(plain), _NAMED_LAW_SCORE)
            clauses += [Clause("law", law, score, constant=True) for law, score in named.items()]
        return Plan(tuple(clauses))

    def _scored(
        self, counted: Counter[str], fields: tuple[tuple[str, float], ...], boost: float, most: int
    ) -> list[Clause]:
        """Clauses for the rarest `most` terms that the first of `fields` has."""
        known = [(self._frequency(fields[0][0], term), term) for term in counted]
        rare = sorted(k for k in known if k[0])[:most]
        return [Clause(field, term, boost * weight) for _, term in rare for field, weight in fields]

    def _said(self, counted: Counter[str], field: str, boost: float, most: int) -> list[Clause]:
        """Clauses for the rarest `most` terms in a field of the asked articles; a match gives its rarity, no more."""
        known = sorted((df, term) for term in counted if (df := self._frequency(field, term)))[:most]
        return [Clause(field, term, boost * log(1 + _ASKED / (df + 0.5)), constant=True) for df, term in known]
