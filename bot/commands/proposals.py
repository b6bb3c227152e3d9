"""The command `topics proposals`: what lawyers propose at the desk."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.settings import Settings


def proposals(settings: Settings, export: Path | None) -> int:
    """List the corrections that lawyers propose; write those not declined as patches and scenarios."""
    from bot.desk.proposal import Proposal
    from bot.store.database import Database, StoreError
    from bot.store.proposals import ProposalStore

    async def listed() -> list[Proposal]:
        database = Database(settings.store_url)
        await database.open()
        try:
            return await ProposalStore(database).listed()
        finally:
            await database.close()

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        found = asyncio.run(listed())
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    for one in reversed(found):
        print(
            f"{one.id}  {one.state}  {one.topic}: {one.field}  {one.author}, {one.proposed_at:%Y-%m-%d}: {one.reason}"
        )
        if export is not None and one.state != "declined":
            for path in one.export(export):
                print(f"   {path}")
    print(f"{len(found)} proposals")
    return 0
