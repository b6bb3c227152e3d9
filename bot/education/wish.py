"""Reads what a citizen wants of the lessons: to learn, to be asked, another one, to stop, to have them sent."""

from __future__ import annotations

import re
from typing import Literal

from bot.understanding.normalise import fold

Wish = Literal["lesson", "quiz", "push"]
Reply = Literal["another", "lesson", "quiz", "stop", "give_up"]
Daily = Literal["start", "stop"]

LONGEST = 24
"""Characters; who says more than this tells a matter."""

_PUSH = re.compile(
    r"订阅|推送|(?:每天|天天|每日)(?:都|能|可以|可不可以|能不能|早上|晚上|定时|自动)*(?:给我|向我|帮我)?(?:发|推|提醒|寄)"
)
_QUIZ = re.compile(
    r"[每今][日天]一题|每日答题|考考?我|考一?考我|今[天日]的?题|(?:来|出|做|答)(?:一|几|个|一道|道|几道|点)*题|问答题|法律测试|小测验"
)
_OF_DAY = re.compile(r"[每今][日天]一题|今[天日]的?题")
_LESSON = re.compile(
    r"普法|法治宣传|[每今][日天]一[课学法]|(?:今天|今日|我?想|我?要|能|可以)?学(?:点|点儿|一点|些|习|一学|学)?(?:什么|啥|法律|法)(?:知识|常识)?"
    r"[吧呢啊吗]?$|(?:法律|法治|普法)(?:小)?(?:知识|常识|课堂|课)|(?:讲讲|讲一讲|学学|学一学|学习|给我讲|介绍一?下)[^,，。?？第]{1,12}(?<![办方说做看想算写用])法(?:律|规)?[吧呢啊]?$"
)
_STOP = re.compile(
    r"不(?:想|要|用)?(?:再)?(?:答|学|玩|做|考|看)(?:题)?了|不(?:想|要|用)(?:再)?(?:答|学|玩|做|考)|^(?:算了|够了|结束|退出|停|先这样|到这里吧?)"
)
_ANOTHER = re.compile(
    r"换一?[题个课道]|换个题|下一?[题个课道]|再(?:来|学|讲|出|考|说)(?:一|几)?[题个课道条]|^再来(?:吧)?$|还有(?:吗|没有|别的)|接着来|^继续(?:吧)?$"
)
_GIVE_UP = re.compile(
    r"^(?:我)?(?:不知道|不会|不懂|不清楚|猜不[出到着]|想不出)|答案(?:是|呢|$)|(?:说|告诉我|公布|看)答案"
)
_THIS_LESSON = re.compile(
    r"(?:讲讲|看看|学|学学|看)这一?课|^(?:这[题条个]?|刚才(?:那[题条个])?|上面)?的?(?:依据)?(?:是|出自)?(?:哪|什么|啥)(?:一)?(?:条|部)?(?:法律?|规定|法条)(?:里)?(?:说|写|规定|讲)?的?[呢啊呀]?[?？]?$|^(?:依据|法条)(?:是什么|是啥|呢)[?？]?$|^(?:这|那)?(?:是)?(?:为什么|为啥|咋回事|怎么回事)[呢啊呀]?[?？]?$"
)
_NAMED = (
    r"(?:每[日天](?:的)?一?[题课]|每日答题|一?[道个条]?(?:题目?|问题)|普法(?:知识|题|课)?|法律(?:小)?(?:知识|常识))"
)
_ASKING = r"(?:我|想|要|请|能|可以|能不能|可不可以|帮我|给我|麻烦|你们?)*"
_EACH_DAY = r"(?:每[天日]|天天)"
_START_DAILY = re.compile(
    rf"{_ASKING}(?:订阅(?:一下)?(?:你们)?的?(?P<one>{_NAMED})?"
    rf"|(?:以后)?{_EACH_DAY}(?:都|早上|定时|自动)*(?:给我|帮我|向我)?(?:发送?|推送?)(?:给我)?[一个道条]*(?P<two>{_NAMED})?"
    rf"|(?P<three>{_NAMED})(?:以后)?{_EACH_DAY}?都?(?:给我发|发给我|推送给我))(?:吧|吗|啊|呢|好吗|好不好|可以吗|行吗)?"
)
_STOP_DAILY = re.compile(
    rf"{_ASKING}(?:退订|取消订阅|取消推送|停止推送|取消(?={_EACH_DAY})|(?:不要?|别)再?订阅"
    rf"|(?:不要|不用|不想|不需要|别)(?:再|{_EACH_DAY})*(?:给我)?(?:发送?|推送?|收)(?:给我)?)了?(?:这个)?的?"
    rf"(?P<one>{_NAMED})?(?:了|吧)*"
)
_OF_DAY = re.compile(r"[每今][日天]一题|今[天日]的?题")
_STORY = re.compile(r"老板|公司|单位|房东|老公|老婆|对方|欠我|打我|骗|怎么办|第[零〇一二三四五六七八九十百千\d]+条")


def read_wish(words: str) -> Wish | None:
    """What a message wants that comes out of the blue; None when it is about something else."""
    if len(words) > LONGEST or _STORY.search(words):
        return None
    if _PUSH.search(words) and re.search(r"题|课|普法|法律|知识|常识|学|微信|公众号", words):
        return "push"
    if _QUIZ.search(words):
        return "quiz"
    return "lesson" if _LESSON.search(words) else None


def of_day(words: str) -> bool:
    """Whether the question of this day is wanted, not just any."""
    return bool(_OF_DAY.search(words))


def read_reply(words: str) -> Reply | None:
    """What a short reply to a lesson or a question wants, other than answering it."""
    if len(words) > LONGEST or _STORY.search(words):
        return None
    if _STOP.search(words):
        return "stop"
    if _ANOTHER.search(words):
        return "another"
    if _THIS_LESSON.search(words):
        return "lesson"
    if _QUIZ.search(words):
        return "quiz"
    return "give_up" if _GIVE_UP.search(words) else None


def read_daily(words: str) -> tuple[Daily, bool] | None:
    """Whether the whole message asks to have the question of the day sent, or no more; and whether it says of what.

    「退订」 alone may be about a hotel: what it means is for whoever knows what the talk is about.
    """
    if len(words) > LONGEST:
        return None
    said = re.sub(r"[\s。!！,，.?？~～「」“”\"'《》]", "", fold(words))
    if found := _STOP_DAILY.fullmatch(said):
        return "stop", found["one"] is not None
    found = _START_DAILY.fullmatch(said)
    return None if found is None else ("start", any(found.groups()))
