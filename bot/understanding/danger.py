"""Recognises that someone is in danger now, and says which number helps first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from bot.understanding.danger_sideways import BUSY, OF_ANOTHER, OVER, PICTURES, SIDEWAYS, SPEAKS_AS_CHILD
from bot.understanding.danger_words import (
    ACCIDENT,
    AFTER_ARREST,
    CLAUSE,
    CRY,
    DYING,
    FIGURE,
    GRAVE,
    HABIT,
    LEGAL,
    LONG_ILLNESS,
    NEGATED,
    NOW,
    OURS,
    PAST,
    PERSON,
    SENTENCE,
    SPOKEN_OF_THE_DYING,
    STRONG,
    SUDDEN,
    THEIR_SIDE,
    THING,
    WEAK,
)
from bot.understanding.normalise import fold

DangerKind = Literal["violence", "self_harm", "child", "detention", "medical", "fire", "harm", "missing"]


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger read from a message, with what to say first."""

    kind: DangerKind
    numbers: tuple[str, ...]
    """Emergency and help numbers, the most urgent first."""
    say: str
    """What the citizen is told first, in Simplified Chinese; every number of `numbers` is in it."""


_SAY: dict[DangerKind, tuple[tuple[str, ...], str]] = {
    "violence": (
        ("110", "12338"),
        "您的安全最要紧：请马上拨打110报警，不方便说话就发短信到12110，写清地址；尽量到有人、能锁门的地方；之后需要妇女维权帮助可以打12338。",
    ),
    "self_harm": (
        ("12356", "120", "110"),
        "听到您这么难受，我很担心您：请先别一个人扛，现在就打12356心理援助热线，已经受伤或有危险请马上打120或110，再难的事都有人愿意陪您一起想办法。",
    ),
    "child": (
        ("110", "12355"),
        "孩子的安全最要紧：请马上拨打110报警，并让孩子待在信得过的大人身边；青少年求助还可以打12355。",
    ),
    "detention": (
        ("12348", "110"),
        "您先别慌：家人被带走后有权请律师，符合条件还能申请法律援助，可以马上拨打12348；如果是被不明身份的人关住，请打110。",
    ),
    "medical": (("120", "110"), "救人最要紧：请马上拨打120，按接线员说的做；有人行凶或出了车祸，同时打110。"),
    "fire": (("119", "110"), "请马上离开现场，到安全的地方再拨打119；闻到燃气味时不要开关电器、不要点火。"),
    "harm": (
        ("12356", "110", "120"),
        "您先停一停：再气、再委屈，也别伤人，一动手，有理也变没理。先离开那里，打12356，有人听您说；"
        "控制不住就打110；已经有人受伤，马上打120。您的事我们一起想办法依法要回来。",
    ),
    "missing": (
        ("110",),
        "请马上打110报警：人不见了不用等满24小时，越早报越好找。说清什么时候、在哪里不见的，穿什么衣服，带上近照。",
    ),
}
"""Numbers as of 2026-11: 110 police, 119 fire, 120 ambulance, 12338 women, 12348 legal service, 12355 youth,
12356 psychological help."""

_ALSO: dict[DangerKind, str] = {
    "violence": "有人正在伤害您时请马上打110，之后需要妇女维权帮助可以打12338。",
    "self_harm": "心里难受时请打12356，已经受伤请打120，有危险请打110。",
    "child": "未成年人被欺负、被伤害，请打110，也可以打12355青少年服务热线，并告诉一位信得过的大人。",
    "detention": "家人被带走需要法律援助，可以打12348，遇到不明身份的人请打110。",
    "medical": "有人受伤或昏迷请马上打120，有人行凶请打110。",
    "fire": "有火情或燃气泄漏，请先撤到安全的地方再打119，有人受伤打120。",
    "harm": "再气也别伤人，控制不住就打110，想有人听您说打12356，有人受伤打120。",
    "missing": "人不见了马上打110，不用等满24小时。",
}
"""What is added when the danger is not the only one; names every number of its kind."""

_OTHERS_WISH = (
    "先别让他一个人待着：陪在身边，把药、刀、绳子收起来，门别锁。已经吃了药、受了伤，马上打120；劝不住、找不到人，马上打110；"
    "怎么劝，可以打12356心理援助热线问。"
)
"""In place of `self_harm` where somebody else wants to die."""
_TO_A_CHILD = (
    "你愿意说出来，很勇敢，这不是你的错。现在就打110，或者到邻居、老师、附近商店的大人那里，请他们帮你打；"
    "也可以打12355，有人专门听小朋友说话。"
)
"""In place of `child`, and of `violence`, where the child itself writes."""
_NO_MORE_PICTURES = "照片、视频别再发，也别给他钱；聊天记录别删，留着给警察看。"
_FOUND = re.compile(r"(?:找到|回来)了|找(?:回|着)了|去年|前年|以前|曾|小时候|上次|有一次|过一次|多年")
_GAS_FIRST = "先离开屋子，能关上阀门、打开窗就顺手做，别碰开关。"
_FIRST: tuple[DangerKind, ...] = ("self_harm", "child", "violence", "harm", "fire", "medical", "missing", "detention")
"""Which danger speaks first when a message names several; the numbers of the others follow."""
_LONGEST = 4000
"""Of a longer message the beginning and the end are read; nobody in danger writes more."""


def find_danger(text: str, about: str = "") -> Danger | None:
    """The danger someone is in now, or None; what is past, denied, figurative or only asked about does not count.

    `about`: what the conversation is on, in words; who speaks of a visit to prison or an inheritance and says that the
    mother is dying tells of a long illness.
    """
    said = fold(text if len(text) <= _LONGEST else text[: _LONGEST // 2] + "。" + text[-_LONGEST // 2 :])
    sentences = SENTENCE.findall(said)
    kinds = [kind for kind in _FIRST if _is_named(kind, said, sentences, about) or _sideways(kind, sentences)]
    if not kinds and any(_counts("violence", one, match) for one in sentences for match in CRY.finditer(one)):
        return _answer(["violence"])
    if "medical" in kinds and "self_harm" in kinds:
        kinds = ["medical", *(kind for kind in kinds if kind != "medical")]
    if not kinds:
        return None
    danger = _answer(kinds)
    if kinds[0] == "self_harm" and _of_another(sentences):
        return replace(danger, say=danger.say.replace(_SAY["self_harm"][1], _OTHERS_WISH))
    if kinds[0] == "self_harm" and "fire" in kinds:
        return replace(danger, say=_GAS_FIRST + danger.say)
    if kinds[0] in ("child", "violence") and SPEAKS_AS_CHILD.search(said):
        numbers = ("110", "12355", *(one for one in danger.numbers if one not in ("110", "12355", "12338")))
        more = _NO_MORE_PICTURES if PICTURES.search(said) else ""
        say = danger.say.replace(_SAY[kinds[0]][1], _TO_A_CHILD + more)
        return Danger("child", numbers, say)
    return danger


def _sideways(kind: DangerKind, sentences: list[str]) -> bool:
    """Whether one of the sentences tells sideways of a danger of this kind that is happening."""
    pattern = SIDEWAYS.get(kind)
    if pattern is None:
        return False
    unless = BUSY if kind == "self_harm" else None if kind == "harm" else OVER
    return any(
        _counts(kind if kind != "harm" else "self_harm", sentence, match)
        for sentence in sentences
        if unless is None or not unless.search(sentence)
        for match in pattern.finditer(sentence)
    )


def _of_another(sentences: list[str]) -> bool:
    """Whether nobody but somebody else is said to want to die."""
    patterns = (STRONG["self_harm"], SIDEWAYS["self_harm"])
    found = [
        OF_ANOTHER.search(sentence[: match.start()])
        for sentence in sentences
        for pattern in patterns
        for match in pattern.finditer(sentence)
    ]
    return bool(found) and all(found)


def _is_named(kind: DangerKind, said: str, sentences: list[str], about: str) -> bool:
    """Whether one of the sentences tells of a danger of this kind that is happening."""
    if kind == "violence":
        for sentence in sentences:
            if (weak := WEAK.search(sentence)) and NOW.search(sentence) and _counts(kind, sentence, weak):
                return True
    pattern = STRONG.get(kind)
    if pattern is None or not pattern.search(said):
        return False
    return any(
        _counts(kind, sentence, match) and not (kind == "medical" and _is_long(sentence, match, said, about))
        for sentence in sentences
        for match in pattern.finditer(sentence)
    )


def _is_long(sentence: str, match: re.Match[str], said: str, about: str) -> bool:
    """Whether 「快不行了」 is said of a thing, or of somebody in the last weeks of an illness."""
    if not re.fullmatch(DYING, match[0]):
        return False
    clause = re.split(r"[,，;；、。]", sentence[: match.start()])[-1]
    if THING.search(clause) and not PERSON.search(clause):
        return True
    return bool(LONG_ILLNESS.search(said) or SPOKEN_OF_THE_DYING.search(about)) and not SUDDEN.search(said)


def _answer(kinds: list[DangerKind]) -> Danger:
    """The first kind speaks; of the others only what its numbers are for is added."""
    numbers, say = _SAY[kinds[0]]
    for kind in kinds[1:]:
        more = _SAY[kind][0]
        if not set(more) <= set(numbers):
            say += _ALSO[kind]
        numbers += tuple(number for number in more if number not in numbers)
    return Danger(kinds[0], numbers, say)


def danger_of(kind: DangerKind) -> Danger:
    """What to say first about a danger of this kind, however it became known."""
    return _answer([kind])


def mentions_violence(text: str) -> bool:
    """Whether grave violence is told of without present danger, so that the reply takes more care."""
    said = fold(text[:_LONGEST])
    return any(not NEGATED.search(clause) and bool(GRAVE.search(clause)) for clause in CLAUSE.findall(said))


def _counts(kind: str, sentence: str, match: re.Match[str]) -> bool:
    """Whether words that name a danger mean one that is happening."""
    clause_start = max((sentence.rfind(mark, 0, match.start() + 1) for mark in ",，;；、"), default=-1) + 1
    clause = sentence[clause_start : match.end() + 6]
    if FIGURE.search(clause) or NEGATED.search(clause):
        return False
    now = bool(NOW.search(sentence, clause_start))
    clause_end = re.split(r"[,，;；]", sentence[match.end() : match.end() + 4])[0]
    before = sentence[: match.end()] + clause_end
    if kind == "detention":
        said_before = sentence[max(0, match.start() - 12) : match.end()]
        if THEIR_SIDE.search(said_before) or not OURS.search(said_before):
            return False
        return not AFTER_ARREST.search(sentence)
    if kind == "self_harm":
        if re.search(r"[划割切]", match[0]) and ACCIDENT.search(sentence):
            return False
        # Who asks what a suicide means in law is told the law; who speaks of wanting to die is not argued with.
        if match[0].startswith("要不是") or re.match(
            r"我(?:要是|如果|真的?)?(?:跳楼|自杀|上吊|自尽|去死|死)", match[0]
        ):
            return True  # who asks what follows from their own death asks for more than the law
        return not (PAST.search(before) and not now) and not re.search(
            r"(?:自杀|跳楼|上吊).{0,10}(?:赔|责任|工伤|保险)|(?:自杀|跳楼|死)(?:来)?(?:威胁|要挟|相逼)", sentence
        )
    if kind == "missing":
        return not _FOUND.search(sentence)
    if kind == "child" and re.search(r"强奸|性侵|猥亵|拐|绑架", match[0]):
        return not re.search(r"判|罪|去年|前年|年前|以前|小时候|曾|如果|假如", sentence)
    if kind == "medical" and re.search(r"[吃喝吞服食]了|药了", match[0]) and "怎么办" in sentence:
        return not PAST.search(sentence)  # whoever asks who pays has a poisoned child beside them
    if LEGAL.search(sentence) and not NOW.search(sentence, clause_start):
        return False
    if kind == "violence" and not now and HABIT.search(sentence) and not match[0].startswith("骗"):
        return False  # who is held where lessons are given every day is held now
    return now or not PAST.search(before + sentence[match.end() + 4 :] if kind in ("medical", "fire") else before)
