"""The audit trail: one chain whoever writes, nothing in it can be changed, and what was changed all the same shows."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from bot.desk.chain import Entry, Fault, digest
from bot.desk.seat import Seat
from bot.desk.trail import Proof, Wanted, actor_name
from bot.desk.trail_words import action_name
from bot.store.audit import note
from bot.store.database import Database
from bot.store.schema import audit, audit_head, staff
from bot.store.trail import TrailStore
from tests.fakes.clock import VirtualClock
from tests.fakes.service import Service, running


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url) as started:
        yield started


async def write(service: Service, count: int = 10) -> None:
    """Rows of different kinds."""
    for number in range(count):
        now = service.clock.now()
        await service.database.write(
            lambda connection, now=now, number=number: note(
                connection, now, f"staff:{number % 3}", "viewed", f"会话{number}", count=number, 字=[1.5, None, "值"]
            )
        )
        service.clock.advance(60.25)


async def tamper(service: Service, change: Callable[[Connection], object]) -> None:
    """As somebody who owns the database."""

    def work(connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            for name in ("audit_no_update", "audit_no_delete", "audit_head_no_delete", "audit_head_onward"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
            connection.execute(text("ALTER TABLE audit_head DISABLE TRIGGER ALL"))
        change(connection)

    await service.database.write(work)


async def proof(service: Service, known: tuple[int, str] | None = None) -> Proof:
    return await TrailStore(service.database).prove(known)


async def fault(service: Service) -> Fault | None:
    return (await proof(service)).fault


async def test_an_empty_trail_and_a_written_one_are_whole(service: Service) -> None:
    found = await proof(service)
    assert (found.proved, found.older, found.last, found.fault) == (0, 0, 0, None)
    await write(service)
    found = await proof(service)
    assert (found.proved, found.last, found.fault) == (10, 10, None)
    assert len(found.hash) == 64


async def test_hashes_are_those_of_the_documented_form() -> None:
    at = VirtualClock().now()
    said = (
        '{"action":"viewed","actor":"staff:3","at":"2026-11-23T02:00:00.000000+00:00","before":"","detail":{"甲":1},'
        '"subject":"abc"}'
    )
    assert digest("", at, "staff:3", "viewed", "abc", {"甲": 1}) == hashlib.sha256(said.encode()).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        update(audit).where(audit.c.id == 4).values(subject="x"),
        delete(audit).where(audit.c.id == 4),
        delete(audit),
        delete(audit_head),
        update(audit_head).values(last=3),
        update(audit_head).values(first=5),
    ],
)
async def test_the_database_refuses_to_rewrite_the_trail(service: Service, change: object) -> None:
    await write(service)
    with pytest.raises(DBAPIError, match="append-only"):
        await service.database.write(lambda connection: connection.execute(change))  # type: ignore[call-overload]
    assert await fault(service) is None


@pytest.mark.parametrize(
    "values",
    [
        {"subject": "别的会话"},
        {"actor": "staff:9"},
        {"action": "closed"},
        {"detail": {"count": 99}},
        {"at": VirtualClock().now()},
        {"hash": "0" * 64},
        {"hash": ""},
    ],
)
async def test_a_changed_row_is_named(service: Service, values: dict[str, object]) -> None:
    await write(service)
    await tamper(service, lambda connection: connection.execute(update(audit).where(audit.c.id == 4).values(values)))
    assert await fault(service) == Fault("changed", 4)


async def test_a_deleted_row_is_named(service: Service) -> None:
    await write(service)
    await tamper(service, lambda connection: connection.execute(delete(audit).where(audit.c.id == 4)))
    assert await fault(service) == Fault("deleted", 4)


async def test_rows_cut_off_at_the_end_are_missed(service: Service) -> None:
    await write(service)
    await tamper(service, lambda connection: connection.execute(delete(audit).where(audit.c.id > 7)))
    assert await fault(service) == Fault("cut", 8)


def move(connection: Connection, pairs: dict[int, int]) -> None:
    """Give rows other ids, by way of some that nobody has."""
    for old in pairs:
        connection.execute(update(audit).where(audit.c.id == old).values(id=old + 1000))
    for old, new in pairs.items():
        connection.execute(update(audit).where(audit.c.id == old + 1000).values(id=new))


@pytest.mark.parametrize("pairs", [{4: 5, 5: 4}, {3: 6, 4: 3, 5: 4, 6: 5}, {3: 9, 9: 3}])
async def test_reordered_rows_are_named(service: Service, pairs: dict[int, int]) -> None:
    await write(service)
    await tamper(service, lambda connection: move(connection, pairs))
    assert await fault(service) == Fault("reordered", min(pairs))


def slip_in(connection: Connection, at: int, honest: bool) -> None:
    """A row that was never noted, at `at`, the later ones moved on; `honest`: with a hash that follows."""
    last = connection.execute(select(audit_head.c.last)).scalar_one()
    move(connection, {one: one + 1 for one in range(last, at - 1, -1)})
    row = {"at": VirtualClock().now(), "actor": "staff:1", "action": "viewed", "subject": "x", "detail": {}}
    before = connection.execute(select(audit.c.hash).where(audit.c.id == at - 1)).scalar_one_or_none() or ""
    made = digest(before, **row) if honest else "f" * 64  # type: ignore[arg-type]
    connection.execute(insert(audit), {**row, "id": at, "hash": made})
    connection.execute(update(audit_head).values(last=last + 1))


@pytest.mark.parametrize("honest", [True, False])
@pytest.mark.parametrize("at", [1, 4, 10])
async def test_an_inserted_row_is_named(service: Service, at: int, honest: bool) -> None:
    await write(service)
    await tamper(service, lambda connection: slip_in(connection, at, honest))
    assert await fault(service) == Fault("inserted", at)


async def test_a_row_added_at_the_end_or_before_the_beginning_is_named(service: Service) -> None:
    await write(service)
    row = {"at": service.clock.now(), "actor": "x", "action": "x", "subject": "x", "detail": {}, "hash": ""}
    await tamper(service, lambda connection: connection.execute(insert(audit), {**row, "id": 11}))
    assert await fault(service) == Fault("inserted", 11)
    await tamper(service, lambda connection: connection.execute(delete(audit).where(audit.c.id == 11)))
    await tamper(service, lambda connection: connection.execute(insert(audit), {**row, "id": 0}))
    assert await fault(service) == Fault("inserted", 0)


async def test_a_trail_written_anew_shows_by_what_was_noted_down(service: Service) -> None:
    await write(service)
    known = await proof(service)
    assert (await proof(service, (known.last, known.hash))).fault is None

    def anew(connection: Connection) -> None:
        """Every hash made again, by somebody who knows how."""
        connection.execute(update(audit).where(audit.c.id == 4).values(subject="别的会话"))
        before = ""
        for row in connection.execute(select(audit).order_by(audit.c.id)).all():
            before = digest(before, row.at, row.actor, row.action, row.subject, row.detail)
            connection.execute(update(audit).where(audit.c.id == row.id).values(hash=before))
        connection.execute(update(audit_head).values(hash=before))

    await tamper(service, anew)
    assert (await proof(service)).fault is None, "nothing inside the database can show it"
    assert (await proof(service, (known.last, known.hash))).fault == Fault("changed", 10)
    assert (await proof(service, (99, known.hash))).fault == Fault("cut", 11)


async def test_rows_of_before_the_chain_are_counted_apart(service: Service) -> None:
    row = {"at": service.clock.now(), "actor": "x", "action": "x", "subject": "x", "detail": {}, "hash": ""}

    def as_migrated(connection: Connection) -> None:
        connection.execute(insert(audit), [{**row, "id": one} for one in (1, 2, 5)])
        connection.execute(update(audit_head).values(first=6, last=5))

    await tamper(service, as_migrated)
    await write(service, 3)
    found = await proof(service)
    assert (found.proved, found.older, found.last, found.fault) == (3, 3, 8, None)


async def test_many_writers_make_one_chain(service: Service, store_url: str) -> None:
    """Transactions at once, some rolled back, from two processes' worth of connections."""
    other = Database(store_url)
    await other.open()

    async def one(database: Database, number: int) -> None:
        def work(connection: Connection) -> None:
            note(connection, service.clock.now(), "cli", "viewed", f"a{number}")
            connection.execute(update(staff).where(staff.c.id == 1).values(capacity=number % 10))
            note(connection, service.clock.now(), "cli", "viewed", f"b{number}")
            if number % 5 == 0:
                raise RuntimeError("rolled back")

        if number % 5 == 0:
            with pytest.raises(RuntimeError):
                await database.write(work)
        else:
            await database.write(work)

    await service.seat()
    await asyncio.gather(*(one((service.database, other)[number % 2], number) for number in range(60)))
    await other.close()
    found = await proof(service)
    assert found.fault is None
    assert found.proved == 1 + 48 * 2
    entries = await TrailStore(service.database).upward(Wanted(action="viewed"), None, 1000, 0)
    noted = [entry.subject for entry in entries]
    assert noted[1::2] == [f"b{a[1:]}" for a in noted[::2]], "what one transaction notes stays together"
    assert not any(int(name[1:]) % 5 == 0 for name in noted)


async def test_the_trail_is_searched_by_person_action_subject_and_day_and_looking_is_noted(service: Service) -> None:
    await write(service, 6)
    service.clock.advance(24 * 3600)
    await write(service, 2)
    seat = Seat(7, "审计", "auditor")

    async def ids(wanted: Wanted) -> list[int]:
        return [entry.id for entry in await TrailStore(service.database).entries(wanted, seat, 100, None)]

    assert await ids(Wanted(actor="staff:1")) == [8, 5, 2]
    assert await ids(Wanted(subject="会话4")) == [5]
    assert await ids(Wanted(action="nothing")) == []
    assert await ids(Wanted(until=date(2026, 11, 23))) == [6, 5, 4, 3, 2, 1]
    assert await ids(Wanted(since=date(2026, 11, 24))) == [8, 7]
    assert [one.id for one in await service.trail.look(seat, Wanted(since=date(2026, 11, 24), action="viewed"), 8)] == [
        7
    ]
    newest = (await service.trail.look(seat, Wanted()))[0]
    assert (newest.actor, newest.action, newest.detail) == (
        "staff:7",
        "audit_viewed",
        {"since": "2026-11-24", "action": "viewed"},
    )


async def test_an_export_holds_what_the_chain_covers(service: Service) -> None:
    seat = await service.seat("周律师")
    await write(service, 3)
    lines = [json.loads(line) async for line in await service.trail.export(Wanted(), seat)]
    assert [line["action"] for line in lines] == ["staff_added", "viewed", "viewed", "viewed", "audit_exported"]
    assert lines[2]["name"] == "周律师"
    before = ""
    for line in lines:
        at = datetime.fromisoformat(line["at"])
        before = digest(before, at, line["actor"], line["action"], line["subject"], line["detail"])
        assert line["hash"] == before


async def test_an_auditor_of_a_region_sees_nothing_of_others(service: Service) -> None:
    here, there, nowhere = [await service.opened() for _ in range(3)]
    for conversation, region in ((here, "440100"), (there, "330100"), (nowhere, "")):
        await service.database.write(
            lambda connection, conversation=conversation, region=region: (
                connection.execute(
                    text("UPDATE conversations SET region = :region WHERE id = :id"),
                    {"region": region, "id": conversation},
                ),
                note(connection, service.clock.now(), "staff:1", "viewed", conversation),
            )
        )
    seat = Seat(7, "审计", "auditor", regions=("44",))
    found = await TrailStore(service.database).entries(Wanted(action="viewed"), seat, 100, None)
    assert {entry.subject for entry in found} == {here, nowhere}


def test_the_words_of_a_fault_name_the_row() -> None:
    assert Fault("deleted", 12).text == "第 12 条被删除了。"
    assert Entry(1, VirtualClock().now(), "cli", "x", "y", {}, "").hash == ""


def test_every_action_that_is_noted_has_a_name() -> None:
    """Whatever the storage notes in so many words; names that are put together are families."""
    source = "".join(path.read_text(encoding="utf-8") for path in Path("bot/store").rglob("*.py"))
    found = re.findall(r'(?:note|move)\(\s*connection, [^"]*(?:f?"staff:[^"]*"|"(\w+)"|\w+), "([a-z_]+)"', source)
    assert {who for who, _ in found if who and not actor_name(who, {})} == set()
    noted = {action for _, action in found}
    assert len(noted) > 30
    assert {one for one in noted if action_name(one) == one} == set()
    assert action_name("matter_close") != "matter_close"
    assert action_name("something new") == "something new"
