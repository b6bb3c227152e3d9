"""What every searcher must do, run against the embedded index and a real Elasticsearch; and what happens in between.

One file, so that one process runs it and one node is started.
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
from collections.abc import AsyncIterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml
from elasticsearch import AsyncElasticsearch
from scipy.stats import kendalltau

from knowledge_base.article import Status
from knowledge_base.citation import Citation
from knowledge_base.elastic.connection import ElasticUnavailable
from knowledge_base.elastic.fallback import FallbackSearcher
from knowledge_base.elastic.generations import Imported
from knowledge_base.elastic.index import import_index
from knowledge_base.elastic.searcher import ElasticSearcher
from knowledge_base.laws.embedded import EmbeddedSearcher
from knowledge_base.library.build import build_index
from knowledge_base.measuring.bench import make_queries, search_both
from knowledge_base.searcher import Filters, Hit, Searcher
from tests.elastic_node import ElasticNode
from tests.fakes.clock import VirtualClock

TODAY = date(2026, 11, 23)
QUESTIONS = Path(__file__).resolve().parents[1] / "knowledge_base"
PATIENCE = 3.0
"""Seconds after which the tests' searcher gives a cluster up: on a busy machine the service's own are too few."""
FILTERS = (
    Filters(),
    Filters(as_of=date(2020, 6, 1)),
    Filters(in_force_only=False),
    Filters(levels=("宪法", "法律")),
    Filters(law="民法典"),
)


@pytest.fixture
def embedded(law_index: Path) -> EmbeddedSearcher:
    return EmbeddedSearcher.open(law_index, lambda: TODAY)


@pytest_asyncio.fixture
async def elastic(law_index: Path, elasticsearch_url: str) -> AsyncIterator[ElasticSearcher]:
    """Patient, so that a busy machine is no failure."""
    searcher = ElasticSearcher(law_index, lambda: TODAY, elasticsearch_url, timeout=30)
    yield searcher
    await searcher.aclose()


@pytest.fixture(params=["embedded", "elastic"])
def searcher(request: pytest.FixtureRequest) -> Searcher:
    """Each implementation in turn."""
    found: Searcher = request.getfixturevalue(request.param)
    return found


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.article.id for hit in hits]


async def test_a_lay_question_finds_its_article(searcher: Searcher) -> None:
    hits = await searcher.search("楼上掉东西砸到车", limit=5)
    assert ("中华人民共和国民法典", "1254") in [(h.article.law, h.article.key) for h in hits]
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len(set(ids(hits))) == len(hits) == 5


async def test_an_exact_reference_comes_first(searcher: Searcher) -> None:
    hits = await searcher.search("民法典1254条和劳动合同法第八十二条说的什么", limit=5)
    assert [(h.article.law[7:], h.article.key) for h in hits[:2]] == [("民法典", "1254"), ("劳动合同法", "82")]


async def test_filters_hold(searcher: Searcher) -> None:
    assert {h.article.status for h in await searcher.search("大气污染", limit=30)} == {Status.IN_FORCE}
    everything = await searcher.search("大气污染", Filters(in_force_only=False), limit=60)
    assert Status.REPEALED in {h.article.status for h in everything}
    hits = await searcher.search("赔偿", Filters(law="消保法"), limit=20)
    assert {h.article.law for h in hits} == {"中华人民共和国消费者权益保护法"}
    assert {h.article.level for h in await searcher.search("公民权利", Filters(levels=("宪法",)), limit=5)} == {"宪法"}
    assert await searcher.search("赔偿", Filters(law="没有这部法"), limit=5) == []
    assert await searcher.search("赔偿", Filters(as_of=date(1900, 1, 1)), limit=5) == []


async def test_a_look_up_follows_the_day(searcher: Searcher) -> None:
    assert await searcher.get(Citation("商标法", "80")) is None
    later = await searcher.get(Citation("商标法", "80"), date(2027, 1, 1))
    assert later is not None
    assert later.version == "2026-06-26"


@pytest.mark.parametrize(
    "query",
    ["", " \n\t", "。，！？", "😀🎉👍", "\x00\x01\x02", "a AND (b OR", 'title:"x" ~2 +-&&||!(){}[]^"~*?:\\/', "的了吗",
     '{"query": {"match_all": {}}}', "' OR 1=1; DROP TABLE article;--", "<script>alert(1)</script>", "工资" * 10_000,
     "法" * 20_000, "１２３４５", "《》第条", "\ud800欠工资", "␀"],
    ids=lambda query: ascii(query[:12]),
)  # fmt: skip
async def test_odd_queries_are_answered_alike(embedded: EmbeddedSearcher, elastic: ElasticSearcher, query: str) -> None:
    assert ids(await elastic.search(query, limit=3)) == ids(await embedded.search(query, limit=3))


@pytest.mark.parametrize("filters", [Filters(law="\ud800"), Filters(law='"}'), Filters(levels=("\ud800", ""))])
async def test_odd_filters_find_nothing(searcher: Searcher, filters: Filters) -> None:
    assert await searcher.search("拖欠工资", filters, limit=3) == []


@pytest.mark.parametrize("limit", [-1, 0, 1, 1000, 10**9])
async def test_the_limit_holds(embedded: EmbeddedSearcher, elastic: ElasticSearcher, limit: int) -> None:
    found = ids(await elastic.search("合同", limit=limit))
    assert len(found) <= max(limit, 0)
    assert len(found) == len(await embedded.search("合同", limit=limit))


def questions() -> list[str]:
    files = ("lay_queries.yml", "lay_queries_blind.yml")
    return [entry["q"] for file in files for entry in yaml.safe_load((QUESTIONS / file).read_text(encoding="utf-8"))]


def alike(one: Sequence[Hit], other: Sequence[Hit]) -> bool:
    """Equal, but for the order and the choice among hits whose scores are as good as equal."""
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and all(
        a.article.id == b.article.id or abs(a.score - b.score) <= 1e-3 * a.score for a, b in pairs
    )


async def test_the_two_engines_agree(
    embedded: EmbeddedSearcher, elastic: ElasticSearcher, record_property: Any
) -> None:
    asked = questions() + make_queries(embedded, 120)
    equal, overlaps, taus = 0, [], []
    for number, question in enumerate(asked):
        filters = FILTERS[number % len(FILTERS)]
        one, other = await embedded.search(question, filters), await elastic.search(question, filters)
        equal += alike(one, other)
        both = [id_ for id_ in ids(one) if id_ in ids(other)]
        overlaps.append(len(both) / max(1, len(one)))
        if len(both) > 1:
            taus.append(kendalltau(range(len(both)), [ids(other).index(id_) for id_ in both]).statistic)
    figures = {"equal": equal / len(asked), "overlap": statistics.mean(overlaps), "tau": float(statistics.mean(taus))}
    print(f"{len(asked)} questions: " + ", ".join(f"{name} {value:.4f}" for name, value in figures.items()))
    record_property("agreement", figures)  # plain floats: xdist carries nothing else
    assert figures["equal"] >= 0.95
    assert figures["overlap"] >= 0.98
    assert figures["tau"] >= 0.98


async def test_scores_mean_the_same(embedded: EmbeddedSearcher, elastic: ElasticSearcher) -> None:
    """Thresholds on scores hold for both engines."""
    for question in questions()[:40]:
        of = {hit.article.id: hit.score for hit in await elastic.search(question)}
        for hit in await embedded.search(question):
            assert of.get(hit.article.id, hit.score) == pytest.approx(hit.score, rel=5e-3)


# --- the cluster is lost


@pytest_asyncio.fixture
async def falling_back(
    law_index: Path, elasticsearch_url: str, embedded: EmbeddedSearcher
) -> AsyncIterator[tuple[FallbackSearcher, VirtualClock]]:
    clock = VirtualClock()
    remote = ElasticSearcher(law_index, lambda: TODAY, elasticsearch_url, files=embedded)
    searcher = FallbackSearcher(remote, embedded, monotonic=clock.monotonic, patience=PATIENCE, pause=2.0)
    await until_remote(searcher, clock)
    yield searcher, clock
    await searcher.aclose()


async def until_remote(searcher: FallbackSearcher, clock: VirtualClock) -> None:
    """Search until the cluster answers; a cold one may be too slow a few times."""
    for _ in range(30):
        await searcher.search("工资")
        if not searcher.degraded:
            return
        clock.advance(2.0)
        await searcher.search("工资")
        await searcher.settle()
    pytest.fail("the cluster was not used again")


async def test_a_node_killed_between_searches_is_not_missed(
    node: ElasticNode,
    falling_back: tuple[FallbackSearcher, VirtualClock],
    embedded: EmbeddedSearcher,
    caplog: pytest.LogCaptureFixture,
) -> None:
    searcher, clock = falling_back
    caplog.clear()
    asked = questions()[:40]
    searches = [asyncio.create_task(searcher.search(question)) for question in asked]
    await asyncio.wait(searches, return_when=asyncio.FIRST_COMPLETED)
    node.kill()
    try:
        for question, hits in zip(asked, await asyncio.gather(*searches), strict=True):
            assert alike(await embedded.search(question), hits)
        for question in asked:
            assert alike(await embedded.search(question), await searcher.search(question))
            clock.advance(1.0)  # probes go on meanwhile
        assert searcher.degraded
    finally:
        node.start()  # whatever was found, the next test needs it
    await until_remote(searcher, clock)
    said = [record.getMessage() for record in caplog.records if record.name.startswith("knowledge_base")]
    assert "embedded index answers from now on" in said[0]
    assert "answers again" in said[-1]
    changes = ["again" in line for line in said]
    assert all(one != other for one, other in zip(changes, changes[1:], strict=False))  # one line for each change


async def test_a_node_that_hangs_is_waited_for_once(
    node: ElasticNode, falling_back: tuple[FallbackSearcher, VirtualClock], embedded: EmbeddedSearcher
) -> None:
    searcher, clock = falling_back
    node.freeze()
    try:
        hits = await searcher.search("老板拖欠工资")
        assert ids(hits) == ids(await embedded.search("老板拖欠工资"))
        clock.advance(5.0)
        await searcher.search("离婚孩子归谁")  # sends a probe ahead and does not wait for it
        settled = asyncio.create_task(searcher.settle())
        await asyncio.sleep(0)
        assert not settled.done()
        await settled
        assert searcher.degraded
    finally:
        node.thaw()
    await until_remote(searcher, clock)


# --- bringing an index into the cluster


def small_index(folder: Path, texts: Sequence[str], title: str = "中华人民共和国甲法") -> Path:
    """An index of one law with these articles; the next call on the same folder makes its next generation."""
    folder.mkdir(exist_ok=True)
    source = folder / "laws.db"
    source.unlink(missing_ok=True)
    with sqlite3.connect(source) as db:
        db.executescript(
            "CREATE TABLE laws (law_id, law_name, doc_type, level, issuing_body, publish_date, effective_date,"
            " version_date, status, law_department);"
            "CREATE TABLE articles (law_id, id, article_no, chapter, section, article_text);"
        )
        db.execute(
            "INSERT INTO laws VALUES ('a', ?, '法律', '法律', '', '2020-01-01', '2020-02-01', '2020-01-01', '现行有效',"
            " '社会法')",
            [title],
        )
        rows = [(number, f"第{number}条", text) for number, text in enumerate(texts, 1)]
        db.executemany("INSERT INTO articles VALUES ('a', ?, ?, '第一章 总则', NULL, ?)", rows)
    build_index(source, folder / "index", today=TODAY)
    return folder / "index"


TEXTS = [f"单位应当按时支付第{number}种工资。" for number in range(1, 21)]


async def found(index: Path, url: str, alias: str, question: str) -> list[str]:
    searcher = ElasticSearcher(index, lambda: TODAY, url, alias=alias, timeout=30)
    try:
        return [hit.article.text for hit in await searcher.search(question)]
    finally:
        await searcher.aclose()


async def generations(url: str, alias: str) -> list[str]:
    async with AsyncElasticsearch(url) as client:
        return sorted(await client.indices.get(index=f"{alias}-*"))


async def test_an_update_writes_what_changed_and_moves_the_alias(node: ElasticNode, tmp_path: Path) -> None:
    first = await import_index(small_index(tmp_path, TEXTS), node.url, alias="update")
    assert (first.held, first.written, first.removed) == (20, 20, 0)
    same = await import_index(tmp_path / "index", node.url, alias="update")
    assert same == Imported(first.index, 20, 0, 0)

    index = small_index(tmp_path, ["用人单位不得扣押居民身份证。", *TEXTS[1:19]])
    with pytest.raises(ElasticUnavailable, match="other articles"):  # between the two swaps nobody gets wrong articles
        await found(index, node.url, "update", "工资")
    second = await import_index(index, node.url, alias="update")
    assert (second.held, second.written, second.removed) == (19, 1, 1)
    assert await generations(node.url, "update") == [second.index]
    assert (await found(index, node.url, "update", "扣押身份证"))[0] == "用人单位不得扣押居民身份证。"
    assert len(await found(index, node.url, "update", "工资")) == 10

    third = await import_index(small_index(tmp_path, TEXTS[:2]), node.url, alias="update")  # most of it changed
    assert (third.held, third.written) == (2, 2)
    assert await generations(node.url, "update") == [third.index]


async def test_searches_go_on_during_an_update(node: ElasticNode, tmp_path: Path) -> None:
    before = small_index(tmp_path / "old", TEXTS)
    await import_index(before, node.url, alias="busy")
    embedded = EmbeddedSearcher.open(before, lambda: TODAY)
    remote = ElasticSearcher(before, lambda: TODAY, node.url, alias="busy", timeout=30, files=embedded)
    searcher = FallbackSearcher(remote, embedded, patience=30)
    index = small_index(tmp_path / "new", [f"用工单位应当支付第{n}种报酬和工资。" for n in range(300)])
    update = asyncio.create_task(import_index(index, node.url, alias="busy"))
    answers = []
    while not update.done():
        answers.append(len(await searcher.search("工资", limit=5)))
        await asyncio.sleep(0)  # the embedded index answers without a pause
    await searcher.aclose()
    assert (await update).written == 300
    assert set(answers) == {5}


async def test_a_refused_article_changes_nothing(node: ElasticNode, tmp_path: Path) -> None:
    index = small_index(tmp_path, TEXTS)
    good = await import_index(index, node.url, alias="refused")
    immense = small_index(tmp_path / "immense", TEXTS, title="甲" * 12_000 + "法")  # more than a keyword may have
    with pytest.raises(ElasticUnavailable, match="refused 20 articles"):
        await import_index(immense, node.url, alias="refused")
    assert await generations(node.url, "refused") == [good.index]
    assert len(await found(index, node.url, "refused", "工资")) == 10


async def test_an_interrupted_import_changes_nothing(node: ElasticNode, tmp_path: Path) -> None:
    index = small_index(tmp_path, TEXTS)
    good = await import_index(index, node.url, alias="interrupted")
    more = small_index(tmp_path / "more", [f"第{n}种工资应当按时支付。" for n in range(500)])
    update = asyncio.create_task(import_index(more, node.url, alias="interrupted"))
    while len(await generations(node.url, "interrupted")) < 2 and not update.done():
        pass
    update.cancel()
    with pytest.raises(asyncio.CancelledError):
        await update
    assert await generations(node.url, "interrupted") == [good.index]
    assert len(await found(index, node.url, "interrupted", "工资")) == 10


async def test_what_cannot_be_imported_is_told(node: ElasticNode, tmp_path: Path) -> None:
    with pytest.raises(ElasticUnavailable, match="faxian index"):
        await import_index(tmp_path, node.url)
    index = small_index(tmp_path, TEXTS[:2])
    with pytest.raises(ElasticUnavailable, match="no address"):
        await import_index(index, "localhost")
    with pytest.raises(ElasticUnavailable, match=r"http://127\.0\.0\.1:1: "):
        await import_index(index, "http://user:secret@127.0.0.1:1")
    with pytest.raises(ElasticUnavailable, match="HTTP 404"):
        await found(index, node.url, "never-imported", "工资")


async def test_the_benchmark_asks_both_engines_and_leaves_nothing(node: ElasticNode, tmp_path: Path) -> None:
    index = small_index(tmp_path, TEXTS)
    searcher = EmbeddedSearcher.open(index, lambda: TODAY)
    figures = await search_both(index, searcher, ["拖欠工资", "支付工资"] * 5, node.url)
    assert 0 < figures["search_p50_ms"] <= figures["search_p95_ms"]
    assert 0 < figures["elastic_p50_ms"] <= figures["elastic_p95_ms"]
    assert figures["import_s"] > 0
    assert await generations(node.url, "faxian-laws-bench") == []
