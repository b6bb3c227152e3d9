"""Tells the intent of a message with a linear classifier over words, characters and sounds, with honest confidence."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.rasa.components.features import count_features, weigh
from bot.rasa.components.tokenizer import cut

RANKED = 5
"""Intents kept in the ranking: more is never read, and every turn pays for carrying it."""
TOPIC = "topic_"
Matrix = NDArray[Any]
CLEAR = 0.55
"""A message this clear is taken as a whole."""
CERTAIN = 0.85
"""A clause of a story must be this clear to speak for it."""
STORY = 4
"""A story has at least this many clauses."""
_STOPS = frozenset(",，。.!！?？;；、…~～")


class LinearModel:
    """A trained classifier: weights per feature and intent, and the scale that turns scores into probabilities.

    Prediction is a dictionary look-up and one small matrix product, about 0.3 ms, and needs no scikit-learn.
    """

    def __init__(
        self, intents: Sequence[str], idf: dict[str, float], weights: Matrix, bias: Matrix, sharpness: float
    ) -> None:
        """`weights`: float32, features × intents, in the order of `idf`; `bias`: one per intent."""
        self.intents, self.idf, self.weights, self.bias, self.sharpness = list(intents), idf, weights, bias, sharpness
        self._row = {name: row for row, name in enumerate(idf)}
        self._unseen = max(idf.values(), default=1.0)

    def rank(self, words: Sequence[str]) -> list[tuple[str, float]]:
        """Intents with their probability, best first; every intent is listed."""
        features = weigh(count_features(words), self.idf, self._unseen)
        scores = self.bias.copy()
        if features:
            rows = [self._row[name] for name in features]
            scores += np.fromiter(features.values(), np.float32, len(features)) @ self.weights[rows]
        exponents = np.exp(self.sharpness * (scores - scores.max()))
        chances = exponents / exponents.sum()
        return [(self.intents[i], float(chances[i])) for i in np.argsort(-chances)]

    def rank_message(self, words: Sequence[str]) -> list[tuple[str, float]]:
        """As `rank`; of a long story without a clear intent the one clause that is nearly certain decides.

        「气死我了……拖欠工资……电话不接」: everything around it drowns the two words that matter.
        """
        whole = self.rank(words)
        if whole[0][1] >= CLEAR:
            return whole
        clauses = [clause for clause in _clauses(words) if len("".join(clause)) >= 4]
        if len(clauses) < STORY:
            return whole
        says: dict[str, float] = {}
        for clause in clauses:
            for intent, chance in self.rank(clause)[:2]:
                if intent.startswith(TOPIC):
                    says[intent] = max(says.get(intent, 0.0), chance)
        if max(says.values(), default=0.0) < CERTAIN:
            return whole
        # The tenth power leaves a say to nearly certain clauses only.
        voices = {intent: chance**10 for intent, chance in says.items()}
        total = sum(voices.values())
        return sorted(((intent, voice / total) for intent, voice in voices.items()), key=lambda one: -one[1])

    @classmethod
    def train(
        cls,
        examples: Sequence[Sequence[str]],
        intents: Sequence[str],
        weights: Sequence[float] | None = None,
        folds: int = 4,
    ) -> LinearModel:
        """Learn from tokenised examples; `weights` says how much each counts, 1 where not given.

        The sharpness is fitted on full-weight sentences each fold had not seen. Raises ValueError for fewer than
        two intents.
        """
        from scipy.sparse import csr_matrix
        from sklearn.model_selection import StratifiedKFold
        from sklearn.svm import LinearSVC

        names = sorted(set(intents))
        if len(names) < 2:
            raise ValueError("The intent classifier needs examples of at least two intents; check the training data.")
        counted = [count_features(words) for words in examples]
        target = np.array([names.index(intent) for intent in intents])
        counts_for = np.ones(len(target)) if weights is None else np.array(weights, dtype=np.float64)

        def fit(chosen: Sequence[int]) -> tuple[dict[str, float], Matrix, Matrix]:
            seen: Counter[str] = Counter()
            for index in chosen:
                for group, features in counted[index].items():
                    seen.update(f"{group}:{feature}" for feature in features)
            idf = {name: math.log((1 + len(chosen)) / (1 + count)) + 1.0 for name, count in sorted(seen.items())}
            matrix = vectors(chosen, idf)
            svm = LinearSVC(C=1.0, random_state=7)
            svm.fit(matrix, target[list(chosen)], sample_weight=counts_for[list(chosen)])
            coefficients, bias = svm.coef_, svm.intercept_
            if len(svm.classes_) == 2:
                coefficients, bias = np.vstack([-coefficients, coefficients]), np.array([-bias[0], bias[0]])
            return idf, coefficients.T.astype(np.float32), bias.astype(np.float32)

        def vectors(chosen: Sequence[int], idf: dict[str, float]) -> Any:
            row_of = {name: row for row, name in enumerate(idf)}
            unseen = max(idf.values(), default=1.0)
            data, columns, ends = [], [], [0]
            for index in chosen:
                for name, weight in weigh(counted[index], idf, unseen).items():
                    data.append(weight)
                    columns.append(row_of[name])
                ends.append(len(data))
            return csr_matrix((data, columns, ends), shape=(len(chosen), len(idf)), dtype=np.float64)

        full, background = np.flatnonzero(counts_for >= 1.0), np.flatnonzero(counts_for < 1.0).tolist()
        held_out = np.zeros((len(full), len(names)))
        folds = min(folds, int(np.bincount(target[full]).min())) if folds else 0
        sharpness = 3.0
        if folds >= 2:
            split = StratifiedKFold(folds, shuffle=True, random_state=7)
            for learn, test in split.split(full, target[full]):
                idf, matrix, bias = fit([*full[learn].tolist(), *background])
                held_out[test] = vectors(full[test].tolist(), idf) @ matrix + bias
            sharpness = _fit_sharpness(held_out, target[full])
        return cls(names, *fit(range(len(target))), sharpness)


def _clauses(words: Sequence[str]) -> list[list[str]]:
    clauses: list[list[str]] = [[]]
    for word in words:
        if word in _STOPS:
            clauses.append([])
        else:
            clauses[-1].append(word)
    return clauses


def _fit_sharpness(scores: Matrix, target: Matrix) -> float:
    """The factor of the scores with the least log-loss on held-out sentences."""

    def loss(sharpness: float) -> float:
        scaled = sharpness * (scores - scores.max(axis=1, keepdims=True))
        chosen = scaled[np.arange(len(target)), target]
        return float(np.mean(np.log(np.exp(scaled).sum(axis=1)) - chosen))

    return float(min(np.arange(0.5, 12.0, 0.1), key=loss))


def _weight(example: Message) -> float:
    """How much an example counts; the training data gives it as metadata."""
    metadata = (example.get("metadata") or {}).get("example") or {}
    return float(metadata.get("weight", 1.0))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """`LinearModel` as a component of Rasa's graph."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, model: LinearModel | None = None) -> None:
        """`model` is None before training."""
        self._model_storage, self._resource, self.model = model_storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """An untrained component."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the intents of the training data and store them with the model."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        words = [cut(example.get(TEXT)) for example in examples]
        weights = [_weight(example) for example in examples]
        self.model = LinearModel.train(words, [example.get(INTENT) for example in examples], weights)
        with self._model_storage.write_to(self._resource) as folder:
            # Written as text and plain arrays: nothing is unpickled when the model is loaded.
            np.savez(folder / "weights.npz", weights=self.model.weights, bias=self.model.bias)
            described = {"intents": self.model.intents, "idf": self.model.idf, "sharpness": self.model.sharpness}
            (folder / "model.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """The component as trained."""
        with model_storage.read_from(resource) as folder:
            described = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
                weights, bias = arrays["weights"], arrays["bias"]
        model = LinearModel(described["intents"], described["idf"], weights, bias, described["sharpness"])
        return cls(model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Write intent and ranking into each message."""
        if self.model is None:
            raise RuntimeError(
                "The intent classifier was asked before it was trained or loaded; train the model first."
            )
        for message in messages:
            tokens = message.get("text_tokens")
            words = [token.text for token in tokens] if tokens is not None else cut(message.get(TEXT) or "")
            ranking = [{"name": name, "confidence": chance} for name, chance in self.model.rank_message(words)[:RANKED]]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
