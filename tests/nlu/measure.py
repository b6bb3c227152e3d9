"""Measures what becomes of lay people's questions: interview, either/or question, search, refusal or danger."""

from __future__ import annotations

import argparse
import json
import os
import random
import tarfile
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.interviews.sayings import sayings
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics
from bot.rasa.context import TOPIC, Meaning, Ranking, decide
from bot.rasa.situation import Situation
from bot.rasa.train import read_examples
from bot.understanding.misheard import Misheard
from bot.understanding.word_pairs import WordPairs
from bot.understanding.words import legal_terms
from tests.nlu.measure_danger import dangers

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TOPICS = ROOT / "training_data" / "topics"
NLU = ROOT / "training_data" / "nlu"
EVERYDAY = HERE / "everyday.yml"
OUTSIDE = HERE / "outside.yml"
HEARD = HERE / "heard.tsv"
"""The everyday sentences as a recogniser understood them; hear.py writes it."""
LABELS = HERE / "lay_areas.tsv"
"""Lines of the lay questions with area, second area and topic; how they were labelled stands in its head."""
TODAY = date(2026, 11, 23)
"""No decision on a first message depends on it; fixed so that a measurement can be repeated."""
CONFIDENT = 0.85
"""An area this likely is told as certain."""
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
    """The engine's classifier and decision on a first message, without a Rasa server."""

    def __init__(self, trained: Path | None = None) -> None:
        """From an engine's `trained` model; without one it learns from the same data, which takes a minute."""
        from bot.dialogue import light_rasa

        light_rasa.install(light_rasa.TRAINING)
        from bot.rasa.components import sensed
        from bot.rasa.components.classifier import LIKELY_AREAS, RANKED, read_model
        from bot.rasa.components.corrected import learn_corrected
        from bot.rasa.components.sentence_model import SentenceModel
        from bot.rasa.components.sentences import DANGERS, OF_DANGER, Sentences
        from bot.rasa.components.tokenizer import cut

        self.topics: dict[str, Topic] = load_topics(TOPICS)
        self._cut = cut
        if trained is None:
            self._model = learn_corrected(read_examples(self.topics, NLU))
        else:
            with tempfile.TemporaryDirectory() as place, tarfile.open(trained) as archive:
                archive.extractall(place, filter="data")
                [described] = Path(place).rglob("model.json")
                self._model = read_model(described.parent)
        sensed.use(Sentences.there(SentenceModel.there(), DANGERS, OF_DANGER))
        self._kept = RANKED, LIKELY_AREAS

    def read(self, text: str) -> tuple[Ranking, Ranking]:
        """Intents and areas with probability, best first, as the engine sees them."""
        intents, areas = self._model.rank_message(self._cut(text))
        return intents[: self._kept[0]], areas[: self._kept[1]]

    def decide(self, text: str) -> Meaning:
        """What the engine takes `text` for when nothing was said before."""
        intents, areas = self.read(text)
        return decide(text, intents, Situation(), self.topics, TODAY, areas)


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

    def add(self, name: int | str, label: str, meaning: Meaning, also: str = "") -> None:
        """Count one decision; the topic `also` would serve as well."""
        way, wanted = way_of(meaning), expected(label)
        # Small talk and marks have short answers of their own, which say that this is no matter of law.
        right = way in (wanted, also or wanted) or (wanted == REFUSED and meaning.intent == "aside")
        self.total += 1
        self.agreed += right
        if way.startswith(TOPIC):
            self.started += 1
            self.started_right += right
        if wanted.startswith(TOPIC):
            self.topical += 1
            served = {wanted.removeprefix(TOPIC), also.removeprefix(TOPIC)}
            self.offered_right += way == EITHER_OR and bool(served & set(meaning.candidates))
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
        also = entry.get("also", "")
        top += classifier.read(text)[0][0][0] in (label, also)
        if label.startswith((TOPIC, "danger_")) or label in _EXPECTED:
            agreement.add(text, label, classifier.decide(text), also)
    return agreement, top / len(entries)


def heard(classifier: Classifier) -> dict[str, Any]:
    """What speech costs: the everyday topics as recognised, clean and over a telephone, as heard and as put right.

    `served`: the topic's interview, or an either/or question with the topic in it.
    """
    mend = Misheard(WordPairs(sayings(classifier.topics.values()), legal_terms())).mend
    entries = {entry["text"]: entry for entry in yaml.safe_load(EVERYDAY.read_text(encoding="utf-8"))}
    lines = [line.split("\t") for line in HEARD.read_text(encoding="utf-8").splitlines()[2:]]
    rows = [(entries[line[0]], line) for line in lines if entries[line[0]]["intent"].startswith(TOPIC)]
    report: dict[str, Any] = {"sentences": len(rows)}
    for column, name in enumerate(("said", "clean", "line")):
        for way, read in (("heard", str), ("mended", mend)):
            intents = areas_right = 0
            agreement = Agreement()
            for entry, line in rows:
                text, also = read(line[column]) or "。", entry.get("also", "")
                ranking, area_ranking = classifier.read(text)
                named = {entry["intent"], also or entry["intent"]}
                intents += ranking[0][0] in named
                right = {classifier.topics[one.removeprefix(TOPIC)].area for one in named}
                areas_right += area_ranking[0][0] in right
                agreement.add(text, entry["intent"], classifier.decide(text), also)
            report[f"{name}_{way}"] = {
                "intent": _share(intents, len(rows)),
                "area": _share(areas_right, len(rows)),
                "served": agreement.figures()["topic_recall_with_either_or"],
                "wrong_interviews": agreement.started - agreement.started_right,
            }
    return report


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says of one lay question."""

    line: int
    areas: frozenset[str]
    """The area, and another that would be just as right."""
    topic: str
    """Topic id, or "none"."""

    @property
    def wanted(self) -> str:
        """The label of a decision."""
        if "out_of_scope" in self.areas:
            return "out_of_scope"
        return "law_question" if self.topic == "none" else TOPIC + self.topic


def labels() -> list[Label]:
    """The labelled lines."""
    rows = [row for row in LABELS.read_text(encoding="utf-8").splitlines() if row and not row.startswith("#")]
    cells = [row.split("\t") for row in rows[1:]]
    return [Label(int(line), frozenset({area, second} - {""}), topic) for line, area, second, topic in cells]


def labelled(classifier: Classifier, questions: Sequence[str], rest: int | None = None) -> Agreement:
    """Decisions on the labelled lay questions; of lines with this rest by two only, where given.

    A topic that no file describes yet asks for a search.
    """
    agreement = Agreement()
    for label in labels():
        if rest is None or label.line % 2 == rest:
            known = label.wanted.removeprefix(TOPIC) in classifier.topics or not label.wanted.startswith(TOPIC)
            wanted = label.wanted if known else "law_question"
            agreement.add(label.line, wanted, classifier.decide(questions[label.line - 1]))
    return agreement


def areas(classifier: Classifier, questions: Sequence[str], rest: int) -> dict[str, Any]:
    """Of the labelled lines with this rest by two: how often the first and the first two areas are right.

    `started_wrong_area`: interviews of an area that is not the question's, among all questions.
    """
    total = first = two = wrong = confident = 0
    for label in labels():
        if label.line % 2 != rest:
            continue
        text = questions[label.line - 1]
        ranking = classifier.read(text)[1]
        meaning = classifier.decide(text)
        total += 1
        first += ranking[0][0] in label.areas
        two += bool({name for name, _ in ranking[:2]} & label.areas)
        confident += ranking[0][1] >= CONFIDENT and ranking[0][0] not in label.areas
        if meaning.intent.startswith(TOPIC):
            area = classifier.topics[meaning.intent.removeprefix(TOPIC)].area
            wrong += area not in label.areas and meaning.intent != label.wanted
    return {
        "questions": total,
        "top_1": _share(first, total),
        "top_2": _share(two, total),
        "wrong_and_confident": _share(confident, total),
        "started_wrong_area": _share(wrong, total),
    }


def everyday_areas(classifier: Classifier) -> dict[str, Any]:
    """The same of the everyday set's topics; the area of a topic that serves as well is right too."""
    entries = yaml.safe_load(EVERYDAY.read_text(encoding="utf-8"))
    first = two = wrong = 0
    topical = [entry for entry in entries if entry["intent"].startswith(TOPIC)]
    for entry in topical:
        named = (entry["intent"], entry.get("also", entry["intent"]))
        right = {classifier.topics[topic.removeprefix(TOPIC)].area for topic in named}
        ranking = classifier.read(entry["text"])[1]
        first += ranking[0][0] in right
        two += bool({name for name, _ in ranking[:2]} & right)
        wrong += ranking[0][0] not in right and ranking[0][1] >= CONFIDENT
    shares = {"top_1": first, "top_2": two, "wrong_and_confident": wrong}
    return {"questions": len(topical)} | {name: _share(count, len(topical)) for name, count in shares.items()}


def outside(classifier: Classifier) -> dict[str, Any]:
    """Share of the messages outside law that are told so; small talk that is answered as such counts as told."""
    kinds: dict[str, list[str]] = yaml.safe_load(OUTSIDE.read_text(encoding="utf-8"))
    lost = [text for texts in kinds.values() for text in texts if not _told(way_of(classifier.decide(text)))]
    total = sum(len(texts) for texts in kinds.values())
    return {"messages": total, "recall": _share(total - len(lost), total), "lost": lost}


def _told(way: str) -> bool:
    return way in (REFUSED, OTHER)


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
    arguments.add_argument("--model", type=Path, help="an engine's trained model; without one it is learnt first")
    arguments.add_argument("--wrong", action="store_true", help="list labelled lines that went another way")
    options = arguments.parse_args()
    classifier = Classifier(options.model)
    on_everyday, accuracy = everyday(classifier)
    report: dict[str, Any] = {"everyday": {"classifier": round(accuracy, 4), "decisions": on_everyday.figures()}}
    if options.wrong:
        report["everyday"]["wrong"] = on_everyday.wrong
    report["outside"] = outside(classifier)
    report["heard"] = heard(classifier)
    report["danger"] = dangers(classifier.decide, lambda text: classifier.read(text)[0])
    report["areas"] = {"everyday": everyday_areas(classifier)}
    if options.lay.is_file():
        questions = options.lay.read_text(encoding="utf-8").splitlines()
        # Examples and rules were tuned on odd lines; even ones are held back.
        report["areas"] |= {name: areas(classifier, questions, rest) for name, rest in (("tuned", 1), ("held_back", 0))}
        agreement = labelled(classifier, questions)
        report["labelled_held_back"] = labelled(classifier, questions, 0).figures()
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
