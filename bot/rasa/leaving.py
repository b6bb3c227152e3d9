"""Reads an explicit wish to leave the matter at hand (不说这个了, 换个问题), and what else is said."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST = 200
"""Who tells a long story leaves nothing behind in it."""
_SHORT_STOP = 20
"""Characters of words that stop."""
_FILLER = r"(?:算了|好了|好吧|哎呀?|唉|嗯|呃|等等|等一下|对了|得了|行了|不是|[,，。.!！~～、\s])*"
_LEAD = rf"{_FILLER}(?:那么?|要不|我说|我们?|咱们?|就|现在|暂时|也|[你您]们?)*"
_THIS = (
    r"(?:[这那](?:个|[件些]?事情?儿?)(?:问题|话题|事情?)?|它|"
    r"(?:前面|上面|刚才)(?:的|那个|说的|问的)?(?:问题|话题|事情?)?)(?:的事情?)?"
)
_SPEAK = r"(?:问|聊|谈|提|讲|扯|讨论|纠结|说)"
_NAMED = r"(?:(?![说让叫讲他她了死])[\u4e00-\u9fff]){1,8}?"
"""工资, 工资的事; 「老板说这事」 is told of somebody else."""
_ABOUT = rf"(?:{_THIS}|{_NAMED}(?:的事情?|的问题|[这那][件个]?事))"
_OVER = r"(?:了|啦|吧|了吧|哈|先)"
_ASIDE = r"(?:放一放|放放|放一边|放下|放着|搁一边|搁着|搁一搁|撂一边|缓一缓|往后放)"
_LATER = rf"(?:回头|以后|等会儿?|下次|待会儿?)再{_SPEAK}"
_GIVES_UP = r"(?:先|都)?不(?:想|要|用)?再?(?:投诉|信访|上访|举报|查|登记|咨询)(?:[他她]们?|这个)?了吧?"
"""算了不投诉了: what was asked of a service is wanted no more."""
_STOPS = (
    r"(?:真的?|我)*不(?:想)?再?(?:问|说|告|弄|搞|追究|咨询|打官司|聊)了|"
    r"(?:我)?(?:还是)?再(?:想想|想一想|考虑考虑|考虑一下|琢磨琢磨|商量商量)(?:再说|吧)?"
)
"""What follows 算了."""
_STOPPED = re.compile(
    rf"(?:(?:哦|噢|唉|哎|嗯|好|那|那就|还是|[,，。\s])+算了(?:吧|了)?|(?:哦|噢|唉|哎|嗯|那|那就|[,，。\s])*(?:算了|得了|罢了)(?:吧)?[,，。\s]*(?:{_STOPS})|"
    rf"(?:我)?(?:真的?|还是)?(?:不想(?:再)?(?:问|说|告|聊|弄)了|真的?不(?:问|说|告|弄)了|不咨询了)|(?:哎|唉|那|嗯|我|[,，。\s])*再(?:想想|考虑考虑|商量商量)(?:吧|再说)?)"
    r"(?:吧|啊|哈|谢谢[你您]?)?[\s,，。.!！~～]*"
)
"""「算了 不问了」, 「哦 那算了」: a bare 算了 may be a no."""
_PLAIN = "|".join(
    (
        rf"(?:先|都)?不(?:要|用)?再?{_SPEAK}{_ABOUT}{_OVER}",  # 不说这个了
        rf"(?:先)?(?:别|不要|甭)再?(?:管|{_SPEAK}){_ABOUT}{_OVER}",  # 先别管工资的事了
        rf"{_ABOUT}(?:我|咱们?)?(?:先{_ASIDE}|(?:先)?不(?:管|{_SPEAK}))(?:了|啦|吧|了吧)",  # 工资的事先放一放吧
        rf"{_ABOUT}先{_ASIDE}",
        r"(?:我)?(?:想|要|能|可以)?换(?:一?个|一下|下)?(?:别的|其他|另一个)?(?:问题|话题|主题)"
        rf"(?:{_SPEAK}|来|一下){{0,3}}{_OVER}?",
        rf"我?(?:想|要)?先?{_SPEAK}(?:点儿?|个|些)别的(?:事情?|问题)?{_OVER}?",
        rf"我?(?:想|要)?(?:不是|没)(?:想|要)?问{_THIS}的?",
        rf"我?(?:想|要)?问的(?:根本)?不是{_THIS}",
        _GIVES_UP,
    )
)
"""By itself it leaves the matter."""
_WITH_MORE = "|".join(
    (
        rf"(?:先|都)?不(?:想|要|用)?再?{_SPEAK}(?:{_THIS}{_OVER}?|{_NAMED}{_OVER}|{_OVER})",  # 不想说这个, 不问了
        rf"(?:先)?(?:别|不要|甭)再?(?:管|{_SPEAK})(?:{_THIS}{_OVER}?|{_NAMED}{_OVER})",  # 先别管工资了
        rf"先不管(?:{_THIS}{_OVER}?|{_NAMED}{_OVER})",
        rf"(?:{_ABOUT}|{_NAMED})(?:我|咱们?)?(?:先{_ASIDE}|先不(?:管|{_SPEAK})|不(?:想|要)?再?{_SPEAK}了|{_LATER}){_OVER}?",
    )
)
"""By itself it may refuse the question (不想说这个) or answer it (押金先放着)."""
_TAIL = r"(?:好吗|行吗|可以吗|好不好|行不行)?[\s,，。.;；!！?？~～\n]*"
_CLAUSE = re.compile(r"[^,，。.;；!！?？\n]+[,，。.;；!！?？\n]*")
_SIGNS = ((True, _PLAIN), (False, _WITH_MORE))
_WHOLE = {plain: re.compile(rf"{_LEAD}(?:{sign}){_TAIL}") for plain, sign in _SIGNS}
_BEGINS = {plain: re.compile(rf"{_LEAD}(?:{sign})(?<=[了啦吧题])(?!的)") for plain, sign in _SIGNS}
"""「不说这个了我想问离婚」, without a mark between."""
_GIVEN_UP = re.compile(rf"{_LEAD}{_GIVES_UP}{_TAIL}")
_RHETORICAL = re.compile(r"[,，。\s]*(?:光|单|就说|单说|最气)")
"""「先不说这个，光工资就欠了三个月」 goes on about the same."""
_NOTHING = re.compile(
    r"(?:我们?|咱们?|现在|那|就|先|还|再|另外|其实|想|要|能|可以|问|说|聊|谈|讲|咨询|一下|一?个|[件点些]|别的|其他的?|另外的?|问题|话题|"
    r"事情?儿?|吗|吧|呢|行|好|的|您|你|请|帮|谢谢|有|了|啊|呀)*"
)
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Leaving:
    """A wish to leave, and the rest of the message."""

    rest: str
    """What is said besides; empty where that is nothing."""
    plain: bool
    """Whether it leaves the matter whatever the rest is about."""


def read_leaving(text: str) -> Leaving | None:
    """The wish to leave the matter at hand that `text` names; None where it names none."""
    if len(text) > _LONGEST:
        return None
    if stops(text):
        return Leaving("", True)
    clauses = _CLAUSE.findall(text)
    for at, clause in enumerate(clauses):
        for plain in (True, False):
            match = _WHOLE[plain].fullmatch(clause) or _BEGINS[plain].match(clause)
            if match is None:
                continue
            rest = "".join([*clauses[:at], clause[match.end() :], *clauses[at + 1 :]])
            if _RHETORICAL.match(rest):
                return None
            content = _content(rest)
            if content and (more := read_leaving(content)) is not None:
                return Leaving(more.rest, plain or more.plain)  # 「不问这个了，换个问题」
            if content or plain:
                return Leaving(content, plain)
    return None


def stops(text: str) -> bool:
    """Whether `text` only says that they want to go on no more now: 「算了 不问了」, 「哦 那算了」, 「我再想想」."""
    return len(text) <= _SHORT_STOP and bool(_STOPPED.fullmatch(text))


def gives_up(text: str) -> bool:
    """Whether `text` only says that what a service was asked for is wanted no more."""
    return len(text) <= _LONGEST and bool(_GIVEN_UP.fullmatch(text))


def _content(rest: str) -> str:
    """`rest` where it says something; 「我想问一下」 says nothing yet."""
    said = re.sub(rf"^{_FILLER}", "", rest).rstrip(" ,，。.;；!！~～\n")
    han = "".join(_HAN.findall(said))
    return "" if len(han) < 2 or _NOTHING.fullmatch(han) else said
