"""Law for the channels, over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.law_service import BadArticleNumber, LawService
from knowledge_base.laws.embedded import EmbeddedSearcher
from tests.knowledge_base.conftest import searcher

__all__ = ["searcher"]


@pytest.fixture
def laws(searcher: EmbeddedSearcher) -> LawService:
    return LawService(searcher)


@pytest.mark.parametrize("law", ["劳动合同法", "中华人民共和国劳动合同法", "《劳动合同法》"])
@pytest.mark.parametrize("number", ["第四十七条", "四十七", "47", "第47条", " 47 "])
async def test_an_article_is_found_however_it_is_written(laws: LawService, law: str, number: str) -> None:
    found = await laws.article(law, number)
    assert found is not None
    assert (found["law"], found["number"]) == ("中华人民共和国劳动合同法", "第四十七条")
    assert "经济补偿" in found["text"]
    assert found["status"] == "in_force"


@pytest.mark.parametrize("number", ["133-1", "第一百三十三条之一", "133之1"])
async def test_an_inserted_article_is_not_its_neighbour(laws: LawService, number: str) -> None:
    found = await laws.article("刑法", number)
    assert found is not None
    assert found["key"] == "133-1"


@pytest.mark.parametrize("number", ["", "abc", "条", "第", "-1", "4.7", "' OR 1=1", "١٢"])
async def test_what_is_no_article_number_is_refused(laws: LawService, number: str) -> None:
    with pytest.raises(BadArticleNumber):
        await laws.article("劳动法", number)


@pytest.mark.parametrize(
    ("law", "number"), [("劳动法", "9999"), ("劳动法", "0"), ("劳动法", "99999"), ("天外来法", "1")]
)
async def test_what_does_not_exist_is_none(laws: LawService, law: str, number: str) -> None:
    assert await laws.article(law, number) is None


async def test_the_reason_names_the_successor_of_a_repealed_law(laws: LawService) -> None:
    reason = await laws.why_not("侵权责任法", "6")
    assert "废止" in reason
    assert "第一千一百六十五条" in reason
    (cited,) = await laws.verify("《侵权责任法》第六条")
    assert [article["key"] for article in cited["successors"]] == ["1165"]
    assert "没有查到" in await laws.why_not("劳动法", "9998")


async def test_search_is_limited_and_honours_the_day(laws: LawService) -> None:
    found = await laws.search("拖欠工资", 3)
    assert 1 <= len(found) <= 3
    assert all(hit["status"] == "in_force" for hit in found)
    assert await laws.search("民法典第一条", 1, date(2019, 1, 1)) != await laws.search("民法典第一条", 1)


async def test_citations_are_verified(laws: LawService) -> None:
    text = "依照《劳动合同法》第四十七条、《劳动合同法》第九百九十九条"
    good, bad = await laws.verify(text)
    assert good["resolved"]
    assert good["article"]["number"] == "第四十七条"
    assert not bad["resolved"]
    assert bad["article"] is None
    assert bad["reason"]
    assert text[good["start"] :].startswith(good["text"])
