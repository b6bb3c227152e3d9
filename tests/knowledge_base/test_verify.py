"""Every reference in a text gets its article or the reason why not."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.article import Article
from knowledge_base.citation import Citation
from knowledge_base.embedded import EmbeddedSearcher
from knowledge_base.searcher import Filters, Hit
from knowledge_base.verify import verify_text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("婚姻法第四十六条", "2021年1月1日起被《中华人民共和国民法典》第一千二百六十条废止"),
        ("合同法第五十二条", "民法典"),
        ("环境保护法第六条", "《中华人民共和国生态环境法典》第一千二百四十二条废止"),
        ("民法典第九千条", "没有查到这一条"),
        ("劳动合同法第八十二条第五款", "只有2款，没有第5款"),
        ("劳动合同法第三十八条第一款第（九）项", "没有第9项"),
        ("工伤保险条例第三十七条", "不在法条库中"),
        ("商标法第八十条", "自2027年1月1日起施行，现在还没有生效"),
        ("乡镇企业法第三条", "标为已废止"),
    ],
)
async def test_reasons(searcher: EmbeddedSearcher, text: str, reason: str) -> None:
    (found,) = await verify_text(text, searcher)
    assert found.article is None
    assert reason in found.reason


async def test_what_holds_is_given_with_its_warning(searcher: EmbeddedSearcher) -> None:
    text = "依据民法典第一百八十八条第一款、劳动合同法第三十八条第一款第（二）项和刑法第三百九十条"
    found = await verify_text(text, searcher)
    assert [f.article.key if f.article else "" for f in found] == ["188", "38", "390"]
    assert [bool(f.reason) for f in found] == [False, False, True]
    assert (await verify_text("环境保护法第六条", searcher, date(2026, 8, 1)))[0].article is not None
    assert await verify_text("没有引用", searcher) == []


class Bare:
    """A searcher that knows only its seam."""

    async def search(self, query: str, filters: Filters = Filters(), limit: int = 10) -> list[Hit]:
        return []

    async def get(self, citation: Citation, as_of: date | None = None) -> Article | None:
        return None


async def test_any_searcher_will_do() -> None:
    (found,) = await verify_text("民法典第一条", Bare())
    assert found.article is None
    assert "没有查到" in found.reason
