"""Suppositions, 「他呢」, a second problem and two problems in one message, on the real model."""

from __future__ import annotations

import pytest

from bot.dialogue.pool import RasaPool
from tests.bot.rasa.test_dialogue import Talk, kinds, text_of

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def talk(engine: RasaPool) -> Talk:
    """A new conversation."""
    return Talk(engine)


async def dismissed(talk: Talk) -> None:
    """An opinion on a dismissal without reason after three years."""
    await talk.say("公司把我辞退了，我干了3年，月工资6000", "没说理由")
    await talk.to_opinion()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("要是干了五年呢", "60,000"),
        ("那如果是我自己走的呢？", "一般没有补偿"),
        ("如果公司说我违反规定呢", "单位要拿出证据"),
        ("要是我怀孕了呢", "怀孕"),
    ],
)
async def test_a_supposition_shows_the_difference_and_changes_nothing(talk: Talk, text: str, told: str) -> None:
    await dismissed(talk)
    facts = talk.facts
    reply = await talk.say(text)
    said = text_of(reply)
    assert "假设" in said
    assert told in said
    assert "《劳动合同法》" in said or "《妇女权益保障法》" in said
    assert "opinion" not in kinds(reply)
    assert talk.facts == facts
    assert (await talk.say("去哪里办")).topic == "dismissal"


async def test_what_does_not_differ_is_not_told(talk: Talk) -> None:
    await dismissed(talk)
    said = text_of(await talk.say("要是干了五年呢"))
    assert "失业金" not in said


async def test_a_supposition_after_a_search_keeps_the_question(talk: Talk) -> None:
    await talk.say("捡到别人丢的狗养了半年要还吗")
    reply = await talk.say("那如果找不到失主呢？")
    assert "第三百一十七条" in text_of(reply)
    assert reply.handoff is None


async def test_without_is_no_refusal_of_an_offer(talk: Talk) -> None:
    await talk.say("高空抛物砸到人谁负责")
    assert "那我们继续" not in text_of(await talk.say("那如果没有监控呢"))


@pytest.mark.parametrize("text", ["他呢？", "那我老婆呢", "那老板呢"])
async def test_somebody_else_is_asked_back_in_one_sentence(talk: Talk, text: str) -> None:
    await dismissed(talk)
    reply = await talk.say(text)
    assert "的什么事" in text_of(reply)
    assert text_of(reply).count("？") == 1


async def test_a_matter_of_its_own_is_opened(talk: Talk) -> None:
    await dismissed(talk)
    assert (await talk.say("那社保呢")).topic == "social_insurance"


@pytest.mark.parametrize("text", ["第二个问题", "另一个问题", "还有刚才说的那个"])
async def test_the_second_problem_without_one_is_asked_for(talk: Talk, text: str) -> None:
    await dismissed(talk)
    assert "另一个问题是什么事" in text_of(await talk.say(text))


async def test_the_second_problem_waits_in_an_interview(talk: Talk) -> None:
    await talk.say("公司欠工资，房东不退押金")
    await talk.say("不清楚")
    asked = talk.asked
    reply = await talk.say("第二个问题")
    assert "租房押金" in text_of(reply)
    assert talk.asked == asked
    assert (await talk.to_opinion()).topic == "rental_deposit"
    assert "没太听明白" not in text_of(talk.reply)


@pytest.mark.parametrize("text", ["第二个问题", "第二个", "第二件事呢"])
async def test_right_after_they_were_told_the_second_is_taken_up(talk: Talk, text: str) -> None:
    await talk.say("公司欠工资，房东不退押金")
    reply = await talk.say(text)
    assert reply.topic == "rental_deposit"
    assert [entry["topic"] for entry in talk.state["slots"]["pending"]] == ["unpaid_wages"]


TWO = [
    ("公司欠工资，老公还打我", ("domestic_violence", "unpaid_wages")),
    ("欠我钱不还，房东又赶我走", ("private_loan", "rent_dispute")),
    ("公司欠工资，房东不退押金", ("unpaid_wages", "rental_deposit")),
    ("朋友借我五万块不还，另外老板拖欠我三个月工资", ("private_loan", "unpaid_wages")),
    ("我想离婚，公司还把我辞退了", ("divorce", "dismissal")),
    ("老公老是打我。还有房东不退我押金", ("domestic_violence", "rental_deposit")),
]


@pytest.mark.parametrize(("text", "topics"), TWO)
async def test_two_problems_are_both_kept(talk: Talk, text: str, topics: tuple[str, str]) -> None:
    reply = await talk.say(text)
    assert "两件事" in text_of(reply)
    assert reply.topic == topics[0]
    assert [entry["topic"] for entry in talk.state["slots"]["pending"]] == [topics[1]]
    assert text_of(reply).count("？") <= 2  # the question, which may have two sentences


async def test_danger_comes_before_both_problems(talk: Talk) -> None:
    reply = await talk.say("公司欠工资，老公正在打我")
    assert reply.handoff is not None
    assert reply.handoff.priority == "urgent"
    assert "110" in reply.parts[0].text
    assert reply.topic == "domestic_violence"
    assert [entry["topic"] for entry in talk.state["slots"]["pending"]] == ["unpaid_wages"]


ONE = [
    "老板欠了我三个月工资，一直说没钱，电话也不接",
    "我在工地干活摔伤了，老板不管，医药费都是自己垫的",
    "公司没签合同，干了一年就把我开除了，一分钱没给",
    "老公打我，我想离婚，孩子要归我",
    "老公出轨，还把家里的存款都转给了小三",
    "结婚三年了，彩礼给了二十万，现在她要离婚",
    "朋友借了我五万块钱，有借条，到期了找不到人",
    "朋友借钱不还，起诉以后法院判了，他还是不给",
    "房东不退押金，说我把墙弄脏了，还要我赔钱",
    "租的房子漏水，房东不修，我想退租",
    "中介说好退定金，现在又不退了，房东也不管",
    "网上买的手机是假的，商家不退钱，平台也不管",
    "健身房办了三年卡，没用几次就关门了，老板也跑了",
    "骑电动车被汽车撞了，对方全责，保险公司不赔",
    "下班路上被车撞了，公司说不算工伤",
    "孩子在学校被同学打了，老师不管，学校说没责任",
    "邻居装修把我家墙打裂了，物业来看了也不管",
    "楼上漏水泡了我家，邻居不赔，物业推来推去",
    "我爸去世了，哥哥把房子过户到他名下，不给我分",
    "爷爷的遗产，爸爸先走了，叔叔说没我的份",
    "我借钱给亲戚，他死了，他儿子不认账",
    "我给朋友担保，他跑了，银行找我还钱",
    "被骗子骗了三万，报警了，警察说等消息",
    "网上有人骂我，还把我的照片发出来，同事都看到了",
    "家里的地被征了，补偿款村里不给，村长说没有",
    "老公在外面欠了赌债，债主上门找我要",
    "离婚了，前夫不给抚养费，还不让我看孩子",
    "公司让我加班，不给加班费，说是自愿的",
    "怀孕了公司让我走，说岗位没了，老板还骂我",
    "试用期没过就让我走，工资也没结清",
    "公司不交社保，我生病住院都是自己花钱",
    "培训机构关门了，学费不退，老师也找不到",
    "装修公司收了钱不干活，工人也跑了",
    "买的期房烂尾了，开发商没人，银行还要我还房贷",
    "妈妈老了，弟弟不养，还占着她的房子",
    "狗咬了我，主人不赔医药费，邻居都看见了",
    "老板让我签自愿离职，不签就不发工资",
    "工伤认定下来了，公司不赔，还把我辞退了",
    "男朋友分手要我还他花的钱，还到我公司闹",
    "婆婆把我们的房子卖了，老公也不说话",
]


def test_there_are_forty() -> None:
    assert len(ONE) == 40


@pytest.mark.parametrize("text", ONE)
async def test_a_story_of_one_problem_is_not_parted(talk: Talk, text: str) -> None:
    assert "两件事" not in text_of(await talk.say(text))


@pytest.mark.parametrize("text", ["我好害怕，我不知道该怎么办", "我真的要气死了", "我崩溃了，好难受"])
async def test_who_is_upset_is_asked_one_thing_and_not_blamed(talk: Talk, text: str) -> None:
    reply = await talk.say(text)
    said = text_of(reply)
    assert said.count("？") == 1
    assert reply.handoff is None
    assert "没明白" not in said
    assert (await talk.say("老板欠我三个月工资")).topic == "unpaid_wages"


async def test_patience_is_still_measured(talk: Talk) -> None:
    reply = await talk.say("我好害怕", "我真的好害怕")
    offered = "转人工" in {choice for part in reply.parts for choice in part.choices}
    assert offered or reply.handoff is not None


@pytest.mark.parametrize("text", ["他们说七天不给钱就起诉，我慌得很", "我真的好累", "how much does it cost"])
async def test_who_is_upset_after_the_opinion_is_answered(talk: Talk, text: str) -> None:
    await dismissed(talk)
    assert (await talk.say(text)).parts


@pytest.mark.parametrize("text", ["太长了看不懂", "你说简单点", "最重要的是哪一条", "没听懂，什么意思"])
async def test_who_finds_it_too_long_hears_it_in_a_few_lines(talk: Talk, text: str) -> None:
    await dismissed(talk)
    reply = await talk.say(text)
    said = text_of(reply)
    assert said.startswith("简单说")
    assert len(said) < 400
    assert "opinion" not in kinds(reply)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("他说给一个月就签了算了 我怕找工作难", "先别签"),
        ("我老婆能替我去吗", "委托书"),
        ("要带身份证吗", "原件"),
        ("那全勤奖呢", "没有现成的答案"),
        ("他能先回国再告吗", "没有现成的答案"),
        ("鉴定要多少钱", "鉴定机构"),
    ],
)
async def test_what_is_asked_of_the_matter_stays_with_it(talk: Talk, text: str, told: str) -> None:
    await dismissed(talk)
    reply = await talk.say(text)
    assert told in text_of(reply)
    assert "articles" not in kinds(reply)
    assert reply.topic == "dismissal"
    assert reply.handoff is None


async def test_a_date_told_anew_after_the_opinion_is_not_passed_over(talk: Talk) -> None:
    await dismissed(talk)
    said = text_of(await talk.say("我干了五年"))
    assert "没有变" not in said
    assert "5年" in said


@pytest.mark.parametrize(("text", "told"), [("我有聊天记录", "用得上"), ("没有录音", "不等于没办法")])
async def test_a_proof_told_after_the_opinion_is_weighed(talk: Talk, text: str, told: str) -> None:
    await dismissed(talk)
    assert told in text_of(await talk.say(text))
