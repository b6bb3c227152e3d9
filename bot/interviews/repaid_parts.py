"""Adds up what was paid back of a debt in parts: 「四月还了五千，五月又还了三千」."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.interviews.calculation import plain_number
from bot.interviews.facts import FactValue
from bot.interviews.inference import ESTIMATED
from bot.interviews.message_told import Message
from bot.interviews.topic_parts import Fact
from bot.understanding.numerals import parse_numeral

PARTS = "＋"
"""Stands in the words of a sum of several payments."""
_REPAID = re.compile(r"^一共还了")
_TO_WHOM = r"(?:我|俺|他|她|我们|人家|对方|一次|一笔|一部分|[\s,，])*"
_ABOUT = r"(?:大概|大约|差不多|也就|有|才|就|只)*"
_NUMBER = r"(?P<sum>[0-9]+(?:\.[0-9]+)?[万千百]?[0-9]*|[一二两三四五六七八九十百千万]+)"
_YUAN = r"(?:块钱?|元)?(?![个次回期天月年笔多几成分人点])"
_PART = re.compile(rf"(?<![没不归偿要该])(?:还(?:了|过|给)|[又再先只才就]还){_TO_WHOM}{_ABOUT}{_NUMBER}{_YUAN}")
_WHOLE = re.compile(
    rf"(?:一共|总共|合计|前前后后|加起来)(?:已经|就|才|只)?(?:还(?:了|过|给)){_TO_WHOM}{_ABOUT}{_NUMBER}{_YUAN}"
)
_ONE_MORE = re.compile(
    r"又|再|另外|后来|还有|第[二三四五]次|[0-9一二三四五六七八九十]月|上个?月|这个?月|今年|去年|[昨前]天"
)
"""Of another payment than the one told before."""
_TO_COME = re.compile(r"(?:还要|还得|让我|叫我|要我|说|答应|准备|打算|想|下个?月|明年)(?:再|先)?$")
"""「他答应下个月再还三千」 is not paid."""
_REACH = 4
_LEAST = Decimal(10)
"""Yuan; a smaller number counts something else."""


def repaid_parts(message: Message) -> tuple[Fact, FactValue] | None:
    """The fact of what was paid back in all and its value with the parts; None where the message tells no payment."""
    repaid = next((one for one in message.topic.facts if one.type == "amount" and _REPAID.search(one.label)), None)
    if repaid is None:
        return None
    if (whole := _WHOLE.search(message.said)) is not None:
        parts = _sums([whole])
        return (repaid, FactValue(float(parts[0]), False, whole["sum"])) if parts else None
    told = [one for one in _PART.finditer(message.said) if not _is_to_come(message.said, one)]
    parts = _sums(told)
    if not parts:
        return None
    before = message.facts.get(repaid.id)
    more = before is not None and isinstance(before.value, float) and not message.corrects
    if more and before is not None and _ONE_MORE.search(message.said):
        earlier = Decimal(str(before.value))
        words = before.said.removeprefix(ESTIMATED) if PARTS in before.said else f"{plain_number(earlier)}元"
        listed = PARTS.join((words, *(f"{plain_number(one)}元" for one in parts)))
        return repaid, FactValue(float(earlier + sum(parts)), False, ESTIMATED + listed)
    if len(parts) == 1:
        return repaid, FactValue(float(parts[0]), False, told[0]["sum"])
    listed = PARTS.join(f"{plain_number(one)}元" for one in parts)
    return repaid, FactValue(float(sum(parts)), False, ESTIMATED + listed)


def _is_to_come(said: str, found: re.Match[str]) -> bool:
    return _TO_COME.search(said[max(0, found.start() - _REACH) : found.start()]) is not None


def _sums(found: list[re.Match[str]]) -> list[Decimal]:
    numerals = [parse_numeral(one["sum"]) for one in found]
    return [one.value for one in numerals if one is not None and one.value >= _LEAST]
