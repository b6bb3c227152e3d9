"""What a sentence as a whole means is added to what its words say, where the sentence model is there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.interviews.topic_file import load_topics
from bot.rasa.components import corrected
from bot.rasa.components.sentence_model import LONGEST, SentenceModel
from bot.rasa.components.sentences import SURELY_NOT, TAUGHT, UNKNOWN, Sentences, SentencesError
from tests.bot.rasa.test_correction import OWN, TOPICS


def test_what_means_the_same_lies_closer_than_what_shares_its_words(sentence_model: SentenceModel) -> None:
    asked, meant, shares, other = sentence_model.vectors(
        ["老板不给钱", "单位拖欠工资", "老板娘做饭好吃", "邻居半夜放音乐"]
    )
    assert asked @ meant > asked @ shares > asked @ other
    assert np.linalg.norm(asked) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("text", ["", " ", "\x00", "🙂🙂", "한국어", "a" * 5000, "欠" * 5000])
def test_any_text_has_a_vector(sentence_model: SentenceModel, text: str) -> None:
    vector = sentence_model.vector(text)
    assert vector.shape == (512,)
    assert np.isfinite(vector).all()


def test_only_the_beginning_of_a_story_is_read(sentence_model: SentenceModel) -> None:
    story = "公司拖欠我的工资不给" * (LONGEST // 10 + 1)
    assert np.array_equal(sentence_model.vector(story), sentence_model.vector(story + "我还想离婚"))


def _sentences(sentence_model: SentenceModel) -> Sentences:
    """Wages, divorce and traffic, each told by one sentence."""
    told = 20 * sentence_model.vectors(["欠工资", "要离婚", "被车撞了"]).T
    head = np.hstack([np.vstack([told, np.full((1, 3), -12.0)])] * 2)
    return Sentences(
        sentence_model,
        head,
        {"intents": ("topic_wages", "topic_divorce", "topic_traffic"), "areas": ("labour", "family", "traffic")},
    )


WORDS = ("老公", "要", "跟", "我", "离婚")


def test_chances_are_told_in_the_order_that_is_asked_for(sentence_model: SentenceModel) -> None:
    intents, areas = _sentences(sentence_model).says(WORDS, ("topic_traffic", "topic_divorce"), ("family", "labour"))
    assert intents.argmax() == 1
    assert areas.argmax() == 0
    assert max(intents.max(), areas.max()) <= 0.0
    assert min(intents.min(), areas.min()) >= SURELY_NOT


def test_what_came_after_the_teaching_is_not_held_against(sentence_model: SentenceModel) -> None:
    intents, _ = _sentences(sentence_model).says(WORDS, ("topic_new", "topic_traffic"), ())
    assert intents[0] == UNKNOWN > intents[1]


def test_sentences_are_read_again_as_saved(sentence_model: SentenceModel, tmp_path: Path) -> None:
    before = _sentences(sentence_model)
    before.save(tmp_path)
    again = Sentences.read(tmp_path)
    assert again is not None
    assert again.names == before.names
    names = tuple(before.names.values())
    for one, other in zip(again.says(WORDS, *names), before.says(WORDS, *names), strict=True):
        assert np.array_equal(one, other)


def test_nothing_saved_is_nothing_read(tmp_path: Path) -> None:
    assert Sentences.read(tmp_path) is None
    assert SentenceModel.there(tmp_path) is None


def test_without_the_model_the_words_alone_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SentenceModel, "there", classmethod(lambda cls: None))
    assert corrected.learn_corrected(OWN).sentences is None


def test_with_the_model_the_sentence_has_a_say(sentence_model: SentenceModel) -> None:
    learnt = corrected.learn_corrected(OWN)
    assert learnt.sentences is not None
    words = ("拖欠", "工资")
    with_it = dict(learnt.rank(words)[1])
    assert dict(learnt.rank(words, as_a_whole=False)[1]) != with_it
    learnt.sentences = None
    assert learnt.rank(words) == learnt.rank(words, as_a_whole=False)


def test_another_model_than_was_taught_is_refused(
    sentence_model: SentenceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SentenceModel, "sum", "0" * 64)
    with pytest.raises(SentencesError, match=r"docker/sentence_model/fetch\.sh"):
        corrected.learn_corrected(OWN)


def test_a_damaged_file_says_what_to_do(sentence_model: SentenceModel, tmp_path: Path) -> None:
    (tmp_path / "sentences.npz").write_bytes(b"nothing")
    with pytest.raises(SentencesError, match="restore it from the repository"):
        Sentences.there(sentence_model, tmp_path / "sentences.npz")


def test_the_model_that_was_taught_is_the_one_that_is_fetched() -> None:
    sums = Path(__file__).parents[3] / "docker" / "sentence_model" / "sums"
    with np.load(TAUGHT, allow_pickle=False) as taught:
        assert f"{taught['model']}  model.onnx" in sums.read_text(encoding="ascii").splitlines()


def test_what_was_taught_is_small_and_of_every_topic() -> None:
    with np.load(TAUGHT, allow_pickle=False) as taught:
        intents, layers = set(taught["intents"].tolist()), [name for name in taught if name.startswith("down/")]
    assert len(layers) == 24, "six in each of four layers"
    assert TAUGHT.stat().st_size < 3_000_000
    missing = {f"topic_{topic}" for topic in load_topics(TOPICS)} - intents
    assert not missing, f"taught before these topics came: {sorted(missing)}; teach again (training_data/lay/README.md)"
