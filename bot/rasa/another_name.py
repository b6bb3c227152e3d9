"""After a look at the register: who names somebody else, 「那乙律师事务所呢」, wants them looked up as well."""

from __future__ import annotations

import re

from bot.interviews.first_words import name_in
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import LookUp

_AROUND = re.compile(
    r"^(?:那么?|再|还有|换(?:一?个)?|另外|帮我|请|[,，\s])*(?:查(?:一下|查|个)?)?(?:一个|那个)?|(?:呢|吗|啊|呀|[?？。.\s])+$"
)
_LONGEST = 30
"""Characters; who says more tells something."""


def another_name(topic: Topic, words: str) -> tuple[LookUp, str] | None:
    """How it is looked up, and the name; None where the topic has no register or no name is told."""
    spec = next((one for one in topic.look_up if one.what == "register" and one.words), None)
    if spec is None or len(words) > _LONGEST:
        return None
    name = name_in(_AROUND.sub("", words))
    return (spec, name) if name else None
