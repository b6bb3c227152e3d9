"""Tells phrases of a fact that stand in a message by chance."""

from __future__ import annotations

import re

from bot.interviews.belongs import lacks_another, named_elsewhere
from bot.interviews.phrases import ASKS_WHETHER, Used
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.understanding.words import frequency

_LACKS = frozenset({"没有", "没", "无", "还没有", "还没", "有"})
_CLAUSE = re.compile(r"[,，。;；!！?？\s]")
_BLAMES = re.compile(
    r"(?:[他她它]们?|对方|人家|店家|商家|卖家|老板|公司|单位|物业|房东|医院|学校|邻居|对象|老公|老婆)"
    r"[^,，。;；!！?？\s]{0,3}(?:说|讲|赖|怪|诬赖|冤枉|咬定)(?:的?是)?[我俺咱].{0,2}$"
)
"""「他说我逗狗」: what the other side says of the citizen is not what the citizen says."""
_ASKS = re.compile(r"有没有?")
"""「免费律师有没有」 and 「不知道有没有证」 say neither."""
_NO = re.compile(r"没(?:有?[呢啊呀哦吧嘛的了]*|得)(?:$|[,，。;；!！?？\s])")
"""没 by itself: in 「她没钱」 and 「没饭吃」 it denies something else."""
_ONE_WORD = 3
"""Characters of a clause in which one may be the whole answer."""


_YEARLY = re.compile(r"(?:一年|每年|年息|年利率?|年化)(?:是|就|算|按|给)*$")
_POINTS = re.compile(r"[一二两三四五六七八九十]分利?息?")
"""「一年两分」 is no rate of a month."""
_COUNTED = re.compile(r"[0-9一二两三四五六七八九十百几]$")
_LACKED = re.compile(r"[没无]有?[\u4e00-\u9fff]")
_MEETING = re.compile(
    r"了?一?[个次场]?[\u4e00-\u9fff]{0,3}会(?![计不])|了?一?[张家个间][\u4e00-\u9fff]{0,3}(?:证明|单子|票|条子)"
)
"""「被公司开了个会当众说」: what was held or issued, and nobody was sent away."""
_A_WORD = 30
"""A word of the dictionary that was counted so often is one people write."""
_OF_NO_USE = re.compile(r"(?:一点儿?|半点|啥|屁|任何)(?:用处?|作用|帮助|意思|道理|办法|良心|人性)(?:都|也|是)*$")
"""「一点用没有」 lacks nothing that was asked for."""


def _goes_on(said: str, used: Used) -> bool:
    """Whether the thing lacked goes on as another word: 「没证」 in 「没证据」."""
    end = used.start + len(used.text)
    word = said[end - 1 : end + 1]
    return _LACKED.fullmatch(used.text) is not None and len(word) == 2 and frequency(word) >= _A_WORD


def is_stray(topic: Topic, fact: Fact, said: str, used: Used) -> bool:
    """A single character in a longer clause names nothing (他打牌不管孩子), nor does a 没有 of something else."""
    before = _CLAUSE.split(said[: used.start])[-1]
    if fact.type == "yes_no" and _BLAMES.search(before) and "说" not in used.text + fact.question:
        return True
    if used.text[0] in "没不" and used.start and said[used.start - 1] == used.text[1:2]:
        return True  # 「不知道交没交社保」
    if ASKS_WHETHER.match(said, max(0, used.start - 2)) and used.start >= 2:
        return True  # 「有没有劳动合同」 affirms no 有劳动合同
    if used.text.endswith("开了") and _MEETING.match(said, used.start + len(used.text)):
        return True
    if _goes_on(said, used):
        return True
    if _YEARLY.search(before) and _POINTS.fullmatch(used.text):
        return True
    if used.text == "个人" and _COUNTED.search(before):
        return True  # 「12个人一起」 is no 个人
    if used.text == "没" and not _NO.match(said, used.start):
        return True
    clause = before + _CLAUSE.split(said[used.start :])[0]
    if len(used.text) == 1 and len(clause.strip()) > _ONE_WORD:
        return True
    end = used.start + len(used.text)
    if used.text not in _LACKS:
        return False
    if _ASKS.search(said, max(0, used.start - 1), end) or _OF_NO_USE.search(before):
        return True
    return named_elsewhere(topic, fact, said, used.start, end) or lacks_another(topic, fact, said[end:])
