"""A document that was drafted: plain blocks that are kept with the opinion and drawn on demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.documents.blocks import Block, Line, PageBreak, Paper, Table, count_gaps


@dataclass(frozen=True, slots=True)
class Drafted:
    """What stands in the document, gaps included."""

    id: str
    """Of its template."""
    title: str
    purpose: str
    """One line for the citizen."""
    blocks: tuple[Block, ...]

    @property
    def gaps(self) -> int:
        """How many places are still to be filled in."""
        return count_gaps(self.blocks)

    @property
    def left(self) -> str:
        """How much is still to be filled in, as the citizen reads it."""
        return f"还有{self.gaps}处要您自己填，已标成【】" if self.gaps else "内容已写好，请核对"

    @property
    def text(self) -> str:
        """All that is handed in, as a message can carry it."""
        lines: list[str] = []
        for block in self.blocks:
            match block:
                case Line(_, text):
                    lines.append(text)
                case Table(rows, _):
                    lines += ["　".join(row) for row in rows]
                case PageBreak():
                    break
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON."""
        return {
            "id": self.id,
            "title": self.title,
            "purpose": self.purpose,
            "gaps": self.gaps,
            "blocks": [_plain(block) for block in self.blocks],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Drafted:
        """The document that to_dict wrote. Raises KeyError for anything else."""
        return cls(data["id"], data["title"], data["purpose"], tuple(_block(one) for one in data["blocks"]))

    def paper(self) -> Paper:
        """What is drawn; nothing on it but the document, as it is handed in."""
        return Paper(self.title, self.blocks, form=True)


def _plain(block: Block) -> dict[str, Any]:
    match block:
        case Line(style, text):
            return {"style": style, "text": text}
        case Table(rows, widths):
            return {"rows": [list(row) for row in rows], "widths": list(widths)}
        case PageBreak():
            return {"page": "new"}


def _block(data: Mapping[str, Any]) -> Block:
    if "rows" in data:
        return Table(tuple(tuple(row) for row in data["rows"]), tuple(data["widths"]))
    return PageBreak() if "page" in data else Line(data["style"], data["text"])
