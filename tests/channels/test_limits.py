"""Rate limits: fair, forgetful, and bounded in memory."""

from __future__ import annotations

from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st

from channels.limits import MAX_KEYS, RateLimit, address_of
from tests.fakes.clock import VirtualClock


@given(steps=st.lists(st.floats(0, 30), max_size=80), per_minute=st.integers(3, 120))
def test_never_more_than_the_burst_and_the_rate_allow(steps: list[float], per_minute: int) -> None:
    clock = VirtualClock()
    limit = RateLimit(clock, per_minute)
    allowed = 0
    for step in steps:
        clock.advance(step)
        allowed += limit.wait("k") == 0
    assert allowed <= per_minute / 3 + sum(steps) * per_minute / 60 + 1


def test_after_the_told_wait_one_more_is_allowed() -> None:
    clock = VirtualClock()
    limit = RateLimit(clock, 30)
    while not (wait := limit.wait("k")):
        pass
    assert limit.wait("other") == 0, "keys do not share"
    clock.advance(wait)
    assert limit.wait("k") == 0


def test_zero_means_no_limit_and_memory_is_bounded() -> None:
    clock = VirtualClock()
    assert all(RateLimit(clock, 0).wait("k") == 0 for _ in range(1000))
    limit = RateLimit(clock, 3)
    for number in range(MAX_KEYS + 10):
        limit.wait(str(number))
    assert len(limit._buckets) == MAX_KEYS


def test_a_forwarded_address_counts_only_as_far_as_our_own_proxies_wrote_it() -> None:
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": "6.6.6.6, 1.2.3.4"})
    assert address_of(request, 1) == "1.2.3.4"
    assert address_of(request, 0) != "6.6.6.6"
    assert address_of(request, 3) != "6.6.6.6"
