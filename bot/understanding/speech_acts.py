"""Reads what a short message does: says yes or no, does not know, asks why, asks again, corrects, wants a person."""

from __future__ import annotations

import re
from typing import Literal

from bot.understanding.normalise import fold
from bot.understanding.substance import scolds

Polarity = Literal["yes", "no", "unknown"]

_UNKNOWN = re.compile(
    r"不(?:太|大|怎么|很)(?:知道|清楚|记得|了解|确定|明白|懂)|不知道|不晓得|不清楚|不太清楚|不大清楚|"
    r"不记得|记不清|记不得|记不住|想不起|忘了|忘记了|不确定|"
    r"不太确定|不好说|说不准|说不清|说不上来|"
    r"没注意|没留意|没数过|不了解|(?<![听看])不懂|(?<![听看])不明白|搞不清|弄不清|不造啊|不懂得|没印象|不记的|母鸡啊|唔知"
)
_PLAIN_YES = re.compile(
    r"^(?:嗯+|恩+|是+|是的+|对+|对的|对啊|对呀|对头|没错|有+|有的|有啊|有[签交写缴办报发给打录拍留存保]|"
    r"好+|好的|好吧|好啊|可以|行+|"
    r"行吧|要|要的|需要|确认|同意|愿意|"
    r"当然|肯定|肯定的|必须的|"
    r"yes(?:,? please)?|please do|sure|y|ok|okay|是啊|是呀|是滴|是哒|嗯呢|中|得|成|会|能|签了|签过|交了|还在|在+|"
    r"已经.{0,8}|正是|就是|说的对|"
    r"没问题|冇错|系|1|√|👌|👍)[啊呀的了呢吧哦噢嘛滴哒~]*$",
    re.IGNORECASE,
)
_HEDGED_YES = re.compile(
    r"^(?:好像|应该|可能|大概|估计|似乎|貌似)(?:都|也|还|已经)?(?:有|是|在|会|签了|签过|交了|办了|写了|说过)[的了吧呢啊呀~]*$"
)
"""「好像有」 is as much of a yes as they can give; an opinion tells it in these words."""
_PLAIN_NO = re.compile(
    r"^(?:不+|不是|不对|不用|不要|不想|不需要|不行|不可以|不可能|不会|不能|不同意|不愿意|不在|没+|没有|"
    r"(?:没有){2,}|(?:不是){2,}|(?:不会){2,}|没得|没呢|还没|还没有|无|否|木有|木得|冇|"
    r"没签|没交|没写|从来没有|从没|并没有|都没有|啥也没有|什么都没有|什么都没|哪有|没啊|未|no|n|nope|算了|"
    r"别|唔系|0|×|❌)[啊呀的了呢吧哦噢嘛滴哒过~]*$",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"没有|没(?!错|问题|事|准)|并未|未曾|未(?!来|成年|婚|必)|不是|不对|不曾|从未|无(?=合同|证据|任何)|"
    r"木有|不(?:在|用|要|想|需要|同意|愿意|会|能|行|给|肯|存在|算)|否认"
)
_CALENDAR = r"[0-9零一二三四五六七八九十]\s?(?:年|月|日|号)"
"""A day or month told is a fact about when, not a yes."""
_FIGURE = r"(?:大概|大约|约)?(?:[0-9]|[两三四五六七八九十半](?!级)|一(?=[个万千百年天块]))"
"""「是九个月」 tells how many."""
_WHEN = re.compile(r"(?:[今去前]年|上个?[月周]|上个?(?:星期|礼拜)|昨[天晚]|前天).*的$")
"""「今年以来陆陆续续买的」 tells when; 「去年签过」 is a yes."""
_LEADING_YES = re.compile(
    r"^(?:嗯+|恩|是的|对的?|没错|有的?|好的?|是啊|对啊|确实|当然|肯定|可以|行)(?:[,，。.!！\s]|啊|呀|了)|"
    # 有合同 states a fact; whether it answers depends on the question, which is not known here.
    rf"^(?:是(?!.{{0,4}}{_CALENDAR})(?!{_FIGURE})|会|能)(?!没|不|点|时|几|多|什么|啥)"
)
_LEADING_NO = re.compile(
    r"^(?:不是|不对|没有|没|不|无|否|未)(?:[,，。.!！\s]|啊|呀|的)|^(?:没|不(?!光|但|仅|管|过|好意思|知|"
    r"清|记|确|懂))"
)
_DONE = re.compile(
    r"(?:签|写|打|交|买|办|报|做|发|给|还|受|住|离|领|登记|认定|鉴定|收|有|去|说(?!了算)|告|录|拍|留|开)(?:了|过|"
    r"的)"
)
_QUESTION = re.compile(
    # 没给我什么材料 states; 有没有什么 asks by its 有没有.
    r"[?？]|吗|怎么|为什么|为啥|(?<!没)(?<!没.)(?<!没..)(?<!没...)什么|咋|多少|(?<![没不])多(?:久|长时间)(?!了)|哪|谁|(?<![好十百千上])几(?:年|个|月|天|次|块)(?![前了以来])|是不是|有没有|能不能|可不可以|该不该|要不要|"
    # 会不会, 合不合法, 签没签; in 没有没有 and 不是不是 the first character denies, 时不时 and 动不动 mean often.
    r"(?<![不没现])([\u4e00-\u9fff])(?<![时动])不\1|(?<![不没])([有签交写买给还发来去离结办打领付])没\2|^有.{1,8}没有$|"
    # 不批我能走不, 签了没: northern questions end so.
    r"[能会可行该用得有].{0,8}(?<![没不])不$|[了过](?:没|没有)$"
)
_STRIP = " \t\n,，。.!！~～、;；…"

_SOMEONE = r"(?:真人|人工|活人|值班律师|值班人员|工作人员|客服|接线员|坐席|专员)"
_SOMEONE_ENGLISH = r"(?:(?:real|live|human|actual) )?(?:person|human|agent|operator|lawyer|attorney|someone)\b"
_PERSON = re.compile(
    # 私人工厂, 工人工资, 司人工伤 hold the two characters by chance.
    r"(?:转|接|要|找|用|换|叫)(?:接|到|成|一下|个)?人工(?!费|智能|厂|资|伤)|"
    r"(?:^|[,，。!！?？\s])人工(?:服务|客服|坐席|咨询)?(?:在哪|吧|啊|呢|谢谢|帮|来|什么时候)?[,，。!！?？\s]*$|"
    r"转人[公功供]|人工(?:服务|客服|坐席)|转(?:接)?(?:真人|客服|律师|坐席|专员|值班|接人)|(?<!是)(?:真人|活人)(?!秀|真事|CS)|"
    rf"(?:找|换|叫|跟|和|给我|请|帮我|联系|接通|接)(?:个|一个|一位|位|你们|你们的|我|一下|你们那|到)*{_SOMEONE}|"
    r"(?:不想|不要|别|懒得|不愿意)(?:再)?(?:跟|和|同|与|让)?(?:你|机器|机器人|AI|电脑)(?:说|聊|谈|讲|回|"
    r"来|答)|不要机器人|"
    rf"(?:有没有|有)(?:{_SOMEONE}|律师在|值班的)|(?:让|叫|喊|请)(?:你们|你们的|个)?(?:领导|"
    rf"值班)?(?:或者)?律师(?:来|接|跟|和)|"
    r"(?:叫|找|喊|换)(?:个|一个)人(?:来)?(?:给我(?:打电话|回电)|(?:跟|和)我(?:说|聊|谈|讲)|(?:说|聊|谈)|"
    r"$)|(?:个人|要人)来(?:接|$)|"
    r"(?:要|想)(?:跟|和)(?:人|律师|真人|法律援助的人|工作人员)(?:直接)?(?:说|谈|聊|讲)|(?:给我|"
    r"帮我)?(?:接|转)(?:个|一个|一位|下)律师|"
    r"^(?:人工)+$|^我?(?:就|只)?(?:要|想要)(?:个)?人[啊!！。]*$|(?:不|别|懒得)(?:想|要|再)?(?:跟|和|同)(?:你这?|这)?(?:个)?(?:机器|机器人|AI|电脑)(?:说|聊|谈)|"
    r"^(?:请|麻烦|赶紧|快|帮我|给我|让|叫|喊|换|找)*(?:你们|你们的|个|一个)*(?:领导|懂的|懂行的|能管事的|会说人话的|管事的|负责人|经理|上级|值班的)(?:人)?(?:来|出来|接|接电话|说话|跟我说|和我说)*[啊吧!！。]*$|"
    r"^(?:请|麻烦)?(?:帮我|给我)(?:接线|接通|转接|转一下|接一下)[吧啊!！。]*$|(?:让|换|叫)(?:别人|别的人|个人|其他人|真的人)(?:来)?(?:说|吧|啊)?[!！。]*$|"
    r"^有(?:没有)?(?:会说人话的|懂的|管事的|活的)(?:人)?(?:没有?|吗|么)?[啊呀?？]*$|^有没有人(?:啊|呀|在|能说话|接|理我)*[?？!！]*$|"
    r"律师(?:直接)?(?:跟|和|给)我(?:联系|讲|说|谈|打电话|回电)|^(?:客服|我?(?:就)?(?:想|要)?(?:找|跟|"
    r"和)(?:律师|(?:个|一个|一位)律师(?=说|谈|聊|咨询|问))"
    r"(?:说|谈|聊|咨询|问问)?)[。!！]?$|找(?:个|一个|一位)律师(?:问|说|谈|聊|咨询)|zhuan ?(?:ren ?gong|人工)|zrg\b|"
    r"(?<!do )(?<!did )(?<!should )(?<!if )\bI(?: really| just)?(?: (?:need|want|would like)|'d like) "
    rf"(?:a|an|the|some) {_SOMEONE_ENGLISH}|\b(?:can|could|may) I (?:get|have|see) (?:a|an) {_SOMEONE_ENGLISH}|"
    r"\b(?:talk|speak|chat|connect(?: me)?|transfer(?: me)?|put me through) (?:to|with) "
    rf"(?:a|an|the|some)? ?{_SOMEONE_ENGLISH}|"
    r"^\W*(?:(?:live|human|real) (?:agent|person|operator|human)|human|agent|operator|customer service|lawyer)"
    r"(?:,? please)?\W*$",
    re.IGNORECASE,
)
_OTHERS_SERVICE = re.compile(
    r"(?<![想要能让])(?:找|跟|和|给|联系|问)(?:了|过|他们|商家|平台|店家|店里|公司|淘宝|京东|拼多多|抖音)*客服"
    r"(?:说|讲|也|都|就|又|不|没|回|让|给|推|半天|好几|问|打|领|兑|解|取|缴|退)"
    r"|(?:[说写]|让我?|叫我?|要我|提示|短信|里面|必须|得先?)[^,，。!！?？]{0,4}(?:联系|找|加|打)(?:他们|它们?|平台|那边)?的?客服"
)
"""「找客服说要医院证明」 and 「说联系客服领奖」 tell of the merchant's people, or of whoever says so."""
_PERSON_ALONE = re.compile(
    r"(?!我?(?:想|要|想要)?找(?:个|一个|一位|位)律师(?:吧|呢)?$)我?(?:就|只)?(?:想|要|想要)?(?:找|叫|换)?(?:个|一个|位|一位|你们的?)?"
    r"(?:(?:值班)?律师(?!事务所)|值班人员|工作人员|专员|坐席)(?:在吗|在不在|来吧?|吧|呢|谢谢)?|"
    r"我?(?:就|只)?(?:想|要|想要)?找(?:个)?人(?:来)?(?:跟我|和我)?(?:说说?|谈谈?|聊聊?|讲讲?|问问?|咨询|帮忙|帮我)?(?:吧|谢谢)?"
)
"""What asks for a person only where nothing else is said: 「律师」 is no part of a story then.

「我想找个律师」 looks for one of one's own; that is a service.
"""
_AT_ONCE = re.compile(r"(?:我)?(?:现在|马上|立刻|赶紧|快点?)(?:就)?(?:要|来)?(?:快)?|在吗|快|急|喂|你好|您好")
_NO_PERSON = re.compile(
    r"(?:不用|不要|别|先不|暂时不|不需要|不想|取消)(?:再)?(?:给我)?(?:转|找|要)?(?:接)?(?:人工|真人|客服|"
    r"律师)|"
    r"(?:don'?t|do not|no need to|not) (?:(?:want|need|have|like) )?(?:to )?(?:a |talk|speak|chat|connect|transfer)",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"(?:为什么|为啥|为何|干嘛|干吗|干啥|凭什么|怎么)(?:还|非|总|老|又)?(?:要|得|得要|需要|会)?(?:问|知道|"
    r"了解|填|说|打听|我说|告诉)|"
    r"(?:问|知道)(?:我)?(?:这个|这些|这|那个)(?:个)?(?:是)?(?:干|做|有什么|有啥|为|干嘛|什么用|啥用|跟|"
    r"和)|^(?:这|那)?(?:是)?(?:为什么|为啥|为何|why)[呢啊呀?？!！]*$|"
    r"(?:这个|这|那)(?:和|跟|与|同).{0,12}(?:有什么|有啥|有)(?:关系|关联)|(?:这|那)(?:个)?(?:重要|有关系|"
    r"有用|有影响)(?:吗|么|嘛)|问(?:这|那)么(?:多|细)(?:干|做|有|为)",
    re.IGNORECASE,
)
_REPEAT = re.compile(
    r"(?:再|重新|重|在)(?:说|讲|问|念|发|来|复述|解释|重复)(?:一|1|两)?(?:遍|次|下|回)|没(?:听|看)(?:清|"
    r"懂|明白)|没(?:听|看)(?:见|到)(?=[了啊呀你您\s,，。.!！?？]|$)|(?<![你您])听不(?:清|懂|见|明白)(?!普通话|方言|粤语|[汉英]语)|看不(?:懂|明白|清)|"
    r"(?:你|您)?(?:刚才|刚刚|上面|前面)(?:说|问|讲)(?:的|了)?(?:是)?(?:什么|啥|哪)|^(?:啊|嗯|什么|啥|"
    r"你说什么|说什么|你说啥|说啥)[?？]+$|重复一(?:下|遍)|"
    r"什么意思|啥意思|问题是什么|你问的(?:是)?(?:什么|啥)|再说说|^pardon|repeat",
    re.IGNORECASE,
)
_DOUBTS = re.compile(
    r"(?:(?:[你您]们?|这里|这儿|这边|这个(?:热线|电话|机器人|平台)?|12348)(?:是不是|不会是|该不会是|会不会|不会|该不会|是)?"
    r"(?:骗子|骗人|骗我们?|骗钱|诈骗|假的)|(?:不会|别)(?:是)?骗我们?)(?:的)?(?:吧|吗|嘛|不|啊|呀|哦)?[。?？!！]*"
)
_CORRECT = re.compile(
    r"(?:说|写|打|填|输|记|讲|弄|搞|听|选|点)错(?!失|过)|(?:不对|错了|错啦|(?<![再多先要让叫说我他她])(?:等等|等一下)|更正|纠正|改一下|"
    r"改口|改正|口误|打错|修改一下|应该是|其实是(?!想|要)|搞混)(?!吗)|"
    r"算了[,，。\s]*(?:我)?还是(?:按|算|写|填|说|改成?|要)?(?:的)?(?:是)?约?[0-9一二两三四五六七八九十百千万]+(?![个位名])|"
    r"(?:其实|实际上?|准确[地点]?说)[^,，。!！?？]{0,10}?[0-9一二两三四五六七八九十百千万]+(?![个位名]?(?:问题|律师))|"
    r"其实(?:我|他|公司|老板)?(?:也|是)?(?:没有?|有)?[签写交还给](?:过|了|合同)?(?=[,，。!！\s]|$)|"
    r"(?:刚才|刚刚|前面|之前|上面)(?:说|写|填|讲)?(?:的|得)?(?:那个)?.{0,10}(?:不对|错|有误|不准|改)|"
    r"不是.{1,14}(?:,|，|、|\s)?(?:而)?是(?!不是|否)|"
    r"不是[^,，。]{0,4}[0-9一二两三四五六七八九十百千万半]+[^,，。]{0,4}[,，、]\s*(?:大概|大约|约)?[0-9一二两三四五六七八九十百千万半]+|"
    r"(?:我)?(?:想|要)(?:改|更正|纠正|修改)|改[成为](?!了|离|不)",
)
_BOUND = 200
"""These acts are performed by short messages; of a long story only the beginning is read."""


def read_polarity(text: str) -> Polarity | None:
    """ "yes", "no", "unknown" (the citizen does not know), or None when the message says none of them plainly."""
    said = fold(text[:_BOUND]).strip(_STRIP)
    if not said or scolds(said):
        return None
    if _PLAIN_YES.match(said) or _HEDGED_YES.match(said):
        return "yes"
    if _PLAIN_NO.match(said):
        return "no"
    if _UNKNOWN.search(said) and not _DONE.match(said):
        return "unknown"
    if _QUESTION.search(said):
        return None
    if _LEADING_YES.match(said):
        return "yes"
    if _LEADING_NO.match(said):
        return "no"
    clause = re.split(r"[,，。;；!！\n]", said, maxsplit=1)[0]
    if _NEGATION.search(clause):
        return "no"
    if len(clause) <= 12 and _DONE.search(clause) and not re.search(_CALENDAR, clause) and not _WHEN.search(clause):
        return "yes"
    return None


def wants_person(text: str) -> bool:
    """Whether the citizen asks for a person in place of the bot."""
    said = _OTHERS_SERVICE.sub("", fold(text[:_BOUND]))
    # 「律师，我要律师，现在就要」
    clauses = [one for one in re.split(rf"[{_STRIP}?？]+", said) if one and not _AT_ONCE.fullmatch(one)]
    alone = bool(clauses) and all(map(_PERSON_ALONE.fullmatch, clauses))
    return bool(alone or _PERSON.search(said)) and not _NO_PERSON.search(said)


def asks_why(text: str) -> bool:
    """Whether the citizen asks why the question was put."""
    return bool(_WHY.search(fold(text[:_BOUND]).strip()))


def asks_repeat(text: str) -> bool:
    """Whether the citizen did not catch or understand the question."""
    return bool(_REPEAT.search(fold(text[:_BOUND]).strip()))


def doubts(text: str) -> bool:
    """Whether the citizen is afraid of being cheated by whoever asks: 「你们不会骗我吧」."""
    return bool(_DOUBTS.fullmatch(fold(text[:_BOUND]).strip()))


def corrects(text: str) -> bool:
    """Whether the citizen takes back something said before."""
    return bool(_CORRECT.search(fold(text[:_BOUND])))
