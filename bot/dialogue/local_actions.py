"""Runs Rasa's custom actions in the same process, through the same executor an action server uses."""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.actions.forms import FormAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class LocalActions(EndpointConfig):
    """An action endpoint without HTTP: a request is a function call."""

    def __init__(self, package: str) -> None:
        """`package` holds the Action classes; all are registered now."""
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Run the action named in the call; exceptions of the action come through."""
        return await self._executor.run(kwargs["json"])


class LocalAction(RemoteAction):
    """A custom action of ours, called without what Rasa does to guard against a foreign server.

    Rasa checks every answer against a JSON schema and first checks the schema itself: nine tenths of a turn's time.
    It also sends the domain and all events along, which our actions do not read.
    """

    def __init__(self, name: str, endpoint: LocalActions) -> None:
        """`endpoint` runs it."""
        super().__init__(name, endpoint)
        self._local = endpoint

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """Events of the action, its utterances first; see `Action.run`."""
        call = {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": {**tracker.current_state(EventVerbosity.NONE), "events": []},
        }
        answer = await self._local.request(json=call)
        said = await self._utter_responses(answer["responses"], output_channel, nlg, tracker)
        return [*said, *deserialise_events(answer["events"])]


class LocalFormAction(FormAction):
    """Rasa's form whose own custom actions run locally."""

    def __init__(self, name: str, endpoint: LocalActions) -> None:
        """`endpoint` runs its actions."""
        super().__init__(name, endpoint)
        self._local = endpoint

    async def validate_slots(
        self,
        slot_candidates: dict[str, Any],
        tracker: DialogueStateTracker,
        domain: Domain,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
    ) -> list[Event]:
        """As `FormAction.validate_slots`."""
        found: list[Event] = [SlotSet(name, value) for name, value in slot_candidates.items()]
        attempt = self._temporary_tracker(tracker, found, domain)
        return await LocalAction(f"validate_{self.name()}", self._local).run(output_channel, nlg, attempt, domain)

    async def _ask_for_slot(
        self,
        domain: Domain,
        nlg: NaturalLanguageGenerator,
        output_channel: OutputChannel,
        slot_name: str,
        tracker: DialogueStateTracker,
    ) -> list[Event]:
        return await LocalAction(f"action_ask_{slot_name}", self._local).run(output_channel, nlg, tracker, domain)
