"""How many messages may go to somebody before they write again, and what the provider's refusals mean for a letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from bot.clock import Clock
from channels.delivery import DeliveryFailed

PER_MESSAGE = 5
"""Customer-service messages within 48 hours of what the citizen wrote."""
PER_EVENT = 3
"""Within a minute of a subscription, a click on the menu or a scan; WeChat does not add them up."""
HINT = "\n\n（微信一次只让我们连发五条。话没说完的话，您随便回一个字，我接着发。）"
"""Below the last one that may go."""

_UNTIL_CONTACT = {
    45015: "超过 48 小时没有来信，或者已经取消关注，微信不让发",
    45047: "微信限制的条数已用完",
    43004: "来访人没有关注公众号",
    43019: "来访人把公众号移到了黑名单",
    95001: "微信限制的条数已用完",
    95002: "超过 48 小时没有来信，微信不让发",
    95018: "会话已经结束",
}
_WAIT = {45009: 3600.0, 45011: 60.0, -1: 2.0, 45003: 60.0}
"""Seconds to wait: the day's or the minute's calls are used up, or the provider is busy."""
_FINAL = {
    40003: "微信说没有这个来访人",
    48001: "公众号没有发客服消息的权限（需要认证）",
    48002: "来访人拒收公众号消息",
    87014: "微信认为内容有风险，没有发出",
}


def failed(code: int) -> DeliveryFailed:
    """What the provider's error number means."""
    if code in _UNTIL_CONTACT:
        return DeliveryFailed(_UNTIL_CONTACT[code], until_contact=True)
    if code in _WAIT:
        return DeliveryFailed(f"微信现在忙或者限制了频率（{code}）", retry_after=_WAIT[code])
    if code in _FINAL:
        return DeliveryFailed(_FINAL[code], final=True)
    return DeliveryFailed(f"微信没有接受（{code}）")


class ContactRecords(Protocol):
    """What is kept of those we write to, as `bot.store.contacts.ContactStore` does."""

    async def heard(self, external_id: str, now: datetime, keep: int = 0) -> None: ...
    async def spend(self, external_id: str, most: int) -> int | None: ...
    async def unspend(self, external_id: str) -> None: ...
    async def spent(self, external_id: str, most: int) -> None: ...
    async def block(self, external_id: str, now: datetime) -> None: ...
    async def data(self, external_id: str) -> dict[str, Any]: ...
    async def note(self, external_id: str, **noted: Any) -> dict[str, Any]: ...


class Quota:
    """Counts, so that the last message that may go can say that more would follow."""

    def __init__(self, contacts: ContactRecords, clock: Clock) -> None:
        self._contacts = contacts
        self._clock = clock

    async def heard(self, citizen: str, *, said: bool) -> None:
        """They sent something that is no message of the store (`said`), or did something that lets us write a
        little. Messages of the store count by themselves."""
        await self._contacts.heard(citizen, self._clock.now(), 0 if said else PER_MESSAGE - PER_EVENT)

    async def take(self, citizen: str) -> bool:
        """One message will go; True when it is the last. Raises DeliveryFailed where none may."""
        count = await self._contacts.spend(citizen, PER_MESSAGE)
        if count is None:
            raise failed(45047)
        return count == PER_MESSAGE

    async def refused(self, citizen: str, code: int) -> DeliveryFailed:
        """The message did not go, for this reason; what becomes of the letter."""
        if code in _UNTIL_CONTACT:
            await self._contacts.spent(citizen, PER_MESSAGE)
        else:
            await self._contacts.unspend(citizen)
        return failed(code)

    async def unsent(self, citizen: str) -> None:
        """It did not go, for no reason of the provider's."""
        await self._contacts.unspend(citizen)
