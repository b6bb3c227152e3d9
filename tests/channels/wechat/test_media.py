"""Voice and files: fetched, heard, handed on; what cannot be is told kindly."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator

import pytest

from bot.settings import Settings
from tests.fakes.wechat import world
from tests.voice.test_decoding import amr, tone
from voice.recognizer import Heard

GET = "/cgi-bin/media/get"


class Ear:
    """Hears what it was told to hear, once there was sound enough."""

    sample_rate = 16000

    def __init__(self, said: str) -> None:
        self.said = said
        self.listened = 0.0

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        async for chunk in pcm:
            self.listened += len(chunk) / 2 / self.sample_rate
            yield Heard(self.said[:2], final=False)
        yield Heard(self.said, final=True)


async def test_voice_that_the_provider_has_heard_is_said(settings: Settings) -> None:
    async with world(settings) as made:
        someone = made.openid()
        fields = {"MediaId": "m1", "Format": "amr", "Recognition": "老板不发工钱。"}
        pushed = await made.provider.message(someone, "voice", **fields)
        assert pushed.answer.endswith("您说：老板不发工钱。")


async def test_voice_is_fetched_heard_and_answered_once(settings: Settings) -> None:
    ear = Ear("房东不退押金")
    async with world(settings, recognizer=ear) as made:
        someone, msgid = made.openid(), made.provider.next_id()
        made.provider.media["m1"] = (amr(tone(8000, 2.0)), "audio/amr")
        made.provider.faults[GET] = deque([500, -1])
        for _ in range(2):
            pushed = await made.provider.message(someone, "voice", msgid, MediaId="m1", Format="amr")
            assert pushed.heard
        shown = await made.provider.phone(someone).until_shown(2, 60)
        assert shown[-1].endswith("您说：房东不退押金")
        assert ear.listened == pytest.approx(2.0, abs=0.2)
        assert len(made.engine.turns) == 1


async def test_voice_without_a_recogniser_asks_to_write(settings: Settings) -> None:
    async with world(settings) as made:
        someone, msgid = made.openid(), made.provider.next_id()
        for _ in range(2):
            await made.provider.message(someone, "voice", msgid, MediaId="m1", Format="amr")
        shown = await made.provider.phone(someone).until_shown(2, 60)
        assert "打字" in shown[-1]
        assert sum("打字" in text for text in shown) == 1
        assert made.engine.turns == []


@pytest.mark.parametrize(
    ("content", "told"), [(b"nothing of the kind", "没有听清"), (b"#!AMR\n\xff\xff", "没有听清"), (None, "没有取到")]
)
async def test_voice_that_cannot_be_heard_is_told(settings: Settings, content: bytes | None, told: str) -> None:
    async with world(settings, recognizer=Ear("")) as made:
        someone = made.openid()
        if content is not None:
            made.provider.media["m1"] = (content, "audio/amr")
        await made.provider.message(someone, "voice", MediaId="m1", Format="amr")
        shown = await made.provider.phone(someone).until_shown(2, 60)
        assert told in shown[-1]


async def test_an_arrival_outlives_a_restart(settings: Settings) -> None:
    async with world(settings, recognizer=Ear("我要离婚")) as made:
        someone = made.openid()
        await made.provider.say(someone, "你好")
        made.provider.faults[GET] = deque([500] * 3)
        await made.provider.message(someone, "voice", MediaId="m1", Format="amr")
        await made.stop(made.servers[0])
        made.provider.media["m1"] = (amr(tone(8000)), "audio/amr")
        made.provider.faults.clear()
        await made.start()
        shown = await made.provider.phone(someone).until_shown(2, 60)
        assert shown[-1].endswith("您说：我要离婚")


PNG = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + b"IHDR" + bytes(13)


async def test_a_picture_is_kept_for_the_matter_once_the_citizen_agrees(settings: Settings) -> None:
    async with world(settings) as made:
        someone, msgid = made.openid(), made.provider.next_id()
        await made.provider.say(someone, "工资")
        made.provider.media["p1"] = (PNG, "image/png")
        for _ in range(2):
            await made.provider.message(someone, "image", msgid, MediaId="p1", PicUrl="http://127.0.0.1:9/x")
        shown = await made.provider.phone(someone).until_shown(2, 60)
        assert "要存进您的事项" in shown[-1]
        assert "1. 存进材料" in shown[-1]
        assert (await made.provider.say(someone, "1")).answer.startswith("好的，1 份材料已经存进事项")
        assert len(made.engine.turns) == 1


async def test_a_video_and_a_link_are_asked_about_too_and_others_refused_kindly(settings: Settings) -> None:
    async with world(settings) as made:
        someone = made.openid()
        made.provider.media["v1"] = (bytes(4) + b"ftypisom" + bytes(100), "video/mp4")
        made.provider.media["x1"] = (b"MZ" + bytes(100), "application/octet-stream")
        await made.provider.message(someone, "video", MediaId="v1", ThumbMediaId="t")
        assert "您发的视频" in (await made.provider.phone(someone).until_shown(2, 60))[-1]
        await made.provider.message(someone, "file", MediaId="x1", Title="a.exe")
        assert "收不了这种文件" in (await made.provider.phone(someone).until_shown(3, 60))[-1]
        await made.provider.say(someone, "不用存")
        await made.provider.message(someone, "link", Title="判决书", Description="x", Url="https://example.org/a")
        assert "您发的链接" in (await made.provider.phone(someone).until_shown(5, 60))[-1]
