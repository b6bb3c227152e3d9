"""`faxian audit`: the trail proved and exported."""

from __future__ import annotations

import argparse
import asyncio
import sys

from bot.clock import SystemClock
from bot.desk.trail import Proof, Trail, Wanted
from bot.settings import Settings
from bot.store.database import Database, StoreError
from bot.store.trail import TrailStore
from channels.commands.arguments import BROKEN


def run_audit(settings: Settings, options: argparse.Namespace) -> int:
    """Run one of them; the exit status."""
    try:
        return asyncio.run(_work(settings, options))
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1


async def _work(settings: Settings, options: argparse.Namespace) -> int:
    database = Database(settings.store_url)
    await database.open()
    try:
        trail = Trail(TrailStore(database), SystemClock())
        if options.what == "verify":
            return _told(await trail.prove(known=options.known))
        async for line in await trail.export(Wanted(since=options.since, until=options.until)):
            print(line)
        return 0
    finally:
        await database.close()


def _told(proof: Proof) -> int:
    older = f"; {proof.older} older rows have no hash and cannot be proved" if proof.older else ""
    if proof.fault is not None:
        print(
            f"BROKEN at row {proof.fault.row}: {proof.fault.kind} ({proof.fault.text}) "
            f"{proof.proved} rows before it are whole{older}."
        )
        return BROKEN
    print(f"Whole: {proof.proved} rows proved{older}. Note it down elsewhere: {proof.last}:{proof.hash}")
    return 0
