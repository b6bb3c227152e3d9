"""What must be said back to the caller before it counts: amounts, dates and names of companies."""

from __future__ import annotations

import re

_NUMBER = r"[\d零〇一二两三四五六七八九十百千万亿点.,]+"
_AMOUNT = re.compile(rf"{_NUMBER}(?:多)?(?:块钱?|元钱?|万元?)(?:[零一二三四五六七八九\d]毛?)?")
_DATE = re.compile(
    r"(?:(?:[零〇一二三四五六七八九\d]{2,4}|今|去|前|明)年)?(?:[\d一二三四五六七八九十]{1,2}|上个?|这个?|本)月"
    r"(?:份)?(?:[\d一二三四五六七八九十]{1,3}[号日]|底|初)?"
)
_COMPANY = re.compile(r"[\u4e00-\u9fff]{2,24}?(?:有限责任公司|股份有限公司|有限公司|集团公司|公司|集团|工厂|合作社)")
_BEFORE = re.compile(r".*(?:在|叫|是|被|跟|给|找|告|进了|去了)")
"""What a speaker puts before the name; names hardly contain it."""
_COMMON = re.compile(
    r"(?:这|那|哪|一|几|两|个|家|我们|他们|你们|咱们|我|他|老板|原|新|子|分|母|总)+的?(?:公司|集团|工厂|合作社)"
)
_YES = re.compile(r"^(?:嗯|对|是|没错|正确|可以|好|行)(?!不)")
_NO = re.compile(
    r"^(?:不|没有|没|否|别)(?:的|啊|呀|了|有|对|是)*$|^(?:错|不[对是])|(?<!对)不对|(?<!是)不是这|错了|听错"
)
"""没有签合同 is no answer to whether a sum was heard well: who says it went on."""


def to_repeat(text: str) -> tuple[str, ...]:
    """What in the words is to be confirmed, in the order said."""
    found = [(hit.start(), hit.group()) for pattern in (_AMOUNT, _DATE) for hit in pattern.finditer(text)]
    for hit in _COMPANY.finditer(text):
        name = _BEFORE.sub("", hit.group())
        if len(name) > 3 and not _COMMON.search(name):
            found.append((hit.start(), name))
    return tuple(dict.fromkeys(words for _, words in sorted(found)))


def agreed(text: str) -> bool | None:
    """Yes, no, or neither."""
    said = text.strip("，。！？ ")
    if _NO.search(said):
        return False
    return True if _YES.search(said) and len(said) <= 8 else None
