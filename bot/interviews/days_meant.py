"""Which days and lengths of time in a message tell when something was."""

from __future__ import annotations

import re

from bot.interviews.message_told import CLAUSE, CLAUSE_END, Message
from bot.interviews.topic_parts import Fact
from bot.understanding.entity import Entity

_AGO = re.compile(r"^(?:左右)?(?:以前|之前|前|了)")
_SINCE_ONLY = re.compile(
    r"^(?:我|他|她|这|事情|事故|这事|到现在|离现在|距今|过去|已经|都|也|就|有|快|大概|大约|差不多|得|是|过|好像|应该|了|"
    r"走|离开|离职|辞职|分开|分手|借出去|借给他|借给|借|摔|伤|撞|出事|发生|退租|搬走|去世)*$"
)
"""Before 三个月了 it may only say that something happened, not that it lasted (住院12天了)."""
_YEAR_ONLY = re.compile(r"^(?:去年|前年|大前年|今年|\d{2,4}年|[一二三四五六七八九十零〇]{2,4}年)$")
_OWED = re.compile(r"[欠拖](?:着|了)?[我你您他她]?们?的?(?:钱|账|债|款)[^,，。]{0,4}$")
_LACKING = re.compile(r"(?:多|左右|都|也|就|已经)*(?P<what>(?:没有?|不)[\u4e00-\u9fff])[^,，。;；!！]{0,6}?(?:了|过|$)")
"""「一年没给了」."""
_OTHER_ACT = re.compile(
    r"[^,，。;；\s]{0,6}?(?:说(?!好|定|的)|讲(?!好|定)|打(?:了|过)?个?电话|发(?:了|过)?(?:微信|信息|短信|消息)|催|还(?:了|过)|"
    r"搬(?:进|来)|住进(?!医院)|入住|找(?:了|过)?他|去找|问他|承认|答应|不接|拉黑|起诉|报了?警|上门|去要|要过|要钱|走了(?=$|[\s,，。;；])|去世|过世|死了|病了|住院|离婚|跑了|失踪|破产|坐牢|进去了)"
)
"""Behind a day: what was done on it, other than what was asked about."""
_DUE = re.compile(r"还款日|到期")
"""In the label of the day on which money is to be back."""
_CAME_IN = re.compile(r"(?:就|才|刚|我)?(?:收到|寄来|寄到|送来|送到|拿到|下来)")
_PAPER = re.compile(r"(?:通知书?|决定书?|判决书?|裁决书?|传票|函|书面|单子)[^,，。;；!！]{0,2}$")
_OF_PAPER = re.compile(r"收到|送达|通知|决定|判决|裁决|传票|告知|材料|书")
_BOUGHT_ENDS = re.compile(r"(?:多|了|左右)*(?:$|[\s,，。;；!！])")
"""「重疾险，买了三年」 tells when it was bought."""
_HANDED_OVER = re.compile(
    r"[^,，。;；\s]{0,4}?(?:拿(?:了|走)?我|借(?:了|给|走|我)|投(?:了|进|资)|转(?:了|给)|打给|给了?(?:他|她))(?!.{0,12}还)"
)
"""「三年前拿我钱投了养殖场说好分红」: the day on which money was given, whatever was agreed then."""
_PAID_BACK = re.compile(
    r"[^,，。;；\s]{0,4}?(?:[又再才只先就]还|还(?:了|过))[^,，。;；\s]{0,6}[0-9一二两三四五六七八九十百千万]"
)
"""「五月又还了三千」: the day of a payment, not that on which all was due."""
_PLACE = re.compile(r"(?<=[在进到])[\u4e00-\u9fff]{1,4}[所院里面](?:已经|都|快|有)?$")
_IS = re.compile(r"(?:是|在|于|时间|日期|那天)$")
_CLAUSE = re.compile(r"[。!?;！？；\n,，、\s]")
"""A blank ends a clause for whoever types without commas."""
_LIMIT = re.compile(r"(?:之前|以前|前)(?:能|要|就|再|必须|得)?(?:签|搬|交房|交钱|腾|办|缴|付|报名)(?![了过完好])")
"""「月底前签的奖励三万」 tells until when, not when it was."""
_STILL_TO_GO = re.compile(r"(?:再过|还有|还差)\s?$")
_TO_COME = re.compile(r"(?:时间|左右|就|才|要|该|能|会|到|[\s,，。;；!！])*(?P<what>[\u4e00-\u9fff]{0,2})")
"""「还有三年就退休了」: what the day to come is of."""
_AGREED = re.compile(r"说好|约定|答应|催|要过|协议|合同|写|^还[了过]")
"""Words for what was promised or asked, of which no length of time tells since when."""
_NAMING = 1
"""Characters; a longer word of another fact names the thing that this is about."""
_SHORT = 8
"""A message of so few characters answers what was asked."""


def is_day(message: Message, fact: Fact, entity: Entity) -> bool:
    """住院12天 is no day, 12天前 is; 去年他还承认过 says when something else was."""
    before = CLAUSE_END.split(message.before(entity))[-1]
    if entity.kind == "duration":
        ago = _AGO.match(message.said[entity.end : entity.end + CLAUSE])
        if ago is None:
            return False
        for cue in sorted(message.words[fact.id].cues, key=len, reverse=True):
            before = before.replace(cue, "")
        return "前" in ago[0] or _SINCE_ONLY.match(before) is not None
    if not fact.future and _LIMIT.match(message.said, entity.end):
        return False
    if _DUE.search(fact.label) and (
        _HANDED_OVER.match(message.said, entity.end) or _PAID_BACK.match(message.said, entity.end)
    ):
        return False
    if _of_a_paper(message, fact, entity):
        return False
    if _of_another_act(message, fact, entity) or _of_another_end(message, fact, entity):
        return False
    if not _YEAR_ONLY.match(entity.text) or len(message.said) <= _SHORT:
        return True
    after = message.said[entity.end : entity.end + CLAUSE]
    clause = before + entity.text + CLAUSE_END.split(after, maxsplit=1)[0]
    return len(clause) <= _SHORT or any(cue in clause for cue in message.words[fact.id].cues)


def _of_a_paper(message: Message, fact: Fact, entity: Entity) -> bool:
    """「拒赔通知昨天收到」 is the day of that paper only, unless a paper is asked about."""
    if _CAME_IN.match(message.said, entity.end) is None or not _PAPER.search(message.before(entity)):
        return False
    own = message.words[fact.id]
    return not _OF_PAPER.search("".join((*own.cues, own.question, fact.label)))


def _of_another_end(message: Message, fact: Fact, entity: Entity) -> bool:
    """Whether a day that is still so far off is that of something which no word of the fact names."""
    if _STILL_TO_GO.search(message.before(entity)) is None:
        return False
    ahead = _TO_COME.match(message.said, entity.end)
    own = message.words[fact.id]
    what = ahead["what"].rstrip("了的人吧呢") if ahead is not None else ""
    return not any(what in one for one in (*own.cues, own.question, fact.label))


def _of_another_act(message: Message, fact: Fact, entity: Entity) -> bool:
    """「借给他五万 上个月他说没钱」: the day of what was said, paid back or asked for, in a clause of its own."""
    clause = _CLAUSE.split(message.said[entity.end : entity.end + CLAUSE], maxsplit=1)[0]
    if _OTHER_ACT.match(clause) is None:
        return False
    cues = [one for one in message.words[fact.id].cues if len(one) > 1 or one in clause]
    if any(one in clause for one in cues):
        return False
    before = _CLAUSE.split(message.before(entity))[-1]
    if _IS.search(before):
        return False
    rest = message.said[: entity.start] + "\n" + message.said[entity.end + len(clause) :]
    is_asked = message.asked is not None and fact.id == message.asked.id
    return not is_asked or any(one in rest for one in cues)


def has_been(message: Message, fact: Fact, entity: Entity) -> bool:
    """「一年没给了」 and 「摔了三个月了」 tell since when, in the fact's own words."""
    if fact.type != "date" or entity.kind != "duration":
        return False
    before = CLAUSE_END.split(message.before(entity))[-1]
    after = message.said[entity.end : entity.end + CLAUSE]
    cues = [one for one in message.words[fact.id].cues if not _AGREED.search(one)]
    if (lacks := _LACKING.match(after)) is not None:
        own = (
            (*cues, message.words[fact.id].question)
            if message.asked is not None and fact.id == message.asked.id
            else cues
        )
        return any(lacks["what"] in one or one in lacks["what"] for one in own)
    if before.endswith("买了") and "买" in message.words[fact.id].question and _BOUGHT_ENDS.match(after):
        return True
    # 「关进看守所半个月了」: where they are stands between.
    happened = (before, _PLACE.sub("", before), before.removesuffix("了"))
    if not after.startswith("了") or not any(words.endswith(one) for one in cues if len(one) > 1 for words in happened):
        return False
    # 「复议决定书收到十天了」: what was received is named by another fact's word.
    others = (one for other in message.topic.facts if other.type == "date" for one in message.words[other.id].cues)
    return not any(
        len(one) > _NAMING and one in before and not before.endswith(one) and one not in cues for one in others
    )


def since_owed(message: Message, entity: Entity) -> bool:
    """「欠我钱两年了」 tells since when, not how many months are owed."""
    return bool(_OWED.search(message.before(entity))) and message.said.startswith("了", entity.end)
