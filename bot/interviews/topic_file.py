"""Reads topic files."""

from __future__ import annotations

from pathlib import Path

from bot.interviews.authored import AuthoredError, parse_authored, read_authored
from bot.interviews.topic import Topic


class TopicError(AuthoredError):
    """A topic file cannot be used; `problems` says each fault with its key."""


def read_topic(path: Path) -> Topic:
    """The topic in one file. Raises TopicError naming the file and each faulty key."""
    return read_authored(path, Topic, TopicError)


def parse_topic(text: str, path: Path) -> Topic:
    """The topic that a text would be in that file. Raises TopicError as `read_topic`."""
    return parse_authored(text, path, Topic, TopicError)


def load_topics(folder: Path) -> dict[str, Topic]:
    """Every topic below a folder by id, in file-name order. Raises TopicError for the first faulty file."""
    return {topic.id: topic for topic in (read_topic(path) for path in topic_files(folder))}


def topic_files(folder: Path) -> list[Path]:
    """The files of topics, and of services in a folder below, in the order of their names."""
    return sorted(folder.rglob("*.yaml"), key=lambda path: path.name)
