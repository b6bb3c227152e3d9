"""Tells whether a short yes or no speaks of another fact than the one asked: 「没签过」 is no answer to 还在上班吗."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.interviews.lexicon import lexicon
from bot.interviews.per_topic import per_topic
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
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
_DENIAL = re.compile(r"[没不未].")
_DENIED_ACT = re.compile(
    r"[没未不](?:有|去|跟我|给我|和我)?(签|报警|报案|起诉|投诉|举报|立案|登记|领证|仲裁|鉴定|赔|判|住院|打[欠借]条|写[欠借]条|转账|[交缴买上]社保|发)"
)
"""Acts that a question which they answer names: 没签 says nothing of 还在上班吗, in whatever topic."""
_GENERIC = re.compile(
    r"[有是在会能用要行对好成想做办弄搞说讲知问给可以同意愿肯定当然清楚道错题事什么啥人过了的我他她您你它们这那个些]+"
)
"""Verbs that answer any question."""


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    stems: frozenset[str]
    """What is left of the fact's own phrases without their yes or no."""
    phrases: frozenset[str]
    """Those that say something by themselves."""
    text: str
    """Everything that is said about the fact."""


def stem(said: str) -> str:
    """The word that a short affirmation or denial is about; "" for a bare one and for a longer message."""
    found = _FRAME.match(said) if len(said) <= _LONGEST else None
    return found["stem"] if found is not None and not _GENERIC.fullmatch(found["stem"]) else ""


def others(topic: Topic, asked: Fact, said: str) -> tuple[str, ...]:
    """Ids of the facts whose word a short answer uses, where that word is none of the fact asked; topic order."""
    word, of = stem(said), _vocabulary(topic)
    rest = [fact.id for fact in topic.facts if fact.id != asked.id]
    if said in of[asked.id].text or (word and word in of[asked.id].text):
        return ()
    return tuple(one for one in rest if said in of[one].phrases or (word and word in of[one].stems))


def denied_elsewhere(topic: Topic, asked: Fact, said: str) -> bool:
    """Whether what is denied is another fact's: 「六月开始就没发」 (of the wages) to 「您还在这家单位吗」."""
    if is_bare(said):
        return False
    own = _vocabulary(topic)[asked.id].text
    if any(act[1] not in own for act in _DENIED_ACT.finditer(said)):
        return True
    cues = (cue for fact in topic.facts if fact.id != asked.id for cue in fact.cues if _DENIAL.match(cue))
    return any(cue in said and cue not in own for cue in cues)


@per_topic
def _vocabulary(topic: Topic) -> Mapping[str, _Vocabulary]:
    words = lexicon(topic)
    found: dict[str, _Vocabulary] = {}
    for fact in topic.facts:
        own = words[fact.id]
        phrases = [phrase for phrase, _ in own.asked]
        said = [fact.label, fact.question, fact.why, fact.help, *fact.cues, *phrases]
        stems = frozenset(one for phrase in phrases if (one := stem(phrase)))
        telling = frozenset(phrase for phrase in phrases if len(phrase) >= _TELLING and not is_bare(phrase))
        found[fact.id] = _Vocabulary(stems, telling, meant("\n".join(said)))
    return found
