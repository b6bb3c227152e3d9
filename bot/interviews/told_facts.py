"""What one message told."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.interviews.facts import Facts, FactValue
from bot.interviews.late import AskBack


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message told."""

    facts: dict[str, FactValue] = field(default_factory=dict)
    """New and changed answers only."""
    corrected: tuple[str, ...] = ()
    """Facts whose earlier answer was replaced."""
    understood: bool = False
    """The question asked got an answer, 「不知道」 included."""
    echo: str = ""
    """What to say back so that a mistake is noticed; empty when nothing needs it."""
    rejected: str = ""
    """Why an answer was not taken, or which earlier one it contradicts; empty when all is well."""
    ask_back: AskBack | None = None
    """Asked before anything else, where the words may be meant for an earlier question."""

    def merged(self, facts: Facts) -> dict[str, FactValue]:
        """All facts, the ones told last at the end."""
        kept = {fact_id: one for fact_id, one in facts.items() if fact_id not in self.facts}
        return {**kept, **self.facts}
