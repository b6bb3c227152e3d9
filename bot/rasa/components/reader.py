"""Hears each message first, and lays its pieces and the story it ends before the classifier."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.rasa.hearing import KEY, hear
from bot.rasa.several import parted
from bot.rasa.situation import SLOTS, Situation
from bot.rasa.story import longer, told_before
from bot.rasa.two_problems import pieces


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class MessageReader(GraphComponent, IntentClassifier):
    """`bot.rasa.hearing.hear` as a component; what follows reads `heard`, the text stays as it was written.

    The pieces, and what was told so far, go through tokenizer and classifier as messages behind the first; the arbiter
    takes them out again.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageReader:
        """Nothing to load."""
        return cls()

    def process(self, messages: list[Message], tracker: DialogueStateTracker) -> list[Message]:
        """Write what is heard into each message."""
        situation = situation_of(tracker)
        for message in messages:
            heard = hear(message.get(TEXT) or "", situation)
            message.set(KEY, heard.to_dict(), add_to_output=True)
        if len(messages) != 1 or situation.stage == "interview":
            return messages
        told = messages[0].get(KEY)["text"]
        more = [half for pair in pieces(told) for half in pair]
        more += parted(told).said
        if before := told_before(situation):
            more.append(longer(before, told))
        return [*messages, *(Message({TEXT: text}) for text in more)]


def situation_of(tracker: DialogueStateTracker) -> Situation:
    """Where the conversation stands, from the slots."""
    return Situation.of({name: tracker.slots[name].value for name in SLOTS if name in tracker.slots})
