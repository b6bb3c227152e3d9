"""Which queue fits, of those that are open and served."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.queues.defaults import default_queues
from bot.desk.queues.front import choose
from bot.desk.queues.help import HELPS
from bot.desk.queues.need import Need
from bot.desk.queues.presence import AtDesk
from bot.desk.queues.queue import Queue, circle, served
from bot.desk.queues.routing import route
from bot.desk.seat import ROLES, TIERS, Seat

QUEUES = default_queues()
BY_KEY = {queue.key: queue for queue in QUEUES}


@pytest.mark.parametrize(
    ("need", "key"),
    [
        (Need("consultation"), "general"),
        (Need("consultation", "labour", tier="professional"), "labour"),
        (Need("consultation", "elderly", tier="professional"), "family"),
        (Need("consultation", "labour", tier="expert"), "expert"),
        (Need("consultation", "procedure", tier="professional"), "general"),
        (Need("legal_aid", "labour", tier="professional"), "legal_aid"),
        (Need("mediation"), "mediation"),
        (Need("crisis", "family", tier="expert"), "crisis"),
        (Need("crisis", language="en"), "crisis"),
        (Need("consultation", language="en", tier="expert"), "english"),
        (Need("consultation", "family", language="yue", tier="professional"), "cantonese"),
    ],
)
def test_the_default_queues(need: Need, key: str) -> None:
    found = route(need, QUEUES)
    assert found is not None
    assert found.key == key


def test_the_narrowest_region_wins() -> None:
    queues = [*QUEUES, *(Queue(f"r{code}", code, "consultation", region=code) for code in ("44", "4401", "33"))]
    assert [
        found.key
        for code in ("440106", "440300", "110000", "")
        if (found := route(Need("consultation", region=code), queues))
    ] == ["r4401", "r44", "general", "general"]


def test_a_queue_that_is_closed_or_that_nobody_serves_is_passed_over() -> None:
    need = Need("consultation", "labour", tier="professional")
    closed = [replace(queue, closed=queue.key == "labour") for queue in QUEUES]
    found = route(need, closed)
    assert found is not None
    assert found.key == "general"
    general = AtDesk(Seat(1, "甲", "lawyer"), None, None, 0)
    professional = AtDesk(Seat(2, "乙", "lawyer", tier="professional", areas=("labour",)), None, None, 0)
    assert choose(need, list(QUEUES), [general]).key == "general"
    assert choose(need, list(QUEUES), [general, professional]).key == "labour"
    assert choose(replace(need, area="family"), list(QUEUES), [general, professional]).key == "general"


@pytest.mark.parametrize(
    ("seat", "keys"),
    [
        (Seat(1, "甲", "lawyer"), {"general", "crisis", "legal_aid", "notary", "appraisal"}),
        (Seat(1, "甲", "mediator"), {"mediation", "crisis"}),
        (
            Seat(1, "甲", "agent", languages=("zh", "en")),
            {"general", "crisis", "complaint", "notary", "appraisal", "english"},
        ),
        (Seat(1, "甲", "auditor", tier="expert"), set()),
        (Seat(1, "甲", "administrator", tier="expert"), set()),
        (Seat(1, "甲", "supervisor", tier="expert", languages=("zh", "en", "yue")), set(BY_KEY)),
    ],
)
def test_who_serves_what(seat: Seat, keys: set[str]) -> None:
    assert set(served(QUEUES, seat)) == keys


def test_a_seat_of_a_town_serves_the_queue_of_its_province_and_not_anothers() -> None:
    queue = Queue("gd", "广东", "consultation", region="44")
    assert queue.served_by(Seat(1, "甲", "lawyer", regions=("4401",)))
    assert queue.served_by(Seat(1, "甲", "lawyer", regions=("",)))
    assert not queue.served_by(Seat(1, "甲", "lawyer", regions=("33",)))


def test_a_circle_of_overflows_is_found() -> None:
    assert circle(BY_KEY) == ""
    assert circle({**BY_KEY, "general": replace(BY_KEY["general"], overflow="labour")})
    assert circle({"a": Queue("a", "甲", "consultation", overflow="a")}) == "甲"


_SEATS: Any = st.builds(
    Seat,
    st.just(1),
    st.just("甲"),
    st.sampled_from(list(ROLES)),
    tier=st.sampled_from(list(TIERS)),
    areas=st.lists(st.sampled_from(["labour", "family"]), max_size=1).map(tuple),
    regions=st.sampled_from([("",), ("44",)]),
)
_NEEDS: Any = st.builds(
    Need,
    st.sampled_from(list(HELPS)),
    st.sampled_from(["", "labour", "family", "unknown"]),
    st.sampled_from(["", "440100", "330000"]),
    st.sampled_from(["zh", "en", "yue"]),
    tier=st.sampled_from(list(TIERS)),
)


@given(_NEEDS, st.lists(_SEATS, max_size=4))
def test_everybody_gets_a_queue_and_always_the_same(need: Need, seats: list[Seat]) -> None:
    desks = [AtDesk(seat, None, None, 0) for seat in seats]
    found = choose(need, list(QUEUES), desks)
    assert found.key in BY_KEY
    assert choose(need, list(reversed(QUEUES)), desks) == found
    assert (
        found.key == "general"
        or any(found.served_by(seat) for seat in seats)
        or not any(served(QUEUES, one) for one in seats)
    )
