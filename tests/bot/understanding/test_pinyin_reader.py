"""Pinyin typed in Latin letters is read as the likeliest Chinese, and what is no pinyin is left alone."""

from __future__ import annotations

import pytest

from bot.interviews.topic_file import load_topics
from bot.understanding.english import english_words
from bot.understanding.meant import meant
from bot.understanding.pinyin_reader import PinyinReader
from bot.understanding.syllables import plain_letters, splits
from bot.understanding.word_pairs import WordPairs
from bot.understanding.words import cutter
from tests.conftest import TOPICS


@pytest.fixture(scope="module")
def reader() -> PinyinReader:
    topics = load_topics(TOPICS).values()
    return PinyinReader(WordPairs([cutter().lcut(meant(text)) for topic in topics for text in topic.examples]))


@pytest.mark.parametrize(
    ("typed", "chinese"),
    [
        ("laoban qian wo gongzi", "老板欠我工资"),
        ("laobanqianwogongzi", "老板欠我工资"),
        ("lǎobǎn qiàn wǒ gōngzī", "老板欠我工资"),
        ("lao3ban3 qian4 wo3 gong1zi1", "老板欠我工资"),
        ("LaoBan Qian Wo GongZi", "老板欠我工资"),
        ("lihun", "离婚"),
        ("li hun", "离婚"),
        ("wo xiang lihun", "我想离婚"),
        ("qiankuan bu huan", "欠款不还"),
        ("jie qian bu huan zenme ban", "借钱不还怎么办"),
        ("fangdong bu tui yajin", "房东不退押金"),
        ("jiaotong shigu", "交通事故"),
        ("mei qian laodong hetong", "没签劳动合同"),
        ("jiabao", "家暴"),
        ("falv yuanzhu", "法律援助"),
        ("lǜshī", "律师"),
        ("gongshang peichang", "工伤赔偿"),
    ],
)
def test_reads(reader: PinyinReader, typed: str, chinese: str) -> None:
    reading = reader.read(typed, english_words())
    assert reading is not None
    assert reading.text == chinese


@pytest.mark.parametrize("typed", ["laoban qian wo gongzi", "lihun", "fangdong bu tui yajin", "jiabao"])
def test_is_certain_of_what_the_examples_hold(reader: PinyinReader, typed: str) -> None:
    reading = reader.read(typed)
    assert reading is not None
    assert reading.certain


@pytest.mark.parametrize("typed", ["shi fang hu", "zhe ge ren li", "ji shi li yi"])
def test_is_not_certain_of_what_may_be_many_things(reader: PinyinReader, typed: str) -> None:
    reading = reader.read(typed)
    assert reading is None or not reading.certain


@pytest.mark.parametrize(
    "text", ["my boss does not pay me", "hello", "help me", "can he sue me", "police", "long time no see", "VIP", ""]
)
def test_other_languages_are_no_pinyin(reader: PinyinReader, text: str) -> None:
    assert reader.read(text, english_words()) is None


def test_numbers_and_marks_stay(reader: PinyinReader) -> None:
    reading = reader.read("laoban qian wo 3000, bu gei")
    assert reading is not None
    assert reading.text == "老板欠我3000,不给"


def test_syllables() -> None:
    assert plain_letters("Nǚ'ér lǜ") == "nv'er lv"
    assert splits("gongzi")
    assert not splits("boss")
