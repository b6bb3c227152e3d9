"""Which papers a message asks for, and what only speaks of one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.documents.template import load_templates
from bot.interviews.cited_law import CitedLaw
from bot.interviews.topic_file import load_topics
from bot.understanding.papers import OTHER, asks_use, papers, untold, wanted_papers
from knowledge_base.opening import open_searcher

DAY = date(2026, 11, 23)
DATA = Path(__file__).resolve().parents[3] / "training_data"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("给我写个起诉状", ["civil_complaint"]),
        ("俺想写个状纸", ["civil_complaint"]),
        ("行政起诉状给我写一份", ["administrative_complaint"]),
        ("附带民事起诉状怎么写", ["incidental_complaint"]),
        ("帮我写个刑事附带民事诉状", ["incidental_complaint"]),
        ("要仲裁申请书", ["labour_arbitration"]),
        ("帮我写张欠条", ["iou"]),
        ("离婚协议怎么写，给我一份", ["divorce_agreement"]),
        ("授权委托书", ["power_of_attorney"]),
        ("能给我弄一份授权委托书不", ["power_of_attorney"]),
        ("法律援助申请表", ["legal_aid_application"]),
        ("证据清单", ["evidence_list"]),
        ("写个投诉信", ["complaint_letter"]),
        ("上诉状", ["appeal"]),
        ("答辩状怎么写", ["defence"]),
        ("给我写个仲裁嘛", ["labour_arbitration"]),
        ("给我写个告他的状子", ["civil_complaint"]),
        ("给我写个退款的信", ["demand_letter"]),
        ("可以帮我写律师信吗", ["demand_letter"]),
        ("给我写个东西发给房东", []),
        ("起诉状和证据清单都给我一份", ["civil_complaint", "evidence_list"]),
        ("把上面的打印出来", []),
        ("发我一份", []),
        ("帮我写申请书", []),
        ("要文书", []),
        ("该怎么写", []),
    ],
)
def test_a_wish_is_heard(said: str, wanted: list[str]) -> None:
    found = wanted_papers(said)
    assert found is not None
    assert [one.id for one in found.papers] == wanted
    assert not found.rest


@pytest.mark.parametrize(
    "said",
    [
        "法院寄来传票",
        "他写的欠条丢了",
        "合同上没有签字",
        "有借条",
        "写了欠条",
        "没有欠条，只有转账",
        "老板给我打的欠条",
        "他不肯写借条",
        "我要他写欠条",
        "要打欠条吗",
        "公司给我发了解除通知书",
        "让我签和解协议",
        "打印的遗嘱有效吗",
        "离婚协议没有写抚养费",
        "仲裁申请书交了",
        "合同没给我一份",
        "我要劳动仲裁",
        "律师函多少钱",
    ],
)
def test_a_paper_that_is_only_spoken_of_is_not_wanted(said: str) -> None:
    assert wanted_papers(said) is None


def test_the_story_beside_a_wish_is_kept() -> None:
    found = wanted_papers("老板欠我三个月工资，帮我写个仲裁申请书")
    assert found is not None
    assert (found.said, found.rest) == ("帮我写个仲裁申请书", "老板欠我三个月工资")
    matter = wanted_papers("给我写个离婚起诉状")
    assert matter is not None
    assert matter.rest == "离婚"


def test_a_paper_is_called_what_the_citizen_calls_it() -> None:
    found = wanted_papers("给我整个状子，还要一份欠条")
    assert found is not None
    assert found.names == "「状子」、「欠条」"
    assert not found.unknown
    other = wanted_papers("帮我写个撤诉申请书")
    assert other is not None
    assert other.unknown


@pytest.mark.parametrize(
    ("said", "paper"),
    [
        ("帮我写个陈述申辩书", "penalty_statement"),
        ("给我写份申辩材料", "penalty_statement"),
        ("帮我写个听证申请书", "hearing_application"),
        ("给我弄一份执行异议书", "enforcement_objection"),
        ("案外人执行异议申请书怎么写", "enforcement_objection"),
        ("帮我写个异议书", "legal_aid_objection"),
        ("法院送来管辖权异议书，帮我写个异议书", "legal_aid_objection"),
    ],
)
def test_papers_with_few_days_are_known_by_their_names(said: str, paper: str) -> None:
    found = wanted_papers(said)
    assert found is not None
    assert [one.id for one in found.papers] == [paper]


@pytest.mark.parametrize(
    ("said", "paper"),
    [
        ("给我写个协议", "settlement"),
        ("帮我拟个协议书", "settlement"),
        ("还款协议怎么写", "settlement"),
        ("再来个催款函", "demand_letter"),
        ("帮我写个离婚协议", "divorce_agreement"),
        ("给我写个婚前协议", "other"),
        ("给我写个合伙协议", "other"),
        ("我申请法援被拒了，帮我写个异议申请书", "legal_aid_objection"),
    ],
)
def test_an_agreement_of_any_kind_is_asked_for(said: str, paper: str) -> None:
    found = wanted_papers(said)
    assert found is not None
    assert [one.id for one in found.papers] == [paper]


@pytest.mark.parametrize("said", ["对方让我签协议", "我俩签了个协议，他不认了", "公司要我写个协议", "协议签了三年"])
def test_an_agreement_that_somebody_has_is_no_wish(said: str) -> None:
    assert wanted_papers(said, named=True) is None


def test_a_bare_name_may_be_an_answer() -> None:
    assert wanted_papers("借条", named=True) is None
    assert wanted_papers("给我一份", named=True) is None
    assert wanted_papers("给我写张借条", named=True) is not None


def test_a_paper_asked_for_tells_nothing() -> None:
    assert untold("一个月五千，帮我写张欠条") == "一个月五千"
    assert untold("他写了欠条") == "他写了欠条"
    assert untold("起诉状怎么写") == "起诉状怎么写"
    assert untold("帮我写个答辩状") == "帮我写个答辩状"  # who wants one was sued


@pytest.mark.parametrize("said", ["能签吗", "这个能直接交吗", "签了有用吗", "交几份", "要盖章吗", "手写还是打印"])
def test_it_is_asked_whether_they_can_be_used(said: str) -> None:
    assert asks_use(said)


@pytest.mark.parametrize("said", ["对方给的协议能签吗", "公司让我签，能签吗", "能退吗", "交了三千块", "合同没签"])
def test_the_paper_of_somebody_else_is_another_question(said: str) -> None:
    assert not asks_use(said)


def test_every_paper_has_its_template_and_the_topic_it_opens() -> None:
    templates, topics = load_templates(DATA / "documents"), load_topics(DATA / "topics")
    assert {one.id for one in papers()} == {*templates, OTHER}
    for one in papers():
        if one.id == OTHER:
            continue
        assert not one.opens or one.opens in topics
        assert set(one.instead) <= set(templates)
        assert bool(one.opens) + bool(one.ask) + templates[one.id].blank == 1, one.id
        drafted = {draft.use for draft in topics[one.opens].documents} if one.opens else {one.id}
        assert one.id in drafted, one.id


async def test_what_comes_first_is_said_by_articles_that_bind(law_index: Path) -> None:
    cited = [text for one in papers() for first in one.instead.values() for text in first.cite]
    assert (await CitedLaw.of(cited, open_searcher(law_index, lambda: DAY), DAY)).holds
