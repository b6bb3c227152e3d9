"""What a short message does."""

from __future__ import annotations

import pytest

from bot.understanding.speech_acts import asks_repeat, asks_why, corrects, doubts, read_polarity, wants_person


@pytest.mark.parametrize(
    ("said", "polarity"),
    [
        ("有", "yes"),
        ("签了", "yes"),
        ("嗯嗯", "yes"),
        ("没错", "yes"),
        ("没问题", "yes"),
        ("有的，签了一年", "yes"),
        ("口头说过", "yes"),
        ("没有", "no"),
        ("没签过合同", "no"),
        ("不是", "no"),
        ("好像没有", "no"),
        ("公司没交社保", "no"),
        ("还没", "no"),
        ("我不想离", "no"),
        ("不知道", "unknown"),
        ("记不清了", "unknown"),
        ("我也不清楚", "unknown"),
        ("不太记得", "unknown"),
        ("有签", "yes"),
        ("好像有", "yes"),
        ("应该是有的", "yes"),
        ("可能有吧", "yes"),
        ("他一个人说了算", None),
        ("有啊", "yes"),
        ("去年签过", "yes"),
        ("没有没有", "no"),
        ("不是不是", "no"),
        ("时不时没给工资", "no"),
        ("老人没人管", "no"),
        ("有合同没有", None),
        ("有没有", None),
        ("那会不会拘留", None),
        ("会判多久", None),
        ("今年以来陆陆续续买的", None),
        ("他们给不给钱", None),
        ("这样合不合法", None),
        ("当时签没签", None),
        ("今年8月10日办的卡", None),
        ("三月十五签的", None),
        ("是2023年入职的", None),
        ("有合同", None),
        ("有微信聊天记录", None),
        ("", None),
        ("三千五", None),
        ("怎么办", None),
    ],
)
def test_polarity(said: str, polarity: str | None) -> None:
    assert read_polarity(said) == polarity


@pytest.mark.parametrize(
    "said",
    [
        "转人工",
        "轉人工",
        "找个真人",
        "能不能给我转律师",
        "不想跟机器人说话",
        "我要找律师",
        "给我接个律师",
        "人工",
        "我想跟客服说",
    ],
)
def test_wants_a_person(said: str) -> None:
    assert wants_person(said)


@pytest.mark.parametrize(
    "said",
    [
        "I need a lawyer",
        "I want to talk to a real person please",
        "human agent",
        "Can I speak with a lawyer?",
        "I'd like to talk to a human",
        "transfer me to an agent",
    ],
)
def test_wants_a_person_in_english(said: str) -> None:
    assert wants_person(said)


@pytest.mark.parametrize(
    "said",
    [
        "Do I need a lawyer?",
        "I don't want to talk to a human",
        "I don't need a lawyer",
        "my boss is not a real person of his word",
        "human rights",
        "the agent kept my deposit",
    ],
)
def test_does_not_want_a_person_in_english(said: str) -> None:
    assert not wants_person(said)


@pytest.mark.parametrize(
    "said",
    [
        "人工费谁出",
        "不用转人工",
        "人工智能",
        "请律师要多少钱",
        "老板不发工资",
        "私人工厂不给钱",
        "工人工资",
        "你是真人吗",
        "找客服说要医院证明，给了证明又不认",
        "跟他们客服说了好几次都不管",
        "快递里有刮刮卡，中奖说联系客服领手机要先交税",
        "短信让我加客服退款",
    ],
)
def test_does_not_want_a_person(said: str) -> None:
    assert not wants_person(said)


@pytest.mark.parametrize("said", ["为什么问这个", "问这个干嘛", "为啥", "这个跟我的事有什么关系"])
def test_asks_why(said: str) -> None:
    assert asks_why(said)


def test_why_about_the_matter_is_not_about_the_question() -> None:
    assert not asks_why("为什么公司不给我工资")


@pytest.mark.parametrize("said", ["再说一遍", "什么意思", "没看懂", "你刚才问什么"])
def test_asks_to_repeat(said: str) -> None:
    assert asks_repeat(said)


@pytest.mark.parametrize(
    "said",
    [
        "说错了，是5000",
        "我说错了",
        "不是三千，是五千",
        "更正一下",
        "刚才说的不对",
        "算了还是8000",
        "算了，还是按八千算",
        "其实欠的是9500",
        "其实是去年入职的",
        "其实只有三千",
        "其实没签",
    ],
)
def test_corrects(said: str) -> None:
    assert corrects(said)


@pytest.mark.parametrize("said", ["我想找个律师", "找个律师", "我要找一位律师吧"])
def test_a_lawyer_of_ones_own_is_a_service(said: str) -> None:
    assert not wants_person(said)


@pytest.mark.parametrize("said", ["找个律师跟我说", "我想找个律师咨询", "找律师", "我要找律师"])
def test_a_lawyer_to_talk_to_is_a_person(said: str) -> None:
    assert wants_person(said)


@pytest.mark.parametrize(
    "said", ["不是", "他不是人", "还是没发工资", "算了还是找一个律师吧", "其实我是想问离婚的事", "其实也没有那么急"]
)
def test_what_takes_nothing_back_is_no_correction(said: str) -> None:
    assert not corrects(said)


@pytest.mark.parametrize(
    "said", ["其实我干了五年", "实际上是三万", "准确说是2024年5月", "工资改成六千", "其实他欠我两万", "改成没有"]
)
def test_says_that_it_was_otherwise(said: str) -> None:
    assert corrects(said)


@pytest.mark.parametrize("said", ["其实我想问两个问题", "他改成不给了", "其实我不太懂", "实际情况我不清楚"])
def test_only_says_more(said: str) -> None:
    assert not corrects(said)


@pytest.mark.parametrize(
    "said", ["你们不会骗我吧", "你是骗子吗", "这里是骗人的吧？", "不会是骗我吧", "12348是不是假的"]
)
def test_who_is_afraid_of_being_cheated_by_us_says_so(said: str) -> None:
    assert doubts(said)


@pytest.mark.parametrize("said", ["他骗我", "他是骗子吗", "我被骗了", "老板不会骗我吧我怕", "网上的人骗我钱"])
def test_who_is_cheated_by_others_does_not_doubt_us(said: str) -> None:
    assert not doubts(said)


def test_a_lawyer_wanted_at_once_is_a_person() -> None:
    assert wants_person("律师 我要律师 现在就要")
    assert not wants_person("律师 我要离婚 现在就要")
    assert not wants_person("现在就要")


@pytest.mark.parametrize(
    "said",
    ["我要人", "叫你们领导来", "不跟机器说了", "帮我接线", "叫个懂的来", "有没有人啊", "有没有会说人话的"]
    + ["你说不清楚，让别人来", "让值班的接电话", "人工人工人工"],
)
def test_a_person_is_wanted_in_other_words_too(said: str) -> None:
    assert wants_person(said)


@pytest.mark.parametrize(
    "said",
    ["我要人身安全保护令", "领导来了也没用", "叫个人来修", "人工费没给", "机器坏了", "有人吗", "有没有人管老人"]
    + ["老板让别人来顶我的岗", "接线员的工作辞了"],
)
def test_people_in_a_story_are_none_that_is_wanted(said: str) -> None:
    assert not wants_person(said)
