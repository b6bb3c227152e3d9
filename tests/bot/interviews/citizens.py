"""Realistic citizens for the simulation: the ordinary ways each kind of problem goes, and how likely each is."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta

from bot.interviews.facts import FactValue, Plain
from bot.interviews.interview import Interview
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact

TODAY = date(2026, 11, 23)
USUAL = {"amount": 50_000.0, "duration": 120.0, "count": 20.0, "percent": 100.0}
UNSURE = 1 / 12
"""Share of answers that are 「不清楚」."""

Person = Mapping[str, Plain]
"""What is certain of this person by fact; what it leaves open is drawn."""

ORDINARY: dict[str, tuple[tuple[int, Person], ...]] = {
    "consumer_refund": (
        (4, {"problem": "quality", "channel": "online"}),
        (3, {"problem": "change_mind", "channel": "shop"}),
        (3, {"problem": "not_delivered"}),
        (2, {"problem": "fake", "channel": "online", "buyer": "unaware"}),
        (2, {"problem": "overcharge"}),
        (1, {"problem": "hurt", "severity": "slight"}),
    ),
    "custody": (
        (4, {"need": "fight", "together": "still_married", "age": 5.0, "other_side": "fine"}),
        (3, {"need": "support", "together": "parted", "paper": "agreement"}),
        (2, {"need": "change", "together": "parted", "age": 9.0, "other_side": "careless"}),
        (2, {"need": "visit", "together": "parted"}),
    ),
    "dismissal": (
        (5, {"how": "fired", "reason": "no_reason", "protection": "none"}),
        (2, {"how": "fired", "reason": "misconduct", "protection": "none"}),
        (2, {"how": "layoff", "protection": "none"}),
        (2, {"how": "forced"}),
        (1, {"how": "fired", "reason": "incompetent", "protection": "pregnant"}),
    ),
    "divorce": (
        (5, {"status": "registered", "agree": "refuses", "sued_before": "never_sued", "special": "nothing_special"}),
        (2, {"status": "registered", "agree": "refuses", "sued_before": "refused", "special": "nothing_special"}),
        (2, {"status": "registered", "agree": "terms_open", "special": "nothing_special", "property": "shared"}),
        (2, {"status": "registered", "agree": "settled"}),
    ),
    "domestic_violence": (
        (4, {"safe_now": "same_roof", "relation": "spouse", "harm": "beaten"}),
        (3, {"safe_now": "away", "relation": "spouse", "harm": "beaten", "injury": "slight"}),
        (1, {"safe_now": "away", "relation": "former", "harm": "threatened"}),
        (1, {"safe_now": "unsafe"}),
    ),
    "no_contract": (
        (5, {"relation": "employee", "contract_state": "never", "still_there": True}),
        (3, {"relation": "employee", "contract_state": "never", "still_there": False}),
        (1, {"relation": "employee", "contract_state": "late"}),
    ),
    "overtime": (
        (4, {"pay_type": "monthly", "arranged": "ordered", "kinds": "weekday", "still_there": True}),
        (3, {"pay_type": "monthly", "arranged": "ordered", "kinds": "both", "still_there": False}),
        (2, {"pay_type": "monthly", "arranged": "workload", "kinds": "restday"}),
        (1, {"pay_type": "piece", "arranged": "ordered"}),
    ),
    "private_loan": (
        (5, {"role": "lender", "proof": "iou", "due": "fixed", "interest": "interest_free"}),
        (3, {"role": "lender", "proof": "transfer", "due": "open_date", "interest": "interest_free"}),
        (2, {"role": "lender", "proof": "iou", "due": "fixed", "interest": "monthly"}),
        (1, {"role": "borrower"}),
        (1, {"role": "guarantor"}),
    ),
    "rental_deposit": (
        (4, {"how_ended": "expired", "ground": "silent"}),
        (3, {"how_ended": "expired", "ground": "wear"}),
        (3, {"how_ended": "tenant_early", "ground": "breach", "contract": "fixed"}),
        (1, {"how_ended": "not_moved_in", "who_backed_out": "me"}),
    ),
    "traffic_accident": (
        (5, {"side": "victim", "hurt": "heavy", "kinds": "motor_person", "other_car": "insured"}),
        (3, {"side": "victim", "hurt": "light", "kinds": "motor_person", "other_car": "insured"}),
        (2, {"side": "victim", "hurt": "property_only", "kinds": "motor_motor"}),
        (1, {"side": "driver"}),
    ),
    "unpaid_wages": (
        (5, {"relation": "employee", "still_employed": True}),
        (5, {"relation": "employee", "still_employed": False, "why_left": "unpaid"}),
        (2, {"relation": "helper"}),
    ),
    "work_injury": (
        (5, {"severity": "serious", "cause": "at_work", "relation": "employee", "recognised": "not_yet"}),
        (3, {"severity": "serious", "cause": "at_work", "relation": "employee", "recognised": "yes_recognised"}),
        (2, {"severity": "light", "cause": "commute", "road_fault": "not_main", "relation": "employee"}),
        (1, {"severity": "serious", "cause": "at_work", "relation": "contractor"}),
    ),
}
"""(weight, person) of each topic: the employee, the contested divorce, the injured worker above all.

Of a topic that is not listed nothing is certain: its citizens answer anything."""


def draw_person(topic: Topic, draw: random.Random) -> Person:
    """One ordinary person."""
    persons = ORDINARY.get(topic.id, ((1, {}),))
    return draw.choices([person for _, person in persons], [weight for weight, _ in persons])[0]


def answer(fact: Fact, draw: random.Random, person: Person | None = None) -> FactValue:
    """The person's answer where it is certain, else a plausible one; now and then 「不清楚」."""
    if person is not None and fact.id in person:
        return FactValue(person[fact.id])
    if draw.random() < UNSURE:
        return FactValue(None, True)
    match fact.type:
        case "choice":
            return FactValue(draw.choice(fact.options).value)
        case "yes_no":
            return FactValue(draw.random() < 0.5)
        case "date":
            return FactValue((TODAY - timedelta(days=draw.randint(1, 700))).isoformat())
        case "place" | "text":
            return FactValue("北京")
    low = fact.min if fact.min is not None else 0.0
    high = min(fact.max if fact.max is not None else USUAL[fact.type], USUAL[fact.type])
    return FactValue(float(round(draw.uniform(low, max(low, high)))))


def ask_all(topic: Topic, facts: dict[str, FactValue], draw: random.Random, person: Person | None = None) -> list[str]:
    """Answers every question into `facts`; the facts asked, in order."""
    asked: list[str] = []
    while (question := Interview(topic, facts, TODAY).next_question()) is not None:
        facts[question.fact] = answer(topic.fact(question.fact), draw, person)
        asked.append(question.fact)
        assert len(asked) <= len(topic.facts), f"{topic.id} asks without end"
    return asked
