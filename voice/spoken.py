"""A reply rewritten for the ear: the essential first, one thought a sentence, half a minute at most."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from voice.speaking.aloud import aloud

HALF_A_MINUTE = 30.0
BY_LINK = "完整的内容，我用短信把链接发给您。"
BY_WECHAT = "完整的内容，我发到您绑定的微信里。"
BY_NUMBER = "完整的内容，报事项编号就可以请工作人员给您。"

_CHARACTER, _COMMA, _STOP = 0.195, 0.18, 0.4
"""Seconds each takes in the default voice at its usual pace; measured on opinions."""
_MOST_LABELS = 4
_LIST = 12.0
"""Seconds of answers read out: nobody keeps more in mind."""
_MOST_LAWS = 2
_UNSURE = ("不清楚", "不知道", "说不清", "不确定", "不记得")
_NOT_AN_ANSWER = ("转人工", "留电话", "约个时间", "先说「", "都不是")
"""Ways out, which are open at any time and make a question long."""
_INSIDE = re.compile(r"[，,；;]")
_OR = re.compile(r"还是|或者?|、|，")
_YES_NO = {"是", "不是", "有", "没有", "对", "不对", "会", "不会", "能", "不能"}
_DANGER = re.compile(r"(?<!\d)(?:110|119|120|122)(?!\d)")
_SURE = "法律规定得比较明确"
_SUM = re.compile(r"\d[\d,.]*[万亿]?元")
_ASIDE = re.compile(r"[（(][^（）()\d]{4,}[）)]")
"""A short one is another word, as in 爸爸（妈妈）, and one with a figure may be the point."""
_MARK = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.、)）](?!\d))\s*")
_ENDS = re.compile(r"(?<=[。！？；?!;])|\n+")


class Piece(Protocol):
    """One part of a reply, as the conversation gives it."""

    @property
    def kind(self) -> str:
        """text | choices | articles | opinion | file"""
        ...

    @property
    def text(self) -> str:
        """What is read where nothing else can be shown."""
        ...

    @property
    def choices(self) -> tuple[str, ...]:
        """Labels that answer it."""
        ...

    @property
    def data(self) -> Mapping[str, Any]:
        """Of the kind: an opinion's document, the articles shown."""
        ...


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said, ready for a voice."""

    sentences: tuple[str, ...]
    more: bool
    """There is more than was said: the full text has to reach the caller as the last sentence promises."""

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.sentences)


@dataclass(frozen=True, slots=True)
class _Thought:
    weight: int
    """The lightest are said first of all; the heaviest only when there is time."""
    sentence: str


def seconds(text: str) -> float:
    """How long it takes to say at the usual pace."""
    said = aloud(text)
    stops = sum(one in "。！？；" for one in said)
    commas = sum(one in "，：、" for one in said)
    return (len(said) - stops - commas) * _CHARACTER + commas * _COMMA + stops * _STOP


def spoken(parts: Sequence[Piece], by_link: bool, most: float = HALF_A_MINUTE, closing: str = "") -> Spoken:
    """The reply for the ear. `by_link`: the full text can be sent to their number; `closing`: what is said of it."""
    thoughts = [thought for part in parts for thought in _thoughts(part)]
    written = any(part.kind in ("opinion", "articles", "file") for part in parts)
    chosen = _fitting(thoughts, most)
    if not written and len(chosen) == len(thoughts):
        return Spoken(tuple(one.sentence for one in chosen), more=False)
    closing = closing or (BY_LINK if by_link else BY_NUMBER)
    told = [one.sentence for one in _fitting(thoughts, most - seconds(closing))]
    question: list[str] = []
    while told and told[-1].endswith("？"):  # what is asked is heard last
        question.insert(0, told.pop())
    return Spoken((*told, closing, *question), more=True)


def _fitting(thoughts: Sequence[_Thought], most: float) -> list[_Thought]:
    """Those that fit, the weightiest first; in the order they were told."""
    kept: set[int] = set()
    for at, thought in sorted(enumerate(thoughts), key=lambda pair: (pair[1].weight, pair[0])):
        most -= (length := seconds(thought.sentence))
        if most < 0 and kept:
            most += length
            continue
        kept.add(at)
    return [thought for at, thought in enumerate(thoughts) if at in kept]


def _thoughts(part: Piece) -> Iterator[_Thought]:
    match part.kind:
        case "opinion":
            yield from _opinion(part.data)
        case "articles":
            names = [_law(one["law"], one["number"]) for one in part.data.get("articles", ())]
            if names:
                yield _Thought(1, f"相关的规定是{'，'.join(names[:_MOST_LAWS])}。")
        case "file":
            yield _Thought(2, "有一份文件要给您。")
        case _:
            yield from _text(part.text)
            if part.choices and (asked := choice_question(part.text, part.choices)):
                yield _Thought(0, asked)


def _text(text: str) -> Iterator[_Thought]:
    for at, sentence in enumerate(cut(text)):
        asks = sentence.endswith("？")
        yield _Thought(0 if asks or _DANGER.search(sentence) else 1 + at, sentence)


def _opinion(opinion: Mapping[str, Any]) -> Iterator[_Thought]:
    """The conclusion, how sure it is, what it comes to, until when, what to do first, and by which law."""
    findings = opinion.get("findings", ())
    for finding in findings[:1]:
        yield _Thought(0, _sentence(finding["title"]))
        if finding["certainty"] != _SURE:
            yield _Thought(3, _sentence(finding["certainty"]))
    sums = [one["calculation"] for one in findings if one.get("calculation")]
    for at, one in enumerate(sums):
        yield _Thought(1 if at == 0 else 6, _sentence(f"{one['title']}，算下来是{one['total']}"))
    due = sorted(opinion.get("deadlines", ()), key=lambda one: one["last_day"] or "9999")
    for at, one in enumerate(due):
        yield _Thought(1 if at == 0 else 7, _deadline(one))
    for step in opinion.get("steps", ())[:1]:
        yield _Thought(4, _sentence(f"接下来，{cut(step)[0]}"))
    for finding in findings[:1]:
        sentences = cut(finding["text"])
        for sentence in sentences:
            if _SUM.search(sentence):  # what it is about is often told in words rather than worked out
                yield _Thought(2, sentence)
            elif sentence is sentences[0]:
                yield _Thought(5, sentence)
        names = [_law(one["law"], one["number"]) for one in finding["citations"][:_MOST_LAWS]]
        if names:
            yield _Thought(8, f"依据是{'，'.join(names)}。")


def _deadline(due: Mapping[str, Any]) -> str:
    """The sentence that names the last day; one is made where the text does not name it so."""
    sentences = cut(due["text"])
    if due["last_day"] is None:
        return sentences[0]
    year, month, day = (int(one) for one in due["last_day"].split("-"))
    last = f"{year}年{month}月{day}日"
    made = f"{due['title']}，最后一天是{last}。"
    return next((one for one in sentences if last in one), made)


def choice_question(text: str, labels: Sequence[str]) -> str:
    """The labels read as a question; empty where the text has asked as much."""
    sure = [one for one in labels if not one.startswith((*_UNSURE, *_NOT_AN_ANSWER))]
    if not sure or set(sure) <= _YES_NO or all(one in text for one in sure) or _lists(text, len(sure)):
        return ""
    if len(sure) == 1:
        return f"您可以说，{_plain(sure[0])}。"
    said = [_plain(one) for one in sure]
    if any(_INSIDE.search(one) for one in said):
        return _numbered(said)
    if len(sure) <= _MOST_LABELS:
        return f"{'，'.join(said[:-1])}，还是{said[-1]}？"
    return f"比如{'，'.join(said[: _MOST_LABELS - 1])}，或者别的，您说是哪一种？"


def _numbered(said: Sequence[str]) -> str:
    """Labels with commas of their own, which would run together: 「第一个，要征地、嫌补偿低」."""
    most = len(said) if len(said) <= _MOST_LABELS else _MOST_LABELS - 1
    for many in range(most, 0, -1):
        pairs = zip("一二三四", said[:many], strict=False)
        counted = "；".join(f"第{number}个，{_INSIDE.sub('、', one)}" for number, one in pairs)
        if seconds(counted) <= _LIST:
            break
    return f"{counted}。您说是第几个？" if many == len(said) else f"{counted}。您说是第几个，都不是就直接说？"


def _lists(text: str, labels: int) -> bool:
    """Whether the question names its answers, 「是家长、孩子自己，还是对方家长？」, or gives examples of them."""
    sentences = cut(text)
    asked = next((at for at in reversed(range(len(sentences))) if sentences[at].endswith("？")), None)
    if asked is None:
        return False
    examples = any(one.startswith("比如") for one in sentences[asked:])
    named = any(one in sentences[asked] for one in ("还是", "有没有这", "有没有下面"))
    return examples or (named and len(_OR.findall(sentences[asked])) + 1 >= labels)


def cut(text: str) -> list[str]:
    """Sentences for the ear: no asides, no marks of lists, each with its stop."""
    found = (_MARK.sub("", one or "") for one in _ENDS.split(_ASIDE.sub("", text.replace("中华人民共和国", ""))))
    return [_sentence(one) for one in found if one.strip(" 　，。；：！？、")]


def _sentence(text: str) -> str:
    text = _plain(text).rstrip("；;，,：:、 ")
    text = text.replace("?", "？").replace("!", "！")
    return text if text.endswith(("。", "！", "？")) else f"{text}。"


def _plain(text: str) -> str:
    return _ASIDE.sub("", text).strip(" 　")


def _law(law: str, number: str) -> str:
    return f"《{law.removeprefix('中华人民共和国')}》{number}"
