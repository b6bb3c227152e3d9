"""The pages of quality review: the lists, one sheet, and what is done with it."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.desk.afterwards.review import STATES, Review, ReviewState
from bot.desk.afterwards.sheet import Kind, criteria
from bot.desk.refused import Refused
from bot.desk.rights import may
from channels.body import json_answer, read_object, text_field
from channels.desk.pages import page
from channels.desk.refusals import refused
from channels.desk.session import signed
from channels.errors import ApiError
from channels.services import services

_LISTS: tuple[tuple[str, str], ...] = (
    ("drawn", "待我评分"),
    ("appealed", "申诉"),
    ("person", "人工评分"),
    ("rules", "自动评分"),
)


async def listed(request: web.Request) -> web.Response:
    """GET /desk/reviews?list=drawn|appealed|person|rules"""
    session, parts = signed(request), services(request)
    chosen = request.query.get("list", "drawn")
    kind: Kind = "rules" if chosen == "rules" else "person"
    state: ReviewState | None = "drawn" if chosen == "drawn" else "appealed" if chosen == "appealed" else None
    found = await parts.reviews.listed(session.seat, kind, state)
    return page(
        "reviews.html",
        session=session,
        here="/desk/reviews",
        chosen=chosen,
        lists=_LISTS,
        reviews=found,
        states=STATES,
        averages=await parts.reviews.averages(session.seat),
    )


async def own(request: web.Request) -> web.Response:
    """GET /desk/reviews/own: the sheets about oneself."""
    session, parts = signed(request), services(request)
    both: list[Review] = []
    for kind in ("person", "rules"):
        both += await parts.reviews.listed(session.seat, kind, None, own=True)
    return page(
        "reviews.html",
        session=session,
        here="/desk/reviews/own",
        chosen="own",
        lists=(),
        reviews=[one for one in both if one.state != "drawn"],
        states=STATES,
        averages=(),
    )


async def one(request: web.Request) -> web.Response:
    """GET /desk/reviews/{id}"""
    session, parts = signed(request), services(request)
    review = await parts.reviews.one(int(request.match_info["id"]), session.seat)
    mine = review is not None and review.staff == session.seat.id
    reviews = may(session.seat, "review")
    if review is None or not (mine or reviews) or (mine and review.state == "drawn"):
        raise ApiError(404, "unknown_review", "没有这份评分。")
    return page(
        "review.html",
        session=session,
        here="/desk/reviews" if reviews else "/desk/reviews/own",
        review=review,
        states=STATES,
        criteria=criteria("person").values(),
        mine=mine,
        reviews=reviews and not mine,
        decides=reviews and not mine and review.reviewer != session.seat.id,
    )


async def score(request: web.Request) -> web.Response:
    """POST /desk/api/reviews/{id}/score with {"points": {criterion: points}, "comment"}"""
    body = await read_object(request)
    try:
        await services(request).reviews.score(
            int(request.match_info["id"]), signed(request).seat, _points(body), text_field(body, "comment")
        )
    except Refused as error:
        raise refused(error) from None
    return json_answer({})


async def appeal(request: web.Request) -> web.Response:
    """POST /desk/api/reviews/{id}/appeal with {"text"}"""
    body = await read_object(request)
    try:
        await services(request).reviews.appeal(
            int(request.match_info["id"]), signed(request).seat, text_field(body, "text")
        )
    except Refused as error:
        raise refused(error) from None
    return json_answer({})


async def decide(request: web.Request) -> web.Response:
    """POST /desk/api/reviews/{id}/decide with {"answer", "points"?}"""
    body = await read_object(request)
    points = _points(body) if body.get("points") is not None else None
    try:
        await services(request).reviews.decide(
            int(request.match_info["id"]), signed(request).seat, points, text_field(body, "answer")
        )
    except Refused as error:
        raise refused(error) from None
    return json_answer({})


def _points(body: dict[str, Any]) -> dict[str, int]:
    points = body.get("points")
    if not isinstance(points, dict) or any(type(one) is not int for one in points.values()):
        raise ApiError(400, "bad_points", "points 应为每一项的整数分。")
    return points
