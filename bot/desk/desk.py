"""The desk: people take waiting conversations, answer, hand back to the bot, or close."""

from __future__ import annotations

from bot.clock import Clock
from bot.desk.records import Case, DeskRecords, DeskState, Dossier
from bot.desk.seat import Seat
from bot.events import Event, Publish
from bot.message import Message, State, check_message_id, clean_text
from bot.records import MatterView

LIST_LIMIT = 500


class Refused(Exception):
    """The desk action cannot be done; `code` for programs, `text` (Simplified Chinese) for the seat."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code)
        self.code = code
        self.text = text


class Desk:
    """What a seat can do. `publish` hears of it after it was committed."""

    def __init__(self, records: DeskRecords, clock: Clock, publish: Publish, *, max_text: int = 4000) -> None:
        self._records = records
        self._clock = clock
        self._publish = publish
        self._max_text = max_text

    async def cases(self, state: DeskState) -> list[Case]:
        """Cases in that state in queue order."""
        return await self._records.cases(state, LIST_LIMIT)

    async def waiting(self) -> int:
        """How many conversations wait."""
        return await self._records.waiting()

    async def open(self, conversation: str, seat: Seat) -> Dossier:
        """One case with its transcript; the viewing is noted. Raises Refused when it never came to the desk."""
        dossier = await self._records.dossier(conversation, seat, self._clock.now())
        if dossier is None:
            raise Refused("unknown_conversation", "没有这个会话，或者它没有转到人工。")
        return dossier

    async def matter(self, number: str, seat: Seat) -> MatterView | None:
        """Any matter by the number its citizen tells; the viewing is noted. None when there is none."""
        return await self._records.matter(number, seat, self._clock.now())

    async def claim(self, conversation: str, seat: Seat) -> Message:
        """Take a waiting conversation. Raises Refused when someone else was faster."""
        message = await self._records.claim(conversation, seat, self._clock.now())
        return await self._done(conversation, seat, message, "human")

    async def reply(self, conversation: str, seat: Seat, message_id: str, text: str) -> Message:
        """Say something to the citizen. Raises Refused unless the seat holds the conversation, and BadMessage."""
        message = await self._records.reply(
            conversation, seat, check_message_id(message_id), clean_text(text, self._max_text), self._clock.now()
        )
        return await self._done(conversation, seat, message, None)

    async def hand_back(self, conversation: str, seat: Seat) -> Message:
        """Let the bot go on where it was. Raises Refused unless the seat holds the conversation."""
        message = await self._records.hand_back(conversation, seat, self._clock.now())
        return await self._done(conversation, seat, message, "bot")

    async def close(self, conversation: str, seat: Seat, result: str = "", summary: str = "") -> Message:
        """End the consultation, and its matter where `result` says how it ended.

        Raises Refused unless the seat holds the conversation and the matter may end so.
        """
        message = await self._records.close(conversation, seat, self._clock.now(), result, summary)
        return await self._done(conversation, seat, message, "closed")

    async def typing(self, conversation: str, seat: Seat) -> None:
        """Show the citizen that the seat is writing; nothing happens unless it holds the conversation."""
        if await self._records.state(conversation) == ("human", seat.id):
            self._publish(Event("typing", conversation, who="staff"))

    async def _done(self, conversation: str, seat: Seat, message: Message | None, state: State | None) -> Message:
        if message is None:
            raise await self._why(conversation, seat)
        self._publish(Event("message", conversation, message=message))
        if state is not None:
            self._publish(Event("state", conversation, state=state))
        return message

    async def _why(self, conversation: str, seat: Seat) -> Refused:
        """Why the change was refused, as far as the seat may know."""
        found = await self._records.state(conversation)
        if found is None:
            return Refused("unknown_conversation", "没有这个会话。")
        state, holder = found
        if state == "human" and holder != seat.id:
            return Refused("claimed_by_other", "这个会话已经由其他同事接待。")
        return Refused(
            "wrong_state",
            {
                "bot": "这个会话现在由智能助手接待。",
                "waiting": "这个会话还在等待，请先接手。",
                "human": "您已经在接待这个会话。",
                "closed": "这个会话已经结束。",
            }[state],
        )
