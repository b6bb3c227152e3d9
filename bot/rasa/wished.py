"""What a wish for a service, or to give it up, means at this point of the conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot.interviews.facts import Facts
from bot.interviews.quick_replies import quick_replies
from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.rasa.asking import asks_more
from bot.rasa.assent import read_assent
from bot.rasa.booking import time_of
from bot.rasa.cues import HAN
from bot.rasa.intents import TOPIC, Meaning
from bot.rasa.situation import Situation
from bot.rasa.wishes import gives_up, puts_off, read_service_wish, speaks_of, takes_back

SERVICE = "service"
_BARE = 4
"""Chinese characters of a question that names nothing: 「要多少钱」."""


def wished_fresh(words: str, topics: Mapping[str, Topic]) -> Meaning | None:
    """The service that is wished for where nothing before matters."""
    wish = read_service_wish(words)
    return Meaning(TOPIC + wish.service, 1.0) if wish is not None and wish.service in topics else None


def wished_later(words: str, situation: Situation, topics: Mapping[str, Topic], today: date) -> Meaning | None:
    """The service wished for after an opinion, or left and wanted after all; and that one is not wanted any more."""
    if situation.stage != "told" or situation.topic not in topics:
        if (back := takes_back(words)) in topics:
            return Meaning("decline", 1.0, (str(back),))
        return _of_left(words, situation, topics)
    current = topics[situation.topic]
    if (back := takes_back(words)) is not None and (situation.applying == "handed_in" or back in topics):
        return Meaning("decline", 1.0, (back,) if back in topics and back != current.id else ())
    if current.kind == SERVICE and gives_up(words):
        return Meaning("decline", 1.0)
    if situation.applying == "handed_in" and time_of(current, words, today):
        return Meaning("apply", 1.0)  # another time for what was registered
    if current.apply is not None and not situation.applying and read_assent(words, "apply") == "do":
        return Meaning("apply", 1.0)  # it is told why there is none
    wish = read_service_wish(words)
    service = "" if wish is None else wish.service or (current.id if current.kind == SERVICE else "")
    if wish is None or service not in topics:
        return None
    if service != current.id or wish.again or _another(current, situation.known(), words, today):
        return Meaning(TOPIC + service, 1.0)
    return Meaning("apply", 1.0) if situation.applying else None


def _of_left(words: str, situation: Situation, topics: Mapping[str, Topic]) -> Meaning | None:
    """A service that was given up is taken up by 「还是办吧」; asked about, or given up once more, it is not."""
    left = topics.get(str((situation.kept or {}).get("topic")))
    if situation.stage or left is None or left.kind != SERVICE:
        return None
    if gives_up(words):
        return Meaning("leave_topic", 1.0)
    if asks_more(words) and (speaks_of(left.id, words) or len(HAN.findall(words)) <= _BARE):
        return Meaning("follow_up", 1.0)  # 「公证费谁出」 is answered; it takes nothing up again
    return Meaning("resume", 1.0) if read_assent(words, "apply") == "do" else None


_DROPS = re.compile(r"(?:唉|哎|嗯|那|还是|我看)*(?:算了|不问了|不说了|不想说了|懒得说了)")
"""「算了给我找个律师」 gives the matter up for the wish."""


def wished_in_interview(words: str, situation: Situation, topics: Mapping[str, Topic], today: date) -> Meaning | None:
    """The same in the middle of an interview; None where the words may answer the question that stands."""
    current = topics[situation.topic]
    if current.kind == SERVICE and (gives_up(words) or puts_off(words) or takes_back(words, plainly=True) == ""):
        return Meaning("leave_topic", 1.0)
    back = takes_back(words)
    if back in topics and back != current.id:
        return Meaning("decline", 1.0, (str(back),))
    wish = read_service_wish(words)
    if wish is None or wish.service not in topics or wish.service == current.id:
        return None
    if situation.asked and _answers(words, wish.service, situation, current, today):
        return None
    offer = situation.offer or {}
    asked_twice = offer.get("kind") == "change" and offer.get("topic") == wish.service
    told = any(one.answered for one in situation.known().values())
    at_once = asked_twice or _DROPS.match(words) is not None or current.kind == SERVICE or not told
    return Meaning("change_topic" if at_once else "second_topic", 1.0, (wish.service,))


def _answers(words: str, service: str, situation: Situation, current: Topic, today: date) -> bool:
    """Whether the question speaks of the service, and the words say something to it."""
    fact = current.fact(situation.asked)
    if current.kind == SERVICE:
        # The name of another service answers only where it is an answer of its own, 「想请他们调解一下」 at the office.
        return fact.id in read_answers(current, situation.known(), None, words, today).facts
    if not speaks_of(service, " ".join((fact.question, fact.label, *quick_replies(fact)))):
        return False
    return read_answers(current, situation.known(), situation.asked, words, today).understood


def _another(topic: Topic, facts: Facts, words: str, today: date) -> bool:
    """Whether another of the same kind is named: a deed on a will after one on a power of attorney."""
    told = read_answers(topic, {}, None, words, today).facts
    return any(
        value.value is not None and fact in facts and facts[fact].value not in (None, value.value)
        for fact, value in told.items()
    )
