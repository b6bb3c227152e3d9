"""The life of an article: versions, what ended them, and whether the words changed."""

from __future__ import annotations

from datetime import date

from knowledge_base.changes.history import Wording, history
from knowledge_base.citation import Citation
from knowledge_base.laws.embedded import EmbeddedSearcher


async def test_an_article_that_an_amendment_changed(searcher: EmbeddedSearcher) -> None:
    told = await history(searcher, Citation("刑法", "390"))
    old, new = told.versions
    assert told.citation.law == "中华人民共和国刑法"
    assert (old.begins, old.ends) == (date(2021, 3, 1), date(2024, 3, 1))
    assert (new.begins, new.ends) == (date(2024, 3, 1), None)
    assert (old.wording, new.wording) == (Wording.FIRST, Wording.CHANGED)
    assert "刑法修正案（十二）" in old.article.warning
    assert told.repealed is None


async def test_one_version_and_none(searcher: EmbeddedSearcher) -> None:
    told = await history(searcher, Citation("刑法", "133-1"))
    assert [v.wording for v in told.versions] == [Wording.FIRST]
    assert (await history(searcher, Citation("刑法", "9999"))).versions == ()


async def test_a_number_that_now_stands_for_something_else(searcher: EmbeddedSearcher) -> None:
    told = await history(searcher, Citation("仲裁法", "2"))
    assert [v.wording for v in told.versions] == [Wording.FIRST, Wording.NEW_SUBJECT]
    same = await history(searcher, Citation("海商法", "1"))
    assert len(same.versions) == 2


async def test_an_ended_law_points_to_where_the_rule_stands(searcher: EmbeddedSearcher) -> None:
    told = await history(searcher, Citation("侵权责任法", "87"))
    assert told.versions == ()
    assert told.repealed is not None
    assert told.repealed.on == date(2021, 1, 1)
    assert [c.key for c in told.successors] == ["1254"]
