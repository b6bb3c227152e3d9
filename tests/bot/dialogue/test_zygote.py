"""A worker begins: its index is open and has been searched once before it says that it is ready."""

from __future__ import annotations

import socket
import threading

import pytest

from bot.dialogue import wire, zygote


class Beginning:
    """Notes what a worker does with its conductor."""

    def __init__(self, broken: bool = False) -> None:
        self.done: list[str] = []
        self._broken = broken

    def open_index(self) -> None:
        self.done.append("index")

    async def warm_up(self) -> None:
        self.done.append("turns")
        if self._broken:
            raise OSError("the index of somebody's words")


def begun(conductor: Beginning) -> dict[str, object] | None:
    """What the worker says first; then its gateway goes away."""
    ours, theirs = socket.socketpair()
    thread = threading.Thread(target=zygote.work, args=(theirs, conductor))
    thread.start()
    try:
        return wire.read_blocking(ours)
    finally:
        ours.close()
        thread.join()
        theirs.close()


def test_no_citizen_waits_for_its_first_search() -> None:
    conductor = Beginning()
    assert begun(conductor) == {"ready": True}
    assert conductor.done == ["index", "turns"]


def test_a_search_that_fails_is_told_without_its_words_and_the_worker_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    assert begun(Beginning(broken=True)) == {"ready": True}
    assert "the first search of a worker failed: OSError at test_zygote.py" in caplog.text
    assert "somebody" not in caplog.text
