"""An answer that comes one question late, or corrects the one before: which earlier fact it may be meant for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.interviews.ages_told import of_others_age
from bot.interviews.facts import Facts, FactValue
from bot.interviews.inference import ESTIMATED
from bot.interviews.lexicon import lexicon
from bot.interviews.phrases import find_pairs, ordinal
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact
from bot.interviews.wording import fact_text, told_text
from bot.understanding.meant import meant
from bot.understanding.speech_acts import read_polarity
from bot.understanding.substance import is_bare

_BACK = re.compile(
    r"^(?:哦|噢|啊|嗯|对了|不对|等等|等一下|那个|我说)*[,，\s]*"
    r"(?:(?:你|您)?(?:刚才|刚刚|前面|上面|之前)(?:问|说)?(?:的|得)?(?:那个|那|这个)?(?:问题|一个)?|(?:上|前|第)一(?:个|条)(?:问题)?)"
    r"(?:的话|是|,|，|:|：|\s)+"
)
"""「刚才那个，……」 goes back to what was asked before."""
_LONGEST = 12
"""Characters of an answer that nothing announces; what is longer tells a story."""
_TELLING = 3
"""Characters of a phrase that says something by itself."""
_SMALL = re.compile(
    r"(?:(?:我|俺|他|她|都|快)*[0-9一二两三四五六七八九十]{1,3}(?:了|岁了?)?|今年[0-9一二两三四五六七八九十]{1,3}(?:了|岁了?))"
)
"""A bare small number may count anything, years of age first of all."""
_FILLS = re.compile(r"[大概约差不多左右上下吧呢啊了也就是有得花要给的一共总共合计多块钱元出头来还\s,，。.]")
"""Characters beside a figure that say nothing of what it is of."""
_ASKS = re.compile(r"[?？]|怎么|咋|如何|什么|啥|[吗么嘛呢]$|多少|哪|谁|能不能|是不是|有没有")
_BESIDE = 4
"""Characters beside a figure that nothing else stands for: 大概……吧."""
_NOUGHT = re.compile(r"[0零〇]")
_DAY = re.compile(r"[今去前]年|[0-9]{2,4}年(?!了)|上个?月|[0-9一二三四五六七八九十][月号日](?!份?了)")
"""「今年十月才找我」 tells no length of time that was not asked for."""
_NO_MORE = re.compile(
    r"(?:初[一二三四五六七八九十]|十[一二三四五六七八九]|前后|左右|那[会儿时阵]+|时候|的|事情?|是|在|大概|大约|就|吧|了|呢|啊|[\s,，。])*"
)
"""Beside a day: 「上上个月的事」."""
_MOST = 4
"""Answers looked back at: nobody goes back further without naming what they mean."""
YES, NO, NEITHER = "是的，改一下", "不是", "都不是"
_MEASURED = frozenset({"amount", "duration", "date", "count", "percent"})

Read = Callable[[Fact, str], FactValue | None]
"""The value of a fact as `text` would give it, were its question the one asked."""


def going_back(said: str) -> str:
    """What was said behind 「刚才那个，」; "" where nothing goes back."""
    found = _BACK.match(said)
    return said[found.end() :].strip() if found is not None else ""


def late_answers(
    topic: Topic, facts: Facts, asked: Fact, said: str, announced: bool, read: Read
) -> dict[str, FactValue]:
    """The earlier facts that `said` may be meant for with their new values, the one told last first.

    Without an announcement only a short answer counts that says something by itself; against an earlier answer only a
    figure, a day or the fact's own words.
    """
    if not (said if announced else _says_something(said)):
        return {}
    found: dict[str, FactValue] = {}
    earlier = [one for one in reversed(list(facts)) if one != asked.id and not facts[one].said.startswith(ESTIMATED)]
    for fact_id in earlier[:_MOST]:
        fact, before = topic.fact(fact_id), facts[fact_id]
        if not fact.asked or fact.type in {"text", "place"}:
            continue
        if before.value is not None and not announced and fact.type not in _MEASURED and not _worded(topic, fact, said):
            continue
        if before.unknown and fact.type == "yes_no" and not announced and not _named(topic, fact, said):
            continue  # what was not known is not settled by a yes or no in the answer to something else
        if fact.type in {"choice", "yes_no"} and ordinal(said, len(fact.options) + 2) is not None:
            continue  # a place in a list that is no longer shown
        told = read(fact, said)
        if told is not None and fact.type == "duration" and not announced and _DAY.search(told.said):
            continue  # 「上个月二十号」 tells no length of time that nothing asked for
        fits = _is_all if fact.type in _MEASURED and not announced else _is_figure
        day = announced or told is None or _of_this_day(fact, told, said)
        if told is not None and day and fits(told, said) and not _is_told(fact, told, before):
            found[fact_id] = told
    return found


def _is_told(fact: Fact, told: FactValue, before: FactValue) -> bool:
    """Whether it was told already, by itself or with more: 「不给我饭吃」 after 「被打了」."""
    more = next((one.combines for one in fact.options if one.value == before.value), ())
    return told.value == before.value or told.value in more


def early_answers(
    topic: Topic, needed: Sequence[str], asked: Fact, said: str, read: Read, sure: Callable[[str], bool]
) -> dict[str, FactValue]:
    """The figures and days still to be asked for that a short answer may be, next one first: 「四万多」 comes early.

    `sure` tells whether a question will be asked whatever else is answered: a day that nothing names is no other.
    """
    if not _says_something(said):
        return {}
    found = _readings([topic.fact(one) for one in needed if one != asked.id], said, read)
    found = {one: told for one, told in found.items() if not of_others_age(topic.fact(one), said)}
    found = {one: told for one, told in found.items() if _of_this_day(topic.fact(one), told, said)}
    found = {
        one: told for one, told in found.items() if topic.fact(one).type != "duration" or not _DAY.search(told.said)
    }
    named = {one: told for one, told in found.items() if any(cue in said for cue in topic.fact(one).cues)}
    found = named or {one: told for one, told in found.items() if topic.fact(one).type != "date" or sure(one)}
    figures = all(topic.fact(one).type in {"amount", "percent"} for one in found)
    return found if len(found) == 1 or figures else {}


def unknown_answers(topic: Topic, facts: Facts, said: str, read: Read) -> dict[str, FactValue]:
    """The facts nobody knew when they were asked for that a short answer may be of, after the opinion."""
    if not _says_something(said):
        return {}
    return _readings([topic.fact(one) for one, told in facts.items() if told.unknown], said, read)


def _says_something(said: str) -> bool:
    telling = bool(said) and not is_bare(said) and not _SMALL.fullmatch(said) and not _ASKS.search(said)
    return telling and len(said) <= _LONGEST and not going_back(said)


def _readings(facts: Sequence[Fact], said: str, read: Read) -> dict[str, FactValue]:
    told = [(fact, read(fact, said)) for fact in facts if fact.type in _MEASURED]
    return {
        fact.id: value
        for fact, value in told
        if value is not None and _is_all(value, said) and not _names_another(fact, value, said)
    }


def _names_another(fact: Fact, told: FactValue, said: str) -> bool:
    """「还有债 三万」 is no estate: what stands beside the figure is no word of the fact."""
    rest = _FILLS.sub("", said.replace(told.said, ""))
    own = fact.label + fact.question + "".join(fact.cues)
    return fact.type in {"amount", "percent"} and bool(rest) and not any(char in own for char in rest)


def _is_all(told: FactValue, said: str) -> bool:
    """Whether the message is little more than the figure: 「今天先不问了」 tells of no day."""
    return _is_figure(told, said) and len(said) <= len(told.said) + _BESIDE


def _is_figure(told: FactValue, said: str) -> bool:
    """Not the nought that 「她不要孩子」 would be."""
    return told.value is not None and (told.value is False or told.value != 0 or _NOUGHT.search(said) is not None)


def is_only_figure(fact: Fact, told: FactValue, said: str) -> bool:
    """Whether a short message is no more than this figure or day, and its words are none of another fact."""
    plain = _says_something(said) and _is_all(told, said) and not _names_another(fact, told, said)
    rest, own = _FILLS.sub("", said.replace(told.said, "")), fact.label + fact.question + "".join(fact.cues)
    if fact.type in {"duration", "date"} and len(rest) > 1 and rest[:2] not in own:
        return False
    return plain and (fact.type != "duration" or not _DAY.search(told.said))


def _of_this_day(fact: Fact, told: FactValue, said: str) -> bool:
    """Whether a day is the fact's, and not that of something else: 「六月开始就没发」 is no day of leaving."""
    rest = said.replace(told.said, "")
    return (
        fact.type != "date" or bool(_NO_MORE.fullmatch(rest)) or is_bare(rest) or any(cue in said for cue in fact.cues)
    )


def _worded(topic: Topic, fact: Fact, said: str) -> bool:
    """Whether one of the fact's own phrases says it without its question: a mere yes may be said of anything."""
    return any(len(one.text) >= _TELLING for one in find_pairs(said, lexicon(topic)[fact.id].volunteered))


def _named(topic: Topic, fact: Fact, said: str) -> bool:
    """Whether one of its phrases, however short, says it, other than a mere yes or no, or its question's own words."""
    if len(said) > 1 and said in fact.question:
        return True
    return any(len(one.text) > 1 and not is_bare(one.text) for one in find_pairs(said, lexicon(topic)[fact.id].asked))


def surely(facts: Facts, found: Mapping[str, FactValue], announced: bool) -> str:
    """The fact that is meant beyond doubt; "" where that has to be asked."""
    first = next(iter(found))
    if announced:
        return first if len(found) == 1 or first == list(facts)[-1] else ""
    return first if len(found) == 1 and (first not in facts or facts[first].value is None) else ""


@dataclass(frozen=True, slots=True)
class AskBack:
    """One short question what was meant."""

    text: str
    choices: tuple[str, ...]
    facts: tuple[str, ...]
    """Ids of those it may be."""
    said: str
    """What is read again for the one that is meant."""

    @classmethod
    def of(cls, topic: Topic, found: Mapping[str, FactValue], said: str, shown: str) -> AskBack:
        """The question about `said`, in the citizen's own words `shown`."""
        one, *rest = (topic.fact(fact_id) for fact_id in list(found)[:2])
        if rest:
            text = f"您说的“{shown}”，是“{one.label}”，还是“{rest[0].label}”？"
            return cls(text, (one.label, rest[0].label, NEITHER), (one.id, rest[0].id), said)
        changed = f"把“{one.label}”改成“{fact_text(one, found[one.id])}”"
        if one.type == "yes_no":
            changed = f"改成“{told_text(one, found[one.id])}”"
        text = f"您说的“{shown}”，是要{changed}吗？"
        return cls(text, (YES, NO), (one.id,), said)


def which(topic: Topic, facts: Facts) -> str:
    """Asks what is to be changed where the words go back to nothing that was told."""
    labels = [topic.fact(one).label for one in reversed(list(facts)) if facts[one].value is not None]
    return f"您想改前面的哪一项？请直接说，比如“{labels[0]}改成……”。" if labels else ""


def reply_back(topic: Topic, facts: Sequence[str], reply: str) -> str | None:
    """The fact that `reply` names; "" for none of them, None where it is about something else."""
    plain, polarity = meant(reply).strip(" ,，。.!！"), read_polarity(reply)
    labels = {meant(topic.fact(one).label): one for one in facts if one in {fact.id for fact in topic.facts}}
    if plain in labels:
        return labels[plain]
    if plain == NEITHER or (is_bare(plain) and polarity in {"no", "unknown"}):
        return ""
    agrees = plain == meant(YES) or (is_bare(plain) and polarity == "yes")
    return facts[0] if len(facts) == 1 and agrees else None
