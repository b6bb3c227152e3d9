"""The classifier of intents and areas as a component of Rasa's graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.rasa.components import likeness, sensed
from bot.rasa.components.example import Example
from bot.rasa.components.linear_model import Head, LinearModel
from bot.rasa.components.sentence_model import SentenceModel
from bot.rasa.components.sentences import DANGERS, OF_DANGER, Sentences
from bot.rasa.components.tokenizer import cut

RANKED = 8
"""Intents kept in the ranking: more is never read, and every turn pays for carrying it."""
AREAS = "areas"
"""Key of a message under which the likeliest areas stand."""
LIKELY_AREAS = 3
DANGER = "danger"
"""Folder beside the model where lies what senses danger."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """`LinearModel` as a component of Rasa's graph."""

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, model: LinearModel | None = None, beside: str = ""
    ) -> None:
        """`model` is None before training; `beside` is the file of examples that do not go through Rasa."""
        self._model_storage, self._resource, self.model, self._beside = model_storage, resource, model, beside

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """An untrained component."""
        return cls(model_storage, resource, beside=config.get("beside", ""))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the intents and areas of the training data and store them with the model."""
        from bot.rasa.components.corrected import learn_corrected

        told = [
            (one.get(TEXT), one.get(INTENT) or "", (one.get("metadata") or {}).get("intent") or {})
            for one in training_data.intent_examples
            if one.get(TEXT)
        ]
        if self._beside:
            told += json.loads(Path(self._beside).read_text(encoding="utf-8"))
        self.model = learn_corrected([Example.of(*one) for one in told])
        with self._model_storage.write_to(self._resource) as folder:
            # Written as text and plain arrays: nothing is unpickled when the model is loaded.
            np.savez(folder / "weights.npz", weights=self.model.weights, bias=self.model.bias)
            described = {
                "intents": [self.model.intents.names, self.model.intents.sharpness],
                "areas": [self.model.areas.names, self.model.areas.sharpness],
                "area_of": self.model.area_of,
                "idf": self.model.idf,
            }
            (folder / "model.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
            if self.model.sentences is not None:
                self.model.sentences.save(folder)
            danger = Sentences.there(SentenceModel.there(), DANGERS, OF_DANGER)
            if danger is not None:
                danger.save(folder / DANGER)
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
            model = read_model(folder)
            sensed.use(Sentences.read(folder / DANGER, OF_DANGER))
        likeness.use(model.sentences.model if model.sentences is not None else None)
        return cls(model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Write intent, ranking and areas into each message."""
        if self.model is None:
            raise RuntimeError(
                "The intent classifier was asked before it was trained or loaded; train the model first."
            )
        for message in messages:
            tokens = message.get("text_tokens")
            words = [token.text for token in tokens] if tokens is not None else cut(message.get(TEXT) or "")
            intents, areas = self.model.rank_message(words)
            ranking = [{"name": name, "confidence": chance} for name, chance in intents[:RANKED]]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            message.set(AREAS, areas[:LIKELY_AREAS])
        return messages


def read_model(folder: Path) -> LinearModel:
    """What `train` wrote into `folder`."""
    described = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
        weights, bias = arrays["weights"], arrays["bias"]
    intents, areas = (Head(tuple(names), sharp) for names, sharp in (described["intents"], described["areas"]))
    return LinearModel(intents, areas, described["area_of"], described["idf"], weights, bias, Sentences.read(folder))
