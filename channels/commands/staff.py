"""`faxian staff`: accounts kept on the command line, the first administrator's among them."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys

from bot.clock import SystemClock
from bot.desk.accounts import Accounts
from bot.desk.profile import AccountError, Profile
from bot.desk.seat import ROLES
from bot.desk.staffing import Member, Staffing
from bot.settings import Settings
from bot.store.database import Database, StoreError
from bot.store.staffing import StaffStore
from channels.app import accounts


def run_staff(settings: Settings, options: argparse.Namespace) -> int:
    """Run one of them; the exit status."""
    password = ""
    if options.what in ("add", "password"):
        asked = _password()
        if asked is None:
            print("The two passwords differ; nothing was done.", file=sys.stderr)
            return 1
        password = asked
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        print(asyncio.run(_work(settings, options, password)))
    except (AccountError, StoreError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


async def _work(settings: Settings, options: argparse.Namespace, password: str) -> str:
    database = Database(settings.store_url)
    await database.open()
    try:
        clock = SystemClock()
        kept = accounts(settings, database, clock)
        staffing = Staffing(StaffStore(database), kept, clock)
        match options.what:
            case "list":
                return "\n".join([_line(one) for one in await staffing.members()] or ["No account yet."])
            case "add":
                return await _add(kept, options, password)
            case "password":
                await staffing.set_password(options.name, password)
                return f"Password of {options.name} set; its sessions have ended."
            case "role":
                member = await staffing.named(options.name)
                seat = member.seat
                wanted = Profile(
                    options.role,
                    seat.person,
                    seat.tier,
                    seat.areas,
                    seat.regions,
                    seat.languages,
                    seat.capacity,
                    member.office,
                    seat.extension,
                )
                await staffing.change(seat.id, wanted, member.subject)
                return f"{options.name} is now {options.role} ({ROLES[wanted.role]})."
            case what:
                member = await staffing.named(options.name)
                await staffing.switch(member.seat.id, what == "disable")
                return f"Account {options.name} {what}d."
    finally:
        await database.close()


async def _add(kept: Accounts, options: argparse.Namespace, password: str) -> str:
    profile = Profile(
        options.role,
        options.person,
        options.tier,
        _split(options.areas),
        _split(options.regions) or ("",),
        _split(options.languages),
        options.capacity,
        options.office,
        options.extension,
    )
    seat = await kept.add_staff(options.name, password, profile=profile)
    return f"Account {seat.name} created, role {seat.role} ({ROLES[seat.role]}); sign in at /desk."


def _line(one: Member) -> str:
    marks = [
        ROLES[one.seat.role],
        one.seat.tier,
        "regions " + (",".join(one.seat.regions) or "all"),
        "second factor" if one.has_factor else "no second factor",
        *(["disabled"] if one.disabled else []),
        *(["temporary password"] if not one.own_password else []),
        *([f"{one.sessions} sessions"] if one.sessions else []),
    ]
    return f"{one.seat.id}  {one.seat.name}  {one.seat.role}: {'; '.join(marks)}"


def _split(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _password() -> str | None:
    """Asked for twice, or read from a pipe; None when the two differ."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    return password if getpass.getpass("Again: ") == password else None
