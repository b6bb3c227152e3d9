"""Gives the papers that a citizen asks for: those drafted for the matter, a form, or what has to be told first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents.draft import EVIDENCE_LIST
from bot.documents.drafted import Drafted
from bot.documents.filling import Filling
from bot.interviews.conclude import Conclusions, conclude
from bot.interviews.general_answers import Answer, in_force
from bot.interviews.opinion import HOW_TO_GET, write_documents, write_form
from bot.interviews.topic import Topic
from bot.rasa import wording
from bot.rasa.actions.step import Step
from bot.understanding.papers import OTHER, Paper, Wanted

FEW = 3
"""Papers of which it is told how they are signed and handed in."""


async def give_papers(step: Step, topic: Topic, wanted: Wanted) -> str:
    """The papers named, as they were drafted; of one that does not fit the matter, what fits. Empty for nothing."""
    drafted = await _drafted(step, topic)
    if not wanted.papers:
        return _listed(wording.MORE_DOCUMENTS, drafted)
    named = zip(wanted.papers, wanted.called, strict=True)
    return "\n\n".join([await _given(step, topic, paper, called, drafted) for paper, called in named])


async def name_papers(step: Step, topic: Topic, wanted: Wanted) -> str:
    """The same in a line each, said with the opinion that brings them; `give_forms` gives the forms."""
    drafted = await _drafted(step, topic)
    lines = [] if wanted.papers else [_line(one) for one in drafted]
    for paper, called in zip(wanted.papers, wanted.called, strict=True):
        if (found := _draft_of(paper, drafted)) is not None:
            lines.append(_line(found))
        elif _is_form(step, topic, paper, drafted):
            lines.append(wording.PAPER_FORM_BELOW.format(title=step.templates[paper.id].title))
        else:
            lines.append(await _other(step, paper, called, drafted))
    return "\n".join([wording.PAPER_WANTED, *lines])


async def give_forms(step: Step, topic: Topic, wanted: Wanted) -> None:
    """Of the papers named those that nothing was drafted for, as forms."""
    drafted = await _drafted(step, topic)
    for paper, called in zip(wanted.papers, wanted.called, strict=True):
        if _is_form(step, topic, paper, drafted):
            step.say(await _given(step, topic, paper, called, drafted))


async def give_first(step: Step, wanted: Wanted) -> None:
    """Before anything was told: a form that needs no telling, else what has to be told first."""
    forms = [one for one in wanted.papers if one.id in step.templates and step.templates[one.id].blank]
    if wanted.unknown:
        step.say(wording.PAPER_UNKNOWN.format(names=wanted.names), (wording.PERSON,))
        return
    if forms:
        for paper in forms:
            step.say(await _form(step, paper, wording.PAPER_FORM))
        return
    ask = next((one.ask for one in wanted.papers if one.ask), "")
    step.say(wording.PAPER_ASK.format(names=wanted.names, ask=ask) if wanted.papers else wording.PAPER_NOTHING_YET)
    if wanted.papers:
        step.put(ahead=[wanted.said])


async def tell_use(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    """What must be done before the drafts are signed and handed in; empty where nothing but proofs was listed."""
    drafted = [one for one in await _drafted(step, topic) if one.id != EVIDENCE_LIST]
    lines = []
    for one in drafted[:FEW]:
        how = step.templates[one.id].hand_in
        told = await in_force([Answer(how.say, how.cite)], step.searcher, step.today)
        lines += [f"· {one.title}：{said}" for said in told]
    return "\n".join([wording.PAPER_USE, *lines, wording.PAPER_USE_OTHERS]) if lines else ""


async def _given(step: Step, topic: Topic, paper: Paper, called: str, drafted: Sequence[Drafted]) -> str:
    found = _draft_of(paper, drafted)
    if found is not None:
        opening = wording.PAPER_GIVEN.format(title=found.title, gaps=found.gaps)
        return "\n".join([opening, found.text, HOW_TO_GET])
    if not _is_form(step, topic, paper, drafted):
        return await _other(step, paper, called, drafted)
    opening = wording.PAPER_FORM
    if not (step.templates[paper.id].blank or paper.anywhere):
        filling = Filling(topic, step.now.known(), conclude(topic, step.now.known(), step.today), step.today)
        may_be = any(filling.may_hold(one.when) for one in topic.documents if one.use == paper.id)
        opening = wording.PAPER_UNSURE if may_be else wording.PAPER_NOT_NEEDED
    return await _form(step, paper, opening)


def _is_form(step: Step, topic: Topic, paper: Paper, drafted: Sequence[Drafted]) -> bool:
    """Whether the paper is given as a form: nothing was drafted, and no topic fills it in, or this one would."""
    if paper.id not in step.templates or _draft_of(paper, drafted) is not None:
        return False
    return step.templates[paper.id].blank or paper.anywhere or paper.opens == topic.id


def _draft_of(paper: Paper, drafted: Sequence[Drafted]) -> Drafted | None:
    """The draft of the paper, or of what stands for it."""
    there = {one.id: one for one in drafted}
    return next((there[one] for one in (paper.id, *paper.like) if one in there), None)


async def _other(step: Step, paper: Paper, called: str, drafted: Sequence[Drafted]) -> str:
    """What fits the matter in place of `paper`."""
    there = {one.id for one in drafted}
    before = [Answer(one.say, one.cite) for other, one in paper.instead.items() if other in there]
    if not drafted or paper.id == OTHER:
        return wording.PAPER_NONE.format(names=f"「{called}」")
    return "\n".join([*await in_force(before, step.searcher, step.today), _listed(wording.PAPER_FITS, drafted)])


async def _form(step: Step, paper: Paper, opening: str) -> str:
    """The form with what has to be known to use it."""
    if step.searcher is None:
        return wording.SEARCH_DOWN
    template = step.templates[paper.id]
    form = await write_form(template, step.searcher, step.today)
    answers = [Answer(one.say, one.cite) for one in (template.hand_in, *template.notes)]
    hints = await in_force(answers, step.searcher, step.today)
    return "\n".join([opening.format(title=template.title), form.text, "", *(f"· {one}" for one in hints)])


async def _drafted(step: Step, topic: Topic) -> Sequence[Drafted]:
    facts = step.now.known()
    conclusions = conclude(topic, facts, step.today)
    if step.searcher is None:
        return ()
    return await write_documents(topic, facts, conclusions, step.templates, step.searcher, step.today)


def _listed(opening: str, drafted: Sequence[Drafted]) -> str:
    return "\n".join([opening, *map(_line, drafted), HOW_TO_GET]) if drafted else ""


def _line(one: Drafted) -> str:
    return f"· {one.title}：{one.purpose}（{one.left}）"
