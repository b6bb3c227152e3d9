"""What kind of answer was asked for, read from the words of the question."""

from __future__ import annotations

import re
from typing import Literal

Expected = Literal["yes_no", "number", "story", "open"]

_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;]?")
_STORY = re.compile(r"什么事|怎么(?:回事|了)|慢慢说|说说|讲讲|说一下(?:情况|经过)|情况|经过|跟我说|留言|再说一遍")
_TELL = re.compile(r"说说|讲讲|说一下|讲一下|慢慢说|慢慢讲")
"""Asks for a story even where it ends in 吗: 能说说发生了什么事吗."""
_NUMBER = re.compile(
    r"号码|电话|手机|身份证|卡号|编号|多少|几(?!乎)|金额|哪(?:一)?[年月天日号]|什么时候|日期|时间|多[久长大]|工号"
)
_YES_NO = re.compile(
    r"吗|对不对|是不是|有没有|能不能|可不可以|要不要|行不行|好不好|会不会|愿不愿意|需不需要|是否|还是|没有[？?]|(.)不\1"
)


def expected(said: str) -> Expected:
    """Of the last question in what was said; a story where nothing was asked."""
    sentences = [one.strip() for one in _SENTENCE.findall(said) if one.strip()]
    asked = [one for one in sentences if one.endswith(("？", "?"))]
    if not asked:
        return "story" if not sentences or _STORY.search(said) else "open"
    last = asked[-1]
    if _TELL.search(last):
        return "story"
    if _YES_NO.search(last):
        return "yes_no"
    if _STORY.search(last):
        return "story"
    return "number" if _NUMBER.search(last) else "open"
