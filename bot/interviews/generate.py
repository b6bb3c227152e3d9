"""Writes the Rasa training data that follows from the topics: an intent and its examples for each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from bot.interviews.topic import Topic

INTENT_PREFIX = "topic_"
_HEAD = "# Generated from the topics by bot.interviews.generate; change the topics, not this file.\n"
_VERSION = "3.1"


def intent(topic: Topic) -> str:
    """The Rasa intent of a topic."""
    return INTENT_PREFIX + topic.id


def generate(topics: Mapping[str, Topic], out: Path) -> list[Path]:
    """Write nlu/topics.yml (examples) and domain/topics.yml (intents) under `out`; the files, whether changed or not.

    A file whose content is the same is left alone, so that its time of change still says when training is due.
    """
    files = {out / "nlu" / "topics.yml": nlu_text(topics), out / "domain" / "topics.yml": domain_text(topics)}
    for path, text in files.items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)


def nlu_text(topics: Mapping[str, Topic]) -> str:
    """Rasa NLU YAML."""
    blocks = [_HEAD, f'version: "{_VERSION}"\n', "nlu:\n"]
    for topic in topics.values():
        blocks.append(f"- intent: {intent(topic)}\n  examples: |\n")
        blocks += [f"    - {_example(example)}\n" for example in topic.examples]
    return "".join(blocks)


def domain_text(topics: Mapping[str, Topic]) -> str:
    """Rasa domain YAML; the intents bring no entities, all facts live in one slot."""
    intents: list[dict[str, dict[str, list[str]]]] = [
        {intent(topic): {"use_entities": []}} for topic in topics.values()
    ]
    return _HEAD + yaml.safe_dump({"version": _VERSION, "intents": intents}, allow_unicode=True, sort_keys=False)


def _example(text: str) -> str:
    """One line; brackets would be read as entity annotations."""
    plain = " ".join(text.split())
    return plain.translate(str.maketrans("[]{}", "【】（）"))
