"""Entries of the register of practitioners and institutions, in words for a citizen; nothing but what it holds."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date

from bot.services.nearest import NoPlaces, kilometres_between
from knowledge_base.document import Document, Kind
from knowledge_base.documents.searcher import DocumentFilters, DocumentSearcher
from knowledge_base.index.files import IndexUnavailable
from knowledge_base.regions import default_regions

logger = logging.getLogger(__name__)

_TOLD = (
    "执业机构",
    "业务范围",
    "执业状态",
    "处分记录",
    "执业证号",
    "统一社会信用代码",
    "地址",
    "电话",
    "工作时间",
    "提示",
)
"""Fields of an entry in the order they are told."""
_LOOKED_THROUGH = 60


async def entries(
    documents: DocumentSearcher | None,
    words: str,
    place: str,
    kinds: Sequence[Kind],
    types: Sequence[str],
    most: int,
) -> list[str]:
    """Up to `most` entries for `words` near `place` (an address or a name of a place, "" for anywhere).

    `types`: what the register calls them, e.g. 公证处; empty for all. An empty list when no register is held, and where
    nobody can tell which place is meant: what is somewhere else helps nobody.
    """
    if documents is None:
        return []
    region = default_regions().locate([place]).code if place else ""
    if place and not region:
        return []
    try:
        hits = await documents.find(words, DocumentFilters(kinds=tuple(kinds), region=region), _LOOKED_THROUGH)
    except IndexUnavailable as error:
        logger.error("the register cannot be opened: %s", error)
        return []
    fitting = [hit.document for hit in hits if not types or hit.document.level in types]
    return [_told(document) for document in _nearest_first(fitting, region)[:most]]


def _nearest_first(documents: list[Document], region: str) -> list[Document]:
    """Those of the county itself, then the others by how far their counties are; as found where that is not known."""
    if not region or region.endswith("00"):
        return documents
    try:
        return sorted(documents, key=lambda one: _away(region, one.region))
    except NoPlaces:
        return documents


def _away(region: str, other: str) -> float:
    return 0.0 if other == region else kilometres_between(region, other)


def _told(document: Document) -> str:
    lines = [f"· {document.title}（{document.gist}）" if document.gist else f"· {document.title}"]
    lines += [f"　{name}：{document.fields[name]}" for name in _TOLD if document.fields.get(name)]
    lines.append(f"　来源：{_source(document)}")
    return "\n".join(lines)


def _source(document: Document) -> str:
    day: date | None = document.effective or document.published
    about = document.issuer or "司法行政机关公开名册"
    return f"{about}，{day.isoformat()}" if day else f"{about}（名册没有写明日期，请以主管机关最新公布的为准）"
