"""What to warn of before a reply goes out: a pure function of the text and what is known around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.desk.work.personal_data import not_said, personal_data
from bot.interviews.tone import Tone, read_tone

Level = Literal["confirm", "never"]
LONG = 800
"""Characters beyond which a message is hard to read on a phone."""
MOST_SHOWN = 12
_GAP = re.compile(r"\{[^{}\n]{1,12}\}|【[^【】\n]{1,20}】")
_WHY = {
    "promises a result": "像是在保证结果。案件结果谁也不能保证，请改成“有可能”“一般会”这样的说法",
    "blames": "像是在责怪来访人",
    "sends away": "像是在推开来访人。请告诉他该找谁、怎么找",
    "rebukes": "像是在训斥来访人",
    "talks down": "称呼不合适",
    "insults": "这是侮辱人的话，不能发给来访人",
}
_PERSONAL = {"identity_card": "身份证号", "bank_card": "银行卡号", "mobile": "手机号码", "home": "住址"}


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to mind in a reply, in Simplified Chinese."""

    kind: Literal["tone", "citation", "personal", "long", "gap"]
    level: Level
    """"confirm" can be sent in spite of it, with a reason; "never" cannot."""
    excerpt: str
    """The words it is about."""
    text: str

    @property
    def key(self) -> str:
        """What a seat repeats to show that it has seen this one."""
        return f"{self.kind}:{self.excerpt}"


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around a reply."""

    citations: Sequence[Mapping[str, Any]] = ()
    """Of the text, verified: as `LawService.verify` gives them."""
    said: Sequence[str] = ()
    """What the citizen wrote in this conversation."""


def cautions(text: str, around: Around, tone: Tone | None = None) -> list[Caution]:
    """Everything to mind in `text`, the worst first; each once."""
    found = [
        *_tone(text, tone or read_tone()),
        *_citations(around.citations),
        *_personal(text, around.said),
        *_gaps(text),
        *_long(text),
    ]
    found.sort(key=lambda one: one.level != "never")
    return list({one.key: one for one in found}.values())[:MOST_SHOWN]


def _tone(text: str, tone: Tone) -> Iterator[Caution]:
    for rule, excerpt in tone.found(text):
        yield Caution("tone", "never" if rule in tone.never else "confirm", excerpt, f"“{excerpt}”{_WHY[rule]}。")


def _citations(verified: Sequence[Mapping[str, Any]]) -> Iterator[Caution]:
    for one in verified:
        if not one["resolved"]:
            yield Caution("citation", "confirm", one["text"], f"“{one['text']}”核对不上：{one['reason']}")


def _personal(text: str, said: Sequence[str]) -> Iterator[Caution]:
    for one in not_said(personal_data(text), said):
        name = _PERSONAL[one.kind]
        yield Caution("personal", "confirm", one.text, f"“{one.text}”像是别人的{name}，来访人没有在这里说过。")


def _gaps(text: str) -> Iterator[Caution]:
    for found in _GAP.finditer(text):
        yield Caution("gap", "confirm", found[0], f"“{found[0]}”还没有填。")


def _long(text: str) -> Iterator[Caution]:
    if len(text) > LONG:
        yield Caution("long", "confirm", "", f"这条有 {len(text)} 字，手机上不好读，建议分成几条。")
