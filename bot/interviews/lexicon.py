"""The phrases, labels and cues of a topic in the form in which messages are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.interviews.per_topic import per_topic
from bot.interviews.phrases import Pairs
from bot.interviews.quick_replies import quick_replies, spoken_replies
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.understanding.meant import meant

_BARE = frozenset(
    ("没有", "还没", "还没有", "没有过", "有的", "是的", "不是", "不对", "好的", "不会", "不能", "可以", "不行")
    + ("不知道", "不清楚")
)
"""Answers to whatever was asked; they say nothing about any other question."""
_LACKED = re.compile(r"没有?(?P<act>约定|[写说讲提签交打办买谈给要收发报付])(?P<thing>[\u4e00-\u9fff]{2,4})")
_LACKS_ONCE = re.compile(r"[^没]*(?<!有)没(?:有(?=[\u4e00-\u9fff])|(?!有)(?=[\u4e00-\u9fff]))[^没]*")
_NO_THING = re.compile(r"[我你他她它这那什么啥没不有的了过给在就再还出写说上来清多少]")


@dataclass(frozen=True, slots=True)
class FactWords:
    """How one fact is spoken of; all in that form."""

    labels: tuple[str, ...]
    """The quick replies, in the order in which they are shown."""
    spoken: Mapping[str, int]
    """The labels of its options as who only hears them says them, with their place."""
    asked: Pairs
    """(phrase, what it stands for) when the fact's question was asked."""
    volunteered: Pairs
    """The same when it was not: a single character or a bare yes said in passing is no answer."""
    cues: tuple[str, ...]
    question: str


def _pairs(of: Iterable[tuple[str, str]], asked: bool) -> Pairs:
    pairs = [(meant(phrase).lower(), value) for phrase, value in of]
    own = {phrase for phrase, _ in pairs}
    others = [(other, value) for phrase, value in pairs for other in _otherwise(phrase, asked)]
    more = [one for one in others if one[0] not in own]
    return tuple(dict.fromkeys((*pairs, *more)))


def _otherwise(phrase: str, asked: bool) -> Iterator[str]:
    """The same said in another way: 「利息没写」 for 「没写利息」, and where it was asked 「没有钱」 for 「没钱」."""
    if asked and _LACKS_ONCE.fullmatch(phrase):
        yield phrase.replace("没有", "没", 1) if "没有" in phrase else phrase.replace("没", "没有", 1)
    if other := _turned(phrase):
        yield other


def _turned(phrase: str) -> str:
    """「利息没写」 for 「没写利息」, as it is said with the thing first; "" where nothing can be turned."""
    found = _LACKED.fullmatch(phrase)
    if found is None or _NO_THING.search(found["thing"]):
        return ""
    return f"{found['thing']}没{found['act']}"


def _words(fact: Fact) -> FactWords:
    if fact.type == "yes_no":
        says = [(phrase, "yes") for phrase in fact.says_yes] + [(phrase, "no") for phrase in fact.says_no]
        only_answers = [(phrase, "yes") for phrase in fact.answers_yes]
        only_answers += [(phrase, "no") for phrase in fact.answers_no]
    else:
        says = [(phrase, option.value) for option in fact.options for phrase in (option.label, *option.says)]
        only_answers = [(phrase, option.value) for option in fact.options for phrase in option.answers]
    return FactWords(
        labels=tuple(meant(label) for label in quick_replies(fact)),
        spoken={meant(said): place for said, place in spoken_replies([one.label for one in fact.options]).items()},
        asked=_pairs([*says, *only_answers], True),
        volunteered=tuple(pair for pair in _pairs(says, False) if len(pair[0]) >= 2 and pair[0] not in _BARE),
        cues=tuple(dict.fromkeys(meant(cue) for cue in fact.cues)),
        question=meant(fact.question),
    )


@per_topic
def lexicon(topic: Topic) -> dict[str, FactWords]:
    """The words of each fact by its id."""
    return {fact.id: _words(fact) for fact in topic.facts}
