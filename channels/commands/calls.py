"""`faxian calls`: telephone calls listed, and compared with the exchange's own records."""

from __future__ import annotations

import argparse
import asyncio
import csv
import sys
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from bot.calls.call import Kept
from bot.calls.exchange import BadRecords, read_records
from bot.calls.reconcile import Compared, reconcile
from bot.clock import SHANGHAI, SystemClock
from bot.settings import Settings
from bot.store.calls import CallStore
from bot.store.database import Database, StoreError
from channels.commands.arguments import DIFFERENT

_COLUMNS = ("id", "transport", "caller", "called", "reference", "started", "ended", "outcome", "matter", "recordings")


def run_calls(settings: Settings, options: argparse.Namespace) -> int:
    """Run one of them; the exit status."""
    try:
        return asyncio.run(_work(settings, options))
    except (StoreError, BadRecords, OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return 1


async def _work(settings: Settings, options: argparse.Namespace) -> int:
    database = Database(settings.store_url)
    await database.open()
    try:
        store = CallStore(database)
        if options.what == "list":
            now = SystemClock().now()
            since = datetime.combine(options.since or now.date(), time(), SHANGHAI)
            until = datetime.combine(options.until or now.date(), time.max, SHANGHAI)
            _print(await store.listed(since, until))
            return 0
        with options.file.open(encoding=options.encoding, newline="") as lines:
            theirs = read_records(lines)
        if not theirs:
            print("The file holds no answered call.", file=sys.stderr)
            return 1
        within = timedelta(seconds=options.within)
        ours = await store.listed(min(one.start for one in theirs) - within, max(one.start for one in theirs) + within)
        return _told(reconcile(ours, theirs, within))
    finally:
        await database.close()


def _print(rows: Iterable[Kept]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in rows:
        ended = "" if one.ended is None else one.ended.isoformat(timespec="seconds")
        started = one.started.isoformat(timespec="seconds")
        told = (one.id, one.transport, one.caller, one.called, one.reference, started, ended, one.outcome, one.matter)
        writer.writerow([*map(_plain, told), len(one.recordings)])


def _plain(text: str) -> str:
    """Numbers and references come from outside: a spreadsheet must not take one for a formula."""
    return f"'{text}" if text[:1] in ("=", "@", "-") or (text[:1] == "+" and not text[1:].isdigit()) else text


def _told(found: Compared) -> int:
    for one in found.ours_alone:
        print(f"not at the exchange: {one.started:%Y-%m-%d %H:%M:%S}  {one.caller or 'withheld'}  {_named(one)}")
    for record in found.theirs_alone:
        who, named = record.caller or "withheld", record.reference or "no reference"
        print(f"no matter here: {record.start:%Y-%m-%d %H:%M:%S}  {who}  {named} (row {record.row})")
    for one in found.unfinished:
        print(f"without an end: {one.started:%Y-%m-%d %H:%M:%S}  {one.caller or 'withheld'}  {_named(one)}")
    whole = not (found.ours_alone or found.theirs_alone or found.unfinished)
    missing = f"{len(found.ours_alone)} only here, {len(found.theirs_alone)} only there"
    print(f"{found.both} calls on both sides, {missing}, {len(found.unfinished)} without an end.")
    return 0 if whole else DIFFERENT


def _named(one: Kept) -> str:
    return f"{one.reference or one.id} (matter {one.matter})"
