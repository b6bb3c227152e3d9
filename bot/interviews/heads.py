"""Counts the people that a message names one by one: 「就我跟我妹还有我妈」 are three."""

from __future__ import annotations

import re

_KIN = (
    r"(?:爷爷|奶奶|外公|外婆|姥姥|姥爷|爸爸|妈妈|父亲|母亲|老爹|老娘|哥哥|弟弟|姐姐|妹妹|老婆|老公|儿子|女儿|闺女|"
    r"大哥|二哥|三哥|大姐|二姐|三姐|小妹|小弟|老弟|老妹|爸|妈|爹|娘|哥|弟|姐|妹|后妈|继母|后爸|继父)"
)
_ONE = rf"(?:那个|这个|我那个)?(?:我(?:{_KIN})?|俺(?:{_KIN})?|{_KIN})(?!们|家|俩|仨)"
_JOIN = r"(?:,?还有|加上|以及|跟|和|与|同|、|,|，|\s)+"
_LIST = re.compile(rf"(?:就|只有|就剩|只剩|剩下)?(?P<people>{_ONE}(?:{_JOIN}{_ONE})+)(?P<more>[^\s,，。;；!！]{{0,6}})")
_ALONE = re.compile(r"就|只有|剩")
_TOTAL = re.compile(
    r"(?:(?:一共|总共|就|这|我们)*(?P<number>[一两二三四五六七八九十0-9]+|俩|仨)(?:个|口)?人?)?"
    r"(?:一起)?(?:分|继承)?(?:了|吧|啊|呢|嘛)*"
)
"""What may follow the list: how many they are, and nothing that tells what only these did."""
_WITH = re.compile(
    r"(?:我|俺)?(?:[爸妈爹娘]妈?爸?|老伴|老[妈爸娘爹]|父亲|母亲|奶奶|爷爷|后妈|继母)(?:跟|和|与|加上?|还有|、|\+)(?:我们|俺们|咱们?|我)?"
    r"(?:兄弟姐妹|兄妹|姐弟|兄弟|弟兄|姐妹|哥几个|儿女|子女|哥|姐)?(?P<number>[两二三四五六七八九俩仨2-9])(?:个|口)?"
    r"(?:人|兄弟姐妹|兄妹|姐弟|兄弟|姐妹|儿女|子女|孩子|儿子|女儿|闺女)?(?=$|[\s,，。;；!！]|一起|分|都|吧|呢|呀|啊)"
)
"""「我妈跟我们兄妹三个」: the number counts those behind the join."""
_MOTHER = re.compile(r"(?:妈妈?|母亲|老娘|娘)(?:也|都)?(?:还在|还活着|健在)")
_FEW = re.compile(r"(?:就|只有|就剩)(?:我|俺)(?:和|跟)?(?P<who>哥|姐|弟|妹)(?P<number>俩|两个|仨|三个)")
"""「就我和哥俩」."""
_NUMBERS = {"两": 2, "俩": 2, "仨": 3} | {char: at for at, char in enumerate("一二三四五六七八九十", start=1)}


def heads(said: str, asked: bool) -> tuple[int, str] | None:
    """How many, and the words; without being asked only where they are said to be all (就……)."""
    if (joined := _WITH.search(said)) is not None:
        return _number(joined["number"]) + 1, joined[0]
    if (few := _FEW.search(said)) is not None:
        mother = _MOTHER.search(said)
        return _number(few["number"][0]) + (mother is not None), few[0]
    for found in _LIST.finditer(said):
        if not asked and _ALONE.search(said, max(0, found.start() - 1), found.start("people")) is None:
            continue
        people = re.split(_JOIN, found["people"])
        total = _TOTAL.fullmatch(found["more"])
        # 「我跟妹妹两个」 may be two or three: a number that does not agree settles nothing.
        if total is None or (total["number"] and _number(total["number"]) != len(people)):
            continue
        if len(set(people)) == len(people):
            return len(people), found[0]
    return None


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() else _NUMBERS.get(said, 0)
