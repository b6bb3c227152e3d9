"""The record that lies beside an index: where it came from, what is in it and what was wrong with the source."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from knowledge_base.index.generation import current
from knowledge_base.validity.anomaly import Anomaly

FILE_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Source:
    """One place the laws came from."""

    name: str
    licence: str
    """Who may use the texts and under which terms."""
    imported: str
    """Day, ISO; "" for the package that is always there."""
    laws: int
    """Law versions it brought."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Written last, so an index without one is unfinished."""

    source: str
    """Name of the package or file the laws came from."""
    source_version: str
    checksum: str
    """SHA-256 of the source file."""
    fingerprint: str
    """Changes when the source, the lexicon or the index format does; equal means nothing to build."""
    built: str
    """Day, ISO."""
    counts: Mapping[str, int]
    """laws, versions, source_rows, articles, composed, in_force, not_yet, superseded, repealed."""
    anomalies: tuple[Anomaly, ...]
    analysis: str = ""
    """Changes when every article must be analysed again."""
    sources: tuple[Source, ...] = ()

    @property
    def anomaly_counts(self) -> dict[str, int]:
        """How many anomalies of each kind."""
        return dict(sorted(Counter(a.kind for a in self.anomalies).items()))

    def write(self, folder: Path) -> None:
        """Write manifest.json into `folder`."""
        data = {**asdict(self), "counts": dict(self.counts), "anomaly_counts": self.anomaly_counts}
        (folder / FILE_NAME).write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest | None:
        """The manifest of the current generation in `folder`; None when there is none or it is damaged: build again."""
        folder = current(folder)
        try:
            data = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
            data.pop("anomaly_counts", None)
            found = {"anomalies": tuple(Anomaly(**a) for a in data["anomalies"])}
            return cls(**{**data, **found, "sources": tuple(Source(**s) for s in data["sources"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None
