"""Why something cannot be done with a matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.desk.refused import Refused


class MatterRefused(Refused):
    """`found` (plain JSON) is what the refusal rests on: changes of others, conflicts of interest."""

    def __init__(self, code: str, text: str, found: Mapping[str, Any] | None = None) -> None:
        super().__init__(code, text)
        self.found = dict(found or {})


def unknown_matter() -> MatterRefused:
    """No such matter, or one of a region that is not the seat's: both sound the same."""
    return MatterRefused("unknown_matter", "没有这个事项。")
