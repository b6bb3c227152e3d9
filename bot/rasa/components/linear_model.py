"""Tells intent and area of law of a message with linear classifiers over words, characters and sounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.rasa.components.features import count_features, weigh
from bot.rasa.components.sentences import Sentences

Matrix = NDArray[Any]
Ranking = list[tuple[str, float]]
"""Names with their probability, best first."""
TOPIC = "topic_"
AREA_SAYS = 0.2
"""How much the score of its area adds to a topic's: in cross-validation one topic and one area more in a hundred."""
WORDS_SAY = (0.7, 0.6)
"""Of intents and of areas: what the scores of the words keep beside the sentence as a whole; each alone is surer than
both together may be."""
SENTENCE_SAYS = (0.65, 0.45)
"""What the sentence as a whole counts for beside them (training_data/lay/README.md tells how these were chosen)."""
CLEAR = 0.55
"""A message this clear is taken as a whole."""
CERTAIN = 0.85
"""A clause of a story must be this clear to speak for it."""
STORY = 4
"""A story has at least this many clauses."""
_STOPS = frozenset(",，。.!！?？;；、…~～")


@dataclass(frozen=True, slots=True)
class Head:
    """Names of what one classifier tells apart, and the scale that turns its scores into probabilities."""

    names: tuple[str, ...]
    sharpness: float

    def ranking(self, scores: Matrix) -> Ranking:
        """Every name with its probability."""
        if not self.names:
            return []
        exponents = np.exp(self.sharpness * (scores - scores.max()))
        chances = exponents / exponents.sum()
        return [(self.names[i], float(chances[i])) for i in np.argsort(-chances)]


class LinearModel:
    """Weights per feature for both heads. Prediction is a look-up and a small matrix product, without scikit-learn."""

    def __init__(
        self,
        intents: Head,
        areas: Head,
        area_of: dict[str, str],
        idf: dict[str, float],
        weights: Matrix,
        bias: Matrix,
        sentences: Sentences | None = None,
    ) -> None:
        """`weights`: float16, features × (intents + areas), in the order of `idf`; `area_of`: intents with an area;
        `sentences`: what the sentence as a whole adds."""
        self.intents, self.areas, self.area_of = intents, areas, area_of
        self.idf, self.weights, self.bias, self.sentences = idf, weights, bias, sentences
        self._row = {name: row for row, name in enumerate(idf)}
        self._unseen = max(idf.values(), default=1.0)
        self._area_at = area_places(intents.names, areas.names, area_of)

    def rank(self, words: Sequence[str], as_a_whole: bool = True) -> tuple[Ranking, Ranking]:
        """Intents and areas; every one is listed. `as_a_whole` False: by the words alone, which costs nothing."""
        features = weigh(count_features(words), self.idf, self._unseen)
        scores = self.bias.copy()
        if features:
            rows = [self._row[name] for name in features]
            values = np.fromiter(features.values(), np.float32, len(features))
            scores += values @ self.weights[rows].astype(np.float32)
        intents, areas = scores[: len(self.intents.names)], scores[len(self.intents.names) :]
        intents = with_area(intents, areas, self._area_at)
        if self.sentences is not None and as_a_whole:
            said = self.sentences.says(words, self.intents.names, self.areas.names)
            intents, areas = (
                share * scored + weight / head.sharpness * more
                for head, scored, more, share, weight in zip(
                    (self.intents, self.areas), (intents, areas), said, WORDS_SAY, SENTENCE_SAYS, strict=True
                )
            )
        return self.intents.ranking(intents), self.areas.ranking(areas)

    def rank_message(self, words: Sequence[str]) -> tuple[Ranking, Ranking]:
        """As `rank`; of a long story without a clear intent the one clause that is nearly certain decides.

        「气死我了……拖欠工资……电话不接」: everything around it drowns the two words that matter.
        """
        whole, areas = self.rank(words)
        if whole[0][1] >= CLEAR:
            return whole, areas
        clauses = [clause for clause in _clauses(words) if len("".join(clause)) >= 4]
        if len(clauses) < STORY:
            return whole, areas
        says: dict[str, float] = {}
        for clause in clauses:
            if self.sentences is not None and self.rank(clause, as_a_whole=False)[0][0][1] < CLEAR:
                continue  # a story may have a hundred clauses: only those with a word that matters are worth a look
            for intent, chance in self.rank(clause)[0][:2]:
                if intent.startswith(TOPIC):
                    says[intent] = max(says.get(intent, 0.0), chance)
        if max(says.values(), default=0.0) < CERTAIN:
            return whole, areas
        # The tenth power leaves a say to nearly certain clauses only.
        voices = {intent: chance**10 for intent, chance in says.items()}
        total = sum(voices.values())
        return sorted(((intent, voice / total) for intent, voice in voices.items()), key=lambda one: -one[1]), areas


def area_places(intents: Sequence[str], areas: Sequence[str], area_of: dict[str, str]) -> NDArray[np.int64]:
    """For each intent the place of its area among the areas, -1 for none."""
    return np.array([areas.index(area_of[name]) if name in area_of else -1 for name in intents], np.int64)


def with_area(intents: Matrix, areas: Matrix, area_at: NDArray[np.int64]) -> Matrix:
    """Scores of intents with what the areas say: a topic of the best area gains, one of any other loses."""
    if areas.shape[-1] < 2:
        return intents
    rival = np.partition(areas, -2, axis=-1)[..., -2:-1]
    added: Matrix = intents + AREA_SAYS * np.where(area_at >= 0, areas[..., area_at] - rival, 0.0)
    return added


def _clauses(words: Sequence[str]) -> list[list[str]]:
    clauses: list[list[str]] = [[]]
    for word in words:
        if word in _STOPS:
            clauses.append([])
        else:
            clauses[-1].append(word)
    return clauses
