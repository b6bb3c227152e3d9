"""Signing in by an OpenID Connect provider: whom an administrator has linked comes in, and no forged token does."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pyotp
import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from bot.clock import SystemClock
from bot.desk.accounts import Where
from bot.desk.profile import AccountError, Profile
from bot.settings import Settings, SettingsError
from bot.store.database import Database
from bot.store.schema import audit, staff
from channels.app import create_app
from channels.desk.session import COOKIE
from channels.services import SERVICES, Services
from tests.fakes.issuer import CLIENT, SECRET, Issuer, curve_key, issuing, other_key
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine
from tests.fakes.service import PASSWORD


@pytest.fixture
async def issuer() -> AsyncIterator[Issuer]:
    async with issuing() as started:
        yield started


@pytest.fixture
async def browser(settings: Settings, issuer: Issuer) -> AsyncIterator[TestClient[Any, Any]]:
    """A browser at the service, which has one account, linked by e-mail."""
    told = replace(
        settings, public_url="http://127.0.0.1:8348", oidc_issuer=issuer.address, oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
    )  # fmt: skip
    database = Database(told.store_url)
    app = create_app(told, clock=SystemClock(), database=database, engine=FakeEngine(), laws=FakeLaws())
    async with TestClient(TestServer(app)) as client:
        parts = app[SERVICES]
        seat = await parts.accounts.add_staff("周律师", PASSWORD)
        await parts.staffing.change(seat.id, Profile(), "zhou@example.org")
        yield client


def parts_of(browser: TestClient[Any, Any]) -> Services:
    app = browser.app
    assert app is not None
    found: Services = app[SERVICES]
    return found


async def begin(browser: TestClient[Any, Any]) -> str:
    """Where the provider is."""
    answer = await browser.get("/desk/login/oidc", allow_redirects=False)
    assert answer.status == 303
    cookie = answer.headers.getall("Set-Cookie")[0]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    return answer.headers["Location"]


async def back(browser: TestClient[Any, Any], query: dict[str, str]) -> ClientResponse:
    return await browser.get("/desk/login/oidc/return", params=query, allow_redirects=False)


async def signed_in(browser: TestClient[Any, Any]) -> bool:
    return (await browser.get("/desk", allow_redirects=False)).status == 200


async def column(browser: TestClient[Any, Any], name: Any) -> Any:
    return await parts_of(browser).own._records._database.read(  # type: ignore[attr-defined]
        lambda connection: connection.execute(select(name)).scalars().all()
    )


async def test_a_linked_person_comes_in_and_is_pinned_to_their_subject(
    browser: TestClient[Any, Any], issuer: Issuer
) -> None:
    assert "/desk/login/oidc" in await (await browser.get("/desk/login")).text()
    there = await begin(browser)
    assert "code_challenge_method=S256" in there
    answer = await back(browser, issuer.allow(there))
    assert answer.status == 200, await answer.text()
    cookie = next(one for one in answer.headers.getall("Set-Cookie") if one.startswith(COOKIE))
    assert "SameSite=Strict" in cookie
    assert 'content="0;url=/desk"' in await answer.text()
    assert await signed_in(browser)
    assert await column(browser, staff.c.subject) == ["sub:user-1"]
    assert "login_linked" in await column(browser, audit.c.action)
    issuer.claims = {"sub": "user-2", "email": "zhou@example.org", "email_verified": True}
    browser.session.cookie_jar.clear()
    assert (await back(browser, issuer.allow(await begin(browser)))).status == 401, "the address went to somebody else"


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "user-9", "email": "other@example.org", "email_verified": True},
        {"sub": "user-9", "email": "zhou@example.org", "email_verified": False},
        {"sub": "user-9", "email": "zhou@example.org"},
        {"sub": "user-9", "email": "zhou@example.org", "email_verified": "true"},
        {"sub": "email:zhou@example.org"},
        {"sub": "周律师"},
    ],
)
async def test_nobody_else_comes_in(browser: TestClient[Any, Any], issuer: Issuer, claims: dict[str, Any]) -> None:
    issuer.claims = claims
    answer = await back(browser, issuer.allow(await begin(browser)))
    assert answer.status == 401
    assert "没有绑定" in await answer.text()
    assert not await signed_in(browser)


def wrong(**claims: Any) -> Callable[[Issuer], None]:
    return lambda issuer: issuer.changed.update(claims)


def signed(algorithm: str = "RS256", key: Any = None) -> Callable[[Issuer], None]:
    def change(issuer: Issuer) -> None:
        issuer.algorithm, issuer.signed_by = algorithm, key

    return change


ATTACKS = {
    "wrong nonce": wrong(nonce="another"),
    "no nonce": wrong(nonce=None),
    "expired": wrong(exp=int(time.time()) - 300, iat=int(time.time()) - 600),
    "never expires": wrong(exp=None),
    "issued in the future": wrong(iat=int(time.time()) + 3600),
    "wrong audience": wrong(aud="another"),
    "several audiences, issued to another": wrong(aud=[CLIENT, "another"], azp="another"),
    "several audiences, issued to nobody": wrong(aud=[CLIENT, "another"]),
    "issued to another": wrong(azp="another"),
    "wrong issuer": wrong(iss="https://evil.example"),
    "no subject": wrong(sub=None),
    "a subject that is no text": wrong(sub=7),
    "an empty subject": wrong(sub=""),
    "alg none": signed("none"),
    "signed by the public key": signed("HS256"),
    "signed by another key of the same name": signed(key=other_key()),
    "signed by an unknown key": signed(key=other_key("k9")),
    "signed by a key of another kind": signed("ES256", curve_key()),
}


@pytest.mark.parametrize("attack", ATTACKS)
async def test_a_token_that_proves_nothing_is_refused(
    browser: TestClient[Any, Any], issuer: Issuer, attack: str
) -> None:
    ATTACKS[attack](issuer)
    answer = await back(browser, issuer.allow(await begin(browser)))
    assert answer.status == 401, attack
    assert "统一登录没有成功" in await answer.text()
    assert not await signed_in(browser)


async def test_a_state_counts_once_and_in_its_own_browser(browser: TestClient[Any, Any], issuer: Issuer) -> None:
    query = issuer.allow(await begin(browser))
    kept = browser.session.cookie_jar.filter_cookies(browser.make_url("/desk/login"))["faxian_oidc"].value
    browser.session.cookie_jar.clear()
    assert (await back(browser, query)).status == 401, "a link sent to somebody else signs them in as nobody"
    browser.session.cookie_jar.update_cookies({"faxian_oidc": kept}, browser.make_url("/desk/login"))
    assert (await back(browser, {**query, "state": "forged"})).status == 401
    browser.session.cookie_jar.update_cookies({"faxian_oidc": kept}, browser.make_url("/desk/login"))
    assert (await back(browser, query)).status == 200
    browser.session.cookie_jar.update_cookies({"faxian_oidc": kept}, browser.make_url("/desk/login"))
    again = {**query, "code": issuer.allow("http://x/?state=" + query["state"])["code"]}
    assert (await back(browser, again)).status == 401, "replayed"


async def test_what_the_provider_refuses_or_cannot_answer_is_told(
    browser: TestClient[Any, Any], issuer: Issuer
) -> None:
    there = await begin(browser)
    issuer.allow(there)
    state = issuer.allow(there)["state"]
    assert (await back(browser, {"state": state, "code": "never given"})).status == 401
    assert (await back(browser, {"error": "access_denied", "state": "x"})).status == 401


async def test_a_provider_that_is_down_leaves_the_password(browser: TestClient[Any, Any], issuer: Issuer) -> None:
    issuer.down = True
    answer = await browser.get("/desk/login/oidc", allow_redirects=False)
    assert answer.status == 503
    assert "用户" not in await answer.text()
    issuer.down = False
    await begin(browser)


@pytest.mark.parametrize(
    "document",
    [{"issuer": "https://evil.example"}, {"token_endpoint": "http://evil.example/token"}, {"jwks_uri": None}],
)
async def test_a_discovery_that_leads_elsewhere_is_refused(
    browser: TestClient[Any, Any], issuer: Issuer, document: dict[str, Any]
) -> None:
    issuer.document = document
    assert (await browser.get("/desk/login/oidc", allow_redirects=False)).status == 503


async def test_new_keys_of_the_provider_are_fetched_but_not_for_every_forgery(
    browser: TestClient[Any, Any], issuer: Issuer
) -> None:
    for _ in range(3):
        issuer.signed_by = other_key("forged")
        await back(browser, issuer.allow(await begin(browser)))
    assert issuer.keys_asked <= 2


async def test_a_second_factor_is_asked_for_unless_the_provider_has(
    browser: TestClient[Any, Any], issuer: Issuer
) -> None:
    parts = parts_of(browser)
    _, session = await parts.accounts.sign_in("周律师", PASSWORD)
    secret, _ = await parts.own.begin_factor(session, PASSWORD, Where())
    await parts.own.confirm_factor(session, pyotp.TOTP(secret).now())
    answer = await back(browser, issuer.allow(await begin(browser)))
    assert "/desk/login/code" in await answer.text()
    assert not await signed_in(browser)
    issuer.claims["amr"] = ["pwd", "mfa"]
    await back(browser, issuer.allow(await begin(browser)))
    assert await signed_in(browser)


async def test_a_disabled_account_does_not_come_in(browser: TestClient[Any, Any], issuer: Issuer) -> None:
    staffing = parts_of(browser).staffing
    await staffing.switch((await staffing.named("周律师")).seat.id, True)
    assert (await back(browser, issuer.allow(await begin(browser)))).status == 401


async def test_one_identity_is_one_account(browser: TestClient[Any, Any]) -> None:
    parts = parts_of(browser)
    seat = await parts.accounts.add_staff("吴律师", PASSWORD)
    with pytest.raises(AccountError, match="绑定"):
        await parts.staffing.change(seat.id, Profile(), "ZHOU@example.org")


@pytest.mark.parametrize(
    "env",
    [
        {"OIDC_ISSUER": "https://id.example"},
        {"OIDC_ISSUER": "http://id.example", "OIDC_CLIENT_ID": "x", "PUBLIC_URL": "https://faxian.example"},
        {"STAFF_TOTP_ROLES": "boss"},
    ],
)
def test_settings_that_cannot_work_are_told_at_once(env: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        Settings.from_env(env)


def test_roles_with_a_second_factor_can_be_chosen() -> None:
    assert Settings().totp_roles == {"administrator", "supervisor", "auditor"}
    assert Settings.from_env({"STAFF_TOTP_ROLES": "none"}).totp_roles == set()
    assert Settings.from_env({"STAFF_TOTP_ROLES": "lawyer, agent"}).totp_roles == {"lawyer", "agent"}


async def test_without_a_provider_there_is_no_such_way_in(client: Any) -> None:
    assert (await client.http.get("/desk/login/oidc")).status == 404
    assert "/desk/login/oidc" not in await (await client.http.get("/desk/login")).text()
