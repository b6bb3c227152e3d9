"""Puts together what a message means: language first, then `decide`, then follow-ups and a second problem."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.interviews.topic import Topic
from bot.rasa.abroad import held_abroad
from bot.rasa.at_home import HOME, beaten_at_home, is_at_home
from bot.rasa.context import decide
from bot.rasa.cues import HAN
from bot.rasa.danger_heard import ALARMED, hear_danger
from bot.rasa.follow_up import follow_up
from bot.rasa.hearing import Heard
from bot.rasa.in_interview import is_choice
from bot.rasa.intents import DANGER, HURT, INJURED, TOPIC, Meaning
from bot.rasa.leaving import gives_up, stops
from bot.rasa.opening import fresh
from bot.rasa.premises import of_the_side
from bot.rasa.ranking import Ranking, is_topic
from bot.rasa.silent import is_near, speaks_of_fear
from bot.rasa.situation import Situation
from bot.rasa.still_in_danger import gives_up_talking, stays_with_danger, told_danger, who_it_is
from bot.rasa.story import as_a_whole
from bot.rasa.turning import turn_away
from bot.rasa.two_problems import TwoProblems
from bot.understanding.danger import find_danger
from bot.understanding.english import read_english
from bot.understanding.feelings import is_only_feeling, read_feeling
from bot.understanding.follow_ups import supposition
from bot.understanding.substance import is_bare

CRIME = "criminal"
"""Area of the topics of who is held or hurt by a crime."""
MINOR = "minor_offender"
_YOUNG = re.compile(
    r"未成年|孩子|娃|学生|上学|读书|初[一二三中]|高[一二三中]|(?<![0-9])1[0-7](?![0-9年月号])|十[一二三四五六七](?:岁|周岁)"
)
"""「我弟被抓了」 tells of no child."""
_HARMED = frozenset({"crime_victim", "report_crime"})
"""Topics of whoever was harmed; who is held has done it, or is said to have."""
_FROM_SOMEBODY = ("violence", "child", "assault")
"""Kinds of danger that somebody is to others."""
_STORY = 16
"""Chinese characters of a message that tells more than despair."""
MENTIONED = 0.02
"""What is left beside a danger for a topic to be what the message is about."""
_LEADS_AWAY = frozenset(
    {"second_topic", "change_topic", "leave_topic", "out_of_scope", "ask_law", "goodbye", "complaint"}
)
_OF_TWO = frozenset({"unclear", "ask_law", "danger", "nlu_fallback"})
_COUNTED = _OF_TWO | {"follow_up", "correct", "same_topic", "out_of_scope", "matter_status", "complaint", "thanks"}
"""What a message that counts out several problems may look like as a whole."""


@dataclass(frozen=True, slots=True)
class Told:
    """A message as the pipeline read it."""

    heard: Heard
    ranking: Ranking
    two: TwoProblems | None = None
    areas: Ranking = ()
    """Areas of law, best first."""
    story: tuple[str, Ranking, Ranking] | None = None
    """All that was told since no topic is open, this message at its end, with intents and areas; None: only this."""


def understand(told: Told, situation: Situation, topics: Mapping[str, Topic], today: date) -> Meaning:
    """The meaning of the message in `situation`. Never raises for odd input."""
    words = told.heard.text
    told = _of_the_side(told, situation.topic)
    match told.heard.kind:
        case "guess":
            return Meaning("guess", 1.0)
        case "refused":
            return Meaning("guess_refused", 1.0)
        case "english":
            wish = "danger" if held_abroad(words) is not None else read_english(words).wish
            return Meaning({"danger": "danger", "person": "ask_person"}.get(wish, "other_language"), 1.0)
        case "foreign":
            return Meaning("other_language", 1.0)
        case "leaves" if situation.stage == "interview" or not stops(words):
            # After the opinion there is nothing to leave: what it offered is declined.
            given_up = situation.stage == "told" and gives_up(words)
            return Meaning("decline" if given_up else "leave_topic", 1.0)
        case "turns" | "may_turn":
            turned = turn_away(words, told.ranking, told.areas, situation, topics, today, told.heard.kind == "turns")
            if turned is not None:
                return turned
        case "confirmed":
            situation = replace(situation, offer=None)
    # 「那如果没有呢」 is no 「没有」 to what was offered.
    standing = replace(situation, offer=None) if supposition(words) else situation
    alone = meaning = decide(words, told.ranking, standing, topics, today, told.areas)
    if told.story is not None and not is_bare(words):
        meaning = as_a_whole(meaning, *told.story, situation, topics)
    if not is_choice(words, situation, topics) and (is_near(words, situation) or speaks_of_fear(words, situation)):
        return Meaning("danger", 1.0)
    if gives_up_talking(words, situation):
        return Meaning("goodbye", 1.0)
    if stays_with_danger(words, meaning if told_danger(situation) == "violence" else alone, situation):
        who = who_it_is(words)
        return Meaning("danger", 1.0, (who,) if who in topics else ())
    if meaning.intent == "danger" and not situation.stage:
        meaning = replace(meaning, candidates=_in_danger(words, told, topics))
    if told.two is not None and told.two.counted and (meaning.intent in _COUNTED or meaning.intent.startswith(TOPIC)):
        return _both(told.two, meaning, words)
    if (followed := follow_up(words, meaning, situation, topics, today)) is not None:
        return followed
    if told.two is not None and (meaning.intent.startswith(TOPIC) or meaning.intent in _OF_TWO):
        return _both(told.two, meaning, words)
    if situation.stage == "interview":
        # 「太累了，不想干了」 in the middle of a matter is no second matter.
        felt = is_only_feeling(words) and meaning.intent in _LEADS_AWAY
        return replace(meaning, intent="answer", candidates=()) if felt else meaning
    return replace(meaning, intent="nlu_fallback", candidates=()) if _is_upset(words, meaning) else meaning


def _of_the_side(told: Told, topic: str) -> Told:
    """What was told without the topics of whoever nobody says they are."""
    story = told.story
    if story is not None:
        story = (story[0], of_the_side(story[0], story[1], topic), story[2])
    return replace(told, ranking=of_the_side(told.heard.text, told.ranking, topic), story=story)


def _in_danger(words: str, told: Told, topics: Mapping[str, Topic]) -> tuple[str, ...]:
    """The topic that the message is about beside the danger it names: who is held may be a child, or want bail."""
    named, danger, ranking = find_danger(words), hear_danger(words, least=ALARMED), told.ranking
    if danger is not None and danger.kind in ("self_harm", "harm"):
        return _beside_despair(words, told, topics)
    if HOME in topics and named is None and beaten_at_home(words):
        return (HOME,)
    if danger is not None and danger.kind in _FROM_SOMEBODY:
        if HOME in topics and named is not None and is_at_home(words):
            return (HOME,)
        of_hurt = ((name.removeprefix(TOPIC), chance) for name, chance in ranking if is_topic(name, topics))
        return tuple(one for one, chance in of_hurt if one in HURT and one != HOME and chance >= MENTIONED)[:1]
    of_crime = ((name.removeprefix(TOPIC), chance) for name, chance in ranking if is_topic(name, topics))
    not_held = _HARMED if _YOUNG.search(words) else _HARMED | {MINOR}
    likely = [one for one, chance in of_crime if topics[one].area == CRIME and chance >= MENTIONED]
    if MINOR in likely and MINOR not in not_held:
        return (MINOR,)  # a child who is held has rights of its own
    return tuple(one for one in likely if one not in not_held)[:1]


def _beside_despair(words: str, told: Told, topics: Mapping[str, Topic]) -> tuple[str, ...]:
    """The matter that drives somebody to despair, told in the same breath; two where it may be either."""
    if len(HAN.findall(words)) < _STORY:
        return ()
    left = [(name, chance) for name, chance in told.ranking if not name.startswith(DANGER)]
    share = sum(chance for _, chance in left) or 1.0
    meaning = fresh(words, [(name, chance / share) for name, chance in left], told.areas, topics)
    if meaning.intent == "unclear":
        return meaning.candidates
    return (meaning.intent.removeprefix(TOPIC),) if meaning.intent.startswith(TOPIC) else ()


def _is_upset(words: str, meaning: Meaning) -> bool:
    """Who is beside themselves is asked what happened, not sent away or shown articles."""
    if meaning.intent == "out_of_scope":
        return read_feeling(words) is not None
    told = meaning.intent in ("ask_law", "unclear", "complaint")
    if meaning.intent.startswith(TOPIC):
        return read_feeling(words) == "weary" and is_only_feeling(words, 1)
    return told and is_only_feeling(words)


def _both(two: TwoProblems, meaning: Meaning, words: str) -> Meaning:
    """The first problem now and the others noted; in danger all are noted and a person comes."""
    wound = next((at for at, topic in enumerate(two.topics) if topic in INJURED and not two.counted), 0)
    hurt = next((at for at, topic in enumerate(two.topics) if topic in HURT), wound)
    order = [hurt, *(at for at in range(len(two.topics)) if at != hurt)]
    (first, *others), said = [two.topics[at] for at in order], tuple(two.said[at] for at in order)
    if meaning.intent == "danger":
        return replace(meaning, candidates=(first, *others), parts=(words, *said))
    return Meaning(TOPIC + first, meaning.confidence, tuple(others), said)
