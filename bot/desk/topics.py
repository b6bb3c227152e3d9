"""The topics as lawyers see and correct them: read from the files, proved, proposed as changes to the files."""

from __future__ import annotations

import asyncio
import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from bot.clock import Clock
from bot.desk.proposal import ProposalRecords
from bot.desk.seat import Seat
from bot.documents.template import load_templates
from bot.interviews.check import Problem, check_against
from bot.interviews.correction import CorrectionRefused, corrected
from bot.interviews.example_talk import example_talk
from bot.interviews.problem_words import problem_words
from bot.interviews.topic import Topic
from bot.interviews.topic_file import TopicError, parse_topic, read_topic, topic_files
from knowledge_base.searcher import Searcher

MOST_REASON = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a correction."""

    problems: tuple[str, ...] = ()
    """Why it cannot be proposed; empty: it can."""
    patch: str = ""
    scenario: str = ""
    number: int | None = None
    """Of the proposal, once it is kept."""


@dataclass(slots=True)
class _Shelf:
    """The topics as the files had them when they were read."""

    topics: dict[str, Topic] = field(default_factory=dict)
    files: dict[str, tuple[Path, str]] = field(default_factory=dict)
    """Id of a topic → its file and text."""
    titles: dict[str, str] = field(default_factory=dict)
    """Id of a document template → its title."""


class Topics:
    """Topics for the desk; `root` is what the paths of patches are relative to."""

    def __init__(
        self, folder: Path, root: Path, records: ProposalRecords, clock: Clock, searcher: Searcher | None = None
    ) -> None:
        self._folder = folder
        self._root = root
        self.records = records
        self._clock = clock
        self._searcher = searcher
        self._shelf: _Shelf | None = None
        self._reading = asyncio.Lock()
        self._one_at_a_time = asyncio.Lock()  # proving a topic takes a processor for up to seconds

    async def all(self) -> Mapping[str, Topic]:
        """Every topic by id, in the order of file names; read at the first call."""
        return (await self._read()).topics

    async def titles(self) -> Mapping[str, str]:
        """Titles of the documents that topics draft."""
        return (await self._read()).titles

    async def problems(self, topic: Topic) -> list[Problem]:
        """What proving finds in the topic as it stands."""
        async with self._one_at_a_time:
            return await check_against(topic, self._searcher, self._clock.now().date())

    async def correct(self, topic_id: str, key: str, value: str, reason: str, seat: Seat, keep: bool) -> Verdict:
        """Try a correction, and keep it as a proposal if asked and nothing is wrong. Raises KeyError for no topic."""
        shelf = await self._read()
        topic, (path, text) = shelf.topics[topic_id], shelf.files[topic_id]
        reason = reason.strip()
        if keep and not reason:
            return Verdict(("请写一句为什么要改。",))
        if len(reason) > MOST_REASON:
            return Verdict((f"理由请不要超过{MOST_REASON}个字。",))
        try:
            new = await asyncio.to_thread(corrected, text, topic, key, value)
            changed = await asyncio.to_thread(parse_topic, new, path)
        except CorrectionRefused as error:
            return Verdict((str(error),))
        except TopicError as error:
            return Verdict(tuple(dict.fromkeys(problem_words(*_parted(one)) for one in error.problems)))
        found = [problem_words(one.where, one.message) for one in await self.problems(changed)]
        if found:  # what was wrong before is not this correction's fault
            before = {problem_words(one.where, one.message) for one in await self.problems(topic)}
            found = [one for one in found if one not in before]
        patch = self._patch(path, text, new)
        if found:
            return Verdict(tuple(found), patch)
        now = self._clock.now()
        async with self._one_at_a_time:
            scenario = await asyncio.to_thread(example_talk, changed, key, now.date())
        number = await self.records.add(topic_id, key, seat, reason, patch, scenario, now) if keep else None
        return Verdict((), patch, scenario, number)

    def _patch(self, path: Path, old: str, new: str) -> str:
        name = path.relative_to(self._root).as_posix()
        before, after = list(StringIO(old)), list(StringIO(new))  # lines as git counts them
        lines = difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)

    async def _read(self) -> _Shelf:
        async with self._reading:
            if self._shelf is None:
                self._shelf = await asyncio.to_thread(_read, self._folder)
            return self._shelf


def _parted(problem: str) -> tuple[str, str]:
    """Place and message of a fault of the file as it is read."""
    where, colon, message = problem.partition(": ")
    return (where, message) if colon and " " not in where else ("", problem)


def _read(folder: Path) -> _Shelf:
    """Raises TopicError for a file that cannot be used; the dialogue would not have started with it either."""
    shelf = _Shelf()
    for path in topic_files(folder):
        topic = read_topic(path)
        shelf.topics[topic.id] = topic
        shelf.files[topic.id] = (path, path.read_text(encoding="utf-8"))
    shelf.titles = {one.id: one.title for one in load_templates(folder.parent / "documents").values()}
    return shelf
