"""What words mean whatever was asked: wishes about the call itself."""

from __future__ import annotations

import re
from typing import Literal

Meaning = Literal["person", "unrecorded", "bye", "leave_word"]

_PERSON = re.compile(r"人工|真人|工作人员|转人|接线员|找个?人(?:说|来|接)")
_NO_PERSON = re.compile(r"(?:不|别)(?:要|用|想|需要)?(?:转|找|接)?(?:人工|真人|工作人员)")
_UNRECORDED = re.compile(r"(?:不要|别|不想|不同意|不许|不能)(?:再)?录音")
_BYE = re.compile(r"^(?:那)?(?:好的?|行)?(?:再见|拜拜|没有了|没了|没别的|没事了|不用了|就这些|谢谢)")
_LEAVE_WORD = re.compile(r"留言|不等了|不想等")
_SHORT = 12
"""Signs: a longer sentence has something else to tell too."""


def means(text: str, meaning: Meaning) -> bool:
    """Whether that is in the words."""
    match meaning:
        case "person":
            return bool(_PERSON.search(text)) and not _NO_PERSON.search(text)
        case "unrecorded":
            return bool(_UNRECORDED.search(text))
        case "bye":
            return bool(_BYE.search(text.strip("，。！？ "))) and len(text) <= _SHORT
        case "leave_word":
            return bool(_LEAVE_WORD.search(text))


def is_only_person(text: str) -> bool:
    """Whether nothing else is said: a message may well speak of people."""
    return bool(_PERSON.fullmatch(text.strip("，。！？ ")))
