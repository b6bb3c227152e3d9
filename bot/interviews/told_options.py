"""Reads the options of choices and the phrases for yes and no out of a message."""

from __future__ import annotations

import re

from bot.interviews.facts import FactValue, Plain
from bot.interviews.hearing import END_MARKS, Hearing
from bot.interviews.late import AskBack
from bot.interviews.phrases import Used, combined, ordinal, single
from bot.interviews.topic_parts import Fact
from bot.understanding.meant import meant
from bot.understanding.substance import content

_RATHER = re.compile(r"其实|应该是|改[成为]|搞混")
_ONLY = re.compile(r"没有?[^,，。\s]{1,4}[\s,，]*(?:就是?|只是?)(?!说)")
_LONGEST_TURN = 16
"""Characters; what is longer tells more than one thing."""
_PAUSES = re.compile(r"[\s，,；;、。？！“”]|(?<=.)[的吧啊呀]+$")
_MAY = re.compile(r"能不能|可不可以|可以[^,，。]{0,8}[吗么]|有没有权|有权[^,，。]{0,8}[吗么]")
"""「他能不能半夜开门进来」 asks, and tells of nobody who did."""
_TELLING = 3
"""Characters of a phrase that says something by itself."""


def read_click(hearing: Hearing, fact: Fact) -> bool:
    """A quick reply, or its place in the list, is that answer and tells nothing else."""
    if fact.type not in {"choice", "yes_no"}:
        return False
    words = hearing.words[fact.id]
    plain = hearing.said.strip(END_MARKS)
    place: int | None
    if plain in words.labels:
        place = words.labels.index(plain)
    elif (heard := words.spoken.get(_PAUSES.sub("", plain))) is not None:
        place = heard
    elif any(plain.lower() == phrase for phrase, _ in words.asked):
        return False
    else:
        real = len(fact.options) or 2
        place = ordinal(hearing.said, real)
        place = ordinal(hearing.said, len(words.labels)) if place is None else place
    if place is None:
        return False
    answers: list[Plain] = [option.value for option in fact.options] if fact.options else [True, False]
    value = answers[place] if place < len(answers) else None
    hearing.new[fact.id] = FactValue(value, value is None, hearing.said)
    return True


def read_options(hearing: Hearing) -> None:
    """The options and the yes or no that the message says in a fact's own phrases."""
    for fact in hearing.topic.facts:
        asked = hearing.is_asked(fact)
        has_answer = fact.id in hearing.facts and hearing.facts[fact.id].value is not None
        if has_answer and not asked and not hearing.corrects and fact.id not in hearing.silent:
            _grow(hearing, fact)
            _turn(hearing, fact)
        if fact.id in hearing.silent or fact.id in hearing.new or (has_answer and not asked and not hearing.corrects):
            continue
        if fact.type not in {"choice", "yes_no"}:
            continue
        used = hearing.used(fact, asked)
        value = single(used) or combined(fact, used) or single(_after_all(hearing.said, used))
        if asked and value is None and fact.type == "choice":
            value = _chosen(hearing, fact, used)
        if value is not None:
            words = next((one.text for one in used if one.value == value), hearing.said)
            plain: Plain = value if fact.type == "choice" else value == "yes"
            if has_answer and not asked and not _takes_back(hearing, fact, used):
                continue
            if not (has_answer and not asked and hearing.facts[fact.id].value == plain):
                hearing.new[fact.id] = FactValue(plain, False, words)


def _grow(hearing: Hearing, fact: Fact) -> None:
    """An option that holds what was heard before, 刑拘 after 被带走了, replaces it: both would have given it at once.

    What was chosen from the list stays, and so does what two options hold of each other.
    """
    before = hearing.facts[fact.id]
    if fact.type != "choice" or meant(before.said) in hearing.words[fact.id].labels:
        return
    used = [one for one in hearing.used(fact, False) if len(one.text) >= _TELLING]
    now = next((one for one in fact.options if one.value == single(used)), None)
    was = next((one for one in fact.options if one.value == before.value), None)
    if now is None or was is None or was.value not in now.combines or now.value in was.combines:
        return
    hearing.new[fact.id] = FactValue(now.value, False, next(one.text for one in used if one.value == now.value))


def _turn(hearing: Hearing, fact: Fact) -> None:
    """「我没走，还在上班」 after 「已经走了」: so plainly the contrary that it is what is so."""
    if fact.type != "yes_no" or hearing.asked is None or len(hearing.said) > _LONGEST_TURN:
        return
    used = [one for one in hearing.used(fact, False) if len(one.text) >= _TELLING]
    value = single(used)
    plainly = len(used) > 1 or any(len(one.text) > _TELLING for one in used)
    if value is not None and plainly and (value == "yes") != hearing.facts[fact.id].value:
        hearing.new[fact.id] = FactValue(value == "yes", False, used[0].text)


def offer_other(hearing: Hearing) -> None:
    """Another option of a choice made before, told in passing, is asked back about: it may correct the choice."""
    if hearing.new or _MAY.search(hearing.said):
        return
    found: dict[str, FactValue] = {}
    for fact in hearing.topic.facts:
        before = hearing.facts.get(fact.id)
        if fact.type != "choice" or before is None or before.value is None or fact.id in hearing.silent:
            continue
        used = [one for one in hearing.used(fact, False) if len(one.text) >= _TELLING]
        value = single(used)
        if value is not None and value != before.value and not any(one.value == before.value for one in used):
            words = next(one.text for one in used if one.value == value)
            both = next(
                (
                    one.value
                    for one in fact.options
                    if {value, before.value} <= {one.value, *one.combines}
                    and (one.sum or one.value in (value, before.value))
                ),
                value,
            )
            if both != before.value:
                found[fact.id] = FactValue(both, False, words)
    if len(found) == 1:
        told = next(iter(found.values())).said
        hearing.ask_back = AskBack.of(hearing.topic, found, told, hearing.heard.quoted(told))


def _after_all(said: str, used: list[Used]) -> list[Used]:
    """「没受伤 就是脸肿了」 names what there is after what there is not; nothing where nothing is said so."""
    turn = _ONLY.search(said)
    return [one for one in used if one.text in said[turn.end() :]] if turn else []


def _takes_back(hearing: Hearing, fact: Fact, used: list[Used]) -> bool:
    """不是他撞的，是自己摔的 corrects nobody, unless the one denied is what was told before."""
    if hearing.earlier or content(hearing.said) != hearing.said or _RATHER.search(hearing.said):
        return True
    before = hearing.facts[fact.id].value
    told = {True: "yes", False: "no"}.get(before, before) if isinstance(before, bool) else before
    return any(one.denied and one.value == told for one in used)


def _chosen(hearing: Hearing, fact: Fact, used: list[Used]) -> str | None:
    if len(hearing.said) >= 2:
        labels = zip(fact.options, hearing.words[fact.id].labels, strict=False)
        partial = [option.value for option, label in labels if hearing.said in label]
        if len(partial) == 1:
            return partial[0]
    affirmed = {one.value for one in used if not one.denied}
    # 「没说不赔」 does not say that he pays.
    # 「没有合同」 denies no more than the one thing that an option may have with it.
    named = {option.value: option.label for option in fact.options}
    refused = {
        one.value
        for one in used
        if one.denied and one.text[0] not in "没不未无" and (one.text[0] != "有" or one.text in named[one.value])
    }
    if len(fact.options) == 2 and not affirmed and len(refused) == 1:
        return next(option.value for option in fact.options if option.value not in refused)
    return None
