"""Tells what of a matter is asked once its opinion is given: proofs, places, days, costs, chances, who is sued."""

from __future__ import annotations

import re

from bot.rasa.cues import QUESTION
from bot.understanding.papers import asks_use, wanted_papers

EVIDENCE = "evidence"
WHERE = "where"
AGAINST = "against"
LASTS = "lasts"
DEADLINE = "deadline"
STEPS = "steps"
WIN = "win"
AMOUNT = "amount"
COSTS = "costs"
AID = "aid"
DOCUMENTS = "documents"
CORE = "core"
"""The opinion in a few lines."""
USE = "use"
"""Whether what was drafted can be signed and handed in as it is."""

_LONGEST = 12
"""Characters of a message that only asks."""
_PATTERNS: dict[str, str] = {
    CORE: r"(?:说|讲|写|来)(?:得)?(?:再)?(?:简单|简短|通俗|直白|明白|短)(?:一)?(?:点|些|下)|长话短说|"
    r"简单(?:一)?点(?:说|讲)|"
    r"说(?:重点|人话|大白话|白话)|(?:太长|太多|太复杂)了?[^,，。?？]{0,2}(?:看|听|记)不(?:懂|完|过来|明白|住|下去)|"
    r"(?:最|哪.{0,3}最)(?:重要|要紧|关键|主要)的?(?:是|就是)?(?:哪|什么|啥|一[条点句])|总结一下|概括一下|给(?:个|句)(?:准话|痛快话)|"
    r"没(?:听|看)(?:懂|明白)[,，。 ]*(?:什么|啥)意思|^(?:看|听)不(?:懂|明白)[啊呀了]*$|"
    r"^没(?:看|听)(?:懂|明白)[啊呀]*$|^(?:到底)?(?:什么|啥)意思[啊呀?？]*$",
    AGAINST: r"告谁|找谁告|起诉谁|"
    r"被告(?:是|写|填|应该是)?谁|(?:找|问|跟|向)谁(?:要|赔|负责)|谁(?:来|该|要)?(?:赔|负责|承担)|"
    r"(?:能|可以)(?:不能)?(?:直接|去)?(?:告|找)(?:总包|总承包|承包|甲方|发包|开发商|项目部|平台|厂家|保险公司)",
    STEPS: r"怎么办|注意(?:什么|啥|哪些)|(?:什么|啥|哪些)(?:地方|事|点)?(?:要|需要|得)注意|"
    r"咋办|怎么弄|咋弄|咋整|怎么做|该做什么|先做什么|先干[啥什么]|"
    r"下一步|第一步|流程|步骤|(?:要不要|该不该|用不用|需不需要)(?:去)?(?:告|起诉|仲裁|投诉|报警)(?:他|她|他们|对方)?|"
    r"(?:怎么|咋|如何|上哪)(?:报名|申请|办理|去办|告)|"
    r"(?:能不能|可不可以|可以|(?<!才)能)(?:去)?(?:告|起诉|投诉)(?:[他她它]们?|公司|单位|老板|村里|政府)?[吗么不嘛?？]*$",
    EVIDENCE: r"证据|材料|准备[什么啥]|带(?:什么|啥)|要交(?:什么|啥|哪些)|(?:什么|啥|哪些)手续",
    WHERE: r"(?:起诉|打官司|立案|开庭|告[他她]?们?)(?:的话)?(?:是不是)?(?:要|得|必须|非得)(?:回|去|到|在)"
    r"[^,，。;；]{1,6}(?:吗|么|不|法院|[?？]|$)|去哪|上哪|哪里|哪儿|地址|找谁(?!要|赔|负责|告)|哪个部门|(?:归|是)?谁管|谁来?(?:调解|鉴定|公证)|"
    r"(?:什么|啥|哪|多少|几|联系|咨询|投诉|举报|热线|值班)的?电话|电话(?:是|多少|号码|几)|^电话[呢?？]?$",
    LASTS: r"多久|多长时间|(?<![假底定休放])(?<![假底定][是有])多少天|几天能|"
    r"(?:要|得|等)几(?:天|个?月)|(?:要|得)好久(?!了)|"
    r"(?:什么|啥)时候(?:能|会|可以|才能?)?(?:有结果|有消息|拿到|拿得到|判|批|办好|办完|办得好|下来|完|到账|调解?|约|见面|上门|来人)",
    DEADLINE: r"多久之?[内前]|多久不|期限|时效|什么时候|啥时候|最晚|来得及|来不来得及|过期|晚不晚|"
    r"最后(?:的)?(?:一天|期限|日子)(?:是|到|在)?(?:哪天|哪一天|几号|什么时候|啥时候|几月)",
    AMOUNT: r"(?:能|可以|该|应该|会)(?:不能)?(?:要|赔|拿|得|分|判|退|补|给)(?:到|回来?|给)?我?(?:多少|几[个百千万])|"
    r"(?:赔|退|补|分|给|要回)(?:偿|我|给我|到)?多少|^(?:那|我|具体|到底|大概)*要多少钱?[啊呢呀?？]*$|多少钱?的?赔偿|"
    r"赔偿(?:是|有|要|能|该|得)?多少|^(?:那|这)?(?:一共|总共|合计|加起来)(?:是|能|该|要)?多少|[一每]天(?:赔|补|算|给)?多少|"
    r"^(?:那|你|请|帮我|给我)*算(?:一?下|算)?(?:一共|总共|能|该|要|可以|看)*(?:是|赔|拿|要|给|退)?多少钱?",
    COSTS: r"费用|收费|收不收钱|(?<!能)(?<!可以)要不要钱|(?<!能)(?<!可以)[要收](?:交|给|出|花)?钱[吗么不嘛]|"
    r"要花|花(?:不少|多少|几个)|多少钱|"
    r"律师费|诉讼费|起诉费|贵不贵|免费|(?:报名|公证|鉴定|调解|考试|认证)费(?:要|得|是|大概)?多少|(?:报名|公证|鉴定|考试)费(?:由|归|是|该)?谁",
    WIN: r"能(?:不能)?保证|一定能?(?:赢|要[得]?回)|"
    r"(?:能|会|可以)(?:不能)?(?:打)?赢|赢得?[了不]|赢不|胜算|把握|几成|会输|(?:要|拿|追|讨)[得不](?:回|到)|"
    r"能(?:不能)?(?:要|拿|追|讨)(?:得)?(?:回|到)|能(?:不能)?退(?:钱|货|款)?[吗么不嘛?？]?$|能成[吗么不嘛]|有(?:没有)?(?:用|希望|戏)[吗么不嘛?？]|"
    r"^(?:那|你说|这|能)*(?:得行|得不得行|行得通|行不行得通|要得|搞得成)[不没吗么嘛?？]*$",
    AID: r"法律援助|(?:请|找)(?:个|得起|不起)?律师|免费|"
    r"(?<![他她它说司板方人家东主])没钱(?=请|打|交|告|怎么|咋|[,，。?？]|$)",
}
_PAYS_MORE = re.compile(r"[打转充投垫]\w{0,3}钱|取出来|提现|解冻")
"""「还要打多少钱才能取出来」 is what a swindler wants, and no cost of the law."""
_COMPILED = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()}
_AHEAD = re.compile(
    rf"{_PATTERNS[AMOUNT]}|(?:要|得|需要?|一般|大概)(?:等)?(?:多久|多长时间|多少天)|多久(?:能|才|可以|会)|能(?:不能)?(?:打)?赢|"
    r"(?:能|可以)(?:不能)?(?:要|拿|追|讨)(?:得)?(?:回|到)来?[吗么不嘛]|能成[吗么不嘛]|胜算"
)
"""A sum, a time or the chances, plainly asked."""
_PROOF = re.compile(
    r"(?:监控|录像|视频|录音|病历|记录|档案|证明|照片|身份证|证件|毕业证)[^,，。?？]{0,8}[拿要][得不]?[到回]"
)
"""「监控怎么才能拿到」 asks how a proof is got, and of no chances."""
_STILL_TELL = re.compile(r"(?:告诉|通知|跟[^,，。?？]{1,6}说|补签|补交)[^,，。?？]{0,10}来[得不]")
"""「现在告诉公司怀孕还来得及吗」 asks of no deadline."""
_NEEDS_LAWYER = re.compile(
    r"(?:要不要|需不需要|用不用|该不该|要|需要|用|必须|该)(?:得)?(?:请|找)(?:个)?律师(?:[吗么不嘛啊呢?？]|$)"
)
"""「要请律师吗」 asks about this matter and looks for nobody."""
_WHAT_TO_DO = re.compile(
    r"(?:那么?|我们?|现在|要|该|得|应该|接下来|到底|可|就)*(?:怎么办|咋办|怎么弄|咋弄|咋整)[啊呢呀好才?？]*"
)
_PLAIN = re.compile(_PATTERNS[CORE])
_LAST_DAY = re.compile(
    r"最晚|最迟|来不来得及|来得及[吗么不嘛]|过期[了没]*[吗么没嘛]|(?:过|超)了?(?:时效|期)[了没]*[吗么没嘛]"
)
"""Of a deadline: 「最晚到啥时候」, 「过期了吗」."""
_WHERE_TO = re.compile(
    r"(?:那|我|该|要|得|应该|可以|能)*(?:去|上|到|找)(?:哪(?:里|儿|个部门)?|谁)(?:告|办|问|申请|投诉|起诉|要)?[啊呀呢?？]*"
)
_WHICH_PLACE = re.compile(
    r"(?:起诉|打官司|立案|开庭|告[他她]?们?)(?:的话)?(?:是不是)?(?:要|得|必须|非得)(?:回|去|到|在)[^,，。;；]{1,6}(?:吗|么|不|[?？])*"
)
"""「起诉要回义乌吗」."""
_TOLD = re.compile(r"没多久|不多久|多久了|[他她]说|不知道|不记得|忘了")
_CLAUSE = re.compile(r"[,，。.;；!！?？、\s]+")
MORE = re.compile("|".join(pattern for kind, pattern in _PATTERNS.items() if kind != CORE))
"""Any of it but papers."""


def asks_more(words: str) -> bool:
    """Whether any of it is asked."""
    return bool(MORE.search(words)) or asks_use(words) or wanted_papers(words) is not None


def asks_core(words: str) -> bool:
    """Whether the opinion is wanted in a few plain words: 「太长了看不懂」."""
    return len(words) <= 2 * _LONGEST and _PLAIN.search(words) is not None


def asked(words: str) -> tuple[str, ...]:
    """The kinds of what is asked, in the order they are told; a sum to be had is no cost."""
    if asks_use(words):
        return (USE,)
    if asks_core(words):
        return (CORE,)
    if (wanted := wanted_papers(words)) is not None:
        return (*asked(wanted.rest), DOCUMENTS) if wanted.rest else (DOCUMENTS,)
    kinds = [kind for kind, pattern in _COMPILED.items() if pattern.search(words)]
    if WIN in kinds and _PROOF.search(words):
        kinds.remove(WIN)
    if DEADLINE in kinds and _STILL_TELL.search(words):
        kinds.remove(DEADLINE)
    if COSTS in kinds and _PAYS_MORE.search(words):
        kinds.remove(COSTS)
    if AMOUNT in kinds and COSTS in kinds and not re.search(r"^要多少|费|花", words):
        kinds.remove(COSTS)
    if LASTS in kinds and DEADLINE in kinds and "多久" not in words:
        kinds.remove(DEADLINE)
    if LASTS in kinds and DEADLINE in kinds and re.search(r"多久(?:之?[内前]|不)", words):
        kinds.remove(LASTS)
    if WIN in kinds and {LASTS, AMOUNT, DEADLINE} & set(kinds) and not re.search(r"[赢输]|胜算|把握", words):
        kinds.remove(WIN)  # 「多久能拿到钱」
    if COSTS in kinds and AID not in kinds:
        kinds.append(AID)  # who asks what it costs may not have it
    return tuple(kinds)


def asked_ahead(text: str) -> list[str]:
    """The clauses of a longer message that ask it: 「干了四年，能赔多少」."""
    clauses = filter(None, (one.strip() for one in _CLAUSE.split(text)))
    return [one for one in clauses if len(one) <= _LONGEST and _AHEAD.search(one) and not _TOLD.search(one)]


def asks_ahead(words: str) -> bool:
    """Whether a short message asks what the opinion will tell: 「要多久」 answers no question of an interview."""
    if len(words) > _LONGEST:
        return False
    if _WHAT_TO_DO.fullmatch(words) or asks_use(words):
        return True
    plainly = _PROOF.search(words) is None and any(
        _COMPILED[kind].search(words) for kind in (LASTS, AMOUNT, WIN, AGAINST)
    )
    last_day = _LAST_DAY.search(words) is not None and _STILL_TELL.search(words) is None
    where = _WHERE_TO.fullmatch(words) is not None or _WHICH_PLACE.fullmatch(words) is not None
    plainly = plainly or last_day or where
    plainly = plainly or _NEEDS_LAWYER.search(words) is not None
    return plainly or bool(_COMPILED[COSTS].search(words) and (QUESTION.search(words) or words.endswith("嘛")))
