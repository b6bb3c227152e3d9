"""Which of the sums in a message may be a fact's: what is owed, paid, left, kept back or named otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.interviews.cue_strength import SPENT
from bot.interviews.message_told import CLAUSE, CLAUSE_END, Message
from bot.interviews.per_period import asked_per, told_per
from bot.interviews.topic_parts import Fact
from bot.interviews.wages_told import of_speaker
from bot.understanding.entity import Entity

_LEFT = re.compile(r"(?:剩|余)(?:下|额)?(?:了|的|还有|差不多|大概|大约|里头|里面)*$")
_STILL = re.compile(r"(?:还|尚)(?:差|欠)(?:我|我们)?(?:了|的|有|大概|大约)*$")
_OTHER_SUM = re.compile(
    r"(?<![没有给算])加班费|总价|合同价|总造价|房租|租金|房贷|车贷|贷款|学费|抚养费|赡养费|护理费|水电费|物业费|押金|彩礼|奖金|罚款"
)
"""Sums that come with a period or beside another; what asks for one of them says so."""
_LEFT_OUT = re.compile(r"不(?:算|含|包括)[^,，。?？]*")
"""「不算加班费，您正常一个月工资多少」 asks for no 加班费."""
_I_OWE = re.compile(r"(?:^|[,，。;；!！\s说是赖])(?:我|俺)(?:还|也|就)?欠(?![我俺])[^,，。;；]*$")
"""「我欠老板三千」 is not what the boss owes."""
_GAIN = re.compile(r"(?:给了?我|得了|赚了|挣了|好处费|提成|分了?我)[^,，。;；]{0,3}$")
"""「给了我五百，现在卡冻了」 is what was got for it."""
_LIVES = re.compile(r"居住|住的地方|户籍|户口")
_GOES = re.compile(r"[去到往](?:了|过)?$")
_PRICE = re.compile(r"(?:一共|总共)?(?:说好|讲好|谈好|定好|包干|总价|合同价)(?:的|是|给|一共|总共)*$")
"""「一共说好八万」 is the price, of which some may be paid."""
_NOTHING_PAID = re.compile(
    r"(?:一分|一毛|分文)[^,，。]{0,3}(?:没|不|未)|(?:全|都|还)(?:没|不)(?:给|付|结)|没(?:给|付|结)钱"
)
_OF_REPAYING = re.compile(r"一共还了|还没还")
"""Sums of the same debt that are told with a verb of their own."""
_OWED_TO_ME = re.compile(r"欠(?:了|着)?(?:我们?|俺们?)?(?:的|工程款|货款|钱|大概|差不多|[\s])*$")
"""「甲方欠我二十万」 is nobody's pay of a month."""
_HOW_OLD = re.compile(r"(?:[我俺他她]|今年|孩子|儿子|女儿|闺女|弟弟?|妹妹?)(?:今年|现在)?(?:都|才|刚|刚满|快)$")
"""「老板不给工资 我才17」: a bare number behind it is an age."""
_OLDEST = 100
_PAID_IN = re.compile(r"[交投付花]|被骗")
"""In the label of what somebody put in."""
_WAGES_OWED = re.compile(r"欠.*工[资钱]")
_PAID_OUT = re.compile(r"[给发付]的")
"""In the label of a sum that was paid: 「只给三千」 tells it."""
_PAID_FOR = re.compile(r"(?<!没)(?<!没有)(?<!不)[给发付](?:了|过)(?:我|大概|差不多)?$")
"""「补偿给了半年停了」 tells how long it was paid."""
_UNPAID_TIME = re.compile(r"没[给发付]|被欠")
_NEAR = 3
"""Characters before a sum in which a single one, as 欠, still tells what it is."""
_EARNED = re.compile(r"工资|收入|薪")
_PERIOD_CUE = re.compile(r"(?:一个?|每个?)(?:月|天|年)")
_DEBT = re.compile(r"欠|要回|没[付还给]的")
_REPAID = re.compile(r"还(?:了|过|给)(?:我|他|俺|人家|一次)?(?:大概|大约|差不多|也就|有)?$|[只才就又再先]还$")
_PAID = re.compile(
    r"(?<![没少不借转])(?:给|付|发|还|支|结)(?:了|过)(?:我|他|我们)?(?:大概|大约|差不多|也就|有)?$|(?:借支|预支|支取|领|[只才就]拿|拿)(?:了|过)?(?:我|大概|差不多)?$|"
    r"[只才就](?:给|付|发|还)(?:我|他|我们)?$"
)
"""「给了2000」 is what was paid, not what is owed."""
_INSTALMENT = re.compile(
    r"(?<![了过])(?:每个?|[一1]个?)[天周月年](?:就|只|才|再|要|得|能|给我|给他)*(?:还|付|交)(?:我|他)?$"
)
"""「说好一个月还两千」 is one part of what is owed."""
_PROMISED_GAIN = re.compile(
    r"(?:能|会|可以|保证|变|翻)[^,，。;；]{0,3}(?:变成?|赚到?|挣到?|返还?|分到?|翻到|成|拿到?|得到?)(?:到|回)?(?:了|我)?$"
)
"""「投六万九能变一千万」: what was promised was not paid."""
_DEMANDED = re.compile(r"(?:还要|还得|还让我?|还叫我?|又要|又让我?)(?:再|多|补|另外|我)*[交付补]$|先[交付]$")
"""「还要交2000」 and 「先交2000」 are asked for, and not yet paid."""
_USED_UP = re.compile(r"已经(?:上的课|用掉的)")
_THEN_USED = re.compile(r"(?:块钱?|元)?[\s,，](?:才|就|只)?(?:上|用|去|学|做)了")
"""「一万二，上了一半了」: the sum is the fee."""
_TAKEN = re.compile(r"[扣罚](?:了|我|掉|走|我的)*$")
"""「墙上有钉子眼扣1500」 is what is kept back."""
_TOP_UP = re.compile(
    r"(?:块钱?|元)?[\s,，]*(?:加|\+|再加)[^,，。;；\s]{0,8}(?:提成|奖金|补贴|全勤|绩效|加班费)[^。;；]{0,8}\d|"
    r"(?:块钱?|元)?[\s,，]*(?:加|\+|再加)[^,，。;；\s]{0,8}(?:提成|奖金|补贴|全勤|绩效|加班费)[^。;；]{0,8}[一二两三四五六七八九十]"
)
"""Behind 底薪3000: what comes to it, and the whole."""
_OF_GOODS = re.compile(r"^一共(?:花了|付了)多少钱|有问题的这些东西")
_REIMBURSED = re.compile(r"报(?:销|了|完|过)[^。;；]{0,8}[剩余](?:下|了)?$")
"""「报销完剩三千」 is what of a doctor's bill was paid oneself."""
_CARE = re.compile(r"医|药|看病|治")
_AT_THE_DOCTOR = re.compile(r"医院|看病|医药|门诊|挂号|打针")
"""「去医院看了花了420」 is not what the thing cost."""
_OFFERS = re.compile(
    r"(?:[他她]们?|对方|那边|老板|单位|公司|保险(?:公司)?|厂里|人家|医院|店家|商家|平台|房东|物业|工头|托人来?)"
    r"[^,，。;；\s]{0,3}(?:说|讲|愿意|答应|同意|[只就]肯|最多)[^,，。;；\s]{0,3}(?:给|赔|出|退|补)(?:我们?|他们?|个|一共|你)?$"
)
"""「他说他给五千」: what the other side offers is not what was lost, spent or owed."""
_GIVES = re.compile(r"(?:给|赔|拿|出|退)(?:我们?|个|你)?$")
_FOR_ALL = re.compile(r"(?:块钱?|元)?[\s,，]*(?:就)?(?:了事|了结|两清|私了|算了|一次性(?:了结|解决)|拉倒|完事)")
_ASKS_OFFER = re.compile(r"愿意|答应|提出|[只就]肯|最多|说[给赔]|方案|想给|肯[给赔]|私了|协议")
_BOUGHT = re.compile(r"(?P<thing>[\u4e00-\u9fff]{1,4}?)(?:是|就是)[^,，。;；\s]{0,6}买的(?:花了?)?$")
"""「车是去年买的2800」 is the price of that thing."""
_NOW = re.compile(r"(?:后来|现在|后头|后面)(?:是|涨到|加到|降到|就|的)*$")
_NO_PAY = re.compile(r"(?:块钱?|元)?的?(?:损失|罚款|违约金|赔偿|押金|定金|医药费)")
"""Behind a sum that is nobody's pay: 「个人承担三万损失」."""
_CAME = re.compile(
    r"(?:块钱?|元)?(?:都|就)?是?(?:用|走|拿)?(?:微信|支付宝|现金|银行卡?|手机)上?(?:转|发|给|付|打)(?:给我|过来|过)?的"
)
"""「三千是微信转的」 tells how it was paid, so it is not owed."""
_MEANT, _LATEST = 3, 25
_ALONE = 5
_FOR_ANOTHER = "替"
"""What was paid for somebody is told with a verb; a bare sum is what is claimed."""
_NO_AGE = 200
"""Years that a slip of the keyboard may make of an age; what is more is a sum of money."""
_LEAST_PLAIN_PRICE = 100
_WITH_RENT = re.compile(r"押[一二两三1-3]付[一二两三四六半年1-9](?!.*押金)")
"""「押一付三交了八千」 is the deposit and the rent in one sum."""
_PART = re.compile(r"(?:其中|里面|当中|住院|抢救|重症|最重|严重|死)(?:了|的|都|就|有|也|人数|已经)*$")
"""「住院的有五六个」 counts some of the whole crowd."""
_THING = 6
"""Characters that name what was bought."""
_COUNTED = re.compile(r"[\u4e00-\u9fff](?<![吧呢啊的了])")
"""「八个人」 is no sum."""
_PER_THING = re.compile(
    r"(?<!第)(?:一|每|1)(?P<thing>亩|平方?米?|斤|吨|次|节课?|课时|趟)地?(?:是|给|算|就|才|只|租金)*$"
)
_THING_PER = re.compile(r"(?:块钱?|元)?(?:一|每|/|1)(?P<thing>亩|平方?米?|斤|吨|次(?!性)|节课?|课时|趟)")
"""「一亩六百」 is no sum of what is owed."""
_SHIFTS = re.compile(r"(?:记|出|上)(?:了|的)?工(?:一共|总共|有|了)*$")
"""「记工45个」 counts days."""
_BARE = re.compile(r"(?:就|欠了?|一共|总共|大概|差不多|有|整整|的|了|工资|没发|没给|吧|呢|啊|嘛|[\s,，。!！])*")
_EACH = re.compile(
    r"(?:每个?|一个?)(?:月|年|天)(?:的?(?:房租|租金|工资))?(?:是|就)?[0-9.一二两三四五六七八九十百千万]+(?:块钱?|元)?"
)
"""「三个月，一个月一千五」 tells the rate as well."""
_ENDS = re.compile(r"$|[\s,，。;；!！、]")
_LEAST_PRICE = 10
"""Yuan; a smaller number behind a word may count anything."""


def strange(message: Message, fact: Fact, entity: Entity) -> bool:
    """「还剩9千多」 is not what was used up, nor 「赔了两万」 anybody's age."""
    if fact.unit == "岁":
        return entity.kind in {"amount", "count"} and Decimal(str(entity.value)) > _NO_AGE
    if fact.type == entity.kind == "place" and message.asked is not fact and _LIVES.search(fact.label):
        return _GOES.search(message.before(entity)) is not None  # 「去广东」 is not where somebody lives
    counted = entity.kind == "count" and entity.unit == "个" and fact.type in {"amount", "duration", "percent"}
    if counted and (_COUNTED.match(message.said, entity.end) or _SHIFTS.search(message.before(entity))):
        return True
    if fact.type == "duration":
        return _UNPAID_TIME.search(fact.label) is not None and _PAID_FOR.search(message.before(entity)) is not None
    if fact.type != "amount":
        return False
    if _OF_GOODS.search(fact.question) and _AT_THE_DOCTOR.search(CLAUSE_END.split(message.before(entity))[-1]):
        return True
    own = message.words[fact.id]
    bought = _BOUGHT.search(message.before(entity))
    if bought is not None and not any(char in fact.label + own.question for char in bought["thing"]):
        return True
    before, after = message.before(entity), message.said[entity.end : entity.end + CLAUSE]
    offered = _OFFERS.search(before) or (_GIVES.search(before) and _FOR_ALL.match(after))
    if offered and not told_per(message.said, entity) and not _ASKS_OFFER.search(fact.label + fact.question):
        return True
    bare = entity.unit in {"", "yuan"} and not any(mark in entity.text for mark in "元块毛角￥¥")
    if bare and Decimal(str(entity.value)) < _OLDEST and _HOW_OLD.search(before):
        return True
    if "押金" in fact.label and _WITH_RENT.search(before):
        return True
    part = _PAID.search(before) or _INSTALMENT.search(before)
    if (_DEBT.search(fact.label) and part) or ("本金" in fact.label and _REPAID.search(before)):
        return True
    if _DEBT.search(fact.label) and _PRICE.search(before) and not _NOTHING_PAID.search(message.said):
        return True
    if _WAGES_OWED.search(fact.label) and (_I_OWE.search(before) or _CAME.match(message.said, entity.end)):
        return True
    if "冻" in fact.label and _GAIN.search(before):
        return True
    if _EARNED.search(fact.label) and asked_per(fact) and _NO_PAY.match(message.said, entity.end):
        return True
    if (
        _EARNED.search(fact.label)
        and not _PAID_OUT.search(fact.label)
        and asked_per(fact)
        and is_paid(message, entity)
        and not told_per(message.said, entity)
    ):
        return True
    if (
        _EARNED.search(fact.label)
        and asked_per(fact)
        and _OWED_TO_ME.search(before)
        and not told_per(message.said, entity)
    ):
        return True
    if _PAID_IN.search(fact.label) and (_PROMISED_GAIN.search(before) or _DEMANDED.search(before)):
        return True
    if _USED_UP.match(fact.label) and _THEN_USED.match(after):
        return True
    if _TAKEN.search(before) and not any("扣" in one or "罚" in one for one in (*own.cues, own.question)):
        return True
    if "平均" in fact.label and before.endswith("底薪") and _TOP_UP.match(after):
        return True
    return (
        not _of_the_rest(message, fact)
        and bool(_LEFT.search(before))
        and not (_REIMBURSED.search(before) and _CARE.search(fact.label + fact.question))
        or of_speaker(message.facts, fact, message.said, entity)
    )


def is_paid(message: Message, entity: Entity) -> bool:
    """「给了2000」 and 「预支了1000」."""
    return _PAID.search(message.before(entity)) is not None


def named_otherwise(message: Message, fact: Fact, entity: Entity) -> bool:
    """「团费才2千」 is not what was bought, nor 「房租一个月1500」 anybody's pay: another sum is named."""
    if fact.type != "amount":
        return False
    own = message.words[fact.id]
    ours = "\n".join((*own.cues, _LEFT_OUT.sub("", own.question), fact.label))
    clause = CLAUSE_END.split(message.before(entity))[-1].split(" ")[-1]
    others = {
        cue
        for other in message.topic.facts
        if other.type == "amount" and other.id != fact.id
        for cue in message.words[other.id].cues
        if len(cue) > 1 and cue not in SPENT and cue in clause[-len(cue) - 2 :]
    }
    named = _OTHER_SUM.findall(clause)
    if all(one in ours for one in (*others, *named[-1:])):
        return False
    telling = [one for one in own.cues if one not in SPENT and not _PERIOD_CUE.fullmatch(one)]
    return not any(one in (clause if len(one) > 1 else clause[-_NEAR:]) for one in telling)


def _of_the_rest(message: Message, fact: Fact) -> bool:
    own = message.words[fact.id]
    return any("剩" in said or "余" in said for said in (*own.cues, own.question, fact.label))


def telling(message: Message, fact: Fact, entity: Entity, asked: bool) -> float:
    """What makes one of several sums the one meant: what is left of a debt, was got of a loan, or came last."""
    before = message.before(entity)
    if fact.type == "count" and "多少" in fact.question and _PART.search(before):
        return -_MEANT
    if fact.type != "amount":
        return 0
    left = _of_the_rest(message, fact) and _LEFT.search(before) is not None
    got = "到手" in fact.question and before.endswith("到手")
    if asked and _NOW.search(before):
        return _LATEST
    still = _DEBT.search(fact.label) is not None and _STILL.search(before) is not None
    return _MEANT if left or got or still else 0


def priced(message: Message, fact: Fact, entity: Entity) -> bool:
    """A bare number right behind a cue of a sum is one: 「一罐298」."""
    bare = entity.kind == "count" and not entity.unit and Decimal(str(entity.value)) >= _LEAST_PRICE
    if not bare or fact.type != "amount":
        return False
    before = message.before(entity)
    if any(len(one) > 1 and before.endswith(one) for one in message.words[fact.id].cues):
        return True
    # 「买了个手机3299」: the thing stands between, and nothing else is counted in the clause.
    clause = CLAUSE_END.split(before)[-1].split(" ")[-1]
    if Decimal(str(entity.value)) < _LEAST_PLAIN_PRICE:
        return False
    if not clause and _ENDS.match(message.said, entity.end) is not None:
        return True  # 「直播间买的镯子，3980，是假的」: a clause of its own; a cue before it says what it is of
    return (
        not any(char.isdigit() for char in clause)
        and _ENDS.match(message.said, entity.end) is not None
        and any(
            one in clause[-_THING - len(one) :] for one in message.words[fact.id].cues if len(one) > 1 or one == "买"
        )
    )


def alone(message: Message, fact: Fact, entity: Entity, entities: Sequence[Entity]) -> float:
    """The only sum told, in a clause of its own, where the topic asks for one sum only: 「写的年底还 3万5」."""
    used = _THEN_USED.match(message.said, entity.end) is not None
    sums = [
        one
        for one in message.topic.facts
        if one.type == "amount" and not (used and _USED_UP.match(one.label)) and not _OF_REPAYING.match(one.label)
    ]
    if (
        sums != [fact]
        or asked_per(fact)
        or _FOR_ANOTHER in fact.label
        or entity.kind != "amount"
        or sum(one.kind == "amount" for one in entities) > 1
    ):
        return 0
    before = CLAUSE_END.split(message.before(entity))[-1].split(" ")[-1]
    return _ALONE if not before and _ENDS.match(message.said, entity.end) else 0


def is_rate(message: Message, total: Fact, entity: Entity, asked: bool) -> bool:
    """「一个月1800」 is no sum of what is owed, whatever word for it stands near."""
    per_thing = _PER_THING.search(message.before(entity)) or _THING_PER.match(message.said, entity.end)
    if total.type == "amount" and per_thing is not None and per_thing["thing"][0] not in total.question:
        return True
    per = told_per(message.said, entity) if total.type == "amount" else ""
    return bool(per) and (per != "year" or not asked)


def months_of(message: Message, total: Fact, entity: Entity) -> Fact | None:
    """The fact of the months from which a total is worked out, where nothing else is said to the total: 「两个月」."""
    rest = _EACH.sub("", message.said[: entity.start]) + _EACH.sub("", message.said[entity.end :])
    bare = entity.kind == "duration" and _BARE.fullmatch(rest) is not None
    if not bare or total.type != "amount" or total.estimate is None:
        return None
    names = message.topic.expression(total.estimate).names
    return next((one for one in message.topic.facts if one.id in names and one.type == "duration"), None)


def rate_of(message: Message, total: Fact, entity: Entity) -> Fact | None:
    """Where a total is worked out from a rate, as wages owed from a month's, the fact that 「8000一个月」 tells."""
    if total.type != "amount" or total.estimate is None or not (per := told_per(message.said, entity)):
        return None
    names = message.topic.expression(total.estimate).names
    return next((one for one in message.topic.facts if one.id in names and asked_per(one) == per), None)
