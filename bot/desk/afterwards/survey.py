"""The question how satisfied a citizen was, asked in their own channel when a person ends a consultation."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from bot.clock import SHANGHAI
from bot.dialogue.engine import Part
from knowledge_base.deadlines.workdays import next_working_day

SCORES = {"非常满意": 5, "满意": 4, "一般": 3, "不满意": 2, "非常不满意": 1}
"""Each quick reply and what it is worth."""
OPEN_FOR = timedelta(hours=24)
"""How long an answer is taken after the end; within it the last one counts."""
DISSATISFIED = 2
"""A score up to this always makes a call-back."""
WORKING_DAY_ENDS = time(17, 30)

ASK = Part(
    "choices", "您对这次服务满意吗？点一下就行，也可以回复 1 到 5 分，5 分最好。", tuple(SCORES), {"survey": "score"}
)
ASK_WHY = Part(
    "text",
    "对不起，这次没有帮好您。主管会再联系您。哪里不满意，您愿意的话就在这里说一句，我们会看。",
    data={"survey": "comment"},
)
THANKS = Part("text", "谢谢您的评价。以后有事随时再来。")
NOTED = Part("text", "您说的已经记下来，会交给主管。谢谢您。")

_DIGIT = re.compile(r"^(?:我?(?:给|打|评))?([1-5])(?:分|星|颗星)?$")
_STARS = re.compile(r"^[★⭐🌟]{1,5}$")
_NUMERALS = str.maketrans("一二三四五１２３４５", "1234512345")
# In this order: 「不太满意」 contains 满意, and 「非常不满意」 contains 不满意.
_WORDS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"非常不满|很不满|太差|差劲|差评|极差|垃圾|气死|投诉你")),
    (2, re.compile(r"不(?:太|怎么|大|够|是很)?(?:满意|行|好)|没(?:有)?帮|没用|失望|没解决|不解决|白问")),
    (3, re.compile(r"^(?:一般|还行|凑合|马马虎虎|普通|中等)")),
    (5, re.compile(r"(?:非常|很|特别|十分|太|超级)满意|^(?:太好|很好|非常好|特别好|好极)|五星|满分")),
    (4, re.compile(r"满意|^(?:挺好|不错|可以|好的?|行|谢谢)")),
)
_END = " 。.!！~～,，"
_LONGEST = 30


def read_score(text: str) -> int | None:
    """1 to 5 where the whole message says how satisfied somebody is; None for anything else."""
    said = text.strip(_END)
    if said in SCORES:
        return SCORES[said]
    if len(said) > _LONGEST:
        return None
    if digit := _DIGIT.match(said.translate(_NUMERALS)):
        return int(digit[1])
    if _STARS.match(said):
        return len(said)
    if re.search(r"[?？]|怎么|如何|能不能|可不可以", said):
        return None  # a new question is no verdict
    return next((score for score, words in _WORDS if words.search(said)), None)


def call_back_by(now: datetime) -> datetime:
    """By when a dissatisfied citizen is to be called: the end of the next working day."""
    day = next_working_day(now.astimezone(SHANGHAI).date() + timedelta(days=1))
    return datetime.combine(day, WORKING_DAY_ENDS, SHANGHAI)
