"""Staff accounts: no weak or default password, guessing is slow and tells nothing, sessions end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from statistics import median

import pyotp
import pytest
from sqlalchemy import Connection, select, update

from bot.desk.accounts import Accounts, LoginRefused, Rules, Where
from bot.desk.passwords import made_up, weakness
from bot.desk.profile import AccountError, Profile
from bot.desk.seal import Seal
from bot.desk.seat import Session
from bot.keys import derived
from bot.store.accounts import AccountStore
from bot.store.database import Database
from bot.store.schema import audit, sign_in_failures, staff, staff_sessions
from tests.fakes.service import PASSWORD, SEAL, Service, running

WRONG = "wrong password"


@pytest.fixture
async def service(store_url: str) -> AsyncIterator[Service]:
    async with running(store_url, factor_roles=frozenset({"auditor"})) as started:
        yield started


async def refused(service: Service, name: str, password: str) -> str:
    with pytest.raises(LoginRefused) as found:
        await service.accounts.sign_in(name, password)
    return found.value.text


async def factor(service: Service, name: str = "周律师") -> tuple[Session, str, list[str]]:
    """Signs in, sets a second factor up; the session, the secret, the recovery codes."""
    _, session = await service.accounts.sign_in(name, PASSWORD)
    secret, address = await service.own.begin_factor(session, PASSWORD, Where())
    assert address.startswith("otpauth://totp/")
    return session, secret, await service.own.confirm_factor(session, code(service, secret))


def code(service: Service, secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(service.clock.now(), counter_offset=steps)


async def test_a_new_store_has_no_account(service: Service) -> None:
    assert await service.accounts.count() == 0
    await refused(service, "admin", "admin")
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
        ("周律师", "password1234"),
    ],
)
async def test_unusable_names_and_passwords_are_refused(service: Service, name: str, password: str) -> None:
    with pytest.raises(AccountError):
        await service.accounts.add_staff(name, password)
    assert await service.count(staff) == 0


@pytest.mark.parametrize(
    "password",
    ["p@ssw0rd2026!", "Qwertyuiop12", "1qaz2wsx3edc", "123456789012", "abcdefghijkl", "woaini1314520", "faxian123456",
     "Administrator1", "abcabcabcabc", "12348123481234", "qq1234567890", "iloveyou2026"],
)  # fmt: skip
def test_passwords_that_many_people_choose_are_weak(password: str) -> None:
    assert weakness(password, "周律师") != ""


@pytest.mark.parametrize(
    "password", [PASSWORD, "梅花 月亮 三轮车 图书馆", "tulip-anchor-mango", "kd93 jfqp 20sl", "我家门口有两棵枣树呢"]
)
def test_long_passwords_of_any_kind_are_fine(password: str) -> None:
    assert weakness(password + "的确如此", "周律师") == ""
    assert all(weakness(made_up(), "周律师") == "" for _ in range(200))


async def test_a_name_is_taken_once(service: Service) -> None:
    await service.seat("周律师")
    with pytest.raises(AccountError, match="已经存在"):
        await service.seat(" 周律师 ")


@pytest.mark.parametrize(
    "profile",
    [
        Profile(regions=()),
        Profile(regions=("99",)),
        Profile(regions=("4",)),
        Profile(regions=("44'",)),
        Profile(languages=()),
        Profile(languages=("xx",)),
        Profile(capacity=51),
        Profile(office="所" * 81),
        Profile(capacity=-1),
        Profile(person="x" * 65),
        Profile(person="a\u202eb"),
        Profile(areas=("x" * 33,)),
    ],
)
async def test_unusable_profiles_are_refused(service: Service, profile: Profile) -> None:
    with pytest.raises(AccountError):
        await service.accounts.add_staff("周律师", PASSWORD, profile=profile)


async def test_regions_within_others_are_left_out(service: Service) -> None:
    profile = Profile(regions=("4401", "44", " 33 ", "33"))
    seat = await service.accounts.add_staff("周律师", PASSWORD, profile=profile)
    assert seat.regions == ("44", "33")
    assert (seat.covers("440106"), seat.covers("330106"), seat.covers("110101"), seat.covers("")) == (1, 1, 0, 1)


async def test_the_password_is_stored_as_argon2_and_the_token_as_a_hash(service: Service) -> None:
    await service.seat()
    token, session = await service.accounts.sign_in("周律师", PASSWORD, Where("10.0.0.7", "Firefox"))
    assert session.seat.name == "周律师"
    assert await service.count(staff, staff.c.password_hash.like("$argon2id$%")) == 1
    assert await service.count(staff_sessions, staff_sessions.c.token_hash == token) == 0
    assert await service.accounts.session(token) == session
    assert await service.accounts.session("wrong") is None
    (listed,) = await service.own.sessions(session)
    assert (listed.address, listed.agent, listed.key) == ("10.0.0.7", "Firefox", session.key)
    assert session.key not in token


async def test_five_failures_lock_the_account_even_for_the_right_password(service: Service) -> None:
    await service.seat()
    for _ in range(5):
        assert "不对" in await refused(service, "周律师", WRONG)
    assert "锁定" in await refused(service, "周律师", PASSWORD)
    service.clock.advance(15 * 60)
    _, session = await service.accounts.sign_in("周律师", PASSWORD)
    assert session.seat.name == "周律师"
    assert await service.count(audit, audit.c.action == "login_failed") == 5


async def test_the_fifth_attempt_may_be_right_and_forgives_the_others(service: Service) -> None:
    await service.seat()
    for _ in range(3):
        for _ in range(4):
            await refused(service, "周律师", WRONG)
        await service.accounts.sign_in("周律师", PASSWORD)
    assert await service.count(sign_in_failures) == 0


async def test_a_name_that_nobody_has_locks_like_any_other(service: Service) -> None:
    await service.seat()
    answers = [[await refused(service, name, WRONG) for _ in range(7)] for name in ("周律师", "没有这个人")]
    assert answers[0] == answers[1], "neither words nor locks tell which names there are"
    service.clock.advance(2 * 86400)
    await refused(service, "另一个人", WRONG)
    assert await service.count(sign_in_failures) == 1, "what is old is forgotten"


async def test_an_unknown_name_takes_as_long_as_a_known_one(service: Service) -> None:
    """Work, not a stopwatch: both check one hash and write as many transactions."""
    await service.seat()
    hashed: list[str | None] = []
    right, write = service.accounts.passwords.right, service.database.write
    writes: list[str] = []

    async def watched(password: str, against: str | None) -> bool:
        hashed.append(against)
        began = time.process_time()
        answer = await right(password, against)
        took.append(time.process_time() - began)
        return answer

    async def counted(work: object) -> object:
        writes.append("w")
        return await write(work)  # type: ignore[arg-type]

    took: list[float] = []
    service.accounts.passwords.right = watched  # type: ignore[method-assign]
    service.database.write = counted  # type: ignore[method-assign, assignment]
    spent = []
    for name in ("周律师", "没有这个人"):
        writes.clear()
        took.clear()
        for _ in range(4):
            await refused(service, name, WRONG)
        spent.append((len(writes), median(took)))
    assert spent[0][0] == spent[1][0] == 8
    assert hashed[4:] == [None] * 4
    assert 0.5 < spent[0][1] / spent[1][1] < 2, "the same argon2 work"


async def test_five_guesses_are_all_that_any_number_of_processes_get(service: Service, store_url: str) -> None:
    await service.seat()
    others = [Database(store_url) for _ in range(3)]
    for one in others:
        await one.open()
    rules = Rules(timedelta(hours=12), timedelta(hours=1))
    doors = [Accounts(AccountStore(one), service.clock, rules, SEAL) for one in others]
    looked: list[str] = []
    for door in doors:

        async def right(password: str, hashed: str | None) -> bool:
            looked.append(password)
            return False

        door.passwords.right = right  # type: ignore[method-assign]
    guesses = [doors[number % 3].sign_in("周律师", f"guess {number}") for number in range(40)]
    answers = await asyncio.gather(*guesses, return_exceptions=True)
    assert all(isinstance(answer, LoginRefused) for answer in answers)
    assert len(looked) == 5
    assert "锁定" in await refused(service, "周律师", PASSWORD)
    for one in others:
        await one.close()


async def test_sessions_end_by_idling_by_age_and_by_signing_out(service: Service) -> None:
    await service.seat()
    idle, _ = await service.accounts.sign_in("周律师", PASSWORD)
    for _ in range(4):
        service.clock.advance(900)
        found = await service.accounts.session(idle, used=False)
    assert found is None, "pages that ask by themselves do not keep a session alive"

    used, _ = await service.accounts.sign_in("周律师", PASSWORD)
    for _ in range(23):
        service.clock.advance(1800)
        assert await service.accounts.session(used) is not None
    service.clock.advance(1800)
    assert await service.accounts.session(used) is None, "twelve hours are the longest"

    ended, session = await service.accounts.sign_in("周律师", PASSWORD)
    await service.accounts.sign_out(ended, session.seat)
    assert await service.accounts.session(ended) is None


async def test_a_second_factor_is_asked_for_and_the_token_changes_with_it(service: Service) -> None:
    await service.seat()
    before, secret, _ = await factor(service)
    service.clock.advance(60)
    half, session = await service.accounts.sign_in("周律师", PASSWORD)
    assert not session.proved
    assert await service.accounts.session(half) is None, "a password alone opens nothing"
    token, whole = await service.accounts.prove(half, code(service, secret))
    assert token != half
    assert whole.csrf != session.csrf
    assert await service.accounts.session(token) == whole
    with pytest.raises(LoginRefused):
        await service.accounts.prove(half, code(service, secret, 1))
    assert await service.accounts.session(half) is None


async def test_a_code_never_counts_twice(service: Service) -> None:
    await service.seat()
    _, secret, _ = await factor(service)
    used_at_set_up = code(service, secret)
    half, _ = await service.accounts.sign_in("周律师", PASSWORD)
    with pytest.raises(LoginRefused):
        await service.accounts.prove(half, used_at_set_up)
    service.clock.advance(30)
    halves = [(await service.accounts.sign_in("周律师", PASSWORD))[0] for _ in range(4)]
    now = code(service, secret)
    answers = await asyncio.gather(*(service.accounts.prove(one, now) for one in halves), return_exceptions=True)
    assert sum(not isinstance(answer, BaseException) for answer in answers) == 1, "of several at once, one"


@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
async def test_one_step_of_difference_is_allowed(service: Service, steps: int, right: bool) -> None:
    await service.seat()
    _, secret, _ = await factor(service)
    service.clock.advance(600)
    half, _ = await service.accounts.sign_in("周律师", PASSWORD)
    answer = await asyncio.gather(
        service.accounts.prove(half, f" {code(service, secret, steps)} "), return_exceptions=True
    )
    assert isinstance(answer[0], LoginRefused) is not right


async def test_an_earlier_code_does_not_count_after_a_later_one(service: Service) -> None:
    await service.seat()
    _, secret, _ = await factor(service)
    service.clock.advance(600)
    half, _ = await service.accounts.sign_in("周律师", PASSWORD)
    other, _ = await service.accounts.sign_in("周律师", PASSWORD)
    await service.accounts.prove(half, code(service, secret, 1))
    with pytest.raises(LoginRefused):
        await service.accounts.prove(other, code(service, secret))


async def test_five_wrong_codes_lock_and_the_password_does_not_forgive_them(service: Service) -> None:
    await service.seat()
    _, secret, _ = await factor(service)
    service.clock.advance(600)
    for number in range(5):
        half, _ = await service.accounts.sign_in("周律师", PASSWORD)
        with pytest.raises(LoginRefused) as found:
            await service.accounts.prove(half, f"{number:06}")
        assert "验证码不对" in found.value.text
    assert "锁定" in await refused(service, "周律师", PASSWORD)
    with pytest.raises(LoginRefused, match="login refused"):
        await service.accounts.prove(half, code(service, secret))
    service.clock.advance(900)
    half, _ = await service.accounts.sign_in("周律师", PASSWORD)
    await service.accounts.prove(half, code(service, secret))


async def test_a_half_session_waits_five_minutes(service: Service) -> None:
    await service.seat()
    _, secret, _ = await factor(service)
    half, _ = await service.accounts.sign_in("周律师", PASSWORD)
    service.clock.advance(300)
    with pytest.raises(LoginRefused):
        await service.accounts.prove(half, code(service, secret))


async def test_a_recovery_code_counts_once_and_is_kept_as_a_hash(service: Service) -> None:
    await service.seat()
    session, _, codes = await factor(service)
    assert len(set(codes)) == 10
    assert await service.own.recovery_left(session) == 10
    half, _ = await service.accounts.sign_in("周律师", PASSWORD)
    _, whole = await service.accounts.prove(half, codes[3].upper().replace("-", " "))
    assert await service.own.recovery_left(whole) == 9
    half, _ = await service.accounts.sign_in("周律师", PASSWORD)
    with pytest.raises(LoginRefused):
        await service.accounts.prove(half, codes[3])
    stored = await service.database.read(lambda connection: connection.execute(staff.select()).one().recovery)
    assert not set(codes) & set(stored)


async def test_the_secret_of_a_factor_is_kept_sealed(service: Service) -> None:
    await service.seat()
    _, begun = await service.accounts.sign_in("周律师", PASSWORD)
    await service.own.begin_factor(begun, PASSWORD, Where())
    _, secret, _ = await factor(service)

    def kept(connection: Connection) -> list[str]:
        columns = (select(staff.c.totp_secret), select(staff_sessions.c.factor))
        return [text for column in columns for text in connection.execute(column).scalars() if text]

    texts = await service.database.read(kept)
    assert texts
    assert all(secret not in text and len(text) <= 120 for text in texts)


async def test_a_sealed_secret_is_of_no_use_to_another_account(service: Service) -> None:
    await service.seat()
    await service.seat("钱审计", "auditor")
    _, secret, _ = await factor(service)
    stolen = select(staff.c.totp_secret).where(staff.c.name == "周律师").scalar_subquery()

    def copied(connection: Connection) -> None:
        connection.execute(update(staff).where(staff.c.name == "钱审计").values(totp_secret=stolen))

    await service.database.write(copied)
    token, half = await service.accounts.sign_in("钱审计", PASSWORD)
    assert not half.proved
    with pytest.raises(LoginRefused, match="login refused"):
        await service.accounts.prove(token, code(service, secret, 1))


async def test_under_another_key_recovery_codes_still_open(service: Service) -> None:
    await service.seat()
    _, secret, recovery = await factor(service)
    service.accounts.seal = Seal(derived(b"another key", "second factors"))
    token, _ = await service.accounts.sign_in("周律师", PASSWORD)
    with pytest.raises(LoginRefused):
        await service.accounts.prove(token, code(service, secret, 1))
    _, session = await service.accounts.prove(token, recovery[0])
    assert session.proved


async def test_a_password_given_out_is_good_for_a_week(service: Service) -> None:
    seat, password = await service.staffing.add("新律师", Profile("lawyer"))
    service.clock.advance(timedelta(days=7).total_seconds() - 1)
    _, session = await service.accounts.sign_in("新律师", password)
    assert session.owes == "password"
    service.clock.advance(1)
    told = await refused(service, "新律师", password)
    assert "临时密码" in told
    assert "管理员" in told
    assert "临时密码" not in await refused(service, "新律师", WRONG), "only who knows it is told"
    (member,) = [one for one in await service.staffing.members() if one.seat.id == seat.id]
    assert member.too_late(service.clock.now())
    again = await service.staffing.reset_password(seat.id)
    _, session = await service.accounts.sign_in("新律师", again)
    await service.own.change_password(session, again, PASSWORD, Where())
    service.clock.advance(timedelta(days=30).total_seconds())
    _, session = await service.accounts.sign_in("新律师", PASSWORD)
    assert session.owes == ""


async def test_a_role_that_needs_a_factor_owes_it(service: Service) -> None:
    await service.seat("钱审计", "auditor")
    token, session = await service.accounts.sign_in("钱审计", PASSWORD)
    assert session.owes == "factor"
    _, secret, _ = await factor(service, "钱审计")
    assert await service.accounts.session(token) is None, "other sessions end when the factor is set"
    service.clock.advance(60)
    half, _ = await service.accounts.sign_in("钱审计", PASSWORD)
    _, session = await service.accounts.prove(half, code(service, secret))
    assert session.owes == ""
    service.clock.advance(60)
    with pytest.raises(AccountError, match="必须"):
        await service.own.drop_factor(session, PASSWORD, code(service, secret), Where())


async def test_a_factor_can_be_dropped_with_password_and_code(service: Service) -> None:
    await service.seat()
    session, secret, _ = await factor(service)
    service.clock.advance(60)
    with pytest.raises(LoginRefused):
        await service.own.drop_factor(session, WRONG, code(service, secret), Where())
    with pytest.raises(LoginRefused):
        await service.own.drop_factor(session, PASSWORD, "000000", Where())
    await service.own.drop_factor(session, PASSWORD, code(service, secret), Where())
    assert (await service.accounts.sign_in("周律师", PASSWORD))[1].proved


async def test_a_wrong_code_at_set_up_sets_nothing_up(service: Service) -> None:
    await service.seat()
    _, session = await service.accounts.sign_in("周律师", PASSWORD)
    with pytest.raises(AccountError):
        await service.own.confirm_factor(session, "123456")
    with pytest.raises(LoginRefused):
        await service.own.begin_factor(session, WRONG, Where())
    await service.own.begin_factor(session, PASSWORD, Where())
    with pytest.raises(AccountError):
        await service.own.confirm_factor(session, "12345")
    assert (await service.accounts.sign_in("周律师", PASSWORD))[1].proved


async def test_a_new_password_ends_the_other_sessions(service: Service) -> None:
    await service.seat()
    other, _ = await service.accounts.sign_in("周律师", PASSWORD)
    mine, session = await service.accounts.sign_in("周律师", PASSWORD)
    with pytest.raises(LoginRefused):
        await service.own.change_password(session, WRONG, "tulip-anchor-mango", Where())
    for weak in ("short", "password1234", PASSWORD):
        with pytest.raises(AccountError):
            await service.own.change_password(session, PASSWORD, weak, Where())
    await service.own.change_password(session, PASSWORD, "tulip-anchor-mango", Where())
    assert await service.accounts.session(other) is None
    assert await service.accounts.session(mine) is not None
    await refused(service, "周律师", PASSWORD)
    await service.accounts.sign_in("周律师", "tulip-anchor-mango")


async def test_guessing_the_password_inside_a_session_locks_too(service: Service) -> None:
    await service.seat()
    _, session = await service.accounts.sign_in("周律师", PASSWORD)
    for _ in range(5):
        with pytest.raises(LoginRefused):
            await service.own.begin_factor(session, WRONG, Where())
    with pytest.raises(LoginRefused) as found:
        await service.own.begin_factor(session, PASSWORD, Where())
    assert "锁定" in found.value.text


async def test_ones_own_sessions_are_listed_and_ended_and_nobody_elses(service: Service) -> None:
    await service.seat()
    await service.seat("吴律师")
    lost, _ = await service.accounts.sign_in("周律师", PASSWORD, Where("10.1.1.1", "old phone"))
    service.clock.advance(60)
    _, mine = await service.accounts.sign_in("周律师", PASSWORD)
    theirs, other = await service.accounts.sign_in("吴律师", PASSWORD)
    listed = await service.own.sessions(mine)
    assert [one.agent for one in listed] == ["", "old phone"]
    assert not await service.own.end(mine, other.key)
    assert await service.accounts.session(theirs) is not None
    assert await service.own.end(mine, listed[1].key)
    assert await service.accounts.session(lost) is None
