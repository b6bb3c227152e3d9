"""What is read of somebody who comes to the desk: urgency, stakes, language, place, kind of help."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.queues.help import help_of
from bot.desk.queues.judgement import judge
from bot.desk.queues.need import Told, read_need
from bot.desk.queues.place import place_name, read_place
from bot.desk.queues.stakes import read_stakes
from bot.dialogue.engine import Handoff, Part, Reply
from bot.understanding.language import read_language

TODAY = date(2026, 11, 23)
ASKED = Handoff("来访人要求人工", "normal")


def need(*said: str, handoff: Handoff = ASKED, **told: Any) -> Any:
    return read_need(handoff, Told(said, **told), TODAY, 1_000_000)


@pytest.mark.parametrize(
    ("said", "priority", "reason"),
    [
        ("老板欠我工资", 2, ""),
        ("我们三十多个工人的工资都没发", 1, "多人讨要工资"),
        ("我们一共12个人，工资全没给", 1, "多人讨要工资"),
        ("我们5个人的工资没发", 2, ""),
        ("我今年68岁，儿子不养我", 1, "来访人是老年人"),
        ("我今年35岁，想离婚", 2, ""),
        ("我女儿才14岁就被老师打了", 1, "涉及未成年人"),
        ("我是初中生，被同学要钱", 1, "涉及未成年人"),
        ("我腿有残疾，公司不给我工资", 1, "涉及残疾人"),
        ("我老公正拿刀要砍我", 0, "可能有人身危险"),
    ],
)
def test_who_comes_first_and_why(said: str, priority: int, reason: str) -> None:
    found = need(said)
    assert found.priority == priority
    assert reason in ("", *found.reasons)
    assert bool(found.reasons) == (priority < 2)


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("2026-11-23 前申请劳动仲裁", 0),
        ("最迟在2026年11月24日前起诉", 0),
        ("2026-11-29 前申请复议", 1),
        ("2026-12-30 前申请复议", 2),
        ("2026-02-31 前申请复议", 2),
        ("2026-11-01 前申请复议", 2),
    ],
)
def test_a_deadline_of_today_or_tomorrow_is_urgent(text: str, priority: int) -> None:
    assert need("工资的事", summary={"deadlines": [text]}).priority == priority


def test_the_handoff_is_never_made_less_urgent() -> None:
    assert need("你好", handoff=Handoff("危险", "urgent", "danger")).priority == 0
    assert need("你好", handoff=Handoff("快到期", "high", "deadline")).priority == 1


@pytest.mark.parametrize(
    ("said", "expert"),
    [
        ("他欠我两百万不还", True),
        ("他欠我两万不还", False),
        ("我弟弟被人打死了", True),
        ("孩子被前夫抢走了，不让我见", True),
        ("把孩子藏起来不让我见", True),
        ("想问问孩子的抚养费", False),
        ("杀人犯法吗", False),
    ],
)
def test_high_stakes_want_an_expert(said: str, expert: bool) -> None:
    assert (need(said).tier == "expert") is expert
    assert bool(read_stakes((said,), {})) is expert


def test_facts_tell_the_amount_too_and_the_figure_is_configured() -> None:
    summary = {"facts": [{"label": "本金", "value": "1,200,000 元", "said": "一百二十万"}]}
    assert need("他不还钱", summary=summary).tier == "expert"
    assert read_stakes(("欠我三万",), {}, 20_000)
    assert not read_stakes(("欠我三百万",), {}, 0), "0 leaves money out of it"


def test_the_tier_follows_the_area_and_the_rule() -> None:
    assert need("你好").tier == "general"
    assert need("离婚", area="family").tier == "professional"
    assert need("你好", handoff=Handoff("多人受伤", "normal", "rule")).tier == "professional"


@pytest.mark.parametrize(
    ("said", "language"),
    [
        (("你好，我想离婚",), "zh"),
        (("老細唔出糧俾我，佢話冇錢",), "yue"),
        (("唔知道",), "zh"),
        (("My boss did not pay me", "human"), "en"),
        (("laoban bu gei qian", "老板不给钱"), "zh"),
        (("woyaolihun",), "zh"),
        ((), "zh"),
    ],
)
def test_the_language(said: tuple[str, ...], language: str) -> None:
    assert read_language(said) == language


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (("我在杭州打工",), "330100"),
        (("老家在四川凉山的",), "513400"),
        (("我住北京朝阳区",), "110105"),
        (("我在杭州打工", "后来去了深圳"), "440300"),
        (("广东省东莞市厚街镇",), "441900"),
        (("老板欠钱",), ""),
        (("在南京路上被打了",), ""),
    ],
)
def test_the_place_named_last(said: tuple[str, ...], code: str) -> None:
    assert read_place(said) == code
    assert bool(place_name(code)) is bool(code)


def test_what_the_engine_knows_counts_before_what_is_read() -> None:
    handoff = Handoff("要人", "normal", help="mediation", mood="sad", language="yue", region="440100")
    found = need("I am in 杭州", handoff=handoff)
    assert (found.help, found.mood, found.language, found.region) == ("mediation", "sad", "yue", "440100")


def test_the_deadline_that_the_engine_computed_counts_and_its_reasons_are_told() -> None:
    handoff = Handoff("多人受伤", "normal", "rule", ("期限将到",), TODAY)
    found = need("你好", handoff=handoff)
    assert found.priority == 0
    assert found.reasons == ("期限就在今天", "期限将到")


def test_the_mood_is_the_newest_feeling() -> None:
    assert need("我很害怕", "气死我了").mood == "angry"
    assert need("你好").mood == ""


def test_the_kind_of_help_follows_the_topic_and_danger_is_a_crisis() -> None:
    assert help_of("legal_aid", "asked") == "legal_aid"
    assert help_of("divorce", "asked") == "consultation"
    assert help_of("legal_aid", "danger") == "crisis"


def _said(*kinds: str) -> Reply:
    return Reply(tuple(Part(kind, "…") for kind in kinds or ("text",)), {})  # type: ignore[arg-type]


def test_anger_that_lasts_and_grave_cases_want_a_person() -> None:
    assert judge("气死我了", ("气死我了，什么玩意",), _said(), 0) is not None
    assert judge("气死我了", ("老板不给钱",), _said(), 0) is None
    grave = judge("我爸被人打死了", (), _said(), 0)
    assert grave is not None
    assert (grave.handoff.kind, grave.handoff.priority) == ("stakes", "high")


def test_money_alone_waits_for_the_opinion() -> None:
    assert judge("他欠我两百万", (), _said(), 1_000_000) is None
    assert judge("是的", ("他欠我两百万",), _said("text", "opinion"), 1_000_000) is not None
    assert judge("是的", ("他欠我两万",), _said("text", "opinion"), 1_000_000) is None


def test_what_the_engine_hands_over_is_not_judged_again() -> None:
    assert judge("我爸被人打死了", (), Reply((Part("text", "…"),), {}, Handoff("x", "urgent", "danger")), 0) is None


@given(st.lists(st.text(max_size=60), max_size=4))
def test_odd_text_never_breaks_the_reading(said: list[str]) -> None:
    found = need(*said)
    assert found.priority in (0, 1, 2)
    assert found.language in ("zh", "yue", "en")
