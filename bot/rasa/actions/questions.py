"""Questions about an opinion already given: told from it, from what holds for every such matter, or from the law."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator

from bot.documents.draft import draft_documents
from bot.documents.drafted import Drafted
from bot.interviews.conclude import Conclusions, conclude
from bot.interviews.general_answers import general_answers, in_force
from bot.interviews.opinion import HOW_TO_GET
from bot.interviews.topic import Topic
from bot.rasa import asking, wording
from bot.rasa.actions.closing import close
from bot.rasa.actions.law import found_articles, say_articles
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.nearest import nearest
from bot.understanding.substance import acknowledges

NO_CLAIM = frozenset({"court_costs"})
"""Calculators of what it costs, not of what can be claimed."""
FEW = 3
"""Of what the opinion lists at length, as much as a short answer takes."""
_PERIOD = re.compile(r"[0-9一二两三四五六七八九十]+个?(?:工作日|日|天|月)(?:之?内|以内)?")
_FEES = re.compile(r"收费|费用|不要钱|免费|交.{0,4}[元钱费]")
_SENTENCE = re.compile(r"[^。；;]+[。；;]?")


class ActionFollowUp(StepAction):
    """A question about the opinion: told from the opinion where it has the answer, else searched."""

    id = "action_follow_up"

    async def act(self, step: Step) -> None:
        """Never invents: what neither the topic nor the index says is a person's to answer."""
        if step.topic is None:
            step.say(wording.NOT_UNDERSTOOD)
            return
        if acknowledges(step.text):
            close(step)
            return
        conclusions = conclude(step.topic, step.situation.known(), step.today)
        step.put(misses=0)
        kinds, told = asking.asked(step.text), False
        for kind in kinds:
            if said := await told_of(kind, step, step.topic, conclusions):
                step.say(said)
                told = True
        if told:
            return
        if not kinds and (said := nearest(step.text, conclusions)):
            step.say(wording.MORE_NEAREST.format(said=said), (wording.PERSON,))
            return
        # What is asked of every matter and this one has no answer to stands in no article either.
        hits = [] if kinds else await found_articles(step, f"{step.topic.name} {step.text}")
        if hits:
            say_articles(step, hits, wording.SEARCH_FOUND)
            step.say(wording.SEARCH_PERSON, (wording.PERSON,))
        else:
            step.say(wording.MORE_NONE, (wording.PERSON,))
        step.put(offer={"kind": "person"})


async def told_of(kind: str, step: Step, topic: Topic, conclusions: Conclusions) -> str:
    """What `conclusions` and the rules for every such matter say of this kind of question; empty for nothing."""
    return await _TELL[kind](step, topic, conclusions)


def _listed(opening: str, lines: list[str], end: str = "") -> str:
    return "\n".join([opening, *(f"· {line}" for line in lines), *([end] if end else [])]) if lines else ""


async def _evidence(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    return _listed(wording.MORE_EVIDENCE, list(conclusions.evidence))


async def _where(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    places = [f"{one.text}（电话 {one.phone}）" if one.phone else one.text for one in conclusions.where]
    return _listed(wording.MORE_WHERE, places)


async def _deadlines(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    return _listed(wording.MORE_DEADLINES, [one.text for one in conclusions.deadlines])


async def _steps(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    return _listed(wording.MORE_STEPS, list(conclusions.steps))


async def _aid(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    return _listed(wording.MORE_AID, [conclusions.legal_aid_text] if conclusions.legal_aid is not None else [])


async def _lasts(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    """A service says itself how long it takes; of a dispute the ways that the opinion names have their terms."""
    own = list(_sentences(conclusions, _PERIOD)) if topic.kind == "service" else []
    known = general_answers().lasts(topic, _places(conclusions))
    lines = own or await in_force(known, step.searcher, step.today)
    return _listed(wording.MORE_LASTS, lines, wording.MORE_LASTS_END)


async def _costs(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    own = list(_sentences(conclusions, _FEES)) if topic.kind == "service" else []
    known = general_answers().costs(topic, _places(conclusions))
    return _listed(wording.MORE_COSTS, own or await in_force(known, step.searcher, step.today))


async def _against(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    others = general_answers().against(topic, _places(conclusions))
    return _listed(wording.MORE_AGAINST, await in_force(others, step.searcher, step.today))


async def _amount(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    counted = [
        f"{'、'.join(line.label for line in one.calculation.lines)}：{one.calculation.total_text}"
        for one in conclusions.findings
        if one.calculation is not None and (one.finding.calculate is None or one.finding.calculate.use not in NO_CLAIM)
    ]
    if counted:
        return _listed(wording.MORE_AMOUNT, counted)
    if asking.COSTS in asking.asked(step.text):
        return ""  # 「要多少钱」 where there is nothing to be counted asks what it costs
    return _listed(wording.MORE_NO_AMOUNT, [one.finding.title for one in conclusions.findings[:FEW]])


async def _win(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    """What speaks for it and what it hangs on; nobody is promised anything."""
    parts = (
        _listed(wording.MORE_WIN, [one.finding.title for one in conclusions.findings[:FEW]]),
        _listed(wording.MORE_WIN_EVIDENCE, list(conclusions.evidence[:FEW])),
        _listed(wording.MORE_WIN_OPEN, list(conclusions.open[:FEW])),
    )
    return "\n".join(filter(None, parts)) if conclusions.findings else ""


async def _documents(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    drafted = draft_documents(topic, step.situation.known(), conclusions, step.templates, step.today)
    return "\n".join([wording.MORE_DOCUMENTS, *map(_drafted, drafted), HOW_TO_GET]) if drafted else ""


def _drafted(one: Drafted) -> str:
    return f"· {one.title}：{one.purpose}（{one.left}）"


def _places(conclusions: Conclusions) -> list[str]:
    return [*(one.text for one in conclusions.where), *conclusions.steps]


def _sentences(conclusions: Conclusions, saying: re.Pattern[str]) -> Iterator[str]:
    for text in dict.fromkeys((*(one.text for one in conclusions.findings), *conclusions.steps)):
        yield from (one.strip() for one in _SENTENCE.findall(text) if saying.search(one))


_TELL: dict[str, Callable[[Step, Topic, Conclusions], Awaitable[str]]] = {
    asking.EVIDENCE: _evidence,
    asking.WHERE: _where,
    asking.AGAINST: _against,
    asking.LASTS: _lasts,
    asking.DEADLINE: _deadlines,
    asking.STEPS: _steps,
    asking.WIN: _win,
    asking.AMOUNT: _amount,
    asking.COSTS: _costs,
    asking.AID: _aid,
    asking.DOCUMENTS: _documents,
}
"""What tells each kind."""
