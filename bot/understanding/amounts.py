"""Finds sums of money: 三千五, 2.5万块, 一两万, 3-5万, ￥800, 工资8000."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.understanding.entity import Entity
from bot.understanding.hotlines import is_hotline
from bot.understanding.numerals import Numeral, find_numerals

_YUAN = re.compile(
    r"\s?(?:元人民币|元钱|块钱|块大洋|元|块|圆|人民币|[Rr][Mm][Bb]|"
    r"[Yy]uan)(?P<minor>[零]?[0-9一二三四五六七八九](?:毛|"
    r"角)?(?![0-9一二三四五六七八九十百千万个天月年人次点])|半)?"
)
_TOGETHER = re.compile(r"块(?:儿|[挣赚干过住买做开走打养建盖生上存还攒])")
"""Behind 一: 「他俩一块挣的」 tells of no money."""
_JIAO = re.compile(r"\s?(?:毛钱|毛|角)")
_SIGN = re.compile(r"(?:[￥¥]|[Rr][Mm][Bb]|人民币)\s?$")
_AFTER = re.compile(r"(?:左右|上下|出头|以上|不到)")
_BEFORE = re.compile(r"(?P<word>将近|接近|差不多|不到|不足|大概|大约|大致|约|小|近|好)$")
_JOIN = re.compile(r"\s?(?:[-~—–～至到]|——)\s?")
_CUE = re.compile(
    r"(?:工资|底薪|月薪|年薪|日薪|时薪|薪水|薪资|收入|房租|租金|押金|定金|订金|首付|彩礼|抚养费|生活费|"
    r"医药费|医疗费|住院费|"
    r"学费|欠款|借款|本金|利息|货款|工程款|补偿金?|赔偿金?|赔|赔了|欠|欠我|欠了|借|借了|借我|借给他|还|"
    r"还了|付|付了|交|交了|"
    r"扣|扣了|罚|罚了|罚款|花|花了|转|转了|转给他|给|给了|骗|骗了|退|退了|要|发|发了|挣|赚|拿|拿了|开|"
    r"开了|价格|卖|总共|一共|到手|工资到手|收入到手|"
    r"共计|合计|才|每月|一个月|月供|费用|价值|损失|金额)(?:了|是|我|他|她|它|给|大概|大约|每月|一个月|"
    r"只有|都是|就|有|才|共|:|：)?\s?$"
)
# A number before one of these counts something else than money.
_COUNTER = re.compile(
    r"\s?(?:多|来|几)?(?:人|个|位|名|次|回|遍|件|套|辆|台|部(?!分)|间|栋|层|楼|号|平|㎡|亩|公里|千米|米|斤|公斤|"
    r"吨|岁|天|日|年|月|周|星期|礼拜|小时|分钟|"
    r"秒|点|时|字|张|条|瓶|箱|盒|包|只|头|匹|步|度|倍|成|折|级|块地|块田|%|％|美元|美金|港币|港元|欧元|"
    r"日元|英镑|里路|里地|户|家(?!里|人)|页|股|公分|厘米|节|堂|课(?!时?费)|罐|袋|根|口(?!头)|头(?!款)|集(?!资)|趟|顿|碗|桶|棵|株|"
    r"[A-Za-z]|[:/])"
)
_CARD = re.compile(r"\s?的?(?:年|月|季|半年|次)(?:卡|费)")
"""「交了1888年卡」 names what was bought, not a year."""
_YEARS = (1900, 2100)
_APART = 100
"""「借了10万 月利息2分」: a blank behind so large a number ends the clause, and what follows is not what it counts."""
_BIG = frozenset("百千万亿kKwW")
_TENTH = Decimal("0.1")


def find_amounts(text: str) -> list[Entity]:
    """Sums of money in `text` (already folded), in yuan, in order. A sum in foreign money is not reported."""
    found: list[Entity] = []
    numerals = find_numerals(text)
    index = 0
    while index < len(numerals):
        first = numerals[index]
        last = first
        if index + 1 < len(numerals) and _joins(text, first, numerals[index + 1]):
            last = numerals[index + 1]
        entity = _read(text, first, last)
        if entity is None and last is not first:
            last = first
            entity = _read(text, first, first)
        if entity is not None and (not found or entity.start >= found[-1].end):
            found.append(entity)
        index += 2 if last is not first else 1
    return found


def _joins(text: str, first: Numeral, second: Numeral) -> bool:
    """Whether two numbers are the ends of one range: 三千到五千, 3-5万, 三块到五块."""
    gap = text[first.end : second.start]
    if len(gap) > 6:
        return False
    yuan = _YUAN.match(gap)
    return bool(_JOIN.fullmatch(gap[yuan.end() :] if yuan else gap))


def _read(text: str, first: Numeral, last: Numeral) -> Entity | None:
    start, end = first.start, last.end
    if is_hotline(text, start, end):
        return None
    low, high, value = first.low, last.high, last.value
    yuan = _YUAN.match(text, end)
    sign = _SIGN.search(text, max(0, start - 5), start)
    if text[end - 1] == "一" and _TOGETHER.match(text, end):
        return None
    if yuan is None and sign is None:
        if jiao := _JIAO.match(text, end):
            return _entity(text, start, jiao.end(), value * _TENTH, low * _TENTH, high * _TENTH)
        counter = _COUNTER.match(text, end)
        apart = text[end : end + 1].isspace() and last.high >= _APART
        card = _of_card(text, first, last)
        if not card and ((counter and not apart) or not _money_without_unit(text, first, last)):
            return None
    if last is not first:
        if low > high and last.step >= 1000:
            low *= last.step  # 3-5万: the unit said once holds for both
        elif low < high and last.step >= 1000 and first.step < 100 and low < 100:
            low *= last.step
        if low > high:
            return None
        value = (low + high) / 2
    if yuan is not None:
        end = yuan.end()
        minor = _minor(yuan["minor"], value)
        value, low, high = value + minor, low + minor, high + minor
    if sign is not None:
        start = sign.start()
    if low == high:
        around = _BEFORE.search(text, max(0, start - 3), start)
        after = _AFTER.match(text, end)
        word = (around["word"] if around else "") or (after[0] if after else "")
        low, high = _around(word, value)
        if after:
            end = after.end()
    return _entity(text, start, end, value, low, high)


def _minor(said: str | None, value: Decimal) -> Decimal:
    """三块五 is 3.5; 一百块五 is not said, so only small sums take tenths."""
    if not said or value >= 100 and not said.endswith(("毛", "角")):
        return Decimal(0)
    if said == "半":
        return Decimal("0.5")
    digit = said.lstrip("零").rstrip("毛角")
    return Decimal("零一二三四五六七八九".index(digit) if digit in "零一二三四五六七八九" else int(digit)) * _TENTH


def _around(word: str, value: Decimal) -> tuple[Decimal, Decimal]:
    """Range that a word around an exact sum leaves."""
    if word in ("小", "近", "将近", "接近"):
        return value * 9 / 10, value
    if word in ("不到", "不足"):
        return value * 8 / 10, value
    if word in ("出头", "以上"):
        return value, value * 11 / 10
    if word and word != "好":
        return value * 9 / 10, value * 11 / 10
    return value, value


def _of_card(text: str, first: Numeral, last: Numeral) -> bool:
    """1888的年卡; 2019年卡 may be a year, unless something was paid."""
    if last.high < _APART or not (named := _CARD.match(text, last.end)):
        return False
    cue = _CUE.search(text, max(0, first.start - 8), first.start)
    return bool(cue) or "的" in named[0] or not _YEARS[0] <= last.high < _YEARS[1]


def _money_without_unit(text: str, first: Numeral, last: Numeral) -> bool:
    """三万 alone is money as people talk; 8000 is money after 工资 and the like."""
    if text[max(0, first.start - 1) : first.start] == "第":
        return False
    said = text[last.start : last.end]
    if not last.plain and any(char in _BIG for char in said) and last.high >= 100:
        return True
    cue = bool(_CUE.search(text, max(0, first.start - 8), first.start))
    return cue and last.high >= 10 and not text[last.end : last.end + 1].isdigit()


def _entity(text: str, start: int, end: int, value: Decimal, low: Decimal, high: Decimal) -> Entity:
    exact = low == high
    return Entity("amount", value, None if exact else low, None if exact else high, "yuan", text[start:end], start, end)
