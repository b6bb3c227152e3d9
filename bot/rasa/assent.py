"""Reads what a message says to a proposal: do it, yes, later, or no."""

from __future__ import annotations

import functools
import re
from typing import Literal

from bot.rasa.cues import QUESTION
from bot.understanding.speech_acts import read_polarity
from bot.understanding.substance import is_bare

Assent = Literal["do", "yes", "later", "no"]
"""do: names what is to be done (交上去吧); yes: only agrees (好的)."""

_DO = {
    "apply": r"(?:提|递|上|呈)?交|递|(?:上|申)?报|登记|预?约|申请|办理?|[弄搞整做填]|安排|处理|操作",
    "person": r"[请转接找叫让]|联系|安排|通知",
    "withdraw": r"撤[回销掉了]?|取消",
    "again": r"重新|重来|从头|再[来问说]|开始",
    "resume": r"继续|接着|回去|回到.{0,6}",
}
"""What each kind of proposal is to do."""
_WHAT = {
    "apply": r"申请[书表]?|材料|投诉|举报|调解|公证|预约|表|名|单子?|情况",
    "person": r"工作人员|人工|真人|律师|同事|值班人?员?|师傅|他们?|她们?|人",
    "again": r"咨询|问|一遍|一次|开始|来",
    "resume": r"问|说|聊|完|前面|刚才|上[一个]|原来|那[件个]|事情?|的",
}
"""What it is done to."""
_BEFORE = (
    r"(?:要得|好|行|中)[嘛嘞的吧啊呀哒]*|那么?|这|就|现在|马上|立[刻马]|赶[紧快]|快|直接|还是|先|也|都|我们?|[想要你您们请把给帮替全]|决定|同意|愿意|麻烦|劳烦|拜托|"
    r"一[起并]|抓紧|尽快|今天|早点|可以|能|帮忙|份|个|件"
)
_AFTER = (
    r"上去?|去|过[去来]|出去|进去|好|起来|[一]?下子?|一个|掉|了|[吧呗啊呀嘛哈哦噢啦咯喽哟]|得了|算了|行了|就[行是好成]|"
    r"给(?:他们|你们|我们?|上面|单位|中心|公证处)|来|看看?|跟我[说谈讲]|我|帮我?|这?[件个]事|的|再说|谢谢[你您]?"
)
_AGREES = re.compile(
    r"(?:那|那就|嗯|我|那敢情|都|也)*(?:嗯+|恩+|哦|噢|好+|行+|可以|能|成|中|得|要得|要|妥|是|对|没问题|没毛病|同意|愿意|需要|想要?|"
    r"(?:麻烦|有劳|拜托)[你您]们?|当然要?|必须|肯定要?|ok|okay|yes|sure|太好了|就这样|就这么[办定着做弄搞]|(?:就)?[按照听][你您这]们?个?说?的?[办来做弄]?|"
    r"都行|[你您]们?看着办|正有此意|求之不得|巴不得|👌|👍)[的吧啊呀嘞哒滴了呗嘛呢哦噢啦~]*(?:(?:谢谢|多谢|麻烦|辛苦)[你您们了啦]*)?",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:那|就)*(?:谢谢|多谢|感谢|辛苦|拜托|麻烦|有劳|劳驾|please)[你您们了啦啊哈的]*", re.IGNORECASE
)
_LATER = re.compile(
    r"先(?:不|别|等|放|缓|看|想|问|考虑|准备|回|跟|和|商量)|(?<![去了])再(?:想|看|说|等|考虑|琢磨|合计|商量|斟酌|定)|想一?想|考虑|琢磨|寻思|"
    r"合计|商量|犹豫|没(?:想|准备|弄|凑)好|[没不]齐|不[着]?急|以后|之后|改[天日]|回头|下次|下回|过(?:几|两|一)?(?:天|阵|段)|"
    r"[晚迟](?:点|些)|等(?:等|[一]?下|会|几天|我|他|她|有空|材料|过|到)|缓缓|缓一|明天|后天|下(?:周|个?月|星期)|暂时不|暂不|有空|到时候?"
)
_NO = re.compile(
    r"(?<![他她方们])(?<![去来走动])不(?:交|撤|取消|办|用|要|想|必|需要|登记|申请|报|弄|搞|预约|同意|愿意|行|了|麻烦|转|找|请|重新|继续)|别(?:交|办|报|弄|登记|申请|转|找|"
    r"了|给我)|(?<!了)算了|免了|拉倒|没必要|用不着|没兴趣|自己(?:去|来|先|再)?(?:交|办|弄|申请|登记|跑|报|搞|看|想|问|查|处理|解决)"
)
_APPLICATION = re.compile(r"[交递]|申请|登记|预约|报名|[申上]报")
_DONE = re.compile(
    r"(?:已经|早就?|都|前[天几]|昨天|上(?:周|个?月)).{0,4}(?:交|办|申请|登记|报|约)|(?:交|办|申请|登记|报|约)过"
)
"""What is done already is not to be done now."""
_PERHAPS_DONE = re.compile(r"(?:我们?|都|材料|申请)*(?:交|办|申请|登记|报|弄|预?约)(?:上去|好|完)?了[啊呀哦的]*")
"""「交了」 may be that, or a yes."""
_OF_OTHERS = re.compile(r"(?:[但可]是?)?(?:[他她]们?|对方|人家|老板|公司|单位|房东|邻居)")
"""「他不同意」 tells what somebody else wants."""
_NO_DOUBT = re.compile(r"(?:不用|不必|不|别|没什么好)再?(?:想|考虑|犹豫|等|商量|琢磨|拖)了")
"""「不用想了，交吧」 puts nothing off."""
_ASKS_KINDLY = re.compile(r"[帮替给]我|麻烦|劳烦|请[你您]")
_KINDLY = re.compile(r"[,，]?(?:好不好|行不行|可不可以|可以不|(?:好|可以|行|成)?[吗么嘛])[?？]*$")
"""「帮我交一下好吗」 asks for it rather than about it."""
_CAN = re.compile(r"能不能|可不可以")
_DATED = re.compile(r"开庭|到期|过期|截止|期满|最后一[天日]|上庭|出庭|法院.{0,4}(?:通知|传)")
"""「下周三开庭」 tells of a day that runs, and puts nothing off."""
_MARK = re.compile(r"[,，。.;；!！~～、\s]+")
_ASKS_MORE = re.compile(r"多[久少长]|几[天时]|[啥谁]|以后呢|之后呢|区别|要钱")
_LONGEST = 30
_SHORT = 12
"""Characters; a plain yes or no is no longer."""


def read_assent(text: str, kind: str) -> Assent | None:
    """What `text` says to a proposal of `kind` (apply, person, again, resume); None when it is about something else."""
    said = text.strip()
    if len(said) > _LONGEST:
        return None
    if _ASKS_KINDLY.search(said):
        said = _CAN.sub("", _KINDLY.sub("", said))
    said = _NO_DOUBT.sub("好,", said)
    if _DATED.search(said):
        return None
    if QUESTION.search(said) or _ASKS_MORE.search(said) or _OF_OTHERS.match(said):
        return None
    if _LATER.search(said):
        return "later" if len(said) <= _SHORT or not _takes_up(said, kind) else None
    if _NO.search(said) or (kind == "apply" and _DONE.search(said)):
        return "no" if len(said) <= _SHORT else None
    if kind == "apply" and _PERHAPS_DONE.fullmatch(said):
        return None
    if (taken := _takes_up(said, kind)) is not None:
        return taken
    if len(said) > _SHORT:
        return None
    plainly = read_polarity(said)
    if plainly == "unknown":
        return "later" if kind == "apply" and is_bare(said) else None
    # 「老公不给抚养费」 tells what happened; it declines nothing.
    return plainly if is_bare(said) else None


def names_application(text: str) -> bool:
    """Whether the words speak of handing something in: 「先不交」."""
    return bool(_APPLICATION.search(text))


def _takes_up(said: str, kind: str) -> Assent | None:
    """Whether every clause agrees or names what is to be done."""
    found: Assent | None = None
    for clause in filter(None, _MARK.split(said)):
        if _doing(kind).fullmatch(clause):
            found = "do"
        elif _AGREES.fullmatch(clause):
            found = found or "yes"
        elif not _COURTESY.fullmatch(clause):
            return None
    return found


@functools.cache
def _doing(kind: str) -> re.Pattern[str]:
    agrees = r"(?:好的?|行|可以|嗯|成|ok|同意)"
    do, what = _DO.get(kind, r"(?!)"), _WHAT.get(kind, r"(?!)")
    around = rf"(?:{_BEFORE}|{what})"
    return re.compile(rf"{agrees}?{around}{{0,8}}(?:{do})(?:{do}|{_AFTER}|{what}){{0,9}}", re.IGNORECASE)
