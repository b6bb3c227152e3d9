"""Works out what was paid from a price and how often it was paid: 「买了三回 一回398」, 「一罐268 买了三罐」."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.interviews.calculation import plain_number
from bot.interviews.facts import FactValue
from bot.interviews.inference import ESTIMATED
from bot.interviews.message_told import Message
from bot.interviews.topic_parts import Fact
from bot.interviews.wages_worked import WORKED
from bot.understanding.numerals import parse_numeral

EACH = "每"
"""Begins the words of a sum that was worked out so."""
_PAID = re.compile(r"一共(?:花了|付了|交了)多少(?:钱|旅游费)")
_ILL = re.compile(r"看病|疫苗|医药")
_UNIT = r"罐|盒|瓶|袋|箱|包|件|套|条|双|个|斤|张|次|回|趟|台|部|份|只|桶|提|人"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?[百千万]?|[一二两三四五六七八九十百千万]+"
_COUNT = r"[0-9]{1,3}|[二两三四五六七八九十]{1,3}"
_IS = r"(?:是|要|卖|就|才|都|价|得|我|花了?|付了?|交了?|收了?|[\s,，])*"
_TENTHS = r"(?P<tenths>[1-9一二三四五六七八九])(?![0-9百千万十])"
"""两块五."""
_SHARES = re.compile(r"合伙|合股|合开|入股|股东|各出")
"""「三个人合伙，一人10万」: each paid a share of their own."""
_GAP = r"[^。;；!！?？]{0,12}?"
_COUNT_FIRST = re.compile(
    rf"(?P<count>{_COUNT})个?(?P<unit>{_UNIT}){_GAP}(?:一|每|1)个?(?P=unit){_IS}(?P<price>{_NUMBER})(?:块{_TENTHS}|块|元|(?![多几个{_UNIT}]))"
)
_PRICE_FIRST = re.compile(
    rf"(?:一|每|1)个?(?P<unit>{_UNIT}){_IS}(?P<price>{_NUMBER})(?:块{_TENTHS}|块钱?|元)?(?![多几]){_GAP}"
    rf"(?<![0-9十百])(?P<count>{_COUNT})个?(?P=unit)"
)
_TOTAL = re.compile(rf"(?:一共|总共|合计|加起来)(?:是|要|花了?|付了?|给了?|交了?)*(?P<whole>{_NUMBER})")
"""The whole is told: nothing is worked out."""


def pieces_bought(message: Message) -> tuple[Fact, FactValue] | None:
    """The fact of what was paid and its value with the calculation; None where the words leave any doubt."""
    paid = next(
        (
            one
            for one in message.topic.facts
            if one.type == "amount" and _PAID.search(one.question) and not _ILL.search(one.question)
        ),
        None,
    )
    found = _COUNT_FIRST.search(message.said) or _PRICE_FIRST.search(message.said)
    if paid is None or found is None or (found["unit"] == "人" and _SHARES.search(message.said)):
        return None
    if (total := _TOTAL.search(message.said)) is not None:
        whole = parse_numeral(total["whole"])
        told = FactValue(float(whole.value), False, total["whole"]) if whole is not None else None
        return (paid, told) if told is not None else None
    count, price = parse_numeral(found["count"]), parse_numeral(found["price"])
    if count is None or price is None or count.value < Decimal(2) or count.low != count.high:
        return None
    tenths = parse_numeral(found["tenths"]) if found["tenths"] else None
    each = price.value + (tenths.value / 10 if tenths is not None else 0)
    words = f"{ESTIMATED}{EACH}{found['unit']}{plain_number(each)}元{WORKED}{plain_number(count.value)}"
    return paid, FactValue(float(each * count.value), False, words)
