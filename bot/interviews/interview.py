"""Which question to ask next: only one whose answer can still change what is told or done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.interviews.facts import Facts, known
from bot.interviews.topic import Fact, Topic

UNKNOWN_CHOICE = "不清楚"


@dataclass(frozen=True, slots=True)
class Question:
    """One question as a channel shows it."""

    fact: str
    text: str
    choices: tuple[str, ...]
    """Labels of quick replies."""
    why: str
    why_cite: tuple[str, ...]
    """Citations in topic form."""
    help: str


@dataclass(frozen=True, slots=True)
class Interview:
    """A topic's questions against what is already told. Keeps no state of its own."""

    topic: Topic
    facts: Facts
    today: date

    def needed(self) -> tuple[str, ...]:
        """Facts that may still be asked, in topic order."""
        now = known(self.topic, self.facts, self.today)
        need: set[str] = set()
        sources = {source for _, source in self.topic.conditions()}
        outlooks = {source: self.topic.expression(source).outlook(now) for source in sources}
        for outlook in outlooks.values():
            if outlook.live:
                need |= outlook.open
        for _, source, facts in self.topic.told():
            if outlooks[source].decided is True:
                need |= facts
        # Whether a question applies may hang on a fact above it; going upwards finds them all in one pass.
        for fact in reversed(self.topic.facts):
            if fact.id in need and fact.when is not None:
                need |= self.topic.expression(fact.when).outlook(now).open
        return tuple(
            fact.id
            for fact in self.topic.facts
            if fact.id in need and fact.id not in now.values and fact.id not in now.stuck
        )

    def next_question(self) -> Question | None:
        """The question to ask; None when nothing that matters is left."""
        needed = self.needed()
        return question(self.topic.fact(needed[0])) if needed else None

    def progress(self) -> tuple[int, int]:
        """How many questions are answered and at most how many are likely to come."""
        answered = sum(1 for fact in self.topic.facts if fact.id in self.facts and self.facts[fact.id].answered)
        return answered, len(self.needed())


def question(fact: Fact) -> Question:
    """The question of a fact."""
    return Question(fact.id, fact.question, choices(fact), fact.why, fact.why_cite, fact.help)


def choices(fact: Fact) -> tuple[str, ...]:
    """Quick replies of a fact; 「不清楚」 is always one, so that nobody is stuck."""
    labels: tuple[str, ...] = ()
    if fact.type == "choice":
        labels = tuple(option.label for option in fact.options)
    elif fact.type == "yes_no":
        labels = ("有", "没有") if "有没有" in fact.question else ("是", "不是")
    return (*labels, *(() if UNKNOWN_CHOICE in labels else (UNKNOWN_CHOICE,)))
