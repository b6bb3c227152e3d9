"""Tells whose pay 「一天200块」 and 「一个月六千」 are where no word for it stands near."""

from __future__ import annotations

import re

from bot.interviews.facts import Facts
from bot.interviews.per_period import asked_per, period_start, told_per
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.understanding.entity import Entity

_EARNED = re.compile(r"工资|收入|薪|挣")
_OF_ANOTHER = re.compile(r"对方|那一方|他一个月|一方的?月收入")
_SPEAKER = re.compile(r"^(?:我|俺|咱)(?!爸|妈|爹|娘|老公|老婆|前[夫妻]|男|女|儿|弟|哥|姐|妹|对象|们)")
_PAYER = "payer"
"""Value of the option by which whoever speaks is the one who has to pay."""
_SHORT = 8
"""Characters of 他开货车."""
_CLAUSE = re.compile(r"[,，。;；!！?？、\s]")
_ANOTHER = re.compile(r"^(?:他|她|对方|前夫|前妻|老公|男方|女方|男的|女的|[孩娃][子他她]?[爸妈爹娘])")
_PAYS = re.compile(r"[给付出交判还寄]|抚养费|生活费")
_BEFORE = re.compile(
    r"(?:我们?|俺们?|咱们?|他|她|老公|老婆|爱人|男人|对方|前夫|前妻|男方|女方|男的|女的|[孩娃]子?[他她]?[爸妈爹娘]|"
    r"我?(?:爸|妈|爹|娘|弟弟?|哥哥?|儿子|女儿|父亲|母亲)|"
    r"老板|公司|厂里|厂子|单位|工地上?|那边|这边|包工头|工头|在[\u4e00-\u9fff]{1,5}(?:里|上|厂|公司|店|干活|上班|打工)|"
    r"就|都|也|是|才|只|又|的|了|工资|底薪|工钱|薪水|以前|原来|之前|本来|平时|现在|当时|说好|讲好|谈好|算|按|给|开|发|拿|挣|到手|"
    r"干活|做工|打工|上班|做|干|大概|差不多|一般|小工|大工|点工|正常|平均|大约)*"
)
_BEHIND = re.compile(
    r"(?:块钱?|元|左右|多|上下|不到|吧|的|工资|活|干活?|做工?|小工|大工|呢|啊|呀|嘛|每天|一天|每个?月|一个?月|到手|现在|这样|样子|了)*"
)


def earned(topic: Topic, said: str, entity: Entity) -> Fact | None:
    """The fact that pay per day or month is of: the only one of the topic, where it is of whoever is spoken of."""
    if entity.kind not in {"amount", "count"} or entity.unit not in {"yuan", ""} or not told_per(said, entity):
        return None
    paid = [one for one in topic.facts if one.type == "amount" and asked_per(one) and _EARNED.search(one.label)]
    if len(paid) != 1:
        return None
    start = min(entity.start, period_start(said, entity))
    before = _CLAUSE.split(said[:start])[-1]
    between = said[start : entity.start]
    behind = _CLAUSE.split(said[entity.end :], maxsplit=1)[0]
    if (
        _BEFORE.fullmatch(before) is None and not (_ANOTHER.match(before) and len(before) <= _SHORT)
    ) or _BEHIND.fullmatch(behind) is None:
        return None
    if _OF_ANOTHER.search(paid[0].label + paid[0].question):
        its = _ANOTHER.match(before) is not None and _PAYS.search(before + between) is None
        return paid[0] if its else None
    return paid[0]


def of_speaker(facts: Facts, fact: Fact, said: str, entity: Entity) -> bool:
    """Whether 「我一个月四千」 is told to a question about what somebody else earns."""
    if fact.type != "amount" or not _EARNED.search(fact.label) or not _OF_ANOTHER.search(fact.label + fact.question):
        return False
    if any(told.value == _PAYER for told in facts.values()):
        return False
    return _SPEAKER.match(_CLAUSE.split(said[: entity.start])[-1]) is not None
