"""One action's view of a turn: what was said, where the conversation stands, and a way to say and remember things."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.dialogue.engine import PartKind, Priority
from bot.documents.template import Template
from bot.education.lessons import Lessons
from bot.interviews.topic import Topic
from bot.rasa.hearing import Heard
from bot.rasa.runtime import day, runtime
from bot.rasa.situation import Situation, beside
from bot.rasa.story import GOES_ON, longer
from bot.understanding.feelings import read_feeling
from bot.understanding.language import read_language
from bot.understanding.meant import meant, understand
from knowledge_base.documents.searcher import DocumentSearcher
from knowledge_base.searcher import Searcher

REMEMBERED_CHARACTERS = 1000
REMEMBERED_PARTS = 3
MISSES_TO_HAND_OVER = 2
"""Misunderstandings in a row; at the first a person is offered. A third would only tell people that nobody listens."""

PIECES_TO_HAND_OVER = 4
"""Pieces of a story in a row that led nowhere."""

PASSED_TO_PUT_ASIDE = 3
"""Answers that told something else than was asked, after which it is not asked again."""


class Step:
    """Wraps what Rasa hands to an action, so that actions speak of topics and facts, not of trackers."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        """`tracker` is read only; changes leave as events."""
        self._dispatcher = dispatcher
        message = tracker.latest_message or {}
        metadata: Mapping[str, Any] = message.get("metadata") or {}
        self.heard = Heard.of(message, message.get("text") or "")
        self.text: str = self.heard.text
        """What was said, as it is understood; never shown as the citizen's words."""
        written = message.get("text") or ""
        self.own: str = written if meant(written) == self.text else self.text
        """The citizen's own words, for whatever quotes them; of pinyin and a confirmed guess the Chinese."""
        intent = message.get("intent") or {}
        self.intent: str = intent.get("name") or ""
        ranking = message.get("intent_ranking") or [{}]
        self.looks_like: str = ranking[0].get("name") or ""
        """The intent that the words alone were taken for."""
        self.likely: float = float(ranking[0].get("confidence") or 0.0)
        """How likely it is that."""
        self.candidates: list[str] = list(intent.get("candidates") or ())
        self.parts: list[str] = [understand(self.own).quoted(part) for part in intent.get("parts") or ()]
        """Of a message about two problems the own words on each, in the order of the topics."""
        self.today: date = day(metadata)
        self.matter: str = str(metadata.get("matter") or "")
        """Number of the matter, empty where the channel gave none."""
        self.staffed: bool = bool(metadata.get("staffed", True))
        """Whether somebody is at the desk to take over."""
        self.recalled: dict[str, Any] | None = metadata.get("recalled")
        """What came of a recall that this same message asked for."""
        self.slots: dict[str, Any] = dict(tracker.slots)
        self.in_loop: bool = bool((tracker.active_loop or {}).get("name"))
        self.situation = Situation.of(self.slots)
        self.topics: Mapping[str, Topic] = runtime().topics
        self.topic: Topic | None = self.topics.get(self.situation.topic)
        """The topic the conversation is on."""
        self._said: list[dict[str, Any]] = []
        self._changes: dict[str, Any] = {}
        self._followup: str | None = None
        self._loop_ends = False

    @property
    def now(self) -> Situation:
        """The situation with what this step has changed; `situation` stays as it was at its beginning."""
        return Situation.of(self.slots)

    @property
    def searcher(self) -> Searcher | None:
        """The law index, None while it cannot be opened."""
        return runtime().searcher

    @property
    def cases(self) -> DocumentSearcher | None:
        """Decided cases, None while they cannot be opened."""
        return runtime().cases

    @property
    def templates(self) -> Mapping[str, Template]:
        """Of the documents that are drafted with an opinion, by id."""
        return runtime().templates

    @property
    def lessons(self) -> Lessons:
        """Of legal education."""
        return runtime().lessons

    def say(
        self, text: str, choices: Sequence[str] = (), kind: PartKind = "text", data: Mapping[str, Any] | None = None
    ) -> None:
        """Add one part to the reply."""
        part_kind: PartKind = "choices" if choices and kind == "text" else kind
        self._dispatcher.utter_message(
            text=text, json_message={"kind": part_kind, "choices": list(choices), "data": dict(data or {})}
        )
        self._said.append({"text": text[:REMEMBERED_CHARACTERS], "choices": list(choices)})

    def say_first(self, text: str) -> None:
        """Add one part before all others."""
        self.say(text)
        self._dispatcher.messages.insert(0, self._dispatcher.messages.pop())
        self._said.insert(0, self._said.pop())

    @property
    def said(self) -> list[str]:
        """The texts of the parts so far."""
        return [str(part["text"]) for part in self._said]

    def put(self, **slots: Any) -> None:
        """Set slots; later reads of `slots` in this step see them.

        What is proposed next does not take away an application that stands, until the topic or its stage changes.
        """
        if "offer" in slots and not slots.keys() & {"topic", "stage"}:
            slots["offer"] = beside(self.now.applying, slots["offer"])
        self._changes.update(slots)
        self.slots.update(slots)

    def hand_over(self, reason: str, priority: Priority, kind: str, also: Sequence[str] = ()) -> None:
        """Ask that a person take over; `also`: what else speaks for it."""
        self.put(
            handoff={
                "reason": reason,
                "priority": priority,
                "kind": kind,
                "reasons": list(also),
                "mood": read_feeling(self.own) or "",
                "language": self._tongue(),
            },
            misses=0,
            offer=None,
        )
        if kind in ("rule", "deadline"):
            self.put(handed=list(dict.fromkeys((*self.now.handed, reason, *also))))

    def _tongue(self) -> str:
        """Other than Mandarin, as far as this message shows it; who is being interviewed reads Chinese."""
        found = read_language((self.own,))
        return "" if found == "zh" or (found == "en" and self.topic is not None) else found

    def then(self, action: str) -> None:
        """Run `action` right after this one, whatever the policies would choose."""
        self._followup = action

    def keep_story(self) -> None:
        """What opened no topic is read again with what comes next; what did is the interview's."""
        story = self.situation.story
        if self.now.stage == "told":
            story = ""
        elif self.now.stage == "interview" or self.in_loop:
            # A topic opened by mistake is left with what opened it.
            opened = self.situation.stage != "interview" and self.now.topic != self.situation.topic
            story = longer("" if self.situation.stage else story, self.own) if opened else story
        elif self.intent in GOES_ON and not story.endswith(self.own):
            story = longer(story, self.own)
        if story != self.situation.story:
            self.put(story=story or None)

    def end_loop(self) -> None:
        """Leave the interview form."""
        self._loop_ends = True
        self.in_loop = False

    def events(self) -> list[dict[str, Any]]:
        """What Rasa has to record."""
        if self._said and "last" not in self._changes:
            self.put(last=self._said[-REMEMBERED_PARTS:])
        events: list[dict[str, Any]] = [SlotSet(name, value) for name, value in self._changes.items()]
        if self._loop_ends:
            events.append(ActiveLoop(None))
        if self._followup is not None:
            events.append(FollowupAction(self._followup))
        return events


class StepAction(Action, ABC):
    """An action that works on a `Step`."""

    id: str
    """Name in the domain."""

    def name(self) -> str:
        """Name in the domain."""
        return self.id

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Rasa's entry: build the step, act, return its events."""
        step = Step(dispatcher, tracker)
        await self.act(step)
        if first := self.before(step):
            step.say_first(first)
        step.keep_story()
        return step.events()

    def before(self, step: Step) -> str:
        """What is said before all that the action said; "" for nothing."""
        return ""

    @abstractmethod
    async def act(self, step: Step) -> None:
        """Do the work: say parts, set slots."""
