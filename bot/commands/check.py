"""The command `check`: every topic, template and lesson, and every citation of a law, against the index."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.commands.places import ROOT, TOPICS
from knowledge_base.changes.cited_by import Source, cited_by


def check(folder: Path) -> int:
    """Prove every topic, template and lesson against the index in `folder` and against itself."""
    from bot.documents.template import load_templates
    from bot.education.check import check_lessons
    from bot.education.lessons import load_lessons
    from bot.interviews.authored import AuthoredError
    from bot.interviews.check import Problem, check_topics
    from bot.interviews.topic_file import load_topics
    from knowledge_base.laws.embedded import EmbeddedSearcher

    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    try:
        topics, templates = load_topics(TOPICS), load_templates(TOPICS.parent / "documents")
        lessons = load_lessons(TOPICS.parent / "lessons")
    except AuthoredError as error:
        print(error)
        return 1
    searcher = EmbeddedSearcher.open(folder, lambda: today)
    problems = check_topics(topics, searcher, today, templates)
    problems += [Problem(*one) for one in check_lessons(lessons, topics.keys(), searcher, today)]
    for problem in problems:
        print(problem)
    cited = asyncio.run(cited_by(_citing(), searcher, today))
    for finding in cited.findings:
        print(finding)
    facts, findings = (sum(len(getattr(t, key)) for t in topics.values()) for key in ("facts", "findings"))
    authored = f"{len(templates)} templates, {len(lessons.all())} lessons"
    counted = f"{len(topics)} topics, {facts} facts, {findings} findings, {authored}"
    print(f"{counted}: {len(problems)} problems")
    notes = f"{len(cited.findings) - cited.problems} notes, {cited.outside} of laws that are not in the index"
    where = "topics, cases, templates, lessons and tests"
    print(f"{cited.citations} citations in {where}: {cited.problems} problems, {notes}")
    return 1 if problems or cited.problems else 0


def _citing() -> Iterator[Source]:
    """Every file that may cite law; in tests a citation that does not hold is only worth a note."""
    places = (
        *((ROOT / "training_data" / kind, "*.yaml", True) for kind in ("topics", "documents", "lessons", "cases")),
        (ROOT / "bot", "*.py", True),
        *((ROOT / "tests", kind, False) for kind in ("*.py", "*.yaml", "*.yml")),
    )
    for folder, pattern, strict in places:
        for path in sorted(folder.rglob(pattern)):
            yield Source(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"), strict)
