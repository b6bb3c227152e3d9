"""Reads messages that only make sense after something else: suppositions, 「他呢」, 「第二个问题」."""

from __future__ import annotations

import re

from bot.understanding.normalise import fold
from bot.understanding.relations import RELATIONS

_LONGEST = 60
_IF = r"(?:如果|要是|假如|假设|假使|倘若|万一|若是|若|要不是|就算|即使|哪怕)"
_SUPPOSES = re.compile(
    rf"^(?:那么?|但是?|可是?|还有|嗯|哦|请问|再问|那我想问)?[,，\s]*(?:{_IF}|换(?:成|作)|(?:我|他|她|公司|老板|对方){_IF})"
)
_SUPPOSED_BODY = re.compile(
    rf"^(?:那么?|但是?|可是?|还有|嗯|哦|请问|再问|那我想问)?[,，\s]*(?P<who>我|他|她|公司|老板|对方)?(?:{_IF}|换(?:成|作))(?:说|是)?(?P<body>.+?)"
    r"(?:的话)?(?:[,，]?(?:那|那么)?(?:呢|会怎[么样]样?|怎么办|怎么算|又怎[么样]样?|结果[一会]?样?[吗么]?|有(?:什么|啥)(?:不同|区别)|"
    r"(?:还)?(?:能|可以|会)?(?:赔|拿|要|算|判)(?:到|得)?多少(?:钱)?|(?:还)?(?:能|可以)(?:赔|拿|要|算)[吗么嘛]?|一样[吗么]|吗|么|嘛))?[?？。!！\s]*$"
)
_IN_CASE = re.compile(
    r"^(?:那么?|但是?)?[,，\s]*(?P<body>[^,，。?？]{2,20})的话[,，]?(?:那)?(?:呢|怎么办|咋办|会怎[么样]样?|咋样)[?？。\s]*$"
)
"""「那没借条的话呢」."""
_THEN = re.compile(
    r"^(?:那么?|那|哪)?[,，\s]*(?P<who>(?:我|他|她|你|我们|俺)?的?(?:家)?[\u4e00-\u9fff]{1,5}?)(?:那边|这边|自己)?(?:呢|咋办呢?|怎么办呢?|又怎么样)[?？。\s]*$"
)
_DOING = re.compile(r"(?:我|俺)?(?:[没不]|想|要|请|找|怎|该)")
"""「没钱请律师咋办」 brings up nobody."""
_PRONOUN = re.compile(r"^(?:他们|她们|他|她|它|我们|我|对方|那人|那个人|别人|人家)$")
_NEXT = re.compile(
    r"^(?:那|好的?|嗯|那么|现在)?[,，\s]*(?:我?(?:想|要|来|再)?(?:说|问|讲|看|聊|谈|咨询|处理)(?:一下|说|问)?)?"
    r"(?:第[一二三四1-4][个件]|另(?:外)?一个|另一件|另外那个|后一个|后面那个|下一个|下一件|最后一[个件]|还有(?:一个|刚才|一件)?(?:刚才)?(?:说|讲|提)?(?:的|到的)?那?(?:个|件)?|"
    r"(?:刚才|前面|刚刚|之前)(?:还)?(?:说|讲|提)(?:的|到的)?(?:另外|另)?(?:那|一)?(?:一)?(?:个|件))"
    r"(?:问题|事情|事儿?|情况|案子)?(?:呢|吧|怎么办|说说|怎么样)?[?？。!！\s]*$"
)


_OF_ANOTHER = re.compile(
    r"^(?:那|还有|另外|对了|哦)[,，\s]*(?:我|俺)?(?:的)?(?:老婆|老公|媳妇|爱人|对象|男人|儿子|女儿|闺女|[哥弟姐妹爸妈爹娘]{1,2}|朋友|同事|工友|老乡|亲戚|邻居|"
    r"同学|室友|别人|他|她)(?!们?(?:说|不|没|给|让|要|欠|答应))[^。!！?？]{0,40}(?:呢|咋办|怎么办|怎么算|咋算|算不算|能不能要|有没有)[呢啊吗?？。\s]*$"
)


_ANOTHER_TOO = re.compile(
    r"^(?:我|俺)(?:的|们)?(?:一个|几个)?(?:老乡|工友|同事|朋友|同学|室友|邻居)们?(?:他|他们)?(?:也|都)(?:没|被|是|在|干|有|要)"
)
"""「我老乡也没拿到，他干了五个月」."""


def supposition(text: str) -> str:
    """What is supposed in 「那如果没签合同呢」 (没签合同); empty where nothing is."""
    said = fold(text).strip()
    if (case := _IN_CASE.match(said)) is not None and not re.search(_IF, said):
        return case["body"]
    if len(said) > _LONGEST or not _SUPPOSES.search(said):
        return ""
    match = _SUPPOSED_BODY.match(said)
    if match is None:
        return ""
    body = match["body"].strip(" ,，的" if match["body"].endswith("的") else " ,，")
    # 「我要是自己走的呢」: the subject stands before the if.
    return (match["who"] or "") + body


def asks_about(text: str) -> str:
    """Who or what 「那我老婆呢」 brings up (我老婆); empty where the message says more than that."""
    said = fold(text).strip()
    match = _THEN.match(said)
    if match is None or len(said) > 14:
        return ""
    who = match["who"]
    if _DOING.match(who):
        return ""
    if _PRONOUN.match(who):
        return who
    return who if re.sub(r"^(?:我|他|她|你|我们)?(?:的|家)?", "", who) else ""


def of_another(text: str) -> bool:
    """Whether it asks how the same is with somebody else, or tells it: 「那我老婆才干了三个月，她呢」."""
    said = fold(text).strip()
    return bool(_OF_ANOTHER.match(said) or _ANOTHER_TOO.match(said))


def is_person(words: str) -> bool:
    """Whether the words name somebody."""
    return bool(_PRONOUN.match(words)) or any(words.endswith(relation) for relation in RELATIONS)


def wants_next(text: str) -> bool:
    """Whether the citizen wants to go on with another problem named before: 「第二个问题」."""
    said = fold(text).strip()
    return (
        len(said) <= 20
        and bool(_NEXT.match(said))
        and (which_next(said) != 1 or bool(re.search(r"问题|事|件|呢", said)))
        and bool(re.search(r"第|另|下|后|刚|前|之前|还有.{0,4}[个件]", said))
    )


def which_next(text: str) -> int:
    """The number of the problem that `wants_next` names, 3 for 「第三个呢」; 2 where it names none."""
    found = re.search(r"第([一二三四1-4])", fold(text))
    return {"一": 1, "1": 1, "三": 3, "3": 3, "四": 4, "4": 4}.get(found[1], 2) if found else 2


def goes_back(text: str) -> bool:
    """Whether the message leans on the one before: a supposition, or 「那……呢」."""
    said = fold(text).strip()
    return bool(supposition(said) or asks_about(said)) or (
        len(said) <= 24
        and bool(re.match(r"^那(?!个|些|天|次|时|年|边|里)", said))
        and bool(re.search(r"[呢吗么?？]", said))
    )
