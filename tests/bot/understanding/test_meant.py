"""Typing errors, dialect and traditional characters are read as standard words, and shown as written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.reading import read_answers
from bot.interviews.topic_file import load_topics
from bot.understanding.danger import find_danger
from bot.understanding.meant import DIALECT, TYPOS, meant, rewords, understand
from tests.conftest import TODAY, TOPICS

LAWS_OWN = {"签定", "污辱", "农名工", "警员", "啥", "资遣", "合约"}
"""Stand in older laws or quoted speech, and mean the same there."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("拖欠公资怎么办", "拖欠工资怎么办"),
        ("老板不发工姿", "老板不发工资"),
        ("我要离昏", "我要离婚"),
        ("能赔尝多少", "能赔偿多少"),
        ("去仲才", "去仲裁"),
        ("房祖到期", "房租到期"),
        ("没签劳动和同", "没签劳动合同"),
        ("俺爹的地被占了咋整", "我父亲的地被占了怎么办"),
        ("老细唔出粮点算", "老板不发工资怎么办"),
        ("佢哋唔肯还钱", "他们不肯还钱"),
        ("啷个办嘛", "怎么办嘛"),
        ("搞么子", "干什么"),
        ("侬晓得伐", "你知道吗"),
        ("老闆拖著薪資不發", "老板拖着薪资不发"),
        ("妳老公拿著刀", "你老公拿着刀"),
        ("著作權、顯著、名著", "著作权、显著、名著"),
        ("他半夜老打我电话", "他半夜老给我打电话"),
        ("天天打俺的手机", "天天给我打手机"),
        ("他动手打我电话都砸了", "他动手打我电话都砸了"),
    ],
)
def test_read_as(text: str, expected: str) -> None:
    assert meant(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "任何同事都行",
        "办公资料",
        "准备告他",
        "员工咨询",
        "警察封了店",
        "医疗废物",
        "侵权责任",
        "伊拉克和阿拉伯",
        "一点解释",
        "发放工资",
        "不明儿童",
        "是伐木工人",
        "调查某人",
        "严格个税",
        "担心抱怨",
        "符合约定",
        "人身安全保护令",
    ],
)
def test_standard_words_stay(text: str) -> None:
    assert meant(text) == text


def test_there_is_enough_and_no_entry_is_a_target_of_another() -> None:
    typos = [word for words in yaml.safe_load(TYPOS.read_text(encoding="utf-8")).values() for word in words.split()]
    dialect = yaml.safe_load(DIALECT.read_text(encoding="utf-8"))
    assert len(typos) == len(set(typos))
    assert len(typos) >= 300
    assert len(dialect) >= 200
    assert all(row["region"] for row in dialect.values())
    for word, reword in rewords().items():
        assert word != reword.means
        assert meant(reword.means) == reword.means, word


def test_no_law_is_read_as_something_else(law_index: Path) -> None:
    """The whole law in force: an entry that stands in it, even by chance across two words, would do harm."""
    book = next(law_index.rglob("articles.db"))
    with sqlite3.connect(f"file:{book}?mode=ro", uri=True) as database:
        texts = [str(row[0]) for row in database.execute("SELECT text FROM article")]
    assert len(texts) > 1000
    harmed = set()
    for text in texts:
        heard = understand(text)
        for _, _, start, end in heard._spans:
            harmed.add(heard.own[start:end])
    assert harmed <= LAWS_OWN


def test_what_is_shown_is_what_was_written() -> None:
    heard = understand("老闆欠俺三个月公资，没签劳动和同")
    assert heard.text == "老板欠我三个月工资,没签劳动合同"
    assert heard.quoted("老板") == "老闆"
    assert heard.quoted("欠我三个月") == "欠俺三个月"
    assert heard.quoted("劳动合同") == "劳动和同"
    assert heard.quoted("不在里面") == "不在里面"


def test_an_answer_keeps_the_citizens_own_words() -> None:
    topic = load_topics(TOPICS)["unpaid_wages"]
    facts = read_answers(topic, {}, None, "俺在廠裡上班，老闆欠俺８０００塊公资", TODAY).facts
    assert facts["owed"].value == 8000
    assert facts["owed"].said == "８０００塊"
    assert "廠" in facts["relation"].said


def test_an_option_is_chosen_in_traditional_characters() -> None:
    topic = load_topics(TOPICS)["unpaid_wages"]
    relation = topic.fact("relation")
    reading = read_answers(topic, {}, "relation", "在單位上班", TODAY)
    assert reading.understood
    assert reading.facts["relation"].value == relation.options[0].value
    assert reading.facts["relation"].said == "在單位上班"


@pytest.mark.parametrize(
    "text",
    ["救命，我老公正在打我", "救命，我老公正在打俺", "他拿著刀追我", "我老公又在打我，他要殺我", "佢要斩死我，救命"],
)
def test_danger_is_read_in_every_form(text: str) -> None:
    assert find_danger(meant(text)) is not None


@given(st.text(max_size=60))
def test_never_raises_and_shows_a_part_of_what_was_written(text: str) -> None:
    heard = understand(text)
    assert heard.shown(0, len(heard.text)) == heard.own.strip()
