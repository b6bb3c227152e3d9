"""What the seat sees first of a conversation that is handed over."""

from __future__ import annotations

from typing import Any

from bot.interviews.conclude import Conclusions
from bot.interviews.facts import Facts
from bot.interviews.topic import Topic
from bot.interviews.wording import fact_text


def summary(topic: Topic, facts: Facts, conclusions: Conclusions | None) -> dict[str, Any]:
    """What the seat sees first: topic and facts and, where they were drawn, the findings and deadlines of so far."""
    return {
        "topic": topic.name,
        "facts": [
            {"label": topic.fact(fact_id).label, "value": fact_text(topic.fact(fact_id), told), "said": told.said}
            for fact_id, told in facts.items()
            if told.answered
        ],
        "findings": [] if conclusions is None else [one.finding.title for one in conclusions.findings],
        "deadlines": [] if conclusions is None else [one.text for one in conclusions.deadlines],
    }
