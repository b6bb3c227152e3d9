"""What must be said back to the caller before it counts: amounts, dates and names of companies."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_NUMBER = r"[\d零〇一二两三四五六七八九十][\d零〇一二两三四五六七八九十百千万亿点.,]*"
_AMOUNT = re.compile(
    rf"{_NUMBER}(?:多)?(?:块钱?|元钱?|万元|万(?![零〇一二两三四五六七八九十\d个名多]))(?:[零一二三四五六七八九\d]毛?)?"
)
_BARE = re.compile(
    r"(?:[\d一二两三四五六七八九十]+[万千百](?:[零〇\d一二两三四五六七八九十百千]*)|(?<!\d)(?!0)(?!12[1-9]\d\d(?!\d)|9[56]\d{3}(?!\d)|(?:19|20)\d\d(?!\d))\d{4,6})(?:多|来|左右)?"
    r"(?![\d零一二两三四五六七八九十百千万亿多来元块年月号日天个名位人户次斤亩米公里平方尺度字条张件只头只吨岁分%％.：:·-])"
)
"""A sum without its unit, as it is said: 一万五, 八百."""
_NAMES = re.compile(r"(?:编号|查询码|验证码|身份证|卡号|账号|电话|手机号|号码|尾号)[是为：: \d-]*$")
"""Before a number that is no sum."""
_DATE = re.compile(
    r"(?:(?:[零〇一二三四五六七八九\d]{2,4}|今|去|前|明)年)?(?:[\d一二三四五六七八九十]{1,2})月(?:份)?(?:[\d一二三四五六七八九十]{1,3}[号日]|底|初)?|"
    r"(?:上个?|这个?|本)月(?:[\d一二三四五六七八九十]{1,3}[号日])"
)
_COMPANY = re.compile(r"[\u4e00-\u9fff]{2,24}?(?:有限责任公司|股份有限公司|有限公司|集团公司|公司|集团|工厂|合作社)")
_BEFORE = re.compile(r".*(?:在|叫|是|被|跟|给|找|告|进了|去了|[转调换来]到|从|帮)")
"""What a speaker puts before the name; names hardly contain it."""
_COMMON = re.compile(
    r"(?:这|那|哪|一|几|两|个|家|我们|他们|你们|咱们|我|他|老板|原|新|子|分|母|总)+的?(?:公司|集团|工厂|合作社)"
)
_YEAR = re.compile(r"(?:[零〇一二三四五六七八九\d]{2,4}|今|去|前|明)年")
_FILLING = re.compile(r"不对|不是|错了|应该|我说的?|[是的了啊呀吧嗯哦呢，。！、,.! 块钱元]")
_RATHER = re.compile(
    r"[，, 、]*(?:哦|噢|啊|呃|嗯|哎)?[，, ]*(?:不对|不是|不|说错了|错了|记错了)[，, ]*(?:应该)?是?[，, ]*"
)
"""Between what is taken back and what is meant."""
_ABOUT = re.compile(r"[多来块钱元]+$|左右$")
_BESIDES = re.compile(r"还有|还欠|再加|另外|加上")
_DENIES = re.compile(r"不[对是]|错|应该|我说的?是")
_CLEARLY = 0.2
"""Of one as a share of signs that are the same."""
_LITTLE = 2
"""Signs that tell nothing new."""
_YES = re.compile(r"^(?:嗯|对|是|没错|正确|可以|好|行)(?!不)")
_NO = re.compile(
    r"^(?:不|没有|没|否|别)(?:的|啊|呀|了|有|对|是)*$|^(?:错|不[对是])|(?<!对)不对|(?<!是)不是这|错了|听错"
)
"""没有签合同 is no answer to whether a sum was heard well: who says it went on."""


def to_repeat(text: str) -> tuple[str, ...]:
    """What in the words is to be confirmed, in the order said."""
    return tuple(_kinds(text))


def _kinds(text: str) -> dict[str, str]:
    """The same, with what each is."""
    patterns = (_AMOUNT, "amount"), (_DATE, "date")
    found = [(hit.start(), hit.group(), kind) for pattern, kind in patterns for hit in pattern.finditer(text)]
    taken = [range(start, start + len(words)) for start, words, _ in found]
    for hit in _BARE.finditer(text):
        if hit.group().isdigit() and _NAMES.search(text[: hit.start()]):
            continue
        if not any(hit.start() in one or hit.end() - 1 in one for one in taken):
            found.append((hit.start(), hit.group(), "amount"))
    for hit in _COMPANY.finditer(text):
        name = _BEFORE.sub("", hit.group())
        if len(name) > 3 and not _COMMON.search(name):
            found.append((hit.start(), name, "company"))
    found = sorted(found)
    taken_back = [
        words
        for (at, words, kind), (then, _, other) in itertools.pairwise(found)
        if kind == other and _RATHER.fullmatch(text[at + len(words) : then])
    ]
    return {words: kind for _, words, kind in found if words not in taken_back}


def corrected(told: str, anew: str) -> str:
    """What was told, with what is said anew in the place of what was misheard; both where that place is not clear.

    "" where nothing is said in its place.
    """
    before, said = _kinds(told), _kinds(anew)
    denied = [one for one in said if re.search(rf"不是\s*{re.escape(one)}", anew)]
    given = [one for one in said if one not in denied]
    if not given:
        return ""
    rest = re.sub("|".join(map(re.escape, said)), "", anew)
    tells = len([one for one in _FILLING.sub("", rest) if one not in told]) > _LITTLE
    if (tells or _BESIDES.search(rest)) and not _DENIES.search(rest):  # nothing was wrong: there is more
        return f"{told}。{anew}"
    named = {_ABOUT.sub("", one) for one in denied}
    wrong = [one for one in before if _ABOUT.sub("", one) in named] or list(before)
    if list(map(said.get, given)) == list(map(before.get, wrong)):
        pairs = list(zip(wrong, given, strict=True))
    else:
        pairs = [(old, one) for one in given if (old := _misheard(one, [o for o in wrong if before[o] == said[one]]))]
        if len({old for old, _ in pairs}) < len(given):
            return f"{told}。{anew}"
    mended = told
    for old, new in pairs:
        year = _YEAR.match(old)
        mended = mended.replace(old, new if year is None or _YEAR.match(new) else f"{year.group()}{new}", 1)
    return f"{mended}。{anew}" if tells else mended


def _misheard(meant: str, heard: Sequence[str]) -> str:
    """Which of them sounds like it; "" where that is not clear."""
    alike = sorted(((SequenceMatcher(None, one, meant).ratio(), one) for one in heard), reverse=True)
    clear = alike and (len(alike) == 1 or alike[0][0] - alike[1][0] >= _CLEARLY)
    return alike[0][1] if clear else ""


def keyed(told: str, digits: str) -> str:
    """What was told, with the sum that was entered by keys in the place of the one that was misheard."""
    sums = [one for one, kind in _kinds(told).items() if kind == "amount"]
    return told.replace(sums[0], f"{digits}元", 1) if len(sums) == 1 else f"{told}。{digits}"


_DIGITS = dict(zip("零〇幺一二三四五六七八九", "001123456789", strict=True))
_LONG_NUMBER = re.compile(r"(?:[零〇幺一二三四五六七八九] ?){6,}(?<! )")
_CALLABLE = re.compile(r"1[3-9]\d{9}|0\d{9,11}|[2-9]\d{6,9}")
"""A mobile, a landline with its area or without, 400."""
_SPOKEN_DIGITS = re.compile(r"[零〇幺一二三四五六七八九\d]{2,}")


def digits_said(text: str) -> str:
    """The digits of a number that somebody says, or says a piece of; a single 一 is a word."""
    runs = _SPOKEN_DIGITS.findall(re.sub(r"[\s，,。-]", "", text))
    return "".join(_DIGITS.get(one, one) for one in "".join(runs))


def written(text: str) -> str:
    """The same with the digits of a long number, said one by one, as digits; of an age or a sum nobody says six."""
    return _LONG_NUMBER.sub(lambda run: digits_said(run.group()), text)


def possible(number: str) -> bool:
    """Whether somebody can be called there: one digit lost or heard twice reaches somebody else, or nobody."""
    return bool(_CALLABLE.fullmatch(number))


def whole(number: str) -> bool:
    """Whether it is all of a mobile's number, or of a landline's with its area; of others nobody knows."""
    return len(number) >= (11 if number.startswith(("1", "0")) else 12)


def same(text: str, told: str) -> bool:
    """Whether somebody only says again what they told, with or without its unit."""
    again, before = ({one.strip("块钱元") for one in to_repeat(words)} for words in (text, told))
    return bool(again) and again == before and agreed(text) is not False


def agreed(text: str) -> bool | None:
    """Yes, no, or neither."""
    said = text.strip("，。！？ ")
    if _NO.search(said):
        return False
    return True if _YES.search(said) and len(said) <= 8 else None
