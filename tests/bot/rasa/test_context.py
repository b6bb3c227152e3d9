"""The meaning of a message depends on where the conversation stands; a plain answer is never a new topic."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.facts import to_json
from bot.interviews.interview import Interview
from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics
from bot.rasa.context import decide
from bot.rasa.related import related
from bot.rasa.situation import Situation

TODAY = date(2026, 11, 23)
TOPICS = load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")
SURE_DIVORCE = [("topic_divorce", 0.97), ("topic_custody", 0.01)]


def interview(topic: Topic, text: str = "") -> Situation:
    facts = read_answers(topic, {}, None, text, TODAY).facts
    question = Interview(topic, facts, TODAY).next_question()
    assert question is not None
    return Situation(topic.id, to_json(facts), question.fact, "interview")


def meaning(text: str, ranking: Any = (), situation: Situation | None = None) -> str:
    return decide(text, ranking, situation or Situation(), TOPICS, TODAY).intent


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS.keys())
@pytest.mark.parametrize("text", ["三个月", "5000", "没有", "不知道", "有", "是的", "2024年3月", "1", "记不清了"])
def test_a_plain_answer_is_never_a_new_topic(topic: Topic, text: str) -> None:
    other = "divorce" if topic.id != "divorce" else "custody"
    assert meaning(text, [(f"topic_{other}", 0.7), ("greet", 0.1)], interview(topic)) == "answer"


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS.keys())
def test_every_quick_reply_of_the_question_is_an_answer(topic: Topic) -> None:
    situation = interview(topic)
    question = Interview(topic, situation.known(), TODAY).next_question()
    assert question is not None
    for choice in question.choices:
        assert meaning(choice, SURE_DIVORCE, situation) == "answer", choice


SITUATIONS = [
    Situation(),
    interview(TOPICS["unpaid_wages"]),
    Situation("unpaid_wages", {}, "", "told"),
    Situation(offer={"kind": "clarify", "topics": ["divorce", "custody"], "names": ["离婚", "抚养权"], "said": "x"}),
    Situation(offer={"kind": "person"}),
    Situation("unpaid_wages", {}, "", "told", offer={"kind": "again"}),
]


@pytest.mark.parametrize("situation", SITUATIONS, ids=["fresh", "interview", "told", "clarify", "person", "again"])
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("转人工", "ask_person"),
        ("我要找律师", "ask_person"),
        ("救命，我老公正在打我", "danger"),
        ("重新开始", "start_over"),
        ("", "nothing_said"),
    ],
)
def test_what_works_in_every_state(situation: Situation, text: str, intent: str) -> None:
    assert meaning(text, SURE_DIVORCE, situation) == intent


SITUATIONS_OF_HANDOFF = [
    *SITUATIONS,
    *(
        Situation(offer={"kind": kind, "said": "x", "options": [["甲", ""], ["乙", ""]], "number": "20261123-0001"})
        for kind in ("guess", "apply", "recall", "lesson", "quiz")
    ),
    Situation(misses=2),
]


@pytest.mark.parametrize("situation", SITUATIONS_OF_HANDOFF)
@pytest.mark.parametrize(
    "text",
    [
        "人工",
        "转人工",
        "律师",
        "找个人",
        "真人",
        "客服",
        "我要找人说",
        "human",
        "找人",
        "我要律师",
        "工作人员",
        "人工！",
    ],
)
def test_one_word_brings_a_person_in_every_state(situation: Situation, text: str) -> None:
    assert meaning(text, SURE_DIVORCE, situation) == "ask_person"


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS.keys())
@pytest.mark.parametrize("text", ["人工", "律师", "找个人", "真人", "客服", "我要找人说"])
def test_one_word_brings_a_person_from_the_interview_of_every_topic(topic: Topic, text: str) -> None:
    situation = interview(topic)
    question = Interview(topic, situation.known(), TODAY).next_question()
    assert question is not None
    if text not in question.choices:
        assert meaning(text, SURE_DIVORCE, situation) == "ask_person"


@pytest.mark.parametrize(
    ("text", "ranking", "intent"),
    [
        ("为什么问这个", (), "ask_why"),
        ("再说一遍", (), "ask_repeat"),
        ("另外我还想离婚", SURE_DIVORCE, "second_topic"),
        ("劳动合同法第三十八条是什么", (), "ask_law"),
        ("今天天气怎么样", [("out_of_scope", 0.9)], "out_of_scope"),
        ("那我最后能拿到多少钱呢", [("topic_unpaid_wages", 0.9)], "ask_ahead"),
        ("阿巴阿巴", (), "answer"),
    ],
)
def test_interruptions_of_an_interview(text: str, ranking: Any, intent: str) -> None:
    assert meaning(text, ranking, interview(TOPICS["unpaid_wages"])) == intent


CLARIFY = Situation(
    offer={"kind": "clarify", "topics": ["divorce", "custody"], "names": ["离婚", "孩子抚养权和抚养费"], "said": "x"}
)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("离婚", "topic_divorce"),
        ("孩子抚养权和抚养费", "topic_custody"),
        ("第一个", "topic_divorce"),
        ("后者", "topic_custody"),
        ("都是", "topic_divorce"),
        ("都不是", "ask_law"),
    ],
)
def test_answers_to_an_either_or_question(text: str, intent: str) -> None:
    assert meaning(text, (), CLARIFY) == intent


@pytest.mark.parametrize(
    ("ranking", "intent"),
    [
        ([("topic_divorce", 0.97), ("topic_custody", 0.01)], "topic_divorce"),
        ([("topic_divorce", 0.6), ("topic_custody", 0.3)], "unclear"),
        ([("law_question", 0.9)], "ask_law"),
        ([("out_of_scope", 0.9)], "out_of_scope"),
        ([("handoff", 0.9)], "ask_person"),
        ([("affirm", 0.9)], "nlu_fallback"),
        ([("out_of_scope", 0.3)], "out_of_scope"),
        ([("topic_divorce", 0.1), ("greet", 0.1)], "ask_law"),
    ],
)
def test_a_fresh_message_follows_the_classifier(ranking: Any, intent: str) -> None:
    assert meaning("这是一句普通的话，没什么的", ranking) == intent


def test_danger_needs_words_that_can_mean_it() -> None:
    assert meaning("有人堵在门口不走", [("danger_violence", 0.9)]) == "danger"
    assert meaning("他外面有人了", [("danger_violence", 0.9), ("topic_divorce", 0.06)]) == "nlu_fallback"


def test_too_little_to_search_by_is_waited_for() -> None:
    assert meaning("天天来闹", [("topic_divorce", 0.1), ("greet", 0.1)]) == "nlu_fallback"
    assert meaning("手机上看的", [("out_of_scope", 0.3)]) == "nlu_fallback"


@pytest.mark.parametrize("second", ["unpaid_wages", "custody"])
def test_violence_at_home_is_not_hidden_by_what_else_is_told(second: str) -> None:
    ranking = [("topic_divorce", 0.5), (f"topic_{second}", 0.4)]
    found = decide("老公以前打过我，我要离婚，还有公司欠我工资", ranking, Situation(), TOPICS, TODAY)
    assert (found.intent, found.candidates) == ("topic_domestic_violence", ("divorce",))
    assert meaning("老公给我打电话说要离婚，还有公司欠我工资", ranking) == "unclear"


def test_a_topic_that_no_longer_exists_is_not_taken_up() -> None:
    assert meaning("这是一句普通的话，没什么的", [("topic_gone", 0.99)]) == "ask_law"


def test_after_the_opinion_a_correction_is_one() -> None:
    told: Mapping[str, Any] = to_json(
        read_answers(TOPICS["unpaid_wages"], {}, None, "老板一共欠我8000元工资", TODAY).facts
    )
    situation = Situation("unpaid_wages", told, "", "told")
    assert meaning("不对，一共欠我9000元", (), situation) == "correct"
    assert meaning("要准备什么证据", (), situation) == "follow_up"
    assert meaning("我想离婚", SURE_DIVORCE, situation) == "topic_divorce"


@given(st.text(max_size=60), st.sampled_from(SITUATIONS))
def test_never_raises(text: str, situation: Situation) -> None:
    assert meaning(text, SURE_DIVORCE, situation)


WAGES_OR_DIVORCE = Situation(
    offer={"kind": "clarify", "topics": ["unpaid_wages", "divorce"], "names": ["拖欠工资", "离婚"], "said": "x"}
)


def test_who_goes_on_telling_instead_of_choosing_has_chosen() -> None:
    assert meaning("我在厂里干了三年，欠我八千", [("inform", 0.4)], WAGES_OR_DIVORCE) == "topic_unpaid_wages"


def test_a_bare_no_to_an_either_or_question_is_not_a_question_of_law() -> None:
    assert meaning("没有", [("deny", 0.9)], WAGES_OR_DIVORCE) != "ask_law"


def test_he_left_is_no_good_bye() -> None:
    situation = interview(TOPICS["unpaid_wages"], "在厂里上班，欠我八千")
    assert meaning("走了", [("goodbye", 0.8)], situation) == "answer"
    assert meaning("再见", [("goodbye", 0.9)], situation) == "goodbye"


def test_a_dying_mother_is_no_emergency_where_a_visit_to_prison_is_asked_about() -> None:
    visit = interview(TOPICS["prison_visit"])
    assert meaning("我妈快不行了", [("topic_prison_visit", 0.6)], visit) != "danger"
    assert meaning("我妈喝了农药", [("topic_prison_visit", 0.6)], visit) == "danger"
    assert meaning("我妈快不行了", (), interview(TOPICS["unpaid_wages"])) == "danger"
    assert meaning("我妈快不行了") == "danger"


TOLD = Situation("unpaid_wages", {}, "", "told")
TOLD_OFFERED = Situation("unpaid_wages", {}, "", "told", offer={"kind": "person"})


@pytest.mark.parametrize("word", ["没有", "好", "嗯", "知道了", "没别的了", "行", "不用了"])
def test_a_bare_word_after_the_opinion_is_met(word: str) -> None:
    assert meaning(word, [("topic_divorce", 0.4), ("deny", 0.3)], TOLD) == "follow_up"


@pytest.mark.parametrize("word", ["没有", "不用了"])
def test_a_bare_no_declines_what_is_offered(word: str) -> None:
    assert meaning(word, [("deny", 0.9)], TOLD_OFFERED) == "decline"


@pytest.mark.parametrize("said", ["要多久", "要多少钱", "能赢吗", "需要什么材料", "我该告谁", "那我现在该怎么办"])
def test_a_short_question_after_the_opinion_is_about_its_matter(said: str) -> None:
    assert meaning(said, [("topic_court_costs_help", 0.9), ("goodbye", 0.05)], TOLD) == "follow_up"


@pytest.mark.parametrize("said", ["护理费呢", "误工费能要多少", "营养费怎么算"])
def test_an_item_of_the_damages_opens_no_other_matter(said: str) -> None:
    hurt = Situation("personal_injury", {}, "", "told")
    assert meaning(said, [("topic_elder_care", 0.9)], hurt) == "follow_up"


def test_a_short_question_after_the_opinion_is_one() -> None:
    assert meaning("能改吗", [("topic_contract_breach", 0.2)], TOLD) == "follow_up"
    assert meaning("能签吗", [("topic_contract_breach", 0.2)], TOLD) == "aside"
    assert meaning("一共多少", [("inform", 0.4)], TOLD) == "follow_up"


def test_what_was_forgotten_asks_nothing() -> None:
    assert meaning("从什么时候忘了", [("topic_limitation", 0.2)], interview(TOPICS["probation"])) == "answer"


def test_a_married_out_woman_is_not_asked_which_of_two_matters_is_hers() -> None:
    both = [("topic_land_requisition", 0.5), ("topic_women_land_rights", 0.4)]
    assert meaning("外嫁女 征地款不给我", both) == "topic_women_land_rights"
    assert meaning("嫁出去的女儿 村里分地钱没我的份", both) == "topic_women_land_rights"
    assert meaning("村里征地款不给我", both) == "unclear"


def test_a_question_that_names_another_matter_opens_it() -> None:
    assert meaning("离婚要什么材料", SURE_DIVORCE, TOLD) == "topic_divorce"


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("喝了酒", "drunk_driving"),
        ("有收据没合同", "no_contract"),
        ("电话打不通", "network_fraud"),
        ("花了三千多", "minor_payments"),
        ("没签合同就签了个意向书", "no_contract"),
    ],
)
def test_a_piece_after_the_opinion_opens_nothing(said: str, topic: str) -> None:
    told = Situation("prepaid_card", {}, "", "told")
    assert meaning(said, [(f"topic_{topic}", 0.88), ("inform", 0.1)], told) in {"nlu_fallback", "correct"}
    assert meaning("公司名字我有，法人换了", [("topic_shareholder_dispute", 0.4)], told) == "nlu_fallback"


def test_another_matter_told_in_so_many_words_is_opened() -> None:
    assert meaning("没签合同", [("topic_prepaid_card", 0.3)], TOLD) == "topic_no_contract"
    assert meaning("我要离婚", SURE_DIVORCE, TOLD) == "topic_divorce"


def test_a_piece_that_fits_one_topic_half_is_waited_for() -> None:
    assert meaning("公司让我走", [("topic_resignation", 0.53), ("topic_occupational_disease", 0.08)]) == "nlu_fallback"
    assert meaning("公司让我走", [("topic_resignation", 0.5), ("topic_dismissal", 0.4)]) == "unclear"


ONLINE = Situation(
    offer={
        "kind": "clarify",
        "topics": ["online_shopping", "minor_payments"],
        "names": ["网上购物", "孩子充值、打赏"],
        "said": "网上买了个手机是翻新的",
    }
)
HOME = Situation(
    offer={"kind": "clarify", "topics": ["divorce", "cohabitation"], "names": ["离婚", "同居分手"], "said": "x"}
)


HURT = Situation(
    offer={
        "kind": "clarify",
        "topics": ["unpaid_wages", "work_injury"],
        "names": ["拖欠工资", "工伤"],
        "said": "俺在砖厂干活脚叫砸了 住院20天花了3万多 老板就给了5000",
    }
)


@pytest.mark.parametrize("words", ["去年腊月", "那能赔多少"])
def test_who_chooses_neither_means_the_one_of_which_they_told_more(words: str) -> None:
    assert meaning(words, [("nlu_fallback", 0.3)], HURT) == "topic_work_injury"


def test_who_goes_on_telling_means_the_likelier_of_the_two() -> None:
    assert meaning("花了3800", [("inform", 0.5), ("topic_minor_payments", 0.2)], ONLINE) == "topic_online_shopping"
    assert meaning("没领证", [("topic_divorce", 0.5)], HOME) == "topic_cohabitation"


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("帮我写张欠条", "topic_private_loan"),
        ("离婚协议怎么写，给我一份", "topic_consent_divorce"),
        ("法律援助申请表", "topic_legal_aid"),
        ("上诉状", "topic_how_to_sue"),
        ("给我写个起诉状", "follow_up"),
        ("要仲裁申请书", "follow_up"),
        ("授权委托书", "follow_up"),
        ("发我一份", "follow_up"),
    ],
)
def test_a_paper_asked_for_first_opens_its_topic_or_is_asked_about(said: str, intent: str) -> None:
    assert meaning(said, [("topic_evidence_help", 0.4), ("ask_law", 0.3)]) == intent


def test_a_paper_named_beside_a_story_leaves_the_story_its_topic() -> None:
    assert meaning("老板欠我三个月工资，帮我写个仲裁申请书", [("topic_unpaid_wages", 0.9)]) == "topic_unpaid_wages"
    assert meaning("商标被人抢先注册了，帮我写个投诉信", [("law_question", 0.9)]) == "ask_law"
    assert meaning("商标被人抢先注册了，发我一份", [("law_question", 0.9)]) == "ask_law"
    two = [("topic_court_costs_help", 0.4), ("topic_enforcement", 0.35)]
    assert meaning("仲裁申请书怎么写", two) == "follow_up"


def test_a_paper_without_a_template_turns_nobody_away() -> None:
    assert meaning("帮我写个撤诉申请书", [("out_of_scope", 0.9)]) == "follow_up"
    assert meaning("帮我写一份租房合同", [("law_question", 0.9)]) == "ask_law"


@pytest.mark.parametrize("said", ["帮我写张欠条", "仲裁申请书给我一份", "把上面的打印出来", "要授权委托书"])
def test_a_paper_asked_for_in_an_interview_is_no_answer(said: str) -> None:
    for topic in ("private_loan", "unpaid_wages"):
        expected = "second_topic" if (said, topic) == ("帮我写张欠条", "unpaid_wages") else "ask_ahead"
        assert meaning(said, SURE_DIVORCE, interview(TOPICS[topic])) == expected


def test_a_bare_paper_still_answers_the_question_that_stands() -> None:
    loan = interview(TOPICS["private_loan"], "我借钱给别人，借了五千")
    assert loan.asked == "proof"
    assert meaning("借条", (), loan) == "answer"
    assert meaning("收条", (), loan) == "answer"
    assert meaning("证据清单", (), loan) == "ask_ahead"


def test_a_paper_asked_for_after_the_opinion_is_its_own_or_opens_its_topic() -> None:
    assert meaning("给我写个起诉状", [("topic_how_to_sue", 0.9)], TOLD) == "follow_up"
    assert meaning("证据清单", [("topic_evidence_help", 0.9)], TOLD) == "follow_up"
    assert meaning("把上面的打印出来", [("topic_evidence_help", 0.9)], TOLD) == "follow_up"
    assert meaning("再帮我写张借条", [("inform", 0.3)], TOLD) == "topic_private_loan"


@pytest.mark.parametrize(
    ("said", "first", "second", "taken"),
    [
        ("给包工头干活 一天260干了45天", "unpaid_wages", "work_injury", "unpaid_wages"),
        ("给包工头干活 一天260 把腿砸断了", "unpaid_wages", "work_injury", ""),
        ("邻居家盖房子叫我去帮忙 从架子上摔的", "neighbours", "work_injury", "work_injury"),
        ("楼上漏水 我在厂里上班", "neighbours", "work_injury", ""),
        ("我开车把一个老太太碰了", "traffic_accident", "work_injury", "traffic_accident"),
        ("下班骑车让人撞了", "traffic_accident", "work_injury", ""),
        ("我家房子在县城被拆了 政府的人半夜拆的", "demolition", "admin_litigation", "demolition"),
        ("我老公关了二十多天了 说是帮信罪", "detention", "state_compensation", "detention"),
        ("我老公关了二十多天了 说是冤枉的 涉嫌什么罪", "detention", "state_compensation", ""),
    ],
)
def test_plain_words_spare_the_either_or_question(said: str, first: str, second: str, taken: str) -> None:
    ranking = [(f"topic_{second}", 0.5), (f"topic_{first}", 0.45)]
    assert meaning(said, ranking) == (f"topic_{taken}" if taken else "unclear")


def test_a_few_words_tell_of_an_injury_at_work() -> None:
    ranking = [("topic_homestead", 0.3), ("topic_work_injury", 0.12)]
    assert meaning("亲戚家盖房摔的", ranking) == "topic_work_injury"
    assert meaning("亲戚家盖房", ranking) == "nlu_fallback"


@pytest.mark.parametrize(
    ("topic", "said", "other"),
    [
        ("neighbours", "他说是物业的事", "property_management"),
        ("unpaid_wages", "他说是挂靠的公司欠的", "contract_breach"),
        ("small_business", "债主找我", "inheritance"),
        ("contract_breach", "还有利息吗", "private_loan"),
        ("female_workers", "我不去 就要辞退我", "dismissal"),
    ],
)
def test_after_the_opinion_it_stays_with_its_matter(topic: str, said: str, other: str) -> None:
    told = Situation(topic, {}, "", "told")
    assert meaning(said, [(f"topic_{other}", 0.8), ("greet", 0.1)], told) != f"topic_{other}"


def test_a_piece_asks_after_no_matter() -> None:
    assert meaning("还要等到后年", [("matter_status", 0.7)], interview(TOPICS["house_purchase"])) == "answer"
    assert meaning("我的事办到哪了", [("matter_status", 0.7)], interview(TOPICS["house_purchase"])) == "matter_status"


def test_what_a_creditor_does_is_no_violence_at_home() -> None:
    ranking = [("topic_domestic_violence", 0.5), ("topic_private_loan", 0.4)]
    assert meaning("我欠人家两万 他天天堵我家门 还打我老婆", ranking) == "unclear"
    assert meaning("老公欠了网贷 喝了酒就打我老妈", ranking) == "topic_domestic_violence"


def test_thanks_call_nobody() -> None:
    offered = Situation(offer={"kind": "person"}, stage="told", topic="unpaid_wages", facts={})
    assert meaning("好谢谢", [("thanks", 0.9)], offered) == "thanks"
    assert meaning("好的", [("affirm", 0.9)], Situation(offer={"kind": "person"})) == "ask_person"


@pytest.mark.parametrize("text", ["那如果没签合同呢", "要是公司注销了呢", "那如果他死了呢"])
def test_a_supposition_on_the_way_is_no_second_matter(text: str) -> None:
    sure = [("topic_no_contract", 0.95)]
    assert meaning(text, sure, interview(TOPICS["private_loan"], "朋友借我五万不还")) == "ask_ahead"


def test_what_is_asked_of_another_matter_is_not_promised() -> None:
    divorce = interview(TOPICS["consent_divorce"])
    assert meaning("彩礼能不能退", [("topic_bride_price", 0.95)], divorce) == "second_topic"
    assert meaning("试用期最长几个月", [("topic_probation", 0.95)], divorce) == "second_topic"


@pytest.mark.parametrize("text", ["他要是不认呢", "他不签怎么办", "对方不理"])
def test_who_asks_what_if_the_other_side_refuses_stays_with_the_opinion(text: str) -> None:
    assert meaning(text, [("topic_paternity", 0.9)], TOLD) == "follow_up"


def test_what_is_asked_short_after_the_opinion_stays_with_it() -> None:
    assert meaning("太长了看不懂", SURE_DIVORCE, TOLD) == "follow_up"
    assert meaning("他能先回国再告吗", [("topic_how_to_sue", 0.95)], TOLD) == "follow_up"
    assert meaning("👍", [("out_of_scope", 0.9)], TOLD) == "follow_up"
    assert meaning("把编号再说一下", [("out_of_scope", 0.9)], TOLD) == "matter_status"
    assert meaning("要带身份证吗", [("topic_hukou", 0.95)], TOLD) == "aside"
    complained = Situation("rental_deposit", {}, "", "told")
    assert meaning("那个律师费退钱要多久", [("topic_find_lawyer", 0.95)], complained) == "follow_up"


def test_how_long_a_related_matter_takes_opens_it_not() -> None:
    told = Situation("no_contract", {}, "", "told")
    assert meaning("那工资要多久能拿到", [("topic_unpaid_wages", 0.97)], told) == "follow_up"
    assert meaning("工资也没给我", [("topic_unpaid_wages", 0.97)], told) != "follow_up"


def test_who_wants_only_the_other_matter_cleared_gets_it() -> None:
    told = Situation("divorce", {}, "", "told")
    assert meaning("我改主意了，先不离了，就想把赌债的事弄清楚", [("decline", 0.9)], told) == "topic_marital_debt"
    assert meaning("我就想把这事弄清楚", [("decline", 0.9)], told) != "topic_marital_debt"


def test_evidence_that_others_keep_belongs_to_the_matter() -> None:
    bitten = Situation("animal_injury", {}, "", "told")
    assert meaning("监控物业说只保存七天 不给我看", [("topic_property_management", 0.95)], bitten) == "nlu_fallback"


def test_a_few_words_of_how_are_asked_of_the_matter() -> None:
    inherits = Situation("inheritance", {}, "", "told")
    assert meaning("怎么过户", [("out_of_scope", 0.9)], inherits) == "follow_up"
    assert meaning("明天天气怎么样啊适合出门吗", [("out_of_scope", 0.9)], inherits) != "follow_up"
    assert related("domestic_violence", "我不想离婚，就想让他别打了") == ""
    assert related("domestic_violence", "我想离婚") == "divorce"
