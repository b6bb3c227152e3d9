"""What the register holds nearest comes first; without a place that is sure nothing is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.interviews.facts import FactValue
from bot.interviews.topic_file import read_topic
from bot.services import register
from bot.services.look_up import look_up
from bot.services.nearest import NoPlaces
from bot.services.register import entries
from knowledge_base.document import Document, Kind
from knowledge_base.documents.searcher import DocumentFilters, DocumentHit

SERVICES = Path(__file__).resolve().parents[3] / "training_data" / "topics" / "services"
HERE, BESIDE, FAR = "411627", "411621", "411602"
"""太康, 扶沟 and 川汇, of one city; 扶沟 is nearer than the city's seat."""


class Register:
    """Every entry for every question."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self.asked: list[DocumentFilters] = []

    async def find(
        self, query: str, filters: DocumentFilters = DocumentFilters(), limit: int = 10
    ) -> list[DocumentHit]:
        """All of them."""
        self.asked.append(filters)
        return [DocumentHit(one, 1.0) for one in self._documents]

    async def document(self, id: str) -> Document | None:
        """None is looked up."""
        return None


def office(region: str) -> Document:
    return Document(
        id=region, kind=Kind.INSTITUTION, title=region, text="", source="test", level="公证处", region=region
    )


async def found(place: str, documents: Sequence[Document]) -> tuple[list[str], Register]:
    held = Register(documents)
    told = await entries(held, "", place, (Kind.INSTITUTION,), ("公证处",), 5)
    return [one.split("\n")[0].removeprefix("· ") for one in told], held


async def test_a_service_shows_what_is_near_the_county_that_was_told() -> None:
    service = read_topic(SERVICES / "notary.yaml")
    facts = {"place": FactValue("河南省 周口市 太康县", said="太康")}
    told = await look_up(service, service.look_up[0], facts, Register([office(FAR), office(HERE)]))
    assert told.index(HERE) < told.index(FAR)


async def test_the_county_first_then_what_is_nearest() -> None:
    names, held = await found("河南省 周口市 太康县", [office(FAR), office(BESIDE), office(HERE)])
    assert names == [HERE, BESIDE, FAR]
    assert held.asked[0].region == HERE


async def test_of_a_whole_city_the_order_stands() -> None:
    names, _ = await found("河南省 周口市", [office(FAR), office(HERE)])
    assert names == [FAR, HERE]


async def test_without_positions_the_order_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(one: str, other: str) -> float:
        raise NoPlaces

    monkeypatch.setattr(register, "kilometres_between", nowhere)
    names, _ = await found("河南省 周口市 太康县", [office(FAR), office(BESIDE)])
    assert names == [FAR, BESIDE]


@pytest.mark.parametrize("place", ["多少钱", "朝阳区", "我们村"])
async def test_a_place_that_nobody_can_tell_finds_nothing(place: str) -> None:
    names, held = await found(place, [office(HERE)])
    assert names == []
    assert held.asked == []
