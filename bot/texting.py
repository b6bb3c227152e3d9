"""Texts to a citizen's telephone: only to a number they gave, only after they agreed, and stopped by a word."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Protocol

from bot.asides import Said, word
from bot.clock import Clock
from bot.desk.queues.contact import masked
from bot.message import Message
from bot.sms import SIGNATURE
from bot.understanding.normalise import fold

AGREE, DECLINE = "可以发短信", "不用短信"
ASK = word("要不要把事项编号和约好的时间也用短信发到这个手机号？以后意见书好了也发一条。", (AGREE, DECLINE))
MATTER = SIGNATURE + "您的事项编号是 {matter}。再来咨询时请报这个编号；查询码在咨询页面里给过您，请不要告诉别人。"
CALL = SIGNATURE + "我们约在 {when} 打这个电话给您。"
OPINION = SIGNATURE + "您的法律咨询意见书已经好了，事项编号 {matter}。{where}"
_AGREES = re.compile(r"(?:我)?(?:可以|同意|愿意)发短信(?:给我)?")
_STOPS = re.compile(r"(?:我)?(?:不用|不要|别|不同意|不需要|停止|取消)(?:再)?(?:给我)?发?短信(?:了|提醒|通知)?")


def mobile(number: str) -> bool:
    """Whether texts reach it."""
    return len(number) == 11 and number.startswith("1")


def opinion_text(matter: str, link: str) -> str:
    """That the opinion is there."""
    return OPINION.format(matter=matter, where=f"点开看：{link}" if link else "请回到咨询页面查看。")


class PhoneRecords(Protocol):
    """The storage of numbers and of what was agreed to."""

    async def consent(self, conversation: str, agrees: bool, now: datetime) -> str | None:
        """Keep the answer, and write what is to be told by text if they agree; the number, None where none is known."""
        ...


class Texting:
    """An aside."""

    def __init__(self, records: PhoneRecords, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    async def answer(self, message: Message) -> Said | None:
        """As the protocol says."""
        text = re.sub(r"[\s。！!，,.]", "", fold(message.text))
        agrees = bool(_AGREES.fullmatch(text))
        if not agrees and not _STOPS.fullmatch(text):
            return None
        number = await self._records.consent(message.conversation, agrees, self._clock.now())
        if number is None:
            return None
        if agrees:
            return Said((word(f"好的，短信会发到 {masked(number)}。不想再收，说“{DECLINE}”就行。"),))
        return Said((word("好的，不给您发短信。"),))
