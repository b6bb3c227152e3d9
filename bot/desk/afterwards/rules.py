"""Judges a consultation by rules: pure functions over what was said while one seat had it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.afterwards.sheet import Mark, criteria
from bot.interviews.tone import read_tone
from bot.message import Message
from knowledge_base.citations.references import parse_citations

FIRST_WITHIN = timedelta(minutes=1)
NEXT_WITHIN = timedelta(minutes=5)
PROMISE = "promises a result"
"""The kind of forbidden phrase (training_data/lexicon/tone.yaml) that is judged by itself."""
_GREETING = re.compile(r"[您你]好|早上好|上午好|中午好|下午好|晚上好")
_IDENTITY = re.compile(r"我是|我姓|工号|这里是|值班律师|法律援助中心|工作人员")
_CLOSING = re.compile(
    r"还有(?:什么|别的|其他|没有)|有(?:没有)?(?:其他|别的)问题|随时(?:再|可以|来|联系)|再见|祝[您你]|不客气|再联系"
)
_DEADLINE = re.compile(
    r"时效|期限|最晚|最后一天|过期|之前(?:要|必须|去|提)|[0-9一二三四五六七八九十两半]+(?:个工作)?[天日月年]内"
)


@dataclass(frozen=True, slots=True)
class Consultation:
    """What one seat did, from taking it until letting go."""

    claimed: datetime
    messages: Sequence[Message]
    """Of everybody while the seat had it, in order."""
    has_deadline: bool
    """The interview had computed one."""
    advises: bool
    """Whether advice was owed; not where the citizen said nothing more or it was passed on at once."""


def judge(consultation: Consultation) -> tuple[Mark, ...]:
    """One mark for each rule, in the order of the sheet."""
    said = [message for message in consultation.messages if message.sender == "staff"]
    marks = {
        "greeting": _found("greeting", said[:1], _GREETING, "第一句话里没有问候"),
        "identity": _found("identity", said[:2], _IDENTITY, "头两句话里没有说明身份"),
        "article": _article(said, consultation.advises),
        "forbidden": _tone("forbidden", said, promise=False),
        "promise": _tone("promise", said, promise=True),
        "deadline": _deadline(said, consultation.has_deadline),
        "first_answer": _first(consultation, said),
        "next_answers": _next(consultation.messages),
        "closing": _found("closing", said[-2:], _CLOSING, "结束前没有问还有没有别的问题"),
    }
    return tuple(marks[name] for name in criteria("rules"))


def _mark(name: str, fine: bool | None, seq: int | None = None, words: str = "") -> Mark:
    criterion = criteria("rules")[name]
    return Mark(criterion, None if fine is None else criterion.most if fine else 0, seq, "" if fine else words)


def _found(name: str, said: Sequence[Message], pattern: re.Pattern[str], otherwise: str) -> Mark:
    if not said:
        return _mark(name, False, None, "没有对来访人说过话")
    for message in said:
        if pattern.search(message.text):
            return _mark(name, True, message.seq)
    return _mark(name, False, said[0].seq, otherwise)


def _article(said: Sequence[Message], advises: bool) -> Mark:
    if not advises:
        return _mark("article", None, None, "没有需要给出法律意见的提问")
    for message in said:
        if parse_citations(message.text):
            return _mark("article", True, message.seq)
    return _mark("article", False, None, "没有引用任何法律条文")


def _tone(name: str, said: Sequence[Message], *, promise: bool) -> Mark:
    for message in said:
        for fault in read_tone().faults(message.text):
            if fault.startswith(PROMISE) == promise:
                return _mark(name, False, message.seq, "承诺了结果" if promise else "有不当用语")
    return _mark(name, True)


def _deadline(said: Sequence[Message], has_deadline: bool) -> Mark:
    if not has_deadline:
        return _mark("deadline", None, None, "没有算出期限")
    for message in said:
        if _DEADLINE.search(message.text):
            return _mark("deadline", True, message.seq)
    return _mark("deadline", False, None, "有期限，但没有提醒来访人")


def _first(consultation: Consultation, said: Sequence[Message]) -> Mark:
    if not said:
        return _mark("first_answer", False, None, "没有对来访人说过话")
    return _mark(
        "first_answer", said[0].at - consultation.claimed <= FIRST_WITHIN, said[0].seq, "接手后超过一分钟才答复"
    )


def _next(messages: Sequence[Message]) -> Mark:
    asked: Message | None = None
    for message in messages:
        if message.sender == "citizen":
            asked = asked or message
        elif message.sender == "staff":
            if asked is not None and message.at - asked.at > NEXT_WITHIN:
                return _mark("next_answers", False, message.seq, "有一次答复超过五分钟")
            asked = None
    return _mark("next_answers", True)
