"""Decided cases like the one a citizen tells, as an opinion and an answer by search show them."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from knowledge_base.areas import TOPIC_AREAS
from knowledge_base.documents.searcher import DocumentSearcher
from knowledge_base.index.files import IndexUnavailable
from knowledge_base.similar import SimilarCase, similar_cases

logger = logging.getLogger(__name__)

HEADING = "类似的案子（供参考）"
CAUTION = "这些是别人的案子，情况总有不同，不等于您的结果。"


@dataclass(frozen=True, slots=True)
class Precedent:
    """One case, in words for a citizen."""

    title: str
    source: str
    """e.g. 最高人民法院指导性案例24号."""
    reasons: tuple[str, ...]
    """Why it is alike and what was held."""
    outcome: str
    """How it ended; "" where the source does not tell."""
    note: str
    """What changed in the law since; "" when nothing."""

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON."""
        return {**asdict(self), "reasons": list(self.reasons)}

    @property
    def lines(self) -> tuple[str, ...]:
        """The case as lines of text, its title first."""
        told = [f"「{self.title}」（{self.source}）", *self.reasons]
        told += [f"结果：{self.outcome}"] if self.outcome else []
        return (*told, f"请注意：{self.note}") if self.note else tuple(told)


async def precedents(
    facts: str, citations: Iterable[str], area: str, cases: DocumentSearcher | None, limit: int = 2
) -> tuple[Precedent, ...]:
    """Cases like `facts`; none rather than one that only shares words, and none without a case index.

    `citations` as `format_citation` prints them; `area` is that of a topic, "" when none fits.
    """
    if cases is None or not facts.strip():
        return ()
    try:
        found = await similar_cases(facts, citations, TOPIC_AREAS.get(area, ()), cases, limit)
    except IndexUnavailable as error:  # an opinion is complete without them
        logger.error("no cases to compare with: %s", error)
        return ()
    return tuple(_told(one) for one in found)


def _told(one: SimilarCase) -> Precedent:
    document = one.document
    source = document.issuer + (document.fields.get("编号") or document.level)
    return Precedent(document.title, source, one.reasons, one.outcome, document.fields.get("备注", ""))
