"""Finds how many: 十几个人, 打了两次, 三个孩子, and bare numbers that answer a question."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.understanding.entity import Entity
from bot.understanding.hotlines import is_hotline
from bot.understanding.numerals import find_numerals

_CLASSIFIER = re.compile(
    r"(?P<more>多|来|几)?(?:个(?=[课学]时))?(?P<word>号人|个(?!月|半月|多月|来月|星期|礼拜|小时|钟头|点|百分点|工作日)|人(?!民币)|"
    r"口人|名|位|次|回(?!来|去|家|复)|遍|趟|件|套(?!路)|"
    r"辆|台|部(?!门|分)|间|栋|户|家(?!里|人|的|庭)|岁|周岁|级|平米|平方米|平方|平|㎡|亩|公里|斤|张|条|瓶|"
    r"箱|盒|份|期|顿|场|楼|层|天班|节(?!省)|堂(?![兄弟哥姐妹])|课时|学时|罐|袋|根|棵|株|桶|碗)"
)
_UNIT_AHEAD = re.compile(
    r"\s?(?:多|来|几)?(?:元|块|圆|毛|角|[Rr][Mm][Bb]|年|月|号|日|天|周|星期|礼拜|个|小时|钟头|分|秒|点|时|"
    r"%|％|成|厘|倍|折|:|/|-\d|\.\d)"
)
_HOW_MANY = frozenset({"几", "数", "好几"})
"""兄弟几个 says that there are some; a number between three and nine would be a guess."""
_WHICH_ONE = frozenset("上下另前后某哪同每头")
"""「下一个」 counts nothing."""
_LEAD = re.compile(r"[\s就是有大概约差不多,，。]{0,8}")
_TRAIL = re.compile(r"[\s。.!！吧呢啊的了左右]{0,8}")


def find_counts(text: str) -> list[Entity]:
    """Counts in `text` (already folded), in order; unit "" for a number with nothing after it that names a unit."""
    found: list[Entity] = []
    for numeral in find_numerals(text):
        before = text[max(0, numeral.start - 1) : numeral.start]
        if text[numeral.start : numeral.end] == "一" and before in _WHICH_ONE:
            continue
        if before in ("第", "星", "周") or before.isascii() and before.isalnum():
            continue
        if text[numeral.start : numeral.end] in _HOW_MANY or is_hotline(text, numeral.start, numeral.end):
            continue
        low = None if numeral.exact else numeral.low
        high = None if numeral.exact else numeral.high
        if match := _CLASSIFIER.match(text, numeral.end):
            if match["more"] and low is None:
                low, high = numeral.value, numeral.value + max(numeral.step, Decimal(1))
            found.append(_entity(text, numeral.start, match.end(), numeral.value, low, high, match["word"]))
        elif _bare(text, numeral.start, numeral.end, numeral.plain):
            found.append(_entity(text, numeral.start, numeral.end, numeral.value, low, high, ""))
    return found


def _bare(text: str, start: int, end: int, plain: bool) -> bool:
    """A bare number counts when written in digits or large, or when it is all that is said."""
    if _UNIT_AHEAD.match(text, end) or text[end : end + 1].isascii() and text[end : end + 1].isalpha():
        return False
    said = text[start:end]
    if said[0].isascii():
        return True
    alone = _LEAD.fullmatch(text, 0, start) and _TRAIL.fullmatch(text, end)
    return bool(alone) or not plain and any(char in "百千万亿" for char in said)


def _entity(
    text: str, start: int, end: int, value: Decimal, low: Decimal | None, high: Decimal | None, unit: str
) -> Entity:
    return Entity("count", value, low, high, unit, text[start:end], start, end)
