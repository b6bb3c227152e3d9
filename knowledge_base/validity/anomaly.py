"""One thing that is wrong in a source, and what the importer decided about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Goes into the index manifest, counted by kind."""

    kind: str
    """Stable identifier, e.g. effective_before_publication."""
    law: str
    """Full title."""
    version: str
    """Version date, ISO."""
    found: str
    """What the source says."""
    decided: str
    """What the index does."""
    article: str = ""
    """Printed number, empty when the whole law is meant."""
