"""Gets ready what will be said should the caller be done, while it is not yet sure that they are."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from voice.call.talk import Talk
from voice.call_actions import Ask, Say
from voice.call_events import Replied, Words
from voice.conversations import Conversations
from voice.speaker import Speaker

_LOG = logging.getLogger(__name__)


class Foresight:
    """Of one call. A pause costs the caller its own length only, not also that of thinking and of making sound.

    What it looks at stays as it is: the call's talk is asked through a twin, the conversation what it would say.
    """

    def __init__(
        self,
        call: str,
        talk: Talk,
        conversations: Conversations,
        speaker: Speaker,
        start: Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]],
    ) -> None:
        """`start` runs what ends with the call."""
        self._call, self._talk, self._conversations, self._speaker = call, talk, conversations, speaker
        self._start = start
        self._looking: asyncio.Task[None] | None = None

    def look(self, words: Words, now: float) -> None:
        """These may be all the words of the turn; what was thought before is no longer."""
        if self._looking is not None:
            self._looking.cancel()
        self._looking = self._start(self._ahead(words, now))

    async def _ahead(self, words: Words, now: float) -> None:
        talk = self._talk.twin()
        actions = talk.handle(words, now)
        try:
            if (asked := next((one for one in actions if isinstance(one, Ask)), None)) is not None:
                said = await self._conversations.foresee(self._call, asked.text)
                actions = talk.handle(Replied(asked.number, said), now) if said else ()
            say = next((one for one in actions if isinstance(one, Say)), None)
            if say is not None:
                await self._speaker.prepare(say.text)
        except Exception as error:  # noqa: BLE001 - whatever it was, it comes again, or not, when they are done
            _LOG.info("nothing was made ready on call %s: %s", self._call, type(error).__name__)
