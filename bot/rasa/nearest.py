"""Finds what an opinion says of a question that no rule answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.interviews.conclude import Conclusions
from bot.rasa.components.likeness import likest
from bot.rasa.cues import HAN, LAW_REFERENCE

_COMMON = re.compile(r"[我你您他她它们这那的了吗呢吧啊能可以怎么会要有没是不什多少还也就都给打说去来上下到在和]")
_LEAST = 2
"""Pairs of characters that a question must share with what answers it…"""
_SHORT = 9
"""…and of so few Chinese characters one that tells something: 「能不能不搬」."""
ALIKE = 0.58
"""Cosine of the taught sentence model from which on a sentence answers a question. Of 44 questions as people ask them
after 13 opinions eight are answered there, all of them rightly; from 0.5 on six more, of which three are not."""
_MORE = 2
"""Sentences told behind a title that means what is asked."""
_LEAD = re.compile(r"^(?:那|可是|但是)?(?:我)?(?:就|只)?(?:想|要)?问(?:的是|一下|问)?")
_SENTENCE = re.compile(r"[^。；;]+[。；;]?")


def nearest(question: str, conclusions: Conclusions) -> str:
    """The sentence of a finding, with its title, or the step that means most nearly what is asked; where none is near,
    that in whose words it is asked; empty for none.
    """
    told = [(f"{one.finding.title}。", one.text) for one in conclusions.findings]
    told += [("", step) for step in conclusions.steps]
    question = _LEAD.sub("", question)
    return _by_meaning(question, told) or _in_its_words(question, told)


def titled(question: str, conclusions: Conclusions) -> bool:
    """Whether the title of a view has words of the question: 「能不能不要车位」 asks on about it."""
    return any(_pairs(question) & _pairs(one.finding.title) for one in conclusions.findings)


def shares(question: str, text: str, known: str = "") -> bool:
    """Whether `text` has words of the question but those `known` of the matter; else it is about something else."""
    asked = _pairs(_LEAD.sub("", question)) - _pairs(known)
    return bool(asked & _pairs(text)) or LAW_REFERENCE.search(question) is not None


def _in_its_words(question: str, told: Sequence[tuple[str, str]]) -> str:
    asked, signs = _pairs(question), _signs(question)
    short = len(HAN.findall(question)) <= _SHORT
    best, found = (0, 0), ""
    for title, text in told:
        for sentence in _SENTENCE.findall(text):
            said = title + sentence
            score = len(asked & _pairs(said)), len(signs & _signs(said))
            # 「不赔会坐牢不」 shares its 赔, and is not answered by it.
            if score > best and (score[0] >= _LEAST or (short and 2 * score[1] > len(signs))):
                best, found = score, f"{title}{sentence.strip().rstrip('；;。')}。"
    return found


def _by_meaning(question: str, told: Sequence[tuple[str, str]]) -> str:
    """「那三百块要不要退」 shares no words with 「补贴可以要求退回」."""
    sentences = [(title, one.strip()) for title, text in told for one in (title, *_SENTENCE.findall(text)) if one]
    at, likeness = likest(question, [one for _, one in sentences])
    if likeness < ALIKE:
        return ""
    title, sentence = sentences[at]
    if sentence == title:  # which only says that there is something to be told
        text = next(text for one, text in told if one == title)
        return f"{title}{''.join(_SENTENCE.findall(text)[:_MORE]).strip().rstrip('；;。')}。"
    return f"{title}{sentence.rstrip('；;。')}。"


def _pairs(text: str) -> set[str]:
    words = _COMMON.sub(" ", text)
    pairs = {words[at : at + 2] for at in range(len(words) - 1)}
    return {one for one in pairs if len(HAN.findall(one)) == len(one)}


def _signs(text: str) -> set[str]:
    return set(HAN.findall(_COMMON.sub("", text)))
