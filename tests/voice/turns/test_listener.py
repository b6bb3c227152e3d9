"""One recogniser at a time hears one turn at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.fakes.talking import LOUD, QUIET, Loudness, Stillness
from tests.fakes.ticking import settle
from voice.call_events import RecognizerLost, SpeechStarted
from voice.recognizer import Heard
from voice.turns.ending import Ending
from voice.turns.listener import Listener, Told


class Notes:
    """Counts the loud frames of each turn it was given; tells a partial after the first of them."""

    sample_rate = 8000

    def __init__(self, words: str = "老板不发工资") -> None:
        self.words, self.turns, self.broken = words, [0], False

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """See `Recognizer`."""
        async for chunk in pcm:
            if self.broken:
                raise RuntimeError("told to break")
            self.turns[-1] += chunk == LOUD
            if self.words and self.turns[-1] == 1:
                yield Heard(self.words[:2], final=False)
        self.turns.append(0)
        yield Heard(self.words, final=True)


class Room:
    """A listener and what it told."""

    def __init__(self, *ears: Notes, presence: type[Loudness] = Loudness) -> None:
        self.told: list[Told] = []
        self.silences: list[float] = []
        self.listener = Listener("call", ears, presence(8000), Ending(), self.told.append, self.silences.append)
        self.listener.wanted = True
        self.running = asyncio.create_task(self.listener.run())

    async def hear(self, *frames: bytes) -> list[Told]:
        """What was told meanwhile."""
        before = len(self.told)
        for frame in frames:
            self.listener.hear(frame)
            await asyncio.sleep(0)
        await settle()
        return self.told[before:]


@pytest_asyncio.fixture
async def rooms() -> AsyncIterator[list[Room]]:
    made: list[Room] = []
    yield made
    for room in made:
        room.running.cancel()
    await asyncio.gather(*(room.running for room in made), return_exceptions=True)


async def test_a_turn_is_told_when_it_begins_and_when_it_is_over(rooms: list[Room]) -> None:
    ear = Notes()
    rooms.append(room := Room(ear))
    assert await room.hear(*[QUIET] * 20, *[LOUD] * 10) == [SpeechStarted()]
    assert await room.hear(*[QUIET] * 5) == [Heard("老板不发工资", final=True)]
    assert ear.turns[0] == 10, "with the first frames of it, before it was noticed"
    assert await room.hear(*[QUIET] * 500) == []
    assert len(ear.turns) == 2, "silence costs nothing"


async def test_what_nobody_wants_is_not_heard(rooms: list[Room]) -> None:
    ear = Notes()
    rooms.append(room := Room(ear))
    room.listener.wanted = False
    assert await room.hear(*[LOUD] * 50, *[QUIET] * 10) == []
    assert ear.turns == [0]


async def test_a_long_story_is_cut_and_goes_on(rooms: list[Room]) -> None:
    rooms.append(room := Room(Notes()))
    told = await room.hear(*[LOUD] * 1000)
    assert told == [SpeechStarted(), SpeechStarted(), Heard("老板不发工资", final=True)] or told == [
        SpeechStarted(),
        Heard("老板不发工资", final=True),
        SpeechStarted(),
    ]


async def test_music_is_cut_and_does_not_go_on(rooms: list[Room]) -> None:
    rooms.append(room := Room(Notes("")))
    assert await room.hear(*[LOUD] * 2000) == [SpeechStarted(), Heard("", final=True)]


async def test_the_next_recogniser_takes_over_and_after_the_last_there_is_none(rooms: list[Room]) -> None:
    first, second = Notes(), Notes("欠了三个月")
    rooms.append(room := Room(first, second))
    first.broken = True
    assert await room.hear(*[LOUD] * 10) == [SpeechStarted(), RecognizerLost(replaced=True)]
    assert Heard("欠了三个月", final=True) in await room.hear(*[QUIET] * 5, *[LOUD] * 10, *[QUIET] * 5)
    second.broken = True
    assert RecognizerLost(replaced=False) in await room.hear(*[LOUD] * 10)


@pytest.mark.parametrize("we_speak", [False, True])
async def test_of_what_was_before_less_is_heard_while_we_speak(rooms: list[Room], we_speak: bool) -> None:
    ear = Notes()
    rooms.append(room := Room(ear))
    # Short sounds that are no speech yet: our own voice, where we speak.
    before = [LOUD, LOUD, QUIET] * 10
    for frame in before:
        if we_speak:
            room.listener.say(LOUD)
        await room.hear(frame)
    await room.hear(*[LOUD] * 5, *[QUIET] * 5)
    assert (ear.turns[0] > 15) is not we_speak


async def test_the_words_of_a_pause_are_final_before_the_turn_is_over(rooms: list[Room]) -> None:
    ear = Notes("房子是婚后买的")
    rooms.append(room := Room(ear, presence=Stillness))
    room.listener.asked("您遇到什么事了？慢慢说，我在听。")
    await room.hear(*[LOUD] * 10, *[QUIET] * 11)
    assert ear.turns == [10, 0], "its sound is over"
    assert room.told == [SpeechStarted()], "the turn is not"
    assert await room.hear(*[LOUD] * 8, *[QUIET] * 9) == []
    assert await room.hear(*[QUIET] * 60) == [Heard("房子是婚后买的，房子是婚后买的", final=True)]
    assert ear.turns == [10, 8, 0], "no frame of the speech is lost between"
    assert room.silences == [pytest.approx(0.6, abs=0.02)]


class Late(Notes):
    """Has heard the beginning at once, and the rest when it may tell."""

    def __init__(self) -> None:
        super().__init__("对我们这些人是一分钱都不给")
        self.may = asyncio.Event()

    async def recognize(self, pcm: AsyncIterator[bytes]) -> AsyncIterator[Heard]:
        """See `Recognizer`."""
        begun = False
        async for _ in pcm:
            if not begun:
                begun = True
                yield Heard(self.words[:1], final=False)
        await self.may.wait()
        yield Heard(self.words, final=True)


async def test_nobody_is_cut_off_by_words_that_are_only_the_beginning(rooms: list[Room]) -> None:
    ear = Late()
    rooms.append(room := Room(ear, presence=Stillness))
    room.listener.asked("公司给您补偿了吗？")
    assert await room.hear(*[LOUD] * 10, *[QUIET] * 14) == [SpeechStarted()], "对 alone would be a whole answer"
    assert await room.hear(*[LOUD] * 10) == [], "it is the same turn"
    ear.may.set()
    (heard,) = await room.hear(*[QUIET] * 60)
    assert isinstance(heard, Heard)
    assert heard.text.startswith(ear.words)
