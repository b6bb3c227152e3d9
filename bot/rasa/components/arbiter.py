"""Gives each message its meaning at this point of the conversation, as the last word of the NLU pipeline."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.rasa.components.classifier import AREAS
from bot.rasa.context import decide
from bot.rasa.runtime import day, runtime
from bot.rasa.situation import SLOTS, Situation


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Arbiter(GraphComponent, IntentClassifier):
    """`bot.rasa.context.decide` as a component: replaces the classifier's intent, keeps its ranking."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Arbiter:
        """Nothing to load: what it needs is the process's runtime."""
        return cls()

    def process(self, messages: list[Message], tracker: DialogueStateTracker) -> list[Message]:
        """Write the meaning as the intent; `candidates` beside it names the topics an action will need."""
        situation = Situation.of({name: tracker.slots[name].value for name in SLOTS if name in tracker.slots})
        for message in messages:
            ranking = [(entry["name"], entry["confidence"]) for entry in message.get("intent_ranking") or ()]
            today = day(message.get("metadata"))
            meaning = decide(
                message.get(TEXT) or "", ranking, situation, runtime().topics, today, message.get(AREAS) or ()
            )
            intent = {
                "name": meaning.intent,
                "confidence": meaning.confidence,
                "candidates": list(meaning.candidates),
            }
            message.set(INTENT, intent, add_to_output=True)
        return messages
