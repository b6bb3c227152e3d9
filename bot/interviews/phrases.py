"""Finds which of several phrases a message uses, and which it denies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.interviews.topic_parts import Fact

_NEGATION = re.compile(
    r"(?:没有|没|不是|不算|不|未|无|并非|别|非)(?:[给跟和与被去有过在能曾算是让叫把签很太大]|怎么|签订|我们|我|他们|他|她|您|你|公司|单位|老板)*$"
)
# 不定时 and the like name a thing; they deny nothing by themselves.
_NEGATIVE_START = re.compile(r"(?:没|不(?!定时|动产|满)|未(?!成年|满)|无(?!固定)|非(?!全日制))")
# Words that end in a negating character but deny nothing that follows.
_NO_DENIAL = re.compile(r"(?:是不|有没有?|能不|会不|差不多|不过|不光|不仅|不但|不只)$")
ASKS_WHETHER = re.compile(r"([\u4e00-\u9fff])[没不]\1")
"""算不算丧假, 签没签合同: neither affirms nor denies."""
# 没说不想活: what was not said; 有没有不想活 asks.
_NOT_SAID = re.compile(
    r"(?:(?<!有)没(?:有)?|从未|并未|未曾)(?:听)?(?:[他她我]们?|孩子|人家)?(?:跟我|对我|和我)?(?:[说提讲](?:过|了|什么)?)(?:自己|[他她我]们?)*$"
)
_LACKS_BEHIND = re.compile(
    r"(?:都|也|还|就|倒|压根|根本)*(?:没有|没得|冇|没(?=的|$|[\s,，。;；!！]))(?:的|呢|啊|呀|嘛|吧)*(?=$|[\s,，。;；!！])"
)
"""「劳动合同没有，是那种演艺经纪」."""
_STILL_TO_COME = re.compile(r"(?:还有|还差|还剩|离|距离|没等?|不等|还早)[^,，。;；!！?？\s]{0,8}$")
_ENDING = re.compile(r"(?:到期|期满|满期|租满|合同到|合同满)")
"""「还有两个月到期」: the end is still to come."""
_NOT_SPOKEN_OF = re.compile(r"(?<!有)没(?:有)?[说提讲](?:过|起)?(?:要|会|想)?$")
"""没说要卖房."""
_DOUBLE = re.compile(r"(?<!有)没有$")
_ORDINAL = re.compile(
    r"^(?:我?(?:就)?(?:选|是|要))?\s*(?P<nth>第\s*)?"
    r"(?P<number>1\d|[1-9]|十[一二三四五六七八九]?|[一二三四五六七八九]|[A-Ha-h]|[①-⑨])\s*(?:(?(nth)[个种条]|[号项])|[号项])?"
    r"\s*(?:吧|啊|呀|的)?[。.、,，!！\s]*$"
)
"""「三个」 counts; only 「第三个」 chooses."""
_ONE_OF_TWO = re.compile(r"(?:是|就是|选)?(?P<side>[前后上下])面(?:的|那)?(?:一?[个种样])?[。.吧的\s]*")
_CHINESE = "一二三四五六七八九"

GAP = "*"
"""Stands in a phrase for a few words of the same clause."""
_GAP_REACH = 10
_CLAUSE_END = re.compile(r"[。!！?？;；,，\n被遭让叫]")
"""A gap ends no later than its clause, and never turns who does into who suffers."""

Pairs = tuple[tuple[str, str], ...]
"""(phrase in lower case, what it stands for)"""


@dataclass(frozen=True, slots=True)
class Used:
    """A phrase found."""

    value: str
    """What the phrase stands for."""
    text: str
    start: int
    denied: bool
    """A negation stands before it: 没签 uses 「签」 but denies it."""


def find_used(text: str, phrases: Mapping[str, Iterable[str]]) -> list[Used]:
    """Phrases of each value in the text, longest first and not overlapping, in order of appearance."""
    return find_pairs(text, tuple((word.lower(), value) for value, words in phrases.items() for word in set(words)))


def find_pairs(text: str, pairs: Pairs) -> list[Used]:
    """The same for phrases that are already in lower case; each turn looks for hundreds, so none is a pattern."""
    lower = text.lower()
    if len(lower) != len(text):
        # A letter that grows in lower case would shift the places; it is in none of our phrases.
        lower = "".join(char if len(char.lower()) != 1 else char.lower() for char in text)
    hits = sorted(
        ((start, end, value) for word, value in pairs for start, end in _spans(lower, word)),
        key=lambda hit: (hit[0] - hit[1], hit[0]),
    )
    taken: list[tuple[int, int]] = []
    found: list[Used] = []
    for start, end, value in hits:
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        taken.append((start, end))
        found.append(Used(value, text[start:end], start, denied(text, start, end)))
    return sorted(found, key=lambda used: used.start)


def _spans(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Where the phrase stands; 被*撞 leaves out a few words of the same clause."""
    if GAP not in word:
        if word in text:
            yield from ((start, start + len(word)) for start in places(text, word))
        return
    first, *rest = word.split(GAP)
    if first not in text or any(one not in text for one in rest):
        return
    for start in places(text, first):
        end = start + len(first)
        for part in rest:
            at = text.find(part, end, end + _GAP_REACH + len(part))
            if at < 0 or _CLAUSE_END.search(text, end, at):
                break
            end = at + len(part)
        else:
            yield start, end


def places(text: str, word: str) -> Iterator[int]:
    """Where the word begins in the text, not overlapping itself."""
    at = text.find(word) if word else -1
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def denied(text: str, start: int, end: int = 0) -> bool:
    """Whether a negation stands directly before `start` (pronouns and small words may lie between) or behind `end`."""
    before = text[max(0, start - 8) : start]
    if end and not _NEGATIVE_START.match(text, start) and _LACKS_BEHIND.match(text, end):
        return True
    if _ENDING.match(text, start) and _STILL_TO_COME.search(before):
        return True
    if _NEGATIVE_START.match(text, start):
        return bool(_NOT_SAID.search(before) or _DOUBLE.search(before))
    if _NOT_SPOKEN_OF.search(before) or (end and _waved_aside(text, start, end)):
        return True
    match = _NEGATION.search(before)
    if match is None or ASKS_WHETHER.match(before, max(0, match.start() - 1)):
        return False
    return not _NO_DENIAL.search(before) and not _NO_DENIAL.search(before[: match.start() + 1])


def _waved_aside(text: str, start: int, end: int) -> bool:
    """「什么军人不军人的」."""
    again = f"不{text[start:end]}"
    return text.startswith(again, end) and (
        text.startswith("的", end + len(again)) or text[:start].endswith(("什么", "管他", "不管"))
    )


def single(used: Iterable[Used]) -> str | None:
    """The one value that is affirmed; None when there is none or more than one."""
    values = {one.value for one in used if not one.denied}
    return values.pop() if len(values) == 1 else None


def combined(fact: Fact, used: Iterable[Used]) -> str | None:
    """The option that says all that was affirmed at once (平时 and 周末); None when no single one does.

    It is itself affirmed, or it is the sum of all that is: whoever was hit and is asked to pay lent no car to anybody.
    """
    affirmed = {one.value for one in used if not one.denied}
    fitting = [
        option
        for option in fact.options
        if affirmed <= {option.value, *option.combines}
        and (option.value in affirmed or (option.sum and affirmed >= set(option.combines)))
        and option.combines
    ]
    return min(fitting, key=lambda option: len(option.combines)).value if len(affirmed) > 1 and fitting else None


def ordinal(text: str, count: int) -> int | None:
    """Which of `count` offered answers is chosen by place (2, 第二个, 选二, B, 后者); zero-based, None if none."""
    plain = text.strip()
    if re.fullmatch(r"最后(?:一)?(?:个|项|种)?[。.吧\s]*", plain):
        return count - 1
    if count >= 2 and re.fullmatch(r"(?:是)?(?P<which>前者|后者|前一个|后一个)[。.吧\s]*", plain):
        return 0 if "前" in plain else count - 1
    if count == 2 and (side := _ONE_OF_TWO.fullmatch(plain)) is not None:
        return 0 if side["side"] in "前上" else 1
    match = _ORDINAL.match(plain)
    if match is None:
        return None
    char = match["number"]
    if char[0] == "十":
        place = 9 + (_CHINESE.index(char[1]) + 1 if len(char) > 1 else 0)
    elif char in _CHINESE:
        place = _CHINESE.index(char)
    elif char.isascii() and char.isalpha():
        place = ord(char.lower()) - ord("a")
    else:
        place = (ord(char) - ord("①")) if char >= "①" else int(char) - 1
    return place if 0 <= place < count else None
