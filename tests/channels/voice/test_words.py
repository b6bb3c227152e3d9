"""What the telephone says of times, dangers and papers."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.clock import SHANGHAI
from bot.dialogue.engine import Part
from bot.greeting import HANDED_OVER, NOBODY_ON_DUTY
from channels.voice.emergency import emergency_in
from channels.voice.for_ear import MORE, for_ear, heard_parts
from channels.voice.promise import promise
from tests.fakes.scripted_engine import opinion
from voice.sentence_cuts import seconds
from voice.spoken import HALF_A_MINUTE

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "hour", "minute", "said"),
    [
        (23, 21, 0, "今天晚上9点前"),
        (24, 10, 0, "明天上午10点前"),
        (25, 12, 30, "后天中午12点30分前"),
        (30, 15, 5, "11月30日星期一下午3点10分前"),
    ],
)
def test_a_promise_is_a_time_that_can_be_kept_in_mind(day: int, hour: int, minute: int, said: str) -> None:
    assert promise(datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI), NOW) == said


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("他拿着刀要砍我", "police"),
        ("我不想活了", "mind"),
        ("家里着火了", "fire"),
        ("我妈突然倒地叫不醒了", "ambulance"),
        ("我爸被警察带走了", None),
        ("老板不发工资", None),
    ],
)
def test_dangers_have_their_number(text: str, kind: str | None) -> None:
    assert emergency_in(text) == kind


def test_the_desk_s_words_for_waiting_are_not_said() -> None:
    said = Part("text", "您先保护好自己。")
    assert heard_parts([said, *HANDED_OVER, *NOBODY_ON_DUTY]) == [said]


@pytest.mark.parametrize(("reach", "where"), [("sms", "短信"), ("wechat", "微信"), ("", "报事项编号")])
def test_an_opinion_says_where_the_rest_is_and_asks_on(reach: str, where: str) -> None:
    paper = Part("opinion", "意见书", data=opinion("20261123-0001"))
    text = for_ear([paper], reach).text  # type: ignore[arg-type]
    assert where in text
    assert text.endswith(MORE)


def test_half_a_minute_holds_the_question_at_the_end_too() -> None:
    paper = opinion("20261123-0001")
    paper["findings"][0]["text"] = "".join(f"第{one}件事要说清楚，一共是{one}元，请记下来。" for one in range(10, 30))
    assert seconds(for_ear([Part("opinion", "意见书", data=paper)], "sms").text) <= HALF_A_MINUTE


def test_a_question_stays_the_last_thing_said() -> None:
    asked = Part("choices", "您是单位员工吗？", ("是", "不是"))
    assert for_ear([Part("opinion", "意见书", data=opinion("1")), asked], "sms").text.endswith("您是单位员工吗？")
