"""What a sentence as a whole means is added to what its words say, where the sentence model is there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.rasa.components import corrected
from bot.rasa.components.correction import FILE, WITH_SENTENCES, CorrectionError, read_correction
from bot.rasa.components.landmarks import Landmarks
from bot.rasa.components.sentence_model import LONGEST, SentenceModel
from bot.rasa.components.sentences import Sentences
from tests.bot.rasa.test_correction import OWN

LANDMARKS = Landmarks.among(np.random.RandomState(5).normal(size=(300, 6)), 40)


@pytest.fixture(scope="module")
def model() -> SentenceModel:
    there = SentenceModel.there()
    if there is None:
        pytest.skip("the sentence model was not fetched (docker/sentence_model/fetch.sh)")
    return there


def test_what_means_the_same_lies_closer_than_what_shares_its_words(model: SentenceModel) -> None:
    asked, meant, shares, other = model.vectors(["老板不给钱", "单位拖欠工资", "老板娘做饭好吃", "邻居半夜放音乐"])
    assert asked @ meant > asked @ shares > asked @ other
    assert np.linalg.norm(asked) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("text", ["", " ", "\x00", "🙂🙂", "한국어", "a" * 5000, "欠" * 5000])
def test_any_text_has_a_vector(model: SentenceModel, text: str) -> None:
    vector = model.vector(text)
    assert vector.shape == (512,)
    assert np.isfinite(vector).all()


def test_only_the_beginning_of_a_story_is_read(model: SentenceModel) -> None:
    story = "公司拖欠我的工资不给" * (LONGEST // 10 + 1)
    assert np.array_equal(model.vector(story), model.vector(story + "我还想离婚"))


def test_a_sentence_is_nearest_to_its_own_landmark() -> None:
    near = LANDMARKS.nearness(LANDMARKS.places)
    assert np.array_equal(near.argmax(axis=1), np.arange(40))
    assert near.max() <= 1.0
    assert near.min() >= 0.0


def test_evened_nearness_is_the_nearness_of_the_landmarks_themselves() -> None:
    near = LANDMARKS.nearness(LANDMARKS.places)
    features = near @ LANDMARKS.evened()
    assert np.abs(features @ features.T - near).max() < 1e-3


def test_sentences_are_read_again_as_saved(model: SentenceModel, tmp_path: Path) -> None:
    landmarks = Landmarks.among(model.vectors(["欠工资", "要离婚", "被车撞了"]), 3)
    weights = np.eye(3, 5, dtype=np.float32)
    before = Sentences(model, landmarks, weights)
    before.save(tmp_path)
    again = Sentences.read(tmp_path)
    assert again is not None
    words = ("老公", "要", "跟", "我", "离婚")
    assert np.array_equal(again.scores(words), before.scores(words))
    assert again.scores(words).argmax() == before.scores(("离婚",)).argmax()


def test_nothing_saved_is_nothing_read(tmp_path: Path) -> None:
    assert Sentences.read(tmp_path) is None
    assert SentenceModel.there(tmp_path) is None


def test_without_the_model_the_words_alone_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SentenceModel, "there", classmethod(lambda cls: None))
    assert corrected.learn_corrected(OWN).sentences is None


def test_with_the_model_the_sentence_has_a_say(model: SentenceModel) -> None:
    learnt = corrected.learn_corrected(OWN)
    assert learnt.sentences is not None
    words = ("拖欠", "工资")
    with_it = dict(learnt.rank(words)[1])
    learnt.sentences = None
    assert dict(learnt.rank(words)[1]) != with_it


def test_another_model_than_was_learnt_with_is_refused(model: SentenceModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SentenceModel, "sum", "0" * 64)
    with pytest.raises(CorrectionError, match=r"docker/sentence_model/fetch\.sh"):
        corrected.learn_corrected(OWN)


def test_the_sum_that_was_learnt_with_is_the_one_that_is_fetched() -> None:
    sums = Path(__file__).parents[3] / "docker" / "sentence_model" / "sums"
    learnt = read_correction(WITH_SENTENCES)
    assert f"{learnt.model}  model.onnx" in sums.read_text(encoding="ascii").splitlines()


def test_landmarks_are_places_between_sentences_and_small() -> None:
    learnt = read_correction(WITH_SENTENCES)
    assert learnt.landmarks is not None
    assert learnt.landmarks.codes.shape == (1024, 512)
    assert read_correction(FILE).landmarks is None
    assert WITH_SENTENCES.stat().st_size < 5_000_000
