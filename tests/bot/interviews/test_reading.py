from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.interviews.facts import FactValue, Plain
from bot.interviews.reading import Reading, read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_file import read_topic

TODAY = date(2026, 11, 23)


def read(topic: Topic, text: str, asked: str | None = None, facts: dict[str, FactValue] | None = None) -> Reading:
    return read_answers(topic, facts or {}, asked, text, TODAY)


def values(reading: Reading) -> dict[str, Plain]:
    return {name: one.value for name, one in reading.facts.items()}


def test_several_facts_at_once(wages: Topic) -> None:
    reading = read(wages, "我在厂里干了三年多，老板欠我一万五，工资一个月五千，我已经离职了")
    assert values(reading) == {"relation": "employee", "months": 36.0, "owed": 15000.0, "wage": 5000.0, "still": False}
    assert reading.facts["months"].high is not None
    assert "15,000元" in reading.echo


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("relation", "单位员工", "employee"),
        ("relation", "2", "helper"),
        ("relation", "第一个", "employee"),
        ("relation", "没签", "helper"),
        ("relation", "签了", "employee"),
        ("relation", "跟着包工头干的", "helper"),
        ("owed", "5000", 5000.0),
        ("owed", "五千块", 5000.0),
        ("owed", "两万三", 23000.0),
        ("owed", "工资欠了八千", 8000.0),
        ("months", "三年多", 36.0),
        ("months", "半年", 6.0),
        ("months", "1年2个月", 14.0),
        ("months", "8", 8.0),
        ("months", "从2024年11月开始", 24.0),
        ("still", "是的", True),
        ("still", "没有", False),
        ("still", "还在上班", True),
        ("still", "早就离职了", False),
        ("still", "2", False),
        ("left_on", "2026年3月1日", "2026-03-01"),
        ("left_on", "三个月了", "2026-08-23"),
    ],
)
def test_the_question_asked_gets_its_answer(wages: Topic, asked: str, text: str, value: Plain) -> None:
    reading = read(wages, text, asked)
    assert reading.understood
    assert reading.facts[asked].value == value
    assert reading.facts[asked].said


@pytest.mark.parametrize("asked", ["relation", "owed", "months", "still", "left_on"])
@pytest.mark.parametrize("text", ["不知道", "记不清了", "不清楚"])
def test_not_knowing_is_an_answer(wages: Topic, asked: str, text: str) -> None:
    reading = read(wages, text, asked)
    assert reading.understood
    assert reading.facts[asked].unknown


def test_nothing_understood(wages: Topic) -> None:
    for asked in ("relation", "owed", "left_on"):
        reading = read(wages, "天气真好", asked)
        assert not reading.understood
        assert not reading.facts


def test_a_correction_without_a_cue_changes_the_last_value_of_that_kind(wages: Topic) -> None:
    facts = {"owed": FactValue(3000.0), "relation": FactValue("employee"), "wage": FactValue(4000.0)}
    reading = read(wages, "不对，是五千", "months", facts)
    assert values(reading) == {"wage": 5000.0}
    assert reading.corrected == ("wage",)
    assert not reading.understood
    assert "改过来" in reading.echo


def test_a_correction_with_a_cue_changes_what_it_names(wages: Topic) -> None:
    facts = {"owed": FactValue(3000.0), "relation": FactValue("employee"), "wage": FactValue(4000.0)}
    assert values(read(wages, "刚才说错了，是欠我五千", "months", facts)) == {"owed": 5000.0}


def test_a_corrected_duration(wages: Topic) -> None:
    facts = {"relation": FactValue("employee"), "months": FactValue(12.0)}
    reading = read(wages, "刚才说错了，是两年", "still", facts)
    assert values(reading) == {"months": 24.0}
    assert reading.corrected == ("months",)


def test_a_corrected_yes(wages: Topic) -> None:
    reading = read(wages, "刚才说错了，是离职了", "left_on", {"still": FactValue(True)})
    assert values(reading) == {"still": False}


def test_not_this_but_that(wages: Topic) -> None:
    assert values(read(wages, "不是五千，是六千", "owed")) == {"owed": 6000.0}


def test_corrections_move_to_the_end(wages: Topic) -> None:
    facts = {"owed": FactValue(1.0), "relation": FactValue("employee")}
    merged = read(wages, "刚才说错了，是欠我五千", "months", facts).merged(facts)
    assert list(merged) == ["relation", "owed"]


def test_an_implausible_answer_is_asked_once_more_and_then_let_go(wages: Topic) -> None:
    first = read(wages, "九千万块", "owed")
    assert not first.understood
    assert first.rejected
    second = read(wages, "九千万块", "owed", first.merged({}))
    assert second.understood
    assert second.facts["owed"].unknown
    assert read(wages, "五千块", "owed", first.merged({})).facts["owed"].value == 5000.0


def test_a_day_to_come_is_implausible(wages: Topic) -> None:
    assert read(wages, "2027年1月1日", "left_on").rejected


def test_a_value_for_another_question_is_not_taken_for_this_one(wages: Topic) -> None:
    assert values(read(wages, "月薪五千", "owed")) == {"wage": 5000.0}


def test_known_facts_are_not_overwritten_in_passing(wages: Topic) -> None:
    facts = {"relation": FactValue("employee"), "owed": FactValue(3000.0)}
    assert "owed" not in read(wages, "他说下个月先给，还欠别人八千", "months", facts).facts


def test_facts_that_are_never_asked_are_taken_when_told(wages: Topic) -> None:
    assert values(read(wages, "一起的工友有二十个人")) == {"people": 20.0}


def test_a_bare_no_answers_only_the_question(wages: Topic) -> None:
    assert set(read(wages, "没有", "still").facts) == {"still"}


def test_empty_message(wages: Topic) -> None:
    assert read(wages, "  \n ", "owed") == Reading()


LIKELY = "欠不没是对错刚才离职一二三千万块年月天号个人签公司包工头，。1234567890"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    st.text(
        alphabet=st.one_of(st.sampled_from(LIKELY), st.characters()),
        max_size=60,
    ),
    st.sampled_from([None, "relation", "owed", "wage", "months", "still", "left_on", "people"]),
    st.booleans(),
)
def test_odd_text_never_breaks_it_and_values_stay_plausible(
    wages: Topic, text: str, asked: str | None, begun: bool
) -> None:
    facts = {"relation": FactValue("employee"), "owed": FactValue(10.0), "still": FactValue(True)} if begun else {}
    reading = read(wages, text, asked, facts)
    for name, told in reading.facts.items():
        fact = wages.fact(name)
        if isinstance(told.value, float):
            assert fact.min is not None
            assert fact.max is not None
            assert fact.min <= told.value <= fact.max
        if fact.type == "date" and told.value is not None:
            assert date.fromisoformat(str(told.value)) <= TODAY


def test_some_phrases_count_only_as_the_answer_to_their_question(wages: Topic) -> None:
    relation = wages.fact("relation")
    student = relation.options[2].model_copy(update={"answers": ("学校安排",)})
    narrowed = relation.model_copy(update={"options": (*relation.options[:2], student)})
    topic = wages.model_copy(update={"facts": (narrowed, *wages.facts[1:])})
    assert values(read(topic, "学校安排来的", "relation")) == {"relation": "student"}
    assert values(read(topic, "学校安排来的", "still")) == {}


def test_a_label_is_compared_in_the_form_of_the_message(wages: Topic) -> None:
    relation = wages.fact("relation")
    helper = relation.options[1].model_copy(update={"label": "帮工（包括零工，没有签合同）", "says": ("零工（日结）",)})
    topic = wages.model_copy(
        update={"facts": (relation.model_copy(update={"options": (relation.options[0], helper)}), *wages.facts[1:])}
    )
    for said in ("帮工（包括零工，没有签合同）", "帮工(包括零工,没有签合同)", "我是零工(日结)"):
        assert values(read(topic, said, "relation")) == {"relation": "helper"}


def test_a_click_tells_nothing_else(wages: Topic) -> None:
    still = wages.fact("still").model_copy(update={"says_no": ("帮工",)})
    topic = wages.model_copy(update={"facts": tuple(still if one.id == "still" else one for one in wages.facts)})
    assert values(read(topic, "给个人帮工", "relation")) == {"relation": "helper"}
    assert values(read(topic, "我给个人帮工的", "relation")) == {"relation": "helper", "still": False}


def test_some_plain_answers_count_only_when_asked(wages: Topic) -> None:
    still = wages.fact("still").model_copy(update={"answers_no": ("走了",)})
    topic = wages.model_copy(update={"facts": tuple(still if one.id == "still" else one for one in wages.facts)})
    assert values(read(topic, "走了", "still")) == {"still": False}
    assert "still" not in read(topic, "合同被收走了", "relation").facts


def test_other_topics_do_not_share_what_was_worked_out(wages: Topic) -> None:
    changed = wages.fact("still").model_copy(update={"says_no": ("撤了",)})
    topic = wages.model_copy(update={"facts": tuple(changed if one.id == "still" else one for one in wages.facts)})
    assert read(wages, "撤了", "owed").facts == {}
    assert values(read(topic, "我撤了", "owed")) == {"still": False}


FUTURE = """
id: wages
name: 合同到期
area: labour
ask_as: 合同到期
checked: {on: 2026-11-23, laws: {}}
examples: [合同快到期了]
intro: 好的。
facts:
  - {id: ends_on, label: 合同到期的日子, type: date, question: 合同哪天到期？, why: 要算日子。, future: true}
findings:
  - {id: soon, when: "days_since(ends_on) < 0", title: 还没到期, say: 还没到期。, cite: [民法典 第二百条]}
evidence: [{say: 合同}]
where: [{say: 法院}]
steps: [{say: 保存合同}]
"""


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("12月31号", "2026-12-31"),
        ("1月15号", "2027-01-15"),
        ("9月30号到期了", "2026-09-30"),
        ("2025年12月31号", "2025-12-31"),
        ("去年12月31号", "2025-12-31"),
    ],
)
def test_a_day_to_come_is_the_nearer_one(tmp_path: Path, said: str, day: str) -> None:
    path = tmp_path / "wages.yaml"
    path.write_text(FUTURE, encoding="utf-8")
    told = read_answers(read_topic(path), {}, "ends_on", said, date(2026, 11, 23)).facts["ends_on"]
    assert told.value == day


@pytest.mark.parametrize("said", ["还没走呢", "还没有", "没有到期", "我还没离开"])
def test_what_has_not_happened_has_no_day(tmp_path: Path, said: str) -> None:
    path = tmp_path / "wages.yaml"
    path.write_text(FUTURE, encoding="utf-8")
    told = read_answers(read_topic(path), {}, "ends_on", said, date(2026, 11, 23)).facts["ends_on"]
    assert told.unknown


TWO = """
id: wages
name: 时效
area: procedure
ask_as: 时效
checked: {on: 2026-11-23, laws: {}}
examples: [过了三年]
intro: 好的。
facts:
  - {id: chased, label: 催过, type: yes_no, question: 催过吗？, why: 催过重新算。, says_yes: [催过], says_no: [没催过]}
  - {id: promised, label: 答应过, type: yes_no, question: 他答应过还吗？, why: 答应过重新算。, says_yes: [答应过]}
findings:
  - {id: over, when: "chased == no and promised == no", title: 过了, say: 过了。, cite: [民法典 第一百八十八条]}
evidence: [{say: 欠条}]
where: [{say: 法院}]
steps: [{say: 保存欠条}]
"""


def test_the_answer_to_one_question_is_no_answer_to_another(tmp_path: Path) -> None:
    path = tmp_path / "wages.yaml"
    path.write_text(TWO, encoding="utf-8")
    topic = read_topic(path)
    told = read_answers(topic, {}, "promised", "没催过", date(2026, 11, 23))
    assert {name: one.value for name, one in told.facts.items()} == {"chased": False}
    told = read_answers(topic, {}, "promised", "没有，没催过", date(2026, 11, 23))
    assert {name: one.value for name, one in told.facts.items()} == {"chased": False, "promised": False}
