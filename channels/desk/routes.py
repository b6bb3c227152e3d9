"""Every address of the desk, with the right it asks for: what the matrix of roles and routes is tested against."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.desk.rights import Right
from channels.desk import (
    accounts,
    applications,
    audit,
    callbacks,
    calls,
    canned,
    cases,
    corrections,
    days_off,
    events,
    files,
    letters,
    login,
    matter_pages,
    matters,
    me,
    notes,
    oversight,
    pages,
    presence,
    queues,
    reading,
    replies,
    reviews,
    roster,
    topics,
    transfers,
)
from channels.desk.guard import guarded
from channels.desk.provider import RETURN_PATH

_CASE = "/desk/api/conversations/{id}"
_ACCOUNT = r"/desk/api/accounts/{id:\d{1,9}}"
_SWAP = r"/desk/api/roster/swaps/{id:\d{1,9}}"
_CANNED = r"/desk/api/canned/{number:\d{1,9}}"
_TOPIC = "{id:[a-z][a-z0-9_]*}"
_MATTER = r"/desk/api/matters/{number:\d{8}-\d{4,7}}"


@dataclass(frozen=True, slots=True)
class Route:
    """One address."""

    method: str
    path: str
    handler: Handler
    right: Right
    background: bool = False
    """Asked by pages themselves, again and again: it keeps no session from idling out."""

    @property
    def shows_page(self) -> bool:
        """Whether people look at it, rather than scripts."""
        return self.method == "GET" and not self.path.startswith("/desk/api/")


ROUTES = (
    Route("GET", "/desk", pages.queue, "queue"),
    Route("GET", "/desk/c/{conversation}", pages.conversation, "read"),
    Route("GET", "/desk/topics", topics.listed, "topics"),
    Route("GET", "/desk/topics/proposals", topics.proposals, "topics"),
    Route("GET", f"/desk/topics/{_TOPIC}", topics.one, "topics"),
    Route("GET", f"/desk/api/topics/{_TOPIC}/problems", topics.problems, "topics"),
    Route("POST", f"/desk/api/topics/{_TOPIC}/corrections", topics.correct, "topics"),
    Route("POST", r"/desk/api/proposals/{id:\d{1,9}}/{decision:accept|decline}", topics.decide, "topics_decide"),
    Route("POST", f"{_CASE}/corrections", corrections.correct, "topics"),
    Route("GET", "/desk/callbacks", callbacks.listed, "callbacks"),
    Route("POST", r"/desk/api/callbacks/{id:\d{1,9}}/{action:take|tried|done|failed}", callbacks.act, "callbacks"),
    Route("GET", letters.PLACE, letters.listed, "letters"),
    Route("POST", r"/desk/api/dead-letters/{id:\d{1,9}}/{action:again|sms|void}", letters.act, "letters"),
    Route("GET", "/desk/reviews", reviews.listed, "review"),
    Route("GET", "/desk/reviews/own", reviews.own, "appeal"),
    Route("GET", r"/desk/reviews/{id:\d{1,9}}", reviews.one, "appeal"),
    Route("POST", r"/desk/api/reviews/{id:\d{1,9}}/score", reviews.score, "review"),
    Route("POST", r"/desk/api/reviews/{id:\d{1,9}}/appeal", reviews.appeal, "appeal"),
    Route("POST", r"/desk/api/reviews/{id:\d{1,9}}/decide", reviews.decide, "review"),
    Route("GET", "/desk/roster", roster.week, "roster"),
    Route("GET", "/desk/api/roster/mine.ics", roster.calendar, "roster"),
    Route("POST", "/desk/api/roster/shifts", roster.add, "roster_edit"),
    Route("POST", r"/desk/api/roster/shifts/{id:\d{1,9}}/remove", roster.remove, "roster_edit"),
    Route("POST", r"/desk/api/roster/shifts/{id:\d{1,9}}/swap", roster.ask, "roster"),
    Route("POST", f"{_SWAP}/{{action:agree|decline|withdraw|confirm|refuse}}", roster.step, "roster"),
    Route("POST", "/desk/api/roster/import", roster.take_file, "roster_edit"),
    Route("POST", "/desk/api/roster/cover", roster.set_rules, "roster_edit"),
    Route("GET", "/desk/api/events", events.events, "own"),
    Route("GET", "/desk/api/conversations", cases.listed, "queue"),
    Route("GET", _CASE, cases.one, "read"),
    Route("POST", f"{_CASE}/claim", cases.claim, "converse"),
    Route("POST", f"{_CASE}/handback", cases.hand_back, "converse"),
    Route("POST", f"{_CASE}/close", cases.close, "converse"),
    Route("POST", f"{_CASE}/typing", cases.typing, "converse"),
    # Queues, presence and passing on.
    Route("POST", "/desk/api/next", cases.next_one, "converse"),
    Route("POST", f"{_CASE}/transfer", transfers.transfer, "converse"),
    Route("GET", f"{_CASE}/receivers", transfers.receivers, "converse"),
    Route("POST", "/desk/api/presence", presence.beat, "queue", background=True),
    Route("GET", "/desk/queues", queues.shown, "settings"),
    Route("GET", "/desk/api/queues", queues.listed, "queue"),
    Route("POST", "/desk/api/queues", queues.save, "settings"),
    # Working a conversation.
    Route("GET", "/desk/api/mine", reading.mine, "converse"),
    Route("GET", f"{_CASE}/messages", reading.earlier, "read"),
    Route("POST", f"{_CASE}/messages", replies.reply, "converse"),
    Route("GET", f"{_CASE}/suggestion", replies.suggestion, "converse"),
    Route("GET", "/desk/api/laws", replies.laws, "converse"),
    Route("POST", f"{_CASE}/read", reading.read, "converse", background=True),
    Route("GET", f"{_CASE}/notes", notes.listed, "read"),
    Route("POST", f"{_CASE}/notes", notes.add, "converse"),
    Route("GET", f"{_CASE}/call", calls.one, "read"),
    Route("GET", f"{_CASE}/recordings/{{name:[A-Za-z0-9._-]{{1,120}}}}", calls.listen, "read"),
    Route("POST", f"{_CASE}/recordings/{{action:delete|keep}}", calls.decide, "supervise"),
    Route("POST", f"{_CASE}/consult", notes.add, "converse"),
    Route("POST", f"{_CASE}/whisper", notes.add, "supervise"),
    Route("POST", f"{_CASE}/answer", notes.add, "supervise"),
    Route("POST", f"{_CASE}/watch", oversight.watch, "supervise"),
    Route("POST", f"{_CASE}/takeover", oversight.take_over, "supervise"),
    Route("GET", "/desk/files", files.shown, "read"),
    Route("GET", f"{_CASE}/files", files.listed, "read"),
    Route("POST", f"{_CASE}/files", files.send, "converse"),
    Route("GET", "/desk/api/files/{file:[0-9a-f]{32}}", files.download, "read"),
    Route("GET", f"{_CASE}/canned", canned.for_case, "converse"),
    Route("GET", "/desk/canned", canned.looked_after, "canned"),
    Route("GET", "/desk/api/canned", canned.listed, "canned"),
    Route("POST", "/desk/api/canned", canned.put, "canned"),
    Route("PUT", _CANNED, canned.put, "canned"),
    Route("DELETE", _CANNED, canned.remove, "canned"),
    Route("POST", f"{_CANNED}/used", canned.used, "converse"),
    # Matters, applications, clocks
    Route("GET", "/desk/matters", matter_pages.matters, "read"),
    Route("GET", r"/desk/matters/{number:\d{8}-\d{4,7}}", matter_pages.matter, "read"),
    Route("GET", "/desk/api/matters", matters.listed, "read"),
    Route("GET", _MATTER, matters.one, "read"),
    Route("POST", f"{_MATTER}/actions/{{action:[a-z_]{{3,16}}}}", matters.act, "matter"),
    Route("POST", f"{_MATTER}/edit", matters.edit, "matter"),
    Route("POST", f"{_MATTER}/links", matters.link, "matter"),
    Route("POST", f"{_MATTER}/parties", matters.party, "matter"),
    Route("POST", f"{_MATTER}/override", matters.override, "supervise"),
    Route("POST", r"/desk/api/referrals/{id:\d{1,9}}/{state:accepted|declined|done}", matters.referral, "matter"),
    Route("POST", r"/desk/api/applications/{id:\d{1,9}}/{action:[a-z_]{3,16}}", applications.decide, "aid"),
    Route("GET", "/desk/api/filters", matter_pages.filters, "own"),
    Route("POST", "/desk/api/filters", matter_pages.save_filter, "own"),
    Route("DELETE", r"/desk/api/filters/{id:\d{1,9}}", matter_pages.forget_filter, "own"),
    Route("GET", "/desk/api/notices", matter_pages.notices, "own"),
    Route("POST", "/desk/api/notices/read", matter_pages.read_notices, "own"),
    Route("GET", "/desk/days-off", days_off.shown, "settings"),
    Route("GET", "/desk/api/days-off", days_off.listed, "settings"),
    Route("POST", "/desk/api/days-off", days_off.enter, "settings"),
    Route("POST", "/desk/api/days-off/paste", days_off.paste, "settings"),
    # Accounts and audit.
    Route("GET", "/desk/me", me.shown, "own"),
    Route("POST", "/desk/api/me/password", me.change_password, "own"),
    Route("POST", "/desk/api/me/extension", me.change_extension, "own"),
    Route("POST", "/desk/api/me/factor", me.begin_factor, "own"),
    Route("POST", "/desk/api/me/factor/confirm", me.confirm_factor, "own"),
    Route("POST", "/desk/api/me/factor/drop", me.drop_factor, "own"),
    Route("POST", "/desk/api/me/sessions/{key:[0-9a-f]{16}}/end", me.end_session, "own"),
    Route("GET", "/desk/accounts", accounts.shown, "accounts"),
    Route("POST", "/desk/api/accounts", accounts.add, "accounts"),
    Route("POST", _ACCOUNT, accounts.change, "accounts"),
    Route("POST", f"{_ACCOUNT}/{{action:disable|enable|password|factor|sessions}}", accounts.act, "accounts"),
    Route("GET", "/desk/audit", audit.shown, "audit"),
    Route("GET", "/desk/audit/export", audit.export, "audit"),
    Route("POST", "/desk/api/audit/prove", audit.prove, "audit"),
)
"""All but sign-in, which asks for no right."""


def add_desk_routes(router: web.UrlDispatcher) -> None:
    """Put the desk's routes on the router, each behind its check."""
    router.add_get("/desk/login", login.shown)
    router.add_post("/desk/login", login.sign_in)
    router.add_get("/desk/login/code", login.code_shown)
    router.add_post("/desk/login/code", login.code)
    router.add_get("/desk/login/oidc", login.to_provider, allow_head=False)
    router.add_get(RETURN_PATH, login.from_provider, allow_head=False)
    router.add_post("/desk/logout", login.logout)
    for route in ROUTES:
        checked = guarded(
            route.handler, route.right, shows_page=route.shows_page, background=route.background, path=route.path
        )
        if route.method == "GET":
            router.add_get(route.path, checked, allow_head=route.path != "/desk/api/events")
        else:
            router.add_route(route.method, route.path, checked)
    router.add_static("/desk/static", pages.STATIC)
