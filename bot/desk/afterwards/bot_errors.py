"""A lawyer's correction of what the bot said: a scenario that fails until it is mended, and the change it proposes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from bot.clock import Clock
from bot.desk.afterwards.redact import redact
from bot.desk.seat import Seat
from bot.desk.topics import Topics
from bot.interviews.topic import Topic
from bot.message import Message

Verify = Callable[[str], Awaitable[list[dict[str, Any]]]]
"""Every citation in a text, resolved or not, as `bot.law_service.LawService.verify` tells it."""
LONGEST = 500
MOST_STEPS = 60
_STATE = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class BotError:
    """What a lawyer says of one message of the bot."""

    seq: int
    wrong: str
    """Words of the message that are wrong."""
    right: str
    """Words that the answer should have instead."""
    cites: str
    """Articles that it rests on, as people write them; "" for none."""
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What comes of it."""

    problems: tuple[str, ...] = ()
    """Why it cannot be kept; empty: it can."""
    scenario: str = ""
    patch: str = ""
    """Of the topic, where the wrong words stand in one place of it."""
    number: int | None = None
    """Of the proposal, once it is kept."""


class BotErrors:
    """Turns corrections into proposals; `verify` checks the articles."""

    def __init__(self, topics: Topics, verify: Verify, clock: Clock) -> None:
        self._topics = topics
        self._verify = verify
        self._clock = clock

    async def correct(
        self, topic_id: str, messages: Sequence[Message], error: BotError, seat: Seat, scenario: str, keep: bool
    ) -> Correction:
        """Try it, and keep it as a proposal if asked; `scenario` is the text as the lawyer changed it, or ""."""
        said = next((one for one in messages if one.seq == error.seq and one.sender == "bot"), None)
        problems = _problems(error, said)
        cites: list[str] = []
        if error.cites.strip():
            found = await self._verify(error.cites)
            cites = [f"{one['law'].removeprefix(_STATE)} {one['number']}" for one in found if one["resolved"]]
            problems += [f"没有找到法条：{one['text']}" for one in found if not one["resolved"]]
            if not found:
                problems.append("法条请写成“民法典 第五百七十九条”这样。")
        if problems or said is None:
            return Correction(tuple(problems))
        today = self._clock.now().date()
        made = scenario.strip() or _scenario(topic_id, messages, error, cites, today)
        if scenario.strip() and (bad := _bad_scenario(scenario)):
            return Correction((bad,), made)
        topics = await self._topics.all()
        patch, key = "", "conversation"
        if (place := _place(topics, topic_id, error.wrong)) is not None:
            key, text = place
            verdict = await self._topics.correct(
                topic_id, key, text.replace(error.wrong, error.right), error.reason, seat, keep=False
            )
            patch = verdict.patch if not verdict.problems else ""
        if not keep:
            return Correction((), made, patch)
        number = await self._topics.records.add(
            topic_id, key, seat, error.reason.strip(), patch, made, self._clock.now()
        )
        return Correction((), made, patch, number)


def _problems(error: BotError, said: Message | None) -> list[str]:
    found = []
    if said is None:
        found.append("只能更正智能助手说过的话。")
    elif not error.wrong.strip() or error.wrong not in _everything(said):
        found.append("请从这条消息里原样选出说错的几个字。")
    if not error.right.strip():
        found.append("请写下应该怎么说。")
    if not error.reason.strip():
        found.append("请写一句为什么错。")
    if max(map(len, (error.wrong, error.right, error.cites, error.reason))) > LONGEST:
        found.append(f"每一栏请不要超过 {LONGEST} 个字。")
    return found


def _everything(message: Message) -> str:
    """What the message shows, the texts of an opinion included."""
    return "\n".join((message.text, *(text for part in message.parts for text in _texts(part.data))))


def _texts(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    inner = data.values() if isinstance(data, Mapping) else data if isinstance(data, list | tuple) else ()
    return [text for one in inner for text in _texts(one)]


def _scenario(topic: str, messages: Sequence[Message], error: BotError, cites: Sequence[str], today: date) -> str:
    """The talk up to the wrong answer, persons taken out, and what the answer must be."""
    asked = [one for one in messages if one.sender == "citizen" and one.seq < error.seq][-MOST_STEPS:]
    steps: list[dict[str, Any]] = [{"citizen": redact(one.text)} for one in asked]
    expect: dict[str, Any] = {"contains": [error.right.strip()], "not_contains": [error.wrong.strip()]}
    if cites:
        expect["cites"] = list(cites)
    if steps:
        steps[-1]["expect"] = expect
    told = {"name": f"{topic or 'bot'}_corrected", "description": redact(error.reason.strip()), "today": today}
    return str(yaml.safe_dump(told | {"steps": steps}, allow_unicode=True, sort_keys=False, width=1000))


def _bad_scenario(text: str) -> str:
    """Why a scenario that a lawyer has changed is none; "" when it is one."""
    try:
        told = yaml.safe_load(text)
    except yaml.YAMLError:
        return "对话的格式不对，请只改“citizen:”后面的话。"
    if not isinstance(told, dict) or not isinstance(told.get("steps"), list) or not told["steps"]:
        return "对话里没有步骤（steps）。"
    if not all(isinstance(step, dict) and ("citizen" in step or "desk" in step) for step in told["steps"]):
        return "对话的每一步都应以“citizen:”开头。"
    return ""


def _place(topics: Mapping[str, Topic], topic_id: str, wrong: str) -> tuple[str, str] | None:
    """Key and text of the one place of the topic where the words stand; None for no place or several."""
    topic = topics.get(topic_id)
    if topic is None:
        return None
    found = [
        (f"findings.{finding.id}.{field}", text)
        for finding in topic.findings
        for field in ("title", "say")
        if wrong in (text := str(getattr(finding, field)))
    ]
    return found[0] if len(found) == 1 else None
