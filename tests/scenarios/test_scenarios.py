"""Runs every scenario file against the real model, the law index, the store and the desk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.clock import SHANGHAI
from bot.dialogue.engine import DialogueEngine, Part, Reply, Turn
from bot.message import Message
from tests.fakes.clock import VirtualClock
from tests.fakes.service import Service, inbound, running

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the engine lives in the session's loop

HERE = Path(__file__).parent
FILES = sorted(HERE.rglob("*.yaml"))


class Recorder:
    """Passes turns on and keeps the last reply, which says what the service does not show."""

    def __init__(self, engine: DialogueEngine) -> None:
        self._engine = engine
        self.reply: Reply | None = None

    async def respond(self, turn: Turn) -> Reply:
        """See `DialogueEngine.respond`."""
        self.reply = await self._engine.respond(turn)
        return self.reply


class Conversation:
    """One citizen and one seat, playing a scenario."""

    def __init__(self, service: Service, recorder: Recorder, conversation: str) -> None:
        self._service, self._recorder, self._conversation = service, recorder, conversation
        self._card = {"matter": "", "code": ""}
        self._seq = 1
        self._count = 0
        self._seat: Any = None

    async def step(self, step: Mapping[str, Any]) -> None:
        """Play one step and check what it expects."""
        self._recorder.reply = None
        if "citizen" in step:
            self._count += 1
            said = str(step["citizen"])
            for name, value in self._card.items():
                said = said.replace(f"{{{name}}}", value)
            await self._service.conversations.handle(inbound(self._conversation, f"m{self._count}", said))
        elif "come_back" in step:
            await self._come_back(step["come_back"])
        else:
            await self._desk(step)
        messages = await self._service.conversations.after(self._conversation, self._seq)
        self._seq = messages[-1].seq if messages else self._seq
        await self._check(step.get("expect") or {}, [m for m in messages if m.sender != "citizen"])

    async def _come_back(self, on: date) -> None:
        """Another conversation on a later day; {matter} and {code} are those of the one before."""
        before = await self._service.conversations.get(self._conversation)
        assert before is not None
        card = await self._service.conversations.card(before.matter)
        self._card = {"matter": card.number, "code": card.code}
        later = datetime.combine(on, time(12), SHANGHAI) - self._service.clock.now()
        self._service.clock.advance(later.total_seconds())
        self._conversation, self._seq = await self._service.opened(), 1

    async def _desk(self, step: Mapping[str, Any]) -> None:
        desk = self._service.desk
        if self._seat is None:
            self._seat = await self._service.seat()
        match step["desk"]:
            case "duty":
                await self._service.on_duty(self._seat)
            case "claim":
                await desk.claim(self._conversation, self._seat)
            case "reply":
                self._count += 1
                await desk.reply(self._conversation, self._seat, f"s{self._count}", step["text"])
            case "handback":
                await desk.hand_back(self._conversation, self._seat)
            case other:
                raise ValueError(f"unknown desk step {other!r}")

    async def _check(self, expect: Mapping[str, Any], said: list[Message]) -> None:
        parts = [part for message in said for part in message.parts]
        text = "\n".join(part.text for part in parts)
        reply = self._recorder.reply
        for key, wanted in expect.items():
            match key:
                case "contains":
                    assert not [w for w in wanted if w not in _words(parts)], text
                case "not_contains":
                    assert not [w for w in wanted if w in text], text
                case "any_of":
                    assert any(w in _words(parts) for w in wanted), text
                case "choices":
                    assert set(map(str, wanted)) <= {choice for part in parts for choice in part.choices}, text
                case "part":
                    assert wanted in {part.kind for part in parts}, text
                case "silent":
                    assert (not parts) is wanted, text
                case "state":
                    stored = await self._service.conversations.get(self._conversation)
                    assert stored is not None
                    assert stored.state == wanted, text
                case "topic":
                    assert reply is not None
                    assert reply.topic == wanted, text
                case "asks":
                    assert (await self._asked() or None) == wanted, text
                case "facts":
                    assert reply is not None
                    self._check_facts(wanted, reply.state["slots"].get("facts") or {})
                case "handoff":
                    assert reply is not None
                    assert (reply.handoff is not None) is bool(wanted), text
                    if wanted == "danger":
                        assert reply.handoff is not None
                        assert (reply.handoff.kind, reply.handoff.priority) == ("danger", "urgent")
                case "applied":
                    assert reply is not None
                    assert (None if reply.application is None else reply.application.kind) == wanted, text
                case "documents":
                    offered = {one["id"] for part in parts for one in part.data.get("documents", ())}
                    assert set(wanted) <= offered, sorted(offered)
                case "last_days":
                    days = {one["last_day"] for part in parts for one in part.data.get("deadlines", ())}
                    assert {one.isoformat() for one in wanted} <= days, sorted(map(str, days))
                case "cites":
                    cited = _cited(parts)
                    assert not [w for w in wanted if w not in cited], sorted(cited)
                case other:
                    raise ValueError(f"unknown expectation {other!r}")

    async def _asked(self) -> str:
        state = await self._service.dialogue_state(self._conversation)
        return str(state.get("slots", {}).get("asked") or "")

    @staticmethod
    def _check_facts(wanted: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
        for fact, value in wanted.items():
            told = facts.get(fact)
            assert told is not None, f"{fact} is not known; known: {sorted(facts)}"
            if value is None:
                assert told["unknown"], f"{fact}: {told}"
            elif isinstance(value, bool | str):
                assert told["value"] == value, f"{fact}: {told}"
            elif isinstance(value, date):
                assert told["value"] == value.isoformat(), f"{fact}: {told}"
            else:
                assert float(told["value"]) == float(value), f"{fact}: {told}"


def _words(parts: list[Part]) -> str:
    return "\n".join([part.text for part in parts] + [str(dict(part.data)) for part in parts])


def _cited(parts: list[Part]) -> set[str]:
    found: set[str] = set()

    def collect(node: Any) -> None:
        if isinstance(node, Mapping):
            if "law" in node and "number" in node:
                found.add(f"{str(node['law']).removeprefix('中华人民共和国')} {node['number']}")
            for value in node.values():
                collect(value)
        elif isinstance(node, list | tuple):
            for value in node:
                collect(value)

    for part in parts:
        collect(part.data)
    return found


@asynccontextmanager
async def _playing(folder: Path, engine: DialogueEngine, today: date) -> AsyncIterator[Conversation]:
    recorder = Recorder(engine)
    clock = VirtualClock(datetime.combine(today, time(12), SHANGHAI))
    async with running(folder, recorder, clock) as service:
        yield Conversation(service, recorder, await service.opened())


@pytest.mark.parametrize("path", FILES, ids=[file.relative_to(HERE).with_suffix("").as_posix() for file in FILES])
async def test_scenario(path: Path, engine: DialogueEngine, tmp_path: Path) -> None:
    scenario = yaml.safe_load(path.read_text(encoding="utf-8"))
    async with _playing(tmp_path, engine, scenario["today"]) as conversation:
        for number, step in enumerate(scenario["steps"], 1):
            try:
                await conversation.step(step)
            except AssertionError as error:
                said = step.get("citizen") or f"desk: {step.get('desk')}"
                raise AssertionError(f"step {number} 「{said}」: {error}") from error


async def test_there_are_at_least_ten_scenarios() -> None:
    assert len(FILES) >= 10
