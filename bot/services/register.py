"""Entries of the register of practitioners and institutions, in words for a citizen; nothing but what it holds."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from bot.services.nearest import NoPlaces, kilometres_between
from knowledge_base.document import Document, Kind
from knowledge_base.documents.searcher import DocumentFilters, DocumentSearcher
from knowledge_base.index.files import IndexUnavailable
from knowledge_base.regions import default_regions
from knowledge_base.text.analysis import normalise

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
_NUMBERED = ("执业证号", "统一社会信用代码")
_NUMBER = re.compile(r"[0-9][0-9A-Za-z]{9,19}")
_NO_NAME = re.compile(
    r"^(?:他|她|名字|名称)?(?:是|叫|就是|姓名)|(?:这个|那个|一个|一位)|(?:律师|公证员|鉴定人|调解员|先生|女士)$"
)
"""Around a name."""
_LONG = 4
"""Characters from which on a part of a name is enough: 「大成律师事务所」 of 「北京大成律师事务所」."""
_CLOSE = 0.6
"""Likeness of two names that one may have been meant by the other: one character of three."""


@dataclass(frozen=True, slots=True)
class Named:
    """What the register has under a name or number."""

    same: tuple[str, ...]
    """Entries that are called so."""
    close: tuple[str, ...] = ()
    """Entries that are written nearly so; empty where there are `same` ones."""
    elsewhere: bool = False
    """They are of other places than the one that was named."""


async def named(documents: DocumentSearcher | None, name: str, place: str) -> Named | None:
    """What persons and institutions near `place` ("" for anywhere) are called `name`, or have that number.

    None where no register is held: then nothing follows from finding nobody.
    """
    everywhere = await _listed(documents, "", "", 1)
    if not everywhere:
        return None
    here = await _named(documents, name, place)
    if place and not here.same:
        anywhere = await _named(documents, name, "")
        if anywhere.same or not here.close:
            return Named(anywhere.same, anywhere.close, elsewhere=True)
    return here


async def _named(documents: DocumentSearcher | None, name: str, place: str) -> Named:
    number = _NUMBER.search(name)
    wanted = _NO_NAME.sub("", normalise(_NUMBER.sub("", name)).strip(" ,，。.:："))
    found = await _listed(documents, name, place, _LOOKED_THROUGH)
    if place:  # a name written with another character shares no word with what was said
        ids = {one.id for one in found}
        found += [one for one in await _listed(documents, "", place, _LOOKED_THROUGH) if one.id not in ids]
    if number is not None:
        same = [one for one in found if number[0].upper() in (one.fields.get(field, "").upper() for field in _NUMBERED)]
        return Named(tuple(map(_told, same)))
    same = [one for one in found if _is_called(one, wanted)]
    close = [one for one in found if SequenceMatcher(None, normalise(one.title), wanted).ratio() >= _CLOSE]
    return Named(tuple(map(_told, same)), () if same else tuple(map(_told, close)))


def _is_called(document: Document, wanted: str) -> bool:
    title = normalise(document.title)
    return title == wanted or (
        document.kind is Kind.INSTITUTION
        and min(len(title), len(wanted)) >= _LONG
        and (wanted in title or title in wanted)
    )


async def _listed(documents: DocumentSearcher | None, words: str, place: str, most: int) -> list[Document]:
    if documents is None:
        return []
    region = default_regions().locate([place]).code if place else ""
    filters = DocumentFilters(kinds=(Kind.PRACTITIONER, Kind.INSTITUTION), region=region)
    try:
        return [hit.document for hit in await documents.find(words, filters, most)]
    except IndexUnavailable as error:
        logger.error("the register cannot be opened: %s", error)
        return []


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
