"""One kind of legal problem as its file under training_data/topics/ writes it; see docs/topics.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field, PrivateAttr, model_validator

from bot.interviews.condition import Expression, parse_condition, parse_value
from bot.interviews.conditions.condition_error import ConditionError
from bot.interviews.conditions.kind import Kind, Name
from bot.interviews.optional_words import optional_faults
from bot.interviews.topic_parts import (
    PLACEHOLDER,
    Apply,
    Checked,
    Deadline,
    Draft,
    Fact,
    Finding,
    HandoffRule,
    Id,
    LegalAid,
    Line,
    LookUp,
    Part,
    Place,
    Words,
)


class Topic(Part):
    """A topic file. Every condition is parsed when it is loaded, so a loaded topic is well-formed."""

    id: Id
    kind: Literal["consultation", "service"] = "consultation"
    name: Words
    area: Id
    paper: str = ""
    """Title of what it ends with; empty for the opinion's own."""
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
    apply: Apply | None = None
    look_up: tuple[LookUp, ...] = ()
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
        if self.apply is not None:
            yield "apply.when", self.apply.when
        for at, search in enumerate(self.look_up):
            yield f"look_up[{at}].when", search.when

    def texts(self) -> Iterator[tuple[str, str]]:
        """(where, text) of everything that is said to the citizen."""
        yield "intro", self.intro
        for fact in self.facts:
            yield from ((f"facts.{fact.id}.{key}", getattr(fact, key)) for key in ("question", "why", "help"))
        for finding in self.findings:
            yield from (
                (f"findings.{finding.id}.{key}", getattr(finding, key)) for key in ("title", "say", "unless_known")
            )
        for deadline in self.deadlines:
            yield from (
                (f"deadlines.{deadline.id}.{key}", getattr(deadline, key)) for key in ("say", "open", "overdue")
            )
        for key, lines in (("evidence", self.evidence), ("where", self.where), ("steps", self.steps)):
            yield from ((f"{key}[{at}].say", line.say) for at, line in enumerate(lines))
        yield from ((f"handoff[{at}].say", rule.say) for at, rule in enumerate(self.handoff))
        if self.legal_aid is not None:
            yield "legal_aid.say", self.legal_aid.say
        if self.apply is not None:
            yield from (("apply.ask", self.apply.ask), ("apply.done", self.apply.done))
        yield from ((f"look_up[{at}].none", search.none) for at, search in enumerate(self.look_up))

    def drafting(self) -> Iterator[tuple[str, str]]:
        """(where, condition) of the documents and their lines; nothing is asked for their sake."""
        for draft in self.documents:
            yield f"documents.{draft.use}.when", draft.when
            for key, lines in (("claims", draft.claims), ("story", draft.story)):
                for at, line in enumerate(lines):
                    yield f"documents.{draft.use}.{key}[{at}].when", line.when
            for at, side in enumerate(draft.sides):
                yield f"documents.{draft.use}.sides[{at}].when", side.when

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
        for at, search in enumerate(self.look_up):
            facts = frozenset(search.words) | ({search.region} if search.region else frozenset())
            yield f"look_up[{at}]", search.when, facts

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
        if self.apply is not None and self.apply.clock is not None:
            yield from (("apply.clock.cite", text) for text in self.apply.clock.cite)

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
        for at, search in enumerate(self.look_up):
            for name in (*search.words, *((search.region,) if search.region else ())):
                if name not in names:
                    problems.append(f"look_up[{at}]: {name!r} is no fact")
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
        if self.apply is not None:
            texts += [("apply.ask", self.apply.ask, set()), ("apply.done", self.apply.done, set())]
            if self.apply.clock is not None:
                texts.append(("apply.clock.say", self.apply.clock.say, {"last_day"}))
        for draft in self.documents:
            texts += [(f"documents.{draft.use}.claims", claim.say, {"total"}) for claim in draft.claims]
            texts += [(f"documents.{draft.use}.story", line.say, set()) for line in draft.story]
        for where, text, more in texts:
            for name in sorted(placeholders(text) - names - more):
                yield f"{where}: {{{name}}} names no fact"
            if not where.startswith("documents."):
                yield from (f"{where}: {fault}" for fault in optional_faults(text))
            elif "[" in text or "]" in text:
                yield f"{where}: no optional parts in a document"
        for fact in self.facts:
            for key in ("question", "why", "help"):
                if placeholders(getattr(fact, key)):
                    yield f"facts.{fact.id}.{key}: no placeholders here"


def placeholders(text: str) -> frozenset[str]:
    """The names in braces in a text."""
    return frozenset(PLACEHOLDER.findall(text))
