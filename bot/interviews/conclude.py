"""Draws the conclusions of a topic from the facts: findings, deadlines, advice and who must take over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.interviews.calculation import Calculation
from bot.interviews.calculators.registry import CALCULATORS
from bot.interviews.conditions.known import Known
from bot.interviews.conditions.outlook import Outlook
from bot.interviews.facts import Facts, known
from bot.interviews.plan import plan
from bot.interviews.term import end_of_term
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Apply, Deadline, Finding, HandoffRule, LegalAid, Line, LookUp, Reference
from bot.interviews.wording import day_text, fill

NEAR = 3
"""Days: a deadline that ends within them is a person's, without asking. Over a weekend, when neither court nor office
is open, three leave one working day to act; a term that was missed is not given back for the asking."""
_ABOUT = "您说的数里有的是大概的，准确数额要按实际的数再算。"
_DEPENDS = "（您说的{labels}是大概的，差一点结论就可能不一样，请尽量查准。）"


Ends = Sequence[tuple[str, Known]]
"""(label of the fact, what is known) for the ends of ranges."""


@dataclass(frozen=True, slots=True)
class Concluded:
    """A finding that holds."""

    finding: Finding
    text: str
    calculation: Calculation | None
    missing: tuple[str, ...]
    """Labels of the facts without which it could not be calculated."""


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline that applies."""

    deadline: Deadline
    text: str
    last_day: date | None
    """None while the day it runs from is unknown."""
    days_left: int | None
    """Negative when it has passed."""
    soon: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class Takeover:
    """A person must take over."""

    reason: str
    priority: str
    """urgent, high or normal"""
    say: str
    kind: str
    """rule or deadline"""
    offered: bool = False
    """Only if the citizen wants it."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where to go."""

    text: str
    phone: str


@dataclass(frozen=True, slots=True)
class Conclusions:
    """Everything that follows from the facts so far; texts are filled in."""

    findings: tuple[Concluded, ...]
    open: tuple[str, ...]
    """What cannot be said because the citizen does not know something."""
    deadlines: tuple[Due, ...]
    evidence: tuple[str, ...]
    where: tuple[Where, ...]
    steps: tuple[str, ...]
    legal_aid: LegalAid | None
    legal_aid_text: str
    takeovers: tuple[Takeover, ...]
    application: Apply | None
    """What can be applied for now."""
    look_ups: tuple[LookUp, ...]
    references: tuple[Reference, ...]


def conclude(topic: Topic, facts: Facts, today: date) -> Conclusions:
    """The conclusions on `today`. Pure; asking in the middle of the interview gives what is certain so far."""
    now = known(topic, facts, today)
    ends = tuple(_ends(topic, facts, today))
    findings = tuple(
        _cautious(topic, _concluded(topic, one, facts, now), ends)
        for one in topic.findings
        if _holds(topic, one.when, now)
    )
    deadlines = tuple(_due(topic, one, facts, now) for one in topic.deadlines if _applies(topic, one, facts, now))
    aid = topic.legal_aid if topic.legal_aid is not None and _holds(topic, topic.legal_aid.when, now) else None
    return Conclusions(
        findings=findings,
        open=tuple(_open(topic, facts, now, ends)),
        deadlines=deadlines,
        evidence=_lines(topic, topic.evidence, facts, now),
        where=tuple(
            Where(fill(one.say, topic, facts), one.phone) for one in topic.where if _holds(topic, one.when, now)
        ),
        steps=_lines(topic, topic.steps, facts, now),
        legal_aid=aid,
        legal_aid_text=fill(aid.say, topic, facts) if aid is not None else "",
        takeovers=(
            *(_takeover(topic, one, facts) for one in topic.handoff if _holds(topic, one.when, now)),
            *(_urgent(one) for one in deadlines if one.soon),
        ),
        application=topic.apply if topic.apply is not None and _holds(topic, topic.apply.when, now) else None,
        look_ups=tuple(one for one in topic.look_up if _holds(topic, one.when, now)),
        references=_references(findings, deadlines, aid),
    )


def _ends(topic: Topic, facts: Facts, today: date) -> Iterator[tuple[str, Known]]:
    """For every answer that leaves a range, what is known if its lower or its upper end were meant."""
    for fact_id, told in facts.items():
        if told.value is not None and told.low is not None and told.high is not None and told.low != told.high:
            for end in (told.low, told.high):
                yield topic.fact(fact_id).label, known(topic, {**facts, fact_id: replace(told, value=end)}, today)


def _cautious(topic: Topic, concluded: Concluded, ends: Ends) -> Concluded:
    """The finding, with a word of caution where it holds only for part of a range that was told."""
    labels = dict.fromkeys(label for label, end in ends if not _holds(topic, concluded.finding.when, end))
    if not labels:
        return concluded
    return replace(concluded, text=concluded.text + _DEPENDS.format(labels="、".join(labels)))


def _holds(topic: Topic, source: str, now: Known) -> bool:
    return plan(topic).expressions[source].truth(now) is True


def _lines(topic: Topic, lines: Sequence[Line], facts: Facts, now: Known) -> tuple[str, ...]:
    return tuple(fill(line.say, topic, facts) for line in lines if _holds(topic, line.when, now))


def _takeover(topic: Topic, rule: HandoffRule, facts: Facts) -> Takeover:
    return Takeover(fill(rule.reason, topic, facts), rule.priority, fill(rule.say, topic, facts), "rule")


def _concluded(topic: Topic, finding: Finding, facts: Facts, now: Known) -> Concluded:
    calculation: Calculation | None = None
    missing: tuple[str, ...] = ()
    if finding.calculate is not None:
        calculator = CALCULATORS[finding.calculate.use]
        arguments = {
            name: plan(topic).expressions[source].value(now) for name, source in finding.calculate.with_.items()
        }
        calculation = calculator.run(arguments, now.today)
        if calculation is None:
            required = {parameter.name for parameter in calculator.parameters if parameter.required}
            wanted = {
                fact
                for name, source in finding.calculate.with_.items()
                if arguments[name] is None and (name in required or not required)
                for fact in plan(topic).expressions[source].names
            }
            missing = tuple(fact.label for fact in topic.facts if fact.id in wanted and fact.id not in now.values)
    if calculation is not None and finding.calculate is not None:
        used = {fact for source in finding.calculate.with_.values() for fact in plan(topic).expressions[source].names}
        if any(facts[one].low is not None and facts[one].low != facts[one].high for one in used if one in facts):
            calculation = replace(calculation, note=calculation.note + _ABOUT)
    more = {"total": calculation.total_text} if calculation is not None else {}
    return Concluded(finding, fill(finding.say, topic, facts, more), calculation, missing)


def _is_open(outlook: Outlook, facts: Facts) -> bool:
    """Undecided for want of an answer; a question that does not apply leaves nothing open."""
    if outlook.decided is not None or outlook.outcomes == {False}:
        return False
    unknown = any(one in facts and facts[one].unknown for one in outlook.stuck)
    return unknown or (True in outlook.outcomes and bool(outlook.open))


def _open(topic: Topic, facts: Facts, now: Known, ends: Ends) -> list[str]:
    texts: list[str] = []
    for finding in topic.findings:
        outlook = plan(topic).expressions[finding.when].outlook(now)
        perhaps = outlook.decided is False and any(_holds(topic, finding.when, end) for _, end in ends)
        if finding.unless_known and (perhaps or _is_open(outlook, facts)):
            texts.append(fill(finding.unless_known, topic, facts))
    return texts


def _applies(topic: Topic, deadline: Deadline, facts: Facts, now: Known) -> bool:
    """Better to tell a deadline that may not apply than to keep silent about one that does."""
    outlook = plan(topic).expressions[deadline.when].outlook(now)
    return outlook.decided is True or _is_open(outlook, facts)


def _due(topic: Topic, deadline: Deadline, facts: Facts, now: Known) -> Due:
    start = now.values.get(deadline.from_)
    if not isinstance(start, date) or not _holds(topic, deadline.when, now):
        return Due(deadline, fill(deadline.open, topic, facts), None, None, False, False)
    end = end_of_term(deadline, start)
    left = (end - now.today).days
    more = {"last_day": day_text(end), "days_left": str(max(left, 0))}
    overdue = left < 0
    text = fill(deadline.overdue if overdue else deadline.say, topic, facts, more)
    return Due(deadline, text, end, left, 0 <= left <= deadline.soon_days, overdue)


def _urgent(due: Due) -> Takeover:
    day = day_text(due.last_day) if due.last_day is not None else ""
    left = due.days_left if due.days_left is not None else NEAR + 1
    when = {0: f"就在今天（{day}）", 1: f"就在明天（{day}）"}.get(left, f"很近了，最后一天是{day}")
    offered = left > NEAR
    then = "我可以请值班律师马上帮您看一看。" if offered else "我这就请值班律师来帮您，您前面说的都会转过去。"
    return Takeover(
        reason=f"期限将到：{due.deadline.title}（{day}）",
        priority="urgent" if left <= 1 else "high",
        say=f"您的期限{when}。{then}",
        kind="deadline",
        offered=offered,
    )


def _references(findings: Sequence[Concluded], deadlines: Sequence[Due], aid: LegalAid | None) -> tuple[Reference, ...]:
    found: dict[str, Reference] = {}
    for one in findings:
        for reference in one.finding.refer:
            found.setdefault(reference.title, reference)
        if one.calculation is not None and one.finding.calculate is not None:
            for title, note in CALCULATORS[one.finding.calculate.use].refers:
                found.setdefault(title, Reference(title=title, note=note))
    for due in deadlines:
        for reference in due.deadline.refer:
            found.setdefault(reference.title, reference)
    for reference in aid.refer if aid is not None else ():
        found.setdefault(reference.title, reference)
    return tuple(found.values())
