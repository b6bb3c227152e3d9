"""Who cannot speak or call: somebody near would hear it, and a telephone that rings would betray them."""

from __future__ import annotations

import re

from bot.rasa.intents import HURT
from bot.rasa.situation import Situation
from bot.rasa.still_in_danger import told_danger
from bot.rasa.wording import SILENT, SILENT_AGAIN

_FROM_SOMEBODY = ("violence", "child", "assault")
_CANNOT = (
    r"(?:不能|不敢|不方便|没法|没办法)(?:打(?:电话|110)|说话|出声|接电话|讲话)|吵醒(?:他|她|人)|(?:他|她|人家?|他们)会听[见到]|"
    r"手机.{0,4}(?:被|给|都)?.{0,3}(?:收|抢|拿)(?:走|了)|(?:躲|藏)(?:在|进).{0,4}(?:里|后|下|间|所|台|柜)|偷偷(?:发|打字|写)"
)
_NEAR = (
    r"(?:他|她|他们|有人|老公|我爸|爸爸|那人)(?:好像)?(?:又|已经|快|要|就)?(?:来|回来|醒|上来|进来|过来|上楼|到家)(?:了|啦)|"
    r"(?:他|她|他们|有人)(?:就|还|又)?在(?:旁边|身边|边上|门外|门口|外面|敲门|砸门|踹门|撬门|上楼|找我)|听[见到].{0,4}脚步|别打(?:电话)?(?:过来|给我)"
)
_ANY = re.compile(f"{_CANNOT}|{_NEAR}")
_FIRST = re.compile(_CANNOT)
_AFRAID = re.compile(
    r"^(?:我)?(?:还是|也|真的?|实在|都)*(?:不敢|害怕|怕|不想|不愿意?)(?:去|打电话)?(?:报警|报案|打110)(?:了|啊|呀|怎么办)?$"
)
_FEARS = re.compile(
    r"^(?:我)?(?:很|好|真的?|就|还是)*(?:害怕|怕)(?:他|她|他们|对方|邻居|老板)(?:会|要|再|来|又)*(?:打|报复|弄|杀|害)(?:死|到)?(?:我|我们|孩子|家里人?)*了?$"
)
_BREAKS_OFF = re.compile(
    r"^(?:我|那)*(?:先)?不(?:能)?(?:说|聊|打字)了[,，\s]*(?:他|她|有人|我?老公|我爸)(?:好像)?(?:又|已经|快|要)?(?:回来|来|醒|进来|到家)了?[,，\s]*(?:先挂了|再见|等会说)?$|"
    r"^(?:他|她|有人|我?老公|我爸)(?:好像)?(?:回来|来|醒|进来)了[,，\s]*(?:我)?(?:先)?(?:不说了|不聊了|挂了|删了|走了)$"
)
_AFRAID_ONLY = re.compile(r"^(?:我)?(?:好|很|真的?|有点|实在)*(?:害怕|怕)(?:死了|极了)?$")
_TRACES = re.compile(
    r"(?:衣服|裤子|内裤|床单|身上).{0,6}(?:没洗|没扔|还在|留着|收着)|(?:还)?没洗(?:过)?澡|(?:已经)?洗(?:过|了)澡了?|(?:衣服|内裤|床单).{0,4}(?:洗了|扔了|洗掉)"
)
_TALK = re.compile(
    r"(?:怕|不想(?:让)?|别让|会不会|要是|是不是).{0,12}(?:别人|大家|人家|老公|家里人?|爸妈|父母|同事|单位|村里|同学|老师|都).{0,3}(?:会)?(?:知道|看不起|笑话|议论|传出去)"
)
_SHORT = 16
_SAID = ("12110", "12338")
"""What an alarm about violence names."""


def must_be_silent(words: str) -> bool:
    """Whether what is told of danger says that nobody may be heard calling."""
    return bool(_FIRST.search(words))


def _alarmed(situation: Situation) -> bool:
    return (
        told_danger(situation) in _FROM_SOMEBODY
        or situation.topic in HURT
        or any(number in str(part.get("text")) for part in situation.last for number in _SAID)
    )


def is_near(words: str, situation: Situation) -> bool:
    """Whether who told of violence says that the other is there, or that nobody may be heard: 「他来了」."""
    return len(words) <= _SHORT and bool(_ANY.search(words)) and _alarmed(situation) and situation.stage != "told"


def breaks_off(words: str) -> bool:
    """Whether somebody stops because another comes, who may be anybody: 「我先不说了他回来了」."""
    return bool(_BREAKS_OFF.match(words))


def fears_blows(words: str) -> bool:
    """Whether somebody says no more than that they fear to be beaten."""
    return bool(_FEARS.match(words))


def is_afraid(words: str, situation: Situation) -> bool:
    """Whether who told of violence says nothing but that they are afraid."""
    return bool(_AFRAID_ONLY.match(words)) and _alarmed(situation)


def keeps_traces(words: str, situation: Situation) -> bool:
    """Whether who was assaulted tells of clothes or of having washed."""
    return len(words) <= _SHORT and bool(_TRACES.search(words)) and _assaulted(situation)


def fears_talk(words: str, situation: Situation) -> bool:
    """Whether who was assaulted fears that others hear of it."""
    return bool(_TALK.search(words)) and _assaulted(situation)


def _assaulted(situation: Situation) -> bool:
    return situation.stage == "interview" and situation.topic == "sexual_harassment"


def speaks_of_fear(words: str, situation: Situation) -> bool:
    """Whether any of these is said, which has an answer of its own."""
    return (
        fears_blows(words)
        or breaks_off(words)
        or any(said(words, situation) for said in (fears_police, is_afraid, keeps_traces, fears_talk))
    )


def was_silent(situation: Situation) -> bool:
    """Whether somebody was last told how to call for help without being heard."""
    return any(str(part.get("text")).startswith((SILENT, SILENT_AGAIN)) for part in situation.last)


def fears_police(words: str, situation: Situation) -> bool:
    """Whether who told of violence does not dare to call the police."""
    return bool(_AFRAID.match(words)) and _alarmed(situation)
