"""Where a conversation stands between two turns: the slots of the dialogue, read and written in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.interviews.facts import Facts, from_json

Stage = Literal["", "interview", "told"]

SLOTS = ("topic", "facts", "asked", "stage", "pending", "offer", "misses", "passed", "last", "handed", "story", "ahead")
"""Every slot the dialogue keeps from turn to turn; `handoff` lives for one turn only."""
MOST_PENDING = 3
SAID_CHARACTERS = 600
"""Of an opening message kept for a later question or topic; the history is bounded by construction."""


@dataclass(frozen=True, slots=True)
class Situation:
    """The slots as values."""

    topic: str = ""
    """Topic id the conversation is on, empty if none."""
    facts: Mapping[str, Any] | None = None
    """As `bot.interviews.facts.to_json` wrote them."""
    asked: str = ""
    """Fact id of the question last put, empty if none."""
    stage: Stage = ""
    """"interview" while questions are open, "told" after the opinion."""
    pending: tuple[Mapping[str, Any], ...] = ()
    """Topics to take up later: {"topic": id, "said": the citizen's words}, oldest first; before them the interview
    that was left last, with its "facts" and the question "asked"."""
    offer: Mapping[str, Any] | None = None
    """What the bot proposed last and a yes or a name would accept, and the question of a lesson:
    {"kind": "person" | "clarify" | "again" | "apply" | "resume" | "recall" | "lesson" | "quiz" |
    "earlier" | "change", …}; "earlier" asks whether something was meant for an earlier question, "change" offers the
    interview of another "topic" in place of this one, the "number"th problem told; "quiet": without a quick reply.
    With "past" ("declined", "handed_in", "beside") it is over, or waits beside what was said since, and only a wish
    that names it takes it up again. "apply": the same of an application, beside another kind of proposal.
    """
    handed: tuple[str, ...] = ()
    """Why the topic's rules have called a person already; none calls twice."""
    misses: int = 0
    """Messages in a row that were not understood."""
    passed: int = 0
    """Answers in a row that told something else than what the question asked for that stands."""
    story: str = ""
    """The citizen's words since the beginning or the last opinion that opened no topic yet."""
    ahead: tuple[str, ...] = ()
    """Questions asked during the interview that the opinion answers first."""
    last: tuple[Mapping[str, Any], ...] = ()
    """What the bot said last, for 「再说一遍」: {"text", "choices"} per part."""

    @classmethod
    def of(cls, slots: Mapping[str, Any]) -> Situation:
        """Read the slots of a tracker; whatever is missing or odd counts as not set."""
        return cls(
            topic=slots.get("topic") or "",
            facts=slots.get("facts") or {},
            asked=slots.get("asked") or "",
            stage=slots.get("stage") or "",
            pending=tuple(slots.get("pending") or ()),
            offer=slots.get("offer") or None,
            handed=tuple(slots.get("handed") or ()),
            misses=int(slots.get("misses") or 0),
            passed=int(slots.get("passed") or 0),
            story=str(slots.get("story") or ""),
            ahead=tuple(slots.get("ahead") or ()),
            last=tuple(slots.get("last") or ()),
        )

    @property
    def words(self) -> tuple[Mapping[str, Any], ...]:
        """Of what was said last the parts with words; an opinion, which is written anew when it is wanted, has none."""
        return tuple(part for part in self.last if "text" in part)

    @property
    def kept(self) -> Mapping[str, Any] | None:
        """The interview that was left last, if one was."""
        return next((one for one in self.pending if "facts" in one), None)

    @property
    def applying(self) -> str:
        """Where an application of the topic stands: "open", "beside", "declined" or "handed_in"; empty for none."""
        offer = self.offer or {}
        return str(offer.get("past") or "open" if offer.get("kind") == "apply" else offer.get("apply") or "")

    def known(self) -> Facts:
        """The facts as values."""
        return from_json(dict(self.facts or {}))


def beside(applying: str, offer: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """`offer` as the next proposal, with the application that stands so far (`Situation.applying`) kept beside it."""
    if not applying or (offer or {}).get("kind") == "apply":
        return offer
    kept = "beside" if applying == "open" else applying
    return {"kind": "apply", "past": kept} if offer is None else {**offer, "apply": kept}
