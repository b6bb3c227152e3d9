"""Danger that no pattern knows is sensed by what the message means, and by the half sentence that tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rasa.components import sensed
from bot.rasa.components.sensed import NOTHING, Sensed, parts, sense
from bot.rasa.components.sentence_model import SentenceModel
from bot.rasa.components.sentences import DANGERS, OF_DANGER, Sentences
from bot.rasa.danger_heard import ALARMED, WARY, hear_danger, is_alarming, perhaps_danger
from bot.understanding.danger import find_danger
from bot.understanding.danger_said import OTHERS_WISH, SAY, TO_A_CHILD

STORY = "公司欠我三个月工资没给，我一直在找他们要，老板说过完年再说，劳动监察也去过了，让我等着，那个人现在蹲在门口不走"


@pytest.fixture(autouse=True)
def _nothing_stays() -> Iterator[None]:
    yield
    sensed.use(None)


@pytest.fixture
def taught(sentence_model: SentenceModel) -> Sentences:
    """As the engine has it."""
    found = Sentences.there(sentence_model, DANGERS, OF_DANGER)
    assert found is not None
    sensed.use(found)
    return found


@given(st.text(alphabet="他现在蹲在门口不走，。 \n!a", max_size=400))
def test_a_message_is_read_from_its_beginning_to_its_end(text: str) -> None:
    found = parts(text, 28)
    assert 1 <= len(found) <= 10
    assert all(len(one) <= 28 for one in found)
    clauses = [one for one in re.split(r"[,，。.!！?？;；、\s…~～]", text) if 0 < len(one) <= 20]
    assert len(found) == 10 or all(any(clause in one for one in found) for clause in clauses)


def test_the_end_of_a_story_is_read_by_itself() -> None:
    assert any("蹲在门口不走" in one for one in parts(STORY, 28))
    assert parts("老板不给钱", 28) == ["老板不给钱"]


def test_a_very_long_message_costs_no_more_than_ten_looks() -> None:
    assert len(parts(STORY * 100, 28)) == len(parts(STORY * 100, 110)) == 10


def test_nothing_is_sensed_without_a_model() -> None:
    assert sense("他在外面撞门") == NOTHING
    assert hear_danger("那个人还在楼道里转") is None
    assert perhaps_danger("那个人还在楼道里转") is None


def _of(sentence_model: SentenceModel, kind: str, like: str) -> Sentences:
    """A model that takes what is nearly `like` for `kind`."""
    head = np.vstack([60 * sentence_model.vector(like), np.zeros(512)]).T
    head = np.vstack([head, [[-48.0, 0.0]]])
    return Sentences(sentence_model, head, {"dangers": (kind, "none")})


def test_the_piece_that_tells_most_counts(sentence_model: SentenceModel) -> None:
    sensed.use(_of(sentence_model, "violence", "那个人现在蹲在门口不走"))
    assert sense(STORY).chance > sense("公司欠我三个月工资没给").chance
    assert sense(STORY).kinds == ("violence",)


def test_somebody_elses_wish_to_die_is_answered_to_whoever_fears_for_them(sentence_model: SentenceModel) -> None:
    said = "我闺女把饭卡都送人了"
    sensed.use(_of(sentence_model, "another", said))
    danger = hear_danger(said)
    assert danger is not None
    assert (danger.kind, danger.say) == ("self_harm", OTHERS_WISH)
    assert perhaps_danger(said) == "self_harm"


def test_a_child_is_spoken_to_as_a_child(sentence_model: SentenceModel) -> None:
    said = "我今年十一岁，爸爸在找皮带"
    sensed.use(_of(sentence_model, "child", said))
    danger = hear_danger(said)
    assert danger is not None
    assert danger.say.startswith(TO_A_CHILD)


def test_words_that_name_a_danger_are_heard_first(sentence_model: SentenceModel) -> None:
    sensed.use(_of(sentence_model, "fire", "我不想活了"))
    assert hear_danger("我不想活了") == find_danger("我不想活了")


UNSEEN = {
    "self_harm": "信写好了压在枕头下面，过了今晚大家都清静了",
    "violence": "他们几个把楼梯口守住了，说不签字谁也别想下去",
    "medical": "孩子浑身起大包，嘴巴肿起来了，喘得呼呼的",
    "fire": "油锅窜起来了，灶台那边都红了",
    "trapped": "水漫到车窗了，门推不动",
    "missing": "我妈下午三点出去遛弯到现在没影，她记性不行",
    "fraud": "对面说让我把钱挪到安全的户头，我手机屏幕正给他看着呢",
}


@pytest.mark.parametrize(("kind", "said"), UNSEEN.items())
def test_what_no_pattern_knows_calls_a_person_all_the_same(taught: Sentences, kind: str, said: str) -> None:
    assert find_danger(said) is None, "a pattern knows it: choose another sentence"
    danger = hear_danger(said, least=ALARMED)
    assert danger is not None
    assert is_alarming(said, [])
    assert danger.numbers[: len(SAY[kind][0])] == SAY[kind][0]  # type: ignore[index]


@pytest.mark.parametrize(
    "said",
    [
        "公司拖欠我三个月工资怎么办",
        "我要离婚，孩子两岁归谁",
        "去年我被他打伤，鉴定是轻伤二级，现在能要赔偿吗",
        "气死我了，物业天天上门催",
        "老人去世了，房子怎么继承",
        "我哥判了三年，什么时候能减刑",
        "邻居装修把我家水管弄爆了，地板全泡了",
        "楼上漏水把我家天花板泡塌了，找谁赔",
    ],
)
def test_an_ordinary_matter_calls_nobody(taught: Sentences, said: str) -> None:
    assert sense(said).chance < WARY < ALARMED
    assert not is_alarming(said, [])


@pytest.mark.parametrize(
    ("chance", "ranking", "alarming"),
    [
        (0.7, [], True),
        (0.7, [("topic_traffic_accident", 0.5)], True),
        (0.7, [("topic_traffic_accident", 0.99)], False),
        (0.9, [("topic_traffic_accident", 0.99)], True),
        (0.7, [("danger_medical", 0.99)], True),
        (0.99, [("out_of_scope", 0.7)], False),
        (0.4, [], False),
    ],
)
def test_small_talk_and_a_plain_matter_take_more(
    monkeypatch: pytest.MonkeyPatch, chance: float, ranking: list[tuple[str, float]], alarming: bool
) -> None:
    monkeypatch.setattr("bot.rasa.danger_heard.sense", lambda text: Sensed(("medical",), chance))
    assert is_alarming("我妈被三轮车撞了，现在医院躺着", ranking) is alarming
