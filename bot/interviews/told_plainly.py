"""Reads a yes, a no, 「不知道」 and free words as the answer to the question asked."""

from __future__ import annotations

import re

from bot.interviews.another_thing import does_another, names_another_thing
from bot.interviews.belongs import denied_elsewhere, having, leaves_open, others, speaks_of
from bot.interviews.facts import FactValue, Plain
from bot.interviews.hearing import END_MARKS, Hearing
from bot.interviews.inference import ESTIMATED
from bot.interviews.phrases import single
from bot.interviews.quick_replies import UNKNOWN_CHOICE
from bot.interviews.topic_parts import Fact
from bot.understanding.feelings import is_only_feeling
from bot.understanding.numerals import find_numerals
from bot.understanding.places import names_place_only
from bot.understanding.speech_acts import read_polarity
from bot.understanding.substance import content, is_bare, scolds

_NOT_YET = re.compile(r"^(?:我|他|她|人)?(?:(?:还没有?|尚未|还未)(?!记)[^\d]{0,6}|没有?(?!记)[^\d\s,，。]{0,4})$")
"""「还没走呢」 to the question on which day: there is none yet."""
_PROMISED = re.compile(r"约定|说好|该[付交给还]")
"""Labels of days that were promised: 「没交房」 says that the promise was broken, not that no day was named."""
_NOT_NAMED = re.compile(
    r"(?:合同|协议|[借欠]条|字据|上面|里面|[里上]|当时|也|都|就|他们?|我们?|还)*(?:没有?|未)(?:明确|具体|[跟和])*"
    r"(?:写|说|定|约|讲|提|谈|签|看|问|留意|注意|注明)"
)
_WHAT_WAS_SAID = re.compile(r"^[^没不未]*说(?:过|了)?[他她我自己]*(?:不(?!是$)|没(?!有?[过了的]?$|事|说|想|提))")
"""「他说不想上学」 to the question whether something was said tells what was, and denies nothing."""
_NOT_SEEN = re.compile(r"(?:没有?|未)(?:看|收|见|接)(?:到|过)")
"""「公告没看到」 to the question when it was seen."""
_NOT_ALL = re.compile(r"没有?[\u4e00-\u9fff]{0,3}[完光满够齐清]")
_WHO = re.compile(r"(?:不知道|不清楚|不晓得)(?:是|到底)?谁")
_OTHERS_UNKNOWING = re.compile(
    r"(?:[他她]们?|我?(?:爸爸?|妈妈?|姐姐?|哥哥?|弟弟?|妹妹?|老公|老婆|媳妇|男人|家里人?|家人|爸妈|父母|孩子|儿子|女儿)|"
    r"老板|公司|单位|学校|老师|别人)(?:都|还|现在|并|根本|一直)*(?:不知道|不晓得)(?:这事|这个事|这件事|我来问|呢|的)*[。.!！]*$"
)
_WHEN = re.compile(r"什么时候|啥时候|什么时间|几时|哪一?[天年月日]|几[号月]|日子|日期|多久|多长时间")
"""What they cannot say is a day or a length of time."""
_GOES_ON = "还在"
_OVER = re.compile(r"(?<![在着])了[吧呢啊呀的]*$")
"""「被开了」 and 「删了」 tell that something changed; they affirm no 还在……吗."""
_LACKED = re.compile(r"没有?[\u4e00-\u9fff]")
"""「没休过」 to 没休的天数 says of what there is some, not that there is none."""
_ALONE = re.compile(r"[^,，。;；!！\n]*\x00[^,，。;；!！\n]*")
"""A clause of which something else was read."""
_DONE_THEN = re.compile(r"(?<=\x00)(?!是)[\u4e00-\u9fff]的")
"""「去年秋天收的」 tells a day and affirms nothing else."""
_LONGEST_TEXT = 500
_LONGEST_PLACE = 20
_ASKS = re.compile(r"[?？吗么]$|有没有|怎么|多少|多久|能不能|什么|几[天点号个]")
"""「有没有钱补」 names no place."""
_NONE = re.compile(r"[不没无忘否别冇]|算了|^no?$", re.IGNORECASE)
_ANYWHERE = re.compile(
    r"(?:随便|(?:在?哪(?:里|儿|个地方)?|都)都?(?:行|可以|成)|无所谓|没所谓|你们?(?:看着办|定|说了算)|没想好|还没定|看情况)[吧了啊呀都行可以]*"
)
"""Names no place, though one was asked for."""
_NO_PLACE = re.compile(
    r"[你您骗烦我俺他她]|不了|投诉|举报|我[要想怕]|不想|算了|谢谢|气死|^(?:刚|刚刚|刚才|昨[天晚]|今[天早年]|前[天年]|去年|明[天年]|上个?月|下个?月|上周|下周|早上|晚上|"
    r"最近|[0-9一二两三四五六七八九十几半]+个?[天月年]前?)[的了]?$"
)
"""Somebody speaks to whoever asks, or tells when."""
_NO_NAME = re.compile(r"[我他她你您]")
"""「他让我先交钱」 is nobody's name."""
_NONE_OF_THESE = re.compile(
    r"(?:上面|这些|以上|这几[个样种])?(?:都|全|一个都|哪个都|一样都)(?:不是|没有|不像|不对|不算)[的了啊]*"
)
_LEFT_OVER = ("other", "none")
"""Values of the option for what none of the others is."""
_DIVISION = re.compile(r"[省市区县州盟旗镇乡村里街屯寨]$")
"""Ends the name of a place, also one that begins like a yes or a no: 会理县, 不夜城街."""


def read_plain(hearing: Hearing, fact: Fact) -> None:
    """Yes, no, 「不知道」, a place among the quick replies, or free words."""
    if not hearing.said.strip("\n" + END_MARKS):
        return
    said = content(hearing.said) if hearing.corrects else hearing.said
    polarity = read_polarity(said)
    if fact.type != "text" and polarity != "unknown" and is_only_feeling(said):
        return  # 「太累了，不想干了」 denies nothing that was asked
    if polarity in {"yes", "no"} and fact.type not in {"text", "place", "choice"}:
        of_others = others(hearing.topic, fact, said.strip(END_MARKS))
        if of_others:
            _give(hearing, of_others)
            return
        if polarity == "no" and denied_elsewhere(hearing.topic, fact, said):
            return
        if not speaks_of(hearing.topic, fact, said, yes=polarity == "yes"):
            return
    if fact.type in {"text", "place"}:
        _read_text(hearing, fact, said, polarity)
    elif fact.type == "choice" and _NONE_OF_THESE.fullmatch(said.strip(END_MARKS)):
        left = [one.value for one in fact.options if one.value in _LEFT_OVER]
        if left and fact.id not in hearing.new:
            hearing.new[fact.id] = FactValue(left[0], False, hearing.said)
    elif polarity == "unknown" and _OTHERS_UNKNOWING.match(said):
        return  # 「我姐不知道」 tells who has not been told
    elif fact.type == "choice" and _WHO.search(said) and "谁" not in fact.question:
        return  # 「不知道谁家的」 leaves open whose it is, not what was asked
    elif polarity == "unknown" and fact.type not in {"date", "duration"} and _other_time(fact, said):
        return  # 「具体哪天记不清了」 leaves open the day, not the sum that was asked
    elif polarity == "unknown" and (other := leaves_open(hearing.topic, fact, said.strip(END_MARKS))) is not None:
        if other and other not in hearing.facts and other not in hearing.silent:
            hearing.new[other] = FactValue(None, True, hearing.said)
    elif said == UNKNOWN_CHOICE or polarity == "unknown" or (fact.type == "date" and _no_day(hearing, fact, said)):
        hearing.new[fact.id] = FactValue(None, True, hearing.said)
    elif fact.type == "yes_no":
        if polarity == "no" and "说过" in fact.question and _WHAT_WAS_SAID.search(said):
            return
        has = having(hearing.topic, fact, said.strip(END_MARKS))
        if has is not None:
            hearing.new[fact.id] = FactValue(has, False, hearing.said)
        elif (polarity := read_polarity(_rest(hearing, said))) is not None:
            if polarity == "yes" and (_is_over(fact, said) or does_another(hearing.topic, fact, said.strip(END_MARKS))):
                return
            hearing.new[fact.id] = FactValue(polarity == "yes", False, hearing.said)
    elif fact.type in {"amount", "count"} and polarity == "no" and _none_of_it(said) and hearing.plausible(fact, 0.0):
        if any(one in fact.label for one in _LACKED.findall(said)) or read_polarity(_rest(hearing, said)) != "no":
            return  # 「病历不给复印」 denies something else, and no cost
        hearing.new[fact.id] = FactValue(0.0, False, hearing.said)


def _is_over(fact: Fact, said: str) -> bool:
    """Whether it tells of a change, where the question is whether something still goes on."""
    plain = said.strip(END_MARKS)
    return _GOES_ON in fact.question and "还" not in plain and bool(_OVER.search(plain)) and not is_bare(plain)


def _other_time(fact: Fact, said: str) -> bool:
    """Whether a day or length of time is what they do not know, though the question names none."""
    named = _WHEN.search(said)
    return named is not None and _WHEN.search(fact.question) is None


def _no_day(hearing: Hearing, fact: Fact, said: str) -> bool:
    """Whether there is none yet, or none that they know."""
    if not is_bare(said) and names_another_thing(hearing.topic, fact, said.strip(END_MARKS)):
        return False
    unseen = "到" in fact.question and _NOT_SEEN.search(said)
    if fact.future and _PROMISED.search(fact.label):
        return bool(is_bare(said) and _NOT_YET.match(said) or _NOT_NAMED.match(said) or unseen)
    return bool(_NOT_YET.match(said) or unseen)


def _none_of_it(said: str) -> bool:
    """Whether a denial denies the whole: not 「还有两针没打」, which counts what is left, nor 「没用完」."""
    return not _NOT_ALL.search(said) and all(one.high <= 1 for one in find_numerals(said))


def _give(hearing: Hearing, owners: tuple[str, ...]) -> None:
    """A yes or no in the words of one other fact is that one's, said again or said late."""
    told = [
        (one, value) for one in owners if one not in hearing.silent and (value := _worded(hearing, one)) is not None
    ]
    if len(told) != 1:
        return
    (fact_id, value), before = told[0], hearing.facts.get(told[0][0])
    if before is not None and before.value is not None and before.value != value:
        hearing.offers.doubts[fact_id] = FactValue(value, False, hearing.said)
    else:
        hearing.new[fact_id] = FactValue(value, False, hearing.said)


def _worded(hearing: Hearing, fact_id: str) -> Plain:
    """What the message says of the fact in the fact's own phrases."""
    fact = hearing.topic.fact(fact_id)
    value = single(hearing.used(fact, True))
    return value if value is None or fact.type == "choice" else value == "yes"


def _read_text(hearing: Hearing, fact: Fact, said: str, polarity: str | None) -> None:
    """A story or a name is taken whatever it affirms or denies; a bare 「没有」 says that there is none to tell."""
    elsewhere = any(one.said in (said, said.removesuffix("的")) for one in hearing.new.values())
    if fact.first == "name" and (_ASKS.search(said) or elsewhere):
        return  # 「湖南长沙」 and 「北京的」 tell where, and 「没处分过吧？」 asks
    if fact.type == "place" and _ANYWHERE.fullmatch(said.strip(END_MARKS)):
        hearing.new[fact.id] = FactValue(None, True, hearing.said)
        return
    if fact.type == "place" and _NO_PLACE.search(said) and not _DIVISION.search(said):
        return
    if fact.first == "story" and names_place_only(said):
        return
    if fact.first == "name" and _NO_NAME.search(said):
        return
    if scolds(said) or (fact.type == "place" and _ASKS.search(said) and not _DIVISION.search(said)):
        return
    if is_bare(said):
        if polarity == "unknown" or fact.type == "text" and _NONE.search(said):
            hearing.new[fact.id] = FactValue(None, True, hearing.said)
    elif fact.type == "text" or len(said) <= _LONGEST_PLACE and (polarity is None or _DIVISION.search(said)):
        hearing.new[fact.id] = FactValue(said[:_LONGEST_TEXT], False, said[:_LONGEST_TEXT])
    elif polarity == "unknown":
        hearing.new[fact.id] = FactValue(None, True, hearing.said)


def _rest(hearing: Hearing, said: str) -> str:
    """What was said beside the answers to other questions: 「没催过」 to another one denies nothing here."""
    rest = said
    for told in hearing.new.values():
        if told.said and not told.said.startswith(ESTIMATED):
            rest = rest.replace(told.said, "\0", 1)
    rest = _DONE_THEN.sub("", rest)
    # 「在河南周口」 is no 在: beside what was read of a clause a single character says nothing by itself.
    rest = _ALONE.sub(lambda found: "" if len(found[0].strip()) <= 2 else found[0].replace("\0", ""), rest)
    return rest.strip(END_MARKS)
