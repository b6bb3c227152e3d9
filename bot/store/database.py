"""One database: opened safely, read freely, written by one transaction at a time where SQLite demands it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.sql.schema import Table

from bot.store.audit import forget, settle
from bot.store.migrate import head, known, upgrade, version

T = TypeVar("T")
BUSY_MS = 10_000
DEADLOCKS = 3
"""Times a transaction that PostgreSQL rolled back for a deadlock is tried again before the error is told."""
_DEADLOCK = "40P01"

_ADDRESS = "set DATABASE_URL to postgresql://USER:PASSWORD@HOST/NAME, or unset it to use a file in DATA_DIR"
_SQLITE_ADVICE = (
    "check that this user may write the file and its folder, that the disk is not full and no other program holds it; "
    "a file that is damaged or no store: move it away, or put a backup in its place"
)
_SERVER_ADVICE = "check that the server runs and that DATABASE_URL names the right host, user, password and database"


class StoreError(Exception):
    """The store cannot be used; the message is one line that says why and what to do, without any password."""


class Database:
    """An open store. `write(work)` runs `work` in a transaction, `read(work)` lets it look.

    Each runs as a whole in a thread of its own: an asynchronous driver of SQLite hops between threads for every
    statement, which was measured to cost more than twice the processor time of a turn.
    """

    def __init__(self, url: str) -> None:
        try:
            self._url = make_url(url)
        except ArgumentError:
            raise StoreError(f"the address of the store cannot be read; {_ADDRESS}") from None
        if self._url.drivername == "postgresql":  # which driver that means differs between versions of SQLAlchemy
            self._url = self._url.set(drivername="postgresql+psycopg2")
        self._engine: Engine | None = None
        self._writer: Connection | None = None
        """SQLite's one writing connection, kept open: taking it from the pool anew costs a tenth of a turn."""
        self._sqlite = self._url.get_backend_name() == "sqlite"
        # SQLite has one writer; queueing for its thread is fair and cheap, unlike SQLite's own busy wait.
        self._writers = ThreadPoolExecutor(1 if self._sqlite else 8, "store-write")
        self._readers = ThreadPoolExecutor(2 if self._sqlite else 8, "store-read")

    async def open(self) -> None:
        """Connect, make the tables of a new store, and bring an old one up to date.

        Raises StoreError when it cannot be reached or written, is no store, or was written by a later version.
        """
        self._engine = self._connect()
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
                pool_pre_ping=not self._sqlite,
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
            self._writers.shutdown()
            self._readers.shutdown()
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self._engine.dispose()
            self._engine = None

    async def ready(self) -> bool:
        """Whether a query is answered now."""
        if self._engine is None:
            return False
        return await self.read(version) == head()

    @property
    def shared(self) -> bool:
        """Whether other processes may work on the store too."""
        return not self._sqlite

    async def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns, after its transaction was committed; any error of it rolls everything back."""
        engine = self._opened()

        def whole(connection: Connection) -> T:
            forget(connection)  # of a transaction that failed
            done = work(connection)
            settle(connection)
            return done

        def run() -> T:
            if not self._sqlite:
                return _again_after_deadlock(engine, whole)
            if self._writer is None:
                self._writer = engine.connect().execution_options(faxian_write=True)
            with self._writer.begin():
                return whole(self._writer)

        # Shielded: a request that is cancelled must not leave the caller guessing whether its work was done.
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._writers, run))

    async def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns; what it does is never committed."""
        engine = self._opened()

        def run() -> T:
            with engine.connect() as connection:
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._readers, run)

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


def _again_after_deadlock(engine: Engine, work: Callable[[Connection], T]) -> T:
    """What `work` returns; PostgreSQL breaks a ring of waiting transactions by rolling one back, which starts anew."""
    for _ in range(DEADLOCKS):
        try:
            with engine.begin() as connection:
                return work(connection)
        except OperationalError as error:
            if getattr(error.orig, "pgcode", None) != _DEADLOCK:
                raise
    with engine.begin() as connection:
        return work(connection)


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
