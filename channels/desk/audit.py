"""The audit trail, for auditors: searched, exported, its chain proved."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from aiohttp import web

from bot.desk.trail import PAGE, Wanted, actor_name, kinds, subject_name
from bot.desk.trail_words import action_name
from channels.body import json_answer
from channels.desk.pages import page
from channels.desk.session import signed
from channels.errors import ApiError
from channels.services import services


async def shown(request: web.Request) -> web.Response:
    """GET /desk/audit?person=&action=&subject=&since=&until=&below="""
    session = signed(request)
    trail = services(request).trail
    wanted, query = (
        _wanted(request),
        {name: value for name, value in request.query.items() if name in _FIELDS and value},
    )
    below = request.query.get("below", "")
    if below and not (below.isascii() and below.isdigit() and len(below) <= 9):
        raise ApiError(400, "bad_parameter", "参数 below 应为编号。")
    found = await trail.look(session.seat, wanted, int(below) if below else None)
    people = await trail.people()
    return page(
        "audit.html",
        session=session,
        here="/desk/audit",
        entries=found,
        who=lambda actor: actor_name(actor, people) or actor,
        what=lambda entry: subject_name(entry, people),
        words=action_name,
        people=people,
        actions=kinds(await trail.actions()),
        asked=query,
        export=urlencode(query),
        older=urlencode({**query, "below": found[-1].id}) if len(found) == PAGE else "",
    )


async def export(request: web.Request) -> web.StreamResponse:
    """GET /desk/audit/export?person=&action=&subject=&since=&until= : lines of JSON."""
    session = signed(request)
    parts = services(request)
    wanted = _wanted(request)
    name = f"audit-{parts.clock.now():%Y%m%d-%H%M%S}.jsonl"
    response = web.StreamResponse(
        headers={
            "Content-Type": "application/jsonl; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        }
    )
    lines = await parts.trail.export(wanted, session.seat)
    await response.prepare(request)
    async for line in lines:
        await response.write(f"{line}\n".encode())
    return response


async def prove(request: web.Request) -> web.Response:
    """POST /desk/api/audit/prove"""
    proof = await services(request).trail.prove(signed(request).seat)
    if proof.fault is not None:
        text = f"审计链断了：{proof.fault.text}在它之前的 {proof.proved} 条核对无误。请马上保留数据库并报告。"
    else:
        text = f"审计链完整：{proof.proved} 条记录逐条核对无误，最后一条是第 {proof.last} 条。"
    if proof.older:
        text += f"另有 {proof.older} 条是启用审计链之前的记录，没有可以核对的依据。"
    return json_answer(
        {
            "whole": proof.fault is None,
            "text": text,
            "proved": proof.proved,
            "older": proof.older,
            "last": proof.last,
            "hash": proof.hash,
        }
    )


_FIELDS = ("person", "action", "subject", "since", "until")


def _wanted(request: web.Request) -> Wanted:
    """Raises ApiError 400."""
    person, action, subject, since, until = (request.query.get(name, "").strip()[:64] for name in _FIELDS)
    actor = f"staff:{person}" if person.isascii() and person.isdigit() else person  # or cli, citizen, nobody
    return Wanted(actor, action, subject, _day(since), _day(until))


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ApiError(400, "bad_parameter", "日期应写作 2026-11-23。") from None
