"""Learns from lay people's questions what the own sentences do not teach, and estimates what that is worth."""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bot.interviews.topic_file import load_topics
from bot.rasa.components.correction import FILE
from bot.rasa.components.example import OUTSIDE, Example
from bot.rasa.components.linear_model import SENTENCE_SAYS, WORDS_SAY, Ranking
from bot.rasa.components.sentences import UNKNOWN, log_chances
from bot.rasa.examples import LAW, LEXICON, LawAreas
from bot.rasa.intents import DANGER
from bot.rasa.taught import NO_DANGER, Taught
from bot.understanding.danger import find_danger
from knowledge_base.citations.references import parse_citations
from knowledge_base.index.asked import short_title

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
LABELS = ROOT / "tests" / "nlu" / "lay_training.tsv"
WRITTEN = FILE.with_name("written.tsv")
DANGERS = FILE.with_name("dangers.tsv")
SCENARIOS = ROOT / "tests" / "scenarios"
HEARD = ROOT / "tests" / "bot" / "understanding"
"""Where lies what the patterns of danger hear, and what they must not."""
TOPIC = "topic_"
_Votes = defaultdict[str, Counter[str]]
FIRST = 0.75
"""Share of the area where a second would be just as right."""
BENCHMARK_WEIGHT = 0.5
"""How much a benchmark's question counts: its area is that of the article which answers it, a good guess."""
WRITTEN_WEIGHT = 0.5
"""How much a question counts that we wrote: people write others."""
OWN_WEIGHT = 0.5
"""How much an own sentence counts in teaching the sentence model: lay people rarely speak so clearly."""
_NUMBER = re.compile(r"第[零〇一二三四五六七八九十百千]+条")
CONFIDENT = 0.85
"""An area this likely is told as certain."""


def read_labelled(questions: Path, labels: Path, topics: Iterable[str]) -> list[Taught]:
    """The labelled lines of `questions`. A topic that is no longer there asks for a search."""
    lines, known, taught = questions.read_text(encoding="utf-8").splitlines(), set(topics), []
    for row in labels.read_text(encoding="utf-8").splitlines():
        if not row or row.startswith(("#", "line\t")):
            continue
        line, area, second, topic = row.split("\t")
        taught.append(_labelled(lines[int(line) - 1], area, second, topic if topic in known else ""))
    return taught


def read_written(file: Path, topics: Iterable[str]) -> list[Taught]:
    """Questions that we wrote as lay people ask them: area, second area, topic and text, a line each."""
    known = set(topics)
    rows = (row.split("\t") for row in file.read_text(encoding="utf-8").splitlines() if row and row[0] != "#")
    return [
        _labelled(text, area, second, topic if topic in known else "", WRITTEN_WEIGHT)
        for area, second, topic, text in rows
    ]


def read_dangers(file: Path, kind: str = "") -> list[Taught]:
    """Messages that we wrote of people in danger, and of people who only seem to be: kind and text, a line each.

    `kind`: of a file whose lines are text alone.
    """
    rows = [row.split("\t") for row in file.read_text(encoding="utf-8").splitlines() if row and row[0] != "#"]
    return [Taught(row[-1], (), danger=kind or row[0]) for row in rows]


def read_harmless(scenarios: Path) -> list[Taught]:
    """What citizens say in whole conversations in which nobody is alarmed: answers out of which much sounds dark."""
    said: list[Taught] = []
    for file in sorted(scenarios.rglob("*.yaml")):
        steps = yaml.safe_load(file.read_text(encoding="utf-8"))["steps"]
        if any((step.get("expect") or {}).get("handoff") == "danger" for step in steps):
            continue
        said += [Taught(str(step["citizen"]), (), weight=WRITTEN_WEIGHT) for step in steps if "citizen" in step]
    return [one for one in said if find_danger(one.text) is None]


def _labelled(text: str, area: str, second: str, topic: str, weight: float = 1.0) -> Taught:
    """Where no `topic` is named a search helps."""
    areas = ((area, FIRST), (second, 1 - FIRST)) if second else ((area, 1.0),)
    intent = OUTSIDE if area == OUTSIDE else f"{TOPIC}{topic}" if topic else LAW
    # What the patterns take for danger may be one: these questions were labelled with their area only.
    return Taught(text, areas, intent, weight, NO_DANGER if find_danger(text) is None else None)


def read_benchmark(benchmark: Path, lexicon: Path = LEXICON) -> list[Taught]:
    """Questions of the training split with the area of most of the articles that answer them."""
    areas, votes = LawAreas.read(lexicon), _Votes(Counter)
    for row in (benchmark / "qrels_train.tsv").read_text(encoding="utf-8").splitlines():
        question, _, _, name = row.split("\t")
        number = _NUMBER.search(name)
        if number is None:
            continue
        for citation in parse_citations(f"《{name[: number.start()]}》{name[number.start() :]}"):
            if area := areas.of(short_title(citation.law), citation.key):
                votes[question][area] += 1
    taught = []
    for row in (benchmark / "queries_train.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(row)
        if found := votes.get(str(one["id"])):
            taught.append(Taught(one["text"], ((found.most_common(1)[0][0], 1.0),), weight=BENCHMARK_WEIGHT))
    return taught


def write_examples(folder: Path, questions: Sequence[Taught], own: Sequence[Example]) -> None:
    """What `learn_encoder` reads: the questions, then the own sentences of full weight."""
    from bot.rasa.components.learning import full_weight, with_areas
    from bot.rasa.components.tokenizer import cut

    rows = [_row("".join(cut(one.text)), one.intent, one.areas, one.danger, one.weight) for one in questions]
    told = with_areas(own)
    for one in (told[at] for at in full_weight(told)):
        danger = one.intent.removeprefix(DANGER) if one.intent.startswith(DANGER) else NO_DANGER
        rows.append(_row("".join(one.words), one.intent, ((one.area, 1.0),) if one.area else (), danger, OWN_WEIGHT))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "examples.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def _row(
    text: str, intent: str, areas: Sequence[tuple[str, float]], danger: str | None, counts: float
) -> dict[str, Any]:
    known = {"intents": [(intent, 1.0)] if intent else [], "dangers": [(danger, 1.0)] if danger else []}
    return {"text": text, **known, "areas": list(areas), "counts": counts}


def learn_lay(
    own: Sequence[Example], labelled: Sequence[Taught], beside: Sequence[Taught], out: Path, taught: Path | None = None
) -> dict[str, Any]:
    """Write what the questions teach to `out`; returns what it is worth: of each labelled one without itself.

    `taught`: folder where `learn_encoder` left what the sentence model says of each that it was not taught by.
    """
    from bot.rasa.components.lay_training import LayTraining

    learnt = LayTraining(own, labelled, beside).learn()
    learnt.correction.save(out)
    report: dict[str, Any] = {"labelled": len(labelled), "beside": len(beside), "bytes": out.stat().st_size}
    said = {"before": learnt.before, "words": learnt.without}
    if taught is not None:
        said["words_and_sentences"] = _with_sentences(learnt.without, taught)
    return report | {name: figures(labelled, rankings) for name, rankings in said.items()}


def _with_sentences(words: Sequence[tuple[Ranking, Ranking]], taught: Path) -> list[tuple[Ranking, Ranking]]:
    """The rankings as they are where the sentence model is there."""
    found: list[tuple[Ranking, Ranking]] = []
    with np.load(taught / "without.npz", allow_pickle=False) as arrays:
        heads = [(arrays[name].tolist(), log_chances(arrays[f"says_{name}"])) for name in ("intents", "areas")]
    for at, rankings in enumerate(words):
        both = []
        for ranking, (names, says), share, weight in zip(rankings, heads, WORDS_SAY, SENTENCE_SAYS, strict=True):
            told = dict(zip(names, says[at].tolist(), strict=True))
            power = [
                (name, share * np.log(chance + 1e-30) + weight * told.get(name, UNKNOWN)) for name, chance in ranking
            ]
            total = float(np.logaddexp.reduce([one for _, one in power]))
            both.append(sorted(((name, float(np.exp(one - total))) for name, one in power), key=lambda one: -one[1]))
        found.append((both[0], both[1]))
    return found


def figures(labelled: Sequence[Taught], rankings: Sequence[Any]) -> dict[str, float]:
    """Shares of the questions whose area, or topic, is among the first; and that are wrong though confident."""
    counted: Counter[str] = Counter()
    topical = 0
    for one, (intents, areas) in zip(labelled, rankings, strict=True):
        right = {area for area, _ in one.areas}
        counted["area_top_1"] += areas[0][0] in right
        counted["area_top_2"] += bool({name for name, _ in areas[:2]} & right)
        counted["area_wrong_and_confident"] += areas[0][1] >= CONFIDENT and areas[0][0] not in right
        counted["intent_top_1"] += intents[0][0] == one.intent
        if one.intent.startswith(TOPIC):
            topical += 1
            best = [name for name, _ in intents if name.startswith(TOPIC)]
            counted["topic_top_1"] += best[0] == one.intent
            counted["topic_top_2"] += one.intent in best[:2]
    return {
        name: round(count / (topical if name.startswith("topic_") else len(labelled)), 4)
        for name, count in counted.items()
    }


def main() -> None:
    """Learn from the shared data and print the figures as JSON."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--questions", type=Path, default=SHARED / "data" / "questions" / "lay_questions.txt")
    arguments.add_argument("--labels", type=Path, default=LABELS)
    arguments.add_argument("--benchmark", type=Path, default=SHARED / "benchmarks" / "stard")
    arguments.add_argument("--out", type=Path, default=FILE)
    arguments.add_argument("--prepare", type=Path, help="write what the sentence model is taught by here, and stop")
    arguments.add_argument("--taught", type=Path, help="folder of the teaching, to tell what it is worth")
    options = arguments.parse_args()
    from bot.dialogue import light_rasa

    light_rasa.install(light_rasa.TRAINING)
    from bot.rasa.train import read_examples

    topics = load_topics(ROOT / "training_data" / "topics")
    own = read_examples(topics, ROOT / "training_data" / "nlu")
    labelled = read_labelled(options.questions, options.labels, topics)
    beside = [*read_benchmark(options.benchmark), *read_written(WRITTEN, topics)]
    if options.prepare is not None:
        heard = [*read_dangers(HEARD / "danger_now.txt"), *read_dangers(HEARD / "danger_not_now.txt", NO_DANGER)]
        dangers = [*read_dangers(DANGERS), *heard, *read_harmless(SCENARIOS)]
        write_examples(options.prepare, [*labelled, *beside, *dangers], own)
        return
    print(json.dumps(learn_lay(own, labelled, beside, options.out, options.taught), indent=1))


if __name__ == "__main__":
    main()
