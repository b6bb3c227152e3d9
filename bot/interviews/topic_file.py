"""Reads topic files: YAML 1.2 words, no key twice, and every fault told with its key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from bot.interviews.topic import Topic


class TopicError(ValueError):
    """A topic file cannot be used; `problems` says each fault with its key."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        self.path = path
        self.problems = problems
        super().__init__("\n".join(f"{path}: {problem}" for problem in problems))


class _Loader(yaml.CSafeLoader):
    """YAML 1.2 booleans (yes, no, on and off stay words), and no key twice; in C, as twelve topics are many lines."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
        seen.add(key)
    return dict(loader.construct_mapping(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_topic(path: Path) -> Topic:
    """The topic in one file. Raises TopicError naming the file and each faulty key."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TopicError(path, [f"cannot be read: {error}"]) from error
    if not isinstance(data, dict):
        raise TopicError(path, ["must be a mapping of keys as in docs/topics.md"])
    try:
        topic = Topic.model_validate(data)
    except ValidationError as error:
        raise TopicError(path, list(_plain(error))) from error
    if topic.id != path.stem:
        raise TopicError(path, [f"id: {topic.id!r} must equal the file name without .yaml, {path.stem!r}"])
    return topic


def _plain(error: ValidationError) -> Iterator[str]:
    for one in error.errors():
        where = ".".join(str(part) for part in one["loc"])
        message = one["msg"].removeprefix("Value error, ")
        if one["type"] == "extra_forbidden":
            message = "there is no such key"
        for line in message.split("\n"):
            yield f"{where}: {line}" if where else line


def load_topics(folder: Path) -> dict[str, Topic]:
    """Every topic below a folder by id, in file-name order. Raises TopicError for the first faulty file."""
    return {topic.id: topic for topic in (read_topic(path) for path in topic_files(folder))}


def topic_files(folder: Path) -> list[Path]:
    """The files of topics, and of services in a folder below, in the order of their names."""
    return sorted(folder.rglob("*.yaml"), key=lambda path: path.name)
