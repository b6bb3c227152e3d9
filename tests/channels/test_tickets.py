"""Download tickets: for one matter, for a few minutes, and not to be made by anyone else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from channels.tickets import LIFE, Tickets
from tests.fakes.clock import VirtualClock

KEY = b"key of the tests"


def test_a_ticket_opens_its_matter_until_it_ends() -> None:
    clock = VirtualClock()
    tickets = Tickets(clock, KEY)
    ticket = tickets.issue("20261123-0001")
    clock.advance(LIFE - 1)
    assert tickets.opens(ticket, "20261123-0001")
    assert not tickets.opens(ticket, "20261123-0002")
    clock.advance(1)
    assert not tickets.opens(ticket, "20261123-0001")


def test_another_process_with_the_key_knows_it_and_one_without_does_not() -> None:
    clock = VirtualClock()
    ticket = Tickets(clock, KEY).issue("20261123-0001")
    assert Tickets(clock, KEY).opens(ticket, "20261123-0001")
    assert not Tickets(clock, b"another key").opens(ticket, "20261123-0001")


@given(st.one_of(st.text(), st.from_regex(r"[0-9]{1,20}\\.[0-9a-f]{64}", fullmatch=True)))
def test_nothing_made_up_opens_anything(made_up: str) -> None:
    assert not Tickets(VirtualClock(), KEY).opens(made_up, "20261123-0001")
