"""What a condition may still become while questions are open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a condition may still become."""

    outcomes: frozenset[bool | None]
    """Some of true, false, unknown."""
    open: frozenset[str] = frozenset()
    """Facts not yet asked on which it depends."""
    stuck: frozenset[str] = frozenset()
    """Facts that stay unknown on which it depends."""

    @property
    def decided(self) -> bool | None:
        """True or false when nothing can change it any more, else None."""
        return next(iter(self.outcomes)) if len(self.outcomes) == 1 else None

    @property
    def live(self) -> bool:
        """It is not true yet but may become so."""
        return True in self.outcomes and len(self.outcomes) > 1


# The outlooks and outcomes that the nodes of the tree share.
TRUE, FALSE = Outlook(frozenset({True})), Outlook(frozenset({False}))
EITHER: frozenset[bool | None] = frozenset({True, False})
NEVER_KNOWN: frozenset[bool | None] = frozenset({None})
