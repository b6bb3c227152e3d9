"""Recognises that someone is in danger now, and says which number helps first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.understanding.danger_said import (
    ALSO,
    GAS_FIRST,
    NO_MORE_PICTURES,
    OTHERS_WISH,
    SAY,
    TO_A_CHILD,
    TO_A_CHILD_ALONE,
    WITH_A_CHILD,
    DangerKind,
)
from bot.understanding.danger_sideways import (
    BUSY,
    CHEATED,
    OF_ANOTHER,
    OVER,
    PICTURES,
    SIDEWAYS,
    SPEAKS_AS_CHILD,
    THREATENS_A_CHILD,
)
from bot.understanding.danger_told import told_dangers
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


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger read from a message, with what to say first."""

    kind: DangerKind
    numbers: tuple[str, ...]
    """Emergency and help numbers, the most urgent first."""
    say: str
    """What the citizen is told first, in Simplified Chinese; every number of `numbers` is in it."""


_FOUND = re.compile(r"狗|猫|宠物|(?:找到|回来)了|找(?:回|着)了|去年|前年|以前|曾|小时候|上次|有一次|过一次|多年")
_FREED = re.compile(r"出来(?:以?后|的?时候|了)|救(?:了)?出来|放出来|投诉|维权|老是|总是|次|才(?:有人|来|开)")
"""Who was trapped is out again, or complains of a lift that often stops."""
_BLAMED = re.compile(r"说(?:是|找|归)[^,，。;；]{1,8}[,，;；][^,，。;；]{0,6}(?:说|又说|让)(?:是|找|归)|互相推|踢皮球")
"""Who is sent from one to the other tells of something that happened."""
_LONG_AGO = re.compile(r"去年|前年|年前|以前|小时候|曾|判|罪|立案|起诉|[0-9一二三四五六七八九十几两]+个?月前|如果|假如")
"""Who was assaulted some nights ago still needs the doctor, and has evidence to keep."""
_TOLD_OF = re.compile(
    r"去年|前年|年前|以前|年轻|小时候|曾|当年|上个?月|[0-9一二三四五六七八九十几两]+个?月前|拘留|轻微?伤|量刑|"
    r"(?:想|恨不得).{0,4}(?:打死|弄死|杀了?|掐死)(?:了)?(?:他|她|他们|老板|那)|校门外|学校门外|停车场"
)
_FIRST: tuple[DangerKind, ...] = (
    "self_harm",
    "child",
    "violence",
    "assault",
    "done",
    "harm",
    "fire",
    "trapped",
    "medical",
    "missing",
    "fraud",
    "detention",
)
"""Which danger speaks first when a message names several; the numbers of the others follow."""
_BEFORE: tuple[tuple[DangerKind, DangerKind], ...] = (
    ("violence", "self_harm"),
    ("harm", "child"),
    ("done", "violence"),
    ("medical", "self_harm"),
)
"""The first of a pair speaks before the second: who is threatened with another's suicide has to get away first."""
_GROWN = re.compile(r"[她他](?:的)?(?:男朋友|女朋友|男友|女友|老公|老婆|丈夫|妻子|婆家|对象)|女婿|儿媳|妹夫|弟媳")
_A_CHILD = re.compile(r"岁|学|年级|孩子|小孩|娃|宝宝|婴儿|幼儿|未成年")
"""「我妹妹」 and 「我女儿」 may be grown up."""
_LONGEST = 4000
"""Of a longer message the beginning and the end are read; nobody in danger writes more."""


def find_danger(text: str, about: str = "") -> Danger | None:
    """The danger someone is in now, or None; what is past, denied, figurative or only asked about does not count.

    `about`: what the conversation is on, in words; who speaks of a visit to prison or an inheritance and says that the
    mother is dying tells of a long illness.
    """
    said = fold(text if len(text) <= _LONGEST else text[: _LONGEST // 2] + "。" + text[-_LONGEST // 2 :])
    sentences = SENTENCE.findall(said)
    kinds = [
        kind
        for kind in _FIRST
        if _is_named(kind, said, sentences, about) or _sideways(kind, sentences) or _told(kind, sentences)
    ]
    if not kinds and any(_counts("violence", one, match) for one in sentences for match in CRY.finditer(one)):
        return _answer(["violence"])
    if not kinds:
        return None
    of_another = "self_harm" in kinds and _of_another(sentences)
    for first, second in _BEFORE:
        if first in kinds and second in kinds and (first != "violence" or of_another):
            kinds = [first, *(kind for kind in kinds if kind != first)]
    if kinds[0] == "child" and _GROWN.search(said) and not _A_CHILD.search(said):
        kinds = ["violence", *(kind for kind in kinds if kind not in ("child", "violence"))]
    if kinds[0] == "self_harm" and any(THREATENS_A_CHILD.search(one) for one in sentences):
        return Danger("child", ("110", "12356"), WITH_A_CHILD)
    if kinds[0] == "self_harm" and of_another:
        return replace(_answer(kinds), say=_answer(kinds).say.replace(SAY["self_harm"][1], OTHERS_WISH))
    if kinds[0] == "self_harm" and "fire" in kinds:
        danger = _answer(kinds)
        return replace(danger, say=GAS_FIRST + danger.say)
    return _to_whoever_says(said, kinds)


def _to_whoever_says(said: str, kinds: list[DangerKind]) -> Danger:
    """In words for a child where a child says it."""
    danger = _answer(kinds)
    if kinds[0] == "medical" and SPEAKS_AS_CHILD.search(said):
        return replace(danger, say=danger.say.replace(SAY["medical"][1], TO_A_CHILD_ALONE))
    if kinds[0] in ("child", "violence", "assault") and SPEAKS_AS_CHILD.search(said):
        numbers = ("110", "12355", *(one for one in danger.numbers if one not in ("110", "12355", "12338")))
        more = NO_MORE_PICTURES if PICTURES.search(said) else ""
        say = danger.say.replace(SAY[kinds[0]][1], TO_A_CHILD + more)
        return Danger("child", numbers, say)
    return danger


_LIKE: Mapping[str, str] = {"harm": "self_harm", "child": "assault"}
"""Whether it is over is read as of these."""
_ALSO_TOLD: Mapping[str, tuple[str, ...]] = {"violence": ("held",)}
_UNLESS: Mapping[str, re.Pattern[str]] = {"self_harm": BUSY, "harm": re.compile(r"(?!)"), "fraud": CHEATED}


def _sideways(kind: DangerKind, sentences: list[str]) -> bool:
    """Whether one of the sentences tells sideways of a danger of this kind that is happening."""
    pattern = SIDEWAYS.get(kind)
    if pattern is None:
        return False
    unless = _UNLESS.get(kind, OVER)
    return any(
        _counts(_LIKE.get(kind, kind), sentence, match)
        for sentence in sentences
        if not unless.search(sentence)
        for match in pattern.finditer(sentence)
    )


def _told(kind: DangerKind, sentences: list[str]) -> bool:
    """The same in the words of the lexicon."""
    return any(
        _counts(_LIKE.get(one, one), sentence, match)
        for one in (kind, *_ALSO_TOLD.get(kind, ()))
        if (words := told_dangers().get(one)) is not None
        for sentence in sentences
        if not words.unless.search(sentence)
        for match in words.told.finditer(sentence)
    )


def _of_another(sentences: list[str]) -> bool:
    """Whether nobody but somebody else is said to want to die."""
    patterns = (STRONG["self_harm"], SIDEWAYS["self_harm"])
    found = [
        "给我看" in match[0] or OF_ANOTHER.search(sentence[: match.start()])
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
    numbers, say = SAY[kinds[0]]
    for kind in kinds[1:]:
        more = SAY[kind][0]
        if not set(more) <= set(numbers):
            say += ALSO[kind]
        numbers += tuple(number for number in more if number not in numbers)
    return Danger(kinds[0], numbers, say)


def is_told_of(text: str) -> bool:
    """Whether a message without any words of present danger tells of one long past, imagined, or asked about in law."""
    said = fold(text[:_LONGEST])
    return bool(_TOLD_OF.search(said) or FIGURE.search(said) or LEGAL.search(said)) and not NOW.search(said)


def danger_of(kind: DangerKind, text: str = "", also: Sequence[DangerKind] = ()) -> Danger:
    """What to say first about a danger of this kind, and perhaps `also` others, to whoever told it in `text`."""
    said = fold(text[:_LONGEST])
    if kind == "child" and _GROWN.search(said) and not _A_CHILD.search(said):
        kind = "violence"
    return _to_whoever_says(said, [kind, *(one for one in also if one != kind)])


def danger_of_another() -> Danger:
    """What to say first to whoever fears that somebody else wants to die."""
    return Danger("self_harm", SAY["self_harm"][0], OTHERS_WISH)


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
        if re.search(r"[猫狗]", match[0]):
            return False
        said_before = sentence[max(0, match.start() - 12) : match.end()]
        if THEIR_SIDE.search(said_before) or not OURS.search(said_before):
            return False
        return not AFTER_ARREST.search(sentence)
    if kind == "child" and re.search(r"作业|罚站", sentence):
        return False
    if kind == "violence" and match[0].startswith("堵") and re.search(r"[车土石]|垃圾|东西", clause):
        return False
    if kind == "medical" and re.search(r"矽肺|尘肺|职业病", sentence):
        return False
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
    if kind == "assault":
        return not _LONG_AGO.search(sentence)
    if kind == "trapped":
        return not (_FREED.search(sentence) or HABIT.search(sentence) or LEGAL.search(sentence) or PAST.search(before))
    if kind == "missing":
        return not _FOUND.search(sentence)
    if kind == "child" and re.search(r"强奸|性侵|猥亵|拐|绑架", match[0]):
        return not re.search(r"判|罪|去年|前年|年前|以前|小时候|曾|如果|假如", sentence)
    if kind == "medical" and _BLAMED.search(sentence) and not now:
        return False
    if kind == "medical" and re.search(r"[吃喝吞服食]了|药了", match[0]) and "怎么办" in sentence:
        return not PAST.search(sentence)  # whoever asks who pays has a poisoned child beside them
    if LEGAL.search(sentence) and not NOW.search(sentence, clause_start):
        return False
    if kind == "violence" and not now and HABIT.search(sentence) and not match[0].startswith("骗"):
        return False  # who is held where lessons are given every day is held now
    return now or not PAST.search(before + sentence[match.end() + 4 :] if kind in ("medical", "fire") else before)
