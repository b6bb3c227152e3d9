"""Staff accounts: no weak or default password, guessing is slow, sessions end."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.desk.accounts import AccountError, LoginRefused
from bot.store.schema import staff, staff_sessions
from tests.fakes.service import PASSWORD, Service, running


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url) as started:
        yield started


async def test_a_new_store_has_no_account(service: Service) -> None:
    assert await service.accounts.count() == 0
    with pytest.raises(LoginRefused):
        await service.accounts.sign_in("admin", "admin")
    await service.seat()
    assert await service.accounts.count() == 1


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("", PASSWORD),
        ("x" * 65, PASSWORD),
        ("a\nb", PASSWORD),
        ("周律师", "short"),
        ("周律师", ""),
        ("周律师", "aaaaaaaaaaaaaaaa"),
        ("zhoulawyer", "zhoulawyer-2026"),
        ("周律师", "x" * 201),
    ],
)
async def test_unusable_names_and_passwords_are_refused(service: Service, name: str, password: str) -> None:
    with pytest.raises(AccountError):
        await service.accounts.add_staff(name, password)
    assert await service.count(staff) == 0


async def test_a_name_is_taken_once(service: Service) -> None:
    await service.seat("周律师")
    with pytest.raises(AccountError, match="已经存在"):
        await service.seat(" 周律师 ")


async def test_the_password_is_stored_as_argon2_and_the_token_as_a_hash(service: Service) -> None:
    await service.seat()
    token, session = await service.accounts.sign_in("周律师", PASSWORD)
    assert session.seat.name == "周律师"
    assert await service.count(staff, staff.c.password_hash.like("$argon2id$%")) == 1
    assert await service.count(staff_sessions, staff_sessions.c.token_hash == token) == 0
    assert await service.accounts.session(token) == session
    assert await service.accounts.session("wrong") is None


async def test_five_failures_lock_the_account_even_for_the_right_password(service: Service) -> None:
    await service.seat()
    for _ in range(5):
        with pytest.raises(LoginRefused, match="login refused"):
            await service.accounts.sign_in("周律师", "wrong password")
    with pytest.raises(LoginRefused) as locked:
        await service.accounts.sign_in("周律师", PASSWORD)
    assert "锁定" in locked.value.text
    service.clock.advance(15 * 60)
    _, session = await service.accounts.sign_in("周律师", PASSWORD)
    assert session.seat.name == "周律师"


async def test_sessions_end_by_idling_by_age_and_by_signing_out(service: Service) -> None:
    await service.seat()
    idle, _ = await service.accounts.sign_in("周律师", PASSWORD)
    service.clock.advance(3600)
    assert await service.accounts.session(idle) is None

    used, _ = await service.accounts.sign_in("周律师", PASSWORD)
    for _ in range(23):
        service.clock.advance(1800)
        assert await service.accounts.session(used) is not None
    service.clock.advance(1800)
    assert await service.accounts.session(used) is None, "twelve hours are the longest"

    ended, session = await service.accounts.sign_in("周律师", PASSWORD)
    await service.accounts.sign_out(ended, session.seat)
    assert await service.accounts.session(ended) is None
