"""Decides what a message means at this point of the conversation; a plain answer is never taken for a new topic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot.education.wish import read_wish
from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.rasa.abroad import held_abroad
from bot.rasa.after_opinion import after_opinion
from bot.rasa.asides import find_aside
from bot.rasa.asking import asks_core
from bot.rasa.assent import read_assent
from bot.rasa.cues import PERIL, SHORT, is_question
from bot.rasa.danger_heard import is_alarming
from bot.rasa.in_interview import in_interview, is_choice
from bot.rasa.intents import DANGER, TOPIC, Meaning
from bot.rasa.offers import can_resume, reply_to_lesson, reply_to_offer
from bot.rasa.opening import fresh
from bot.rasa.ranking import Ranking
from bot.rasa.situation import Situation
from bot.rasa.still_in_danger import takes_back
from bot.rasa.wished import wished_later
from bot.understanding.danger import find_danger, is_told_of
from bot.understanding.meant import meant
from bot.understanding.speech_acts import asks_repeat, doubts, wants_person

__all__ = ["TOPIC", "Meaning", "Ranking", "decide"]

_START_OVER = re.compile(r"^(?:我(?:想|要))?(?:重新开始|从头(?:开始|再来)|重来(?:一遍|一次)?|重新(?:咨询|问)).{0,6}$")
_MATTER = re.compile(
    r"(?:事项|咨询|案件|工单|受理)(?:编?号|单号)|我的编?号|(?:把|说一?下|看一?下|再说)编号|编号(?:是|再|多少|给我|发我|告诉我)|查询码|(?<!\d)\d{8}\s*[-—–－]\s*\d{4}(?!\d)"
)
_PROGRESS = re.compile(
    r"进度|进展|办到哪|到哪一?步|(?:有|没)(?:没有?)?(?:消息|结果|回音|下文)|批(?:下来|准|了)?(?:没|了吗)|"
    r"(?:没|没有)(?:人|谁|个人|律师|工作人员)?(?:来)?(?:联系|打电话|给我(?:打|回)|理我|理会|回复|答复|找我)|(?:什么时候|啥时候|多久)(?:能|会|才)?(?:来)?(?:联系|打给|找)我|"
    r"(?:预约|约的?|登记)(?:的)?(?:时间)?(?:是|在|到)?(?:哪天|几点|几号|什么时候|何时)"
)
"""Asked once an application is handed in."""
_BY_ITS_EXAMPLES = 0.75
"""Danger read from examples alone, where no sentence model senses it either, must be this likely."""


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
    if is_choice(words, situation, topics):
        return Meaning("answer", 1.0)  # what the bot itself offers is an answer, even where it names a danger
    if words in {meant(option[0]) for option in (situation.offer or {}).get("options") or ()}:
        return Meaning("quiz_answer", 1.0)
    if takes_back(words, situation):
        return Meaning("aside", 1.0)
    about = topics[situation.topic].ask_as if situation.stage and situation.topic in topics else ""
    if find_danger(words, about) is not None or held_abroad(words) is not None:
        return Meaning("danger", 1.0)
    if is_alarming(words, ranking, bool(situation.stage)) and not _answers(words, situation, topics, today):
        return Meaning("danger", 1.0)
    if wants_person(words):
        return Meaning("ask_person", 1.0)
    if doubts(words):
        return Meaning("bot_challenge", 1.0)
    begun, given = bool(situation.last or situation.stage), situation.stage == "told"
    if (aside := find_aside(words, begun=begun, told=given)) is not None:
        return Meaning(aside.means, 1.0)
    top = ranking[0] if ranking else ("", 0.0)
    offer = situation.offer or {}
    if offer.get("kind") in ("quiz", "lesson") and (meaning := reply_to_lesson(words, top, offer)) is not None:
        return meaning
    if read_wish(words) is not None:
        return Meaning("learn", 1.0)
    if _START_OVER.search(words):
        return Meaning("start_over", 1.0)
    if (
        top[0].startswith(DANGER)
        and top[1] >= _BY_ITS_EXAMPLES
        and len(words) >= 5
        and PERIL.search(words)
        and not is_told_of(words)
    ):
        return Meaning("danger", top[1])
    if can_resume(situation, topics) and read_assent(words, "resume") == "do":
        return Meaning("resume", 1.0)
    if situation.stage != "interview" and (meaning := wished_later(words, situation, topics, today)) is not None:
        return meaning
    if situation.offer is not None and (meaning := reply_to_offer(words, top, situation, topics, today)) is not None:
        return meaning
    if situation.applying and _PROGRESS.search(words) and len(words) <= SHORT:
        return Meaning("matter_status", 1.0)
    if _MATTER.search(words) and len(words) < 30:
        return Meaning("matter_status", 1.0)
    if situation.stage == "interview" and situation.topic in topics:
        return in_interview(words, ranking, situation, topics, today)
    if (aside := find_aside(words, later=True, begun=begun, told=given)) is not None:
        return Meaning(aside.means, 1.0)
    if given and asks_core(words):
        return Meaning("follow_up", 1.0)
    if asks_repeat(words) and len(words) <= SHORT:
        return Meaning("ask_repeat", 1.0)
    if situation.stage == "told" and situation.topic in topics:
        meaning = after_opinion(words, ranking, situation, topics, today)
        if meaning is not None:
            return meaning
        meaning = fresh(words, ranking, areas, topics)
        if meaning.intent == "unclear" and situation.topic in meaning.candidates:
            # 「被逼着买的，退款」 may be of the matter at hand: nobody is asked which of two it is.
            return Meaning("follow_up" if is_question(words) else "same_topic", meaning.confidence)
        return meaning
    return fresh(words, ranking, areas, topics)


def _answers(words: str, situation: Situation, topics: Mapping[str, Topic], today: date) -> bool:
    """Whether the words answer a question of the matter at hand, or ask one: 「脸肿了」 calls nobody then."""
    if situation.stage and is_question(words):
        return True
    if situation.stage != "interview" or situation.topic not in topics:
        return False
    reading = read_answers(topics[situation.topic], situation.known(), situation.asked or None, words, today)
    return bool(reading.understood or reading.facts or reading.corrected)
