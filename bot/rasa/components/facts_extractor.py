"""Puts the amounts, durations, dates, relations, places and law references of a message into Rasa's entities."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.rasa.runtime import day
from bot.understanding.pipeline import build_pipeline, entities, read

MOST_CHARACTERS = 2000
MOST_ENTITIES = 20
"""A turn carries its entities through every action; a message with more is a document, not an answer."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FactsExtractor(GraphComponent, EntityExtractorMixin):
    """The spaCy pipeline of bot.understanding as a component of Rasa's graph."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FactsExtractor:
        """Build the pipeline; it holds rules only, so there is nothing to train or load."""
        return cls()

    def __init__(self) -> None:
        """Builds the pipeline."""
        self._pipeline = build_pipeline()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities found to each message."""
        for message in messages:
            text = (message.get(TEXT) or "")[:MOST_CHARACTERS]
            found = entities(read(self._pipeline, text, day(message.get("metadata"))))
            written = [
                {
                    "entity": entity.kind,
                    "value": str(entity.value),
                    "start": entity.start,
                    "end": entity.end,
                    "extractor": "FactsExtractor",
                }
                for entity in found[:MOST_ENTITIES]
            ]
            message.set(ENTITIES, (message.get(ENTITIES) or []) + written, add_to_output=True)
        return messages
