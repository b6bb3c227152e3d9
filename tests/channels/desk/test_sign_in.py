"""Signing in over HTTP: cookies, the second factor, what must be set up first, one's own account and the others."""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pyotp
import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import SystemClock
from bot.desk.profile import Profile
from bot.desk.seat import Role
from bot.events import Event
from bot.settings import Settings
from bot.store.database import Database
from channels.app import create_app
from channels.desk.session import COOKIE
from channels.hub import EVERYTHING
from channels.services import SERVICES, Services
from tests.fakes.client import Client
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine
from tests.fakes.service import PASSWORD

BETTER = "tulip-anchor-mango"


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[Client]:
    """A service whose auditors must have a second factor."""
    told = replace(settings, staff_totp_roles="auditor")
    app = create_app(
        told, clock=SystemClock(), database=Database(told.store_url), engine=FakeEngine(), laws=FakeLaws()
    )  # fmt: skip
    async with TestClient(TestServer(app)) as inner:
        yield Client(inner)


def parts_of(client: Client) -> Services:
    app = client.http.app
    assert app is not None
    found: Services = app[SERVICES]
    return found


async def arrive(client: Client, name: str, role: Role = "lawyer", **profile: Any) -> str:
    """A new account, signed in; its CSRF token."""
    await parts_of(client).accounts.add_staff(name, PASSWORD, profile=Profile(role, **profile))
    answer = await client.sign_in(name, PASSWORD)
    assert answer.status == 303
    return await csrf(client)


async def csrf(client: Client) -> str:
    text = await (await client.http.get("/desk/me")).text()
    return re.search(r'name="csrf" content="([^"]+)"', text)[1]  # type: ignore[index]


async def post(client: Client, path: str, token: str, body: Any = None) -> ClientResponse:
    return await client.http.post(f"/desk/api{path}", json=body or {}, headers={"X-CSRF": token})


def token_of(client: Client) -> str:
    cookies = client.http.session.cookie_jar.filter_cookies(client.http.make_url("/"))
    return cookies[COOKIE].value if COOKIE in cookies else ""


async def enter_code(client: Client, code: str) -> ClientResponse:
    text = await (await client.http.get("/desk/login/code")).text()
    form = re.search(r'name="csrf" value="([^"]+)"', text)
    assert form is not None
    data = {"code": code, "csrf": form[1]}
    return await client.http.post("/desk/login/code", data=data, allow_redirects=False)


async def test_the_token_of_before_the_sign_in_is_not_the_one_after(client: Client) -> None:
    """Session fixation: a token that somebody planted opens nothing, before or after."""
    planted = "planted-by-somebody-else"
    client.http.session.cookie_jar.update_cookies({COOKIE: planted}, client.http.make_url("/"))
    await arrive(client, "周律师")
    first = token_of(client)
    assert first not in ("", planted)
    assert await parts_of(client).accounts.session(planted) is None
    led = await client.http.get("/desk/login", allow_redirects=False)
    assert (led.status, led.headers["Location"]) == (303, "/desk"), "who is signed in is led on"


async def test_signing_in_again_ends_the_session_that_was(client: Client) -> None:
    await arrive(client, "周律师")
    first = token_of(client)
    kept = "x" * 43
    client.http.session.cookie_jar.update_cookies({"faxian_login": kept}, client.http.make_url("/desk"))
    data = {"username": "周律师", "password": PASSWORD, "csrf": kept}
    answer = await client.http.post("/desk/login", data=data, allow_redirects=False)
    assert answer.status == 303
    assert token_of(client) != first
    assert await parts_of(client).accounts.session(first) is None


async def test_cookies_are_closed_to_scripts_other_sites_and_plain_http(settings: Settings) -> None:
    told = replace(settings, staff_cookie_secure=True)
    app = create_app(
        told, clock=SystemClock(), database=Database(told.store_url), engine=FakeEngine(), laws=FakeLaws()
    )  # fmt: skip
    async with TestClient(TestServer(app)) as http:
        await app[SERVICES].accounts.add_staff("周律师", PASSWORD)
        page = await http.get("/desk/login")
        form = page.headers.getall("Set-Cookie")[0]
        csrf = re.search(r'name="csrf" value="([^"]+)"', await page.text())
        assert csrf is not None
        data = {"username": "周律师", "password": PASSWORD, "csrf": csrf[1]}
        answer = await http.post(
            "/desk/login", data=data, headers={"Cookie": form.split(";")[0]}, allow_redirects=False
        )
        entered = next(one for one in answer.headers.getall("Set-Cookie") if one.startswith(COOKIE))
        for cookie in (form, entered):
            assert {"HttpOnly", "Secure", "SameSite=Strict"} <= {one.strip() for one in cookie.split(";")}
        assert "Domain" not in entered
        assert answer.headers["Cache-Control"] == "no-store"


async def test_a_second_factor_from_set_up_to_sign_in(client: Client) -> None:
    token = await arrive(client, "周律师")
    assert (await post(client, "/me/factor", token, {"password": "wrong password"})).status == 422
    made = await (await post(client, "/me/factor", token, {"password": PASSWORD})).json()
    assert made["qr"].startswith("data:image/svg+xml")
    assert made["secret"] in made["address"]
    code = pyotp.TOTP(made["secret"])
    confirmed = await (await post(client, "/me/factor/confirm", token, {"code": code.now()})).json()
    assert len(confirmed["recovery"]) == 10
    await client.http.post("/desk/logout", data={"csrf": token}, allow_redirects=False)

    answer = await client.sign_in("周律师", PASSWORD)
    assert answer.headers["Location"] == "/desk/login/code"
    half = token_of(client)
    assert (await client.http.get("/desk", allow_redirects=False)).status == 303
    assert (await client.http.get("/desk/api/conversations")).status == 401
    assert (await client.http.get("/api/v1/matters/20261123-0001")).status == 401
    assert (await enter_code(client, code.now())).status == 401, "that one was used to set it up"
    assert (await enter_code(client, confirmed["recovery"][0])).status == 303
    assert token_of(client) != half
    assert (await client.http.get("/desk", allow_redirects=False)).status == 200
    assert "还有 9 个" in await (await client.http.get("/desk/me")).text()


async def test_a_forged_code_form_is_refused(client: Client) -> None:
    answer = await client.http.post("/desk/login/code", data={"code": "123456"}, allow_redirects=False)
    assert answer.status == 403
    assert (await client.http.get("/desk/login/code", allow_redirects=False)).status == 303


async def test_an_auditor_without_a_factor_sees_only_their_own_account(client: Client) -> None:
    await parts_of(client).accounts.add_staff("钱审计", PASSWORD, "auditor")
    answer = await client.sign_in("钱审计", PASSWORD)
    assert answer.headers["Location"] == "/desk/me"
    token = await csrf(client)
    page = await client.http.get("/desk/audit", allow_redirects=False)
    assert (page.status, page.headers["Location"]) == (303, "/desk/me")
    refused = await post(client, "/audit/prove", token)
    assert (await refused.json())["error"]["code"] == "set_up_first"
    assert (await client.http.get("/api/v1/matters/20261123-0001")).status == 403
    assert "desk-places" not in await (await client.http.get("/desk/me")).text()
    secret = (await (await post(client, "/me/factor", token, {"password": PASSWORD})).json())["secret"]
    await post(client, "/me/factor/confirm", token, {"code": pyotp.TOTP(secret).now()})
    assert (await client.http.get("/desk/audit", allow_redirects=False)).status == 200
    assert (await (await post(client, "/audit/prove", token)).json())["whole"] is True
    lines = (await (await client.http.get("/desk/audit/export?action=factor_on")).text()).splitlines()
    assert [json.loads(line)["action"] for line in lines] == ["factor_on"]


async def test_where_one_is_signed_in_is_shown_and_another_device_signed_out(client: Client) -> None:
    await parts_of(client).accounts.add_staff("周律师", PASSWORD)
    lost, _ = await parts_of(client).accounts.sign_in("周律师", PASSWORD)
    await client.sign_in("周律师", PASSWORD)
    token = await csrf(client)
    text = await (await client.http.get("/desk/me")).text()
    assert "127.0.0.1" in text
    keys = re.findall(r'data-end="([0-9a-f]{16})"', text)
    assert len(keys) == 1
    assert (await post(client, f"/me/sessions/{keys[0]}/end", token)).status == 200
    assert await parts_of(client).accounts.session(lost) is None
    assert (await post(client, f"/me/sessions/{keys[0]}/end", token)).status == 404


FIELDS = {
    "name": "吴律师", "person": "吴敏", "role": "lawyer", "tier": "expert", "areas": ["labour"], "regions": ["44"],
    "languages": ["zh", "yue"], "capacity": 3, "office": "天元律师事务所", "link": "",
}  # fmt: skip


async def test_an_administrator_keeps_accounts(client: Client) -> None:
    token = await arrive(client, "孙管理", "administrator")
    made = await (await post(client, "/accounts", token, FIELDS)).json()
    page = await (await client.http.get("/desk/accounts")).text()
    assert "吴敏" in page
    assert "天元律师事务所" in page
    assert "临时密码" in page
    assert made["password"] not in page
    assert (await post(client, "/accounts", token, FIELDS)).status == 422, "the name is taken"
    for wrong in ({"role": "king"}, {"capacity": "3"}, {"regions": "44"}, {"areas": [1]}, {"tier": None}):
        assert (await post(client, "/accounts", token, {**FIELDS, **wrong})).status == 400
    for wrong in (
        {"regions": ["00"]},
        {"areas": ["cooking"]},
        {"languages": []},
        {"capacity": 99},
        {"name": ""},
        {"office": "所" * 81},
    ):
        assert (await post(client, "/accounts", token, {**FIELDS, "name": "新人", **wrong})).status == 422

    accounts = parts_of(client).accounts
    theirs, session = await accounts.sign_in("吴律师", made["password"])
    assert session.owes == "password"
    assert (session.seat.tier, session.seat.regions, session.seat.capacity) == ("expert", ("44",), 3)
    await post(client, f"/accounts/{made['id']}", token, {**FIELDS, "role": "supervisor", "regions": [""]})
    changed = await accounts.session(theirs)
    assert changed is not None
    moved = {**FIELDS, "office": " 大成　律师事务所 ", "role": "supervisor", "regions": [""]}
    assert (await post(client, f"/accounts/{made['id']}", token, moved)).status == 200
    assert (await parts_of(client).staffing.named("吴律师")).office == "大成 律师事务所"
    assert (changed.seat.role, changed.seat.regions) == ("supervisor", ("",)), "at once, in open sessions too"
    await post(client, f"/accounts/{made['id']}/disable", token)
    assert await accounts.session(theirs) is None
    assert "已停用" in await (await client.http.get("/desk/accounts")).text()
    await post(client, f"/accounts/{made['id']}/enable", token)
    reset = (await (await post(client, f"/accounts/{made['id']}/password", token)).json())["password"]
    assert (await accounts.sign_in("吴律师", reset))[1].owes == "password"
    assert (await post(client, "/accounts/99/disable", token)).status == 404


async def test_the_last_administrator_stays_one(client: Client) -> None:
    token = await arrive(client, "孙管理", "administrator")
    own = (await parts_of(client).staffing.named("孙管理")).seat.id
    fields = {**FIELDS, "name": "孙管理", "regions": [""]}
    assert (await post(client, f"/accounts/{own}/disable", token)).status == 422
    assert (await post(client, f"/accounts/{own}", token, {**fields, "role": "lawyer"})).status == 422
    await parts_of(client).accounts.add_staff("李管理", PASSWORD, "administrator")
    assert (await post(client, f"/accounts/{own}", token, {**fields, "role": "lawyer"})).status == 200
    assert (await post(client, f"/accounts/{own}/enable", token)).status == 403, "no administrator any more"


async def test_a_regions_administrator_gives_out_no_more_than_they_have(client: Client) -> None:
    token = await arrive(client, "孙管理", "administrator", regions=("44",))
    country = await parts_of(client).accounts.add_staff("全国律师", PASSWORD)
    own = (await parts_of(client).staffing.named("孙管理")).seat.id
    for regions in ([""], ["33"], ["44", "33"]):
        assert (await post(client, "/accounts", token, {**FIELDS, "regions": regions})).status == 422
        wider = {**FIELDS, "name": "孙管理", "role": "administrator", "regions": regions}
        assert (await post(client, f"/accounts/{own}", token, wider)).status == 422
    for action in ("password", "factor", "sessions", "disable"):
        assert (await post(client, f"/accounts/{country.id}/{action}", token)).status == 404
    assert "全国律师" not in await (await client.http.get("/desk/accounts")).text()
    assert (await post(client, "/accounts", token, {**FIELDS, "regions": ["4401"]})).status == 201


async def test_what_is_shown_of_a_row_is_escaped(client: Client) -> None:
    token = await arrive(client, "孙管理", "administrator")
    name = "\"><script>x</script>'"
    assert (await post(client, "/accounts", token, {**FIELDS, "name": name, "person": name})).status == 201
    text = await (await client.http.get("/desk/accounts")).text()
    assert "<script>x" not in text
    fields = re.findall(r'data-fields="([^"]*)"', text)
    assert {json.loads(html.unescape(one))["name"] for one in fields} == {"孙管理", name}


@pytest.mark.parametrize("change", ["ended", "another region"])
async def test_the_stream_of_events_ends_with_the_session_however_much_happens(
    client: Client, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    monkeypatch.setattr("channels.desk.events.BEAT", 0.05)
    await arrive(client, "周律师")
    parts = parts_of(client)
    member = await parts.staffing.named("周律师")
    stream = await client.http.get("/desk/api/events")
    if change == "ended":
        await parts.staffing.end_sessions(member.seat.id)
    else:
        await parts.staffing.change(member.seat.id, Profile(regions=("44",)), "")

    async def chatter() -> None:
        while True:
            parts.hub.tell(EVERYTHING, Event("typing", "nowhere", who="citizen"))
            await asyncio.sleep(0)  # only lets the others run: something happens at every turn of the loop

    talking = asyncio.create_task(chatter())
    try:
        async with asyncio.timeout(5):
            await stream.read()
        assert stream.content.at_eof()
    finally:
        talking.cancel()
