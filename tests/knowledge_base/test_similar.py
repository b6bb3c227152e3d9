"""Similar cases: everyday stories find the case that fits, with a reason; stories unlike any case find none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.areas import AREAS, TOPIC_AREAS, area_of, near
from knowledge_base.document import Document
from knowledge_base.documents.embedded import EmbeddedDocuments
from knowledge_base.documents.indexed import article_term
from knowledge_base.documents.searcher import DocumentFilters, DocumentHit
from knowledge_base.documents.write import FOLDER, write_documents
from knowledge_base.shipped import LEXICON
from knowledge_base.similar import similar_cases
from knowledge_base.sources.cases import CaseImporter
from knowledge_base.sources.digests import FOLDER as DIGESTS
from knowledge_base.sources.digests import DigestImporter
from knowledge_base.sources.importer import Importer
from knowledge_base.text.analysis import Analyzer

TODAY = date(2026, 11, 23)
STORIES = [
    ("我在工地干了半年，包工头一直说没钱，欠我和几个老乡四万多块工资，现在人也跑了", "劳动争议", "spc-28"),
    ("公司年底考核我排最后一名，说我不能胜任工作就把我辞退了，一分钱没给", "劳动争议", "spc-18"),
    ("单位让我签的是合作协议，可我天天打卡上班，出了事说跟我没有劳动关系", "劳动争议", "spc-179"),
    ("离职时签了竞业限制，公司说打官司的时间不算在里面", "劳动争议", "spc-184"),
    ("下班路上骑车摔伤，交警说责任认定不了，人社局不给认定工伤", "工伤", "spp-205"),
    ("我妈过马路被车撞断了腿，保险公司说她本来就骨质疏松，只肯赔一部分", "道路交通", "spc-24"),
    ("朋友把车牌借给别人用，套牌车出了车祸，车牌的主人要不要赔", "道路交通", "spc-19"),
    ("老公打我不是一次两次了，第一次起诉离婚法院没判离，我还能再起诉吗", "婚姻家庭", "spp-126"),
    ("要离婚了才发现他偷偷把存款都转走了，分财产的时候能让他少分吗", "婚姻家庭", "spc-66"),
    ("三个儿子都有钱，就是不管老人养老，八十岁的老母亲能告他们要赡养费吗", "婚姻家庭", "spp-123"),
    ("买的新车后来才知道卖之前修过，4S店没告诉我，这算不算欺诈能不能退车赔偿", "消费维权", "spc-17"),
    ("在超市买到了过期的食品，能要求十倍赔偿吗", "消费维权", "spc-23"),
    ("孩子拿我手机给主播打赏了好几万，平台不给退", "未成年人", "spp-174"),
    ("继母经常打孩子，身上都是伤，能不能把抚养权要回来", "未成年人", "spp-44"),
    ("有人在小区业主微信群里骂我，还到处诋毁我开的店", "人格权与个人信息", "spc-143"),
    ("身份证丢了被人冒名开了公司，我现在上了失信名单坐不了高铁", "公司与经营", "spp-169"),
    ("开发商把一套房子卖给两个人，先买的是我，房价涨了差价谁赔", "房产", "spp-156"),
    ("通过中介看的房，后来找了另一家便宜的中介买了，原来的中介说我跳单要中介费", "房产", "spc-1"),
    ("政府没有给补偿就把我家房子强拆了，屋里的东西都埋了，没有清单怎么赔", "土地征收", "spc-91"),
    ("判决生效了他不还钱，还把公司换了名字把收入藏起来", "执行", "spp-92"),
    ("商场的大屏幕晚上照进我家，亮得睡不着觉", "物业相邻", "spc-128"),
    ("接到自称公安的电话说我涉嫌洗钱，让我把钱转到安全账户，被骗了十几万", "刑事", "spp-67"),
]
UNLIKE = [
    ("今天天气真好，我想去公园散步", ""),
    ("你好，请问港澳通行证怎么办理", ""),
    ("什么是法律", ""),
    ("？？？", ""),
    ("想给猫取个好听的名字", "侵权"),
]


def documents(importer: Importer, path: Path) -> Iterable[Document]:
    for unit in importer.units(path):
        yield from importer.read(unit).documents


@pytest.fixture(scope="module")
def digests(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedDocuments:
    """What the repository ships, and nothing else."""
    folder = tmp_path_factory.mktemp("digests")
    write_documents(folder / FOLDER, documents(DigestImporter(), DIGESTS), Analyzer.from_lexicon(LEXICON))
    return EmbeddedDocuments(folder, lambda: TODAY)


async def test_everyday_stories_find_the_case_that_fits(digests: EmbeddedDocuments) -> None:
    missed = []
    for story, area, wanted in STORIES:
        found = await similar_cases(story, [], area, digests)
        if wanted not in [case.document.id for case in found]:
            missed.append((story, wanted, [case.document.title for case in found]))
    assert len(missed) <= 2, missed


async def test_what_is_shown_fits_the_area_and_says_why(digests: EmbeddedDocuments) -> None:
    shown = [(area, case) for story, area, _ in STORIES for case in await similar_cases(story, [], area, digests)]
    assert len(shown) >= len(STORIES)
    assert sum(near(area, case.document.area) for area, case in shown) / len(shown) >= 0.9
    for _, case in shown:
        assert case.reasons[0].startswith(("同样涉及", "同样适用"))
        assert case.reasons[-1].startswith(("法院认为：", "检察机关指出："))
        assert case.outcome == case.document.outcome
        assert 0 < case.score < 2


async def test_better_none_than_an_unlike_one(digests: EmbeddedDocuments) -> None:
    for story, area in UNLIKE:
        assert [case.document.title for case in await similar_cases(story, [], area, digests)] == []


async def test_the_articles_of_the_opinion_count_and_are_named(digests: EmbeddedDocuments) -> None:
    story = "超市卖给我的东西有问题，我要求赔偿"
    cited = ["《中华人民共和国食品安全法》第一百四十八条第二款"]
    found = await similar_cases(story, cited, ["消费维权"], digests)
    named = [case for case in found if "同样适用《食品安全法》第一百四十八条。" in case.reasons]
    assert [case.document.id for case in named][:1] == ["spc-23"]
    without = {case.document.id: case.score for case in await similar_cases(story, [], ["消费维权"], digests)}
    assert named[0].score > without.get("spc-23", 0.0)


def test_areas() -> None:
    assert {area for areas in TOPIC_AREAS.values() for area in areas} <= set(AREAS)
    assert area_of("甲诉乙保险股份有限公司机动车交通事故责任纠纷案") == "道路交通"
    assert area_of("某市人民检察院诉丙抢劫案") == "刑事"
    assert area_of("丁诉某市公安局治安管理处罚案") == "行政"
    assert area_of("戊诉某某银行股份有限公司劳动合同纠纷案") == "劳动争议"
    assert area_of("没有线索") == ""
    assert near("", "刑事")
    assert near("借贷", "合同")
    assert not near("婚姻家庭", "刑事")


@dataclass(frozen=True, slots=True)
class Without:
    """A searcher in which one document is not."""

    searcher: EmbeddedDocuments
    id: str

    async def find(
        self, query: str, filters: DocumentFilters = DocumentFilters(), limit: int = 10
    ) -> list[DocumentHit]:
        hits = await self.searcher.find(query, filters, limit + 1)
        return [hit for hit in hits if hit.document.id != self.id][:limit]

    async def document(self, id: str) -> Document | None:
        return await self.searcher.document(id)


async def test_every_fifth_published_case_finds_its_like(
    shared: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    everything = [*documents(DigestImporter(), DIGESTS), *documents(CaseImporter(), shared / "data" / "cases")]
    write_documents(tmp_path / FOLDER, everything, Analyzer.from_lexicon(LEXICON), workers=2)
    searcher = EmbeddedDocuments(tmp_path, lambda: TODAY)
    cases = list({document.id: document for document in reversed(everything)}.values())
    shown = fit = close = answered = 0
    for case in cases[::5]:
        others = await similar_cases(case.text[:300], [], "", Without(searcher, case.id))
        answered += bool(others)
        mine = {article_term(citation) for citation in case.citations}
        for other in others:
            article = bool(mine & {article_term(citation) for citation in other.document.citations})
            area = bool(case.area) and case.area == other.document.area
            shown += 1
            fit += article or area
            close += article or (bool(case.area and other.document.area) and near(case.area, other.document.area))
    record_property(
        "similar", f"{shown} shown for {answered} of {len(cases[::5])}; {fit / shown:.3f} {close / shown:.3f}"
    )
    assert fit / shown >= 0.6
    assert close / shown >= 0.72
    assert answered >= 0.45 * len(cases[::5])
