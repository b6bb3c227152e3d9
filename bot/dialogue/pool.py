"""The dialogue engine of the gateway: Rasa in worker processes, one turn at a time each, replaced when they fail."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import struct
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bot.dialogue import wire
from bot.dialogue.engine import EngineUnavailable, Reply, Turn, TurnFailed

logger = logging.getLogger(__name__)

_PID = struct.Struct(">I")
_READY = b"R"
_FORK = b"F"
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(eq=False, slots=True)
class _Worker:
    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, request: bytes) -> dict[str, object]:
        self.writer.write(request)
        await self.writer.drain()
        return await wire.read_async(self.reader)

    def end(self) -> None:
        """Kill it; its socket tells whether it still lives, so the number cannot be another process's yet."""
        self.writer.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


class _Zygote:
    """The process that workers are forked from, and the socket it is told on."""

    def __init__(self, process: asyncio.subprocess.Process, control: socket.socket) -> None:
        self.process, self.control = process, control
        self._one_at_a_time = asyncio.Lock()

    @classmethod
    async def start(cls, model: Path, topics: Path, index: Path, cluster: str, within: float) -> _Zygote:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot.dialogue.zygote",
                "--model", str(model), "--topics", str(topics), "--index", str(index),
                "--control", str(theirs.fileno()),
                pass_fds=[theirs.fileno()], stdin=asyncio.subprocess.DEVNULL, cwd=_ROOT,
                env={**os.environ, "ELASTICSEARCH_URL": cluster},
            )  # fmt: skip
        zygote = cls(process, ours)
        try:
            said = await asyncio.wait_for(asyncio.get_running_loop().sock_recv(ours, 1), within)
        except TimeoutError as error:
            await zygote.end()
            raise EngineUnavailable(f"Rasa did not load within {within:.0f} s; see the log above.") from error
        if said != _READY:
            await zygote.end()
            raise EngineUnavailable(f"Rasa could not load {model.name}; see the log above, or train the model anew.")
        return zygote

    async def fork(self, within: float) -> _Worker:
        """A new worker that has said it is ready. Raises ConnectionError when the zygote or the worker dies."""
        ours, theirs = socket.socketpair()
        loop = asyncio.get_running_loop()
        async with self._one_at_a_time:
            with theirs:
                socket.send_fds(self.control, [_FORK], [theirs.fileno()])
            answer = await asyncio.wait_for(loop.sock_recv(self.control, _PID.size), within)
        if len(answer) != _PID.size:
            ours.close()
            raise ConnectionError("the process that workers are forked from has ended")
        (pid,) = _PID.unpack(answer)
        reader, writer = await asyncio.open_connection(sock=ours, limit=wire.MOST_BYTES)
        worker = _Worker(pid, reader, writer)
        try:
            await asyncio.wait_for(wire.read_async(reader), within)
        except (TimeoutError, ConnectionError) as error:
            worker.end()
            raise ConnectionError("a new worker did not become ready") from error
        return worker

    async def end(self) -> None:
        self.control.close()
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
        await self.process.wait()


class RasaPool:
    """`DialogueEngine` over Rasa workers. `start` before the first turn, `stop` at the end."""

    def __init__(
        self,
        model: Path,
        topics: Path,
        index: Path,
        workers: int = 2,
        *,
        cluster: str = "",
        hang_after: float = 10.0,
        wait_at_most: float = 20.0,
        start_within: float = 120.0,
    ) -> None:
        """`cluster`: address of an Elasticsearch that holds the same index, empty for none; `hang_after`: seconds after
        which a worker counts as stuck; `wait_at_most`: seconds a turn may wait for an idle worker; `start_within`:
        seconds for loading the model."""
        self._model, self._topics, self._index = model.resolve(), topics.resolve(), index.resolve()
        self._cluster = cluster
        self._size, self._hang_after, self._wait = workers, hang_after, wait_at_most
        self._start_within = start_within
        self._zygote: _Zygote | None = None
        self._zygote_lock = asyncio.Lock()
        self._workers: set[_Worker] = set()
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns: set[asyncio.Task[Reply]] = set()
        self._stopping = False

    @property
    def ready(self) -> bool:
        """Whether a turn would be answered now."""
        return bool(self._workers) and not self._stopping

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the workers."""
        return tuple(sorted(worker.pid for worker in self._workers))

    @property
    def zygote_pid(self) -> int | None:
        """Process id of the process that workers are forked from."""
        return None if self._zygote is None else self._zygote.process.pid

    async def start(self) -> None:
        """Load the model and fork the workers. Raises EngineUnavailable when that fails."""
        self._stopping = False
        try:
            for _ in range(self._size):
                await self._add_worker()
        except (ConnectionError, TimeoutError) as error:
            await self.stop()
            raise EngineUnavailable(f"No worker could be started: {error}.") from error

    async def stop(self) -> None:
        """End every process; turns still under way fail with EngineUnavailable."""
        self._stopping = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._idle = asyncio.Queue()
        if self._zygote is not None:
            await self._zygote.end()
            self._zygote = None

    async def respond(self, turn: Turn) -> Reply:
        """Answer one turn; a worker that dies or hangs over it costs one retry. See `DialogueEngine.respond`."""
        task = asyncio.create_task(self._respond(turn))
        self._turns.add(task)
        task.add_done_callback(self._turns.discard)
        # Shielded: a caller that goes away must not leave a worker with an answer nobody reads.
        return await asyncio.shield(task)

    async def _respond(self, turn: Turn) -> Reply:
        request = wire.pack(wire.turn_to_json(turn))
        failure = ""
        for _ in range(2):
            worker = await self._idle_worker()
            try:
                answer = await asyncio.wait_for(worker.ask(request), self._hang_after)
            except TimeoutError:
                failure = f"a worker was stuck for more than {self._hang_after:g} s"
            except (ConnectionError, ValueError):
                failure = "a worker died"
            else:
                self._idle.put_nowait(worker)
                if "error" not in answer:
                    return wire.reply_from_json(answer)
                # The same turn would fail the same way.
                raise TurnFailed(f"The turn failed in the worker: {answer['error']}.")
            logger.warning("dialogue: %s (process %d); it is replaced", failure, worker.pid)
            self._drop(worker)
        raise TurnFailed(f"The turn failed twice: {failure}. Hand the conversation to a person.")

    async def _idle_worker(self) -> _Worker:
        until = time.monotonic() + self._wait
        while not self._stopping:
            if not self._workers and not self._tasks:
                self._replace()
            try:
                worker = await asyncio.wait_for(self._idle.get(), max(0.0, until - time.monotonic()))
            except TimeoutError:
                break
            if worker in self._workers and not worker.reader.at_eof():
                return worker
            if worker in self._workers:
                logger.warning("dialogue: a worker ended while idle (process %d); it is replaced", worker.pid)
                self._drop(worker)  # costs the turn nothing
        raise EngineUnavailable("No dialogue worker is free; the service is stopping or overloaded.")

    def _drop(self, worker: _Worker) -> None:
        self._workers.discard(worker)
        worker.end()
        if not self._stopping:
            self._replace()

    def _replace(self) -> None:
        task = asyncio.create_task(self._add_worker_quietly())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _add_worker_quietly(self) -> None:
        try:
            await self._add_worker()
        except (ConnectionError, TimeoutError, EngineUnavailable) as error:
            logger.error("dialogue: no worker could be started: %s", error)

    async def _add_worker(self) -> None:
        try:
            worker = await (await self._living_zygote()).fork(self._start_within)
        except (ConnectionError, OSError):
            # It died between two forks; a new one takes its place once.
            worker = await (await self._living_zygote(anew=True)).fork(self._start_within)
        self._workers.add(worker)
        self._idle.put_nowait(worker)

    async def _living_zygote(self, anew: bool = False) -> _Zygote:
        async with self._zygote_lock:
            zygote = self._zygote
            if zygote is not None and (anew or zygote.process.returncode is not None):
                logger.warning(
                    "dialogue: the process that holds the model ended (exit status %s; -9: killed, often for want of "
                    "memory); it is started anew",
                    zygote.process.returncode,
                )
                await zygote.end()
                zygote = self._zygote = None
            if zygote is None:
                paths = (self._model, self._topics, self._index)
                zygote = self._zygote = await _Zygote.start(*paths, self._cluster, self._start_within)
            return zygote
