"""One database: opened safely, read freely, written by one transaction at a time where SQLite demands it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from shutil import disk_usage
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.sql.schema import Table

from bot.store.audit import forget, settle
from bot.store.group_commit import GroupCommit
from bot.store.migrate import head, known, upgrade, version

T = TypeVar("T")
BUSY_MS = 10_000
THREADS = 8
"""Of those who write to PostgreSQL, and of those who read."""
AGAIN = 3
"""Times a transaction that PostgreSQL rolled back for a deadlock, or could not be asked for, is tried again before the
error is told."""
LEAST_FREE = 8 << 20
"""Bytes on the disk of the file; with less the service is not ready, while what is said can still be stored."""
_DEADLOCK = "40P01"

# A connection for each thread and one for what goes together: one more would be made and closed for each transaction,
# which cost a third of a turn.
_POOL = {"pool_size": 2 * THREADS + 1, "max_overflow": 0}
_ADDRESS = "set DATABASE_URL to postgresql://USER:PASSWORD@HOST/NAME, or unset it to use a file in DATA_DIR"
_SQLITE_ADVICE = (
    "check that this user may write the file and its folder, that the disk is not full and no other program holds it; "
    "a file that is damaged or no store: move it away, or put a backup in its place"
)
_SERVER_ADVICE = "check that the server runs and that DATABASE_URL names the right host, user, password and database"


class StoreError(Exception):
    """The store cannot be used; the message is one line that says why and what to do, without any password."""


def read_address(url: str) -> URL:
    """The address of a store, with the driver that we have. Raises StoreError."""
    try:
        read = make_url(url)
    except ArgumentError:
        raise StoreError(f"the address of the store cannot be read; {_ADDRESS}") from None
    # Which driver that means differs between versions of SQLAlchemy.
    return read.set(drivername="postgresql+psycopg2") if read.drivername == "postgresql" else read


def is_away(error: BaseException) -> bool:
    """Whether the store could not be reached or written, so that the same may succeed later."""
    return isinstance(error, OperationalError | InterfaceError)


class DiskFull(StoreError):
    """The file of the store could soon not be written any more."""


class Database:
    """An open store. `write(work)` runs `work` in a transaction, `read(work)` lets it look.

    Each runs as a whole in a thread of its own: an asynchronous driver of SQLite hops between threads for every
    statement, which was measured to cost more than twice the processor time of a turn.
    """

    def __init__(self, url: str) -> None:
        self._url = read_address(url)
        self._engine: Engine | None = None
        self._sqlite = self._url.get_backend_name() == "sqlite"
        self._writer: GroupCommit | None = None
        """All that is written to SQLite; of what is written to PostgreSQL what may go `together`."""
        self._reading: Engine | None = None
        self._writers = ThreadPoolExecutor(THREADS, "store-write")
        self._readers = ThreadPoolExecutor(2 if self._sqlite else THREADS, "store-read")

    async def open(self) -> None:
        """Connect, make the tables of a new store, and bring an old one up to date.

        Raises StoreError when it cannot be reached or written, is no store, or was written by a later version.
        """
        self._engine = self._connect()
        self._writer = GroupCommit(self._engine, _once_more)
        # Each statement of a reader sees what is committed by then, with or without a transaction around them.
        self._reading = self._engine if self._sqlite else self._engine.execution_options(isolation_level="AUTOCOMMIT")
        try:
            await self.write(_make_tables)
        except StoreError:
            await self.close()
            raise
        except DBAPIError as error:
            await self.close()
            cause = str(error.orig).strip().splitlines()
            raise StoreError(
                f"the store {self._name} cannot be opened ({cause[0] if cause else type(error.orig).__name__}); "
                + (_SQLITE_ADVICE if self._sqlite else _SERVER_ADVICE)
            ) from None

    @property
    def _name(self) -> str:
        return str(self._url.database or "in memory") if self._sqlite else self._url.render_as_string()

    def _connect(self) -> Engine:
        """An engine; nothing is asked of the database yet."""
        if self._sqlite and self._url.database:
            folder = Path(self._url.database).parent
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(
                    f"the folder {folder} for the store cannot be made ({error.strerror}); "
                    "set DATA_DIR to a folder this user may write to"
                ) from None
        try:
            engine = create_engine(
                self._url,
                hide_parameters=True,  # an error's text must not carry a citizen's words
                json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
                **({} if self._sqlite else _POOL),
            )
        except (ArgumentError, ImportError):
            raise StoreError(f"there is no driver for a store of kind {self._url.drivername}; {_ADDRESS}") from None
        if self._sqlite:
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        return engine

    async def close(self) -> None:
        """Finish what runs and close every connection, for good; harmless when not open."""
        if self._engine is not None:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self._writers.shutdown()
            self._readers.shutdown()
            self._engine.dispose()
            self._engine = self._reading = None

    async def ready(self) -> bool:
        """Whether a query is answered now. Raises DiskFull where a file of ours could soon not be written any more."""
        if self._engine is None:
            return False
        if self._sqlite and self._url.database and disk_usage(Path(self._url.database).parent).free < LEAST_FREE:
            raise DiskFull(f"less than {LEAST_FREE >> 20} MiB are free in {Path(self._url.database).parent}")
        return await self.read(version) == head()

    @property
    def shared(self) -> bool:
        """Whether other processes may work on the store too."""
        return not self._sqlite

    async def write(self, work: Callable[[Connection], T], *, together: bool = False) -> T:
        """What `work` returns, after its transaction was committed; any error of it rolls everything back.

        What many do at once may be committed `together` also on PostgreSQL: work that locks its own conversation's rows
        and the day's counter, which it would else hold while the disk is waited for, and nothing else.
        """
        engine = self._opened()

        def whole(connection: Connection) -> T:
            forget(connection)  # of a transaction that failed
            done = work(connection)
            settle(connection)
            return done

        if self._writer is not None and (together or self._sqlite):
            return await self._writer.write(whole)
        # Shielded: a request that is cancelled must not leave the caller guessing whether its work was done.
        running = asyncio.get_running_loop().run_in_executor(self._writers, _once_more, partial(_commit, engine, whole))
        return await asyncio.shield(running)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns, which changes nothing."""
        engine = self._reading or self._opened()

        def run() -> T:
            with engine.connect() as connection:
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._readers, _once_more, run)

    def insert_once(self, table: Table) -> Any:
        """An INSERT that does nothing, and returns no row, where a unique key is already taken."""
        return self.upsert(table).on_conflict_do_nothing()

    def upsert(self, table: Table) -> Any:
        """An INSERT that can be told what to do where a unique key is already taken."""
        return sqlite.insert(table) if self._sqlite else postgresql.insert(table)

    def _opened(self) -> Engine:
        if self._engine is None:
            raise StoreError("the store is not open; call open() first")
        return self._engine


class _CommitFailed(Exception):
    """Perhaps: where the connection was lost meanwhile nobody knows. So it is not tried again."""

    def __init__(self, error: DBAPIError) -> None:
        super().__init__("not committed")
        self.error = error


def _commit(engine: Engine, work: Callable[[Connection], T]) -> T:
    with engine.connect() as connection, connection.begin() as transaction:
        done = work(connection)
        try:
            transaction.commit()
        except DBAPIError as error:
            raise _CommitFailed(error) from error
        return done


def _once_more(run: Callable[[], T]) -> T:
    """What `run` returns, which starts anew where that is safe.

    PostgreSQL breaks a ring of waiting transactions by rolling one back. A connection of the pool may have been cut
    since it was last used: that is seen when it is, because asking before each transaction cost as much as a statement.
    """
    left = AGAIN
    while True:
        try:
            return run()
        except _CommitFailed as failed:
            raise failed.error from None
        except DBAPIError as error:
            left -= 1
            if left < 0 or not (error.connection_invalidated or getattr(error.orig, "pgcode", None) == _DEADLOCK):
                raise


def _make_tables(connection: Connection) -> None:
    found = version(connection)
    if found is not None and not known(found):
        raise StoreError(
            f"the store has schema version {found}, this program knows up to {head()}; "
            "run the program version that wrote it, or move the file away to start anew"
        )
    if found != head():
        upgrade(connection)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Durable commits, readers beside the writer, foreign keys, and BEGIN left to us."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a transaction that upgrades later can fail however long it waits."""
    if connection.get_execution_options().get("faxian_write"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
