"""What the knowledge base holds beside articles of law: cases, service guides, questions and answers, institutions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Kinds of document."""

    GUIDING_CASE = "guiding_case"
    """指导性案例 of the Supreme People's Court or Procuratorate."""
    GAZETTE_CASE = "gazette_case"
    """公报案例."""
    TYPICAL_CASE = "typical_case"
    """典型案例."""
    GUIDE = "guide"
    """办事指南."""
    ANSWER = "answer"
    """A question with its answer."""
    INSTITUTION = "institution"
    """Legal-aid centre, notary office, appraisal institution, mediation committee, law firm."""
    PRACTITIONER = "practitioner"
    """Lawyer or other practitioner."""


CASES = (Kind.GUIDING_CASE, Kind.GAZETTE_CASE, Kind.TYPICAL_CASE)


@dataclass(frozen=True, slots=True)
class Document:
    """One document in one version. Texts are Simplified Chinese."""

    id: str
    """Stable: the same document imported again has the same id."""
    kind: Kind
    title: str
    text: str
    """The body that is searched: facts of a case, steps of a guide, services of an institution."""
    gist: str = ""
    """A case: what it decides (裁判要点). An answer: the answer. Else a one-line summary; may be empty."""
    outcome: str = ""
    """How a case ended, in a sentence or two; empty where the source does not tell."""
    area: str = ""
    """Area of law, e.g. 劳动争议; empty when unknown."""
    keywords: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    """Articles it rests on, as `format_citation` prints them with full titles."""
    level: str = ""
    """指导性案例, 公报案例, 典型案例, …; weight of authority as the reader knows it."""
    issuer: str = ""
    region: str = ""
    """Administrative division code of six digits (GB/T 2260); "" for the whole country."""
    published: date | None = None
    effective: date | None = None
    amended: tuple[date, ...] = ()
    ended: date | None = None
    """First day on which it no longer holds."""
    replaces: str = ""
    """`id` of the version before; "" for the first."""
    source: str = ""
    """Name of the source it was imported from."""
    checksum: str = ""
    """SHA-256 of what the source held for it."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What only this kind has, e.g. 地址, 电话, 执业证号, 执业状态, 处分记录, 案号."""

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, default=date.isoformat)

    @classmethod
    def from_json(cls, line: str) -> Document:
        """The document that `to_json` wrote. Raises ValueError or KeyError for anything else."""
        data: dict[str, Any] = json.loads(line)
        for name in ("published", "effective", "ended"):
            data[name] = date.fromisoformat(data[name]) if data[name] else None
        for name in ("keywords", "citations"):
            data[name] = tuple(data[name])
        data["amended"] = tuple(date.fromisoformat(day) for day in data["amended"])
        return cls(**{**data, "kind": Kind(data["kind"])})
