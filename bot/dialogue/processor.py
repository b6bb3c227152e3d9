"""Rasa's message processor for one turn on a given tracker: no store, no locks, no session timers."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection, action_for_index
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.exceptions import ActionLimitReached
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.local_actions import LocalAction, LocalActions, LocalFormAction
from bot.dialogue.runner import OrderedRunner

FALLBACK = "action_miss"
"""What the rules call where none of them applies."""


class Collector(OutputChannel):
    """Takes the messages of one turn as Rasa sends them."""

    def __init__(self) -> None:
        """Empty."""
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """Rasa's name for it."""
        return "collector"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep the message as it is."""
        self.messages.append(message)


class TurnProcessor(MessageProcessor):
    """Handles a message on the tracker it is given."""

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        with tempfile.TemporaryDirectory(prefix="faxian-model-") as folder:
            metadata, runner = load_predict_graph_runner(
                Path(folder), Path(model_path), LocalModelStorage, OrderedRunner
            )
        return Path(model_path).name, metadata, runner

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        """The next action, ours where it is one of ours. Raises ActionLimitReached when the rules run in a circle."""
        if self.is_action_limit_reached(tracker, self.should_predict_another_action(tracker.latest_action_name)):
            raise ActionLimitReached("The limit of actions in one turn has been reached; two rules answer each other.")
        prediction = self._predict_next_with_tracker(tracker)
        name = self.domain.action_names_or_texts[prediction.max_confidence_index]
        endpoint = self.action_endpoint
        if isinstance(endpoint, LocalActions):
            if name in self.domain.form_names:
                return LocalFormAction(name, endpoint), prediction
            if name in self.domain.user_actions:
                return LocalAction(name, endpoint), prediction
        return action_for_index(prediction.max_confidence_index, self.domain, endpoint), prediction

    async def turn(self, message: UserMessage, tracker: DialogueStateTracker) -> Collector:
        """Parse, predict and act until the bot listens again. Exceptions of actions come through.

        Slot extraction is left out: every slot of the domain is set by an action, so there is nothing to extract.
        """
        channel = Collector()
        message.output_channel = channel
        await self._handle_message_with_tracker(message, tracker)
        await self._run_prediction_loop(channel, tracker)
        return channel

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        babbles = action.name() == tracker.latest_action_name or (action.name() == FALLBACK and _has_spoken(tracker))
        if action.name() == ACTION_LISTEN_NAME or babbles:
            # The same action twice running, or the fallback behind an opinion that another action called for, means
            # that no rule knows what comes next: better to listen than to babble.
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
            return False
        # A copy, because a form changes its tracker while it runs and may still be rejected.
        attempt = tracker.copy()
        attempt.update_with_events(prediction.events, self.domain)
        try:
            events = await action.run(output_channel, nlg, attempt, self.domain)
        except ActionExecutionRejection:
            rejected = ActionExecutionRejected(action.name(), prediction.policy_name, prediction.max_confidence)
            tracker.update(rejected)
            return bool(self.should_predict_another_action(action.name()))
        tracker.update_with_events(prediction.events, self.domain)
        tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events, self.domain)
        for event in events:
            if isinstance(event, BotUttered):
                await output_channel.send_response(tracker.sender_id, event.message())
        return bool(self.should_predict_another_action(action.name()))


def _has_spoken(tracker: DialogueStateTracker) -> bool:
    """Whether something was answered to the last message."""
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            return True
        if isinstance(event, UserUttered):
            return False
    return False


def rebuild(
    processor: MessageProcessor, conversation: str, slots: dict[str, Any], loop: str | None
) -> DialogueStateTracker:
    """The tracker of a conversation that stands at these slots and in this form, waiting for the citizen.

    It holds no earlier events: what the rules need of the past is in the slots and the form, so a turn costs the same
    however long the conversation has been.
    """
    known = {slot.name for slot in processor.domain.slots}
    events: list[Event] = [SlotSet(name, value) for name, value in slots.items() if name in known]
    if loop is not None and loop in processor.domain.form_names:
        events.append(ActiveLoop(loop))
    events.append(ActionExecuted(ACTION_LISTEN_NAME))
    return DialogueStateTracker.from_events(conversation, events, slots=processor.domain.slots, domain=processor.domain)
