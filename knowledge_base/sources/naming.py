"""Gives a text its official title, its kind and its issuer."""

from __future__ import annotations

import re

_PREFIX = "中华人民共和国"
_BOOK = re.compile(r"^(?!反分裂)[^关于《》]{2,40}(?:法|法典|法修正案（[一二三四五六七八九十]+）)$")
_COURT, _PROSECUTOR = "最高人民法院", "最高人民检察院"


def tidy_title(title: str) -> str:
    """`title` without spaces between characters; two courts side by side are joined by 、."""
    plain = re.sub(r"(?<=[\u4e00-\u9fff》〉）])[\s　]+(?=[\u4e00-\u9fff《〈（])", "\u3000", title.strip())
    return re.sub(r"(院)\u3000(最高)", r"\1、\2", plain).replace("\u3000", "")


def official_title(title: str, level: str, issuer: str) -> str:
    """The full title: laws carry the name of the state, interpretations that of the court."""
    if level == "法律" and _BOOK.match(title) and not title.startswith((_PREFIX, "中国", "全国")):
        return _PREFIX + title
    return issuer + title if level == "司法解释" and title.startswith("关于") else title


def kind_of(title: str, level: str) -> str:
    """修正案 or 修改决定 for a text of changes, else its level."""
    if re.search(r"修正案(?:（.+）)?$", title):
        return "修正案"
    return "修改决定" if re.search(r"关于修改.+决定$", title) else level


def is_amending(title: str) -> bool:
    """Whether the text consists of changes to others."""
    return kind_of(title, "") != ""


def court_of(title: str, told: str) -> str:
    """Who issued an interpretation: named in its title, else in its history `told`."""
    said = title.partition("关于")[0] or told or title
    both = [name for name in (_COURT, _PROSECUTOR) if name in said]
    return "、".join(both) or (_PROSECUTOR if "人民检察院" in title else _COURT)


def cabinet_of(told: str) -> str:
    """Who issued a regulation of the State Council, by its history."""
    army = "中央军事委员会" in told or "中央军委" in told
    return "国务院、中央军事委员会" if army else "国务院"


def ministry_of(told: str) -> str:
    """Who issued a department rule, by its history: the one whose order it is, or who signed; "" when not told."""
    match = re.search(r"([\u4e00-\u9fff]{2,20}?(?:部|局|委员会|总局|行))(?:令|第\d+号令)", told)
    signed = match or re.search(rf"^((?:{_PREFIX})?[\u4e00-\u9fff]{{1,10}}(?:部|局|委员会))$", told, re.M)
    return signed[1].removeprefix(_PREFIX) if signed else ""
