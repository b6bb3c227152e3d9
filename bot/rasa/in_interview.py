"""What a message means while a question stands: an answer first, and only then anything else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot.interviews.general_answers import general_answers
from bot.interviews.quick_replies import quick_replies
from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.rasa.after_opinion import is_aside, of_paper, wants_cases
from bot.rasa.asides import find_aside
from bot.rasa.asking import asks_ahead, asks_core, asks_more
from bot.rasa.beside import keeps, names, read_beside
from bot.rasa.cues import HAN, LAW_REFERENCE, LEGAL, PIECE, QUESTION, SHORT, WHO_PAYS, is_piece, is_question
from bot.rasa.intents import HURT, MEANT, OUTSIDE, SMALL_TALK, TOPIC, Meaning
from bot.rasa.premises import leaves_premise
from bot.rasa.ranking import BRIEF, PROCEDURE, SOCIAL, Ranking, other_topic
from bot.rasa.situation import Situation
from bot.rasa.wished import wished_in_interview
from bot.rasa.wishes import known_of
from bot.services.asked_of_country import told_in
from bot.understanding.follow_ups import supposition
from bot.understanding.meant import meant
from bot.understanding.normalise import fold
from bot.understanding.papers import Wanted, wanted_papers
from bot.understanding.places import find_places
from bot.understanding.speech_acts import asks_repeat, asks_why
from bot.understanding.substance import is_bare

SECOND = 0.80
"""In the middle of an interview another topic must be this likely, so that no answer is mistaken for one."""
_ANY_QUESTION = 5
"""Chinese characters; what is shorter answers, however badly."""
_LONG = 5
"""Chinese characters of what may raise another matter."""
_SHORTEST = 3
"""Characters of a question."""
_BARE = 6
"""Chinese characters of a question that names no matter of its own."""
_NAMED = 3
"""Characters of a word alone."""
_ADDITION = re.compile(
    r"^(?:那|好的?|还有|嗯)?[\s,，]*(?:我的?)?(?:(?:第[二三四五2-5][个件]|另一[个件]|最后一?[个件])(?:问题|事情?)?(?:就?是)|(?:第[二三四五2-5]个|另一个|最后一?个)(?:问题|事情?)[\s,，:：、。]+)|^(?:另外|还有(?:个|一个|一件|件)|对了|顺便|再问|还想问|我还想|此外)|(?:另外|还有个|顺便|还想)(?:问|咨询)"
)
_MORE = re.compile(r"^.{0,5}(?:又|也|还(?![有没在是差剩欠要得]))")
"""「他还打我」: what comes on top; 「合同还有两年」 is none."""
_THE_MATTER = re.compile(
    r"(?:那么?|还有|对了|另外|至于|说说|问问|先说)*(?:我|俺)?(?P<what>[\u4e00-\u9fff]{2,6}?)(?:的|[那这]个)+(?:事情?|问题)(?:呢|怎么办|咋办|怎么说|吧)?[?？。]*"
)
"""「离婚的事」, 「我老板那个事呢」 name another matter."""
NAMED_MATTER = 0.40
"""Another topic must be this likely to be named by so few words."""
_ASKS_ON = re.compile(r"^那")
"""「那我能去看不」 asks on about this matter, and names no prison."""
_FORGOT = re.compile(r"忘了|忘记|记不[清得起]|不记得|想不起")
"""「从什么时候忘了」 asks nothing."""
_STATUS = re.compile(r"编?号|进度|进展|查|办[到得]|受理|事项|上次|上回|之前(?:咨询|问)|回复|结果")
"""「还要等到后年」 asks after no matter."""
_GOODBYE = re.compile(r"再见|拜拜|回头见|先这样|不(?:问|聊)了|挂了|谢")


def is_choice(words: str, situation: Situation, topics: Mapping[str, Topic]) -> bool:
    """Whether the words are a quick reply of the question that stands."""
    if situation.stage != "interview" or situation.topic not in topics or not situation.asked:
        return False
    return words in map(meant, quick_replies(topics[situation.topic].fact(situation.asked)))


def in_interview(
    words: str, ranking: Ranking, situation: Situation, topics: Mapping[str, Topic], today: date
) -> Meaning:
    """An answer, an interruption of the interview, or a second problem."""
    if (meaning := leaves_premise(words, ranking, situation, topics)) is not None:
        return meaning
    if (meaning := wished_in_interview(words, situation, topics, today)) is not None:
        return meaning
    if asks_why(words) and not LAW_REFERENCE.search(words):
        return Meaning("ask_why", 1.0)
    if asks_repeat(words) or (asks_core(words) and not LAW_REFERENCE.search(words)):
        return Meaning("ask_repeat", 1.0)
    wanted = wanted_papers(words, named=True)
    if wanted is not None and wanted.plainly and not wanted.rest:
        return _paper(wanted, situation.topic, topics)  # 「帮我写张欠条」 tells of none
    current = topics[situation.topic]
    named = _named_matter(words, ranking, situation, topics)
    if named is not None and not _tells_kind(current, situation, topics, named.candidates):
        return named
    if _asks_at_a_place(words, situation, current):
        return Meaning("ask_ahead", 1.0)
    reading = read_answers(current, situation.known(), situation.asked or None, words, today)
    other = other_topic(ranking, situation.topic, topics)
    if other is not None and _ADDITION.search(words):
        return Meaning("second_topic", other[1], (other[0],))
    if reading.understood or reading.facts or reading.corrected or reading.rejected or reading.ask_back:
        return Meaning("answer", 1.0)
    if other is not None and other[1] >= SECOND and _tells_kind(current, situation, topics, (other[0],)):
        return Meaning("answer", 1.0, (other[0],))  # the matter itself, where it is asked which kind it is
    if (later := find_aside(words, later=True)) is not None:
        return Meaning(later.means, 1.0)
    if supposition(words) and not asks_ahead(words):
        return Meaning("ask_ahead", SOCIAL)  # 「那如果没签合同呢」 tells of no second matter
    if LAW_REFERENCE.search(words):
        return Meaning("ask_law", 1.0)
    if (wanted := wanted_papers(words)) is not None and not (wanted.rest or any(one.held for one in wanted.papers)):
        return _paper(wanted, situation.topic, topics)
    question = is_question(words)
    if (question or WHO_PAYS.search(words)) and len(words) <= BRIEF and general_answers().names_item(current, words):
        return Meaning("ask_ahead", 1.0)  # 「押金能抵房租吗」 opens no matter of the deposit
    few = len(HAN.findall(words)) <= PIECE and not is_bare(words)
    if few and (beside := read_beside(situation.topic, words)) in topics:
        return Meaning("second_topic", 1.0, (beside,))
    question = is_question(words)
    if other is not None and question and _ASKS_ON.match(words) and len(words) <= SHORT and not names(other[0], words):
        other = other if LEGAL.search(words) else None
    kept = other is not None and keeps(situation.topic, other[0])
    if question and other and not kept and other[1] >= SECOND and _elsewhere(words, topics[other[0]], current):
        return Meaning("second_topic", other[1], (other[0],))
    of_country = told_in(topics[situation.topic], situation.known(), words)
    if asks_ahead(words) or of_country or _of_the_service(words, current):
        return Meaning("ask_ahead", 1.0)
    if other is not None and other[1] >= SECOND and wants_cases(other[0], situation.topic, topics):
        return Meaning("ask_ahead", other[1], (other[0],))
    aside = other is not None and is_aside(words, other[0], topics)
    # A piece of the story at hand looks like any topic that its few words stand in: 「家里就一套房子」.
    piece = is_piece(words) and not (_MORE.search(words) or (other is not None and other[0] in HURT))
    if other is not None and not aside and not piece and other[1] >= SECOND and (question or _long(words)):
        return Meaning(_second(words, other[0], situation, topics), other[1], (other[0],))
    name, chance = ranking[0] if ranking else ("", 0.0)
    if name == OUTSIDE and asks_more(words):
        return Meaning("ask_ahead", SOCIAL)  # 「下一步咋办」 is asked of the matter at hand
    # 「走了」 may answer a question; only a plain good-bye ends one.
    lingers = name == "goodbye" and not _GOODBYE.search(words)
    # 「随便」 and 「手机上」 are no question that could be outside the law.
    lingers = lingers or (name == "matter_status" and not _STATUS.search(words))
    lingers = lingers or (name == OUTSIDE and (len(HAN.findall(words)) < _ANY_QUESTION or is_piece(words)))
    if chance >= SOCIAL and not lingers and (name in SMALL_TALK or name in ("matter_status", OUTSIDE, "handoff")):
        return Meaning(MEANT.get(name, name), chance)
    if question and len(words) >= _SHORTEST and not _FORGOT.search(words):
        if name == "law_question" and chance >= SOCIAL:
            return Meaning("ask_law", chance)
        return Meaning("ask_ahead", max(chance, SOCIAL))
    return Meaning("answer", 0.5)


def _named_matter(words: str, ranking: Ranking, situation: Situation, topics: Mapping[str, Topic]) -> Meaning | None:
    """Another matter, told before or not, that 「离婚的事」 names."""
    found = _THE_MATTER.fullmatch(words)
    if found is None:
        return None
    waiting = [str(one["topic"]) for one in situation.pending]
    other = other_topic(ranking, situation.topic, topics)
    waits = [one for one in waiting if one in topics and (names(one, words) or found["what"] in topics[one].name)]
    likely = other[0] if other is not None and other[1] >= NAMED_MATTER else ""
    topic = waits[0] if waits else likely
    if not topic or (found["what"] in topics[situation.topic].name):
        return None
    return Meaning("second_topic", 1.0, (topic,))


def _tells_kind(current: Topic, situation: Situation, topics: Mapping[str, Topic], other: tuple[str, ...]) -> bool:
    """Whether a service asks what kind of matter it is wanted for, and the topic told is of one: 「买房的事」."""
    return bool(other) and current.kind == "service" and situation.asked in known_of(current, topics[other[0]])


def _elsewhere(words: str, other: Topic, current: Topic) -> bool:
    """Whether another kind of matter is asked about: 「彩礼能不能退」 is answered by no opinion on a divorce."""
    if other.area == PROCEDURE or not other.kind == current.kind == "consultation":
        return False
    # 「能要赔偿吗」 asks of the matter at hand, whatever other it sounds like.
    return (other.area != current.area and len(HAN.findall(words)) > _BARE) or names(other.id, words)


def _long(words: str) -> bool:
    return len(HAN.findall(words)) >= _LONG


def _asks_at_a_place(words: str, situation: Situation, topic: Topic) -> bool:
    """Whether 「多少钱」 is said where a place is asked for, which any words could be."""
    if not situation.asked or topic.fact(situation.asked).type != "place":
        return False
    return (asks_ahead(words) or QUESTION.search(words) is not None) and not find_places(fold(words))


def _paper(wanted: Wanted, current: str, topics: Mapping[str, Topic]) -> Meaning:
    """A paper of this matter comes with its opinion; that of another is a second matter."""
    other = of_paper(wanted, current, topics)
    if other is None:
        return Meaning("ask_ahead", 1.0)
    return Meaning("second_topic", 1.0, (other.intent.removeprefix(TOPIC),))


def _of_the_service(words: str, topic: Topic) -> bool:
    """A short question about a service that one line answers, 「带什么证件」."""
    if len(words) <= _NAMED and not QUESTION.search(words):
        return False  # 「匿名」 is what is wanted, and asks nothing
    return topic.kind == "service" and len(words) <= BRIEF and general_answers().names_item(topic, words)


def _second(words: str, other: str, situation: Situation, topics: Mapping[str, Topic]) -> str:
    """Another matter is taken up at once while nothing of the first was told: that one was opened by mistake.

    What comes on top (又、还、也) or is asked about every matter (proofs, costs) is only noted.
    """
    told = any(one.answered for one in situation.known().values())
    beside = (
        topics[other].area == PROCEDURE or topics[other].kind == "service" or (is_piece(words) and _MORE.search(words))
    )
    return "second_topic" if told or beside else "change_topic"
