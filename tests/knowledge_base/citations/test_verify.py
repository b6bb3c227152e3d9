"""Every reference in a text gets its article or the reason why not."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.article import Article
from knowledge_base.citation import Citation
from knowledge_base.citations.law_names import LawNames
from knowledge_base.citations.verify import verify_text
from knowledge_base.laws.embedded import EmbeddedSearcher
from knowledge_base.searcher import Filters, Hit


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


async def test_an_article_of_an_ended_law_is_answered_with_its_successor(searcher: EmbeddedSearcher) -> None:
    (found,) = await verify_text("侵权责任法第八十七条", searcher)
    assert [a.key for a in found.successors] == ["1254"]
    assert "自2021年1月1日起" in found.reason
    told = "这一条的内容现在见《中华人民共和国民法典》第一千二百五十四条（内容有修改），引用前请核对。"
    assert found.reason.endswith(told)
    (same,) = await verify_text("物权法第三十四条", searcher)
    assert [a.key for a in same.successors] == ["235"]
    assert same.reason.endswith("第二百三十五条（文字可能有修改），引用前请核对。")
    (gone,) = await verify_text("继承法第四条", searcher)
    assert gone.successors == ()
    assert gone.reason.endswith("《中华人民共和国民法典》中没有与这一条直接对应的条文。")
    (unknown,) = await verify_text("合同法第三百三十条", searcher)
    assert unknown.successors == ()
    assert "请在《中华人民共和国民法典》中查找" in unknown.reason


async def test_no_successor_is_offered_for_a_day_before_the_law_ended(searcher: EmbeddedSearcher) -> None:
    (found,) = await verify_text("侵权责任法第八十七条", searcher, date(2019, 5, 1))
    assert found.successors == ()
    assert "2019年5月1日的事要看当时的法律" in found.reason
    (first,) = await verify_text("侵权责任法第八十七条", searcher, date(2021, 1, 1))
    assert [a.key for a in first.successors] == ["1254"]


async def test_an_ambiguous_name_is_asked_back_unless_one_law_binds(searcher: EmbeddedSearcher) -> None:
    class Renamed(EmbeddedSearcher):
        @property
        def names(self) -> LawNames:
            titles = [
                "最高人民法院关于适用《民法典》婚姻家庭编的解释（一）",
                "最高人民法院关于适用《民法典》婚姻家庭编的解释（二）",
            ]
            return LawNames([*titles, "中华人民共和国民法典"])

    other = Renamed.open(searcher._path, searcher._clock)
    (found,) = await verify_text("婚姻家庭编解释第2条", other)
    assert found.article is None
    assert "解释（一）" in found.reason
    assert "解释（二）" in found.reason
    assert "请说明是哪一部" in found.reason


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


async def test_items_in_half_width_brackets_count() -> None:
    from knowledge_base.validity.amendments import ITEM, split_paragraphs

    text = "职工有下列情形之一的，应当认定为工伤：\n(一)因工作原因受到事故伤害的；\n（二）患职业病的。"
    assert len(split_paragraphs(text)) == 1
    assert sum(1 for line in text.split("\n") if ITEM.match(line)) == 2
