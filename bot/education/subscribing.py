"""The question of the day sent on its own: begun and stopped by a word, where the channel lets us write first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.asides import Said, word
from bot.education.wish import read_daily
from bot.message import Message

CHANNEL = "wechat"
"""The official account is the one channel where a citizen is reached who is not there, and has asked nothing."""
KEPT = (
    "好的，每天{hour}点我把当天的一题发给您，直接回答就行。微信只让我们发给两天内说过话的人："
    "您隔一两天来说句话，答题也算，题就一直有；停了也不要紧，再说句话就接着发。不想收了，说「退订每日一题」。"
)
ALREADY = "您已经订阅了，每天{hour}点发；两天没说过话的，微信不让我们发，说句话就接着发。不想收了，说「退订每日一题」。"
STOPPED = "好的，每日一题不再发了。哪天想学，说「每日一题」，当天的题就在。"
NONE = "您现在没有订阅每日一题，我不会每天发给您。想订的时候，说「订阅每日一题」。"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a wish is read by."""

    since: datetime | None
    """When the citizen subscribed; None where they have not."""
    interview: bool
    """A question of an interview stands open."""


class SubscriptionRecords(Protocol):
    """The storage of subscriptions."""

    async def standing(self, conversation: str) -> Standing:
        """Of the citizen whose conversation it is."""
        ...

    async def start(self, conversation: str, since: datetime) -> None:
        """Keep the subscription, once."""
        ...

    async def stop(self, conversation: str) -> None:
        """Forget it."""
        ...


class Subscribing:
    """An aside."""

    def __init__(self, records: SubscriptionRecords, hour: int) -> None:
        self._records = records
        self._hour = hour

    async def answer(self, message: Message) -> Said | None:
        """As the protocol says. What does not name the question is the interview's while one is open."""
        wanted = read_daily(message.text) if message.channel == CHANNEL else None
        if wanted is None:
            return None
        what, named = wanted
        standing = await self._records.standing(message.conversation)
        if not named and (standing.interview or (what == "stop" and standing.since is None)):
            return None
        if what == "stop":
            await self._records.stop(message.conversation)
            return Said((word(NONE if standing.since is None else STOPPED),))
        if standing.since not in (None, message.at):  # of this moment: it was this very message
            return Said((word(ALREADY.format(hour=self._hour)),))
        await self._records.start(message.conversation, message.at)
        return Said((word(KEPT.format(hour=self._hour)),))
