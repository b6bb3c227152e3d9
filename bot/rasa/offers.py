"""Reads what a message says to what the bot proposed last: a person, an application, two topics, a lesson."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.education.answer import read_answer
from bot.education.wish import read_reply, read_wish
from bot.interviews.late import reply_back
from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.rasa.asking import asks_ahead
from bot.rasa.assent import names_application, read_assent
from bot.rasa.cues import HAN, LEGAL, QUESTION, SHORT
from bot.rasa.intents import MEANT, OUTSIDE, TOPIC, Meaning
from bot.rasa.own_words import own_of_two, own_outright
from bot.rasa.ranking import POSSIBLE, SOCIAL, SURE, WORDY
from bot.rasa.situation import Situation
from bot.rasa.wording import CHANGE_TO
from bot.understanding.feelings import is_only_feeling
from bot.understanding.follow_ups import wants_next, which_next
from bot.understanding.meant import meant
from bot.understanding.speech_acts import read_polarity
from bot.understanding.substance import is_bare

PLAIN = 0.80
"""A topic this likely is told of though an either/or question between two others stands."""
_YES = {"apply": "apply", "person": "ask_person", "again": "start_again", "resume": "resume", "withdraw": "apply"}
"""What yes means to an offer."""
_PIECE = 5
"""Characters of an answer that is no story."""
_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_CONTINUE = re.compile(r"^(?:继续|接着)(?:问|说|咨询|回答)?(?:吧|。)?$")
_FIRST = re.compile(r"^(?:是)?(?:第一|前)(?:个|种|者|面|一个)|^1$|^一$")
_SECOND = re.compile(r"^(?:是)?(?:第二|后)(?:个|种|者|面|一个)|^2$|^二$")
_ORDINAL = re.compile(r"(?:我?选|我?说的是|是|就)*(?:第?[一二12]|前|后)(?:个|种|者|面|一个)?(?:吧|的)?")
_THANKS = re.compile(r"(?:好的?|嗯|行|知道了|明白了|那)*[,，]?(?:谢谢|多谢|谢了|感谢)[你您们了啦啊哈]*")
_IN_ORDER = 3
"""Characters that stand in this order in a name: 「打官司」 in 「怎么打民事官司」."""
_THAT = re.compile(
    r"^(?:对|好的?|行|嗯|那)?[,，]?(?:那|就|还是)?先?(?:说|问|聊|讲|换)(?:后面)?[这那](?:一?[个件]|事)(?:事|吧|的)*$"
)
_SUES = re.compile(r"(?:能|可以|可不可以)(?:不能)?(?:去)?(?:告|起诉|投诉).*[吗么不嘛?？]$")
_BOTH = re.compile(
    r"^(?:(?:这|那)?(?:两|俩)(?:个|者|种|样|件)?(?:事|问题)?)?(?:我)?都(?:是|有|想问|要|占)|^(?:随便|哪个都[行可]|都[行可])"
)
_NEITHER = re.compile(r"都不是|都没有|^不是")


def reply_to_offer(
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
        if is_bare(words) and read_polarity(words) == "yes":  # 「有」, 「是的」 chooses none of the two, and is in both
            return Meaning(TOPIC + first, 1.0, (second,))
        if len(said_of := [one.id for one in candidates if _named(words, one)]) == 1:
            return Meaning(TOPIC + said_of[0], 1.0)
        whole = f"{offer['said']}。{words}"
        if (plainly := own_outright(whole)) in topics:
            return Meaning(TOPIC + plainly, 1.0)  # 「还没判」 after 「想给我爸办保外就医」
        if plainly := own_of_two(first, second, whole):
            return Meaning(TOPIC + plainly, POSSIBLE)  # 「不要钱的那种」 settles it with what was said before
        if (top[0] == TOPIC + first and top[1] >= POSSIBLE) or (top[0] == TOPIC + second and top[1] >= SOCIAL):
            return Meaning(top[0], top[1])
        # Who goes on telling instead of choosing means the topic whose facts the words fill.
        filled = [one.id for one in candidates if _fills(words, one, today)]
        if filled and (len(filled) == 1 or not _elsewhere(top)):
            # 「离婚的」 to 找律师 or 找辩护律师 chooses, though by itself it would be a matter of its own.
            chosen = len(filled) == 1 and len(words) <= _PIECE
            return Meaning(TOPIC + filled[0], 1.0 if chosen else POSSIBLE)
        if asks_ahead(words) or (len(words) <= SHORT and _SUES.search(words)):
            # 「能赔多少」 chooses neither, and wants an answer.
            return Meaning(TOPIC + _likelier(f"{offer['said']}。{words}", candidates, today), 1.0)
        # 「脸肿了」 chooses nothing and is no new matter either: the likelier of the two is begun with.
        tells = not is_bare(words) and not is_only_feeling(words) and not QUESTION.search(words)
        # Who was asked twice and goes on telling is not asked a third time.
        again = situation.misses > 0 and top[1] < SURE
        other = _elsewhere(top) and (not top[0].startswith(TOPIC) or top[1] >= PLAIN or LEGAL.search(words))
        if not tells or (not again and (other or len(words) > SHORT)):
            return None
        return Meaning(TOPIC + _likelier(f"{offer['said']}。{words}", candidates, today), POSSIBLE)
    if offer.get("kind") == "change" and offer["topic"] in topics and _goes_over(words, top, situation, topics):
        return Meaning("change_topic", 1.0, (offer["topic"],))
    if offer.get("kind") == "earlier" and situation.topic in topics:
        named = reply_back(topics[situation.topic], offer["facts"], words)
        return None if named is None else Meaning("answer", 1.0)
    if offer.get("kind") == "recall" and _CODE.search(words):
        return Meaning("matter_status", 1.0)
    kind = str(offer.get("kind"))
    waits = situation.applying and kind != "apply" and situation.stage == "told"
    if waits and read_assent(words, kind) != "do" and read_assent(words, "apply") == "do":
        return Meaning("apply", 1.0)
    if kind == "person" and _CONTINUE.search(words):
        return Meaning("decline", 1.0)
    if kind == "resume" and not can_resume(situation, topics):
        return None
    said = read_assent(words, kind)
    if said == "yes" and kind == "person" and _THANKS.fullmatch(words):
        return Meaning("thanks", 1.0)  # 「好谢谢」 ends what was told, and calls nobody
    if said == "yes" and kind == "person" and situation.stage == "interview" and not _asked_whether(situation):
        return None  # 「也可以说转人工」 asks nothing that 「想」 could answer
    if kind in _YES and (said == "do" or (said == "yes" and not offer.get("past"))):
        # In an interview yes may answer the question that stands, and no always does; outside they mean the offer.
        return None if said == "yes" and _answers(words, situation, topics, today) else Meaning(_YES[kind], 1.0)
    if said in ("later", "no") and situation.stage != "interview" and not _is_over(offer, words):
        return Meaning("decline", 1.0)
    return None


def _is_over(offer: Mapping[str, Any], words: str) -> bool:
    """Whether the proposal needs no answer any more; one that waits beside another still has one that names it."""
    return bool(offer.get("past")) and not (offer["past"] == "beside" and names_application(words))


def _goes_over(words: str, top: tuple[str, float], situation: Situation, topics: Mapping[str, Topic]) -> bool:
    """Whether the other topic is wished for, or told of again: 「没有遗嘱」 answers nothing about an injury."""
    other = topics[(situation.offer or {})["topic"]]
    quiet = bool((situation.offer or {}).get("quiet"))
    again = top[0] == TOPIC + other.id and top[1] >= SURE and not is_bare(words) and not quiet
    return again or takes_up(words, situation, other)


def takes_up(words: str, situation: Situation, topic: Topic) -> bool:
    """Whether the words take up the other topic that was offered in the middle of an interview."""
    offer = situation.offer or {}
    if offer.get("kind") != "change" or offer["topic"] != topic.id:
        return False
    named = words in map(meant, (CHANGE_TO.format(topic=topic.name), topic.name))
    # 「第三个呢」 names another than the one offered, where that is not the third.
    return named or bool(_THAT.search(words)) or (wants_next(words) and which_next(words) == offer.get("number", 2))


def _named(words: str, topic: Topic) -> bool:
    """Whether the words stand in what the topic was offered as: 「没领证」 of 「没领证住在一起」, 「打官司」."""
    length = len(HAN.findall(words))
    if not 2 <= length <= SHORT:
        return False
    name = meant(topic.name)
    in_order = iter(name)
    told = _IN_ORDER <= length <= _PIECE and all(sign in in_order for sign in words)
    return told or words in meant(topic.ask_as) or words in name


def only_chooses(words: str, offer: Mapping[str, Any]) -> bool:
    """Whether the words choose one of the two and tell nothing: its name, 「第二个」."""
    plain = words in map(meant, offer.get("names") or ()) or is_bare(words)
    return plain or bool(_ORDINAL.fullmatch(words) or _BOTH.fullmatch(words))


def _fills(words: str, topic: Topic, today: date) -> bool:
    """Whether the words say something that the topic asks for; a sum or a day says nothing of which it is."""
    told = read_answers(topic, {}, None, words, today).facts
    return any(topic.fact(one).type in {"choice", "yes_no"} for one in told)


def _likelier(story: str, candidates: Sequence[Topic], today: date) -> str:
    """The topic of whose facts the story tells most; the one named first where both know as much."""
    return max(candidates, key=lambda one: len(read_answers(one, {}, None, story, today).facts)).id


def _asked_whether(situation: Situation) -> bool:
    return any("要不要" in str(part["text"]) for part in situation.words)


def _elsewhere(top: tuple[str, float]) -> bool:
    """Whether the words plainly mean something by themselves."""
    return top[1] >= SOCIAL and MEANT.get(top[0]) != "nlu_fallback"


def can_resume(situation: Situation, topics: Mapping[str, Topic]) -> bool:
    """Whether an interview was left that can be gone on with now."""
    return situation.stage != "interview" and situation.kept is not None and situation.kept["topic"] in topics


def _answers(words: str, situation: Situation, topics: Mapping[str, Topic], today: date) -> bool:
    """Whether the words answer the question of an interview."""
    if situation.stage != "interview" or situation.topic not in topics or not situation.asked:
        return False
    return read_answers(topics[situation.topic], situation.known(), situation.asked, words, today).understood


def reply_to_lesson(words: str, top: tuple[str, float], offer: Mapping[str, Any]) -> Meaning | None:
    """What the words say to a lesson or to its question; None when they are about something else."""
    open_question = offer.get("kind") == "quiz"
    answered = open_question and read_answer(offer["options"], words) is not None
    elsewhere = top[0].startswith(TOPIC) and top[1] >= SURE
    if answered and len(words) <= WORDY and not (QUESTION.search(words) and elsewhere):
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
        unheard = top[1] < SOCIAL or top[0] == OUTSIDE or MEANT.get(top[0]) == "nlu_fallback"
        return Meaning("quiz_answer", 0.5) if unheard else None
    said = read_polarity(words)
    if said == "yes":
        return Meaning("learn", 1.0)
    return Meaning("decline", 1.0) if said == "no" else None
