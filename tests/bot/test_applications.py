"""Applications go on the desk with their legal day; a matter opens again with its code, and with nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import select

from bot.dialogue.engine import Application, Part, Recall, Reply, Turn
from bot.store.desk_schema import matter_steps
from bot.store.matters import MOST_FAILURES
from bot.store.schema import applications, matters
from tests.fakes.service import Service, inbound, running


class Scripted:
    """Says what the last turn was; 交 hands in, 回 NUMBER CODE comes back."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []

    async def respond(self, turn: Turn) -> Reply:
        """See `DialogueEngine.respond`."""
        self.turns.append(turn)
        words = turn.text.split()
        if turn.recalled is not None:
            return Reply((Part("text", f"recalled {turn.recalled['found']}"),), turn.state)
        if words[0] == "回":
            return Reply((), turn.state, recall=Recall(words[1], words[2]))
        if words[0] in ("撤", "改"):
            act: Literal["withdraw", "amend"] = "withdraw" if words[0] == "撤" else "amend"
            changed = Application("legal_aid", "申请法律援助", act=act, note="想约的时间：明天")
            told = {"facts": [{"label": "想约的时间", "value": "明天", "said": "明天"}]}
            return Reply((Part("text", "好的。"),), turn.state, application=changed, topic="legal_aid", summary=told)
        if words[0] == "另":
            another = {"facts": [{"label": "要办的事", "value": words[1], "said": words[1]}]}
            wanted = Application("legal_aid", "申请法律援助")
            return Reply((Part("text", "交上去了。"),), turn.state, application=wanted, topic="", summary=another)
        if words[0] == "交":
            applied = Application("legal_aid", "申请法律援助", date(2026, 11, 30))
            said = Part("text", "交上去了。")
            return Reply((said,), {"count": 7}, application=applied, tell_matter=True, topic="legal_aid")
        paper = Part("opinion", "意见", data={"title": "意见"})
        return Reply((paper, Part("text", "还有吗？")), {"count": 1}, tell_matter=True, topic="unpaid_wages")


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with running(tmp_path, Scripted()) as started:
        yield started


async def say(service: Service, conversation: str, text: str, number: int = 1) -> list[str]:
    outcome = await service.conversations.handle(inbound(conversation, f"m{number}", text))
    return [part.text for reply in outcome.replies for part in reply.parts]


async def code_of(service: Service, number: str) -> str:
    return (await service.conversations.card(number)).code


async def test_number_and_code_stand_right_behind_the_opinion(service: Service) -> None:
    conversation = await service.opened()
    said = await say(service, conversation, "工资")
    assert "20261123-0001" in said[1]
    assert await code_of(service, "20261123-0001") in said[1]
    assert said[-1] == "还有吗？"


async def test_an_application_is_kept_once_with_its_day(service: Service) -> None:
    conversation = await service.opened()
    await say(service, conversation, "交", 1)
    await say(service, conversation, "交", 2)
    assert await service.count(applications, applications.c.state == "submitted") == 1
    assert await service.count(applications, applications.c.due_on == date(2026, 11, 30)) == 1
    card = await service.conversations.card("20261123-0001")
    assert [one.title for one in card.progress] == ["申请法律援助"]


async def test_with_the_code_another_conversation_takes_the_matter_up(service: Service) -> None:
    first, second = await service.opened(), await service.opened()
    await say(service, first, "交")
    code = await code_of(service, "20261123-0001")
    assert await say(service, second, f"回 20261123-0001 {code}") == ["recalled True"]
    turn = service.engine.turns[-1]
    assert (turn.matter, turn.state) == ("20261123-0001", {"count": 7})
    assert "最迟2026年11月30日" in turn.recalled["progress"][0]
    stored = await service.conversations.get(second)
    assert stored is not None
    assert stored.matter == "20261123-0001"
    assert await service.count(matters, matters.c.state == "closed", matters.c.number == "20261123-0002") == 1


@pytest.mark.parametrize("number", ["20261123-0001", "20261123-0009"])
async def test_a_wrong_code_opens_nothing_and_tells_nothing(service: Service, number: str) -> None:
    first, second = await service.opened(), await service.opened()
    await say(service, first, "交")
    right = await code_of(service, "20261123-0001")
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    assert await say(service, second, f"回 {number} {wrong}") == ["recalled False"]
    assert service.engine.turns[-1].state == {}


async def test_after_too_many_wrong_codes_only_a_person_can_open_it(service: Service) -> None:
    first, second = await service.opened(), await service.opened()
    await say(service, first, "交")
    right = await code_of(service, "20261123-0001")
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    for number in range(MOST_FAILURES):
        await say(service, second, f"回 20261123-0001 {wrong}", number)
    assert await say(service, second, f"回 20261123-0001 {right}", 99) == ["recalled False"]


async def test_another_of_a_kind_is_taken_where_it_is_about_something_else(service: Service) -> None:
    conversation = await service.opened()
    for number, said in enumerate(["另 工资", "另 工资", "另 工伤"]):
        await say(service, conversation, said, number)
    assert await service.count(applications) == 2


async def test_what_was_handed_in_is_taken_back(service: Service) -> None:
    conversation = await service.opened()
    await say(service, conversation, "交", 1)
    assert any("已经按您的意思撤回" in one for one in await say(service, conversation, "撤", 2))
    assert await service.count(applications, applications.c.state == "withdrawn") == 1
    assert await service.count(matter_steps, matter_steps.c.action == "application_withdraw") == 1
    assert any("没有在办的申请" in one for one in await say(service, conversation, "撤", 3))


async def test_what_is_granted_is_taken_back_by_a_person(service: Service) -> None:
    conversation = await service.opened()
    await say(service, conversation, "交", 1)
    granted = applications.update().values(state="assigned")
    await service.database.write(lambda connection: connection.execute(granted))
    assert any("转人工" in one for one in await say(service, conversation, "撤", 2))
    assert await service.count(applications, applications.c.state == "assigned") == 1


async def test_a_change_is_read_at_the_desk(service: Service) -> None:
    conversation = await service.opened()
    await say(service, conversation, "交", 1)
    await say(service, conversation, "改", 2)
    summary = await service.database.read(
        lambda connection: connection.execute(select(applications.c.summary)).scalar_one()
    )
    assert summary["facts"][0]["value"] == "明天"
    note = await service.database.read(
        lambda connection: connection.execute(
            select(matter_steps.c.reason).where(matter_steps.c.action == "application_amend")
        ).scalar_one()
    )
    assert note == "申请法律援助：想约的时间：明天"
