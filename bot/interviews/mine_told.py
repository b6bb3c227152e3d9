"""Of several values told in one breath those that count: mine beside that of all, the one a slip was mended to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.interviews.message_told import CLAUSE, CLAUSE_END
from bot.understanding.entity import Entity

_MINE = re.compile(
    r"(?:我|俺)(?:个人|自己|一个人|这份|的那份|那份|的这份|本人)(?:的|是|被?欠|有|拿|就|该|应该|应得|一共|总共|大概)*$"
)
_ALL = re.compile(r"一共|共计|总共|合计|加起来|班组|我们|大家|工友|[0-9一二两三四五六七八九十]+(?:几|多)?个?人")
_AGAIN = re.compile(r"[\s,，]*(?:哦|呃|嗯|不|是|应该是|大概)*[\s,，]*")
_MENDS = re.compile(
    r"(?:块钱?|元|的)?[^,，。;；\s不错0-9]{0,6}[\s,，。;；]*(?:哦|呃|啊|哎)?(?:不对|说错了?|错了|记错了?)[\s,，]*(?:应该)?是?"
    r"(?:[还给交付借花]了?)?"
)
_GROSS = re.compile(r"(?:块钱?|元)?(?:是|算)?(?:税前|应发|扣税前|没扣税)")
_NET = re.compile(r"(?:到手|税后|实发|扣完税?|打到卡(?:上|里)?)(?:是|就|只有|有|大概|差不多)*$")
"""The law counts what is earned before tax."""
_NOMINAL = re.compile(r"虚岁$")
_NOT = re.compile(r"(?:周?岁)?(?:不是|不对)")


def of_the_speaker(said: str, entities: Sequence[Entity]) -> list[Entity]:
    """「12个人共计18万6，我个人是15500」: beside what is mine, the sum of all is nobody's."""
    mine = [one for one in entities if _MINE.search(said, max(0, one.start - CLAUSE), one.start)]
    kinds = {one.kind if one.kind != "count" else "amount" for one in mine}
    return [one for one in entities if one in mine or one.kind not in kinds or not _of_all(said, one)]


def mended(said: str, entities: Sequence[Entity]) -> list[Entity]:
    """「我2020年入职，不对是2021年」: what takes another's place stands where that stood, beside its words."""
    kept: list[Entity] = []
    for one in entities:
        before = kept[-1] if kept else None
        if before is not None and before.kind == one.kind and _MENDS.fullmatch(said[before.end : one.start]):
            kept[-1] = replace(one, start=before.start, end=before.end)
        else:
            kept.append(one)
    gross = [one for one in kept if one.kind == "amount" and _GROSS.match(said, one.end)]
    return [one for one in kept if not (gross and one.kind == "amount" and _NET.search(said, 0, one.start))]


def _of_all(said: str, entity: Entity) -> bool:
    clause = CLAUSE_END.split(said[max(0, entity.start - CLAUSE) : entity.start])[-1]
    return _ALL.search(clause) is not None


def without_slips(said: str, entities: Sequence[Entity]) -> list[Entity]:
    """「两年 两年半吧」 and 「五千 五千到六千」: who begins again says it better; 虚岁 counts only alone."""
    kept = []
    for at, one in enumerate(entities):
        after = entities[at + 1] if at + 1 < len(entities) else None
        again = after is not None and after.kind == one.kind and after.text != one.text
        between = said[one.end : after.start] if after is not None else ""
        if again and after is not None and between and _AGAIN.fullmatch(between) and after.text.startswith(one.text):
            continue
        if one.unit == "岁" and len(entities) > 1 and _set_aside(said, one):
            continue
        kept.append(one)
    return kept


def _set_aside(said: str, age: Entity) -> bool:
    return _NOMINAL.search(said, 0, age.start) is not None or _NOT.match(said, age.end) is not None
