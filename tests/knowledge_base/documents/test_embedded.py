"""Finding documents: by words, by article, by place, on a day; odd queries."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge_base.document import CASES, Document, Kind
from knowledge_base.documents.embedded import EmbeddedDocuments
from knowledge_base.documents.indexed import article_term, region_terms
from knowledge_base.documents.searcher import DocumentFilters
from knowledge_base.documents.write import FOLDER, Written, write_documents
from knowledge_base.index.files import IndexUnavailable
from knowledge_base.index.generation import new_generation
from knowledge_base.text.analysis import Analyzer
from tests.knowledge_base.documents.conftest import DOCUMENTS, TODAY


async def ids(documents: EmbeddedDocuments, query: str, limit: int = 10, **filters: object) -> list[str]:
    hits = await documents.find(query, DocumentFilters(**filters), limit)  # type: ignore[arg-type]
    return [hit.document.id for hit in hits]


async def test_words_and_what_they_share(documents: EmbeddedDocuments) -> None:
    (best, *_) = await documents.find("老板拖欠工资", DocumentFilters(kinds=CASES))
    assert best.document == DOCUMENTS[0]
    assert "拖欠" in best.shared
    assert 0 < best.likeness <= 1


async def test_an_article_named_in_the_query_counts(documents: EmbeddedDocuments) -> None:
    assert await ids(documents, "民法典1245条") == ["case-dog"]
    assert (await ids(documents, "纠纷 《中华人民共和国劳动合同法》第三十条"))[0] == "case-wages"


async def test_filters(documents: EmbeddedDocuments) -> None:
    assert await ids(documents, "法律援助", kinds=(Kind.GUIDE,), as_of=date(2027, 1, 1)) == ["guide"]
    assert await ids(documents, "法律援助", kinds=(Kind.GUIDE,)) == []
    assert await ids(documents, "拖欠工资", area="劳动争议") == ["case-wages"]
    assert set(await ids(documents, "拖欠工资", as_of=date(2020, 6, 1))) == {"case-wages", "case-old"}
    assert await ids(documents, "拖欠工资", limit=0) == []


async def test_a_place_falls_back_step_by_step_and_never_to_another_province(documents: EmbeddedDocuments) -> None:
    found = await ids(documents, "法律援助中心", kinds=(Kind.INSTITUTION,), region="330106")
    assert found[0] == "aid-county"
    assert set(found[1:3]) == {"aid-next", "aid-city"}
    assert found[3:] == ["aid-province", "aid-nation"]
    assert (await ids(documents, "法律援助中心", limit=1, region="330108")) in (["aid-next"], ["aid-city"])
    assert await ids(documents, "法律援助", region="460000", kinds=(Kind.INSTITUTION,)) == ["aid-nation"]


async def test_filters_alone_list_what_they_allow(documents: EmbeddedDocuments) -> None:
    assert await ids(documents, "", kinds=(Kind.INSTITUTION,), limit=2) == ["aid-county", "aid-next"]
    assert await ids(documents, "，。！？") == []


async def test_a_document_by_its_id(documents: EmbeddedDocuments) -> None:
    assert await documents.document("case-old") == DOCUMENTS[2]
    assert await documents.document("nothing") is None


@pytest.mark.parametrize(
    "query",
    [
        "",
        "的",
        "？！。",
        "a" * 10_000,
        "工资" * 5_000,
        "title:工资 AND (",
        '"*?~^',
        "\x00\u202e\ud800",
        "《》第条",
        "{}[]/\\",
    ],
)
async def test_odd_queries_are_answered(documents: EmbeddedDocuments, query: str) -> None:
    hits = await documents.find(query, DocumentFilters(), 5)
    assert len(hits) <= 5


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
async def test_no_query_fails(documents: EmbeddedDocuments, query: str) -> None:
    assert len(await documents.find(query, DocumentFilters(kinds=CASES), 3)) <= 3


def test_terms_of_places_and_articles() -> None:
    assert region_terms("330106") == ("330106", "3301", "33")
    assert region_terms("330100") == ("3301", "33")
    assert region_terms("330000") == ("33",)
    assert region_terms("") == ("00",)
    assert article_term("《甲法》第二百六十六条之一第二款第（三）项") == "《甲法》第二百六十六条之一"
    assert article_term("《甲法》第五条第一款") == "《甲法》第五条"
    assert article_term("甲法") == "甲法"


def test_a_missing_or_damaged_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="faxian index"):
        EmbeddedDocuments(tmp_path, lambda: TODAY).local.store.laws()


async def test_a_new_generation_is_used_without_a_restart(tmp_path: Path, analyzer: Analyzer) -> None:
    with new_generation(tmp_path) as folder:
        write_documents(folder / FOLDER, DOCUMENTS[:1], analyzer)
    searcher = EmbeddedDocuments(tmp_path, lambda: TODAY)
    assert await ids(searcher, "饲养动物") == []
    with new_generation(tmp_path) as folder:
        write_documents(folder / FOLDER, DOCUMENTS[:2], analyzer)
    assert await ids(searcher, "饲养动物") == ["case-dog"]


async def test_writing_on_top_of_the_generation_before(tmp_path: Path, analyzer: Analyzer) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    assert write_documents(first / FOLDER, DOCUMENTS, analyzer) == Written(10, 10, 0, 0)
    changed = Document(**{**_fields(DOCUMENTS[1]), "text": "丁的猫把丙抓伤。"})
    later = [DOCUMENTS[0], changed, DOCUMENTS[0], *DOCUMENTS[3:]]
    assert write_documents(second / FOLDER, later, analyzer, first / FOLDER) == Written(9, 1, 1, 1)
    new, old = EmbeddedDocuments(second, lambda: TODAY), EmbeddedDocuments(first, lambda: TODAY)
    assert await ids(new, "猫抓伤") == ["case-dog"]
    assert await ids(old, "猫抓伤") == []
    assert await new.document("case-old") is None
    assert await ids(new, "法律援助中心", region="330106") == await ids(old, "法律援助中心", region="330106")
    assert (await ids(new, "拖欠工资"))[0] == "case-wages"


async def test_several_processes_write_the_same(tmp_path: Path, analyzer: Analyzer) -> None:
    many = [Document(**{**_fields(DOCUMENTS[i % 2]), "id": f"d{i}"}) for i in range(200)]
    assert write_documents(tmp_path / FOLDER, many, analyzer, workers=2).analysed == 200
    found = await ids(EmbeddedDocuments(tmp_path, lambda: TODAY), "饲养动物", 3)
    assert found == ["d1", "d3", "d5"]


def test_a_damaged_generation_before_is_passed_over(tmp_path: Path, analyzer: Analyzer) -> None:
    write_documents(tmp_path / "a", DOCUMENTS, analyzer)
    (tmp_path / "a" / "documents.db").write_bytes(b"broken")
    assert write_documents(tmp_path / "b", DOCUMENTS, analyzer, tmp_path / "a").analysed == 10


def _fields(document: Document) -> dict[str, object]:
    return {name: getattr(document, name) for name in Document.__dataclass_fields__}
