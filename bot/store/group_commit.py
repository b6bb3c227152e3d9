"""One writer: transactions that wait while another is under way are committed together, each whole or not at all."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")
MOST = 64
"""Transactions of one commit: what a disk takes for one is waited for by all of them."""


@dataclass(slots=True)
class _Asked:
    """One transaction and who waits for it."""

    work: Callable[[Connection], Any]
    loop: asyncio.AbstractEventLoop
    waiting: asyncio.Future[Any]
    done: Any = None
    error: BaseException | None = field(default=None)

    def tell(self) -> None:
        """On the loop: it is committed, or has failed."""
        if self.waiting.done():
            return
        if self.error is not None:
            self.waiting.set_exception(self.error)
        else:
            self.waiting.set_result(self.done)


class GroupCommit:
    """Bringing a commit to the disk takes longer than all else that a transaction does, whatever it wrote: so one
    that waits for its turn goes into the next commit with all others that do. None waits for others to come."""

    def __init__(self, engine: Engine, anew: Callable[[Callable[[], Any]], Any]) -> None:
        """`anew` runs one again where that is safe and of use."""
        self._engine = engine
        self._anew = anew
        # Kept open: taking it from the pool anew costs a tenth of a turn.
        self._connection: Connection | None = None
        self._asked: deque[_Asked] = deque()
        # SQLite has one writer: queueing for its thread is fair and cheap, unlike SQLite's own busy wait.
        self._thread = ThreadPoolExecutor(1, "store-write")

    async def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns, after it was committed; any error of it takes all of it back, and nothing else.

        It may be run again from the start, where what it was to be committed with has failed.
        """
        loop = asyncio.get_running_loop()
        asked = _Asked(work, loop, loop.create_future())
        self._asked.append(asked)
        self._thread.submit(self._round)
        # Shielded: a request that is cancelled must not leave the caller guessing whether its work was done.
        written: T = await asyncio.shield(asked.waiting)
        return written

    def close(self) -> None:
        """Finish what was asked for."""
        self._thread.shutdown()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _round(self) -> None:
        """All that waits, but for what an earlier round has taken."""
        batch: list[_Asked] = []
        while self._asked and len(batch) < MOST:
            batch.append(self._asked.popleft())
        if not batch:
            return
        try:
            self._together(batch) if len(batch) > 1 else self._alone(batch[0])
        except BaseException:  # noqa: BLE001 - the disk is full, say: whoever is not to blame gets through alone
            for one in batch:
                self._alone(one)
        for loop in {one.loop for one in batch}:
            _tell(loop, [one for one in batch if one.loop is loop])

    def _together(self, batch: list[_Asked]) -> None:
        connection = self._opened()
        with connection.begin():
            # Plain, because a nested transaction of SQLAlchemy costs a quarter of what is done in it.
            mark = connection.connection.cursor()
            for one in batch:
                one.done = one.error = None
                mark.execute("SAVEPOINT one")
                try:
                    one.done = one.work(connection)
                except BaseException as error:  # noqa: BLE001 - told to whoever asked
                    one.error = error
                    mark.execute("ROLLBACK TO one")
                mark.execute("RELEASE one")
            mark.close()

    def _alone(self, one: _Asked) -> None:
        one.done = one.error = None

        def run() -> Any:
            connection = self._opened()
            with connection.begin():
                return one.work(connection)

        try:
            one.done = self._anew(run)
        except BaseException as error:  # noqa: BLE001 - told to whoever asked
            one.error = error

    def _opened(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(faxian_write=True)
        return self._connection


def _tell(loop: asyncio.AbstractEventLoop, batch: list[_Asked]) -> None:
    """Wake the loop once for all."""

    def tell() -> None:
        for one in batch:
            one.tell()

    if not loop.is_closed():
        loop.call_soon_threadsafe(tell)
