"""What of a topic may be corrected on the page for lawyers, and the text of the file after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.interviews.topic import Topic
from bot.interviews.yaml_edit import NoSuchKey, Step, Value, set_value

_LABELS = {
    "question": "问题", "why": "为什么问", "help": "解释", "when": "条件", "why_cite": "为什么问：法条",
    "title": "标题", "say": "说明", "unless_known": "情况不明时说的话", "cite": "法条", "open": "起算日不明时说的话",
    "overdue": "过期后说的话", "intro": "开场白",
}  # fmt: skip
_KEYS: dict[str, tuple[str, ...]] = {
    "facts": ("question", "why", "help", "when", "why_cite"),
    "findings": ("title", "say", "when", "cite", "unless_known"),
    "deadlines": ("title", "say", "open", "overdue", "when", "cite"),
    "steps": ("say", "when"),
    "evidence": ("say", "when"),
    "where": ("say", "when"),
    "legal_aid": ("say", "when", "cite"),
}
_LISTS = {"cite", "why_cite"}
_OPTIONAL = {"help", "when", "unless_known", "why_cite"}
_STEP = re.compile(r"([a-z_][a-z0-9_]*)|\[(\d{1,3})\]")
MOST = 2000
"""Characters of a corrected text."""


class CorrectionRefused(ValueError):
    """The correction cannot be made; the message says why (Simplified Chinese)."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that may be corrected."""

    key: str
    """`findings.amount.say`, `steps[1].when`."""
    label: str
    value: str
    """As it stands; citations are lines."""
    kind: Literal["text", "condition", "citations"]


def fields(topic: Topic) -> Iterator[Field]:
    """Everything of the topic that may be corrected, in the order of the file."""
    yield Field("intro", _LABELS["intro"], topic.intro, "text")
    for group, keys in _KEYS.items():
        part = getattr(topic, group)
        if group == "legal_aid":
            yield from _of(group, part, keys) if part is not None else ()
            continue
        for at, one in enumerate(part):
            own = getattr(one, "id", None)
            yield from _of(f"{group}.{own}" if own else f"{group}[{at}]", one, keys)


def _of(key: str, part: object, keys: tuple[str, ...]) -> Iterator[Field]:
    for name in keys:
        value = getattr(part, name)
        if name in _LISTS:
            yield Field(f"{key}.{name}", _LABELS[name], "\n".join(value), "citations")
        else:
            kind: Literal["text", "condition"] = "condition" if name == "when" else "text"
            yield Field(f"{key}.{name}", _LABELS[name], value or "", kind)


def corrected(text: str, topic: Topic, key: str, value: str) -> str:
    """The file's text with one field changed. Raises CorrectionRefused."""
    field = next((one for one in fields(topic) if one.key == key), None)
    if field is None:
        raise CorrectionRefused("没有这一处内容，或者它不能在这里改。请刷新页面再试。")
    if len(value) > MOST:
        raise CorrectionRefused(f"太长了，请不要超过{MOST}个字。")
    lines = [line.strip() for line in value.splitlines() if line.strip()]
    name = key.rsplit(".", 1)[-1]
    new: Value = lines if field.kind == "citations" else "".join(lines)
    if not new:
        if name not in _OPTIONAL:
            raise CorrectionRefused("这一处不能空着。")
        new = "true" if key.startswith("findings.") and name == "when" else None  # a finding must say when it holds
    if "\n".join(lines) == field.value.strip():
        raise CorrectionRefused("内容没有改变。")
    try:
        return set_value(text, _path(key), new)
    except NoSuchKey:
        raise CorrectionRefused("在主题文件里没有找到这一处，请联系维护人员。") from None


def _path(key: str) -> list[Step]:
    return [word or int(number) for word, number in _STEP.findall(key)]
