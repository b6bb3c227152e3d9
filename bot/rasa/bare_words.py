"""Tells words that could be about anything (赔偿, 老板的事, 怎么办) from those that name a matter (离婚, 工伤)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.interviews.topic import Topic
from bot.understanding.relations import find_relations

LONGEST = 3
"""Chinese characters; what is longer says enough, unless all of it is said about anything."""
MANY = 5
"""Areas of law in which people use a word that says nothing of the area."""
_ANY_MATTER = re.compile(
    r"太?(?:欺负|坑|糟蹋)人|欺人太甚|太?过分|讨?(?:个|一个)?(?:说法|公道)|告(?=[他她它])|"
    r"不(?:知道|懂|清楚|晓得|会|明白)|怎么(?:办|弄|搞|处理|解决|说|样)?|咋(?:办|整|弄|搞)?|如何|该|应该|可以|能不能|能|想|要|帮帮?|求"
    r"|我呢|是这样(?:的|子)?|我跟[你您]说|想说|说个"
    r"|请问|问问|问一下|问下|咨询|了解|一下|说说|法律|问题|事情|事儿|事|情况|麻烦|困难|遇到|碰到|发生|出了?"
    r"|有(?:个|一个|点|些|件|一件)?|这[个种件样]?|那[个种件样]?|一[个件]|家里|家人|自己|现在|真的|真|就是|就|到底|才|也|都|又|还|很|太|好"
    r"|[我你您他她它]们?|俺们?|咱们?|的|了|啊|呢|吧|嘛|吗|呀|哦|哎|唉|嗯|和|跟|与|关于|在|呃|哈|喂"
)
_FAMILY = (
    "spouse",
    "ex_spouse",
    "partner",
    "child",
    "parent",
    "parent_in_law",
    "child_in_law",
    "grandparent",
    "grandchild",
)
_ANYBODY = frozenset((*_FAMILY, "sibling", "relative", "friend", "colleague", "employer"))
"""People about whom there may be any matter."""
_MARKS = re.compile(r"[\s,，。.、!！?？…~～]+")


def says_nothing(words: str, topics: Mapping[str, Topic]) -> bool:
    """Whether `words` is one word that people of many areas of law use, or names at most who it is about."""
    if not words:
        return False
    if _is_anybodys(words):
        return True
    if len(words) > LONGEST:
        return False
    areas = {
        topic.area
        for topic in topics.values()
        if topic.kind == "consultation" and sum(words in example for example in topic.examples) >= 2
    }
    return len(areas) >= MANY


def _is_anybodys(words: str) -> bool:
    rest = words
    for one in reversed(find_relations(words)):
        if one.value in _ANYBODY:
            rest = rest[: one.start] + rest[one.end :]
    return not _MARKS.sub("", _ANY_MATTER.sub("", rest))
