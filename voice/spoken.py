"""A reply rewritten for the ear: the essential first, one thought a sentence, half a minute at most."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from voice.choices import choice_question
from voice.drafts import told_of
from voice.sentence_cuts import as_sentence, cut, plain, seconds

HALF_A_MINUTE = 30.0
BY_LINK = "完整的内容，我用短信把链接发给您。"
BY_WECHAT = "完整的内容，我发到您绑定的微信里。"
GO_ON = "还有一些，想听就说接着讲。"
BY_NUMBER = "完整的内容，报事项编号就可以请工作人员给您。"

_MOST_LAWS = 2
_MOST_ECHOED = 2
_ARTICLE = 14.0
"""Seconds of an article that are read out."""
_ECHO = re.compile(r"(?P<lead>好的，(?:我记下了|(?:已经)?改过来了)[，：])(?P<told>[^。]*)。")
_FIGURE = re.compile(r"\d")
_CHECKED = re.compile(r"元|\d月")
_MATTER = re.compile(
    r"(您的事项编号是 ?[\d-]+)，查询码是 ?\d+。(?:请一起记下来[^。；]*[。；])?(?:查询码不要告诉别人。)?"
)
"""The number is in the message that is sent; the code is for who types."""
_FOREIGN = re.compile(r"[A-Za-z ]")
_IN_ENGLISH = "12367，12367，英语服务。有危险打110，救人打120。"
"""The voice has no English; numbers are understood."""
_DANGER = re.compile(r"(?<!\d)(?:110|119|120|122)(?!\d)")
_SURE = "法律规定得比较明确"
_MAYBE = re.compile(r"可能有关|条文里找到的")
_NO_ADVICE = "我查到一条可能有关的规定，还不是对您这件事的答复。"
"""Before articles that were only searched for: who hears one takes it for the answer."""
_SUM = re.compile(r"\d[\d,.]*[万亿]?元")


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
    rest: tuple[str, ...] = ()
    """What is left to say to who asks for it; the last sentence offers it, unless it asks something."""

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.sentences)


@dataclass(frozen=True, slots=True)
class _Thought:
    weight: int
    """The lightest are said first of all; the heaviest only when there is time."""
    sentence: str


def spoken(
    parts: Sequence[Piece], by_link: bool, most: float = HALF_A_MINUTE, closing: str = "", *, checked: bool = False
) -> Spoken:
    """The reply for the ear. `by_link`: the full text can be sent to their number; `closing`: what is said of it.

    `checked`: the caller has just confirmed the sums and dates that it answers.
    """
    sent = {part.kind for part in parts} & {"opinion", "file"}
    matter = None if "opinion" not in sent else "" if by_link else r"\1。"
    told_once = {
        one.sentence: one
        for part in reversed(parts)
        for one in reversed([*_thoughts(part, told_of(part.text, by_link), matter, checked)])
    }
    thoughts = [*reversed(told_once.values())]
    chosen = _fitting(thoughts, most)
    if not sent and (len(chosen) == len(thoughts) or chosen[-1].sentence.endswith("？")):
        left = tuple(one.sentence for one in thoughts if one not in chosen)
        return Spoken(tuple(one.sentence for one in chosen), more=False, rest=left)
    if "opinion" not in sent:  # nothing else is ever sent
        closing = BY_NUMBER if sent else GO_ON
    closing = closing or (BY_LINK if by_link else BY_NUMBER)
    chosen = _fitting(thoughts, most - seconds(closing))
    told = [one.sentence for one in chosen]
    if not sent:
        return Spoken((*told, closing), True, tuple(one.sentence for one in thoughts if one not in chosen))
    question: list[str] = []
    while told and told[-1].endswith("？"):  # what is asked is heard last
        question.insert(0, told.pop())
    return Spoken((*told, closing, *question), more=True)


def next_piece(rest: Sequence[str], most: float = HALF_A_MINUTE) -> Spoken:
    """What is said of the rest now, in order."""
    told = list(rest)
    while len(told) > 1 and sum(map(seconds, told)) > most:
        told.pop()
    left = tuple(rest[len(told) :])
    return Spoken((*told, GO_ON) if left else tuple(told), more=bool(left), rest=left)


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


def _thoughts(part: Piece, text: str, matter: str | None, checked: bool) -> Iterator[_Thought]:
    match part.kind:
        case "opinion":
            yield from _opinion(part.data)
        case "articles":
            if articles := part.data.get("articles", ()):
                if _MAYBE.search(text):
                    yield _Thought(0, _NO_ADVICE)
                yield _Thought(1, _article(articles))
        case "file":
            yield _Thought(2, "有一份文件要给您。")
        case _:
            yield from _text(text, matter, checked)
            if part.choices and (asked := choice_question(part.text, part.choices)):
                yield _Thought(0, asked)


def _text(text: str, matter: str | None, checked: bool) -> Iterator[_Thought]:
    """`matter`: what is said after an opinion in place of its matter's number and code; None for all of it."""
    text = _ECHO.sub(lambda echo: _echoed(echo, checked), text)
    if matter is not None:
        text = _MATTER.sub(matter, text)
    if len(_FOREIGN.findall(text)) * 2 > len(text):
        text = _IN_ENGLISH
    for at, sentence in enumerate(cut(text)):
        asks = sentence.endswith("？")
        yield _Thought(0 if asks or _DANGER.search(sentence) else 1 + at, sentence)


def _echoed(echo: re.Match[str], checked: bool) -> str:
    """Of what was noted the figures with their names, of the rest what it is; what was confirmed is not said again."""
    told = [one.partition("：")[::2] for one in echo["told"].split("；") if not one.startswith("不是“")]
    figures = [f"{label}，{value}" for label, value in told if _FIGURE.search(value)]
    rest = [value or label for label, value in told if not _FIGURE.search(value)]
    if checked:
        figures = [one for one in figures if not _CHECKED.search(one)]
    said = [plain(one) for one in (*figures, *rest)][:_MOST_ECHOED]
    if not said:
        return "好的，改过来了。" if "改" in echo["lead"] else ""
    return f"{echo['lead']}{'；'.join(said)}。"


def _article(articles: Sequence[Mapping[str, Any]]) -> str:
    """The sentence of the law itself where it is short; nobody who only hears a number knows what stands there."""
    first = articles[0]
    said = cut(str(first["text"]))
    if said and not said[0].endswith("：") and seconds(said[0]) <= _ARTICLE and "下列" not in said[0]:
        return f"《{_name(first['law'])}》里写着，{said[0]}"
    return f"相关的规定是{'，'.join(_law(one['law'], one['number']) for one in articles[:_MOST_LAWS])}。"


def _opinion(opinion: Mapping[str, Any]) -> Iterator[_Thought]:
    """The conclusion, how sure it is, what it comes to, until when, what to do first, and by which law."""
    findings = opinion.get("findings", ())
    for finding in findings[:1]:
        yield _Thought(0, as_sentence(finding["title"]))
        if finding["certainty"] != _SURE:
            yield _Thought(3, as_sentence(finding["certainty"]))
    sums = [one["calculation"] for one in findings if one.get("calculation")]
    for at, one in enumerate(sums):
        yield _Thought(1 if at == 0 else 6, as_sentence(f"{one['title']}，算下来是{one['total']}"))
    due = sorted(opinion.get("deadlines", ()), key=lambda one: one["last_day"] or "9999")
    for at, one in enumerate(due):
        yield _Thought(1 if at == 0 else 7, _deadline(one))
    for step in opinion.get("steps", ())[:1]:
        yield _Thought(4, as_sentence(f"接下来，{cut(step)[0]}"))
    for finding in findings[:1]:
        sentences = cut(finding["text"])
        for sentence in sentences:
            if _SUM.search(sentence):  # what it is about is often told in words rather than worked out
                yield _Thought(2, sentence)
            elif sentence is sentences[0]:
                yield _Thought(5, sentence)
        names = dict.fromkeys(_name(one["law"]) for one in finding["citations"])
        if names:  # of numbers nobody keeps one in mind; they are in the opinion
            yield _Thought(8, f"依据是{'，'.join([*names][:_MOST_LAWS])}。")


def _deadline(due: Mapping[str, Any]) -> str:
    """The sentence that names the last day; one is made where the text does not name it so."""
    sentences = cut(due["text"])
    if due["last_day"] is None:
        return sentences[0]
    year, month, day = (int(one) for one in due["last_day"].split("-"))
    last = f"{year}年{month}月{day}日"
    made = f"{due['title']}，最后一天是{last}。"
    return next((one for one in sentences if last in one), made)


def _law(law: str, number: str) -> str:
    return f"《{_name(law)}》{number}"


def _name(law: str) -> str:
    return law.removeprefix("中华人民共和国")
