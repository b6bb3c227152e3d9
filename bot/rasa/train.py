"""Trains the Rasa model from the project, the topics and the examples, and measures its intent classifier."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from bot.interviews.generate import generate
from bot.interviews.generate import intent as intent_of
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics, topic_files
from bot.rasa.components.sentence_model import FOLDER as SENTENCES
from bot.rasa.examples import (
    LEXICON,
    asked_blocks,
    files,
    general_blocks,
    told,
    topic_blocks,
    word_blocks,
)
from bot.understanding.meant import DIALECT, TYPOS
from knowledge_base.ranking.learnt import VECTORS_FILE

if TYPE_CHECKING:
    from bot.rasa.components.example import Example
    from bot.rasa.components.linear_model import LinearModel

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROJECT = ("config.yml", "domain.yml", "rules.yml")
CLASSIFIER = "bot.rasa.components.classifier.LinearIntentClassifier"
TERMS = LEXICON / "legal_terms.txt"
LAY = ROOT / "training_data" / "lay"
"""What lay people's questions add to the classifier's weights."""
STEPS = 4
"""Steps that `train` reports: reading, preparing, learning, storing."""

Progress = Callable[[int, int, str], None]
"""Called with step, number of steps and what is being done (Simplified Chinese)."""


class TrainingError(RuntimeError):
    """Rasa could not be trained; the message holds the end of its output."""


def _no_progress(step: int, steps: int, doing: str) -> None:
    """Nobody watches."""


def train(out: Path, topics: Path, nlu: Path, progress: Progress = _no_progress) -> Path:
    """The model for these inputs: an existing one where nothing changed, else a new one in `out` (about a minute).

    `nlu`: folder of the general intents' examples. Older models in `out` are removed. Raises TopicError for a faulty
    topic and TrainingError when Rasa fails.
    """
    progress(0, STEPS, "读取主题和例句")
    model = out / f"faxian-{fingerprint(topics, nlu)}.tar.gz"
    if model.is_file():
        progress(STEPS, STEPS, "模型没有变化，直接使用")
        return model
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="faxian-train-", dir=out) as folder:
        work = Path(folder)
        progress(1, STEPS, "准备训练数据")
        write_project(work, topics, nlu)
        progress(2, STEPS, "训练对话模型")
        _train_in_own_process(work)
        progress(3, STEPS, "保存模型")
        (work / "models" / "model.tar.gz").replace(model)
    for old in out.glob("faxian-*.tar.gz"):
        if old != model:
            old.unlink()
    progress(STEPS, STEPS, "模型已就绪")
    return model


def fingerprint(topics: Path, nlu: Path) -> str:
    """A short name for everything that the model is made of: data, project, components and Rasa's version."""
    digest = hashlib.sha256()
    made_of = [
        *(HERE / name for name in PROJECT),
        *sorted((HERE / "components").glob("*.py")),
        HERE / "train.py",
        HERE / "examples.py",
        *sorted(LAY.glob("*.npz")),
        *sorted(SENTENCES.glob("*.*")),
        VECTORS_FILE,
        TERMS,
        TYPOS,
        DIALECT,
        *topic_files(topics),
        *files(nlu),
    ]
    for path in made_of:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def write_project(work: Path, topics: Path, nlu: Path) -> None:
    """The Rasa project as trained: what is written by hand, and what follows from the topics."""
    data = work / "data"
    data.mkdir(parents=True)
    shutil.copy(HERE / "rules.yml", data / "rules.yml")
    loaded = load_topics(topics)
    generated = generate(loaded, work / "generated")
    domain = yaml.safe_load((HERE / "domain.yml").read_text(encoding="utf-8"))
    general = general_blocks(nlu, loaded)
    known = {next(iter(intent)) for intent in domain["intents"]} | {intent_of(topic) for topic in loaded.values()}
    written = {block["intent"] for block in general}
    domain["intents"] += [{intent: {"use_entities": []}} for intent in sorted(written - known)]
    for path in generated:
        if path.parent.name == "domain":
            domain["intents"] += yaml.safe_load(path.read_text(encoding="utf-8"))["intents"]
        else:
            shutil.copy(path, data / path.name)
    _dump(work / "domain.yml", domain)
    own = [block for block in general if not (block.get("metadata") or {}).get("area_only")]
    _dump(data / "general.yml", {"version": "3.1", "nlu": own})
    beside = [block for block in general if block not in own]
    _beside(work, told([*beside, *word_blocks(loaded), *asked_blocks(loaded)]))
    _dump(data / "topic_rules.yml", {"version": "3.1", "rules": [_topic_rule(topic) for topic in loaded.values()]})


def _beside(work: Path, examples: list[tuple[str, str, Mapping[str, Any]]]) -> None:
    """The project's configuration, with the examples beside Rasa's own for our classifier.

    Rasa copies, merges and hashes every example many times over: 35,000 more would cost it minutes and 2 GB.
    """
    path = work / "beside.json"
    path.write_text(json.dumps(examples, ensure_ascii=False), encoding="utf-8")
    config = yaml.safe_load((HERE / "config.yml").read_text(encoding="utf-8"))
    for component in config["pipeline"]:
        if component["name"] == CLASSIFIER:
            component["beside"] = str(path.resolve())
    _dump(work / "config.yml", config)


def _topic_rule(topic: Topic) -> dict[str, Any]:
    steps = [
        {"intent": intent_of(topic)},
        {"action": "action_begin"},
        {"action": "interview_form"},
        {"active_loop": "interview_form"},
    ]
    return {"rule": f"topic {topic.id}", "steps": steps}


def _dump(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")


def _train_in_own_process(work: Path) -> None:
    """Rasa trains in a process of its own: it is gone, with its memory and its chatter, when the model is there."""
    command = [sys.executable, "-m", "bot.rasa.train", "--project", str(work)]
    # Rasa asks git for the origin of the project, to count installations; there is none to tell.
    environment = {**os.environ, "GIT_DIR": os.devnull, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=1200, check=False)
    if done.returncode != 0 or not (work / "models" / "model.tar.gz").is_file():
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-60:])
        raise TrainingError(f"Training the Rasa model failed (exit status {done.returncode}). Its last words:\n{tail}")


def train_project(work: Path) -> None:
    """Train the project in `work` into `work/models/model.tar.gz`, in this process."""
    from bot.dialogue import light_rasa
    from bot.dialogue.quiet import hush

    hush()
    light_rasa.install(light_rasa.TRAINING)
    import rasa.engine.validation
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.training.graph_trainer import GraphTrainer
    from rasa.shared.data import TrainingType
    from rasa.shared.importers.importer import TrainingDataImporter

    from bot.dialogue.runner import OrderedRunner
    from bot.rasa.no_cache import NoCache

    # What rasa.model_training.train does, less Dask, its cache and its telemetry.
    importer = TrainingDataImporter.load_from_config(
        str(work / "config.yml"), str(work / "domain.yml"), [str(work / "data")]
    )
    configuration = DefaultV1Recipe().graph_config_for_recipe(
        importer.get_config(), {}, training_type=TrainingType.BOTH, is_finetuning=False
    )
    rasa.engine.validation.validate(configuration)
    for name in ("storage", "models"):
        (work / name).mkdir()
    trainer = GraphTrainer(LocalModelStorage(work / "storage"), NoCache(), OrderedRunner)
    trainer.train(configuration, importer, work / "models" / "model.tar.gz", force_retraining=True)


def read_examples(topics: Mapping[str, Topic], nlu: Path) -> list[Example]:
    """All that the classifier learns from."""
    from bot.rasa.components.example import Example

    blocks = [*general_blocks(nlu, topics), *topic_blocks(topics), *word_blocks(topics), *asked_blocks(topics)]
    return [Example.of(*one) for one in told(blocks)]


def evaluate(topics: Path, nlu: Path, everyday: Path | None = None) -> dict[str, Any]:
    """Accuracy of the intent classifier: stratified five-fold cross-validation, and on `everyday` where given.

    Returns {"examples", "intents", "cross_validation", "cross_validation_topics", "cross_validation_areas": of the
    topics, "everyday": {"examples", "accuracy", "wrong"}, "confused": [[intent, guess, times]…]}; accuracies between 0
    and 1.
    """
    from bot.dialogue import light_rasa

    light_rasa.install(light_rasa.TRAINING)
    from sklearn.model_selection import StratifiedKFold

    from bot.rasa.components.corrected import learn_corrected
    from bot.rasa.components.learning import learn

    loaded = load_topics(topics)
    area_of = {intent_of(topic): topic.area for topic in loaded.values()}
    examples = read_examples(loaded, nlu)
    own = [example for example in examples if example.intent and example.weight >= 1.0]
    beside = [example for example in examples if not (example.intent and example.weight >= 1.0)]
    intents = [example.intent for example in own]
    right: Counter[bool] = Counter()
    areas_right = 0
    confused: Counter[tuple[str, str]] = Counter()
    for taught, test in StratifiedKFold(5, shuffle=True, random_state=11).split(intents, intents):
        model = learn([*(own[i] for i in taught), *beside], fit_sharpness=False)
        for index in test:
            intent, guess = intents[index], model.rank(own[index].words)[0][0][0]
            areas_right += intent in area_of and area_of[intent] == area_of.get(guess)
            if guess == intent:
                right[guess in area_of] += 1
            else:
                confused[(intent, guess)] += 1
    of_topics = sum(intent in area_of for intent in intents)
    result: dict[str, Any] = {
        "examples": len(own),
        "intents": len(set(intents)),
        "cross_validation": right.total() / len(own),
        "cross_validation_topics": right[True] / of_topics,
        "cross_validation_areas": areas_right / of_topics,
        "confused": [[*pair, count] for pair, count in confused.most_common(10)],
    }
    if everyday is not None and everyday.is_file():
        result["everyday"] = _on_everyday(learn_corrected(examples), everyday)
    return result


def _on_everyday(model: LinearModel, everyday: Path) -> dict[str, Any]:
    from bot.rasa.components.tokenizer import cut

    listed = yaml.safe_load(everyday.read_text(encoding="utf-8"))
    tests = [(entry["text"], entry["intent"]) for entry in listed]
    other = {entry["text"]: entry.get("also") for entry in listed}
    wrong = [(text, intent, model.rank_message(cut(text))[0][0]) for text, intent in tests]
    wrong = [entry for entry in wrong if entry[2][0] not in (entry[1], other[entry[0]])]
    return {
        "examples": len(tests),
        "accuracy": 1 - len(wrong) / len(tests),
        "wrong": [[text, intent, guess, round(chance, 2)] for text, intent, (guess, chance) in wrong],
    }


def main() -> None:
    """`--project FOLDER` trains a prepared project; `--evaluate` prints the classifier's accuracy."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--project", type=Path)
    arguments.add_argument("--evaluate", action="store_true")
    arguments.add_argument("--topics", type=Path, default=ROOT / "training_data" / "topics")
    arguments.add_argument("--nlu", type=Path, default=ROOT / "training_data" / "nlu")
    arguments.add_argument("--everyday", type=Path, default=ROOT / "tests" / "nlu" / "everyday.yml")
    options = arguments.parse_args()
    if options.project is not None:
        train_project(options.project)
    if options.evaluate:
        with contextlib.suppress(BrokenPipeError):
            print(json.dumps(evaluate(options.topics, options.nlu, options.everyday), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
