"""One area's lessons as their file under training_data/lessons/ writes them; see docs/lessons.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from bot.interviews.topic_parts import Checked, Cited, Id, Part, Words
from bot.understanding.normalise import normalise

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=90)]
"""Short enough to be read in one breath."""


class Choice(Part):
    """One answer to a question."""

    say: Words
    right: bool = False
    says: tuple[Words, ...] = ()
    """Words that mean this answer when the citizen does not pick it by letter."""


class Quiz(Part):
    """A question with exactly one right answer."""

    ask: Words
    options: tuple[Choice, ...] = Field(min_length=2, max_length=4)
    why: Words
    """Why the right answer is right, in plain words."""
    cite: tuple[Cited, ...] = Field(min_length=1)

    @property
    def right(self) -> int:
        """Place of the right answer, from 0."""
        return next(at for at, option in enumerate(self.options) if option.right)

    @model_validator(mode="after")
    def _one_answer(self) -> Quiz:
        problems: list[str] = []
        count = sum(option.right for option in self.options)
        if count != 1:
            problems.append(f"options: {count} of them are right, must be one")
        owner: dict[str, int] = {}
        for at, option in enumerate(self.options):
            for phrase in {normalise(one) for one in (option.say, *option.says)}:
                if phrase in owner:
                    problems.append(f"options: {phrase!r} means two answers")
                owner[phrase] = at
        if problems:
            raise ValueError("\n".join(problems))
        return self


class Lesson(Part):
    """What is worth knowing about one thing, in a few sentences, and a question about it."""

    id: Id
    topic: Id | None = None
    """The consultation that helps whoever is in this situation."""
    title: Words
    lines: tuple[Sentence, ...] = Field(min_length=3, max_length=6)
    cite: tuple[Cited, ...] = Field(min_length=1, max_length=3)
    quiz: Quiz

    def cited(self) -> Iterator[tuple[str, str]]:
        """(where, citation) of every citation."""
        yield from (("cite", text) for text in self.cite)
        yield from (("quiz.cite", text) for text in self.quiz.cite)


class Area(Part):
    """A lessons file: everything about one area of life."""

    id: Id
    name: Words
    names: tuple[Words, ...] = ()
    """What people call it when they want to learn about it: 劳动法, 打工."""
    checked: Checked
    lessons: tuple[Lesson, ...] = Field(min_length=1)

    def cited(self) -> Iterator[tuple[str, str]]:
        """(where, citation) of every citation."""
        for lesson in self.lessons:
            yield from ((f"lessons.{lesson.id}.{where}", text) for where, text in lesson.cited())

    @model_validator(mode="after")
    def _own_ids(self) -> Area:
        ids = [lesson.id for lesson in self.lessons]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise ValueError("\n".join(f"lessons: {one} stands twice" for one in twice))
        return self
