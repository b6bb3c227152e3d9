"""What words mean whatever was asked: wishes about the call itself."""

from __future__ import annotations

import re
from typing import Literal

from voice.telling import read_wish

Meaning = Literal[
    "person",
    "who",
    "place",
    "more",
    "call_back",
    "elsewhere",
    "again",
    "rang_before",
    "unreturned",
    "misdialled",
    "unrecorded",
    "why_recorded",
    "bye",
    "enough",
    "leave_word",
    "go_on",
    "wait",
    "ready",
    "how_long",
]

_SOMEBODY = (
    r"(?:(?<![个本私女男])人工(?:服务|客服)?(?!资|费|钱|作|伤|厂|地|成本|智能|流产|授精|受孕|湖)|真人|工作人员|接线员|"
    r"值班(?:人员|律师))"
)
_ONLY_PERSON = re.compile(
    rf"(?:你们?|您|我|就|要|想|请|快|给|帮|找|转|接|叫|换|来|去|一下|一个|个|那|这里|还是|直接|麻烦|跟|和|有|没有|能|可以|让|到)*"
    rf"{_SOMEBODY}(?:来|接|说|服务|在|有|吧|啊|呀|了|呢|吗|么|没有|好吗|行吗|可以吗|谢谢)*"
)
_PERSON = re.compile(
    rf"转人工|转人$|要个人工(?!资|伤)|(?:转|接|要|叫(?!了)|换|请|找(?!过|了|的)|让|给我)(?:个|一个|一下|到|你们?|您|的|真的)*"
    rf"{_SOMEBODY}(?!的|打|说|叫|让|不|把|推)|"
    r"(?:^|给我|帮我|替我|你们?|麻烦|您)(?:再|就|去)?找个?人(?:来)?(?:给我|跟我|和我)?(?:说|接|讲|处理|听)(?!和|情)"
)
_PLACE = re.compile(
    r"(?:喂|你好|您好|啊|请问|问一下|那)*(?:(?:这|你|您|那边)(?:里|们|边|儿|那)*)?是(?:不是)?(?:个)?"
    r"(?:1[02]\d{3}|一二三[一二三四五六七八九]{2}|.{1,8}(?:局|院|所|中心|公司|热线|平台|电话|台|处|部门))(?:吗|吧|么|啊|呀|不是)*"
)
"""Asks where they have called."""
_MORE = re.compile(
    r"(?:那|你|您|嗯|好的?|行|请|就|再)*(?:接着|继续|往下|都|全)(?:讲|说|念)?(?:完|下去|讲|说)?(?:吧|啊|呀|一下)*|(?:那|嗯)*(?:还有(?:呢|吗|什么|哪些)|下面呢|然后呢|后面呢|完整的?)(?:啊|呀)*"
)
_WHO = re.compile(
    r"(?:真人|人工|机器人?|电脑|录音)(?:客服|说话)?还是|"
    r"(?:^|你们?|您|这|那边|对面|到底|现在|头|里|边)是(?:不是)?(?:个|一个|真的)?(?:真人|人工|工作人员|机器人?|电脑|活人|录音)"
    r"(?:客服|说话|接的|在说)?(?:吗|么|吧|啊|呀|呢|哦|不是|不)?$"
)
"""Asks whom they talk to, and wants nobody yet."""
_NO_PERSON = re.compile(r"(?:不|别)(?:要|用|想|需要)?(?:转|找|接)?(?:人工|真人|工作人员)")
_UNRECORDED = re.compile(
    r"(?:^|[，,。 ])(?:我|你们?|您|请|那|能不能|可不可以|能|可以|先|就|喂)*"
    r"(?:不要|别|不想|不同意|不许|不能|不可以|不愿意|不)(?:再|给我|被)*录(?:音|我)"
)
"""老板说不要录音 is a story."""
_WHY_RECORDED = re.compile(
    r"(?:你们?|您|这个?|为什么|为啥|干嘛|怎么|我|还|要|会|通话|的|这)*录(?:我的?)?音(?:了|要)*(?:是)?"
    r"(?:干什么|干嘛|干啥|做什么|做啥|有什么用|给谁[看听]?|保密|存多久|吗|么|啊|呀|呢|的)*"
)
_BYE = re.compile(
    r"^(?:那|嗯|好的?|行|就|先|谢谢|你|您|啊|了)*(?:再见|拜拜|挂了|我挂)|^(?:那|嗯|好的?|行了?|先)*(?:没有?了|没事了?|不用了|就这些|就这样|不问了).*谢|^谢.*(?:没有?了|没事|不用|不问|就这些)|"
    r"(?<![说跟和道界])(?:再见|拜拜)[啊吧了哈哦]*$"
)
_ENOUGH = re.compile(
    r"^(?:那|嗯|哦|啊|好的?|行)*(?:没有了|没了|没别的|没什么|没事了|不用了|不问了|就这些|谢谢|知道了|清楚了|就这样|没有$)"
)
"""Goodbye where nothing else was asked."""
_GO_ON = re.compile(
    r"(?:那|我|还|想|就|先|不留言?了?|不用留言?了?|不要|你|您|跟)*(?:接着|继续|再)?(?:问你?|说|聊|跟你说|问问)(?:吧|你|您|一下|问题|几句)*|不留言?了?|不想留言"
)
_ELSEWHERE = (
    r"(?:(?:我|这个|别打这个|不要打这个)的?)?(?:(?:另外?|别|其他)的?一?个?|换一?个|"
    r"我?(?:家里?|儿子|女儿|老公|老婆|老伴|爱人|妈|爸|座机)的?)(?:电话号码?|手机号码?|号码|手机|电话|号|座机)"
)
_CALL_BACK = re.compile(
    r"(?:(?:我的(?:电话|手机|号码)(?:号码?)?是|我|要|想|那|就|请|麻烦|你们?|您|能不能|可不可以|能|可以|让|叫|工作人员|律师|到时候|等会儿?|晚点|明天|有人|有空|给我|"
    r"跟我|帮我|再)*"
    r"(?:回(?:个|一个)?(?:电话|电)|打(?:个|一个)?电话(?:给我|过来)|打给我|给我打(?:个|一个)?(?:电话|$)|打我?(?:现在)?这个(?:号码?|电话)|"
    rf"打?(?:到|我)?{_ELSEWHERE}|号码是|"
    r"留(?:个|一个|一下)?(?:言|话))(?:给我|吧|吗|么|行吗|好吗|可以吗|啊|就行|号码|一下|谢谢)*)+"
)
_AGAIN = re.compile(
    r"(?:接着|继续)(?:刚才|上次|上回)的?(?:说|讲|问|事|话)?$|(?:还是|我是)(?:刚才|刚刚|上次)(?:那个|打电话的|打来的|的?那个?人)|"
    r"(?:我|刚才|刚刚|上次|昨天|前天|上午|之前|早上).{0,6}(?:打过(?:你们|咱们|这个|12348)?的?(?:电话|热线)?(?:的|来|了|一次|两次)*"
    r"(?=$|说|断|没说|信号)|打的电话$|没说完|说到一半)|"
    r"(?:刚才|刚刚|上次|昨天|前天|上午|早上|电话|通话|线路|信号|突然)"
    r"(?:(?!腿|手(?!机)|臂|膊|骨|指|肋|脚|腕|绳|金|水|网|气|粮|奶|路|联|关系|来往).){0,6}(?:断了(?!联系|来往|关系|绝|气|供|奶|粮|腿|手|骨)|断线|掉线)"
)
"""Of the line; who says 我腿断了 or 我打过110 has told what happened."""
_MISDIALLED = re.compile(
    r"(?:喂|啊|哦|哎呀?|不好意思|对不起|抱歉|我|那|是|可能)*(?:打|拨|按)错(?:电话|号码|号)?了?(?:不好意思|对不起|抱歉|啊|再见|哈)*"
)
_UNRETURNED = re.compile(
    r"(?:你们|打过(?:电话|你们|12348)?(?![\d架人工针官])|留了?言).{0,14}?没(?:有|见)?(?:人|谁|哪个)?(?:再|来|给我|给)*"
    r"(?:回|打|联系|理我)|等了.{0,8}(?:回电|你们的?电话)"
)
_OTHERS = re.compile(r"老板|公司|单位|厂|他|她|对方|法院|警察|派出所|房东|中介|物业|律师|法官|老公|老婆|工资|钱")
_WAIT = re.compile(
    r"(?:你|您|那|哦|嗯|好|先|麻烦|稍|请)*(?:等我?(?:一下|一等|等|会儿?|一会儿?)|稍等)(?:儿|啊|哈|哦|呀|吧)*(?P<why>.*)|"
    r"(?:我|那|嗯|先)*(?P<do>接个?(?:一下)?电话|(?:去|先)?(?:找|拿|看|翻|查)(?:一?[找看下翻拿查]|出来).{0,6}|戴个?(?:老花)?眼镜|(?:还没想好)?(?:让我|我)?再?想一?想|问问?(?:一下)?我?(?:老婆|老公|儿子|女儿|媳妇|家里人?|孩子))|"
    r"(?:那|嗯|我)*(?:让|叫|换|喊).{1,6}(?:跟|和|给|来|同)(?:你|您)(?:说|讲|听).{0,2}"
)
_WHY_WAIT = re.compile(r"(?:我|叫|让)?(?:先|去|在|要)?.{0,2}(?:接|找|拿|看|翻|查|开|关|问|记|叫|让|喊|换).{0,10}|")
_READY = re.compile(
    r"(?:喂|嗯|啊|哎|我|你|您|那)*(?:好了|回来了|可以了|来了|找到了|(?:接着)?说吧|行了)(?:啊|你说|说吧|吧)*"
)
_HERE = re.compile(r"(?:我|喂|嗯|还|一直)*在(?:的|呢|啊|听|这|哈|想)*")
_HOW_LONG = re.compile(r"多久|多长时间|几[位个分]|什么时候|啥时候|有没有人|有人(?:吗|没)|还没|怎么还|排队|轮到")
_LEAVE_WORD = re.compile(r"留言|不等了|不想等")
_HOW = r"(?:嗯|那|我|就|按|还|是|挺|很|非常|蛮|都|比较|太|真|得|选|了|的|啊|吧|谢谢)*"
_CONTENT = {
    3: re.compile(rf"{_HOW}(?:不(?:太|怎么|是很)?满意|没(?:什么)?用|不行|不好|差|三|3){_HOW}"),
    2: re.compile(rf"{_HOW}(?:一般般?|还行|凑合|马马虎虎|还可以|二|两|2){_HOW}"),
    1: re.compile(rf"{_HOW}(?:满意|好|可以|不错|行|一|1){_HOW}"),
}
_NUMBER = re.compile(r"[零〇幺一二三四五六七八九\d]{7,}")
_WISHES: tuple[Meaning, ...] = ("place", "more", "call_back", "go_on", "wait", "ready")
_SHORT = 12
"""Signs: a longer sentence has something else to tell too."""


def means(text: str, meaning: Meaning) -> bool:
    """Whether that is in the words."""
    match meaning:
        case "person":
            wanted = _PERSON.search(text) or _ONLY_PERSON.fullmatch(_plain(text))
            return bool(wanted) and not (_NO_PERSON.search(text) or _WHO.search(_plain(text)))
        case "place":
            return bool(_PLACE.fullmatch(_plain(text)))
        case "more":
            return bool(_MORE.fullmatch(_plain(text)))
        case "call_back":
            told = _NUMBER.sub("", _plain(text))
            return bool(_CALL_BACK.fullmatch(told)) and not re.fullmatch(rf"{_ELSEWHERE}|号码是", told)
        case "elsewhere":
            return bool(re.search(_ELSEWHERE, text) or _NUMBER.search(_plain(text)))
        case "again":
            return bool(_AGAIN.search(_plain(text))) and len(text) <= _SHORT + 4
        case "rang_before":
            return bool(_AGAIN.search(_plain(text)))
        case "misdialled":
            return bool(_MISDIALLED.fullmatch(_plain(text)))
        case "unreturned":
            told = _plain(text)
            return bool(_UNRETURNED.search(told)) and not _OTHERS.search(told) and len(told) <= 2 * _SHORT
        case "who":
            return bool(_WHO.search(_plain(text))) and len(text) <= _SHORT
        case "unrecorded":
            return bool(_UNRECORDED.search(text))
        case "why_recorded":
            return bool(_WHY_RECORDED.fullmatch(_plain(text)))
        case "bye":
            return bool(_BYE.search(_plain(text))) and len(text) <= _SHORT + 4
        case "enough":
            return bool(_ENOUGH.search(_plain(text))) and len(text) <= _SHORT
        case "leave_word":
            return bool(_LEAVE_WORD.search(text))
        case "go_on":
            return bool(_GO_ON.fullmatch(_plain(text)))
        case "wait":
            found = _WAIT.fullmatch(_plain(text))
            return found is not None and bool(_WHY_WAIT.fullmatch(found["why"] or ""))
        case "ready":
            return bool(_READY.fullmatch(_plain(text)))
        case "how_long":
            return bool(_HOW_LONG.search(text)) and len(text) <= _SHORT


def is_wish(text: str) -> bool:
    """Whether it is about the call and about nothing else."""
    return read_wish(text) is not None or is_only_person(text) or any(means(text, one) for one in _WISHES)


def is_only_person(text: str) -> bool:
    """Whether nothing else is said: a message may well speak of people."""
    return bool(_ONLY_PERSON.fullmatch(_plain(text)))


def is_here(text: str) -> bool:
    """Whether it is the answer to whether they are still there."""
    return bool(_HERE.fullmatch(_plain(text)))


def satisfaction(text: str) -> int | None:
    """Which of the three keys somebody says instead of pressing it; None where they say something else."""
    said = _plain(text)
    return next((key for key, pattern in _CONTENT.items() if pattern.fullmatch(said)), None)


def _plain(text: str) -> str:
    return re.sub(r"[，。！？、,.!? ]", "", text)
