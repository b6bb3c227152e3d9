"""Decides what a message means at this point of the conversation; a plain answer is never taken for a new topic."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.education.answer import read_answer
from bot.education.wish import read_reply, read_wish
from bot.interviews.quick_replies import quick_replies
from bot.interviews.reading import Reading, read_answers
from bot.interviews.topic import Topic
from bot.rasa.bare_words import says_nothing
from bot.rasa.situation import Situation
from bot.rasa.wording import APPLY, APPLY_LATER
from bot.understanding.danger import find_danger, mentions_violence
from bot.understanding.meant import meant
from bot.understanding.speech_acts import asks_repeat, asks_why, corrects, read_polarity, wants_person

Ranking = Sequence[tuple[str, float]]

TOPIC = "topic_"
SURE = 0.55
"""A topic this likely is taken up without asking back."""
ALONE = 0.50
"""A topic this likely is taken up when no other is possible: a search costs less than the wrong interview."""
POSSIBLE = 0.15
"""A topic this likely is worth an either/or question."""
CLOSE = 0.05
"""Two topics are close when the second is this likely beside the first: to ask costs less than the wrong interview."""
AREA_SURE = 0.50
"""An area of law this likely overrules a topic of another area, and lets two topics of its own be asked about."""
AREA_POSSIBLE = 0.20
"""A topic's area this likely leaves the topic alone."""
WITHIN = 0.20
"""Two topics of a sure area are worth an either/or question when they are this likely together."""
OUTSIDE = "out_of_scope"
SERIOUS = 0.35
"""Below this the best topic is no candidate for an either/or question."""
SHORT = 14
"""Characters; a longer message tells a story."""
BRIEF = 12
"""Chinese characters; what is longer than this and asks or names a matter is no greeting and no plain answer."""
LASTING = 0.80
"""A long complaint or question about the bot must be this likely."""
WORDY = 20
"""Chinese characters; nobody greets, thanks or chats at this length."""
SECOND = 0.80
"""In the middle of an interview another topic must be this likely, so that no answer is mistaken for one."""
SOCIAL = 0.50
"""A greeting, thanks or question about the bot must be this likely."""

PROCEDURE = "procedure"
"""Area of the topics that every other matter touches: evidence, costs, how to sue."""
HOME = "domestic_violence"
"""Comes before whatever else somebody tells who is beaten at home."""
_FAMILY = re.compile(
    r"老公|丈夫|老婆|妻子|媳妇|男朋?友|女朋?友|对象|前[夫妻]|公公|婆婆|[爸妈]|父亲|母亲|继[父母]|儿子|女婿|同居"
)

_LAW_REFERENCE = re.compile(r"第[零〇一二三四五六七八九十百千\d]+条|《[^》]{2,30}》|哪[条部]法|法律依据|什么法律|法条")
_QUESTION = re.compile(r"[?？]|吗$|呢$|怎么|咋|如何|什么|多少|哪[里儿个些]|能不能|可不可以|是不是|会不会|要不要|有没有")
_ADDITION = re.compile(
    r"^(?:另外|还有(?:个|一个|一件|件)|对了|顺便|再问|还想问|我还想|此外)|(?:另外|还有个|顺便|还想)(?:问|咨询)"
)
_START_OVER = re.compile(
    r"^(?:我(?:想|要))?(?:重新开始|从头(?:开始|再来)|重来(?:一遍|一次)?|重新(?:咨询|问)|换个?问题|不问这个了).{0,6}$"
)
_MATTER = re.compile(
    r"(?:事项|咨询|案件|工单|受理)(?:编?号|单号)|我的编?号|查询码|(?<!\d)\d{8}\s*[-—–－]\s*\d{4}(?!\d)"
)
_YES = {"person": "ask_person", "again": "start_again"}
"""What yes means to an offer."""
_FILLER = re.compile(r"[呃嗯啊哦噢额唔哎诶哈嘿喂呀嘛吧哼,，。.…!！?？~～\s]+")
_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_CONTINUE = re.compile(r"^(?:继续|接着)(?:问|说|咨询|回答)?(?:吧|。)?$")
_FIRST = re.compile(r"^(?:是)?(?:第一|前)(?:个|种|者|面|一个)|^1$|^一$")
_SECOND = re.compile(r"^(?:是)?(?:第二|后)(?:个|种|者|面|一个)|^2$|^二$")
_BOTH = re.compile(r"^(?:两个|两者|两种)?都(?:是|有|想问|要)")
_NEITHER = re.compile(r"都不是|都没有|^不是")
_GOODBYE = re.compile(r"再见|拜拜|回头见|先这样|不(?:问|聊)了|挂了|谢")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LEGAL = re.compile(
    r"违法|犯法|合法|法律|法院|法人|法官|律师|诉讼|起诉|上诉|判[刑决几多]|[索要理]?赔[偿款付]?|侵权|合同|协议|违约|罚[款金单]|处罚"
    r"|拘留|拘役|取保|报[警案]|警察|公安|交警|派出所|检[察查]院|逮捕|坐牢|犯罪|[诈被]骗|骗[了子走钱]|纠纷|仲裁|维权|投诉|举报"
    r"|退[款钱货费]|押金|定金|违章|欠[钱款债条薪]?|债|借条|贷款|催收|离婚|彩礼|抚养|赡养|遗[产嘱]|继承|工资|工伤|加班费|社保"
    r"|证据|立案|产权|房产|征[地收用]|占地|拆迁|补偿|户口|股[东权]|责任|冻结|查封|通讯录|肖像|隐私|名誉"
)
_MORE = re.compile(
    r"证据|材料|准备什么|带什么|去哪|哪里|哪儿|地址|电话|找谁|多久|期限|时效|什么时候|最晚|来得及|怎么办|下一步|第一步|流程|步骤|法律援助|请律师|没钱|费用"
    r"|文书|申请书|申请表|起诉书|起诉状|诉状|状子|协议书|借条|清单|范本|模板|通知书|投诉信|帮我写|代写|怎么写|起草"
)

_BRIEF = frozenset(
    {"greet", "thanks", "goodbye", "affirm", "deny", "dont_know", "inform", "correct", "repeat", "restart", "ask_why"}
)
"""Nobody needs a long sentence for these; in one they are the courtesy or the detail beside the matter."""
_LASTING = frozenset({"bot_challenge", "complaint", "matter_status", "handoff"})
"""A long sentence may well be one of these, if nothing else is likely."""
SMALL_TALK = frozenset({"greet", "thanks", "goodbye", "bot_challenge", "complaint"})
MEANT = {
    "handoff": "ask_person",
    "restart": "start_over",
    "law_question": "ask_law",
    "repeat": "ask_repeat",
    "ask_why": "bot_challenge",
    # Answers without a question:
    "inform": "nlu_fallback",
    "affirm": "nlu_fallback",
    "deny": "nlu_fallback",
    "dont_know": "nlu_fallback",
    "correct": "nlu_fallback",
}
"""What the intents of the examples mean where nothing in the situation says otherwise."""
DANGER = "danger_"
ALARMED = 0.75
"""Danger read by the classifier alone, without the words that name it, must be this likely."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a message is, as an intent of the domain."""

    intent: str
    confidence: float
    candidates: tuple[str, ...] = ()
    """Topic ids: the two of an either/or question, or the second topic that was raised."""
    parts: tuple[str, ...] = ()
    """Of a message about two problems the words on each: on the topic of the intent, then on the candidates."""


def decide(
    text: str,
    ranking: Ranking,
    situation: Situation,
    topics: Mapping[str, Topic],
    today: date,
    areas: Ranking = (),
) -> Meaning:
    """The meaning of `text`, whose intents `ranking` and areas of law `areas` list best first, in `situation`.

    Never raises for odd input.
    """
    words = meant(text)
    if not words:
        return Meaning("nothing_said", 1.0)
    if _is_choice(words, situation, topics):
        return Meaning("answer", 1.0)  # what the bot itself offers is an answer, even where it names a danger
    if words in {meant(option[0]) for option in (situation.offer or {}).get("options") or ()}:
        return Meaning("quiz_answer", 1.0)
    if find_danger(words) is not None:
        return Meaning("danger", 1.0)
    if wants_person(words):
        return Meaning("ask_person", 1.0)
    top = ranking[0] if ranking else ("", 0.0)
    offer = situation.offer or {}
    if offer.get("kind") in ("quiz", "lesson") and (meaning := _reply_to_lesson(words, top, offer)) is not None:
        return meaning
    if read_wish(words) is not None:
        return Meaning("learn", 1.0)
    if _START_OVER.search(words):
        return Meaning("start_over", 1.0)
    if top[0].startswith(DANGER) and top[1] >= ALARMED and len(words) >= 5:
        return Meaning("danger", top[1])
    if situation.offer is not None and (meaning := _reply_to_offer(words, top, situation, topics, today)) is not None:
        return meaning
    if _MATTER.search(words) and len(words) < 30:
        return Meaning("matter_status", 1.0)
    if situation.stage == "interview" and situation.topic in topics:
        return _in_interview(words, ranking, situation, topics, today)
    if asks_repeat(words) and len(words) <= SHORT:
        return Meaning("ask_repeat", 1.0)
    if situation.stage == "told" and situation.topic in topics:
        meaning = _after_opinion(words, ranking, situation, topics, today)
        if meaning is not None:
            return meaning
    return _fresh(words, ranking, areas, topics)


def _is_choice(words: str, situation: Situation, topics: Mapping[str, Topic]) -> bool:
    if situation.stage != "interview" or situation.topic not in topics or not situation.asked:
        return False
    return words in map(meant, quick_replies(topics[situation.topic].fact(situation.asked)))


def _reply_to_offer(
    words: str, top: tuple[str, float], situation: Situation, topics: Mapping[str, Topic], today: date
) -> Meaning | None:
    """What the words say to the bot's proposal; None when they are about something else."""
    offer = situation.offer or {}
    if offer.get("kind") == "clarify":
        candidates = [topics[one] for one in offer["topics"] if one in topics]
        first, second = offer["topics"]
        names = offer["names"]
        for topic, name in zip((first, second), names, strict=True):
            if words == name:
                return Meaning(TOPIC + topic, 1.0)
        if _FIRST.search(words) or _BOTH.search(words):
            return Meaning(TOPIC + first, 1.0, (second,) if _BOTH.search(words) else ())
        if _SECOND.search(words):
            return Meaning(TOPIC + second, 1.0)
        if _NEITHER.search(words):
            return Meaning("ask_law", 1.0)
        if top[0] in (TOPIC + first, TOPIC + second) and top[1] >= POSSIBLE:
            return Meaning(top[0], top[1])
        # Who goes on telling instead of choosing means the topic whose facts the words fill.
        filled = [one.id for one in candidates if read_answers(one, {}, None, words, today).facts]
        return Meaning(TOPIC + filled[0], POSSIBLE) if len(filled) == 1 else None
    if offer.get("kind") == "recall" and _CODE.search(words):
        return Meaning("matter_status", 1.0)
    if len(words) > 12:
        return None
    said = read_polarity(words)
    if offer.get("kind") == "apply":
        if words == APPLY or said == "yes":
            return Meaning("apply", 1.0)
        return Meaning("decline", 1.0) if words == APPLY_LATER or said == "no" else None
    if offer.get("kind") == "person" and _CONTINUE.search(words):
        return Meaning("decline", 1.0)
    if said == "yes" and offer.get("kind") in _YES:
        return Meaning(_YES[offer["kind"]], 1.0)
    # In an interview "no" may answer the question that stands; outside it can only decline.
    if said == "no" and situation.stage != "interview":
        return Meaning("decline", 1.0)
    return None


def _reply_to_lesson(words: str, top: tuple[str, float], offer: Mapping[str, Any]) -> Meaning | None:
    """What the words say to a lesson or to its question; None when they are about something else."""
    open_question = offer.get("kind") == "quiz"
    answered = open_question and read_answer(offer["options"], words) is not None
    elsewhere = top[0].startswith(TOPIC) and top[1] >= SURE
    if answered and len(words) <= WORDY and not (_QUESTION.search(words) and elsewhere):
        return Meaning("quiz_answer", 1.0)
    reply = read_reply(words)
    if reply == "stop":
        return Meaning("decline", 1.0)
    if reply == "give_up":
        return Meaning("quiz_answer", 1.0) if open_question else None
    if reply is not None:
        return Meaning("learn", 1.0)
    if len(words) > SHORT or elsewhere or read_wish(words) is not None:
        return None
    if open_question:
        # Neither an answer nor anything else: the question is explained rather than the citizen misunderstood.
        unheard = top[1] < SOCIAL or top[0] == "out_of_scope" or MEANT.get(top[0]) == "nlu_fallback"
        return Meaning("quiz_answer", 0.5) if unheard else None
    said = read_polarity(words)
    if said == "yes":
        return Meaning("learn", 1.0)
    return Meaning("decline", 1.0) if said == "no" else None


def _in_interview(
    words: str, ranking: Ranking, situation: Situation, topics: Mapping[str, Topic], today: date
) -> Meaning:
    if asks_why(words) and not _LAW_REFERENCE.search(words):
        return Meaning("ask_why", 1.0)
    if asks_repeat(words):
        return Meaning("ask_repeat", 1.0)
    reading = read_answers(topics[situation.topic], situation.known(), situation.asked or None, words, today)
    other = _other_topic(ranking, situation.topic, topics)
    if other is not None and _ADDITION.search(words):
        return Meaning("second_topic", other[1], (other[0],))
    if reading.understood or reading.facts or reading.corrected or reading.rejected:
        return Meaning("answer", 1.0)
    if _LAW_REFERENCE.search(words):
        return Meaning("ask_law", 1.0)
    aside = other is not None and _is_aside(words, other[0], topics)
    if other is not None and not aside and other[1] >= SECOND and len(_HAN.findall(words)) >= 5:
        return Meaning("second_topic", other[1], (other[0],))
    name, chance = ranking[0] if ranking else ("", 0.0)
    # 「走了」 may answer a question; only a plain good-bye ends one.
    if name == "goodbye" and not _GOODBYE.search(words):
        return Meaning("answer", 0.5)
    if chance >= SOCIAL and (name in SMALL_TALK or name in ("matter_status", "out_of_scope", "handoff")):
        return Meaning(MEANT.get(name, name), chance)
    if _QUESTION.search(words) and len(words) >= 4:
        if name == "law_question" and chance >= SOCIAL:
            return Meaning("ask_law", chance)
        return Meaning("ask_ahead", max(chance, SOCIAL))
    return Meaning("answer", 0.5)


def _after_opinion(
    words: str, ranking: Ranking, situation: Situation, topics: Mapping[str, Topic], today: date
) -> Meaning | None:
    """A correction, a question about the opinion, or None when the message opens something new."""
    if words in _labels() or (len(words) <= BRIEF and _MORE.search(words) and not corrects(words)):
        return Meaning("follow_up", 1.0)  # 「要什么证据」 is about this matter, though there is a topic of evidence
    name, chance = ranking[0] if ranking else ("", 0.0)
    other = _other_topic(ranking, situation.topic, topics)
    elsewhere = other is not None and other[1] >= SURE and not _is_aside(words, other[0], topics)
    question = bool(_QUESTION.search(words))
    if not elsewhere or corrects(words):
        reading = read_answers(topics[situation.topic], situation.known(), None, words, today)
        if corrects(words) or (not question and _brings_news(reading)):
            return Meaning("correct", 1.0)
    if elsewhere or _LAW_REFERENCE.search(words) or (name == "learn" and chance >= SOCIAL):
        return None
    if _MORE.search(words):
        return Meaning("follow_up", 1.0)
    if name == TOPIC + situation.topic and chance >= SURE:
        return Meaning("follow_up" if question else "same_topic", chance)
    if name in SMALL_TALK and chance >= SOCIAL:
        return Meaning(name, chance)
    return Meaning("follow_up", SOCIAL) if question and name != "out_of_scope" and len(words) >= 4 else None


def _is_aside(words: str, other: str, topics: Mapping[str, Topic]) -> bool:
    """A short 「要准备什么证据」 beside a matter is about that matter, although topics on procedure know it too."""
    return topics[other].area == PROCEDURE and len(words) <= SHORT and bool(_MORE.search(words))


def _labels() -> frozenset[str]:
    from bot.rasa.wording import AFTER_OPINION

    return frozenset(AFTER_OPINION)


def _brings_news(reading: Reading) -> bool:
    return bool(reading.facts or reading.corrected)


def _fresh(words: str, ranking: Ranking, areas: Ranking, topics: Mapping[str, Topic]) -> Meaning:
    """A message with nothing before it that matters."""
    if not _HAN.search(words):
        return Meaning("other_language" if re.search(r"[A-Za-z]{3}", words) else "nlu_fallback", 1.0)
    if _FILLER.fullmatch(words) or says_nothing(words, topics):
        return Meaning("nlu_fallback", 1.0)  # no refusal: they may be looking for words
    ranking = _of_the_matter(words, ranking)
    name, chance = ranking[0] if ranking else ("", 0.0)
    if name == OUTSIDE and _may_be_law(words):
        return Meaning("ask_law", chance)  # a search that finds nothing says so; a refusal turns somebody away
    if chance < SERIOUS and areas and areas[0][0] == OUTSIDE and areas[0][1] >= AREA_SURE and not _may_be_law(words):
        return Meaning("out_of_scope", areas[0][1])
    likely = [(intent.removeprefix(TOPIC), p) for intent, p in ranking if _is_topic(intent, topics)]
    if name.startswith(TOPIC) and likely and (meaning := _elsewhere(words, likely, areas, topics)) is not None:
        return meaning
    if name.startswith(TOPIC) and likely:
        if (
            len(likely) >= 2
            and ranking[1][0] == TOPIC + likely[1][0]
            and likely[1][1] >= CLOSE * chance
            and chance >= SERIOUS
        ):
            return _either(words, chance, likely[0][0], likely[1][0], topics)
        if chance >= SURE or (chance >= ALONE and (len(likely) < 2 or likely[1][1] < POSSIBLE)):
            return Meaning(name, chance)
        if len(likely) >= 2 and likely[1][1] >= POSSIBLE:
            return _either(words, chance, likely[0][0], likely[1][0], topics)
    elif name == "inform" and len(words) > SHORT:
        return Meaning("ask_law", chance)  # a story told as facts, about something no topic knows
    elif name and not name.startswith(TOPIC) and chance >= SOCIAL:
        return Meaning("danger" if name.startswith(DANGER) else MEANT.get(name, name), chance)
    if _LAW_REFERENCE.search(words):
        return Meaning("ask_law", 1.0)
    if len(likely) >= 2 and likely[0][1] + likely[1][1] >= SURE and likely[1][1] >= POSSIBLE / 2:
        return _either(words, chance, likely[0][0], likely[1][0], topics)
    if areas and areas[0][1] >= AREA_SURE:
        within = [(topic, p) for topic, p in likely if topics[topic].area == areas[0][0]][:2]
        if len(within) == 2 and sum(p for _, p in within) >= WITHIN:
            return _either(words, chance, within[0][0], within[1][0], topics)
    # Long enough to be a story or a question, and not recognised: the law is searched rather than guessed.
    if len(_HAN.findall(words)) >= 6 and (name != "out_of_scope" or len(words) > SHORT):
        return Meaning("ask_law", chance)
    # 「呃呃」 is not understood; to be told that it is no matter of law would lead nowhere.
    return Meaning("out_of_scope" if name == OUTSIDE and chance >= POSSIBLE else "nlu_fallback", chance)


def _may_be_law(words: str) -> bool:
    """Legal words, or a story: whoever tells one is not turned away."""
    told = _LEGAL.search(words) or _LAW_REFERENCE.search(words)
    return bool(told) or len(_HAN.findall(words)) > WORDY


def _elsewhere(
    words: str, likely: Sequence[tuple[str, float]], areas: Ranking, topics: Mapping[str, Topic]
) -> Meaning | None:
    """An either/or question or a search where the area is nearly certain and the best topic lies in another."""
    if not areas or areas[0][1] < AREA_SURE or areas[0][0] == topics[likely[0][0]].area:
        return None
    if dict(areas).get(topics[likely[0][0]].area, 0.0) >= AREA_POSSIBLE:
        return None
    for topic, chance in likely[1:]:
        if topics[topic].area == areas[0][0] and chance >= CLOSE * likely[0][1]:
            return _either(words, likely[0][1], topic, likely[0][0], topics)
    return Meaning("ask_law", likely[0][1])


def _either(words: str, chance: float, first: str, second: str, topics: Mapping[str, Topic]) -> Meaning:
    """An either/or question between two topics, unless somebody is beaten at home: that is taken up at once."""
    if HOME in topics and _FAMILY.search(words) and mentions_violence(words):
        return Meaning(TOPIC + HOME, chance, (second if first == HOME else first,))
    return Meaning("unclear", chance, (first, second))


def _of_the_matter(words: str, ranking: Ranking) -> Ranking:
    """The ranking without small talk and plain answers where the words are too long for them."""
    length = len(_HAN.findall(words))
    if length <= BRIEF or not (length > WORDY or _QUESTION.search(words) or _LEGAL.search(words)):
        return ranking
    left = [
        (intent, chance)
        for intent, chance in ranking
        if intent not in _BRIEF and (intent not in _LASTING or chance >= LASTING)
    ]
    # As if nothing else had been possible: 「离婚起诉要多少钱，谢谢」 is as sure as without the thanks.
    taken = sum(chance for _, chance in ranking) - sum(chance for _, chance in left)
    return [(intent, chance / max(1.0 - taken, chance)) for intent, chance in left]


def _is_topic(intent: str, topics: Mapping[str, Topic]) -> bool:
    return intent.startswith(TOPIC) and intent.removeprefix(TOPIC) in topics


def _other_topic(ranking: Ranking, current: str, topics: Mapping[str, Topic]) -> tuple[str, float] | None:
    """The best-ranked intent as (topic id, chance) if it is a topic other than the current one."""
    if not ranking or not _is_topic(ranking[0][0], topics) or ranking[0][0] == TOPIC + current:
        return None
    return ranking[0][0].removeprefix(TOPIC), ranking[0][1]
