"""All lessons, and which of them the day brings: the same for everyone, each in its turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

from bot.education.lesson import Area, Lesson
from bot.interviews.authored import AuthoredError, read_authored


class LessonError(AuthoredError):
    """A lessons file cannot be used; `problems` says each fault with its key."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """The lessons of every area."""

    areas: tuple[Area, ...] = ()

    def all(self) -> list[Lesson]:
        """Every lesson, the areas taking turns, so that neighbouring days bring different things."""
        rounds = zip_longest(*(area.lessons for area in self.areas))
        return [lesson for one in rounds for lesson in one if lesson is not None]

    def within(self, area: str) -> list[Lesson]:
        """Those of one area, by its id; all where the area is "" or unknown."""
        return next((list(one.lessons) for one in self.areas if one.id == area), None) or self.all()

    def of_day(self, day: date, area: str = "") -> Lesson | None:
        """The lesson of the day, whose question is the question of the day; None where there are none."""
        chosen = self.within(area)
        return chosen[day.toordinal() % len(chosen)] if chosen else None

    def after(self, lesson: str, area: str = "") -> Lesson | None:
        """The one that follows, by id; after the last comes the first."""
        chosen = self.within(area)
        ids = [one.id for one in chosen]
        if lesson not in ids:
            return chosen[0] if chosen else None
        return chosen[(ids.index(lesson) + 1) % len(chosen)]

    def find(self, lesson: str) -> Lesson | None:
        """The lesson with this id."""
        return next((one for one in self.all() if one.id == lesson), None)

    def named(self, words: str) -> Area | None:
        """The area that the words name, the longest name first; None for none."""
        named = [(name, area) for area in self.areas for name in (area.name, *area.names) if name in words]
        return max(named, key=lambda one: len(one[0]))[1] if named else None


def load_lessons(folder: Path) -> Lessons:
    """The lessons of a folder. Raises LessonError for the first faulty file, and where an id stands in two."""
    files = sorted(folder.glob("*.yaml"))
    areas = tuple(read_authored(path, Area, LessonError) for path in files)
    owner: dict[str, Path] = {}
    for path, area in zip(files, areas, strict=True):
        twice = [one for one in _ids(area.lessons) if one in owner]
        if twice:
            raise LessonError(path, [f"lessons: {one} also stands in {owner[one].name}" for one in twice])
        owner |= dict.fromkeys(_ids(area.lessons), path)
    return Lessons(areas)


def _ids(lessons: Iterable[Lesson]) -> Sequence[str]:
    return [lesson.id for lesson in lessons]
