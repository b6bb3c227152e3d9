"""What is asked before the opinion: told in a line where it is known already, and first thing with the opinion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.interviews.calculators.registry import CALCULATORS
from bot.interviews.cited import marked, read_cited
from bot.interviews.cited_law import CitedLaw
from bot.interviews.conclude import Conclusions, conclude
from bot.interviews.facts import Facts, FactValue, known, to_json
from bot.interviews.interview import Interview
from bot.interviews.plan import plan
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Finding
from bot.rasa import asking, wording
from bot.rasa.actions.law import found_articles, say_articles, tell_of_prison
from bot.rasa.actions.like_it import asks_for_cases
from bot.rasa.actions.papers import give_forms, name_papers
from bot.rasa.actions.questions import FEW, NO_CLAIM, asked_of, named_in, told_item, told_of
from bot.rasa.actions.step import Step
from bot.rasa.cues import HAN
from bot.rasa.nearest import nearest
from bot.services.asked_of_country import told_in, with_asked
from bot.understanding.follow_ups import supposition
from bot.understanding.papers import Wanted, wanted_papers

_CRIME = re.compile(r"犯[法罪]|违法|坐牢|判[刑几]|刑|抓|拘|自首|偷|抢|骗|杀|毒|赌|伤")
LINES = 2
"""Of a list, as much as is told in the middle of an interview."""
_WHOLE = 6
"""Chinese characters of a question that is searched by itself; a shorter one, 「那赌债呢」, beside its matter."""
MOST = 3
"""Questions kept for the opinion."""
_SAID = 40
_BACK = re.compile(r"退|[要追讨拿][得不]?(?:回|到)")
"""「能要回来吗」 has a rule; 「能赢吗」 has none."""
_FIRST_SENTENCE = re.compile(r"[^。]+。")
_ANSWERED = frozenset({asking.LASTS, asking.COSTS, asking.AGAINST, asking.WHERE, asking.AID})
"""What no further answer changes is told once."""


def keep_ahead(step: Step, questions: list[str]) -> None:
    """Remember what was asked until the opinion."""
    kept = [*step.now.ahead, *(one[:_SAID] for one in questions)]
    step.put(ahead=list(dict.fromkeys(kept))[-MOST:])


async def tell_ahead(step: Step, question: str) -> bool:
    """Say in a line or two what can be said of `question` now; what more is found out may change it, so it is kept.

    False where nothing can be said yet.
    """
    topic = step.topic
    if topic is None:
        return False
    if asks_for_cases(step):
        step.say(wording.CASES_WITH_OPINION)
        return True
    facts = step.now.known()
    if country := told_in(topic, facts, question):
        step.say(country)
        step.put(facts=to_json(with_asked(topic, facts, question)))
        return True
    if (wanted := wanted_papers(question)) is not None:
        noted = wording.PAPER_UNKNOWN if wanted.unknown else wording.PAPER_NOTED
        step.say(noted.format(names=wanted.names))
        if not wanted.unknown:
            keep_ahead(step, [question])
        return True
    conclusions = conclude(topic, facts, step.today)
    if item := await told_item(question, step, topic, conclusions):
        step.say(item)
        return True
    if supposition(question):
        step.say(wording.AHEAD_SUPPOSED)
        return True
    kinds = asked_of(topic, question)[:LINES]
    if asking.USE in kinds:
        keep_ahead(step, [question])
        return False
    if kinds == (asking.STEPS,) and (said := named_in(question, _likely(step, topic))):
        step.say(wording.AHEAD_NEAREST.format(said=said))
        return True
    if kinds == (asking.WIN,) and _BACK.search(question) and (view := _view(question, conclusions)):
        keep_ahead(step, [question])
        proofs = "；".join(one.rstrip("。") for one in conclusions.evidence[:LINES])
        step.say(wording.AHEAD_BACK.format(view=view, evidence=proofs))
        return True
    told = [said for kind in kinds if (said := await _now(kind, step, topic, facts, conclusions))]
    if not told or not set(kinds) <= _ANSWERED:
        keep_ahead(step, [question])
    if told:
        step.say(told[0])
        return True
    return not kinds and await _tell_nearest(step, topic, question, conclusions)


async def _tell_nearest(step: Step, topic: Topic, question: str, conclusions: Conclusions) -> bool:
    """What the opinion will say of it as far as can be seen, else the article that speaks of it; else that we have no
    answer, so that nobody waits for one.
    """
    if said := nearest(question, conclusions) or nearest(question, _likely(step, topic)):
        step.say(wording.AHEAD_NEAREST.format(said=said))
        return True
    if await tell_of_prison(step):
        return True
    whole = len(HAN.findall(question)) >= _WHOLE
    found = await found_articles(step, question if whole else f"{topic.name} {question}")
    near = _of_area(step, topic)
    hits = [
        one for one in found if (one.article.law, one.article.key) in near and not _punishes(one.article.law, question)
    ]
    if hits:
        say_articles(step, hits[:1], wording.AHEAD_LAW)
    else:
        step.say(wording.AHEAD_NONE)
    return True


def _view(question: str, conclusions: Conclusions) -> str:
    """What holds already of getting something back: the sentence that speaks of it, else the first view."""
    first = "".join(
        f"{one.finding.title}。{found[0].strip()}"
        for one in conclusions.findings[:1]
        if (found := _FIRST_SENTENCE.match(one.text))
    )
    return nearest(question, conclusions) or first


def _punishes(law: str, question: str) -> bool:
    """Whether it is of the criminal law, where nobody asks of a crime: 「我要还吗」."""
    return law.endswith("国刑法") and _CRIME.search(question) is None


def _of_area(step: Step, topic: Topic) -> frozenset[tuple[str, str]]:
    """Articles that topics of the same area of law name: others share but a word with what is asked."""
    named = (text for one in step.topics.values() if one.area == topic.area for _, text in one.cited())
    return frozenset((cited.law, cited.key) for cited in map(read_cited, named))


def _likely(step: Step, topic: Topic) -> Conclusions:
    """The opinion as it would be if nothing more were found out."""
    unknown = {fact.id: FactValue(None, unknown=True) for fact in topic.facts}
    return conclude(topic, {**unknown, **step.now.known()}, step.today)


async def tell_first(step: Step, conclusions: Conclusions) -> None:
    """With the opinion what was asked on the way is answered before anything else."""
    topic = step.topic
    if topic is None:
        return
    lines: list[str] = []
    before: set[tuple[str, ...]] = {()}
    for question in reversed(step.situation.ahead):
        kinds = asked_of(topic, question)
        if kinds == (asking.DOCUMENTS,):
            continue
        if kinds and kinds in before:
            continue  # asked in other words before
        before.add(kinds)
        told = [said for kind in kinds if (said := await told_of(kind, step, topic, conclusions))]
        answer = _brief(told[0]) if told else nearest(question, conclusions)
        if answer or kinds:
            lines.append(wording.ASKED_BEFORE.format(said=question) + (answer or wording.ASKED_BELOW))
    if lines:
        step.say("\n".join(reversed(lines)))
    if (wanted := _wanted(step)) is not None:
        step.say(await name_papers(step, topic, wanted))
    step.put(ahead=None)


async def give_wanted(step: Step) -> None:
    """After the opinion the forms that were asked for on the way."""
    if step.topic is not None and (wanted := _wanted(step)) is not None:
        await give_forms(step, step.topic, wanted)


def _wanted(step: Step) -> Wanted | None:
    """All papers asked for on the way."""
    asked = [one for one in step.situation.ahead if asking.asked(one) == (asking.DOCUMENTS,)]
    return wanted_papers("，".join(asked))


async def _now(kind: str, step: Step, topic: Topic, facts: Facts, conclusions: Conclusions) -> str:
    if kind == asking.AMOUNT:
        return await _amount(step, topic, facts)
    if kind == asking.WIN:
        proofs = "；".join(one.rstrip("。") for one in conclusions.evidence[:LINES])
        return wording.AHEAD_WIN.format(evidence=proofs) if proofs else ""
    if kind == asking.DEADLINE:
        due = [f"{one.text}{await _basis(step, one.deadline.cite[:1])}" for one in conclusions.deadlines[:LINES]]
        return "".join(due)
    return _brief(await told_of(kind, step, topic, conclusions))


async def _amount(step: Step, topic: Topic, facts: Facts) -> str:
    """The sum so far, or what it hangs on."""
    lines: dict[str, str] = {}
    open_facts: list[str] = []
    cited: list[str] = []
    for finding, certain, total, missing in _sums(topic, facts, step):
        basis = await _basis(step, finding.cite[:LINES])
        # Behind a sum that is still open, one that may fall away would be taken for what is owed.
        if total and (certain or not cited):
            told = wording.AHEAD_SUM if certain else wording.AHEAD_SUM_IF
            lines.setdefault(total, told.format(title=finding.title, total=total, basis=basis))
        else:
            open_facts += missing
            cited.append(basis)
    if lines:
        return "".join([*list(lines.values())[:LINES], wording.AHEAD_SUM_OPEN])
    if not open_facts:
        return ""
    open_facts += Interview(topic, facts, step.today).needed()
    labels = [topic.fact(one).label for one in dict.fromkeys(open_facts)][:FEW]
    return wording.AHEAD_DEPENDS.format(labels="、".join(labels), basis=cited[0])


def _sums(topic: Topic, facts: Facts, step: Step) -> Iterator[tuple[Finding, bool, str, list[str]]]:
    """Every sum that may still be due: its finding, whether that holds already, the sum, and what else it needs."""
    now, parsed = known(topic, facts, step.today), plan(topic).expressions
    for finding in topic.findings:
        if finding.calculate is None or finding.calculate.use in NO_CLAIM:
            continue
        outlook = parsed[finding.when].outlook(now)
        if True not in outlook.outcomes:
            continue
        sources = finding.calculate.with_
        counted = CALCULATORS[finding.calculate.use].run(
            {name: parsed[source].value(now) for name, source in sources.items()}, now.today
        )
        names = outlook.open.union(*(parsed[source].names for source in sources.values()))
        missing = [
            one.id
            for one in topic.facts
            if one.id in names and one.asked and one.id not in now.values and one.id not in now.stuck
        ]
        yield finding, outlook.decided is True, counted.total_text if counted is not None else "", missing


async def _basis(step: Step, cited: tuple[str, ...]) -> str:
    """The articles in brackets, where all of them bind."""
    if step.searcher is None or not cited or not (await CitedLaw.of(cited, step.searcher, step.today)).holds:
        return ""
    return f"（{'、'.join(map(marked, cited))}）"


def _brief(told: str) -> str:
    lines = told.split("\n")[: 1 + LINES]
    while len(lines) > 1 and lines[-1].endswith("："):
        lines.pop()  # a heading whose lines were cut off
    return "\n".join(lines)
