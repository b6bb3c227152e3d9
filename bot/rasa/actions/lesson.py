"""Legal education in conversation: a lesson, the question of the day, and what comes of an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.education.answer import LETTERS, read_answer
from bot.education.lesson import Lesson
from bot.education.lessons import Lessons
from bot.education.wish import of_day, read_reply, read_wish
from bot.interviews.cited import marked
from bot.interviews.cited_law import CitedLaw
from bot.rasa import wording
from bot.rasa.actions.step import Step, StepAction

LEARNING = ("quiz", "lesson")
"""Kinds of `Situation.offer` that belong to the lessons: a question stands open; something was told."""


class ActionLearn(StepAction):
    """Tell a lesson, or ask a question about one."""

    id = "action_learn"

    async def act(self, step: Step) -> None:
        """What the day brings first, then one after the other; an interview is never left for it."""
        if step.in_loop:
            step.say(wording.LEARN_LATER)
            return
        step.put(misses=0)
        offer = _offer(step)
        reply = read_reply(step.text) if offer else None
        wish = read_wish(step.text)
        named = step.lessons.named(step.text)
        area = named.id if named is not None else str(offer.get("area") or "")
        if wish == "push":
            step.say(wording.LEARN_NO_PUSH, (wording.QUIZ_OF_DAY,))
            return
        if step.searcher is None:
            step.say(wording.LEARN_DOWN)
            return
        told = step.lessons.find(str(offer.get("lesson") or ""))
        asking = _asks(step.text, offer, reply, wish, named is not None)
        today = step.lessons.of_day(step.today)
        if told is None or (named is not None and told not in step.lessons.within(area)):
            first = step.lessons.of_day(step.today, area)
        elif named is None and asking and of_day(step.text) and today is not None and told.id != today.id:
            first, area = today, ""  # what stands open may be yesterday's
        elif reply == "lesson" or (asking and reply != "another" and not offer.get("asked")):
            first = told
        else:
            first = step.lessons.after(told.id, area)
        lesson = await _that_holds(step, first, area)
        if lesson is None:
            step.say(wording.LEARN_DOWN)
            step.put(offer=None)
        elif asking:
            _ask(step, lesson, area)
        else:
            _tell(step, lesson, area)


class ActionQuiz(StepAction):
    """Say whether the answer was right, and why."""

    id = "action_quiz"

    async def act(self, step: Step) -> None:
        """Kindly in both cases; who cannot answer is told."""
        offer = _offer(step)
        lesson = step.lessons.find(str(offer.get("lesson") or ""))
        if lesson is None or offer.get("kind") != "quiz":
            step.say(wording.NOT_UNDERSTOOD)
            return
        step.put(misses=0)
        quiz = lesson.quiz
        answer = read_answer([(option.say, *option.says) for option in quiz.options], step.text)
        if answer is None and read_reply(step.text) != "give_up" and not offer.get("tries"):
            letters = "、".join(LETTERS[: len(quiz.options)])
            step.say(wording.QUIZ_HOW.format(letters=letters), (*_labels(lesson), wording.ANOTHER_QUIZ, wording.ENOUGH))
            step.put(offer={**offer, "tries": 1})
            return
        right = f"{LETTERS[quiz.right]}，{quiz.options[quiz.right].say}"
        if answer == quiz.right:
            opening = wording.QUIZ_RIGHT
        else:
            opening = (wording.QUIZ_WRONG if answer is not None else wording.QUIZ_TOLD).format(right=right)
        lines = [f"{opening}{quiz.why}", _basis(quiz.cite)]
        if lesson.topic in step.topics:
            lines.append(wording.LEARN_OWN_CASE)
        step.say("\n".join(lines), (wording.ANOTHER_QUIZ, wording.THIS_LESSON, wording.ENOUGH))
        step.put(offer={"kind": "lesson", "lesson": lesson.id, "area": offer.get("area") or "", "asked": True})


def _offer(step: Step) -> Mapping[str, Any]:
    """What stands open of the lessons; empty where nothing does."""
    offer = step.situation.offer or {}
    return offer if offer.get("kind") in LEARNING else {}


def _asks(words: str, offer: Mapping[str, Any], reply: str | None, wish: str | None, named: bool) -> bool:
    """Whether a question is wanted rather than a lesson; 「换一个」 means another of what was there."""
    if reply == "another":
        if "课" in words or "题" in words:
            return "题" in words
        return offer.get("kind") == "quiz" or bool(offer.get("asked"))
    if "lesson" in (reply, wish) or (named and wish is None and offer.get("kind") == "lesson"):
        return False  # who names another subject after a lesson wants one of it
    # A plain yes after a lesson takes up the question that was offered with it.
    return wish == "quiz" or bool(offer)


async def _that_holds(step: Step, first: Lesson | None, area: str) -> Lesson | None:
    """The first lesson from here on whose articles are all in force today: no other may be told."""
    for lesson in _from(step.lessons, first, area):
        assert step.searcher is not None
        law = await CitedLaw.of((text for _, text in lesson.cited()), step.searcher, step.today)
        if law.holds:
            return lesson
    return None


def _from(lessons: Lessons, first: Lesson | None, area: str) -> Iterator[Lesson]:
    lesson = first
    for _ in lessons.within(area):
        if lesson is None:
            return
        yield lesson
        lesson = lessons.after(lesson.id, area)


def _tell(step: Step, lesson: Lesson, area: str) -> None:
    lines = [wording.LESSON.format(title=lesson.title), *(f"· {line}" for line in lesson.lines), _basis(lesson.cite)]
    step.say("\n".join(lines), (wording.TEST_ME, wording.ANOTHER_LESSON, wording.ENOUGH))
    step.put(offer={"kind": "lesson", "lesson": lesson.id, "area": area, "asked": False})


def _ask(step: Step, lesson: Lesson, area: str) -> None:
    quiz = lesson.quiz
    same = step.lessons.of_day(step.today)
    opening = wording.QUIZ_TODAY if same is not None and same.id == lesson.id else wording.QUIZ
    listed = [f"{LETTERS[at]}. {option.say}" for at, option in enumerate(quiz.options)]
    letters = "、".join(LETTERS[: len(listed)])
    lines = [opening.format(ask=quiz.ask), *listed, wording.QUIZ_ANSWER.format(letters=letters)]
    step.say("\n".join(lines), (*_labels(lesson), wording.ANOTHER_QUIZ, wording.ENOUGH))
    options = [[option.say, *option.says] for option in quiz.options]
    step.put(offer={"kind": "quiz", "lesson": lesson.id, "area": area, "options": options})


def _labels(lesson: Lesson) -> tuple[str, ...]:
    return tuple(option.say for option in lesson.quiz.options)


def _basis(cited: tuple[str, ...]) -> str:
    return wording.BASIS.format(articles="、".join(map(marked, cited)))
