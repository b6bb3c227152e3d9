"""Measures what becomes of lay people's questions: interview, either/or question, search, refusal or danger."""

from __future__ import annotations

import argparse
import json
import os
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.interviews.generate import intent as intent_of
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics
from bot.rasa.context import TOPIC, Meaning, decide
from bot.rasa.situation import Situation
from bot.rasa.train import WORDS_WEIGHT, read_examples, topic_words

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TOPICS = ROOT / "training_data" / "topics"
NLU = ROOT / "training_data" / "nlu"
EVERYDAY = HERE / "everyday.yml"
LABELS = HERE / "lay_labels.tsv"
TODAY = date(2026, 11, 23)
"""No decision on a first message depends on it; fixed so that a measurement can be repeated."""
SEARCH, EITHER_OR, REFUSED, DANGER, PERSON, OTHER = "search", "either_or", "refused", "danger", "person", "other"
_WAYS = {
    "ask_law": SEARCH,
    "unclear": EITHER_OR,
    "out_of_scope": REFUSED,
    "nlu_fallback": REFUSED,
    "other_language": REFUSED,
    "danger": DANGER,
    "ask_person": PERSON,
}
_EXPECTED = {"law_question": SEARCH, "out_of_scope": REFUSED, "handoff": PERSON}
"""What a label of the test sets asks for; a topic's label asks for its interview."""


def lay_questions() -> Path:
    """Where the shared file of lay questions lies, one question a line; the file may be absent."""
    shared = Path(os.environ.get("FAXIAN_SHARED") or ROOT.parent / "shared")
    return shared / "data" / "questions" / "lay_questions.txt"


def way_of(meaning: Meaning) -> str:
    """What the citizen gets: the topic's intent, or one of the ways above."""
    return meaning.intent if meaning.intent.startswith(TOPIC) else _WAYS.get(meaning.intent, OTHER)


def expected(label: str) -> str:
    """The way that a label asks for."""
    return DANGER if label.startswith("danger_") else _EXPECTED.get(label, label)


class Classifier:
    """The engine's classifier and decision on a first message, trained from the same data, without a Rasa server."""

    def __init__(self) -> None:
        """Train it (about ten seconds)."""
        from bot.dialogue import light_rasa

        light_rasa.install(light_rasa.TRAINING)
        from bot.rasa.components.classifier import RANKED, LinearModel
        from bot.rasa.components.tokenizer import cut

        self.topics: dict[str, Topic] = load_topics(TOPICS)
        pairs = read_examples(TOPICS, NLU)
        own = [(text, intent_of(topic)) for topic in self.topics.values() for text in topic_words(topic)]
        words = [cut(text) for text, _ in (*pairs, *own)]
        intents = [intent for _, intent in (*pairs, *own)]
        weights = [1.0] * len(pairs) + [WORDS_WEIGHT] * len(own)
        self._model, self._cut, self._ranked = LinearModel.train(words, intents, weights), cut, RANKED

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """Intents with probability, best first, as the engine sees them."""
        return self._model.rank_message(self._cut(text))[: self._ranked]

    def decide(self, text: str) -> Meaning:
        """What the engine takes `text` for when nothing was said before."""
        return decide(text, self.ranking(text), Situation(), self.topics, TODAY)


@dataclass(slots=True)
class Agreement:
    """Decisions beside labels."""

    total: int = 0
    agreed: int = 0
    started: int = 0
    """Interviews started."""
    started_right: int = 0
    topical: int = 0
    """Labelled with a topic."""
    offered_right: int = 0
    """Labelled with a topic that was one of the two of an either/or question."""
    outside: int = 0
    """Labelled out of scope."""
    refused: int = 0
    """… and refused."""
    wrong: list[tuple[int | str, str, str, float]] = field(default_factory=list)
    """Line or text, way expected, way taken, confidence."""

    def add(self, name: int | str, label: str, meaning: Meaning) -> None:
        """Count one decision."""
        way, wanted = way_of(meaning), expected(label)
        right = way == wanted
        self.total += 1
        self.agreed += right
        if way.startswith(TOPIC):
            self.started += 1
            self.started_right += right
        if wanted.startswith(TOPIC):
            self.topical += 1
            self.offered_right += way == EITHER_OR and wanted.removeprefix(TOPIC) in meaning.candidates
        if wanted == REFUSED:
            self.outside += 1
            self.refused += right
        if not right:
            self.wrong.append((name, wanted, way, round(meaning.confidence, 2)))

    def figures(self) -> dict[str, Any]:
        """Shares between 0 and 1, beside the counts that they come from."""
        return {
            "questions": self.total,
            "agreement": _share(self.agreed, self.total),
            "topic_precision": _share(self.started_right, self.started),
            "topic_recall": _share(self.started_right, self.topical),
            "topic_recall_with_either_or": _share(self.started_right + self.offered_right, self.topical),
            "wrong_interview": _share(self.started - self.started_right, self.total),
            "wrong_interviews": self.started - self.started_right,
            "out_of_scope_recall": _share(self.refused, self.outside),
        }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def everyday(classifier: Classifier) -> tuple[Agreement, float]:
    """Decisions on the everyday set (topics, law, out of scope), and the accuracy of the bare classifier on all."""
    entries = yaml.safe_load(EVERYDAY.read_text(encoding="utf-8"))
    agreement, top = Agreement(), 0
    for entry in entries:
        text, label = entry["text"], entry["intent"]
        top += classifier.ranking(text)[0][0] == label
        if label.startswith((TOPIC, "danger_")) or label in _EXPECTED:
            agreement.add(text, label, classifier.decide(text))
    return agreement, top / len(entries)


def labelled(classifier: Classifier, questions: Sequence[str]) -> Agreement:
    """Decisions on the labelled lay questions."""
    agreement = Agreement()
    for row in LABELS.read_text(encoding="utf-8").splitlines()[1:]:
        line, label = row.split("\t")
        agreement.add(int(line), label, classifier.decide(questions[int(line) - 1]))
    return agreement


def ways(classifier: Classifier, questions: Sequence[str]) -> Counter[str]:
    """How many questions go which way; small talk by its intent, as `other:<intent>`."""
    counted: Counter[str] = Counter()
    for question in questions:
        meaning = classifier.decide(question)
        way = way_of(meaning)
        counted[f"{OTHER}:{meaning.intent}" if way == OTHER else way] += 1
    return counted


def main() -> None:
    """Print the figures as JSON; `--wrong` lists the labelled lines that went another way."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--lay", type=Path, default=lay_questions(), help="the lay questions, one a line")
    arguments.add_argument("--sample", type=int, default=0, help="count the ways of so many questions only")
    arguments.add_argument("--wrong", action="store_true", help="list labelled lines that went another way")
    options = arguments.parse_args()
    classifier = Classifier()
    on_everyday, accuracy = everyday(classifier)
    report: dict[str, Any] = {"everyday": {"classifier": round(accuracy, 4), "decisions": on_everyday.figures()}}
    if options.wrong:
        report["everyday"]["wrong"] = on_everyday.wrong
    if options.lay.is_file():
        questions = options.lay.read_text(encoding="utf-8").splitlines()
        agreement = labelled(classifier, questions)
        report["labelled"] = agreement.figures()
        if options.wrong:
            report["labelled"]["wrong"] = agreement.wrong
        chosen = random.Random(7).sample(questions, options.sample) if options.sample else questions
        counted = ways(classifier, chosen)
        report["ways"] = {"questions": len(chosen), "topics": sum(counted[way] for way in counted if TOPIC in way)}
        report["ways"] |= dict(counted.most_common())
    else:
        report["labelled"] = f"no lay questions at {options.lay.name}: set FAXIAN_SHARED or give --lay"
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
