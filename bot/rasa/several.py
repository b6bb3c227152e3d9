"""Reads the problems that one message counts out, 「第一，……；第二，……」, or adds to the first, 「……，另外……」."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.interviews.topic import Topic
from bot.rasa.cues import HAN
from bot.rasa.intents import TOPIC, Meaning
from bot.rasa.opening import fresh
from bot.rasa.ranking import PROCEDURE, Ranking
from bot.rasa.two_problems import ADDED, LEAST, TwoProblems

MOST = 4
"""Problems of one message: the first, and as many as wait."""
_BARE = r"(?![月年号日个天万千百块元点岁楼次人套间比周级层份条])[\u4e00-\u9fff]"
"""「1试用期可以不交社保吗 2公司……」: what follows a number that counts nothing."""
_FIRST = rf"第[一1](?=[个件点是就,，、:：\s])|[一1](?=是(?!个|家|年))|一(?=、)|首先|①|1(?=[、.．)）](?!\d)|{_BARE})"
_NEXT = (
    rf"(?:还有|再有|最后)?(?:第[二三四五2-5](?=[个件点是就,，、:：\s])|[二三四五](?=是(?!手|婚|审|胎|级)|、)|"
    rf"其次|再次|最后(?=[一,，])|[②③④⑤]|[2-5](?=[、.．)）](?!\d)|{_BARE}))"
)
_ONE = r"(?:还有|另外|再)?(?:另)?一[个件](?:事情?|问题)?(?:就?是|[,，:：])"
_START = r"(?:^|(?<=[\s,，。.;；:：、!！?？]))"
_END = r"(?:[个件点])?(?:事情?|问题)?(?:就?是)?[,，、.．:：)）\s]*"
_COUNTED = re.compile(rf"{_START}(?:(?P<first>{_FIRST})|{_NEXT}|(?P<one>{_ONE})){_END}")
_ORDINAL = re.compile(r"第[一二三四五1-5][个件点](?!事|问题|就?是|[,，、:：\s])")
"""「第一个老婆」 counts no problem."""
_ADDED = re.compile(
    rf"{_START}(?:另外|此外|还有(?:一?[个件])(?:事情?|问题)?(?:就?是)?|再有就是|再就是|对了)(?!一[半个])[,，:：\s]*"
)
_MORE = re.compile(rf"{_START}(?:还有|再有|再就是|另外)(?!一[半个])[,，:：\s]*")
"""After the first that was added; 「还有利息没给」 may still belong to it."""
_MARKS = " \t\n,，。.;；、:：!！"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a message says of each problem, in the order told."""

    said: tuple[str, ...]
    counted: bool
    """Counted out in so many words; else only added to the first."""


def parted(text: str) -> Parts:
    """The parts of the message; none where it tells of one thing."""
    signs = [one for one in _COUNTED.finditer(text) if not _ORDINAL.match(text, one.start())]
    counted = len(signs) >= 2 or (len(signs) == 1 and not (signs[0]["first"] or signs[0]["one"]))
    if not counted:
        signs = list(_ADDED.finditer(text))[:1]
        signs += [one for one in _MORE.finditer(text) if signs and one.start() > signs[0].end()]
    if not signs:
        return Parts((), False)
    ends = [*(one.start() for one in signs[1:]), len(text)]
    said = [text[one.end() : end] for one, end in zip(signs, ends, strict=True)]
    lead = text[: signs[0].start()]
    if not (counted and (signs[0]["first"] or signs[0]["one"])):
        said = [lead, *said]
    said = [one.strip(_MARKS) for one in said]
    least = LEAST - counted  # 「三是欠工资」
    said = [one for one in said if len(HAN.findall(one)) >= least][:MOST]
    return Parts(tuple(said), counted) if len(said) > 1 else Parts((), False)


def find_several(
    parts: Parts, rankings: Sequence[Ranking], areas: Sequence[Ranking], topics: Mapping[str, Topic]
) -> TwoProblems | None:
    """The problems that the parts are about, each once; None for fewer than two."""
    found: dict[str, str] = {}
    last = ""
    for said, ranking, area in zip(parts.said, rankings, areas, strict=True):
        topic = _topic(fresh(said, ranking, area, topics), parts.counted)
        if topic in topics and topics[topic].area != PROCEDURE:
            found[topic] = f"{found[topic]}，{said}" if topic in found else said
            last = topic
        elif len(found) > 1 and last:
            found[last] += f"，{said}"
        elif not parts.counted:
            return None
    if len(found) < 2 or not (parts.counted or len({topics[one].area for one in found}) == len(found)):
        return None
    return TwoProblems(tuple(found), tuple(found.values()), parts.counted)


def _topic(meaning: Meaning, counted: bool) -> str:
    """The topic of a part; of two that are possible the likelier, where the message itself counts it as a problem."""
    if meaning.intent == "unclear" and counted:
        return meaning.candidates[0]
    plainly = meaning.intent.startswith(TOPIC) and (counted or meaning.confidence >= ADDED)
    return meaning.intent.removeprefix(TOPIC) if plainly else ""
