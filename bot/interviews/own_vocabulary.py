"""The words in which each fact of a topic is spoken of, to tell of which fact a short answer is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.interviews.lexicon import lexicon
from bot.interviews.per_topic import per_topic
from bot.interviews.topic import Topic
from bot.understanding.meant import meant
from bot.understanding.substance import is_bare

_LONGEST = 8
"""Characters; what is longer tells more than one thing."""
_TELLING = 3
"""Characters; a shorter phrase alone may answer anything."""
_FRAME = re.compile(
    r"^(?:我们?|他们?|她们?|那|嗯+|哦+|啊|就|也|都|又|还|从来|一直|根本|压根|反正|当然|肯定|早就?|已经|没有?|不|未|有)*"
    r"(?P<stem>.+?)(?:过|了|的|呢|啊|呀|吧|哦|嘛|啦)*[。.!！,，~～\s]*$"
)
GENERIC = re.compile(
    r"[有是在会能用要行对好成想做办弄搞说讲知问给可以同意愿肯定当然清楚道错题事什么啥人过了的我他她您你它们这那个些]+"
)
"""Verbs that answer any question."""
HAN = re.compile(r"[\u4e00-\u9fff]")
VAGUE = re.compile(r"^(?:什么|啥|任何|一点儿?|半点|多少|几个?|个|过|太多|的|了)+")
"""Says nothing of what is lacked: 「没有什么协议」."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is said of one fact."""

    stems: frozenset[str]
    """What is left of the fact's own phrases without their yes or no."""
    phrases: frozenset[str]
    """Those that say something by themselves."""
    text: str
    """Everything that is said about the fact."""
    question: str
    spoken: str
    """Its own phrases that say it without its question."""


def stem(said: str) -> str:
    """The word that a short affirmation or denial is about; "" for a bare one and for a longer message."""
    found = _FRAME.match(said) if len(said) <= _LONGEST else None
    return found["stem"] if found is not None and not GENERIC.fullmatch(found["stem"]) else ""


@per_topic
def vocabulary(topic: Topic) -> Mapping[str, Vocabulary]:
    """The words of each fact by its id."""
    words = lexicon(topic)
    found: dict[str, Vocabulary] = {}
    for fact in topic.facts:
        own = words[fact.id]
        phrases = [phrase for phrase, _ in own.asked]
        said = [fact.label, fact.question, fact.why, fact.help, *fact.cues, *phrases]
        stems = frozenset(one for phrase in phrases if (one := stem(phrase)))
        spoken = "\n".join(phrase for phrase, _ in own.volunteered)
        telling = frozenset(phrase for phrase in phrases if len(phrase) >= _TELLING and not is_bare(phrase))
        found[fact.id] = Vocabulary(stems, telling, meant("\n".join(said)), meant(fact.question), spoken)
    return found
