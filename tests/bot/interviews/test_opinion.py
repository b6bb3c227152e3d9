from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from bot.interviews.conclude import conclude
from bot.interviews.facts import FactValue
from bot.interviews.opinion import Opinion, write_opinion
from bot.interviews.topic import Topic
from knowledge_base.article import Status

FACTS = {
    "relation": FactValue("employee", said="厂里"),
    "owed": FactValue(15000.0, said="一万五"),
    "still": FactValue(False, said="走了"),
    "left_on": FactValue("2026-03-02", said="三月二号"),
    "months": FactValue(30.0, said="两年半"),
    "wage": FactValue(6000.0, said="六千"),
}
KEYS = (
    "title kind matter date topic told findings open deadlines evidence steps where legal_aid references unverified "
    "certainty cases documents disclaimer"
)


async def write(topic: Topic, laws: Any, today: date, facts: dict[str, FactValue] = FACTS) -> Opinion:
    return await write_opinion(topic, facts, conclude(topic, facts, today), laws, today, "20261123-0001")


async def test_shape_is_plain_json(wages: Topic, laws: Any, today: date) -> None:
    data = (await write(wages, laws, today)).to_dict()
    assert list(data) == KEYS.split()
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data
    assert data["told"][1] == {"label": "拖欠金额", "value": "15,000元", "said": "一万五"}
    assert data["findings"][1]["calculation"]["total"] == "18,000元"
    assert data["findings"][1]["calculation"]["lines"] == [
        {"label": "经济补偿", "expression": "6,000 × 3个月", "amount": "18,000元"}
    ]
    assert data["deadlines"][0]["last_day"] == "2027-03-02"
    assert data["where"][0] == {"text": "仲裁委", "phone": "12333"}
    assert data["findings"][0]["citations"][0]["law"] == "中华人民共和国劳动合同法"
    assert data["unverified"] == []


async def test_a_citation_without_an_article_is_never_shown(wages: Topic, laws: Any, today: date) -> None:
    del laws.articles["中华人民共和国劳动合同法", "47"]
    opinion = await write(wages, laws, today)
    assert opinion.unverified == ("劳动合同法 第四十七条",)
    assert "第四十七条" not in opinion.plain_text()
    assert [cited.number for cited in opinion.findings[1].citations] == ["第三十八条"]
    assert "没有核实到" in opinion.certainty


async def test_an_article_no_longer_in_force_is_never_shown(
    wages: Topic, laws: Any, today: date, old_article: Callable[[Status], Any]
) -> None:
    for status in (Status.SUPERSEDED, Status.REPEALED, Status.NOT_YET):
        laws.articles["中华人民共和国劳动合同法", "30"] = old_article(status)
        opinion = await write(wages, laws, today)
        assert "劳动合同法 第三十条" in opinion.unverified
        assert opinion.findings[0].citations == ()
        assert "核实" in opinion.findings[0].certainty
        assert "第三十条" not in opinion.plain_text()


async def test_what_is_missing_for_a_sum_stands_under_open(wages: Topic, laws: Any, today: date) -> None:
    opinion = await write(wages, laws, today, {**FACTS, "wage": FactValue(None, True, "不知道")})
    assert any("月工资" in line for line in opinion.open)
    assert {"label": "月工资", "value": "不清楚", "said": "不知道"} in opinion.to_dict()["told"]


async def test_plain_text_tells_everything(wages: Topic, laws: Any, today: date) -> None:
    text = (await write(wages, laws, today)).plain_text()
    for part in (
        "法律咨询意见书",
        "20261123-0001",
        "6,000 × 3个月 = 18,000元",
        "《劳动合同法》第三十条",
        "电话12333",
        "1. 保存证据",
    ):
        assert part in text


async def test_an_opinion_without_facts_is_honest(wages: Topic, laws: Any, today: date) -> None:
    opinion = await write(wages, laws, today, {})
    assert opinion.findings == ()
    assert "还不能得出" in opinion.certainty


async def test_an_opinion_without_findings_says_so_and_offers_a_person(wages: Topic, laws: Any, today: date) -> None:
    opinion = await write(wages, laws, today, {fact.id: FactValue(None, True, "不知道") for fact in wages.facts})
    assert not opinion.findings
    assert "现在知道的情况还不够" in opinion.certainty
    assert "转人工" in opinion.plain_text()
