"""The answers to a question as they are read out: a question that nobody has to keep in mind by numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice.sentence_cuts import cut, plain, seconds

_MOST_LABELS = 4
_LIST = 12.0
"""Seconds of answers read out: nobody keeps more in mind."""
_LONG = 14
"""Signs: a longer label is told by how it begins."""
_UNSURE = ("不清楚", "不知道", "说不清", "不确定", "不记得")
_NOT_AN_ANSWER = ("转人工", "留电话", "约个时间", "先说「", "都不是")
"""Ways out, which are open at any time and make a question long."""
_INSIDE = re.compile(r"[，,；;]")
_OR = re.compile(r"还是|或者?|、|，")
_FOREIGN = re.compile(r"[A-Za-z][A-Za-z ]{6,}")
"""The voice has no English."""
_YES_NO = {"是", "不是", "有", "没有", "对", "不对", "会", "不会", "能", "不能", "是的", "继续", "先不用"}
_DEATH = re.compile(r"^(?:有?人|家人)?(?:不在了|去世|没了|被害去世)|死亡|去世$")
"""Nobody who can tell of a wound is asked about that first."""


def choice_question(text: str, labels: Sequence[str]) -> str:
    """The labels read as a question; empty where the text has asked as much."""
    sure = [one for one in labels if not one.startswith((*_UNSURE, *_NOT_AN_ANSWER)) and not _FOREIGN.match(one)]
    if not sure or set(sure) <= _YES_NO or all(one in text for one in sure) or _lists(text, len(sure)):
        return ""
    if len(sure) == 1:
        return f"您可以说，{plain(sure[0])}。"
    said = _short([plain(one) for one in sure])
    if any(_INSIDE.search(one) for one in said[: _MOST_LABELS if len(said) <= _MOST_LABELS else _MOST_LABELS - 1]):
        return _numbered([plain(one) for one in sure])
    said.sort(key=lambda one: bool(_DEATH.search(one)))
    if len(said) <= _MOST_LABELS:
        return f"{'，'.join(said[:-1])}，还是{said[-1]}？"
    return f"比如{'，'.join(said[: _MOST_LABELS - 1])}，或者别的，您说是哪一种？"


def _short(labels: Sequence[str]) -> list[str]:
    """Without commas of their own, by which nobody hears where one ends: 「领了证还没离」, 「轻」.

    Where one is long and begins as another does, it keeps them.
    """
    heads = [_INSIDE.split(one)[0] for one in labels]
    said = []
    for label, head in zip(labels, heads, strict=True):
        whole, alone = _INSIDE.sub("", label), sum(other.startswith(head) for other in heads) == 1
        joined = len(whole) <= _LONG or label[len(head) + 1 :].startswith("或")
        said.append(head if alone and (len(head) <= 2 or not joined) else whole if joined else label)
    return said


def _numbered(said: Sequence[str]) -> str:
    """Labels that begin alike: 「第一个，要征地、嫌补偿低」."""
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
