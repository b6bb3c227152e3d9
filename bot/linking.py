"""One citizen on several channels: a code said on one and typed on the other, agreed to, and undone when they want."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from bot.asides import Said, word
from bot.clock import Clock
from bot.desk.letters import CHANNELS
from bot.dialogue.engine import Part
from bot.events import Event, Publish
from bot.message import Message
from bot.records import Recalled
from bot.understanding.normalise import fold

DIGITS = 8
LIFE = timedelta(minutes=10)
MOST_TRIES = 5
"""Wrong codes within LIFE, after which none is looked up for as long again."""
AGREE, DECLINE = "同意绑定", "不绑定"
_WHERE = r"(?:微信|微博|网页|网站|应用|app|手机|别的|其他|另一个|另外一个)?(?:公众号|客服|渠道|账号|帐号)?"
_ASKS = re.compile(rf"(?:我?(?:要|想|想要)|请|怎么|如何)?(?:帮我)?(?:绑定|关联|打通){_WHERE}(?:码)?", re.IGNORECASE)
_TYPES = re.compile(rf"(?:绑定|关联|绑定码|验证码)?[:：]?(?P<code>\d{{{DIGITS}}})")
_NAMED = re.compile(r"^\D")
_UNDOES = re.compile(rf"(?:我?(?:要|想|想要)|请)?(?:帮我)?(?:解除绑定|取消绑定|解绑|取消关联|解除关联){_WHERE}")


@dataclass(frozen=True, slots=True)
class Offered:
    """What a code that was typed leads to."""

    verdict: Literal["found", "wrong", "too_many", "own"]
    channel: str = ""
    matter: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """Two citizens have become one."""

    channel: str
    other: str
    """The conversation in which the code was said."""
    matter: str
    recalled: Recalled | None
    """The matter that the conversation now goes on with; None where it stays on its own."""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """They are two again."""

    matter: str
    """Of this conversation, from now on."""
    told: Sequence[Message]
    """What was said in the conversations of the other channels."""


class LinkRecords(Protocol):
    """The storage; every method is one transaction."""

    async def issue(self, conversation: str, code_hash: str, until: datetime, now: datetime) -> bool:
        """Keep a code in the place of an earlier one; False where another citizen has the same."""
        ...

    async def offered(self, conversation: str, code_hash: str, now: datetime, most: int, within: timedelta) -> Offered:
        """Look a code up, and keep who asked; wrong ones are counted."""
        ...

    async def agree(
        self, conversation: str, parts: Sequence[Part], now: datetime
    ) -> tuple[Linked, list[Message]] | None:
        """Make the two one and say `parts` where the code came from; None where nothing was asked."""
        ...

    async def decline(self, conversation: str) -> bool:
        """Nothing comes of it; False where nothing was asked."""
        ...

    async def unlink(self, conversation: str, parts: Sequence[Part], now: datetime) -> Unlinked | None:
        """Make them two and say `parts` to the other; None where they are not one."""
        ...


class Linking:
    """An aside."""

    def __init__(self, records: LinkRecords, key: bytes, clock: Clock, publish: Publish) -> None:
        self._records = records
        self._key = key
        self._clock = clock
        self._publish = publish

    async def answer(self, message: Message) -> Said | None:
        """As the protocol says."""
        text = re.sub(r"[\s。！!，,.]", "", fold(message.text))
        if text in (AGREE, DECLINE):
            return await (self._agree(message) if text == AGREE else self._decline(message))
        if _ASKS.fullmatch(text):
            return await self._issue(message)
        if _UNDOES.fullmatch(text):
            return await self._unlink(message)
        found = _TYPES.fullmatch(text)
        return None if found is None else await self._typed(message, found["code"], bool(_NAMED.match(text)))

    async def _issue(self, message: Message) -> Said:
        now = self._clock.now()
        while True:
            code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
            if await self._records.issue(message.conversation, self._hash(code), now + LIFE, now):
                break
        minutes = int(LIFE.total_seconds()) // 60
        return Said(
            (
                word(
                    f"您的绑定码是 {code}，{minutes} 分钟内有效，只能用一次。请到另一个渠道（比如微信公众号、网页）里，"
                    f"把“绑定 {code}”发给我，那边就能接着办您在这里的事项。绑定码不要告诉别人。"
                ),
            )
        )

    async def _typed(self, message: Message, code: str, named: bool) -> Said | None:
        """A number alone that is no code may be a date or an amount: that is left to the engine."""
        offered = await self._records.offered(
            message.conversation, self._hash(code), self._clock.now(), MOST_TRIES, LIFE
        )
        match offered.verdict:
            case "found":
                about = f"您在{_channel(offered.channel)}那边的事项 {offered.matter}，" if offered.matter else ""
                said = (
                    f"绑定码对上了。绑定以后，{about}在这里也能看到、接着办；两边都算您本人。"
                    "不想绑了，随时说“解除绑定”。您同意绑定吗？"
                )
                return Said((word(said, (AGREE, DECLINE)),))
            case "own":
                return Said((word("这个绑定码要发到另一个渠道里，不是发在这里。"),))
            case "too_many" if named:
                return Said((word("绑定码试错太多次了，请过 10 分钟再试。"),))
            case "wrong" if named:
                return Said((word("这个绑定码不对，或者已经过期。请在原来的渠道里说“绑定”，重新拿一个。"),))
        return None

    async def _agree(self, message: Message) -> Said | None:
        here = _channel(message.channel)
        warned = word(f"您的账号刚刚和{here}绑定了。如果不是您本人操作，请马上回复“解除绑定”。")
        done = await self._records.agree(message.conversation, (warned,), self._clock.now())
        if done is None:
            return None
        linked, told = done
        self._tell(told)
        said = f"绑定好了，这里和{_channel(linked.channel)}都算您本人。不想绑了，随时说“解除绑定”。"
        if linked.recalled is None and linked.matter:
            said += f"那边的事项 {linked.matter} 也关联过来了，值班人员都能看到。"
        return Said((word(said),), linked.recalled)

    async def _decline(self, message: Message) -> Said | None:
        if not await self._records.decline(message.conversation):
            return None
        return Said((word("好的，没有绑定。"),))

    async def _unlink(self, message: Message) -> Said:
        other = word("绑定已经解除，两边以后各办各的。")
        done = await self._records.unlink(message.conversation, (other,), self._clock.now())
        if done is None:
            return Said((word("您现在没有绑定别的渠道。"),))
        self._tell(done.told)
        return Said((word("绑定已经解除，两边以后各办各的，那边的事项在这里不再显示。"),), matter=done.matter)

    def _tell(self, told: Sequence[Message]) -> None:
        for message in told:
            self._publish(Event("message", message.conversation, message=message))

    def _hash(self, code: str) -> str:
        return hmac.new(self._key, b"link " + code.encode(), hashlib.sha256).hexdigest()


def _channel(name: str) -> str:
    return CHANNELS.get(name, "另一个渠道")
