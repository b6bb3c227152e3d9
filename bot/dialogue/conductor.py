"""Conducts one turn with Rasa: state in, reply out; this is what a worker runs and what tests run in-process."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.engine import Handoff, Part, Recall, Reply, Turn
from bot.dialogue.local_actions import LocalActions
from bot.dialogue.processor import TurnProcessor, rebuild
from bot.dialogue.summary import summary
from bot.dialogue.wire import application_from_json
from bot.documents.template import load_templates
from bot.education.lessons import load_lessons
from bot.interviews.conclude import Conclusions, conclude
from bot.interviews.facts import from_json
from bot.interviews.interview import Interview, question
from bot.interviews.topic_file import load_topics
from bot.rasa.runtime import CHINA, Runtime, use
from bot.rasa.situation import SLOTS, Situation
from knowledge_base.index.files import IndexUnavailable
from knowledge_base.opening import Settling, open_documents, open_searcher

logger = logging.getLogger(__name__)

STATE_VERSION = 1
MOST_CHARACTERS = 20_000
"""Of a longer message the rest is not read; nobody answers a question with a book."""
_HARMLESS = (
    ("您好",),
    ("国家对采集野生植物有什么规定",),  # no topic knows it, so it is searched for
    ("nihao",),
    ("老板欠我工资不给", *("不知道",) * 4, "谢谢"),
)
"""Conversations that do what most do: greet, search, read pinyin, and one interview as far as its opinion."""
KEPT = (*SLOTS, "requested_slot")


class Conductor:
    """A loaded model and its topics; keeps nothing of a conversation between turns."""

    def __init__(self, model: Path, topics: Path, index: Path, cluster: str = "") -> None:
        """Load the model (seconds). The law index is opened at the first turn, in the process that uses it.

        The templates of documents and the lessons lie in folders beside the topics.
        `cluster`: address of an Elasticsearch that holds the same index; empty for none.
        """
        self._index = index
        self._cluster = cluster
        self._serving = False
        self._today = date.min
        self._runtime = Runtime(
            load_topics(topics),
            templates=load_templates(topics.parent / "documents"),
            lessons=load_lessons(topics.parent / "lessons"),
        )
        use(self._runtime)
        empty = Domain.empty()
        self._processor = TurnProcessor(
            model_path=model,
            tracker_store=InMemoryTrackerStore(empty),
            lock_store=InMemoryLockStore(),
            generator=TemplatedNaturalLanguageGenerator({}),
            action_endpoint=LocalActions("bot.rasa.actions"),
        )

    def open_index(self) -> None:
        """Open the law index; its clock is the day of the turn. Without one the bot goes on and cites nothing."""
        self._serving = True
        try:
            self._runtime.searcher = open_searcher(self._index, lambda: self._today, self._cluster)
            self._runtime.cases = open_documents(self._index, lambda: self._today, self._cluster)
        except (IndexUnavailable, OSError) as error:
            logger.error("dialogue: no law index, so no articles and no opinions: %s", error)

    async def warm_up(self) -> None:
        """Answer harmless turns: before the fork, so that what is loaded late is shared, and once the index is open, so
        that no citizen waits for its first search, and memory that every turn makes its own is taken at once."""
        at = datetime(2026, 1, 1, tzinfo=CHINA)
        for texts in _HARMLESS:
            state: Mapping[str, Any] = {}
            for text in texts:
                state = (await self.respond(Turn("warm-up", "warm-up", text, at, state))).state

    async def respond(self, turn: Turn) -> Reply:
        """One turn. Pure in the turn, up to the index."""
        self._today = turn.at.astimezone(CHINA).date()
        if self._runtime.searcher is None and self._serving:
            self.open_index()  # it may have been built meanwhile
        slots, loop = _read_state(turn.state)
        tracker = rebuild(self._processor, turn.conversation, slots, loop)
        message = UserMessage(
            # Rasa takes a leading slash for a command that sets intent and slots; a citizen's slash is a typing error.
            text=turn.text[:MOST_CHARACTERS].lstrip(" \t\r\n/／"),
            sender_id=turn.conversation,
            input_channel="gateway",
            message_id=turn.message_id,
            metadata={
                "at": turn.at.isoformat(),
                "matter": turn.matter,
                "staffed": turn.staffed,
                "recalled": turn.recalled,
            },
        )
        said = (await self._processor.turn(message, tracker)).messages
        return self._reply(said, tracker)

    async def settle(self) -> None:
        """What may wait until the reply is sent: see whether a lost cluster has come back."""
        for searcher in (self._runtime.searcher, self._runtime.cases):
            if isinstance(searcher, Settling):
                await searcher.settle()

    def _reply(self, said: list[dict[str, Any]], tracker: DialogueStateTracker) -> Reply:
        values = {name: slot.value for name, slot in tracker.slots.items()}
        asked: dict[str, Any] | None = values.get("handoff")
        topic = self._runtime.topics.get(values.get("topic") or "")
        # Conclusions cost more than the rest of the turn; a seat needs them only when it may take over.
        facts = from_json(dict(values.get("facts") or {}))
        concluded = (
            conclude(topic, facts, self._today)
            if topic is not None and (asked or values.get("stage") == "told")
            else None
        )
        return Reply(
            parts=tuple(_part(message) for message in said),
            state={
                "v": STATE_VERSION,
                "slots": {name: values[name] for name in KEPT if values.get(name) is not None},
                "loop": tracker.active_loop_name,
            },
            handoff=None if not asked else _handoff(asked, concluded),
            application=None if not (told := values.get("application")) else application_from_json(told),
            recall=None if not (recall := values.get("recall")) else Recall(**recall),
            question=None if not asked else self._open_question(values),
            tell_matter=bool(values.get("tell_matter")),
            topic="" if topic is None else topic.id,
            area="" if topic is None else topic.area,
            summary={} if topic is None else summary(topic, facts, concluded),
        )

    def _open_question(self, values: Mapping[str, Any]) -> Part | None:
        """What an interview that rests for a person asks next."""
        now = Situation.of(values)
        topic = self._runtime.topics.get(now.topic)
        if topic is None or now.stage != "interview" or not now.asked:
            return None
        answered, remaining = Interview(topic, now.known(), self._today).progress()
        asked = question(topic.fact(now.asked))
        return Part(
            "choices" if asked.choices else "text",
            asked.text,
            asked.choices,
            {"answered": answered, "remaining": remaining},
        )


def _read_state(state: Mapping[str, Any]) -> tuple[dict[str, Any], str | None]:
    """Slots and form of a state; a state of another version is a fresh start rather than a wrong reading."""
    if state.get("v") != STATE_VERSION:
        return {}, None
    return dict(state.get("slots") or {}), state.get("loop")


def _handoff(asked: Mapping[str, Any], concluded: Conclusions | None) -> Handoff:
    """With the deadline that comes next, whatever the person is wanted for."""
    due = () if concluded is None else concluded.deadlines
    coming = [one.last_day for one in due if one.last_day is not None and not one.overdue]
    return Handoff(**{**asked, "reasons": tuple(asked["reasons"])}, deadline=min(coming, default=None))


def _part(message: Mapping[str, Any]) -> Part:
    custom = message.get("custom") or {}
    return Part(
        kind=custom.get("kind", "text"),
        text=message.get("text") or "",
        choices=tuple(custom.get("choices") or ()),
        data=custom.get("data") or {},
    )
