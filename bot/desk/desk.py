"""The desk: people take waiting conversations, answer, hand back to the bot, or close."""

from __future__ import annotations

from bot.clock import Clock
from bot.desk.records import Case, DeskRecords, DeskState, Dossier, RowKind
from bot.desk.refused import Refused, why
from bot.desk.seat import Seat
from bot.events import Event, Publish
from bot.message import Message, State, check_message_id, clean_text
from bot.records import MatterView

LIST_LIMIT = 500


class Desk:
    """What a seat can do. `publish` hears of it after it was committed."""

    def __init__(self, records: DeskRecords, clock: Clock, publish: Publish, *, max_text: int = 4000) -> None:
        self._records = records
        self._clock = clock
        self._publish = publish
        self._max_text = max_text

    async def cases(self, state: DeskState, seat: Seat) -> list[Case]:
        """Cases in that state that the seat may see, in the order they are served."""
        return await self._records.cases(state, LIST_LIMIT, seat)

    async def waiting(self, seat: Seat) -> int:
        """How many conversations wait that the seat may see."""
        return await self._records.waiting(seat)

    async def sees(self, conversation: str, seat: Seat) -> bool:
        """Whether the conversation lies in the seat's regions."""
        return await self._records.sees(conversation, seat)

    async def sees_row(self, kind: RowKind, key: str, seat: Seat) -> bool:
        """Whether the row that an address names lies in the seat's regions; one that is not there does not."""
        return await self._records.sees_row(kind, key, seat)

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
        """Take a waiting conversation. Raises Refused when someone else was faster, or the seat may not take it."""
        message = await self._records.claim(conversation, seat, self._clock.now())
        if message is None and await self._records.state(conversation, seat) == ("waiting", None):
            raise await self._full(seat) or await self._why_not(conversation, seat)
        return await self._done(conversation, seat, message, "human")

    async def next(self, seat: Seat) -> Message:
        """Take the first that waits for the seat. Raises Refused when there is none or the seat has no room."""
        message = await self._records.next(seat, self._clock.now())
        if message is None:
            raise await self._full(seat) or Refused("nobody_waits", "现在没有您能接的会话在等。")
        return await self._done(message.conversation, seat, message, "human")

    async def reply(self, conversation: str, seat: Seat, message_id: str, text: str) -> Message:
        """Say something to the citizen. Raises Refused unless the seat holds the conversation, and BadMessage."""
        message = await self._records.reply(
            conversation, seat, check_message_id(message_id), clean_text(text, self._max_text), self._clock.now()
        )
        return await self._done(conversation, seat, message, None)

    async def hand_back(self, conversation: str, seat: Seat) -> Message:
        """Let the bot go on where it was. Raises Refused unless the seat holds the conversation."""
        if await self._records.is_call(conversation):
            raise Refused("a_call", "这是电话，来电人已经转给您，不能再交还智能助手；谈完请结束会话。")
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
        if await self._records.state(conversation, seat) == ("human", seat.id):
            self._publish(Event("typing", conversation, who="staff"))

    async def _done(self, conversation: str, seat: Seat, message: Message | None, state: State | None) -> Message:
        if message is None:
            raise await self.why(conversation, seat)
        self._publish(Event("message", conversation, message=message))
        if state is not None:
            self._publish(Event("state", conversation, state=state))
        return message

    async def _full(self, seat: Seat) -> Refused | None:
        """That the seat has no room, if it has none."""
        own = next((one for one in await self._records.desks() if one.seat.id == seat.id), None)
        if own is None or own.held < own.seat.capacity:
            return None
        return Refused("full", f"您手上已经有 {own.held} 个会话，先结束或交还一个，再接下一位。")

    async def _why_not(self, conversation: str, seat: Seat) -> Refused:
        """Why the seat, which has room, cannot take what waits."""
        if not seat.extension and await self._records.is_call(conversation):
            return Refused(
                "no_extension", "这是打进来的电话，要转到您的分机才能接。请先到“我的账号”填分机号，或者请同事接。"
            )
        return Refused("not_served", "这个会话排在别的队列，您的席位不接；需要的话请主管转过来。")

    async def why(self, conversation: str, seat: Seat) -> Refused:
        """Why the change was refused, as far as the seat may know."""
        return why(await self._records.state(conversation, seat), seat)
