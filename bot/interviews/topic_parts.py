"""The parts of a topic file as docs/topics.md describes them: facts, findings, deadlines, lines, documents."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from bot.interviews.cited import read_cited
from bot.interviews.conditions.kind import Kind, Name

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
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


def _cited(text: object) -> object:
    if isinstance(text, str):
        read_cited(text)
    return text


Cited = Annotated[Words, BeforeValidator(_cited)]


class Part(BaseModel):
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
    """Other options that may be named beside this one, which is meant then."""
    sum: bool = False
    """It is meant too where all that it combines is named and it is not: 平时 and 周末 are 都有."""


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
    first: Literal["", "country", "name", "story", "time"] = ""
    """What of a text is taken from a message that does not answer its question, where that leaves no doubt."""
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
        if self.first and self.type != "text":
            raise ValueError("first is for text")
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


PartyKind = Literal["person", "organisation", "either"]


class Side(Part):
    """What kind of party stands on one side of a document, where that is told."""

    role: Words
    """As the template calls it, e.g. 原告."""
    kind: PartyKind
    when: Words = "true"


class Draft(Part):
    """A document drawn up from what was told; what is not known is marked in it, never invented."""

    use: Id
    """Id of the template under training_data/documents/."""
    when: Words = "true"
    claims: tuple[Claim, ...] = ()
    story: tuple[Line, ...] = ()
    """What happened, as the document tells it."""
    sides: tuple[Side, ...] = ()
    """The first whose condition holds counts for its role; none: as the template has it."""


class Clock(Part):
    """How long whoever gets an application has to answer, by law."""

    plus: Plus
    cite: tuple[Cited, ...] = Field(min_length=1)
    say: Words
    """Holds {last_day}."""


class Apply(Part):
    """An application that the service takes and puts on the desk, when the citizen says so."""

    kind: Literal[
        "legal_aid", "lawyer", "notary", "appraisal", "mediation", "complaint", "disclosure", "permit", "other"
    ]
    when: Words = "true"
    ask: Words
    """Asked after the guidance; yes hands it in."""
    done: Words
    """Said when it is in."""
    clock: Clock | None = None


class LookUp(Part):
    """What is looked up beside the guidance, and with which facts."""

    what: Literal["lawyers", "institutions", "register", "cases", "countries"]
    when: Words = "true"
    kinds: tuple[Words, ...] = ()
    """Of institutions: as the register calls them, e.g. 公证处."""
    region: Id | None = None
    """The place fact that limits it."""
    words: tuple[Id, ...] = ()
    """Facts whose words are searched."""
    labels: tuple[Words, ...] = ()
    """Of a country: the lines that matter here, the weightiest first; empty for all."""
    none: Words
    """Said when nothing was found."""


class HandoffRule(Part):
    """When a person must take over."""

    when: Words
    reason: Words
    priority: Literal["urgent", "high", "normal"] = "normal"
    say: Words
