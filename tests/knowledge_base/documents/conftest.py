"""A small index of documents of every kind."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.document import Document, Kind
from knowledge_base.documents.embedded import EmbeddedDocuments
from knowledge_base.documents.write import FOLDER, write_documents
from knowledge_base.shipped import LEXICON
from knowledge_base.text.analysis import Analyzer

TODAY = date(2026, 11, 23)
DOCUMENTS = (
    Document(
        id="case-wages", kind=Kind.GUIDING_CASE, title="甲诉乙公司追索劳动报酬案", area="劳动争议", level="指导性案例",
        gist="用人单位拖欠工资的，劳动者可以解除劳动合同。", text="乙公司六个月没有发工资，甲多次讨要没有结果。",
        citations=("《中华人民共和国劳动合同法》第三十条第一款",), outcome="判乙公司支付工资。",
        published=date(2020, 1, 1),
    ),
    Document(
        id="case-dog", kind=Kind.GAZETTE_CASE, title="丙诉丁饲养动物损害责任案", area="侵权", level="公报案例",
        gist="饲养的动物造成他人损害的，饲养人应当承担侵权责任。", text="丁的狗没有拴绳，把丙咬伤。",
        citations=("《中华人民共和国民法典》第一千二百四十五条",),
    ),
    Document(
        id="case-old", kind=Kind.GUIDING_CASE, title="戊诉己拖欠工资旧案", area="劳动争议", text="己拖欠戊的工资。",
        ended=date(2021, 1, 1),
    ),
    Document(id="aid-county", kind=Kind.INSTITUTION, title="西湖区法律援助中心", text="法律援助", region="330106"),
    Document(id="aid-next", kind=Kind.INSTITUTION, title="上城区法律援助中心", text="法律援助", region="330102"),
    Document(id="aid-city", kind=Kind.INSTITUTION, title="杭州市法律援助中心", text="法律援助", region="330100"),
    Document(id="aid-province", kind=Kind.INSTITUTION, title="浙江省法律援助中心", text="法律援助", region="330000"),
    Document(id="aid-nation", kind=Kind.INSTITUTION, title="全国法律援助热线", text="法律援助"),
    Document(id="aid-far", kind=Kind.INSTITUTION, title="南京市法律援助中心", text="法律援助", region="320100"),
    Document(
        id="guide", kind=Kind.GUIDE, title="如何申请法律援助", text="带身份证到法律援助中心申请。",
        effective=date(2027, 1, 1),
    ),
)  # fmt: skip


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """The analysis every index is built with."""
    return Analyzer.from_lexicon(LEXICON)


@pytest.fixture(scope="session")
def documents(analyzer: Analyzer, tmp_path_factory: pytest.TempPathFactory) -> EmbeddedDocuments:
    """DOCUMENTS, searched as of TODAY."""
    folder = tmp_path_factory.mktemp("index")
    write_documents(folder / FOLDER, DOCUMENTS, analyzer)
    return EmbeddedDocuments(folder, lambda: TODAY)
