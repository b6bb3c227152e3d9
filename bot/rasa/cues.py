"""Words that tell what a message is about, whatever the conversation is on."""

from __future__ import annotations

import re

from bot.understanding.follow_ups import supposition
from bot.understanding.substance import is_bare

LAW_REFERENCE = re.compile(r"第[零〇一二三四五六七八九十百千\d]+条|《[^》]{2,30}》|哪[条部]法|法律依据|什么法律|法条")
QUESTION = re.compile(
    # 还住着人呢, 没给我什么材料 and 他现在不在家 state; 那孩子呢 asks.
    r"[?？]|吗$|(?:^|[\s,，。])(?!(?:还|都)?没(?:开庭?|判|立案|去|来|定|到|出来|问|想好|审|批|结)[^,，。]{0,2}呢)(?:那|如果|要是)?[^\s,，。还着在了]{1,8}呢$|怎么|咋|如何|"
    r"(?<!没)(?<!没.)(?<!没..)(?<!没...)什么|多少|哪[里儿个些]|能不能|可不可以|是不是|会不会|要不要|有没有"
    r"|(?<=[\u3400-\u9fff]{2})不[啊呀]?[?？]?$|(?<!现)([\u3400-\u9fff]{1,2})(?<![时动])不\1"
)
WHO_PAYS = re.compile(r"(?:谁|哪个|找谁)(?:来|先)?(?:出|付|垫|掏|赔|给)")
"""Of which of the two the money comes; a question too."""
_ASKS = re.compile(
    r"(?<!不知道)(?<!不知道是)(?<!忘了)谁(?![也都说])|几(?:年|天|个?月|次)(?:过期|过|算|能|可以|才)|最[长多少短][^,，。]{0,2}(?:几|多)|多[久长少](?!了)|"
    r"[死了过走给还]呢[?？]?$|(?:要|能|会|可以|算|还|用|管|判|赔)[^,，。]{0,8}(?<![没不])[吗么嘛][?？]?$"
)
_ECHO = re.compile(
    r"^[^?？]{0,12}(?:啥|什么|哪|谁|咋)[^?？]{0,10}[,，\s](?:都|也|就|反正|我)*(?:没|不|无|只|是)[^?？吗呢]*$|"
    r"^(?:(?!怎么|什么|为什么|多少|吗)[^,，。?？]){1,10}[?？][^?？]{2,}(?<![吗呢么])$|"
    r"(?:^|[\s,，。])[^\s,，。?？]{0,4}(?:没|不)(?:给|让|说|写|开|签|有|见到)[^\s,，。?？]{0,3}(?:什么|啥|多少)[^,，?？吗呢]*$|"
    r"[,，]?[^,，]{0,4}(?:还|都)没[^,，]{1,4}(?:咋|怎么)[做弄办]$"
)
"""「写过啥协议，都没有」, 「纸？没得任何纸」, 「没说给多少钱补偿」 answer in the words of the question."""
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d(?:[-\s]?\d{4}){2}|0\d{2,3}[-\s]?\d{7,8})(?!\d)")
_OTHERS_PHONE = re.compile(r"[他她]|老板|对方|公司|骗子|房东")
_BESIDE_PHONE = 10
"""Chinese characters beside a number that leave it the sender's own."""
HAN = re.compile(r"[\u3400-\u9fff]")
LEGAL = re.compile(
    r"违法|犯法|合法|法律|法院|法人|法官|律师|诉讼|起诉|上诉|判[刑决几多]|[索要理]?赔[偿款付]?|侵权|合同|协议|违约|罚[款金单]|处罚"
    r"|拘留|拘役|取保|报[警案]|警察|公安|交警|派出所|检[察查]院|逮捕|坐牢|犯罪|[诈被]骗|骗[了子走钱]|纠纷|仲裁|维权|投诉|举报"
    r"|退[款钱货费]|押金|定金|违章|欠[钱款债条薪]?|债|借条|贷款|催收|离婚|彩礼|抚养|赡养|遗[产嘱]|继承|工资|工伤|加班费|社保"
    r"|证据|立案|产权|房产|征[地收用]|占地|拆迁|补偿|户口|股[东权]|责任|冻结|查封|通讯录|肖像|隐私|名誉"
)
PERIL = re.compile(
    r"[打砸刀枪砍杀掐捅血伤追堵闯撬踹锁关绑疯怕救死跳吊药割烧火爆摸虐害抢拐抓昏晕抽喘摔毒逼掉困埋撞卷压勒拽拖]|跟踪|威胁|恐吓|欺负|性侵|失踪|不见|带走|断气|"
    r"煤气|胸口|手腕|[不没想法]活|活[不够累]|活着(?:没|真|太|好|还|也|有什么)|活到头|脱.{0,3}[衣裤]|来生|来世|下辈子|没意识|没反应|不动了|动不了|不会动|不说话|紫|吐"
)
"""Without one of these nobody tells of a danger, whatever a message otherwise looks like (他外面有人了)."""
PIECE = 10
"""Chinese characters of a piece of a story."""
ADDITION = 20
"""Those of a sentence that adds to what an opinion was given on; a longer one may tell another story."""
SHORT = 14
"""Characters; a longer message tells a story."""

_FIGURE = re.compile(r"(?:[0-9]+|[零一二两三四五六七八九十百千万]+)[个多]?[\u4e00-\u9fff]?")
"""「56岁」 alone begins nothing."""
_BEATEN = re.compile(
    r"(?:又|还|昨|刚|今天|老是|经常|天天|喝了?酒就?|一直)[^,，。;；]{0,6}打(?:了|我|人|得)|(?:他|她|老公|丈夫|老婆)[^,，。;；]{0,4}(?:动手|打了?我)|"
    r"动手打我|家暴|把我打|掐我|脸[都也]?(?:打)?肿"
)
_NOT_BEATEN = re.compile(r"(?:没有?|不|从不|没再)(?:再)?(?:打|动手|家暴)|打(?:官司|电话|工|牌|麻将|游戏)")


def beaten(words: str) -> bool:
    """Whether somebody tells that they are beaten at home, grave or not."""
    return bool(_BEATEN.search(words)) and not _NOT_BEATEN.search(words)


def is_question(words: str) -> bool:
    """Whether something is asked; words of the question said back before their answer ask nothing."""
    return bool(QUESTION.search(words) or _ASKS.search(words) or supposition(words)) and not _ECHO.search(words)


def gives_phone(words: str) -> bool:
    """Whether all that is said is the sender's telephone number: 「我电话13911112222」."""
    own = _PHONE.search(words) is not None and _OTHERS_PHONE.search(words) is None
    return own and len(HAN.findall(words)) <= _BESIDE_PHONE


def is_piece(words: str, longest: int = PIECE) -> bool:
    """Whether the words are a piece of a story: a few that state something, and ask and name nothing of the law."""
    few = 2 <= len(HAN.findall(words)) <= longest
    return few and not (is_question(words) or LAW_REFERENCE.search(words) or is_bare(words))


def is_addition(words: str) -> bool:
    """The same after an opinion, where a sentence still adds to what was told."""
    return is_piece(words, ADDITION) or bool(_FIGURE.fullmatch(words))
