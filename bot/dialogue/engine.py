"""The seam between a conversation and whatever conducts it: one turn in, one reply out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

PartKind = Literal["text", "choices", "articles", "opinion", "file"]
Priority = Literal["urgent", "high", "normal"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What the engine gets: one message of a citizen and the dialogue state the last reply left."""

    conversation: str
    message_id: str
    text: str
    at: datetime
    """Aware, Asia/Shanghai."""
    state: Mapping[str, Any] = field(default_factory=dict)
    """`Reply.state` of the previous turn, {} for the first. JSON-able, opaque to everyone but the engine."""
    matter: str = ""
    """Number of the conversation's matter, e.g. 20261123-0001."""
    recalled: Mapping[str, Any] | None = None
    """What came of `Reply.recall`: {"number", "found", "topic", "progress"}; `state` is then that of the matter."""
    staffed: bool = True
    """Whether somebody is at the desk: where nobody is, the bot goes on while the citizen waits for a person."""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a reply, channel-neutral. `text` alone is always enough to understand it."""

    kind: PartKind
    text: str
    choices: tuple[str, ...] = ()
    """Labels of quick replies; choosing one sends the label as the citizen's next message."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """kind "opinion": the opinion as `bot.interviews.opinion.Opinion.to_dict()`.
    kind "articles": {"articles": [{"law", "number", "text", "version", "warning"}]}, on a person's "text" too.
    kind "file" (of a person, never of the engine): {"id", "name", "size", "media_type"}."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """The engine asks that a person take over."""

    reason: str
    """Simplified Chinese, for the seat."""
    priority: Priority
    kind: str = "asked"
    """asked | danger | deadline | rule | unclear | stakes | anger | failure"""
    reasons: tuple[str, ...] = ()
    """What else speaks for a person (Simplified Chinese), e.g. a second rule of the topic."""
    deadline: date | None = None
    """The last day that comes next of those that the facts give."""
    help: str = ""
    """Kind of help as `bot.desk.queues.help` names it; this and the rest: "" where the engine does not know, and the
    desk reads it from all that was said."""
    mood: str = ""
    """afraid | angry | sad"""
    language: str = ""
    """zh | yue | en"""
    region: str = ""
    """Division code (GB/T 2260)."""


@dataclass(frozen=True, slots=True)
class Application:
    """The citizen hands an application in: it goes on the desk, and the law gives a time to answer it; or takes back
    or changes one that was handed in."""

    kind: str
    """legal_aid | lawyer | notary | appraisal | mediation | complaint | disclosure | permit | other"""
    title: str
    """What is applied for, in the words of the service."""
    due: date | None = None
    """Last day by which it must be answered; None where no law gives one."""
    act: Literal["submit", "withdraw", "amend"] = "submit"
    note: str = ""
    """Of what is changed, for the desk (Simplified Chinese)."""


@dataclass(frozen=True, slots=True)
class Recall:
    """The citizen comes back with a matter: the engine is asked again with what was found."""

    number: str
    code: str
    """What proves that it is theirs; never guessed from the number."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the engine answers."""

    parts: tuple[Part, ...]
    state: Mapping[str, Any]
    handoff: Handoff | None = None
    application: Application | None = None
    recall: Recall | None = None
    question: Part | None = None
    """With a handoff: what is still open, to be put when the person hands back; None where nothing is."""
    tell_matter: bool = False
    """The conversation adds the number of the matter, its code and how its applications stand."""
    topic: str = ""
    """Topic id the conversation is on, empty if none."""
    area: str = ""
    summary: Mapping[str, Any] = field(default_factory=dict)
    """For the desk: {"topic": name, "facts": [{"label", "value", "said"}], "findings": [title…],
    "deadlines": [text…]}."""


class EngineUnavailable(Exception):
    """The engine could not answer this turn; the message names the cause and what to do."""


class TurnFailed(EngineUnavailable):
    """The engine is there, but this turn fails in it, and would again."""


class DialogueEngine(Protocol):
    """Conducts conversations; keeps nothing between turns but what it returns in `Reply.state`."""

    async def respond(self, turn: Turn) -> Reply:
        """Answer one turn. Pure in (turn) up to the law index: asking twice gives the same reply.

        Raises EngineUnavailable when no worker could answer.
        """
        ...
