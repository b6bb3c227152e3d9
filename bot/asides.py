"""What a citizen says to the service itself, in the middle of whatever the talk is about: linking, consents."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.dialogue.engine import Part
from bot.message import Message
from bot.records import Recalled
from bot.safe_log import log_failure

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to an aside; the engine is not asked, and what it had put stays open."""

    parts: tuple[Part, ...]
    recalled: Recalled | None = None
    """The conversation is now about this matter: the engine is asked to go on with it."""
    matter: str = ""
    """Number of the conversation's matter, where that has changed otherwise."""


class Aside(Protocol):
    """One kind of them. Asked before the engine, for every message that the machine acts on: most are not its."""

    async def answer(self, message: Message) -> Said | None:
        """The answer; None where the message is none of its. Twice the same message gets the same answer."""
        ...


async def first_answer(asides: Sequence[Aside], message: Message) -> Said | None:
    """Of whoever the message is for; where that fails, and where it is for nobody, the engine is asked."""
    try:
        for aside in asides:
            if (said := await aside.answer(message)) is not None:
                return said
    except Exception as error:  # noqa: BLE001
        log_failure(_LOG, "an aside was not answered, the engine is asked", error)
    return None


def word(text: str, choices: tuple[str, ...] = ()) -> Part:
    """What an aside says; without choices of its own, those that the bot has put stay the ones that a number names."""
    return Part("choices", text, choices) if choices else Part("text", text, data={"aside": True})
