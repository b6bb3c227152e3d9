"""A caller from the web chat's page who wants a person gets one in that chat: a page has no telephone to ring."""

from __future__ import annotations

from bot.calls.calls import Calls
from bot.calls.records import CallRecords
from bot.clock import Clock
from bot.dialogue.engine import Handoff
from bot.events import Event, Publish
from bot.reception import Reception

ASKED = "来访人在网页的语音通话里要找工作人员。"
DANGER = "来访人可能有危险，是在网页的语音通话里说的。"


class CallChat:
    """The service."""

    def __init__(
        self, calls: Calls, records: CallRecords, reception: Reception, clock: Clock, publish: Publish
    ) -> None:
        self._calls = calls
        self._records = records
        self._reception = reception
        self._clock = clock
        self._publish = publish

    async def attended(self, conversation: str) -> bool:
        """Whether somebody is here to take it: in a chat everybody can, with a telephone or without."""
        return await self._reception.attended(conversation)

    async def move(self, conversation: str, page: str, *, urgent: bool) -> bool:
        """The call's talk goes on in the conversation of that page; whether somebody is there to take it.

        Asked again, it is only made more urgent. Raises LookupError where that is no chat that goes on.
        """
        before = await self._calls.standing(conversation)
        await self._calls.leave(conversation)  # as it would count as one more who waits
        handoff = (
            Handoff(DANGER, "urgent", "danger")
            if urgent
            else Handoff(before.reason or ASKED, "urgent" if before.urgent else "normal", before.kind or "asked")
        )
        placed, news = await self._reception.receive(conversation, handoff, None)
        moved = await self._records.to_chat(conversation, page, handoff, placed, news, self._clock.now())
        if moved is None:
            raise LookupError("the page has no chat that goes on")
        for message in moved.messages:
            self._publish(Event("message", page, message=message))
        self._publish(Event("state", conversation, state="closed", matter=moved.matter))
        self._publish(Event("state", page, state=moved.state, matter=moved.matter))
        return moved.state == "human" or not placed.offered
