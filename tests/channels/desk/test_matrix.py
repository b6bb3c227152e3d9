"""Every address of the desk × every role × own, foreign and unknown region, signed in and out.

The addresses come from ROUTES, so that a new one is tested as soon as it is there; one that names a row nobody has
told `tests.channels.desk.rows` about fails.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Connection, delete, update

from bot.clock import SystemClock
from bot.desk.accounts import Where
from bot.desk.profile import Profile
from bot.desk.rights import may
from bot.desk.seat import ROLES, Role, Seat
from bot.settings import Settings
from bot.store.accounts import AccountStore
from bot.store.database import Database
from bot.store.desk_schema import presence, queues
from bot.store.schema import matters, staff
from channels.app import create_app
from channels.desk.guard import OWN
from channels.desk.routes import ROUTES, Route
from channels.desk.session import COOKIE
from channels.services import SERVICES
from tests.channels.desk.rows import EVERYWHERE, MARK, OF_REGIONS, Rows, hold
from tests.fakes.laws import FakeLaws
from tests.fakes.scripted_engine import FakeEngine

pytestmark = pytest.mark.asyncio(loop_scope="module")

OWN_REGION, FOREIGN = "440106", "330106"
REGIONS = {"own": OWN_REGION, "unknown": "", "foreign": FOREIGN}
BODIES: dict[str, Any] = {
    "/messages": {"message_id": "m-1", "text": "请先保存好证据。"},
    "/transfer": {"queue": "general", "note": ""},
    "/corrections": {"seq": 1, "wrong": "x", "right": "y", "cites": "", "reason": "z", "scenario": "",
                     "key": "a", "value": "b"},
    "/score": {"points": {}, "comment": ""},
    "/appeal": {"text": "有异议"},
    "/decide": {"answer": "维持"},
    "/callbacks": {"words": "打通了"},
    "/dead-letters": {"reason": "已经电话告知"},
    "/accounts": {"name": "乙", "person": "", "role": "lawyer", "tier": "general", "areas": [], "regions": ["44"],
                  "languages": ["zh"], "capacity": 5, "office": "", "link": ""},
    "/notes": {"text": "备注"}, "/consult": {"text": "请教"}, "/whisper": {"text": "提醒"}, "/answer": {"text": "答复"},
    "/read": {"seq": 1}, "/edit": {"version": 0, "title": "新标题"},
    "/links": {"other": "20261123-000001", "kind": "related"},
    "/parties": {"side": "opposite", "name": "某公司"},
}  # fmt: skip
"""End of a path, or a piece of it → a body that gets as far as the row."""
ALIKE = re.compile("/typing$|/desk/api/(callbacks|dead-letters|reviews)/")
"""Answer the same for a foreign row and for none, but not by 404."""
SAMPLES = {"[a-z_]{3,16}": ["close"], "[a-z][a-z0-9_]*": ["unpaid_wages"]}
"""Values for what a path allows besides rows."""


@dataclass
class World:
    """A service with a signed-in seat of each role, all of them of one region."""

    http: TestClient[Any, Any]
    database: Database
    seats: dict[Role, tuple[Seat, str, str]]
    """Role → seat, token, CSRF token."""
    stranger: int
    """Id of somebody of the foreign region, whose rows the foreign ones are."""

    async def ask(self, route: Route, path: str, role: Role | None, csrf: str | None = None) -> tuple[int, str, str]:
        """Status, code of the error, and text."""
        headers = {}
        if role is not None:
            _, token, own = self.seats[role]
            headers = {"Cookie": f"{COOKIE}={token}", "X-CSRF": own if csrf is None else csrf}
        body = None if route.method == "GET" else _body(route.path)
        response = await self.http.request(route.method, path, json=body, headers=headers, allow_redirects=False)
        try:
            if _endless(path) and response.status == 200:
                return 200, "", ""
            return response.status, await _code(response), await response.text()
        finally:
            response.close()

    async def paths(self, route: Route, role: Role, region: str | None) -> list[str]:
        """Addresses of the route for a fresh row of that region; None for a row that does not exist."""
        maker = next(
            (OF_REGIONS[one] for one in sorted(OF_REGIONS, key=len, reverse=True) if _starts(route, one)), None
        )
        values: dict[str, str] = {}
        if maker is not None and region is not None:
            seat = self.seats[role][0]

            def work(connection: Connection) -> dict[str, str]:
                now = SystemClock().now()
                hold(connection, seat.id, region, now)
                foreign = region == FOREIGN
                whose = self.stranger if foreign else seat.id
                return maker(Rows(connection, now, whose, region, MARK if foreign else ""))

            values = await self.database.write(work)
        return list(_filled(route.path, values))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    folder: Path = tmp_path_factory.mktemp("matrix")
    settings = Settings(data_dir=folder, rate_address_per_minute=0, staff_totp_roles="none")
    database = Database(settings.store_url)
    app = create_app(settings, clock=SystemClock(), database=database, engine=FakeEngine(), laws=FakeLaws())
    async with TestClient(TestServer(app)) as http:
        accounts, seats = app[SERVICES].accounts, {}
        store = AccountStore(database)
        for role in ROLES:
            profile = Profile(role, regions=("44",), capacity=50, tier="expert")
            await store.add(role, "x", profile, SystemClock().now(), "test", own=True)
            account = await store.by_name(role)
            assert account is not None
            token, session = await accounts.admit(account, "password", Where())
            seats[role] = account.seat, token, session.csrf
        far = Profile("lawyer", regions=("33",))
        stranger = await store.add("外地人", "x", far, SystemClock().now(), "test", own=True)
        assert stranger is not None
        yield World(http, database, seats, stranger.id)


def _body(path: str) -> Any:
    tidy = _tidy(path)
    for end in sorted(BODIES, key=len, reverse=True):
        if tidy.endswith(end) or f"{end}/" in tidy:
            return BODIES[end]
    return {}


def _tidy(path: str) -> str:
    """A path with the names of its variables alone."""
    return re.sub(r"\{(\w+)(?::(?:[^{}]|\{[^{}]*\})*)?\}", r"{\1}", path)


def _starts(route: Route, beginning: str) -> bool:
    tidy = _tidy(route.path)
    return tidy == beginning or tidy.startswith((beginning + "/", beginning + "."))


def _filled(path: str, values: dict[str, str]) -> Iterator[str]:
    """The path with its variables filled: by the row's values, else by one that fits and names nothing."""
    found = re.search(r"\{(\w+)(?::((?:[^{}]|\{[^{}]*\})*))?\}", path)
    if found is None:
        yield path
        return
    name, pattern = found[1], found[2] or ""
    if name in values:
        choices = [values[name]]
    elif re.fullmatch(r"[a-z_]+(\|[a-z_]+)+", pattern):
        choices = pattern.split("|")
    else:
        choices = SAMPLES.get(pattern) or [_nothing(pattern)]
    for choice in choices:
        yield from _filled(path[: found.start()] + choice + path[found.end() :], values)


def _nothing(pattern: str) -> str:
    """Fits the pattern, and no row has it."""
    fitting = ("999999999", "20991231-9999", "f" * 16, "f" * 32, "2099-12-31")
    return next(one for one in fitting if re.fullmatch(pattern or ".+", one))


def _endless(path: str) -> bool:
    return path == "/desk/api/events"


async def _code(response: ClientResponse) -> str:
    if response.content_type not in ("application/json", "application/problem+json"):
        return ""
    body = await response.json()
    return str(body["error"]["code"]) if isinstance(body, dict) and "error" in body else ""


def _named(route: Route) -> str:
    return f"{route.method} {_tidy(route.path)}"


each_route = pytest.mark.parametrize("route", ROUTES, ids=_named)


@each_route
async def test_a_route_knows_what_it_names(route: Route) -> None:
    """Whoever adds one says to which rows it leads, in `tests.channels.desk.rows`."""
    variables = set(re.findall(r"\{(\w+)\}", _tidy(route.path))) - {"action", "decision", "state", "kind"}
    known = any(_starts(route, one) for one in (*OF_REGIONS, *EVERYWHERE))
    assert known or not variables, f"which row is {variables} of {route.path}?"


@each_route
async def test_signed_out_nothing_opens(world: World, route: Route) -> None:
    for region in (OWN_REGION, None):
        for path in await world.paths(route, "supervisor", region):
            status, code, _ = await world.ask(route, path, None)
            assert (status, code) == ((303, "") if route.shows_page else (401, "signed_out")), path


@each_route
@pytest.mark.parametrize("role", ROLES)
async def test_role_and_region(world: World, route: Route, role: Role) -> None:
    names_a_row = any(_starts(route, one) for one in OF_REGIONS)
    nothing = [await world.ask(route, path, role) for path in await world.paths(route, role, None)]
    for where, region in REGIONS.items():
        if not names_a_row and where != "own":
            continue
        for at, path in enumerate(await world.paths(route, role, region)):
            status, code, text = await world.ask(route, path, role)
            told = f"{role} {where} {route.method} {path}: {status} {code} {text[:200]}"
            if not may(world.seats[role][0], route.right):
                assert (status, code) == (403, "no_right"), told
                assert nothing[at][:2] == (403, "no_right"), told
                continue
            assert status < 500, told
            if where == "foreign":
                assert (status, code) == nothing[at][:2], f"tells a foreign row from none: {told}"
                assert status == 404 or ALIKE.search(path), told
                assert MARK not in text, told
            elif names_a_row and not path.endswith("/links"):  # the other matter is not there
                assert status not in (303, 401, 403, 404), told
            else:
                assert status not in (303, 401, 403), told


@each_route
async def test_a_change_needs_the_token_of_its_session(world: World, route: Route) -> None:
    if route.method == "GET":
        return
    role = next(role for role in ROLES if may(world.seats[role][0], route.right))
    others = [csrf for name, (_, _, csrf) in world.seats.items() if name != role]
    for path in await world.paths(route, role, OWN_REGION):
        for forged in ("", "forged", others[0]):
            status, code, _ = await world.ask(route, path, role, csrf=forged)
            assert (status, code) == (403, "bad_csrf"), path


@each_route
async def test_who_owes_a_password_of_their_own_gets_nowhere_else(world: World, route: Route) -> None:
    role = next(role for role in ROLES if may(world.seats[role][0], route.right))
    which = staff.c.id == world.seats[role][0].id
    paths = await world.paths(route, role, OWN_REGION)

    def owing(at: object) -> Any:
        return lambda connection: connection.execute(update(staff).where(which).values(password_at=at)) and None

    await world.database.write(owing(None))
    try:
        for path in paths:
            status, code, _ = await world.ask(route, path, role)
            if path.startswith(OWN):
                assert code != "set_up_first", path
            elif route.shows_page:
                assert status == 303, path
            else:
                assert (status, code) == (403, "set_up_first"), path
    finally:
        await world.database.write(owing(SystemClock().now()))


@pytest.mark.parametrize("talk", REGIONS)
@pytest.mark.parametrize("to", ["own", "foreign"])
@pytest.mark.parametrize("receiver", ["colleague", "queue"])
@pytest.mark.parametrize("role", ROLES)
async def test_a_talk_goes_only_to_who_covers_its_region(
    world: World, role: Role, receiver: str, to: str, talk: str
) -> None:
    """Role × receiver and its region × region of the talk."""
    seat = world.seats[role][0]
    prefix, key = REGIONS[to][:4], f"queue-{to}"

    def work(connection: Connection) -> tuple[str, int]:
        now = SystemClock().now()
        hold(connection, seat.id, REGIONS[talk], now)
        rows = Rows(connection, now, seat.id, REGIONS[talk])
        name = rows.conversation("human", seat.id)
        connection.execute(update(matters).where(matters.c.number == rows.matter).values(status="working"))
        colleague = _colleague(rows, prefix)
        connection.execute(delete(queues).where(queues.c.key == key))
        rows.put(queues, key=key, name=key, help="consultation", areas=[], region=prefix, language="", tier="general",
                 overflow="", overflow_after=0, closed=False)  # fmt: skip
        return name, colleague

    name, colleague = await world.database.write(work)
    _, token, csrf = world.seats[role]
    headers = {"Cookie": f"{COOKIE}={token}", "X-CSRF": csrf}
    address = f"/desk/api/conversations/{name}"
    wanted = {"to_staff": colleague} if receiver == "colleague" else {"queue": key}
    async with world.http.get(f"{address}/receivers", headers=headers) as answer:
        listed = await answer.json()
    async with world.http.post(f"{address}/transfer", json={**wanted, "note": ""}, headers=headers) as answer:
        status, code = answer.status, await _code(answer)
    if not may(seat, "converse"):
        assert (status, code) == (403, "no_right")
        return
    if talk == "foreign":
        assert (status, code) == (404, "unknown_conversation")
        return
    covers = to == "own" or talk == "unknown"
    names = [str(one["id"]) for one in listed["colleagues"]] + [one["key"] for one in listed["queues"]]
    assert (str(wanted.get("to_staff") or key) in names) is covers
    assert (status, code) == ((200, "") if covers else (409, f"{receiver}_elsewhere"))


def _colleague(rows: Rows, prefix: str) -> int:
    """A lawyer of that region who is at the desk."""
    made = rows.put(staff, name=secrets.token_hex(8), password_hash="x", role="lawyer", regions=[prefix])
    rows.put(presence, staff_id=made["id"], status="online")
    return int(made["id"])


async def test_no_list_shows_what_is_of_a_foreign_region(world: World) -> None:
    def work(connection: Connection) -> None:
        rows = Rows(connection, SystemClock().now(), world.stranger, FOREIGN, MARK)
        rows.conversation()
        for maker in set(OF_REGIONS.values()):
            maker(rows)

    await world.database.write(work)
    lists = [route for route in ROUTES if route.method == "GET" and "{" not in route.path and not _endless(route.path)]
    # The trail is one chain of the whole country: who audits it has to see who acted in it.
    lists = [route for route in lists if route.right != "audit"]
    assert len(lists) > 8
    for route in lists:
        for role in ROLES:
            if may(world.seats[role][0], route.right):
                queries = (
                    ("", "?state=waiting", "?state=human", "?list=rules", "?list=person")
                    if route.path != "/desk"
                    else ("",)
                )
                for query in queries:
                    status, _, text = await world.ask(route, route.path + query, role)
                    assert status in (200, 400), route.path
                    assert MARK not in text, f"{role} {route.path}{query}"
