"""What the call does, event by event."""

from __future__ import annotations

import pytest

from tests.voice.calling import Told, asked, said
from voice.call_actions import (
    CallBack,
    JoinQueue,
    Pace,
    Pause,
    Rated,
    Record,
    Resume,
    StartMessage,
    Stop,
)
from voice.call_events import (
    Due,
    Pressed,
    RecognizerLost,
    Replied,
    SpeechStarted,
    Words,
)


def test_recording_begins_when_the_notice_was_heard() -> None:
    told = Told()
    assert told.spoken() == (Record(on=True),)


def test_a_notice_broken_off_is_given_again_before_anything_is_recorded() -> None:
    told = Told()
    told.says("老板欠薪")
    reply = told.give(Replied(1, "欠了多久？"))
    assert said(reply) == "跟您说一声，我们的通话会录音。欠了多久？"
    assert Record(on=True) in told.spoken()


def test_a_correction_is_said_back_and_counts(told: Told) -> None:
    assert "五千块" in said(told.says("欠了五千块"))
    assert "八千块" in said(told.says("不对，是八千块"))
    assert asked(told.says("对")) == [("欠了八千块", True)]


def test_a_correction_loses_nothing_of_the_story(told: Told) -> None:
    told.says("我在深圳华强有限公司上班 他们不给我加班费")
    assert "深圳华创有限公司，对吗" in said(told.says("不对 是深圳华创有限公司"))
    assert asked(told.says("对")) == [("我在深圳华创有限公司上班 他们不给我加班费", True)]
    told.says("一个月五千块")
    assert "再说一遍" in said(told.says("不是五千块"))


def test_who_tells_of_another_sum_has_corrected_nothing(told: Told) -> None:
    told.says("老板欠我三万块工资")
    assert "两千块，对吗" in said(told.says("对 还有两千块押金没退给我"))
    assert asked(told.says("对")) == [("老板欠我三万块工资。对 还有两千块押金没退给我", True)]


def test_a_name_in_place_of_the_one_misheard_asks_nobody_who_they_are(told: Told) -> None:
    told.says("我在鑫达建筑公司干活 没给钱")
    assert "鑫大建筑公司，对吗" in said(told.says("是鑫大建筑公司"))


def test_who_has_dialled_wrongly_is_let_go(told: Told) -> None:
    actions = told.says("喂 不好意思打错了")
    assert "再见" in said(actions)
    assert "满意" not in said(actions)
    assert told.talk.state == "leaving"


def test_nothing_is_goodbye_where_they_were_only_asked_to_tell(told: Told) -> None:
    told.says("那个")
    told.give(Replied(1, "嗯，这些我记着了。您接着说：后来怎么样了？您最想解决什么？"))
    told.spoken()
    assert "满意" in said(told.says("没事了"))


def test_yes_is_no_answer_to_who_asks_to_say_it_anew(told: Told) -> None:
    told.says("欠了五千块")
    assert "再说一遍" in said(told.says("不对"))
    told.spoken()
    assert asked(told.says("对")) == [("欠了五千块", False)]


@pytest.mark.parametrize(
    ("text", "story", "pace"),
    [
        ("我儿子不养我 你大声点", "我儿子不养我", Pace(0.8, loud=True)),
        ("我听力不好，你说慢一点大声一点，我想办低保", "我听力不好 我想办低保", Pace(0.8, loud=True)),
        ("慢一点说 老板欠我工资", "老板欠我工资", Pace(0.8)),
    ],
)
def test_how_to_speak_may_be_said_with_the_story(told: Told, text: str, story: str, pace: Pace) -> None:
    actions = told.says(text)
    assert pace in actions
    assert asked(actions) == [(story, True)]
    assert said(told.give(Replied(1, "欠了多久？"))) == "欠了多久？"


def test_a_story_of_slow_payment_changes_no_pace(told: Told) -> None:
    actions = told.says("老板说慢慢来 工资发得太慢")
    assert not any(isinstance(one, Pace) for one in actions)
    assert asked(actions)


def test_what_is_misheard_three_times_goes_on_marked(told: Told) -> None:
    told.says("欠了五千块")
    told.says("不对")
    assert "键盘" in said(told.says("不对"))
    assert asked(told.says("不对")) == [("欠了五千块", False)]


def test_going_on_instead_of_confirming_loses_nothing(told: Told) -> None:
    told.says("欠了五千块")
    assert asked(told.says("他还打电话骂人")) == [("欠了五千块。他还打电话骂人", False)]


def test_a_key_breaks_off_the_sentence() -> None:
    told = Told()
    assert told.give(Pressed("5"))[0] == Stop()


def test_zero_inside_a_number_is_a_digit(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "欠了几个月？"), Pressed("1"), Pressed("0"))
    assert asked(told.give(Pressed("#"))) == [("10", True)]


def test_zero_during_the_goodbye_is_still_a_person(told: Told) -> None:
    told.says("没有了，谢谢")
    told.give(Pressed("1"))
    assert told.talk.state == "leaving"
    assert JoinQueue(urgent=False) in told.give(Pressed("0"))


def test_not_wanting_a_person_is_no_wish_for_one(told: Told) -> None:
    told.says("先不要转人工")
    assert told.talk.state == "thinking"


def test_again_and_slower(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "欠了多久？"))
    assert said(told.says("再说一遍")) == "欠了多久？"
    slower = told.says("慢一点说")
    assert Pace(0.8) in slower
    assert said(slower) == "好的，我说慢一点。欠了多久？"
    slower = told.says("再慢一点")
    assert Pace(0.64) in slower
    assert said(slower) == "好的，我说慢一点。欠了多久？"
    assert Pace(0.8) in told.says("说快一点")


def test_what_is_asked_for_twice_is_said_slower(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "欠了多久？"))
    assert not any(isinstance(one, Pace) for one in told.says("没听清"))
    again = told.says("啊？你说什么")
    assert Pace(0.8) in again
    assert said(again) == "欠了多久？"


@pytest.mark.parametrize("story", ["工资发得慢一点", "他车开得太快了", "我没听清他说"])
def test_a_story_with_such_a_word_is_a_story(told: Told, story: str) -> None:
    assert asked(told.says(story)) == [(story, True)]


def test_an_answer_to_an_old_question_is_not_said(told: Told) -> None:
    told.says("老板欠薪")
    told.says("还打了人")
    assert not told.give(Replied(1, "欠了多久？"))
    assert said(told.give(Replied(2, "您受伤了吗？"))).endswith("您受伤了吗？")


def test_without_hearing_a_person_is_got_and_keys_still_work(told: Told) -> None:
    assert JoinQueue(urgent=False) in told.give(RecognizerLost(replaced=False))


@pytest.mark.parametrize(
    "text", ["不要录音", "我不想录音了", "你们能不能不录音", "可以不录音吗", "不要录音，我怕他听到"]
)
def test_who_wants_no_recording_is_not_recorded(told: Told, text: str) -> None:
    assert Record(on=False, forget=True) in told.says(text)


@pytest.mark.parametrize(("first", "recorded"), [("老板欠薪", True), ("不要录音", False)])
def test_a_message_of_who_wants_no_recording_is_words_alone(told: Told, first: str, recorded: bool) -> None:
    told.says(first)
    told.says("我要留言")
    assert StartMessage(recorded=recorded) in told.spoken()


@pytest.mark.parametrize("text", ["老板说不要录音", "开会的时候他们不许录音", "我录音了能当证据吗", "他偷偷录音"])
def test_who_tells_of_a_recording_is_recorded(told: Told, text: str) -> None:
    assert asked(told.says(text)) == [(text, True)]


@pytest.mark.parametrize("text", ["你们录音干什么", "为什么要录音", "会录音吗"])
def test_what_the_recording_is_for_is_told(told: Told, text: str) -> None:
    actions = told.says(text)
    assert "不想录，说不要录音" in said(actions)
    assert said(actions).endswith("您遇到什么事了？")


def test_who_is_not_content_is_called_back(told: Told) -> None:
    told.says("没有了")
    assert any(isinstance(action, CallBack) for action in told.give(Pressed("3")))


def test_after_a_noise_we_go_on_but_not_for_ever(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "欠了多久？"))
    assert told.give(SpeechStarted()) == (Pause(),)
    assert told.give(Words("")) == (Resume(),)
    assert told.says("") == (Resume(),)
    assert "您可以留言" in said(told.says(""))


@pytest.mark.parametrize("nod", ["嗯", "嗯嗯。", "对", "对对对", "好的", "哦，是的"])
def test_who_nods_hears_the_rest(told: Told, nod: str) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "您可以申请劳动仲裁，不收费。"))
    assert told.says(nod) == (Resume(),)


def test_who_agrees_before_the_question_is_over_has_answered_it(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "您跟公司签了劳动合同吗？"))
    assert asked(told.says("对")) == [("对", True)]


def test_who_interrupts_is_listened_to(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "您可以申请劳动仲裁，不收费。"))
    told.give(SpeechStarted())
    actions = told.give(Words("对方是个人，不是公司"))
    assert actions[0] == Stop()
    assert asked(actions)


@pytest.mark.parametrize(
    "text",
    ["他欠我们八个人工资", "法院工作人员说不立案", "他找人来打我的", "人工费还没给", "我是医院的工作人员"],
)
def test_who_tells_of_people_wants_none(told: Told, text: str) -> None:
    assert JoinQueue(urgent=False) not in told.says(text)


@pytest.mark.parametrize("text", ["转人工", "给我转人工吧", "要个人工", "有真人吗", "给我找个人说"])
def test_who_wants_a_person_gets_one(told: Told, text: str) -> None:
    assert JoinQueue(urgent=False) in told.says(text)


def test_whom_they_talk_to_is_told_and_the_question_put_again(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "我记下了。欠了多久？"))
    told.spoken()
    actions = told.says("你是真人吗")
    assert "不是真人" in said(actions)
    assert said(actions).endswith("欠了多久？")
    assert "12348法律热线" in said(told.says("这里是不是医保局"))
    assert "12348法律热线" in said(told.says("喂你好 是12348吗"))


def test_who_asks_us_to_wait_is_waited_for(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "我记下了。欠了多久？"))
    told.spoken()
    told.says("等一下 我接个电话")
    told.spoken()
    assert told.talk.due is not None
    assert told.talk.due - told.now >= 60
    assert said(told.says("好了")).endswith("欠了多久？")


def test_gone_is_no_goodbye_while_something_is_asked(told: Told) -> None:
    told.says("我爸在工地出事了")
    told.give(Replied(1, "人现在怎么样？"))
    told.spoken()
    assert asked(told.says("没了")) == [("没了", True)]
    told.give(Replied(2, "您可以申请工伤认定。您还有别的要问吗？"))
    told.spoken()
    assert "满意" in said(told.says("没了"))


@pytest.mark.parametrize(("said_so", "score"), [("满意", 1), ("一般吧", 2), ("不太满意", 3), ("没什么用", 3)])
def test_satisfaction_may_be_said(told: Told, said_so: str, score: int) -> None:
    told.says("再见")
    assert Rated(score) in told.says(said_so)


def test_a_nod_before_the_question_is_no_answer_to_it(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "干了活就该拿到钱，拖欠工资可以依法要。我先问您几个简单的问题。您还在那里干吗？"))
    assert told.says("嗯") == (Resume(),)
    told.now += 20
    assert asked(told.says("对")) == [("对", True)]


def test_who_shows_that_they_are_there_has_answered_nothing_else(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "我记下了。您还在那里干吗？"))
    told.spoken()
    told.now += 30
    assert "您还在吗" in said(told.give(Due()))
    told.spoken()
    assert said(told.says("嗯")) == "您还在那里干吗？"


def test_louder_is_louder_and_slower(told: Told) -> None:
    told.says("老板欠薪")
    told.give(Replied(1, "欠了多久？"))
    actions = told.says("我耳朵背 你大声点")
    assert Pace(0.8, loud=True) in actions
    assert said(actions).endswith("欠了多久？")


def test_the_rest_is_said_to_who_asks_for_it(told: Told) -> None:
    told.says("去哪里办")
    told.give(Replied(1, "去劳动局。还有一些，想听就说接着讲。", rest=("去法院。",)))
    told.spoken()
    assert said(told.says("接着讲")) == "去法院。"


def test_what_could_not_be_confirmed_is_told_before_the_answer(told: Told) -> None:
    told.says("欠了五千块")
    for _ in range(3):
        told.says("不对")
    assert said(told.give(Replied(1, "欠了多久？"))) == "这里我先记下，后面请工作人员再跟您核对。欠了多久？"


@pytest.mark.parametrize("text", ["没什么用 再见", "行了我知道了 拜拜", "好的就这样"])
def test_goodbye_may_come_at_the_end(told: Told, text: str) -> None:
    assert "满意" in said(told.says(text))


def test_who_says_goodbye_to_others_has_not_said_it_to_us(told: Told) -> None:
    assert asked(told.says("他走的时候没跟我说再见"))


def test_the_rest_of_an_answer_that_asks_is_said_with_the_question(told: Told) -> None:
    told.says("要带什么东西")
    told.give(Replied(1, "带身份证。您是哪一类事？", rest=("还要带合同。",)))
    told.spoken()
    assert said(told.says("接着讲")) == "还要带合同。您是哪一类事？"
