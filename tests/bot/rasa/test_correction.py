"""What lay people's questions teach is added to the weights, and to nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from bot.interviews.topic_file import load_topics
from bot.rasa.components.correction import (
    FILE,
    HALF,
    KEEP,
    Correction,
    CorrectionError,
    HeadCorrection,
    meanings,
    read_correction,
)
from bot.rasa.components.example import Example
from bot.rasa.components.lay_training import LayTraining
from bot.rasa.components.learning import learn
from bot.rasa.components.ridge import Calibration, fit_ridge
from bot.rasa.learn_lay import (
    LABELS,
    WRITTEN,
    WRITTEN_WEIGHT,
    Taught,
    figures,
    learn_lay,
    read_benchmark,
    read_labelled,
    read_written,
    write_examples,
)

TOPICS = Path(__file__).resolve().parents[3] / "training_data" / "topics"
SAID = {
    "topic_wages": ("老板 拖欠 工资", "工资 没 发", "干活 不 给 钱", "欠 我 工资 三 个 月"),
    "topic_divorce": ("我 想 离婚", "老公 不 同意 离婚", "离婚 要 什么 材料", "离婚 房子 怎么 分"),
    "law_question": ("第 几 条", "哪 部 法", "法律 怎么 规定", "法条 是 什么"),
}
AREAS = {"topic_wages": "labour", "topic_divorce": "family", "law_question": ""}
OWN = [Example(tuple(t.split()), intent, AREAS[intent]) for intent, texts in SAID.items() for t in texts]


def _head(names: tuple[str, ...], row: tuple[float, ...], others: int) -> HeadCorrection:
    size = meanings(["c:x"]).shape[1]
    width = len(names)
    return HeadCorrection(
        names,
        np.array([row], np.float32),
        np.zeros((size, width), np.float32),
        np.zeros((others, width), np.float32),
        np.zeros(width, np.float32),
        12.0,
    )


def _correction() -> Correction:
    """People say 「炒鱿鱼」 of wages, which no own sentence does; of `topic_gone` nobody knows any more."""
    heads = _head(("topic_wages", "topic_gone"), (9.0, 9.0), 4), _head(("labour", "family"), (9.0, -9.0), 4)
    return Correction(("c:炒鱿鱼",), heads)


def test_a_word_of_lay_people_alone_is_learnt() -> None:
    said = ("把", "我", "炒鱿鱼", "了")
    plain, corrected = learn(OWN, correction=None), learn(OWN, correction=_correction())
    assert dict(corrected.rank(said)[0])["topic_wages"] > dict(plain.rank(said)[0])["topic_wages"]
    assert corrected.rank(said)[1][0][0] == "labour"
    assert corrected.intents.names == plain.intents.names


def test_other_sentences_mean_what_they_meant() -> None:
    plain, corrected = learn(OWN), learn(OWN, correction=_correction())
    for one in OWN:
        assert [name for name, _ in corrected.rank(one.words)[0]] == [name for name, _ in plain.rank(one.words)[0]]


def test_own_scores_speak_for_others_and_a_new_topic_for_itself() -> None:
    correction = _correction()
    correction.heads[1].mix[0, 1] = 2.0  # topic_wages → family
    mixed = correction.mix(["topic_new", "topic_wages"], ["family"])
    half = HALF * KEEP + 1 - HALF  # intents keep half of their own scores whole
    assert mixed.tolist() == [[half, 0, 0], [0, half, 2], [0, 0, KEEP]]


def test_what_the_others_say_of_one_is_what_a_fit_without_it_says() -> None:
    made = np.random.RandomState(3)
    columns, target = sparse.csr_matrix(made.rand(6, 9)), made.rand(6, 2)
    counts = np.array([1.0, 2, 1, 1, 0.5, 1])
    rest = fit_ridge(columns[1:], target[1:], counts[1:], 0.5)
    every = fit_ridge(columns, target, counts, 0.5)
    assert every.without[0] == pytest.approx((columns[0] @ rest.weights)[0])


def test_caution_keeps_what_is_wrong_from_being_certain() -> None:
    scores, target = np.array([[0.5, 0.0]] * 10), np.array([[1.0, 0.0]] * 9 + [[0.0, 1.0]])
    bold, careful = Calibration(scores, target).sharpness(0.5), Calibration(scores, target).sharpness(0.05)
    assert bold > careful
    assert Calibration(scores, target).wrong_and_certain(careful) == 0


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    _correction().save(tmp_path / "weights.npz")
    again = read_correction(tmp_path / "weights.npz")
    assert again.features == ("c:炒鱿鱼",)
    assert again.heads[1].names == ("labour", "family")
    weights, bias = again.of(1, ["c:别的", "c:炒鱿鱼"], ["family", "labour", "debt"])
    assert weights.round(2).tolist() == [[0, 0, 0], [-9, 9, 0]]
    assert bias.tolist() == [0, 0, 0]


def test_a_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "weights.npz").write_bytes(b"nothing")
    with pytest.raises(CorrectionError, match=r"learn it again with `python -m bot\.rasa\.learn_lay`"):
        read_correction(tmp_path / "weights.npz")


def test_the_committed_file_is_small_and_holds_no_question() -> None:
    assert FILE.stat().st_size < 3_000_000
    learnt = read_correction()
    texts = [feature.partition(":")[2] for feature in learnt.features]
    # Pairs of words are the longest: they name a law (人民法院 关于 …) at most.
    assert max(map(len, texts)) < 20
    assert {"family", "labour"} <= set(learnt.heads[1].names)


def test_questions_teach_what_the_own_sentences_do_not_know() -> None:
    lay = [Taught(f"饭碗砸了{more}", (("labour", 1.0),), "topic_wages") for more in ("咋整", "咋办", "呀")]
    beside = [Taught(f"过不下去了{more}", (("family", 1.0),), weight=0.5) for more in ("咋整", "咋办", "呀")]
    learnt = LayTraining(OWN, lay, beside).learn()
    before, after = learnt.before[0], learnt.without[0]
    assert dict(after[0])["topic_wages"] > dict(before[0])["topic_wages"]
    assert dict(after[1])["labour"] > dict(before[1])["labour"]
    assert "c:饭碗" in learnt.correction.features
    assert "c:整" not in learnt.correction.features, "stands in fewer than three questions"


def test_what_teaches_the_sentence_model_is_written_for_it(tmp_path: Path) -> None:
    lay = [Taught("饭碗砸了咋整", (("labour", 1.0),), "topic_wages"), Taught("别的", (("debt", 1.0),), weight=0.5)]
    write_examples(tmp_path, lay, OWN)
    rows = json.loads((tmp_path / "examples.json").read_text(encoding="utf-8"))
    assert len(rows) == len(lay) + len(OWN)
    known = {"intents": [["topic_wages", 1.0]], "areas": [["labour", 1.0]], "dangers": [["none", 1.0]]}
    asked = {"text": "饭碗砸了怎么办", "counts": 1.0, **known}
    assert rows[0] == asked, "as the model is asked it: in plain words"
    assert rows[1]["intents"] == []
    assert rows[-1]["areas"] == []


def test_the_report_tells_what_sentences_add_to_words(tmp_path: Path) -> None:
    lay = [Taught(f"饭碗砸了{more}", (("labour", 1.0),), "topic_wages") for more in ("咋整", "咋办", "呀")]
    says = {"says_intents": np.tile([9.0, 0.0], (3, 1)), "says_areas": np.tile([0.0, 9.0], (3, 1))}
    names = {"intents": np.array(["topic_wages", "topic_divorce"]), "areas": np.array(["family", "labour"])}
    np.savez(tmp_path / "without.npz", **says, **names)
    report = learn_lay(OWN, lay, [], tmp_path / "weights.npz", tmp_path)
    assert report["labelled"] == 3
    assert report["words_and_sentences"]["topic_top_1"] == report["words_and_sentences"]["area_top_1"] == 1.0
    without = learn_lay(OWN, lay, [], tmp_path / "weights.npz")
    assert "words_and_sentences" not in without
    assert without["words"] == report["words"]


def test_labels_are_read_by_line(tmp_path: Path) -> None:
    (tmp_path / "questions.txt").write_text("一\n二\n三\n四\n", encoding="utf-8")
    (tmp_path / "labels.tsv").write_text(
        "# head\nline\tarea\tsecond\ttopic\n2\tfamily\thousing\tdivorce\n3\tout_of_scope\t\tnone\n4\tdebt\t\tgone\n",
        encoding="utf-8",
    )
    divorce, chat, debt = read_labelled(tmp_path / "questions.txt", tmp_path / "labels.tsv", ["divorce"])
    assert divorce == Taught("二", (("family", 0.75), ("housing", 0.25)), "topic_divorce")
    assert (chat.intent, debt.intent) == ("out_of_scope", "law_question")


def test_written_questions_say_what_they_are_of(tmp_path: Path) -> None:
    file = tmp_path / "written.tsv"
    file.write_text(
        "# head\nfamily\thousing\tdivorce\t一\nout_of_scope\t\tnone\t二\ndebt\t\tgone\t三\n", encoding="utf-8"
    )
    divorce, chat, debt = read_written(file, ["divorce"])
    areas = (("family", 0.75), ("housing", 0.25))
    assert divorce == Taught("一", areas, "topic_divorce", WRITTEN_WEIGHT)
    assert (chat.intent, debt.intent) == ("out_of_scope", "law_question")


def test_every_written_question_has_an_area_and_a_topic_that_there_are() -> None:
    topics, labels = load_topics(TOPICS), LABELS.read_text(encoding="utf-8").splitlines()
    written = read_written(WRITTEN, topics)
    areas = {row.split("\t")[1] for row in labels if row[0].isdigit()}
    assert {area for one in written for area, _ in one.areas} <= areas
    assert len({one.text for one in written}) == len(written) > 3000
    named = {row.split("\t")[2] for row in WRITTEN.read_text(encoding="utf-8").splitlines() if row[0] != "#"}
    assert named <= {*topics, "none"}


def test_a_benchmark_tells_areas_by_its_articles(tmp_path: Path) -> None:
    (tmp_path / "queries_train.jsonl").write_text('{"id": 0, "text": "工资"}\n{"id": 2, "text": "别的"}\n')
    rows = "0\t1\t1\t中华人民共和国劳动法第五十条\n2\t9\t1\t没有条号的文件\n"
    (tmp_path / "qrels_train.tsv").write_text(rows, encoding="utf-8")
    assert read_benchmark(tmp_path) == [Taught("工资", (("labour", 1.0),), weight=0.5)]


def test_figures_count_areas_and_topics() -> None:
    asked = [Taught("", (("debt", 0.75), ("family", 0.25)), "topic_loan"), Taught("", (("land", 1.0),), "law_question")]
    ranked = [
        ([("topic_other", 0.6), ("topic_loan", 0.3)], [("family", 0.9), ("land", 0.1)]),
        ([("law_question", 0.6), ("topic_loan", 0.3)], [("debt", 0.9), ("land", 0.1)]),
    ]
    assert figures(asked, ranked) == {
        "area_top_1": 0.5,
        "area_top_2": 1.0,
        "area_wrong_and_confident": 0.5,
        "intent_top_1": 0.5,
        "topic_top_1": 0.0,
        "topic_top_2": 1.0,
    }


def test_no_line_is_both_taught_and_tested() -> None:
    held_back = LABELS.with_name("lay_areas.tsv")
    taught, tested = (
        {row.split("\t")[0] for row in path.read_text(encoding="utf-8").splitlines() if row[:1].isdigit()}
        for path in (LABELS, held_back)
    )
    assert taught
    assert not taught & tested
