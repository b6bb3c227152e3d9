"""The pages about topics, for lawyers: the list, one topic with its diagram, the proposed corrections."""

from __future__ import annotations

from collections import Counter

from aiohttp import web

from bot.desk.proposal import ProposalState
from bot.desk.rights import may
from bot.interviews.outline import outline
from bot.interviews.problem_words import problem_words
from bot.interviews.topic import Topic
from bot.interviews.topic_search import search_topics
from channels.body import json_answer, read_object, text_field
from channels.desk.diagram import diagram
from channels.desk.pages import page
from channels.desk.session import signed
from channels.desk.topic_view import AREAS, cited_articles, topic_groups
from channels.errors import ApiError
from channels.services import services

_DECISIONS: dict[str, ProposalState] = {"accept": "accepted", "decline": "declined"}
STATES = {"proposed": "待处理", "accepted": "已采纳", "declined": "未采纳"}


async def listed(request: web.Request) -> web.Response:
    """GET /desk/topics?q=&area="""
    session = signed(request)
    topics = await services(request).topics.all()
    query, area = request.query.get("q", "")[:100], request.query.get("area", "")
    found = [one for one in search_topics(topics.values(), query) if area in ("", one.topic.area)]
    counts = Counter(topic.area for topic in topics.values())
    return page(
        "topics.html",
        session=session,
        here="/desk/topics",
        query=query,
        area=area,
        areas=[(one, AREAS.get(one, one), count) for one, count in counts.most_common()],
        area_names=AREAS,
        found=[(one, outline(one.topic)) for one in found],
        total=len(topics),
    )


async def one(request: web.Request) -> web.Response:
    """GET /desk/topics/{id}"""
    session = signed(request)
    parts = services(request)
    topic = await _topic(request)
    titles = await parts.topics.titles()
    whole = outline(topic)
    return page(
        "topic.html",
        session=session,
        here="/desk/topics",
        topic=topic,
        area=AREAS.get(topic.area, topic.area),
        outline=whole,
        diagram=diagram(whole, titles),
        groups=topic_groups(topic, titles, await cited_articles(topic, parts.laws)),
    )


async def proposals(request: web.Request) -> web.Response:
    """GET /desk/topics/proposals"""
    session = signed(request)
    parts = services(request)
    topics = await parts.topics.all()
    return page(
        "proposals.html",
        session=session,
        here="/desk/topics",
        proposals=await parts.topics.records.listed(),
        names={topic.id: topic.name for topic in topics.values()},
        states=STATES,
        may_decide=may(session.seat, "topics_decide"),
    )


async def problems(request: web.Request) -> web.Response:
    """GET /desk/api/topics/{id}/problems"""
    found = await services(request).topics.problems(await _topic(request))
    return json_answer({"problems": [problem_words(str(one.where), one.message) for one in found]})


async def correct(request: web.Request) -> web.Response:
    """POST /desk/api/topics/{id}/corrections: tried, and with `keep` true proposed if nothing is wrong."""
    session = signed(request)
    body = await read_object(request)
    topic = await _topic(request)
    verdict = await services(request).topics.correct(
        topic.id,
        text_field(body, "key"),
        text_field(body, "value"),
        text_field(body, "reason"),
        session.seat,
        body.get("keep") is True,
    )
    return json_answer(
        {
            "problems": list(verdict.problems),
            "patch": verdict.patch,
            "scenario": verdict.scenario,
            "number": verdict.number,
        },
        201 if verdict.number is not None else 200,
    )


async def decide(request: web.Request) -> web.Response:
    """POST /desk/api/proposals/{id}/accept|decline"""
    session = signed(request)
    parts = services(request)
    state = _DECISIONS[request.match_info["decision"]]
    if not await parts.topics.records.decide(int(request.match_info["id"]), session.seat, state, parts.clock.now()):
        raise ApiError(409, "decided", "没有这条修改建议，或者已经处理过了。")
    return json_answer({"state": state})


async def _topic(request: web.Request) -> Topic:
    topics = await services(request).topics.all()
    try:
        return topics[request.match_info["id"]]
    except KeyError:
        raise ApiError(404, "unknown_topic", "没有这个主题。") from None
