"""Material and voice on the web chat: taken by what the bytes are, asked about, kept; heard where something listens."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator

import av
import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import SystemClock
from bot.settings import Settings
from bot.store.database import Database
from channels.app import create_app
from tests.fakes.client import Client, Page
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine
from voice.recognizer import Heard, RecognitionFailed

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"x" * 40


def recording(codec: str = "libopus", container: str = "webm") -> bytes:
    """A second of sound as a browser records it."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as written:
        stream = written.add_stream(codec, rate=48000, layout="mono")
        for number in range(50):
            frame = av.AudioFrame(format="s16", layout="mono", samples=960)
            frame.planes[0].update(b"\x10\x20" * (frame.planes[0].buffer_size // 2))
            frame.sample_rate, frame.pts = 48000, number * 960
            written.mux(stream.encode(frame))
        written.mux(stream.encode(None))
    return out.getvalue()


class FakeRecognizer:
    """Hears a fixed sentence, and remembers how much sound there was."""

    sample_rate = 16000

    def __init__(self, words: str) -> None:
        self.words = words
        self.seconds = 0.0
        self.broken = False

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """As voice.recognizer says."""
        async for chunk in pcm:
            self.seconds += len(chunk) / 2 / self.sample_rate
        if self.broken:
            raise RecognitionFailed("no memory for the model")
        yield Heard("老板", final=False)
        yield Heard(self.words, final=True)


@pytest.fixture
def recognizer() -> FakeRecognizer:
    return FakeRecognizer("老板拖欠工资")


@pytest.fixture
async def hearing(settings: Settings, engine: FakeEngine, recognizer: FakeRecognizer) -> AsyncIterator[Client]:
    """A service that has something to listen with."""
    app = create_app(
        settings,
        clock=SystemClock(),
        database=Database(settings.store_url),
        engine=engine,
        laws=FakeLaws(),
        recognizer=recognizer,
    )
    async with TestClient(TestServer(app)) as http:
        yield Client(http)


async def send(client: Client, page: Page, what: str, content: bytes, message_id: str = "f1") -> ClientResponse:
    return await client.http.post(
        f"/channels/web/{what}",
        params={"name": "工资条.png", "message_id": message_id},
        data=content,
        headers={"Authorization": f"Bearer {page.token}", "Content-Type": "application/octet-stream"},
    )


async def test_material_is_asked_about_and_kept(client: Client) -> None:
    page = await client.page()
    await page.say("拖欠工资", "a1")
    await page.until("message", seq=3)
    for _ in range(2):
        assert (await send(client, page, "files", PNG)).status == 202
    question = await page.until("message", seq=4)
    assert question["parts"][0]["choices"] == ["存进材料", "不用存"]
    await page.say("存进材料", "a2")
    answer = await page.until("message", seq=6)
    assert "1 份材料已经存进" in answer["parts"][0]["text"]


async def test_what_cannot_be_taken_is_refused(client: Client) -> None:
    page = await client.page()
    for content, message_id, status in ((b"MZ\x90\x00", "f1", 422), (b"", "f1", 422), (PNG, "a b", 422)):
        assert (await send(client, page, "files", content, message_id)).status == status
    assert (await client.http.post("/channels/web/voice?message_id=f1", data=PNG)).status == 401


async def test_voice_that_nobody_hears_by_machine_is_material(client: Client, engine: FakeEngine) -> None:
    page = await client.page()
    answer = await send(client, page, "voice", recording())
    assert (answer.status, await answer.json()) == (202, {"heard": None})
    question = await page.until("message", seq=2)
    assert "语音" in question["parts"][0]["text"]
    assert engine.turns == []


@pytest.mark.parametrize(("codec", "container"), [("libopus", "webm"), ("aac", "mp4"), ("libopus", "ogg")])
async def test_voice_becomes_words_where_something_listens(
    hearing: Client, engine: FakeEngine, recognizer: FakeRecognizer, codec: str, container: str
) -> None:
    page = await hearing.page()
    for _ in range(2):  # the page does not know whether it had arrived
        answer = await send(hearing, page, "voice", recording(codec, container), "v1")
        assert await answer.json() == {"heard": "老板拖欠工资"}
    await page.until("message", seq=3)
    said = next(frame for frame in page.seen if frame["type"] == "message" and frame["seq"] == 2)
    assert (said["from"], said["parts"][0]["text"]) == ("citizen", "老板拖欠工资")
    assert [turn.text for turn in engine.turns] == ["老板拖欠工资"]
    assert recognizer.seconds == pytest.approx(2.0, abs=0.3)


async def test_voice_is_material_too_where_the_recogniser_is_broken(
    hearing: Client, engine: FakeEngine, recognizer: FakeRecognizer
) -> None:
    recognizer.broken = True
    page = await hearing.page()
    answer = await send(hearing, page, "voice", recording())
    assert (answer.status, await answer.json()) == (202, {"heard": None})
    assert "语音" in (await page.until("message", seq=2))["parts"][0]["text"]
    assert engine.turns == []


async def test_what_is_no_recording_or_says_nothing_is_asked_for_again(
    hearing: Client, engine: FakeEngine, recognizer: FakeRecognizer
) -> None:
    page = await hearing.page()
    recognizer.words = " "
    for content in (PNG, recording(), recording()[:50], b"\x1a\x45\xdf\xa3webm" + b"\xff" * 500):
        answer = await send(hearing, page, "voice", content)
        assert answer.status == 422
        assert (await answer.json())["error"]["code"] == "not_heard"
    assert engine.turns == []
