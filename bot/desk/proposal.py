"""A correction of a topic that a lawyer proposes: what is kept of it, and how it leaves as files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from bot.desk.seat import Seat

ProposalState = Literal["proposed", "accepted", "declined"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed change to a topic file."""

    id: int
    topic: str
    field: str
    """Key of what is changed: `findings.amount.say`."""
    author: str
    reason: str
    patch: str
    """Unified diff of the topic file, as `git apply` takes it."""
    scenario: str
    """A conversation that reaches the change, in the format of tests/scenarios; "" when none was found."""
    state: ProposalState
    proposed_at: datetime
    decided_at: datetime | None

    def export(self, folder: Path) -> list[Path]:
        """Write the patch and the scenario; the files."""
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{self.id:04d}_{self.topic}"
        # git takes everything above the first diff line as a message.
        files = {folder / f"{name}.patch": f"{self._message()}\n{self.patch}"}
        if self.scenario:
            files[folder / f"{name}.yaml"] = self.scenario
        for path, text in files.items():
            path.write_text(text, encoding="utf-8")
        return list(files)

    def _message(self) -> str:
        reason = "".join(f"# {line}\n" for line in self.reason.splitlines())
        return f"# {self.topic}: {self.field}, proposed by {self.author} on {self.proposed_at:%Y-%m-%d}\n{reason}"


class ProposalRecords(Protocol):
    """The storage of proposals; changes write the audit trail in the same transaction."""

    async def add(
        self, topic: str, field: str, seat: Seat, reason: str, patch: str, scenario: str, now: datetime
    ) -> int:
        """Keep a proposal; its number."""
        ...

    async def decide(self, number: int, seat: Seat, state: ProposalState, now: datetime) -> bool:
        """Accept or decline; False when there is no such proposal or it was decided already."""
        ...

    async def listed(self, topic: str = "") -> list[Proposal]:
        """Proposals, newest first; of one topic if it is named."""
        ...
