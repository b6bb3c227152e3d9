"""One kind of legal problem as its file under training_data/topics/ writes it; see docs/topics.md."""

# Over 400 lines on purpose: it is the whole schema of docs/topics.md on one page, loader included.

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, StringConstraints, model_validator

from bot.interviews.authored import AuthoredError, read_authored
from bot.interviews.cited import read_cited
from bot.interviews.condition import ConditionError, Expression, Kind, Name, parse_condition, parse_value

FactType = Literal["choice", "yes_no", "amount", "duration", "date", "count", "percent", "place", "text"]

_KINDS: dict[str, Kind] = {
    "choice": Kind.CHOICE,
    "yes_no": Kind.BOOL,
    "amount": Kind.NUMBER,
    "duration": Kind.NUMBER,
    "count": Kind.NUMBER,
    "percent": Kind.NUMBER,
    "date": Kind.DATE,
    "place": Kind.TEXT,
    "text": Kind.TEXT,
}
_RESERVED = {"today", "yes", "no", "true", "false", "known", "total", "last_day", "days_left", "and", "or", "not", "in"}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


def _cited(text: object) -> object:
    if isinstance(text, str):
        read_cited(text)
    return text


Cited = Annotated[Words, BeforeValidator(_cited)]


class Part(BaseModel):
    """Any part of an authored file: unknown keys are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Checked(Part):
    """When the topic was last read against the law, and against which versions."""

    on: date
    laws: dict[Words, date]
    """Full title: version date."""


class Option(Part):
    """One answer to a choice."""

    value: Id
    label: Words
    says: tuple[Words, ...] = ()
    """Phrases that mean this option, also when told before the question."""
    answers: tuple[Words, ...] = ()
    """Phrases that mean it only as the answer to this very question."""
    combines: tuple[Id, ...] = ()
    """Other options that, said together, mean this one."""


class Fact(Part):
    """Something the interview may ask."""

    id: Id
    label: Words
    type: FactType
    question: Words
    why: Words
    why_cite: tuple[Cited, ...] = ()
    help: str = ""
    options: tuple[Option, ...] = ()
    when: Words | None = None
    cues: tuple[Words, ...] = ()
    says_yes: tuple[Words, ...] = ()
    """Phrases that answer a yes_no fact with yes, also when it was not asked."""
    says_no: tuple[Words, ...] = ()
    answers_yes: tuple[Words, ...] = ()
    """Phrases that answer a yes_no fact with yes only when it was asked."""
    answers_no: tuple[Words, ...] = ()
    unit: str = ""
    min: float | None = None
    max: float | None = None
    future: bool = False
    """A date in the future is plausible."""
    confirm: bool = False
    implies: dict[Id, Words | bool] = Field(default_factory=dict)
    """Answers that go without saying once this one is told: option value or, for yes_no, true or false."""
    estimate: Words | None = None
    """A number computed from other facts, taken until the citizen names one."""
    estimate_when: Words = "true"
    """The estimate is taken only while this is true."""

    @property
    def name(self) -> Name:
        """The fact as the expression language sees it."""
        return Name(_KINDS[self.type], tuple(option.value for option in self.options))

    @property
    def asked(self) -> bool:
        """False for `when: "false"`: taken when the citizen mentions it, never asked."""
        return self.when != "false"

    @model_validator(mode="after")
    def _consistent(self) -> Fact:
        if self.id in _RESERVED:
            raise ValueError(f"{self.id!r} is a word of the condition language; choose another id")
        if (self.type == "choice") != bool(self.options):
            raise ValueError("a choice needs options, and nothing else may have them")
        if self.type == "choice" and len(self.options) < 2:
            raise ValueError("a choice needs at least two options")
        if len({option.value for option in self.options}) < len(self.options):
            raise ValueError("two options have the same value")
        if self.type == "amount" and self.unit not in {"", "yuan"}:
            raise ValueError("the unit of an amount is yuan")
        if self.type == "duration" and self.unit not in {"days", "months", "years"}:
            raise ValueError("a duration needs unit: days, months or years")
        if self.type not in {"amount", "duration", "count"} and self.unit:
            raise ValueError(f"a {self.type} has no unit")
        if _KINDS[self.type] is not Kind.NUMBER and (self.min is not None or self.max is not None):
            raise ValueError(f"min and max are for numbers; this is a {self.type}")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min is above max")
        if (self.says_yes or self.says_no or self.answers_yes or self.answers_no) and self.type != "yes_no":
            raise ValueError("says_yes, says_no, answers_yes and answers_no are for yes_no")
        if self.estimate is not None and self.type not in {"amount", "duration", "count"}:
            raise ValueError("an estimate is for amounts, durations and counts")
        if self.estimate is None and self.estimate_when != "true":
            raise ValueError("estimate_when needs an estimate")
        if {one for option in self.options for one in option.combines} - {option.value for option in self.options}:
            raise ValueError("an option combines other options of the same fact")
        if self.future and self.type != "date":
            raise ValueError("future is for dates")
        return self


class Reference(Part):
    """A rule outside the index; told as such, never as a citation."""

    title: Words
    note: Words


class Calculate(Part):
    """Which calculator, with which expressions as arguments."""

    use: Id
    with_: dict[Id, Annotated[str, BeforeValidator(lambda v: str(v) if isinstance(v, int | float) else v)]] = Field(
        alias="with"
    )


class Finding(Part):
    """A conclusion with its condition."""

    id: Id
    when: Words
    title: Words
    say: Words
    cite: tuple[Cited, ...] = Field(min_length=1)
    refer: tuple[Reference, ...] = ()
    calculate: Calculate | None = None
    certainty: Literal["sure", "likely", "depends"] = "likely"
    unless_known: str = ""


class Plus(Part):
    """How long a deadline is; exactly one unit."""

    years: int = Field(default=0, ge=0)
    months: int = Field(default=0, ge=0)
    days: int = Field(default=0, ge=0)
    working_days: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _one(self) -> Plus:
        if sum(1 for part in (self.years, self.months, self.days, self.working_days) if part) != 1:
            raise ValueError("exactly one of years, months, days, working_days must be given")
        return self


class Deadline(Part):
    """A last day to act, computed from a date fact."""

    id: Id
    when: Words = "true"
    title: Words
    from_: Id = Field(alias="from")
    plus: Plus
    cite: tuple[Cited, ...] = Field(min_length=1)
    refer: tuple[Reference, ...] = ()
    say: Words
    open: Words
    overdue: Words
    soon_days: int = Field(default=15, ge=0)
    roll: bool = True
    """False for a term that is no act before a court or office: its end is not carried past days off."""

    @model_validator(mode="after")
    def _calendar_term(self) -> Deadline:
        if not self.roll and self.plus.working_days:
            raise ValueError("roll: false is for calendar terms; working days never end on a day off")
        return self


class Line(Part):
    """One line of advice."""

    say: Words
    when: Words = "true"


class Place(Line):
    """Where to go."""

    phone: Annotated[str, BeforeValidator(lambda v: str(v) if isinstance(v, int) else v)] = ""


class LegalAid(Part):
    """Whether free legal aid is likely."""

    when: Words = "true"
    say: Words
    cite: tuple[Cited, ...] = Field(min_length=1)
    refer: tuple[Reference, ...] = ()


class Claim(Line):
    """One request of a document."""

    finding: str = ""
    """Id of a finding: the line stands only when that finding was concluded, and {total} is what it computed."""


class Draft(Part):
    """A document drawn up from what was told; what is not known is marked in it, never invented."""

    use: Id
    """Id of the template under training_data/documents/."""
    when: Words = "true"
    claims: tuple[Claim, ...] = ()
    story: tuple[Line, ...] = ()
    """What happened, as the document tells it."""


class HandoffRule(Part):
    """When a person must take over."""

    when: Words
    reason: Words
    priority: Literal["urgent", "high", "normal"] = "normal"
    say: Words


class Topic(Part):
    """A topic file. Every condition is parsed when it is loaded, so a loaded topic is well-formed."""

    id: Id
    name: Words
    area: Id
    ask_as: Words
    checked: Checked
    examples: tuple[Words, ...]
    intro: Words
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    deadlines: tuple[Deadline, ...] = ()
    evidence: tuple[Line, ...]
    where: tuple[Place, ...]
    steps: tuple[Line, ...] = Field(min_length=1)
    legal_aid: LegalAid | None = None
    documents: tuple[Draft, ...] = ()
    handoff: tuple[HandoffRule, ...] = ()

    _expressions: dict[str, Expression] = PrivateAttr(default_factory=dict)

    def fact(self, fact_id: str) -> Fact:
        """The fact of that id. Raises KeyError."""
        for fact in self.facts:
            if fact.id == fact_id:
                return fact
        raise KeyError(f"topic {self.id} has no fact {fact_id!r}")

    def expression(self, source: str) -> Expression:
        """The parsed form of a condition or calculator argument of this topic. Raises KeyError for any other text."""
        return self._expressions[source]

    @property
    def expressions(self) -> Mapping[str, Expression]:
        """Every condition and calculator argument by its source."""
        return self._expressions

    def conditions(self) -> Iterator[tuple[str, str]]:
        """(where, source) of every condition of something told or done; the facts' own `when` are not among them."""
        for finding in self.findings:
            yield f"findings.{finding.id}.when", finding.when
        for deadline in self.deadlines:
            yield f"deadlines.{deadline.id}.when", deadline.when
        for key, lines in (("evidence", self.evidence), ("where", self.where), ("steps", self.steps)):
            for at, line in enumerate(lines):
                yield f"{key}[{at}].when", line.when
        for at, rule in enumerate(self.handoff):
            yield f"handoff[{at}].when", rule.when
        if self.legal_aid is not None:
            yield "legal_aid.when", self.legal_aid.when

    def drafting(self) -> Iterator[tuple[str, str]]:
        """(where, condition) of the documents and their lines; nothing is asked for their sake."""
        for draft in self.documents:
            yield f"documents.{draft.use}.when", draft.when
            for key, lines in (("claims", draft.claims), ("story", draft.story)):
                for at, line in enumerate(lines):
                    yield f"documents.{draft.use}.{key}[{at}].when", line.when

    def told(self) -> Iterator[tuple[str, str, frozenset[str]]]:
        """(where, condition, facts) of everything that uses facts in its text, sum or day once its condition holds."""
        for finding in self.findings:
            facts = placeholders(finding.say) - {"total"}
            if finding.calculate is not None:
                for source in finding.calculate.with_.values():
                    facts |= self.expression(source).names
            yield f"findings.{finding.id}", finding.when, facts
        for deadline in self.deadlines:
            facts = placeholders(deadline.say) | placeholders(deadline.overdue) | {deadline.from_}
            yield f"deadlines.{deadline.id}", deadline.when, facts - {"last_day", "days_left"}
        for key, lines in (("evidence", self.evidence), ("where", self.where), ("steps", self.steps)):
            for at, line in enumerate(lines):
                yield f"{key}[{at}]", line.when, placeholders(line.say)
        for at, rule in enumerate(self.handoff):
            yield f"handoff[{at}]", rule.when, placeholders(rule.say) | placeholders(rule.reason)
        if self.legal_aid is not None:
            yield "legal_aid", self.legal_aid.when, placeholders(self.legal_aid.say)

    def cited(self) -> Iterator[tuple[str, str]]:
        """(where, citation) of every citation."""
        for fact in self.facts:
            yield from ((f"facts.{fact.id}.why_cite", text) for text in fact.why_cite)
        for finding in self.findings:
            yield from ((f"findings.{finding.id}.cite", text) for text in finding.cite)
        for deadline in self.deadlines:
            yield from ((f"deadlines.{deadline.id}.cite", text) for text in deadline.cite)
        if self.legal_aid is not None:
            yield from (("legal_aid.cite", text) for text in self.legal_aid.cite)

    @model_validator(mode="after")
    def _well_formed(self) -> Topic:
        problems: list[str] = []
        names: dict[str, Name] = {}
        for fact in self.facts:
            if fact.id in names:
                problems.append(f"facts.{fact.id}: a second fact of that id")
            if fact.when is not None:
                # Only facts above: so no two questions can wait for each other.
                self._parse(f"facts.{fact.id}.when", fact.when, names, problems)
            names[fact.id] = fact.name
        for where, source in (*self.conditions(), *self.drafting()):
            self._parse(where, source, names, problems)
        problems += self._bad_inferences(names)
        for finding in self.findings:
            if finding.calculate is not None:
                for argument, source in finding.calculate.with_.items():
                    self._parse(f"findings.{finding.id}.calculate.with.{argument}", source, names, problems, True)
        for ids in (
            [one.id for one in self.findings],
            [one.id for one in self.deadlines],
            [one.use for one in self.documents],
        ):
            problems += [f"{twice}: the id stands twice" for twice in sorted({x for x in ids if ids.count(x) > 1})]
        findings = {one.id: one for one in self.findings}
        for draft in self.documents:
            for at, claim in enumerate(draft.claims):
                where = f"documents.{draft.use}.claims[{at}]"
                if claim.finding and claim.finding not in findings:
                    problems.append(f"{where}.finding: no finding {claim.finding!r}")
                elif "total" in placeholders(claim.say) and (
                    not claim.finding or findings[claim.finding].calculate is None
                ):
                    problems.append(f"{where}.say: {{total}} needs a finding that calculates")
        for deadline in self.deadlines:
            if deadline.from_ not in names or names[deadline.from_].kind is not Kind.DATE:
                problems.append(f"deadlines.{deadline.id}.from: {deadline.from_!r} is no date fact")
        problems += self._bad_placeholders(set(names))
        if problems:
            raise ValueError("\n".join(problems))
        return self

    def _bad_inferences(self, names: dict[str, Name]) -> list[str]:
        problems: list[str] = []
        for fact in self.facts:
            if fact.estimate is not None:
                self._parse(f"facts.{fact.id}.estimate", fact.estimate, names, problems, True)
                self._parse(f"facts.{fact.id}.estimate_when", fact.estimate_when, names, problems)
            for implied, value in fact.implies.items():
                known = names.get(implied)
                allowed: tuple[object, ...] = () if known is None else known.options
                if known is not None and known.kind is Kind.BOOL:
                    allowed = (True, False)
                if value not in allowed:
                    problems.append(f"facts.{fact.id}.implies.{implied}: no fact that can have the value {value!r}")
        return problems

    def _parse(
        self, where: str, source: str, names: dict[str, Name], problems: list[str], any_kind: bool = False
    ) -> None:
        try:
            self._expressions[source] = (parse_value if any_kind else parse_condition)(source, names)
        except ConditionError as error:
            problems.append(f"{where}: {error}")

    def _bad_placeholders(self, names: set[str]) -> Iterator[str]:
        texts: list[tuple[str, str, set[str]]] = []
        for finding in self.findings:
            texts.append((f"findings.{finding.id}.say", finding.say, {"total"} if finding.calculate else set()))
            texts.append((f"findings.{finding.id}.unless_known", finding.unless_known, set()))
        for deadline in self.deadlines:
            day = {"last_day", "days_left"}
            texts.append((f"deadlines.{deadline.id}.say", deadline.say, day))
            texts.append((f"deadlines.{deadline.id}.overdue", deadline.overdue, day))
            texts.append((f"deadlines.{deadline.id}.open", deadline.open, set()))
        for key, lines in (("evidence", self.evidence), ("where", self.where), ("steps", self.steps)):
            texts += [(f"{key}[{at}].say", line.say, set()) for at, line in enumerate(lines)]
        for at, rule in enumerate(self.handoff):
            texts += [(f"handoff[{at}].say", rule.say, set()), (f"handoff[{at}].reason", rule.reason, set())]
        if self.legal_aid is not None:
            texts.append(("legal_aid.say", self.legal_aid.say, set()))
        for draft in self.documents:
            texts += [(f"documents.{draft.use}.claims", claim.say, {"total"}) for claim in draft.claims]
            texts += [(f"documents.{draft.use}.story", line.say, set()) for line in draft.story]
        for where, text, more in texts:
            for name in sorted(placeholders(text) - names - more):
                yield f"{where}: {{{name}}} names no fact"
        for fact in self.facts:
            for key in ("question", "why", "help"):
                if placeholders(getattr(fact, key)):
                    yield f"facts.{fact.id}.{key}: no placeholders here"


def placeholders(text: str) -> frozenset[str]:
    """The names in braces in a text."""
    return frozenset(_PLACEHOLDER.findall(text))


class TopicError(AuthoredError):
    """A topic file cannot be used; `problems` says each fault with its key."""


def read_topic(path: Path) -> Topic:
    """The topic in one file. Raises TopicError naming the file and each faulty key."""
    return read_authored(path, Topic, TopicError)


def load_topics(folder: Path) -> dict[str, Topic]:
    """Every topic of a folder by id, in file-name order. Raises TopicError for the first faulty file."""
    return {topic.id: topic for topic in (read_topic(path) for path in sorted(folder.glob("*.yaml")))}
