"""What the graph components and custom actions of one process share: topics, the law index and the clock."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.documents.template import Template, load_templates
from bot.education.lessons import Lessons, load_lessons
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics
from knowledge_base.documents.searcher import DocumentSearcher
from knowledge_base.searcher import Searcher

CHINA = ZoneInfo("Asia/Shanghai")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Runtime:
    """Set once per process, before the first turn."""

    topics: Mapping[str, Topic]
    """By id."""
    searcher: Searcher | None = None
    """None until the law index is opened; a worker opens it after the fork, because the index keeps threads."""
    cases: DocumentSearcher | None = None
    """Opened with it."""
    templates: Mapping[str, Template] = field(default_factory=dict)
    """Of the documents that are drafted with an opinion, by id."""
    lessons: Lessons = field(default_factory=Lessons)
    """Of legal education."""


_runtime: Runtime | None = None


def use(runtime: Runtime) -> None:
    """Make `runtime` the one of this process."""
    global _runtime
    _runtime = runtime


def runtime() -> Runtime:
    """The runtime of this process.

    Where nobody called `use` (a plain `rasa run` or `rasa run actions`) it is read from FAXIAN_TOPICS and
    FAXIAN_INDEX, by default `training_data/topics` and `var/index` of this repository. Templates and
    lessons lie beside the topics.
    """
    global _runtime
    if _runtime is None:
        topics = Path(os.environ.get("FAXIAN_TOPICS", ROOT / "training_data" / "topics"))
        index = open_index(Path(os.environ.get("FAXIAN_INDEX", ROOT / "var" / "index")))
        _runtime = Runtime(
            load_topics(topics),
            index,
            templates=load_templates(topics.parent / "documents"),
            lessons=load_lessons(topics.parent / "lessons"),
        )
    return _runtime


def open_index(path: Path) -> Searcher:
    """The law index at `path`, by the wall clock of China."""
    from knowledge_base.laws.embedded import EmbeddedSearcher

    searcher: Searcher = EmbeddedSearcher.open(path, lambda: datetime.now(CHINA).date())
    return searcher


def moment(metadata: Mapping[str, Any] | None) -> datetime:
    """When the turn happened: the gateway sends it with the message; a plain Rasa server goes by the clock."""
    said = (metadata or {}).get("at")
    return datetime.fromisoformat(said) if isinstance(said, str) else datetime.now(CHINA)


def day(metadata: Mapping[str, Any] | None) -> date:
    """The day of the turn in China."""
    return moment(metadata).astimezone(CHINA).date()
