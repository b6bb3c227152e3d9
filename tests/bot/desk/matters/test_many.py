"""Five thousand matters in a list."""

from __future__ import annotations

import time
from datetime import timedelta

from sqlalchemy import insert

from bot.desk.matters.records import Wanted
from bot.store.schema import matters
from tests.bot.desk.matters.conftest import Bench

MANY = 5000
STATUSES = ("open", "working", "citizen", "outside", "resolved")


async def test_a_page_of_five_thousand_comes_at_once(bench: Bench) -> None:
    seat = await bench.service.seat()
    conversation, number = await bench.talk()
    citizen = await bench.value(matters.c.citizen_id, matters.c.number == number)
    now = bench.service.clock.now()
    rows = [
        {
            "number": f"20261101-{n:04d}", "conversation_id": conversation, "citizen_id": citizen, "state": "closed",
            "topic": "unpaid_wages", "area": "labour", "priority": 2, "summary": {}, "code": "000000",
            "code_failures": 0, "created_at": now, "updated_at": now - timedelta(minutes=n % 700),
            "status": STATUSES[n % 5], "owner_id": None, "queue": "general", "title": f"拖欠工资第{n}件",
            "due_at": now + timedelta(hours=n % 90) if n % 3 else None,
        }
        for n in range(MANY)
    ]  # fmt: skip
    await bench.service.database.write(lambda connection: connection.execute(insert(matters), rows))
    spent = []
    for wanted in (
        Wanted(),
        Wanted(order="due"),
        Wanted(text="第4999件"),
        Wanted(statuses=("outside",), area="labour"),
    ):
        place, pages = "", 0
        while pages < 5:
            begun = time.perf_counter()
            page = await bench.service.matters.lines(wanted, seat, place)
            spent.append(time.perf_counter() - begun)
            assert page.lines
            pages, place = pages + 1, page.more
            if not place:
                break
    median = sorted(spent)[len(spent) // 2]
    print(f"pages of {MANY} matters: median {median * 1000:.1f} ms, worst {max(spent) * 1000:.1f} ms")
    # Wide enough for a machine that does other work too; on its own a page takes a few milliseconds.
    assert median < 0.2
    seen, place = [], ""
    while True:
        page = await bench.service.matters.lines(Wanted(), seat, place)
        seen += [line.number for line in page.lines]
        place = page.more
        if not place:
            break
    assert len(seen) == len(set(seen)) == MANY + 1
