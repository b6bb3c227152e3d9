"""What every searcher of documents must do, run against the embedded index and a real Elasticsearch."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml
from elasticsearch import AsyncElasticsearch
from scipy.stats import kendalltau

from knowledge_base.document import CASES, Document, Kind
from knowledge_base.documents.embedded import EmbeddedDocuments
from knowledge_base.documents.searcher import DocumentFilters, DocumentHit, DocumentSearcher
from knowledge_base.documents.synthetic import synthetic_cases
from knowledge_base.documents.write import FOLDER, write_documents
from knowledge_base.elastic.connection import ElasticUnavailable
from knowledge_base.elastic.document_fallback import FallbackDocuments
from knowledge_base.elastic.document_index import import_documents
from knowledge_base.elastic.documents import ElasticDocuments
from knowledge_base.elastic.generations import Imported
from knowledge_base.index.generation import new_generation
from knowledge_base.measuring.documents import bench_documents, questions
from knowledge_base.shipped import DIGESTS, LEXICON
from knowledge_base.sources.digests import DigestImporter
from knowledge_base.text.analysis import TERMS, Analyzer, read_terms
from tests.elastic_node import ElasticNode
from tests.fakes.clock import VirtualClock

TODAY = date(2026, 11, 23)
STORIES = Path(__file__).resolve().parents[1] / "knowledge_base" / "lay_queries.yml"
MADE_UP = 2000
AID = tuple(
    Document(id=f"aid-{place}-{n}", kind=Kind.INSTITUTION, title=f"{name}法律援助中心", text="法律援助 公证",
             region=place, area="" if n else "劳动争议", ended=date(2021, 1, 1) if n == 2 else None)
    for place, name in (("330106", "西湖区"), ("330102", "上城区"), ("330100", "杭州市"), ("330000", "浙江省"),
                        ("", "全国"), ("320100", "南京市"))
    for n in range(3)
)  # fmt: skip
FILTERS = (
    DocumentFilters(),
    DocumentFilters(kinds=CASES),
    DocumentFilters(kinds=(Kind.GUIDING_CASE,)),
    DocumentFilters(area="劳动争议"),
    DocumentFilters(as_of=date(2020, 6, 1)),
    DocumentFilters(kinds=(Kind.INSTITUTION,), region="330106"),
)


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer.from_lexicon(LEXICON)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Path:
    """The digests that are shipped, made-up cases, and legal aid in several places."""
    shipped = DigestImporter()
    documents = [document for unit in shipped.units(DIGESTS) for document in shipped.read(unit).documents]
    made = synthetic_cases(MADE_UP, read_terms(LEXICON / TERMS))
    path = tmp_path_factory.mktemp("documents")
    written = write_documents(path / FOLDER, [*documents, *made, *AID], analyzer)
    assert written.documents == len(documents) + MADE_UP + len(AID)
    return path


@pytest.fixture(scope="module")
def url(node: ElasticNode, folder: Path) -> str:
    """Address of the node, which holds the same documents."""
    done = asyncio.run(import_documents(folder, node.url))
    assert done.written == done.held > MADE_UP
    return node.url


@pytest.fixture(scope="module")
def embedded(folder: Path) -> EmbeddedDocuments:
    return EmbeddedDocuments(folder, lambda: TODAY)


@pytest_asyncio.fixture
async def elastic(embedded: EmbeddedDocuments, folder: Path, url: str) -> AsyncIterator[ElasticDocuments]:
    """Patient, so that a busy machine is no failure."""
    searcher = ElasticDocuments(folder, lambda: TODAY, url, timeout=30, files=embedded)
    yield searcher
    await searcher.aclose()


@pytest.fixture(params=["embedded", "elastic"])
def searcher(request: pytest.FixtureRequest) -> DocumentSearcher:
    """Each implementation in turn."""
    found: DocumentSearcher = request.getfixturevalue(request.param)
    return found


def ids(hits: Sequence[DocumentHit]) -> list[str]:
    return [hit.document.id for hit in hits]


async def test_a_story_finds_its_case(searcher: DocumentSearcher) -> None:
    hits = await searcher.find("买到过期食品，能不能要求十倍赔偿", DocumentFilters(kinds=(Kind.GUIDING_CASE,)), 5)
    assert "过期食品" in hits[0].document.title
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert "过期" in hits[0].shared or "过期食品" in hits[0].shared
    assert all(0 <= hit.likeness <= 1 for hit in hits)


async def test_filters_hold(searcher: DocumentSearcher) -> None:
    hits = await searcher.find("工资", DocumentFilters(kinds=(Kind.GUIDING_CASE,), area="劳动争议"), 30)
    assert {(hit.document.kind, hit.document.area) for hit in hits} == {(Kind.GUIDING_CASE, "劳动争议")}
    on = [await searcher.find("法律援助", DocumentFilters(region="320100", as_of=day), 20)
          for day in (date(2020, 6, 1), None)]  # fmt: skip
    assert [sum(hit.document.region == "320100" for hit in hits) for hits in on] == [3, 2]
    assert await searcher.find("法律援助", DocumentFilters(area="没有这个领域"), 5) == []


async def test_a_place_falls_back_step_by_step(searcher: DocumentSearcher) -> None:
    hits = await searcher.find("法律援助中心", DocumentFilters(kinds=(Kind.INSTITUTION,), region="330106"), 20)
    places = list(dict.fromkeys(hit.document.region for hit in hits))
    assert (places[0], set(places[1:3]), places[3:]) == ("330106", {"330102", "330100"}, ["330000", ""])


async def test_filters_alone_list_in_the_order_of_import(searcher: DocumentSearcher) -> None:
    hits = await searcher.find("", DocumentFilters(kinds=(Kind.INSTITUTION,)), 5)
    assert ids(hits) == [document.id for document in AID if document.ended is None][:5]
    assert await searcher.find("，。！", DocumentFilters(), 5) == []


@pytest.mark.parametrize(
    "query",
    ["", "。，！？", "😀", "\x00\x01", "a AND (b OR", 'title:"x" ~2 +-&&||!(){}[]^"~*?:\\/', "的了吗", "' OR 1=1;--",
     '{"query": {"match_all": {}}}', "工资" * 10_000, "１２３４５", "《》第条", "\ud800欠工资", "␀", "民法典1245条"],
    ids=lambda query: ascii(query[:12]),
)  # fmt: skip
async def test_odd_queries_are_answered_alike(
    embedded: EmbeddedDocuments, elastic: ElasticDocuments, query: str
) -> None:
    for filters in FILTERS[:2]:
        assert alike(await embedded.find(query, filters, 3), await elastic.find(query, filters, 3))


@pytest.mark.parametrize(
    "filters",
    [DocumentFilters(area="\ud800"), DocumentFilters(kinds=(Kind.GUIDE,), region="\ud800"), DocumentFilters(area='"}')],
)
async def test_odd_filters_find_nothing(searcher: DocumentSearcher, filters: DocumentFilters) -> None:
    assert await searcher.find("拖欠工资", filters, 3) == []


@pytest.mark.parametrize("limit", [-1, 0, 1, 1000, 10**6])
async def test_the_limit_holds(embedded: EmbeddedDocuments, elastic: ElasticDocuments, limit: int) -> None:
    found = ids(await elastic.find("合同", limit=limit))
    assert len(found) <= max(limit, 0)
    assert len(found) == len(await embedded.find("合同", limit=limit))


def alike(one: Sequence[DocumentHit], other: Sequence[DocumentHit]) -> bool:
    """Equal, but for the order and the choice among hits whose scores are as good as equal."""
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and all(
        a.document.id == b.document.id or abs(a.score - b.score) <= 1e-3 * a.score for a, b in pairs
    )


async def test_the_two_engines_agree(
    embedded: EmbeddedDocuments, elastic: ElasticDocuments, record_property: Any
) -> None:
    asked = [entry["q"] for entry in yaml.safe_load(STORIES.read_text(encoding="utf-8"))]
    asked += questions(read_terms(LEXICON / TERMS), 150)
    equal, overlaps, taus, errors = 0, [], [], []
    for number, question in enumerate(asked):
        filters = FILTERS[number % len(FILTERS)]
        one, other = await embedded.find(question, filters), await elastic.find(question, filters)
        equal += alike(one, other)
        both = [id_ for id_ in ids(one) if id_ in ids(other)]
        overlaps.append(len(both) / len(one) if one else float(not other))
        of = {hit.document.id: hit.score for hit in other}
        errors += [abs(of[hit.document.id] / hit.score - 1) for hit in one if hit.document.id in of]
        if len(both) > 1:
            taus.append(kendalltau(range(len(both)), [ids(other).index(id_) for id_ in both]).statistic)
    figures = {"equal": equal / len(asked), "overlap": statistics.mean(overlaps), "tau": float(statistics.mean(taus)),
               "score_error": max(errors)}  # fmt: skip
    print(f"{len(asked)} questions: " + ", ".join(f"{name} {value:.4f}" for name, value in figures.items()))
    record_property("agreement", figures)  # plain floats: xdist carries nothing else
    assert figures["equal"] >= 0.95
    assert figures["overlap"] >= 0.98
    assert figures["tau"] >= 0.98
    assert figures["score_error"] <= 5e-3  # thresholds on scores hold for both engines


async def test_a_cluster_that_hangs_is_not_missed_and_used_again(
    node: ElasticNode, url: str, folder: Path, embedded: EmbeddedDocuments, caplog: pytest.LogCaptureFixture
) -> None:
    clock = VirtualClock()
    remote = ElasticDocuments(folder, lambda: TODAY, url, files=embedded)
    searcher = FallbackDocuments(remote, embedded, monotonic=clock.monotonic, pause=2.0)
    await until_remote(searcher, clock)
    caplog.clear()
    node.freeze()
    try:
        for question in ("老板拖欠工资", "离婚孩子归谁", "被狗咬伤"):
            began = time.perf_counter()
            hits = await searcher.find(question, DocumentFilters(kinds=CASES, region="330106"))
            assert time.perf_counter() - began < 1.0
            assert ids(hits) == ids(await embedded.find(question, DocumentFilters(kinds=CASES, region="330106")))
        assert searcher.degraded
    finally:
        node.thaw()
    await until_remote(searcher, clock)
    await searcher.aclose()
    said = [record.getMessage() for record in caplog.records if record.name.startswith("knowledge_base")]
    assert said[0].startswith("documents: the embedded index answers from now on")
    assert said[-1] == "documents: Elasticsearch answers again"


async def until_remote(searcher: FallbackDocuments, clock: VirtualClock) -> None:
    """Search until the cluster answers; a cold one may be too slow a few times."""
    for _ in range(30):
        await searcher.find("工资")
        if not searcher.degraded:
            return
        clock.advance(2.0)
        await searcher.find("工资")
        await searcher.settle()
    pytest.fail("the cluster was not used again")


async def test_an_update_writes_what_changed_and_moves_the_alias(
    node: ElasticNode, tmp_path: Path, analyzer: Analyzer
) -> None:
    made = list(synthetic_cases(30, read_terms(LEXICON / TERMS)))
    searcher = ElasticDocuments(tmp_path, lambda: TODAY, node.url, alias="documents-update", timeout=30)

    def write(documents: Sequence[Document]) -> None:
        with new_generation(tmp_path) as new:
            write_documents(new / FOLDER, documents, analyzer)

    async def bring() -> Imported:
        return await import_documents(tmp_path, node.url, alias="documents-update", workers=2)

    with pytest.raises(ElasticUnavailable, match="faxian index"):
        await bring()
    write(made)
    first = await bring()
    assert (first.held, first.written, first.removed) == (30, 30, 0)
    write([*reversed(made)])
    assert await bring() == Imported(first.index, 30, 0, 0)  # the order is no difference
    write([*made[2:], replace(made[1], text="饲养的孔雀啄伤了路人。")])
    with pytest.raises(ElasticUnavailable, match="other articles or documents"):  # nobody gets the wrong ones
        await searcher.find("孔雀")
    second = await bring()
    assert (second.held, second.written, second.removed) == (29, 1, 1)
    assert ids(await searcher.find("孔雀啄伤", limit=1)) == [made[1].id]
    write(made[:3])  # most of it is gone
    third = await bring()
    assert (third.held, third.written, third.removed) == (3, 3, 0)
    async with AsyncElasticsearch(node.url) as client:
        assert list(await client.indices.get(index="documents-update-*")) == [third.index]
    await searcher.aclose()


def test_the_benchmark_measures_the_cluster_too(node: ElasticNode) -> None:
    local, remote = bench_documents([40], LEXICON, queries=10, url=node.url, node=node.pid)
    assert (local.engine, remote.engine) == ("embedded", "elasticsearch")
    assert remote.bytes > 40 * 500
    assert 0 < remote.search_p50_ms <= remote.search_p95_ms
    assert remote.node_mb >= remote.node_own_mb > 100
