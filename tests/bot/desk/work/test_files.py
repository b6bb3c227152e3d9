"""Files both ways: once each, for those whom the conversation concerns."""

from __future__ import annotations

import asyncio

import pytest

from bot.desk.refused import Refused
from bot.desk.work.files import PAGE
from bot.message import BadMessage
from bot.store.desk_schema import file_contents, files
from tests.bot.desk.work.conftest import Desk

PDF = b"%PDF-1.7 wages"


async def test_a_seats_file_becomes_a_message(desk: Desk) -> None:
    seat = await desk.seat("周律师")
    conversation = await desk.held(seat)
    same = [desk.work.files.send(conversation, seat, "f1", "../工资条.exe", PDF) for _ in range(3)]
    sent = await asyncio.gather(*same)
    assert len({message.seq for message in sent}) == 1
    [part] = sent[0].parts
    assert part.kind == "file"
    assert part.text == "文件：工资条.pdf（14 字节）"
    assert part.data["name"] == "工资条.pdf"
    [file] = await desk.work.files.of(conversation, seat)
    assert (file.id, file.sender) == (part.data["id"], "周律师")
    assert await desk.service.count(files) == 1
    found = await desk.work.files.content(file.id, seat)
    assert found is not None
    assert found[1] == PDF
    assert (await desk.trail(conversation))[-1] == "downloaded"
    with pytest.raises(BadMessage, match="message_id_reused"):
        await desk.work.files.send(conversation, seat, "f1", "别的.pdf", PDF + b"2")


async def test_a_citizens_file_is_taken_once_a_person_is_asked_for(desk: Desk) -> None:
    seat = await desk.seat("周律师")
    bot_only = await desk.service.opened()
    with pytest.raises(BadMessage, match="no_person"):
        await desk.work.files.receive(bot_only, "f1", "x.pdf", PDF)
    conversation = await desk.waiting()
    first = await desk.work.files.receive(conversation, "f1", "合同.pdf", PDF)
    again = await desk.work.files.receive(conversation, "f1", "合同.pdf", PDF)
    assert (first.sender, first.seq) == ("citizen", again.seq)
    await desk.service.desk.claim(conversation, seat)
    desk.service.clock.advance(1)
    second = await desk.work.files.receive(conversation, "f2", "同一份.pdf", PDF)
    assert second.seq == first.seq + 2
    assert await desk.service.count(file_contents) == 1, "the same content is kept once"
    assert [file.name for file in await desk.work.files.of(conversation, seat)] == ["合同.pdf", "同一份.pdf"]
    id = first.parts[0].data["id"]
    assert await desk.work.files.citizens(id, conversation) is not None
    assert await desk.work.files.citizens(id, bot_only) is None
    await desk.service.desk.close(conversation, seat)
    with pytest.raises(BadMessage, match="no_person"):
        await desk.work.files.receive(conversation, "f3", "晚了.pdf", PDF)


async def test_what_is_not_taken_is_told(desk: Desk) -> None:
    seat = await desk.seat("周律师")
    conversation = await desk.held(seat)
    for content, code in (
        (b"", "empty_file"),
        (b"MZ\x90\x00", "bad_file_kind"),
        (PDF + b"x" * desk.work.files.largest, "file_too_large"),
    ):
        with pytest.raises(BadMessage, match=code):
            await desk.work.files.send(conversation, seat, "f1", "x.pdf", content)
    other = await desk.seat("吴律师")
    with pytest.raises(Refused, match="claimed_by_other"):
        await desk.work.files.send(conversation, other, "f1", "x.pdf", PDF)
    assert await desk.service.count(files) == 0


async def test_files_of_another_region_are_not_there(desk: Desk) -> None:
    seat, far = await desk.seat("周律师"), await desk.seat("李律师", regions=("11",))
    conversation = await desk.held(seat)
    message = await desk.work.files.send(conversation, seat, "f1", "x.pdf", PDF)
    await desk.move(conversation, "440300")
    assert await desk.work.files.content(message.parts[0].data["id"], far) is None
    with pytest.raises(Refused, match="unknown_conversation"):
        await desk.work.files.of(conversation, far)


async def test_files_of_all_matters_are_found_by_name_the_newest_first(desk: Desk) -> None:
    seat, far = await desk.seat("周律师"), await desk.seat("外地", regions=["33"])
    for number, name in enumerate(("合同.pdf", "工资条.pdf", "合同 100%.pdf")):
        conversation = await desk.held(seat)
        await desk.work.files.receive(conversation, "f1", name, PDF + bytes([number]))
        await desk.move(conversation, "440300")
        desk.service.clock.advance(1)
    found, more = await desk.work.files.found("", seat, 1)
    assert ([one.name for one in found], more) == (["合同 100%.pdf", "工资条.pdf", "合同.pdf"], False)
    assert [one.name for one in (await desk.work.files.found("0%", seat, 1))[0]] == ["合同 100%.pdf"]
    assert (await desk.work.files.found("合同", far, 1))[0] == []
    assert (await desk.work.files.found("合同", seat, 2))[0] == []
    for number in range(PAGE - 1):
        await desk.work.files.receive(conversation, f"g{number}", f"{number}.pdf", PDF)
    found, more = await desk.work.files.found("", seat, 1)
    assert (len(found), more) == (PAGE, True)
    assert len((await desk.work.files.found("", seat, 2))[0]) == 2
