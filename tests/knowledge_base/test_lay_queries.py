"""How often what citizens ask outside the topics finds the right article; floors 3 points below the measured."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.citation import Citation
from knowledge_base.index.asked import AskedTable
from knowledge_base.laws.embedded import EmbeddedSearcher
from knowledge_base.relevance import relevant
from knowledge_base.searcher import Filters
from knowledge_base.shipped import LEXICON

HERE = Path(__file__).resolve().parent
TUNED: list[dict[str, Any]] = yaml.safe_load((HERE / "lay_queries.yml").read_text(encoding="utf-8"))
BLIND: list[dict[str, Any]] = yaml.safe_load((HERE / "lay_queries_blind.yml").read_text(encoding="utf-8"))
UNRELATED = (
    "今天天气怎么样", "帮我写一首诗", "红烧肉怎么做好吃", "你叫什么名字", "怎么学好英语", "周末去哪里玩", "哈哈哈哈",
    "手机没电了", "明天会下雨吗", "苹果手机和华为哪个好", "孩子发烧了吃什么药", "怎么养多肉植物", "早上好",
    "什么颜色的衣服显白", "猫为什么喜欢纸箱", "股票明天会涨吗", "怎么做西红柿炒鸡蛋", "失眠怎么办", "你是机器人吗",
    "我想听个笑话",
)  # fmt: skip


def _wanted(searcher: EmbeddedSearcher, entry: dict[str, Any]) -> set[tuple[str, str]]:
    pairs = [reference.split() for reference in entry["a"]]
    return {(searcher.names.resolve(law) or law, key) for law, key in pairs}


def recall(searcher: EmbeddedSearcher, entries: Sequence[dict[str, Any]], limit: int) -> float:
    """Share of questions with an expected article among the first `limit` that are worth showing."""
    found = 0
    for entry in entries:
        hits = relevant(searcher.search_now(entry["q"], Filters(), limit))
        found += bool({(h.article.law, h.article.key) for h in hits} & _wanted(searcher, entry))
    return found / len(entries)


async def test_every_expected_article_binds(searcher: EmbeddedSearcher) -> None:
    missing = [
        reference
        for entry in [*TUNED, *BLIND]
        for reference in entry["a"]
        if await searcher.get(Citation(*reference.split())) is None
    ]
    assert missing == []
    assert len(TUNED) >= 200
    assert len({entry["q"] for entry in [*TUNED, *BLIND]}) == len(TUNED) + len(BLIND)


@pytest.mark.parametrize(
    ("entries", "at_five", "at_one"),
    [(TUNED[0::2], 0.93, 0.80), (TUNED[1::2], 0.91, 0.79), (BLIND, 0.57, 0.37)],
    ids=["tuned half", "other half", "blind"],
)
def test_recall_does_not_fall(
    searcher: EmbeddedSearcher, entries: list[dict[str, Any]], at_five: float, at_one: float
) -> None:
    assert recall(searcher, entries, 5) >= at_five
    assert recall(searcher, entries, 1) >= at_one


def test_little_is_found_for_what_is_no_legal_question(searcher: EmbeddedSearcher) -> None:
    answered = [text for text in UNRELATED if relevant(searcher.search_now(text, Filters(), 5))]
    assert len(answered) <= 2, answered


def test_a_cited_article_is_kept_and_the_rest_is_judged(searcher: EmbeddedSearcher) -> None:
    hits = searcher.search_now("民法典第1254条", Filters(), 5)
    assert relevant(hits)[0].article.key == "1254"
    assert relevant([]) == []


def test_searching_takes_little_processor_time(searcher: EmbeddedSearcher) -> None:
    searcher.search_now("工资", Filters(), 5)
    took = []
    for entry in TUNED:
        started = time.process_time()
        searcher.search_now(entry["q"], Filters(), 5)
        took.append(time.process_time() - started)
    assert statistics.median(took) <= 0.03  # beside other work; `make bench` gives the figures


async def test_every_asked_article_binds(searcher: EmbeddedSearcher) -> None:
    asked = AskedTable.read(LEXICON).numbered
    missing = [pair for pair in asked if await searcher.get(Citation(*pair)) is None]
    assert missing == []
    assert len(asked) >= 600
