"""The shipped lessons hold, the day chooses one for everyone, and faulty files are refused with their key."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.education.check import check_lessons
from bot.education.lessons import LessonError, Lessons, load_lessons
from bot.interviews.topic_file import topic_files
from knowledge_base.laws.embedded import EmbeddedSearcher

DATA = Path(__file__).resolve().parents[3] / "training_data"
LESSONS = load_lessons(DATA / "lessons")
TOPICS = {path.stem for path in topic_files(DATA / "topics")}
TODAY = date(2026, 11, 28)
GOOD = """
id: labour
name: 打工上班
names: [劳动法]
checked: {on: 2026-11-28, laws: {中华人民共和国劳动法: 2018-12-29}}
lessons:
  - id: wages
    title: 工资每月要发
    lines: [工资要用钱发。, 每个月发。, 发给您本人。]
    cite: [劳动法 第五十条]
    quiz:
      ask: 可以用东西顶工资吗？
      options: [{say: 可以}, {say: 不可以, right: true}]
      why: 工资应当以货币形式支付。
      cite: [劳动法 第五十条]
"""


def lessons_of(folder: Path, text: str) -> Lessons:
    (folder / "labour.yaml").write_text(text, encoding="utf-8")
    return load_lessons(folder)


def test_every_shipped_lesson_holds(law_index: Path) -> None:
    searcher = EmbeddedSearcher.open(law_index, lambda: TODAY)
    assert check_lessons(LESSONS, TOPICS, searcher, TODAY) == []
    assert len(LESSONS.all()) >= 60


def test_every_area_with_topics_has_lessons() -> None:
    assert {lesson.topic for lesson in LESSONS.all()} - {None} <= TOPICS
    assert len(LESSONS.areas) >= 19


def test_the_day_goes_through_all_of_them() -> None:
    count = len(LESSONS.all())
    days = [TODAY + timedelta(days=at) for at in range(count)]
    seen = [LESSONS.of_day(day) for day in days]
    assert len({one.id for one in seen if one is not None}) == count
    assert LESSONS.of_day(TODAY) == LESSONS.of_day(TODAY + timedelta(days=count))


def test_neighbouring_days_bring_different_areas() -> None:
    area_of = {lesson.id: area.id for area in LESSONS.areas for lesson in area.lessons}
    order = [area_of[lesson.id] for lesson in LESSONS.all()]
    rounds = order[: 2 * len(LESSONS.areas)]
    assert all(first != second for first, second in zip(rounds, rounds[1:], strict=False))


def test_another_one_never_ends_and_stays_in_the_area() -> None:
    lesson = LESSONS.of_day(TODAY, "labour")
    seen = []
    for _ in LESSONS.within("labour"):
        assert lesson is not None
        seen.append(lesson.id)
        lesson = LESSONS.after(lesson.id, "labour")
    assert sorted(seen) == sorted(one.id for one in LESSONS.within("labour"))


@pytest.mark.parametrize(
    ("words", "area"),
    [("讲讲劳动法", "labour"), ("学学婚姻法", "family"), ("宪法讲讲", "basics"), ("讲讲未成年人保护法", "minors")],
)
def test_an_area_is_known_by_what_people_call_it(words: str, area: str) -> None:
    named = LESSONS.named(words)
    assert named is not None
    assert named.id == area


def test_no_lessons_are_no_error(tmp_path: Path) -> None:
    assert load_lessons(tmp_path / "none").of_day(TODAY) is None


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("say: 可以}", "say: 可以, right: true}", "2 of them are right"),
        (", right: true", "", "0 of them are right"),
        ("{say: 可以}", "{say: 可以, says: [不可以]}", "means two answers"),
        ("lines: [工资要用钱发。, 每个月发。, 发给您本人。]", "lines: [工资要用钱发。]", "lessons.0.lines"),
        ("劳动法 第五十条]\n    quiz", "劳动法五十条]\n    quiz", "lessons.0.cite.0"),
        ("id: labour", "id: work", "must equal the file name"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    with pytest.raises(LessonError, match=complaint):
        lessons_of(tmp_path, GOOD.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("劳动法 第五十条", "劳动法 第五百条", "not in the law index"),
        ("2018-12-29", "2009-08-27", "in force is 2018-12-29"),
        ("    title", "    topic: nowhere\n    title", "no topic 'nowhere'"),
        ("on: 2026-11-28", "on: 2027-11-28", "in the future"),
    ],
)
def test_the_check_finds_what_does_not_hold(
    tmp_path: Path, law_index: Path, old: str, new: str, complaint: str
) -> None:
    searcher = EmbeddedSearcher.open(law_index, lambda: TODAY)
    assert check_lessons(lessons_of(tmp_path, GOOD), TOPICS, searcher, TODAY) == []
    faults = check_lessons(lessons_of(tmp_path, GOOD.replace(old, new)), TOPICS, searcher, TODAY)
    assert any(complaint in message for _, _, message in faults), faults


def test_an_id_stands_in_one_file_only(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD.replace("id: labour", "id: a"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD.replace("id: labour", "id: b"), encoding="utf-8")
    with pytest.raises(LessonError, match="also stands in a.yaml"):
        load_lessons(tmp_path)
