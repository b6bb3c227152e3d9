"""Whether what was heard so far can be all of it, by how Chinese sentences end."""

from __future__ import annotations

import re
from typing import Literal

from voice.turns.expected import Expected

Completeness = Literal["complete", "unknown", "incomplete"]

_MARKS = re.compile(r"[\s，。！？、；：,.!?;:…~～]+$")
_HANGING = re.compile(
    # What joins a next clause to this one…
    r"(?:然后|然后呢|后来|接着|因为|所以|但是|但|可是|不过|而且|并且|如果|要是|假如|虽然|即使|比如|比如说|包括|以及|还有|另外|或者|"
    # …what looks for its object (没有, 要求 and 认为 do; 我有 may well be an answer)…
    r"和|跟|与|及|把|被|(?<![不没])给|向|对于|关于|按照|根据|从|到了|认为|觉得|要求|我的意思是|意思是|就是说|也就是说|"
    # …what fills a pause while the next word is looked for…
    r"就是|那个|这个|那么|那|这|呃|额|嗯嗯|反正|其实|怎么说|怎么说呢|等一下|稍等|我看看|我想想|我找找|"
    # …and what stands before a noun or a number that has not been said…
    r"的|一个|一共|总共|大概|大约|第|每|(?<![不没还都])在|是在|"
    # …or is who does what has not been said; whom it is done to ends a sentence: 老公打我, 我要告他.
    r"(?:^|然后|后来|但是|可是|不过|因为|所以|而且|如果|要是|结果|就是|还有|和|跟|说|是|，)(?:我|你|他|她|我们|你们|他们))$"
)
_SHORT_ANSWER = re.compile(r"^.{0,3}(?:的|一个)$")
"""私人的 and 就一个 are answers to a question, and only the beginning of a story."""
_WHOLE_ENDS = re.compile(
    # 对的, 是的 and 好的 end in 的 and are whole.
    r"(?:(?:对|是|好|行|可以|有|没事|真|不会|不行)的|就是这样的?|就这样|就这些|没了|说完了|是(?:他|她|我|你)(?:们)?|怎么办|怎么算|怎么(?:弄|处理|赔|判|要)|"
    r"(?:怎么|该)(?:做|走|写|告|申请)|合法吗|可以吗|行吗|对吗|多少钱?|找谁|去哪里?|哪里|有用吗|吗|呢|吧|啊|呀|嘛|啦|谢谢|再见"
    r")$"
)
_STATEMENT_ENDS = re.compile(r"(?:了|过)$")
"""Of an answer it is the end, of a story only of a clause: 我被辞退了, 没有拿到钱."""
_SHORT = 4
"""Signs: who says more tells a story, whatever was asked."""
_BESIDE_FIGURES = 6
"""Signs in 大概是一万五左右 that are no figures; with more (我叫王小明今年三十五岁) it is a story, which may go on."""
_ASKED = re.compile(
    r"(?:怎么|怎样|如何|什么|多少|多久|多大|(?<![好十])几[年月天个岁次]|哪[里儿个些种]?|谁|吗|能不能|可不可以|是不是|有没有|要不要|该不该|算不算)"
    r"[^吗呢]{0,6}$"
)
"""Who asks is done; a few more words may follow, as in 最低工资是多少钱一个月."""
_TOLD_DIGITS = re.compile(r"[\d零〇一二三四五六七八九十两幺]{11}$")
_WISH = re.compile(r"(?:想|要)(?:问|咨询|了解)(?:一下|问)?.{2,}$")
_STATED = re.compile(r"是(?!一|在|个|我).{2,8}的$")
"""房子是婚后买的 is whole, 我是一家很大的 is not."""
_ANSWER = re.compile(
    r"^(?:嗯|对|是|不是|没|没有|有|不|不对|对对|对啊|好|行|可以|不行|不可以|不知道|不清楚|不记得|记不清|签了|没签|有的|会|不会|能|不能|要|不要)"
    r"(?:的|了|啊|呀|呢|吧)?$"
)
_HOW_MUCH = re.compile(
    r"(?:元|块|块钱|万|千|百|年|个?月|号|日|天|周|星期.|小时|点|个|人|次|岁|平米?|平方米?|%|多|左右)$"
)
_DIGITS = re.compile(r"[\d零〇一二三四五六七八九十两幺]")
_ALL_DIGITS = re.compile(r"^[\d零〇一二三四五六七八九幺\s-]+$")
_MOBILE, _IDENTITY = 11, 18
"""Digits of a telephone number and of an identity card: nobody stops in between."""


def completeness(text: str, asked: Expected) -> Completeness:
    """Of the partial words in answer to a question of that kind; unknown without words."""
    said = _MARKS.sub("", text)
    if not said:
        return "unknown"
    if _ANSWER.fullmatch(said):
        # To a question of yes or no it is all; at the beginning of a story it is only a start.
        return "complete" if asked == "yes_no" else "unknown"
    if _ALL_DIGITS.fullmatch(said):
        count = len(_DIGITS.findall(said))
        return "complete" if count in (_MOBILE, _IDENTITY) else "incomplete" if count > 2 else "unknown"
    if _WHOLE_ENDS.search(said) or _TOLD_DIGITS.search(said):
        return "complete"
    if _STATEMENT_ENDS.search(said):
        return "unknown" if asked == "story" or len(said) > _SHORT else "complete"
    if _STATED.search(said):
        return "unknown"
    if _SHORT_ANSWER.search(said) and asked != "story":
        return "unknown"
    if _HANGING.search(said):
        return "incomplete"
    if _WISH.search(said) or _ASKED.search(said):
        return "complete"
    if asked == "number" and _HOW_MUCH.search(said) and len(_DIGITS.sub("", said)) <= _BESIDE_FIGURES:
        return "complete"
    return "unknown"


def tells(text: str) -> bool:
    """Whether a story is told, whatever was asked: what happened, in more words than an answer takes."""
    said = _MARKS.sub("", text)
    return len(said) > _SHORT and "了" in said
