"""A small topic and a searcher that knows its articles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.interviews.topic import Topic
from bot.interviews.topic_file import read_topic
from knowledge_base.article import Article, Status
from knowledge_base.citation import Citation
from knowledge_base.searcher import Filters, Hit

WAGES = (Path(__file__).parent / "wages.yaml").read_text(encoding="utf-8")

TODAY = date(2026, 11, 23)


class FakeLaws:
    """Knows the articles it is given, by (law, key)."""

    def __init__(self, articles: dict[tuple[str, str], Article]) -> None:
        self.articles = articles

    async def search(self, query: str, filters: Filters = Filters(), limit: int = 10) -> list[Hit]:
        return []

    async def get(self, citation: Citation, as_of: date | None = None) -> Article | None:
        return self.articles.get((citation.law, citation.key))


def article(law: str, key: str, status: Status = Status.IN_FORCE, version: str = "2012-12-28") -> Article:
    return Article(
        key,
        law,
        f"第{key}条",
        key,
        f"{law}{key}的内容。",
        "",
        "",
        "法律",
        "",
        None,
        None,
        None,
        version,
        status,
        "",
        "",
    )


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def wages_text() -> str:
    return WAGES


@pytest.fixture
def wages(tmp_path: Path) -> Topic:
    path = tmp_path / "wages.yaml"
    path.write_text(WAGES, encoding="utf-8")
    return read_topic(path)


@pytest.fixture
def laws() -> FakeLaws:
    contract, arbitration = "中华人民共和国劳动合同法", "中华人民共和国劳动争议调解仲裁法"
    return FakeLaws(
        {
            **{(contract, key): article(contract, key) for key in ("30", "38", "47")},
            (arbitration, "27"): article(arbitration, "27", version="2007-12-29"),
        }
    )


@pytest.fixture(scope="session")
def topics_folder() -> Path:
    return Path(__file__).parents[3] / "training_data" / "topics"


@pytest.fixture
def old_article() -> Callable[[Status], Article]:
    return lambda status: article("中华人民共和国劳动合同法", "30", status)
