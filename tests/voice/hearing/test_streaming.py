"""A streaming recogniser around an engine that does what a test tells it: threads, faults, and what is left behind."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from collections.abc import AsyncIterator, Callable

import pytest

from tests.fakes.speech import chunks
from voice.hearing.streaming import StreamingRecognizer
from voice.recognizer import Heard, RecognitionFailed

FRAME = bytes(320)


class CountingEar:
    """Says how many bytes it heard; `before` runs in its thread at each sound."""

    def __init__(self, before: Callable[[], None] = lambda: None) -> None:
        self.bytes = 0
        self._before = before

    def hear(self, pcm: bytes) -> Heard | None:
        self._before()
        self.bytes += len(pcm)
        return Heard(str(self.bytes), final=False)

    def finish(self) -> Heard | None:
        return Heard(str(self.bytes), final=True)


async def endless() -> AsyncIterator[bytes]:
    while True:
        yield FRAME


def recognizer(ear: Callable[[], CountingEar] = CountingEar, threads: int = 2) -> StreamingRecognizer:
    return StreamingRecognizer(8000, lambda: "model", lambda model: ear(), threads)


async def test_every_byte_is_heard_whatever_the_chunks() -> None:
    for size in (1, 7, 320, 5000):
        heard = [one async for one in recognizer().recognize(chunks(bytes(9_998), size))]
        assert heard[-1] == Heard("9998", final=True)


async def test_the_model_is_loaded_once_and_by_warming() -> None:
    loaded: list[str] = []

    def load() -> str:
        loaded.append("model")
        return "model"

    one = StreamingRecognizer(8000, load, lambda model: CountingEar(), 4)
    await one.warm()
    assert loaded == ["model"]
    await asyncio.gather(*[_all(one) for _ in range(8)])
    assert loaded == ["model"]


async def _all(one: StreamingRecognizer) -> list[Heard]:
    return [heard async for heard in one.recognize(chunks(bytes(3200)))]


async def test_an_engine_that_fails_is_a_failure_of_its_stream_only() -> None:
    def broken() -> None:
        raise RuntimeError("no")

    ears = iter([CountingEar(broken), CountingEar()])
    one = recognizer(lambda: next(ears))
    with pytest.raises(RecognitionFailed, match="RuntimeError"):
        await _all(one)
    assert (await _all(one))[-1].text == "3200"


async def test_a_model_that_does_not_load_is_a_failure() -> None:
    def load() -> str:
        raise OSError("no such folder")

    one = StreamingRecognizer(8000, load, lambda model: CountingEar(), 1)
    with pytest.raises(RecognitionFailed, match="no such folder"):
        await one.warm()


async def test_the_loop_goes_on_while_a_thread_works() -> None:
    begun, go = threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        assert go.wait(10)

    work = asyncio.create_task(_all(recognizer(lambda: CountingEar(slow))))
    assert await asyncio.to_thread(begun.wait, 10)
    assert not work.done()
    go.set()
    assert (await work)[-1].final


async def test_a_stream_left_in_the_middle_of_work_frees_its_ear() -> None:
    begun, go = threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        assert go.wait(10)

    ears: list[weakref.ref[CountingEar]] = []

    def ear() -> CountingEar:
        made = CountingEar(slow)
        ears.append(weakref.ref(made))
        return made

    one = recognizer(ear)
    work = asyncio.create_task(anext(aiter(one.recognize(endless()))))  # type: ignore[arg-type]
    assert await asyncio.to_thread(begun.wait, 10)
    work.cancel()
    await asyncio.wait({work})
    go.set()
    await asyncio.to_thread(one._threads.shutdown)
    gc.collect()
    assert ears[0]() is None


async def test_a_stream_closed_between_two_sounds_frees_its_ear() -> None:
    ears: list[weakref.ref[CountingEar]] = []

    def ear() -> CountingEar:
        made = CountingEar()
        ears.append(weakref.ref(made))
        return made

    one = recognizer(ear)
    stream = one.recognize(endless())
    await anext(stream)
    assert ears[0]() is not None
    await stream.aclose()  # type: ignore[attr-defined]
    await asyncio.to_thread(one._threads.shutdown)
    gc.collect()
    assert ears[0]() is None


async def test_no_more_threads_than_told() -> None:
    working, most, lock = 0, 0, threading.Lock()
    both = threading.Barrier(2, timeout=10)

    def count() -> None:
        nonlocal working, most
        with lock:
            working += 1
            most = max(most, working)
        both.wait()
        with lock:
            working -= 1

    one = recognizer(lambda: CountingEar(count), threads=2)
    await asyncio.gather(*[_all(one) for _ in range(6)])
    assert most == 2


async def test_closing_while_a_stream_runs() -> None:
    one = recognizer()
    stream = one.recognize(endless())
    await anext(stream)
    one.close()
    with pytest.raises(RecognitionFailed):
        await anext(stream)
