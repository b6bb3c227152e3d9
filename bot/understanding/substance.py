"""Tells what a message says apart from noise: bare answers, scolding, and the words that only announce a correction."""

from __future__ import annotations

import re

from bot.understanding.normalise import fold

_READ = 200
_CLAUSE = re.compile(r"[\s,，。.!！?？;；、~～…:：]+")
_FILL = (
    r"(?:[呃嗯恩啊哦噢额唔哎诶唉哈嘿喂呀嘛吧呢啦哒滴的了]|这个|那个|谢谢|你好|您好|我|也|都|"
    r"真|就|反正|可能|好像|应该|估计|实在|现在|一时)"
)
_UNKNOWN = (
    r"(?:不(?:太|大|怎么|很)?(?:知道|清楚|记得|了解|确定|明白|懂|晓得)|记不清楚?|记不得|记不住|想不起来?|忘记?了?|"
    r"不好说|说不(?:准|清楚?|上来?|出来?)|搞不清楚?|弄不清楚?|没印象|唔知)"
)
_WHICH = (
    r"(?:(?:是|该|应该|要|叫|从|去|在)?(?:什么|啥|哪(?:个|国|里|儿|家|边)?(?:国家|地方)?|怎么|"
    r"咋|谁|几)(?:名字|国家|地方|说起|说|讲|叫|写|个|回事|儿)*)"
)
_YES = (
    # Nothing of this is filler too, so that there is one way only to read a row of them.
    r"(?:是|对|好|有|行|可以|要|需要|没错|当然|肯定|确实|同意|ok|okay|yes|y|中|没问题|1|√)"
)
_NO = (
    r"(?:不|没|没有|不是|不对|不用|不要|不想|不愿意?|不行|不会|不能|不可以|不需要|不方便|无|"
    r"否|别|算了|没得|还没有?|冇|木有|no|n|nope|0|×)"
)
_TELL = r"(?:再|多|给你|跟你|和你|对你)?(?:说|讲|告诉你们?|回答|提|谈|聊)"
_NOTHING = rf"没有?(?:什么|啥|别的|其他)?(?:了|(?:可|好|要|想)?{_TELL}的?|好{_TELL}的|事儿?|别的)?"
_BARE = re.compile(
    rf"{_FILL}*(?:(?:{_YES}{_FILL}*)*|(?:{_NO}{_FILL}*)+(?:{_TELL}{_FILL}*)?|{_NOTHING}{_FILL}*|"
    rf"{_WHICH}?{_FILL}*{_UNKNOWN}{_FILL}*{_WHICH}?{_FILL}*)",
    re.IGNORECASE,
)
_HEARD = (
    r"(?:知道|晓得|明白|懂|了解|清楚|收到|听懂|听明白)(?:了|啦|咯|嘞)?|没(?:有)?(?:别的|其他|其它|什么|啥)?(?:问题|事儿?|了)+|"
    r"(?:那|就)?(?:先)?(?:就)?(?:这样|这些|这么办|这样办)(?:吧|了|子)?|不(?:问|用)了|暂时没有?了?|没了|行吧?|好(?:嘞|滴|吧|哒)|"
    r"(?:👍|👌|🙏|❤️?|🌹|👏)+|(?:我)?(?:再)?(?:想想|看看|考虑考虑|考虑一下)(?:吧|再说)?|辛苦(?:你|您)?了?|(?:谢谢|多谢)(?:你|您|了|啊)*"
)
_ACKNOWLEDGES = re.compile(rf"(?:{_FILL}|{_YES}|{_NO})*(?:{_HEARD})(?:{_FILL}|{_YES})*", re.IGNORECASE)
_YOU = r"(?:你|您)(?:们)?(?:这|那|个|些|帮|种|破|烂|什么|机器人?|东西|玩意儿?|AI|客服|人)*"
_HOW = r"(?:什么|啥|屁|一点儿?|半点|根本|压根|完全|简直|到底|其实|都|就|也|又|真|太|还|才|是|怎么|总|老|的|这么|那么)*"
_SCOLDS = re.compile(
    rf"{_FILL}*{_YOU}{_HOW}(?:不(?:知道|懂|明白|了解|清楚|晓得|会|行|中用|管用|靠谱)|没用|没良心|"
    rf"不是(?:人|个?东西|好东西)|"
    r"懂不懂|知不知道|明不明白|清不清楚|会不会|行不行|懂(?:个屁|什么|啥)|知道(?:个屁|什么|啥)|"
    r"垃圾|废物|笨|蠢|傻|有病|骗人|骗子|白痴|弱智)"
    r"(?:[啊呀吧呢嘛的了死]|法律?|我|情况|问题|事|人|问|还|就|乱|瞎|来|这些|别人|好吗|吗|么)*",
    re.IGNORECASE,
)
_USELESS = re.compile(
    r"(?:你|您|这|说的|问的|机器人|回答|都|的|话|些|个|对我|跟我|给我|来说|真的?|根本|完全|简直|我)*"
    r"(?:(?:没有?|毫无|起不到|不起)(?:一点儿?|半点|任何|什么|啥|个屁)?(?:用处?|作用|帮助|屁用|卵用|鸟用)|"
    r"(?:一点儿?|半点|啥|屁|什么)(?:用处?|作用|帮助)(?:都|也)?(?:没有?|不起|不顶)|答非所问|文不对题|废话)[了啊呀嘛吧的啦]*",
)
_TO_BOT = re.compile(
    r"(?:那|所以|哎|喂|请问)?[,，\s]*[你您](?:们)?(?:"
    r"(?:是|到底是|究竟是)(?:哪[个家里]?|谁|什么|不是(?:人|机器|真)|真人|机器|人工|官方|骗|国家|政府|正规)|叫什么|多大了?|几岁|是男|"
    r"(?:说|讲|解释|回答)不(?:清楚?|明白|了)|(?:听|看)不懂|懂不懂|(?:会不会|能不能|会|能)(?:说人话|好好说|帮我|快点|打字|听懂)|"
    r"(?:几点|什么时候)(?:上班|下班)|(?:收不收|要不要|收)钱|在哪(?:里|儿)?(?:上班|办公|啊)?$|的?(?:地址|电话|名字))"
)
_OF_BOT = re.compile(r"[你您]|机器|说的|问的|回答|答|废话")
_ABUSE = re.compile(
    r"(?:真|就是|太|都是|一群|简直)*(?:垃圾|废物|傻[逼子叉]|破玩意儿?|什么玩意儿?|什么东西|没用|骗子)[了啊呀嘛吧的啦]*"
)
"""Beside a clause that scolds, it scolds too; alone it may be what was thrown or who cheated."""
_ANNOUNCES = re.compile(
    rf"(?:(?:{_FILL}|刚才|刚刚|前面|之前|上面)*(?:不对(?!劲|付|称|等|头)|[说打选写点填记讲搞弄]错|"
    rf"错了|更正|纠正|口误|等等|等一下|改一下)"
    r"(?:[了啊呀哦吧的]|一下)*[\s,，。.!！、:：]*)+"
)


def is_bare(text: str) -> bool:
    """Whether the message is no more than a yes, a no, 「不知道」 or filler: it tells no story and names nothing."""
    clauses = [one for one in _CLAUSE.split(fold(text[: _READ + 1])) if one]
    return len(text) <= _READ and all(len(one) <= 24 and _BARE.fullmatch(one) for one in clauses)


def acknowledges(text: str) -> bool:
    """Whether the message only says that what was told has arrived, or that nothing more is wanted."""
    clauses = [one for one in _CLAUSE.split(fold(text[: _READ + 1])) if one]
    return 0 < len(clauses) <= 4 and all(
        len(one) <= 12 and bool(_ACKNOWLEDGES.fullmatch(one) or _BARE.fullmatch(one)) for one in clauses
    )


def scolds(text: str) -> bool:
    """Whether the message only scolds whoever asks: 「你什么都不懂」 tells nothing about the matter."""
    clauses = [one for one in _CLAUSE.split(fold(text[:_READ])) if one]
    told = [one for one in clauses if len(one) > 24 or not _BARE.fullmatch(one)]
    if any(len(one) > 24 for one in told):
        return False
    scolding = [one for one in told if _SCOLDS.fullmatch(one) or (_USELESS.fullmatch(one) and _OF_BOT.search(one))]
    return bool(scolding) and all(one in scolding or _ABUSE.fullmatch(one) or _USELESS.fullmatch(one) for one in told)


def asks_the_bot(text: str) -> bool:
    """Whether the message is about whoever answers: 「你是哪个公司做的」, 「你说不清楚，让别人来」."""
    return bool(_TO_BOT.match(fold(text[:_READ]).strip()))


def content(text: str) -> str:
    """What stands behind 「不对，说错了，」; the whole text where nothing is announced or nothing stands behind."""
    found = _ANNOUNCES.match(text[:_READ])
    rest = text[found.end() :] if found else ""
    return rest if rest.strip(" ,，。.!！、") else text
