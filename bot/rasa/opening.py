"""What a message means with nothing before it that matters: which topic it opens, if any."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.interviews.topic import Topic
from bot.rasa.after_opinion import of_paper
from bot.rasa.at_home import HOME, beat_others, beaten_at_home, is_at_home
from bot.rasa.bare_words import says_nothing
from bot.rasa.beside import names, read_both
from bot.rasa.cues import HAN, LAW_REFERENCE, LEGAL, PERIL, SHORT, is_piece
from bot.rasa.elsewhere import find_elsewhere
from bot.rasa.intents import DANGER, MEANT, OUTSIDE, SMALL_TALK, TOPIC, Meaning
from bot.rasa.own_words import is_own, own_alone, own_of_two, own_outright
from bot.rasa.ranking import POSSIBLE, PROCEDURE, SOCIAL, SURE, WORDY, Ranking, is_topic, of_the_matter
from bot.rasa.wished import wished_fresh
from bot.understanding.danger import is_told_of, mentions_violence
from bot.understanding.papers import wanted_papers
from bot.understanding.places import names_place_only

ALONE = 0.50
"""A topic this likely is taken up when no other is possible: a search costs less than the wrong interview."""
CLOSE = 0.05
"""Two topics are close when the second is this likely beside the first: to ask costs less than the wrong interview."""
AREA_SURE = 0.50
"""An area of law this likely overrules a topic of another area, and lets two topics of its own be asked about."""
PLAINLY = 0.97
"""A topic this likely is no other area's: a lent bank card is a crime as much as a fraud."""
AREA_POSSIBLE = 0.20
"""A topic's area this likely leaves the topic alone."""
WITHIN = 0.20
"""Two topics of a sure area are worth an either/or question when they are this likely together."""
SERIOUS = 0.35
"""Below this the best topic is no candidate for an either/or question."""
STORY = 40
"""Characters of a told story: half of it that is one topic's, and little another's, is enough."""
BY_THE_WAY = 0.30
"""In a story a second topic no likelier than this beside the first is only touched on."""
BARE = 4
"""Chinese characters of a mere key word; no topic is sure by it."""
HURT_OTHERS = "personal_injury"
"""The topic of who has beaten a stranger, too."""
APART = "divorce"
"""Violence told beside a divorce that stands at court is kept, and does not take its place."""
_CLAUSE = re.compile(r"[,，。;；!！?？\s]+")
_FEW = 3
"""Topics, the likeliest first, that words of their own may be of."""
_CALLS = re.compile(
    r"(?:喂|哎|你好|您好|在吗|在不在|在么|有人[吗么没不]|听得?(?:到|见)[吗么不]?|能听(?:到|见)[吗么不]?|[,，。.!！?？\s])+"
)
"""「喂 喂 听得到吗」."""
_FILLER = re.compile(r"[呃嗯啊哦噢额唔哎诶哈嘿喂呀嘛吧哼,，。.…!！?？~～\s]+")


def fresh(words: str, ranking: Ranking, areas: Ranking, topics: Mapping[str, Topic]) -> Meaning:
    """A message with nothing before it that matters; one that asks for a paper opens the topic whose paper it is."""
    wanted = wanted_papers(words)
    if wanted is None:
        return _with_both(_fresh(words, ranking, areas, topics), words)
    # Without a topic to follow up the paper is given as a form, or what it is about is asked for.
    paper = of_paper(wanted, "", topics) or Meaning("follow_up", 1.0)
    if not (wanted.rest or wanted.unknown) and (wanted.plainly or paper.intent.startswith(TOPIC)):
        return paper
    meaning = _with_both(_fresh(words, ranking, areas, topics), words)
    lost = meaning.intent in ("nlu_fallback", OUTSIDE)
    # Of a story, and of a paper that we cannot write, the law is worth more than to be asked what happened.
    lost = lost or (meaning.intent in ("ask_law", "unclear") and not (wanted.rest or wanted.unknown))
    return paper if lost and wanted.papers else meaning


def _with_both(meaning: Meaning, words: str) -> Meaning:
    """「不签合同不交社保还拖欠工资」 opens none of them alone: each has a sum of its own, and all are kept."""
    topic = meaning.intent.removeprefix(TOPIC)
    if not meaning.intent.startswith(TOPIC) or meaning.candidates or not (both := read_both(topic, topic, words)):
        return meaning
    return Meaning(TOPIC + both[0], meaning.confidence, both[1:], (words,) * len(both))


def _fresh(words: str, ranking: Ranking, areas: Ranking, topics: Mapping[str, Topic]) -> Meaning:
    if not HAN.search(words):
        return Meaning("other_language" if re.search(r"[A-Za-z]{3}", words) else "nlu_fallback", 1.0)
    if (wish := wished_fresh(words, topics)) is not None:
        return wish
    if _CALLS.fullmatch(words):
        return Meaning("greet", 1.0)
    if names_place_only(words):
        return Meaning("nlu_fallback", 1.0)  # 「开封」 opens no matter of what is sealed
    greets = bool(ranking) and ranking[0][0] in SMALL_TALK and ranking[0][1] >= SOCIAL
    if not greets and (_FILLER.fullmatch(words) or says_nothing(words, topics)):
        return Meaning("nlu_fallback", 1.0)  # no refusal: they may be looking for words
    ranking = of_the_matter(words, ranking)
    if not PERIL.search(words) or is_told_of(words):
        ranking = [(intent, p) for intent, p in ranking if not intent.startswith(DANGER)]
    name, chance = ranking[0] if ranking else ("", 0.0)
    placed = name.startswith(TOPIC) and chance >= SURE and len(HAN.findall(words)) > BARE
    if HOME in topics and beaten_at_home(words) and (not placed or name == TOPIC + HOME):
        other = name.removeprefix(TOPIC) if chance >= SERIOUS and is_topic(name, topics) else HOME
        return Meaning(TOPIC + HOME, chance, () if other == HOME else (other,))
    if name == TOPIC + HOME and HURT_OTHERS in topics and beat_others(words):
        return Meaning(TOPIC + HURT_OTHERS, chance)
    if (topic := own_outright(words)) in topics:
        beside = (HOME,) if topic == APART and HOME in topics and mentions_violence(words) else ()
        return Meaning(TOPIC + topic, max(chance, SURE) if name == TOPIC + topic else SURE, beside)
    office = find_elsewhere(words)
    if office is not None and (office.outright or not placed):
        return Meaning("ask_law", 1.0)
    if name == OUTSIDE and _may_be_law(words):
        return Meaning("ask_law", chance)  # a search that finds nothing says so; a refusal turns somebody away
    if chance < SERIOUS and areas and areas[0][0] == OUTSIDE and areas[0][1] >= AREA_SURE and not _may_be_law(words):
        return Meaning(OUTSIDE, areas[0][1])
    likely = [(intent.removeprefix(TOPIC), p) for intent, p in ranking if is_topic(intent, topics)]
    if name.startswith(TOPIC) and likely and (meaning := _elsewhere(words, likely, areas, topics)) is not None:
        return meaning
    if name.startswith(TOPIC) and likely:
        by_itself = chance >= SERIOUS and (len(likely) < 2 or likely[1][1] < POSSIBLE)
        known = likely[:_FEW] if is_piece(words) else likely[: int(by_itself)]
        if topic := own_alone([one for one, _ in known], words):
            return Meaning(TOPIC + topic, chance)
        if _says_too_little(words, likely):
            return Meaning("nlu_fallback", chance)  # an either/or question would name two topics of chance
        if (
            len(likely) >= 2
            and ranking[1][0] == TOPIC + likely[1][0]
            and likely[1][1] >= CLOSE * chance
            and chance >= SERIOUS
        ):
            return _either(words, chance, likely[0][0], likely[1][0], topics, _leads(words, likely))
        if chance >= SURE or (chance >= ALONE and (len(likely) < 2 or likely[1][1] < POSSIBLE)):
            return Meaning(name, chance)
        if len(likely) >= 2 and likely[1][1] >= POSSIBLE:
            return _either(words, chance, likely[0][0], likely[1][0], topics)
    elif name == "inform" and len(words) > SHORT:
        return Meaning("ask_law", chance)  # a story told as facts, about something no topic knows
    elif name and not name.startswith(TOPIC) and chance >= SOCIAL:
        return Meaning("danger" if name.startswith(DANGER) else MEANT.get(name, name), chance)
    if LAW_REFERENCE.search(words):
        return Meaning("ask_law", 1.0)
    if len(likely) >= 2 and likely[0][1] + likely[1][1] >= SURE and likely[1][1] >= POSSIBLE / 2:
        return _either(words, chance, likely[0][0], likely[1][0], topics)
    if areas and areas[0][1] >= AREA_SURE:
        within = [(topic, p) for topic, p in likely if topics[topic].area == areas[0][0]][:2]
        if len(within) == 2 and sum(p for _, p in within) >= WITHIN:
            return _either(words, chance, within[0][0], within[1][0], topics)
    # Long enough to be a story or a question, and not recognised: the law is searched rather than guessed.
    if is_piece(words) and not LEGAL.search(words):
        return Meaning("nlu_fallback", chance)  # too little to search by: the rest of the story is waited for
    if len(HAN.findall(words)) >= 6 and (name != OUTSIDE or len(words) > SHORT):
        return Meaning("ask_law", chance)
    # 「呃呃」 is not understood; to be told that it is no matter of law would lead nowhere.
    return Meaning(OUTSIDE if name == OUTSIDE and chance >= POSSIBLE else "nlu_fallback", chance)


def _says_too_little(words: str, likely: Sequence[tuple[str, float]]) -> bool:
    """Whether a piece of a story (「公司让我走」) fits one topic half and no other: the rest of it is waited for."""
    if not is_piece(words) or LEGAL.search(words) or likely[0][1] >= SURE:
        return False
    return len(likely) < 2 or likely[1][1] < POSSIBLE


def _may_be_law(words: str) -> bool:
    """Legal words, or a story: whoever tells one is not turned away."""
    told = LEGAL.search(words) or LAW_REFERENCE.search(words)
    return bool(told) or len(HAN.findall(words)) > WORDY


def _elsewhere(
    words: str, likely: Sequence[tuple[str, float]], areas: Ranking, topics: Mapping[str, Topic]
) -> Meaning | None:
    """An either/or question or a search where the area is nearly certain and the best topic lies in another."""
    # Limitation, evidence and costs are asked about in the words of any other matter.
    if not areas or areas[0][1] < AREA_SURE or topics[likely[0][0]].area in (areas[0][0], PROCEDURE):
        return None
    if is_own(likely[0][0], words):
        return None  # 「出嫁的女儿不能分补偿款」 is a woman's matter, of land though it sounds
    if likely[0][1] >= PLAINLY or dict(areas).get(topics[likely[0][0]].area, 0.0) >= AREA_POSSIBLE:
        return None
    for topic, chance in likely[1:]:
        if topics[topic].area == areas[0][0] and chance >= CLOSE * likely[0][1]:
            return _either(words, likely[0][1], topic, likely[0][0], topics)
    return Meaning("ask_law", likely[0][1])


def _leads(words: str, likely: Sequence[tuple[str, float]]) -> bool:
    """Whether a story is of the first topic and touches the second by the way: what it asks at its end is not of it."""
    (_, chance), (second, beside) = likely[:2]
    asked = _CLAUSE.split(words.rstrip(",，。;；!！?？ "))[-1]
    return len(words) >= STORY and chance >= ALONE and beside <= BY_THE_WAY * chance and not names(second, asked)


def _either(
    words: str, chance: float, first: str, second: str, topics: Mapping[str, Topic], leads: bool = False
) -> Meaning:
    """An either/or question between two topics, unless somebody is beaten at home, one of the two is plainly meant or
    the first `leads`: that is taken up at once.
    """
    if HOME in topics and (beaten_at_home(words) or (mentions_violence(words) and is_at_home(words))):
        return Meaning(TOPIC + HOME, chance, (second if first == HOME else first,))
    if topic := own_of_two(first, second, words):
        return Meaning(TOPIC + topic, chance)
    if both := read_both(first, second, words):
        return Meaning(TOPIC + both[0], chance, both[1:], (words,) * len(both))
    if leads:
        return Meaning(TOPIC + first, chance)
    return Meaning("unclear", chance, (first, second))
