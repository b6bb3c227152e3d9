"""Which question to ask next: only one whose answer can still change what is told or done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.interviews.facts import Facts, known
from bot.interviews.kept_words import told_early
from bot.interviews.plan import plan
from bot.interviews.quick_replies import quick_replies
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Fact

_TOLD_EARLY = "您前面说过“{words}”，要是说的就是下面这一个，回“对”就行。"


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
        conditions = plan(self.topic)
        for condition in conditions.conditions:
            outlook = condition.outlook(now)
            if outlook.live:
                need |= outlook.open
        for condition, facts in conditions.told:
            if condition.truth(now) is True:
                need |= facts
        # Whether a question applies may hang on a fact above it; going upwards finds them all in one pass.
        for fact in reversed(self.topic.facts):
            if fact.id in need and fact.when is not None:
                need |= plan(self.topic).expressions[fact.when].outlook(now).open
        return tuple(
            fact.id
            for fact in self.topic.facts
            if fact.id in need and fact.id not in now.values and fact.id not in now.stuck
        )

    def next_question(self) -> Question | None:
        """The question to ask; None when nothing that matters is left."""
        needed = self.needed()
        if not needed:
            return None
        asked = question(self.topic.fact(needed[0]))
        words = told_early(self.facts, asked.fact)
        return replace(asked, text=_TOLD_EARLY.format(words=words) + asked.text) if words else asked

    def progress(self) -> tuple[int, int]:
        """How many questions are answered and at most how many are likely to come."""
        answered = sum(1 for fact in self.topic.facts if fact.id in self.facts and self.facts[fact.id].answered)
        return answered, len(self.needed())


def question(fact: Fact) -> Question:
    """The question of a fact."""
    return Question(fact.id, fact.question, quick_replies(fact), fact.why, fact.why_cite, fact.help)
