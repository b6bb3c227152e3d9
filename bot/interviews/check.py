"""Proves topics against the law and against themselves; `python -m bot.interviews.check training_data/topics`."""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.documents.check import check_templates, used_templates
from bot.documents.template import Template, TemplateError, load_templates
from bot.interviews.calculators.registry import CALCULATORS
from bot.interviews.cited import read_cited
from bot.interviews.condition import Expression
from bot.interviews.conditions.kind import Value
from bot.interviews.conditions.known import Known
from bot.interviews.holes import holes
from bot.interviews.tone import read_tone
from bot.interviews.topic import Topic
from bot.interviews.topic_file import TopicError, read_topic, topic_files
from bot.interviews.worlds import candidates, closure, worlds
from bot.understanding.meant import meant
from knowledge_base.article import Article, Status
from knowledge_base.citations.verify import LawIndex
from knowledge_base.searcher import Searcher
from knowledge_base.validity.amendments import squeeze

MINIMUM = {
    "consultation": {"facts": 5, "findings": 4, "examples": 30, "evidence": 4, "where": 2},
    "service": {"facts": 1, "findings": 2, "examples": 30, "evidence": 1, "where": 1},
}
_ITEM = re.compile(r"\s*[（(][一二三四五六七八九十]+[）)]")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct."""

    topic: str
    where: str
    """The key in the topic file."""
    message: str

    def __str__(self) -> str:
        return f"{self.topic}: {self.where}: {self.message}"


def check_topics(
    topics: Mapping[str, Topic],
    searcher: Searcher | None,
    today: date,
    templates: Mapping[str, Template] | None = None,
) -> list[Problem]:
    """Every problem of the topics; without a searcher the citations are not looked up. Not for use inside a loop.

    `templates`: of the documents the topics draft, checked with them; None: the documents are not checked.
    """
    articles = asyncio.run(_look_up(topics, searcher, today)) if searcher is not None else None
    same: frozenset[tuple[str, date]] = frozenset()
    if isinstance(searcher, LawIndex):
        same = asyncio.run(_unchanged(topics, searcher, today))
    problems: list[Problem] = []
    for topic in topics.values():
        problems += check_topic(topic, articles, today, same)
    if templates is not None:
        problems += [Problem(*one) for one in check_templates(templates, topics, searcher, today)]
    return problems + list(_collisions(topics))


async def check_against(topic: Topic, searcher: Searcher | None, today: date) -> list[Problem]:
    """Problems of one topic, its citations looked up; for use inside a loop, which goes on meanwhile."""
    one = {topic.id: topic}
    articles = await _look_up(one, searcher, today) if searcher is not None else None
    same: frozenset[tuple[str, date]] = frozenset()
    if isinstance(searcher, LawIndex):
        same = await _unchanged(one, searcher, today)
    return await asyncio.to_thread(check_topic, topic, articles, today, same)


def check_topic(
    topic: Topic,
    articles: Mapping[str, Article | None] | None,
    today: date,
    unchanged: Collection[tuple[str, date]] = (),
) -> list[Problem]:
    """Problems of one topic by itself. `articles` maps each citation text to its article; None: not looked up.

    `unchanged`: (citation text, version of the law that was read) of articles that read the same today.
    """
    found: list[tuple[str, str]] = []
    for key, least in MINIMUM[topic.kind].items():
        count = len(getattr(topic, key))
        if count < least:
            found.append((key, f"has {count}, needs at least {least}"))
    if topic.checked.on > today:
        found.append(("checked.on", f"{topic.checked.on} is in the future"))
    calculations = list(_calculations(topic))
    found += calculations
    found += _reachable(topic, today)
    found += _useful_questions(topic, today)
    found += _silenced(topic, today)
    if not calculations:  # what cannot be computed has no figure to miss
        found += holes(topic, today)
    found += _options(topic)
    found += _ends(topic)
    found += [(where, fault) for where, text in topic.texts() for fault in read_tone().faults(text)]
    if articles is not None:
        found += _citations(topic, articles, unchanged)
    return [Problem(topic.id, where, message) for where, message in found]


async def _look_up(topics: Mapping[str, Topic], searcher: Searcher, today: date) -> dict[str, Article | None]:
    texts = {text for topic in topics.values() for _, text in topic.cited()}
    return {text: await searcher.get(read_cited(text), today) for text in sorted(texts)}


async def _unchanged(topics: Mapping[str, Topic], index: LawIndex, today: date) -> frozenset[tuple[str, date]]:
    """Citations whose article, in the version that was read, has the words of the one in force."""
    same: set[tuple[str, date]] = set()
    for topic in topics.values():
        for _, text in topic.cited():
            versions = await index.versions(read_cited(text), today)
            read = topic.checked.laws.get(versions[0].law) if versions else None
            then = next((a for a in versions if read is not None and a.version == read.isoformat()), None)
            now = next((a for a in versions if a.status is Status.IN_FORCE), None)
            if read is not None and then is not None and now is not None and squeeze(then.text) == squeeze(now.text):
                same.add((text, read))
    return frozenset(same)


def _citations(
    topic: Topic, articles: Mapping[str, Article | None], unchanged: Collection[tuple[str, date]]
) -> Iterator[tuple[str, str]]:
    versions: dict[str, str] = {}
    changed: dict[str, list[str]] = defaultdict(list)
    for where, text in topic.cited():
        article = articles[text]
        if article is None:
            yield where, f"{text} is not in the law index"
            continue
        if article.status is not Status.IN_FORCE:
            yield where, f"{text} is not in force ({article.status})"
        versions[article.law] = article.version
        if (text, topic.checked.laws.get(article.law)) not in unchanged:
            changed[article.law].append(text)
        paragraph = read_cited(text).paragraph
        if paragraph is not None and paragraph > len(_paragraphs(article.text)):
            yield where, f"{text}: the article has {len(_paragraphs(article.text))} paragraphs"
    for law, version in sorted(versions.items()):
        stated = topic.checked.laws.get(law)
        if stated is None:
            yield "checked.laws", f"{law} is cited but not listed; its version in force is {version}"
        elif stated.isoformat() != version and changed[law]:
            told = "、".join(dict.fromkeys(changed[law]))
            yield "checked.laws", f"{law}: read in version {stated}, in force is {version}; read {told} again"


def _paragraphs(text: str) -> list[str]:
    """Items in brackets belong to the paragraph above them."""
    return [line for line in text.split("\n") if line.strip() and not _ITEM.match(line)]


def _calculations(topic: Topic) -> Iterator[tuple[str, str]]:
    for finding in topic.findings:
        if finding.calculate is None:
            continue
        where = f"findings.{finding.id}.calculate"
        calculator = CALCULATORS.get(finding.calculate.use)
        if calculator is None:
            yield where, f"there is no calculator {finding.calculate.use!r} ({', '.join(sorted(CALCULATORS))})"
            continue
        known = {parameter.name: parameter for parameter in calculator.parameters}
        for name, source in finding.calculate.with_.items():
            if name not in known:
                yield f"{where}.with.{name}", f"{calculator.name} has no such argument ({', '.join(known)})"
                continue
            parameter, expression = known[name], topic.expression(source)
            if expression.kind is not parameter.kind:
                yield f"{where}.with.{name}", f"is a {expression.kind}, must be a {parameter.kind} ({parameter.unit})"
            unit = _unit(topic, source)
            if unit in {"days", "months", "years", "yuan", "percent"} and unit != parameter.unit:
                yield f"{where}.with.{name}", f"{source} is in {unit}, must be in {parameter.unit}; convert it"
        for parameter in calculator.parameters:
            if parameter.required and parameter.name not in finding.calculate.with_:
                yield where, f"{calculator.name} needs {parameter.name} ({parameter.unit})"
        cited = {_bare(text) for text in finding.cite}
        for citation in calculator.rests_on:
            if _bare(citation) not in cited:
                yield f"findings.{finding.id}.cite", f"must name {citation}: {calculator.name} rests on it"


def _bare(text: str) -> tuple[str, str]:
    citation = read_cited(text)
    return citation.law, citation.key


def _unit(topic: Topic, source: str) -> str:
    for fact in topic.facts:
        if fact.id == source.strip():
            return {"amount": "yuan", "percent": "percent"}.get(fact.type, fact.unit)
    return ""


def _options(topic: Topic) -> Iterator[tuple[str, str]]:
    for fact in topic.facts:
        owner: dict[str, str] = {}
        for option in fact.options:
            for phrase in {meant(one) for one in (option.label, *option.says, *option.answers)}:
                if phrase in owner:
                    yield f"facts.{fact.id}.options", f"{phrase!r} means both {owner[phrase]} and {option.value}"
                owner[phrase] = option.value


def _reachable(topic: Topic, today: date) -> Iterator[tuple[str, str]]:
    for where, source in (*topic.conditions(), *topic.drafting()):
        expression = topic.expression(source)
        tried = worlds(topic, closure(topic, expression.names), today)
        if not any(expression.truth(known) is True for known in tried):
            yield where, f"{source!r} can never become true"


def _useful_questions(topic: Topic, today: date) -> Iterator[tuple[str, str]]:
    useful: set[str] = set()
    for _, _condition, facts in topic.told():
        useful |= facts
    for _, source in topic.conditions():
        expression = topic.expression(source)
        for fact in expression.names - useful:
            if _can_change(topic, expression, fact, today):
                useful.add(fact)
    for one in reversed(topic.facts):
        if one.id in useful:
            for needed in (one.when, one.estimate, one.estimate_when):
                useful |= topic.expression(needed).names if needed is not None else frozenset()
    for one in topic.facts:
        if one.id not in useful:
            yield f"facts.{one.id}", "the answer can change nothing that is told or done; use it or drop the question"


def _can_change(topic: Topic, expression: Expression, fact: str, today: date) -> bool:
    facts = closure(topic, expression.names)
    seen: dict[tuple[tuple[str, str], ...], bool | None] = {}
    for known in worlds(topic, facts, today):
        if fact in known.stuck:
            continue
        others = tuple((name, str(known.values.get(name))) for name in facts if name != fact)
        truth = expression.truth(known)
        if seen.setdefault(others, truth) != truth:
            return True
    return False


def _silenced(topic: Topic, today: date) -> Iterator[tuple[str, str]]:
    """Findings and deadlines that say what a fact is not, and vanish where that fact is never asked.

    Every answer is given, the question of `fact` does not apply, so `fact != x` is unknown for good and nothing is
    told; with any other value of `fact` it would be. `known(fact)` beside it says that this is meant.
    """
    parts = [(f"findings.{one.id}.when", one.when) for one in topic.findings]
    parts += [(f"deadlines.{one.id}.when", one.when) for one in topic.deadlines]
    values_of = candidates(topic, today)
    for where, source in parts:
        expression = topic.expression(source)
        gated = sorted(fact for fact in expression.denied if topic.fact(fact).when and topic.fact(fact).asked)
        for fact in gated:
            tried = worlds(topic, closure(topic, expression.names), today, with_unknown=False)
            world = next((known for known in tried if _vanishes(expression, fact, values_of[fact], known)), None)
            if world is not None:
                values = world.values
                said = ", ".join(f"{name} {values[name]}" for name in sorted(expression.names & values.keys()))
                yield where, f"{source!r} tells nothing where {fact} is not asked ({said}); guard it by known({fact})"


def _vanishes(expression: Expression, fact: str, values: Sequence[Value | None], known: Known) -> bool:
    if fact not in known.stuck or expression.truth(known) is not None:
        return False
    others = (
        Known({**known.values, fact: value}, known.today, known.stuck - {fact}) for value in values if value is not None
    )
    return any(expression.truth(other) is True for other in others)


def _ends(topic: Topic) -> Iterator[tuple[str, str]]:
    """However the interview goes, there is something to do, somewhere to go and something to keep."""
    for key, lines in (("steps", topic.steps), ("where", topic.where), ("evidence", topic.evidence)):
        if all(line.when != "true" for line in lines):
            yield key, "every line has a condition, so that some citizen is told none; give one without"


def _collisions(topics: Mapping[str, Topic]) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for topic in topics.values():
        for at, example in enumerate(topic.examples):
            plain = normal_example(example)
            where = f"examples[{at}]"
            if not plain:
                yield Problem(topic.id, where, f"{example!r} holds no words")
            elif plain in owner:
                other = "stands twice" if owner[plain] == topic.id else f"is also an example of {owner[plain]}"
                yield Problem(topic.id, where, f"{example!r} {other}")
            owner.setdefault(plain, topic.id)


def normal_example(text: str) -> str:
    """What is compared: no punctuation or blanks, figures made equal, particles that carry no meaning dropped."""
    plain = re.sub(r"[\W_]+", "", text.lower())
    plain = re.sub(r"[0-9零一二两三四五六七八九十百千万几半]+", "几", plain)
    return re.sub(r"[了的啊呀吗呢吧我]", "", plain)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the topics of a folder and print each problem; 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python -m bot.interviews.check", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--templates", type=Path, help="default: the folder documents beside that of the topics")
    parser.add_argument("--only", action="append", default=[], metavar="ID", help="report this topic only (repeatable)")
    parser.add_argument("--laws-db", type=Path, help="look citations up in this law data file")
    parser.add_argument("--index", type=Path, help="look citations up in this law index")
    parser.add_argument("--today", type=date.fromisoformat, default=None, help="default: today in Shanghai")
    options = parser.parse_args(arguments)
    today: date = options.today or datetime.now(ZoneInfo("Asia/Shanghai")).date()
    topics: dict[str, Topic] = {}
    lines: list[str] = []
    for path in topic_files(options.folder):
        try:
            topics[path.stem] = read_topic(path)
        except TopicError as error:
            if not options.only or path.stem in options.only:
                lines += str(error).splitlines()
    templates: dict[str, Template] | None = None
    try:
        templates = load_templates(options.templates or options.folder.parent / "documents")
    except TemplateError as error:
        lines += str(error).splitlines()
    wanted = {one: topic for one, topic in topics.items() if not options.only or one in options.only}
    # Judged by what all topics use; of one topic alone most templates would seem unused.
    problems = check_topics(wanted, _searcher(options, today), today, None if options.only else templates)
    if options.only and templates is not None:
        problems += [Problem(*one) for one in used_templates(wanted, templates)]
    if options.only:
        problems = list(dict.fromkeys([*problems, *_collisions(topics)]))
    lines += [str(problem) for problem in problems if not options.only or problem.topic in options.only]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.write(f"{len(wanted)} topics read ({', '.join(wanted)}), {len(lines)} problems\n")
    return 1 if lines or not wanted else 0


def _searcher(options: argparse.Namespace, today: date) -> Searcher | None:
    if options.laws_db is not None:
        from bot.interviews.raw_laws import RawLaws

        return RawLaws(options.laws_db, today)
    if options.index is not None:
        from knowledge_base.laws.embedded import EmbeddedSearcher

        return EmbeddedSearcher.open(options.index, lambda: today)
    return None


if __name__ == "__main__":
    sys.exit(main())
