"""What citizens send besides words is kept with their matter once they agree, by what its bytes are, or deleted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.desk.work.media import sniff
from bot.evidence import DROP, KEEP, UNANSWERED
from bot.message import BadMessage
from bot.store.channel_schema import evidence
from bot.store.desk_schema import file_contents, files
from tests.fakes.service import Service, inbound, running

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"x" * 40
JPEG = b"\xff\xd8\xff\xe0" + b"y" * 40
AMR = b"#!AMR\n" + b"z" * 40


@pytest.fixture(params=("sqlite", "postgresql"))
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh store: every test here runs on both databases."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'faxian.db'}"


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url) as started:
        yield started


async def say(service: Service, conversation: str, message_id: str, text: str) -> str:
    outcome = await service.conversations.handle(inbound(conversation, message_id, text, "wechat"))
    return "\n".join(reply.text for reply in outcome.replies)


async def told(service: Service, conversation: str) -> list[str]:
    return [one.text for one in await service.conversations.after(conversation, 0) if one.sender == "system"]


@pytest.fixture
async def talk(service: Service) -> str:
    return (await service.conversations.of("wechat", "openid")).id


async def test_kept_after_consent_several_at_once(service: Service, talk: str) -> None:
    for _ in range(2):  # the provider's repetition
        await service.evidence.offer(talk, "media-1", "image", PNG, name="工资条.exe")
    await service.evidence.offer(talk, "media-2", "voice", AMR)
    await service.evidence.offer(
        talk, "media-3", "location", data={"label": "工地", "latitude": 23.1, "longitude": 113}
    )
    [question] = await told(service, talk)
    assert "图片" in question
    assert await service.count(files) == 0, "nothing is kept before"
    answer = await say(service, talk, "m1", KEEP)
    assert "3 份材料已经存进事项" in answer
    assert await service.count(files, files.c.name == "工资条.png", files.c.media_type == "image/png") == 1
    assert await service.count(files, files.c.matter != "", files.c.staff_id.is_(None)) == 3
    assert "您说" in await say(service, talk, "m2", "存"), "nothing is asked any more"
    assert await service.count(evidence, evidence.c.state == "kept") == 3


async def test_deleted_after_refusal_but_for_what_is_kept_elsewhere(service: Service, talk: str) -> None:
    await service.evidence.offer(talk, "media-1", "image", PNG)
    await say(service, talk, "m1", "存进材料吧")
    await service.evidence.offer(talk, "media-2", "image", PNG)
    await service.evidence.offer(talk, "media-3", "image", JPEG)
    assert "没有保存" in await say(service, talk, "m2", DROP)
    await service.evidence.offer(talk, "media-3", "image", JPEG)
    assert await service.count(file_contents) == 1
    assert await service.count(evidence, evidence.c.state == "refused") == 2


async def test_deleted_where_nobody_answers(service: Service, talk: str) -> None:
    await service.evidence.offer(talk, "media-1", "video", b"\x00\x00\x00\x18ftypmp42" + b"v" * 40)
    now = service.clock.now()
    assert await service.evidence._records.forget(now - UNANSWERED, now) == 0
    service.clock.advance(UNANSWERED.total_seconds() + 1)
    now = service.clock.now()
    assert await service.evidence._records.forget(now - UNANSWERED, now) == 1
    assert await service.count(file_contents) == 0
    assert "您说" in await say(service, talk, "m1", KEEP)


async def test_to_a_person_it_goes_as_a_message(service: Service, talk: str) -> None:
    await say(service, talk, "m1", "转人工")
    await service.evidence.offer(talk, "media-1", "image", PNG)
    await service.evidence.offer(talk, "media-1", "image", PNG)
    sent = [one for one in await service.conversations.after(talk, 0) if one.parts[0].kind == "file"]
    assert [one.sender for one in sent] == ["citizen"]
    assert await service.count(files) == 1


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00" + b"\x00" * 40, b"<html>\x00</html>", b"x" * 100_001])
async def test_what_cannot_be_taken_is_said_so(service: Service, talk: str, content: bytes) -> None:
    with pytest.raises(BadMessage) as refused:
        await service.evidence.offer(talk, "media-1", "file", content, name="合同.pdf")
    assert refused.value.text
    assert await service.count(evidence) == 0


async def test_a_link_is_kept_as_words(service: Service, talk: str) -> None:
    await service.evidence.offer(talk, "m", "link", data={"title": "招工", "url": "https://example.org/a", "text": ""})
    await say(service, talk, "m1", "同意保存")
    assert await service.count(files, files.c.name == "链接.txt", files.c.media_type == "text/plain") == 1
    with pytest.raises(BadMessage):
        await service.evidence.offer(talk, "m2", "link")


async def test_the_same_consent_again_after_a_crash_gets_the_same_answer(service: Service, talk: str) -> None:
    await service.evidence.offer(talk, "media-1", "image", PNG)
    conversation, records = talk, service.evidence._records
    first = await records.decide(conversation, "m9", True, service.clock.now())
    again = await records.decide(conversation, "m9", True, service.clock.now())
    assert first == again
    assert first[0] == 1
    assert await service.count(files) == 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x02#!SILK_V3" + b"s" * 10, "audio/silk"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"OggS\x00\x02", "audio/ogg"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "video/webm"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00", "video/mp4"),
    ],
)
def test_kinds_of_sound_and_film(content: bytes, kind: str) -> None:
    media = sniff(content)
    assert media is not None
    assert media.type == kind
