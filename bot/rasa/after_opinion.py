"""What a message means after the opinion: a correction, a question about it, or something new."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot.interviews.afterwards import read_afterwards
from bot.interviews.conclude import conclude
from bot.interviews.general_answers import general_answers
from bot.interviews.reading import Reading
from bot.interviews.topic import Topic
from bot.rasa.another_name import another_name
from bot.rasa.asking import LASTS, MORE, asked, asks_more
from bot.rasa.beside import keeps, names, read_beside
from bot.rasa.cues import HAN, LAW_REFERENCE, LEGAL, PIECE, SHORT, is_addition, is_piece, is_question
from bot.rasa.intents import HURT, OUTSIDE, SMALL_TALK, TOPIC, Meaning
from bot.rasa.nearest import nearest, titled
from bot.rasa.ranking import BRIEF, PROCEDURE, SOCIAL, SURE, Ranking, other_topic
from bot.rasa.related import related
from bot.rasa.situation import Situation
from bot.rasa.wording import AFTER_OPINION
from bot.services.asked_of_country import told_in
from bot.understanding.follow_ups import supposition
from bot.understanding.papers import Wanted, wanted_papers
from bot.understanding.speech_acts import corrects
from bot.understanding.substance import acknowledges, is_bare

PLAIN = 0.90
"""Another topic must be this likely to be opened by a piece that names nothing of the law…"""
LEAST = 6
"""…and has so many Chinese characters."""
_QUESTION = 4
"""Characters of a question; 「能签吗」 is one too."""
_MAY = re.compile(r"(?:能|可以|该|要|用|得)\w+[吗么不嘛]")
_SUES = re.compile(
    r"^(?:那)?[我他她](?:们)?.{0,8}(?:能|可以|要|该|得).{0,6}(?:告|起诉|打官司|上法院|开庭).{0,3}[吗么不嘛?？]"
)
"""「他能先回国再告吗」 asks of this matter how a lawsuit of it goes."""
_WANTS_NOW = re.compile(
    r"(?:就|只|还|先|我)(?:想|要)(?:先)?(?:把|弄清楚?|搞清楚?|问清楚?|弄明白|了解)[^,，。;；?？]{1,12}(?:弄|搞|问|说|理|算)?(?:清楚|明白|解决)|"
    r"(?:就|只|还|先)(?:想|要)(?:先)?(?:问|说|谈|解决)[^,，。;；?？]{1,8}的(?:事|问题)"
)
_CONTINUES = re.compile(r"(?:那|那还|还有|还能|还可以|能不能再)(?!.{0,2}(?:件|个|一)).*[吗么呢不嘛?？]$")
_SHORT = 8
"""Characters of 「还有利息吗」, which asks on about the matter at hand."""
_REPORTS = re.compile(
    r"(?:(?:我|俺)?(?:老[大二三四小]|[哥姐弟妹]{1,2}|嫂子|姐夫|妹夫|婆婆|公公|老公|老婆|媳妇|[爸妈爹娘]{1,2}|前夫|前妻|男方|女方|中介|客服|学校|老师)|[他她]们?|对方|人家|公司|单位|老板|房东|邻居|商家|店家|物业|医院|司机|保险公司)(?:非|就|还|硬|都|又|老|总|现在|今天)*(?:说|讲|赖|推给|推说)(?!要|让|叫|不用|我)"
)
_DETAIL = re.compile(r"(?:其实|而且|监控|楼上|楼下|对方|[他她]们?|没|还没|都)(?!.*(?<!给)(?<!让)[我俺])")
"""「其实楼上是租客」 tells of the matter at hand, in which nobody else's is begun."""
_OF_ANY = re.compile(r"责任|赔偿?|证据|法律|[违犯]法")
"""Said of every matter: 「那学校有没有责任」."""
_BARE_SUM = re.compile(
    r"(?:我|他|还|有|交了?|收了?|的)*[\u4e00-\u9fff]{2,3}(?:是|有|交了?|一共)?[0-9一二两三四五六七八九十百千万]+(?:块钱?|元)?"
)
"""「押金5600」 tells a sum, and of nothing that is wrong with it."""
_REFUSES = re.compile(
    r"(?:那|那么|但是|可是)?(?:要是|如果|万一)?(?:[他她]们?|对方|人家|老板|公司|单位|房东|商家|店家|卖家|物业|邻居|医院)?(?:要是|如果|万一|就是|还是|死活|非)*"
    r"不(?:认账?|承认|给|来|签|理(?:我|会)?|赔|还|退|管|接电话|同意|露面|配合|开门)(?:钱|我|字)?(?:的话)?(?:呢|怎么办|咋办|咋整|怎么弄|又怎[么样]样?)?[?？]?"
)
_GOES_ON_TO_ASK = re.compile(r"那|(?:又|还|具体|到底)?(?:怎么|咋|如何)[\u4e00-\u9fff]{1,4}[?？]?$")
"""「怎么过户」, in so few words, is asked of the matter."""
_GOES_ON = re.compile(r"(?:我|他|她)?(?:只|也|都|就|还|又|是)?(?:有|没)")
"""「有收据没合同」 tells of the matter at hand."""


def after_opinion(
    words: str, ranking: Ranking, situation: Situation, topics: Mapping[str, Topic], today: date
) -> Meaning | None:
    """A correction, a question about the opinion, or None when the message opens something new."""
    name, chance = ranking[0] if ranking else ("", 0.0)
    other = other_topic(ranking, situation.topic, topics)
    if (wanted := wanted_papers(words)) is not None and not wanted.rest:
        return of_paper(wanted, situation.topic, topics) or Meaning("follow_up", 1.0)
    if (wanted_now := _WANTS_NOW.search(words)) is not None and (
        other_matter := related(situation.topic, wanted_now[0])
    ) in topics:
        return Meaning(TOPIC + other_matter, 1.0)  # 「先不离了，就想把赌债的事弄清楚」
    if acknowledges(words) and not (name in SMALL_TALK and chance >= SOCIAL):
        return Meaning("follow_up", 1.0)  # 「没有」 and 「好的」 are met; nobody is told that they were not understood
    question = is_question(words)
    asking = question or topics[situation.topic].kind == "service"
    if asking and not supposition(words) and _speaks_up(topics[situation.topic], situation, words, today):
        return Meaning("correct", 1.0)
    brief = len(words) <= BRIEF and asks_more(words) and not corrects(words)
    if words in AFTER_OPINION or (brief and not _of_another(words, other, topics)):
        return Meaning("follow_up", 1.0)  # 「要什么证据」 is about this matter, though there is a topic of evidence
    if other is not None and other[1] >= SURE and wants_cases(other[0], situation.topic, topics):
        return Meaning("follow_up", other[1], (other[0],))
    if len(words) <= BRIEF and asking and general_answers().names_item(topics[situation.topic], words):
        return Meaning("follow_up", 1.0)  # 「护理费呢」 opens no matter of the care of the old
    if told_in(topics[situation.topic], situation.known(), words) or another_name(topics[situation.topic], words):
        return Meaning("follow_up", 1.0)  # 「那匈牙利呢」, 「那乙律师事务所呢」
    # 「那我能要孩子不」 is asked of the other matter as 「我要孩子」 is told of it.
    few = len(HAN.findall(words)) <= PIECE and not is_bare(words)
    if few and not _BARE_SUM.fullmatch(words) and (beside := read_beside(situation.topic, words)) in topics:
        return Meaning(TOPIC + beside, 1.0)
    if few and asked(words) == (LASTS,) and related(situation.topic, words) in topics:
        return Meaning("follow_up", 1.0)  # 「那工资要多久能拿到」: the ways take as long there
    if few and question and (asked_of := related(situation.topic, words)) in topics:
        return Meaning(TOPIC + asked_of, 1.0)  # 「孩子归谁」 after an opinion on a divorce
    elsewhere = other is not None and other[1] >= SURE and not is_aside(words, other[0], topics)
    adds = _adds(words, other)
    # 「他说是物业的事」 is what the other side says of this matter.
    told_of_it = _REPORTS.match(words) is not None or (other is not None and keeps(situation.topic, other[0]))
    asks_on = len(words) <= _SHORT and _CONTINUES.match(words) is not None and LEGAL.search(words) is None
    of_the_same = other is not None and topics[other[0]].area == topics[situation.topic].area
    of_the_same = of_the_same and other is not None and other[0] not in HURT and not names(other[0], words)
    plain = len(words) <= SHORT and LEGAL.search(_OF_ANY.sub("", words)) is None
    asks_on = asks_on or (question and words.startswith("那") and plain and of_the_same)
    detail = other is not None and other[0] not in HURT and _DETAIL.match(words) is not None and is_addition(words)
    elsewhere = elsewhere and not (
        adds or told_of_it or asks_on or detail or refuses(words) or _BARE_SUM.fullmatch(words)
    )
    # 「鉴定费我出的」 wishes for no service; a wish was heard before.
    elsewhere = elsewhere and (question or other is None or topics[other[0]].kind == "consultation")
    if elsewhere and question and len(words) <= SHORT and other is not None and other[0] not in HURT:
        # What the opinion has in a title is asked of it, whatever topic knows the word too.
        elsewhere = not titled(words, conclude(topics[situation.topic], situation.known(), today))
    # A summons or a deadline told belongs to this matter, though there are topics of how to sue.
    mends = topics[situation.topic].kind == "service" and words.startswith("其实")
    if not elsewhere or mends or corrects(words) or (other is not None and topics[other[0]].area == PROCEDURE):
        reading = read_afterwards(topics[situation.topic], situation.known(), words, today)
        if corrects(words) or (not question and (_brings_news(reading) or reading.rejected)):
            return Meaning("correct", 1.0)
    if refuses(words):
        return Meaning("follow_up", 1.0)
    if elsewhere or LAW_REFERENCE.search(words) or (name == "learn" and chance >= SOCIAL):
        return None
    if asks_more(words):
        return Meaning("follow_up", 1.0)
    if name == TOPIC + situation.topic and chance >= SURE:
        return Meaning("follow_up" if question else "same_topic", chance)
    if name in SMALL_TALK and chance >= SOCIAL and not (question and name == "goodbye"):
        return Meaning(name, chance)  # 「那我还养他不」 is no good-bye
    if adds or is_addition(words):
        return Meaning("nlu_fallback", 1.0)  # it belongs to what was told, and opens nothing
    asks = question and (len(words) >= _QUESTION or _MAY.match(words) is not None)
    # 「怎么辞掉」 is no matter of law by itself, and is one after an opinion that speaks of it.
    if (asks and name == OUTSIDE) or supposition(words):
        opinion = conclude(topics[situation.topic], situation.known(), today)
        of_it = (
            nearest(words, opinion) or (supposition(words) and not LEGAL.search(words)) or _GOES_ON_TO_ASK.match(words)
        )
        return Meaning("follow_up", SOCIAL) if of_it else None
    return Meaning("follow_up", SOCIAL) if asks else None


def refuses(words: str) -> bool:
    """Whether it is asked what happens where the other side does not do as it should: 「他要是不认呢」."""
    return len(words) <= SHORT and _REFUSES.fullmatch(words) is not None


def _speaks_up(topic: Topic, situation: Situation, words: str, today: date) -> bool:
    """Whether it is asked with a word that the topic never asks for, 「交不起鉴定费咋办」, and has an answer to."""
    known = situation.known()
    told = read_afterwards(topic, known, words, today).facts
    return any(not topic.fact(one).asked and value.value is True and one not in known for one, value in told.items())


def of_paper(wanted: Wanted, current: str, topics: Mapping[str, Topic]) -> Meaning | None:
    """The topic of the paper that is wanted, where it is not the `current` one's; None where that one may draft it."""
    paper = next(iter(wanted.papers), None)
    if paper is None or paper.opens not in topics or paper.opens == current:
        return None
    drafted = current in topics and paper.id in {draft.use for draft in topics[current].documents}
    return None if drafted else Meaning(TOPIC + paper.opens, 1.0)


def is_aside(words: str, other: str, topics: Mapping[str, Topic]) -> bool:
    """A short 「要准备什么证据」 beside a matter is about that matter, although topics on procedure know it too."""
    if topics[other].area != PROCEDURE or len(words) > SHORT:
        return False
    return asks_more(words) or _SUES.search(words) is not None


def wants_cases(other: str, topic: str, topics: Mapping[str, Topic]) -> bool:
    """Whether cases like a matter at hand are asked for, by a message about `other`: it need not be told again."""
    return topics[topic].kind == "consultation" and any(one.what == "cases" for one in topics[other].look_up)


def _of_another(words: str, other: tuple[str, float] | None, topics: Mapping[str, Topic]) -> bool:
    """Whether beside what is asked another matter is named: 「离婚要什么材料」 after an opinion on wages."""
    if other is None or other[1] < SURE or topics[other[0]].area == PROCEDURE:
        return False
    if "律师费" in words and topics[other[0]].kind == "service":
        return False  # what a lawyer costs, or gives back, looks for none
    named = MORE.sub("", words)
    return len(HAN.findall(named)) >= 2 and bool(LEGAL.search(named))


def _adds(words: str, other: tuple[str, float] | None) -> bool:
    """Whether a piece goes on about the matter: 「喝了酒」 and 「有收据没合同」 name no matter of their own."""
    if not is_addition(words) or other is None:
        return is_piece(words)
    if LEGAL.search(words):
        return bool(_GOES_ON.match(words)) or (other[1] < PLAIN and len(HAN.findall(words)) < LEAST)
    return other[1] < PLAIN or len(HAN.findall(words)) < LEAST


def _brings_news(reading: Reading) -> bool:
    return bool(reading.facts or reading.corrected)
