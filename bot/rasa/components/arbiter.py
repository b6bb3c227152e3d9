"""Gives each message its meaning at this point of the conversation, as the last word on its intent."""

from __future__ import annotations

from collections.abc import Sequence
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
from bot.rasa.components.reader import situation_of
from bot.rasa.context import Meaning
from bot.rasa.hearing import KEY, Heard
from bot.rasa.meaning import Told, understand
from bot.rasa.runtime import day, runtime
from bot.rasa.several import Parts, find_several, parted
from bot.rasa.situation import Situation
from bot.rasa.story import told_before
from bot.rasa.two_problems import find_two, pieces


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Arbiter(GraphComponent, IntentClassifier):
    """`bot.rasa.meaning.understand` as a component: replaces the classifier's intent, keeps its ranking."""

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
        message, *others = messages
        if (message.get("metadata") or {}).get("recalled") is not None:
            meaning = Meaning("matter_status", 1.0)  # the same message again, with the matter it asked for
        else:
            meaning = self._meaning(message, others, situation_of(tracker))
        intent = {
            "name": meaning.intent,
            "confidence": meaning.confidence,
            "candidates": list(meaning.candidates),
            "parts": list(meaning.parts),
        }
        message.set(INTENT, intent, add_to_output=True)
        return [message]

    @staticmethod
    def _meaning(message: Message, others: Sequence[Message], situation: Situation) -> Meaning:
        heard = Heard.of({KEY: message.get(KEY)}, message.get(TEXT) or "")
        whole = others[-1] if others and told_before(situation) else None
        halves = others if whole is None else others[:-1]
        parts = parted(heard.text) if halves else Parts((), False)
        cut = len(halves) - len(parts.said)
        halves, counted = halves[:cut], halves[cut:]
        pairs = pieces(heard.text) if halves else []
        rankings = [_ranking(half) for half in halves]
        topics = runtime().topics
        several = find_several(parts, [*map(_ranking, counted)], [one.get(AREAS) or () for one in counted], topics)
        return understand(
            Told(
                heard,
                _ranking(message),
                several or find_two(pairs, list(zip(rankings[::2], rankings[1::2], strict=True)), topics),
                message.get(AREAS) or (),
                None if whole is None else (whole.get(TEXT), _ranking(whole), whole.get(AREAS) or ()),
            ),
            situation,
            topics,
            day(message.get("metadata")),
        )


def _ranking(message: Message) -> list[tuple[str, float]]:
    return [(entry["name"], entry["confidence"]) for entry in message.get("intent_ranking") or ()]
