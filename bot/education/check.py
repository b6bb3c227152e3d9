"""Proves lessons against the law and the topics: what they cite is in force, and where they lead exists."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import date

from bot.education.lessons import Lessons
from bot.interviews.cited_law import CitedLaw
from knowledge_base.searcher import Searcher

Fault = tuple[str, str, str]
"""Id of the area, key, message."""


def check_lessons(lessons: Lessons, topics: Collection[str], searcher: Searcher | None, today: date) -> list[Fault]:
    """Every problem of the lessons; without a searcher the citations are not looked up. Not for use inside a loop.

    That a question has one right answer is seen when the file is read.
    """
    faults: list[Fault] = []
    asked: dict[str, str] = {}
    for area in lessons.areas:
        if area.checked.on > today:
            faults.append((area.id, "checked.on", f"{area.checked.on} is in the future"))
        for lesson in area.lessons:
            where = f"lessons.{lesson.id}"
            if lesson.topic is not None and lesson.topic not in topics:
                faults.append((area.id, f"{where}.topic", f"there is no topic {lesson.topic!r}"))
            if (first := asked.setdefault(lesson.quiz.ask, lesson.id)) != lesson.id:
                faults.append((area.id, f"{where}.quiz.ask", f"{first} asks the same"))
    if searcher is not None:
        law = asyncio.run(CitedLaw.of((text for area in lessons.areas for _, text in area.cited()), searcher, today))
        for area in lessons.areas:
            faults += [(area.id, where, message) for where, message in law.faults(area.cited(), area.checked)]
    return faults
