"""Questions about an opinion already given: told from it, from what holds for every such matter, or from the law."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator

from bot.interviews.conclude import Conclusions, conclude
from bot.interviews.facts import FactValue, from_json
from bot.interviews.general_answers import Answer, general_answers, in_force
from bot.interviews.topic import Topic
from bot.rasa import asking, wording
from bot.rasa.actions.closing import close
from bot.rasa.actions.law import found_articles, say_articles, tell_of_prison
from bot.rasa.actions.like_it import asks_for_cases, cases_like_it
from bot.rasa.actions.papers import give_first, give_papers, tell_use
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.after_opinion import refuses
from bot.rasa.another_name import another_name
from bot.rasa.cues import HAN, QUESTION, WHO_PAYS
from bot.rasa.nearest import nearest, shares
from bot.services.asked_of_country import told_in
from bot.services.look_up import look_up
from bot.understanding.papers import wanted_papers
from bot.understanding.speech_acts import asks_why
from bot.understanding.substance import acknowledges

NO_CLAIM = frozenset({"court_costs"})
"""Calculators of what it costs, not of what can be claimed."""
FEW = 3
"""Of what the opinion lists at length, as much as a short answer takes."""
_PERIOD = re.compile(r"[0-9一二两三四五六七八九十]+个?(?:工作日|日|天|月)(?:之?内|以内)?|没有写几天|几天答复")
_FEES = re.compile(r"收费|费用|不要钱|免费|交.{0,4}[元钱费]")
_SENTENCE = re.compile(r"[^。；;]+[。；;]?")
_PRICED = re.compile(r"(?:亲子)?鉴定|体检|检测|评估")
"""Of these whoever does them says the price."""
_PAID = re.compile(r"[费钱元垫]")
_THING = 4
"""Chinese characters that name one; 「我现在」 names none."""
_WHICH_COURT = re.compile(r"(?:哪个|哪家|哪里的?|哪儿的?|哪一个)法院")
_COURT = re.compile(
    r"(?:所在地|住所地|住的地方|户籍地?|居住地?|一审|原来判|发生地|履行地|那里|当地)[^。；;，,]{0,12}法院"
)
_CANNOT_PAY = re.compile(r"(?:没钱|没有钱)(?:请|找|打)|请不起")
_MONEY = re.compile(r"钱|费")
_WHY = 12
"""Characters of 「你们为什么要问这些」, put when nothing is asked any more."""
_ADDED = re.compile(r"再加|另加|另算")
_CLAIM = re.compile(r"可以(?:请求|要求|要|追)|应当?(?:赔|退|付|还|补)|要[他它]们?(?:赔|退|付)|(?:要|该|得)赔")
"""In a view that gives something to be claimed."""
_AMOUNT_WORDS = re.compile(r"[那我能可以该会要赔拿得分判退补给到回来多少钱个几百千万块的呢啊呀吗么?？]")
"""Around what a sum is asked of: 「能要多少精神损失」."""
_REFUND = re.compile(r"退")
"""Asked of a purchase or a deposit, what the opinion says of it is the answer, and not what the chances are."""
_OF_REFUNDS = frozenset({asking.WIN, asking.AMOUNT})
_OF_ITEMS = frozenset({asking.AMOUNT, asking.COSTS, asking.AID, asking.STEPS})
"""Kinds of a question under which one item of the damages may be asked about."""


class ActionFollowUp(StepAction):
    """A question about the opinion: told from the opinion where it has the answer, else searched."""

    id = "action_follow_up"

    async def act(self, step: Step) -> None:
        """Never invents: what neither the topic nor the index says is a person's to answer."""
        wanted = wanted_papers(step.text)
        facts = step.situation.known()
        left = step.situation.kept if step.topic is None and wanted is None else None
        if left is not None and left["topic"] in step.topics:  # asked of what was given up, which it stays
            step.topic, facts = step.topics[left["topic"]], from_json(dict(left["facts"]))
        if step.topic is None:
            step.put(misses=0)
            if wanted is None:
                step.say(wording.NOT_UNDERSTOOD)
            else:
                await give_first(step, wanted)
            return
        if acknowledges(step.text):
            close(step)
            return
        conclusions = conclude(step.topic, facts, step.today)
        step.put(misses=0)
        if asks_why(step.text) and "问" in step.text and len(step.text) <= _WHY:
            step.say(wording.MORE_WHY, wording.AFTER_OPINION)
            return
        if asks_for_cases(step):
            step.say(await cases_like_it(step) or wording.MORE_NONE)
            return
        if said := told_in(step.topic, facts, step.text):
            step.say(said)
            return
        if (other := another_name(step.topic, step.own)) is not None:
            spec, name = other
            named = {**facts, spec.words[0]: FactValue(name, False, name)}
            step.say(await look_up(step.topic, spec, named, step.cases))
            return
        kinds, told = asked_of(step.topic, step.text), False
        if said := await told_item(step.text, step, step.topic, conclusions):
            step.say(said)
            return
        if kinds and set(kinds) <= _OF_REFUNDS and _REFUND.search(step.text) and (said := _refund(step, conclusions)):
            step.say(said, (wording.PERSON,))
            return
        if kinds == (asking.STEPS,) and (said := named_in(step.text, conclusions)):
            step.say(wording.MORE_NEAREST.format(said=said), (wording.PERSON,))
            return
        for kind in kinds:
            if said := await told_of(kind, step, step.topic, conclusions):
                step.say(said)
                told = True
        if told:
            return
        if refuses(step.text) and (said := await told_of(asking.STEPS, step, step.topic, conclusions)):
            step.say(f"{nearest(step.text, conclusions)}{wording.MORE_REFUSES}\n{said}", (wording.PERSON,))
            return
        unknown = set(kinds) <= {asking.USE}
        if unknown and (said := nearest(step.text, conclusions)):
            step.say(wording.MORE_NEAREST.format(said=said), (wording.PERSON,))
            return
        if unknown and await tell_of_prison(step):
            step.put(offer={"kind": "person"})
            return
        # What is asked of every matter and this one has no answer to stands in no article either.
        hits = await found_articles(step, f"{step.topic.name} {step.text}") if unknown else []
        hits = [one for one in hits if shares(step.text, one.article.text, step.topic.name)]
        if hits:
            say_articles(step, hits, wording.SEARCH_FOUND)
            step.say(wording.SEARCH_PERSON, (wording.PERSON,))
        else:
            step.say(wording.MORE_NONE, (wording.PERSON,))
        step.put(offer={"kind": "person"})


def asked_of(topic: Topic, question: str) -> tuple[str, ...]:
    """The kinds of what is asked; nothing is claimed by a service, so that 「要多少钱」 asks there what it costs."""
    kinds = asking.asked(question)
    if topic.apply is not None and topic.apply.kind == "legal_aid":
        # Who applies for legal aid is not sent to it: 「听说法律援助也要收钱」 asks what it costs.
        kinds = tuple(one for one in kinds if one != asking.AID) or ((asking.COSTS,) if _MONEY.search(question) else ())
    elif topic.kind == "service" and _CANNOT_PAY.search(question):
        return (asking.AID,)
    if topic.kind != "service" or asking.AMOUNT not in kinds:
        return kinds
    return tuple(dict.fromkeys(asking.COSTS if one == asking.AMOUNT else one for one in kinds))


async def told_of(kind: str, step: Step, topic: Topic, conclusions: Conclusions) -> str:
    """What `conclusions` and the rules for every such matter say of this kind of question; empty for nothing."""
    return await _TELL[kind](step, topic, conclusions)


async def told_item(question: str, step: Step, topic: Topic, conclusions: Conclusions) -> str:
    """How the item is counted that the question names, 「误工费能要多少」, or what a service is asked, 「带什么证件」;
    empty where it names none."""
    asks = QUESTION.search(question) or WHO_PAYS.search(question) or asking.asks_more(question)
    elsewhere = set(asking.asked(question)) - _OF_ITEMS or not asks
    if topic.kind != "service" and elsewhere and not general_answers().asks_plainly(topic, question):
        return ""
    labels = (line.label for one in conclusions.findings if one.calculation for line in one.calculation.lines)
    return "\n".join(await in_force(general_answers().counted(topic, question, labels), step.searcher, step.today))


def named_in(question: str, conclusions: Conclusions) -> str:
    """What the opinion says of the thing whose way is asked, 「那个救助基金咋申请」; empty for none or none named."""
    thing = asking.MORE.sub("", question)
    said = nearest(thing, conclusions) if len(HAN.findall(thing)) >= _THING else ""
    return said if said and shares(thing, said) else ""


def _refund(step: Step, conclusions: Conclusions) -> str:
    """What the opinion says of getting the money back: the sum where it is asked and was worked out, else the view."""
    sums = counted(conclusions)
    if sums and asking.AMOUNT in asking.asked(step.text):
        return _listed(wording.MORE_AMOUNT, sums)
    first = conclusions.findings[:1]
    view = nearest(step.text, conclusions) or "".join(
        f"{one.finding.title}。{found[0].strip()}" for one in first if (found := _SENTENCE.findall(one.text))
    )
    return wording.MORE_NEAREST.format(said=view) if view else ""


def counted(conclusions: Conclusions) -> list[str]:
    """The sums that were worked out, each with what it is of."""
    return [
        f"{'、'.join(line.label for line in one.calculation.lines)}：{one.calculation.total_text}{_to_come(one.text)}"
        for one in conclusions.findings
        if one.calculation is not None and (one.finding.calculate is None or one.finding.calculate.use not in NO_CLAIM)
    ]


def _to_come(text: str) -> str:
    """What the finding says is added to the sum later."""
    said = [one.strip().rstrip("。；;") for one in _SENTENCE.findall(text) if _ADDED.search(one)]
    return f"。{'。'.join(said)}。" if said else ""


def _listed(opening: str, lines: list[str], end: str = "") -> str:
    return "\n".join([opening, *(f"· {line}" for line in lines), *([end] if end else [])]) if lines else ""


async def _core(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    """The views by their titles, what to do first, and till when."""
    lines = [one.finding.title for one in conclusions.findings[:FEW]]
    lines += [wording.CORE_FIRST.format(step=one) for one in conclusions.steps[:1]]
    lines += [wording.CORE_BY.format(text=one.text) for one in conclusions.deadlines[:1]]
    return _listed(wording.CORE, lines, wording.CORE_END)


async def _evidence(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    return _listed(wording.MORE_EVIDENCE, list(conclusions.evidence))


async def _where(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    if _WHICH_COURT.search(step.text):
        said = list(dict.fromkeys(one.say for one in _sentences(conclusions, _COURT)))
        if said:
            return _listed(wording.MORE_COURT, said[:FEW])
        where = [one for one in conclusions.where if "法院" in one.text] or conclusions.where
    else:
        where = conclusions.where
    places = [f"{one.text}（电话 {one.phone}）" if one.phone else one.text for one in where]
    return _listed(wording.MORE_WHERE, places)


async def _deadlines(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    return _listed(wording.MORE_DEADLINES, [one.text for one in conclusions.deadlines]) or wording.MORE_NO_DEADLINE


async def _steps(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    return _listed(wording.MORE_STEPS, list(conclusions.steps))


async def _aid(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    if conclusions.legal_aid is None:
        return wording.MORE_AID_SERVICE if asked_of(topic, step.text) == (asking.AID,) else ""
    return _listed(wording.MORE_AID, [conclusions.legal_aid_text])


async def _lasts(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    """A service says itself how long it takes; of a dispute the ways that the opinion names have their terms."""
    own = list(_sentences(conclusions, _PERIOD)) if topic.kind == "service" else []
    known = general_answers().lasts(topic, _places(conclusions))
    lines = await in_force(own or known, step.searcher, step.today)
    if topic.kind == "service" and own:
        return _listed(wording.MORE_LASTS_SERVICE, lines)
    return _listed(wording.MORE_LASTS, lines, wording.MORE_LASTS_END)


async def _costs(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    own = list(_sentences(conclusions, _FEES)) if topic.kind == "service" else []
    known = general_answers().costs(topic, _places(conclusions))
    opening = wording.MORE_COSTS_SERVICE if own else wording.MORE_COSTS
    if not own and (thing := _PRICED.search(step.text)) is not None:
        return _price(thing[0], conclusions)
    rest = asking.MORE.sub("", step.text)
    named = [one.say for one in _sentences(conclusions, _FEES) if shares(rest, one.say)] if not own else []
    return _listed(opening, [*named[:1], *await in_force(own or known, step.searcher, step.today)])


def _price(thing: str, conclusions: Conclusions) -> str:
    """What the opinion says of the price of `thing`, which is no cost of a court or of the police."""
    told = [one.say for one in _sentences(conclusions, _PAID) if thing in one.say]
    return _listed(wording.MORE_COSTS_SERVICE, [*told[:FEW], wording.PRICE.format(thing=thing)])


async def _against(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    others = general_answers().against(topic, _places(conclusions))
    return _listed(wording.MORE_AGAINST, await in_force(others, step.searcher, step.today))


async def _amount(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    if sums := counted(conclusions):
        return _listed(wording.MORE_AMOUNT, sums)
    if asking.COSTS in asking.asked(step.text):
        return ""  # 「要多少钱」 where there is nothing to be counted asks what it costs
    thing = _AMOUNT_WORDS.sub("", step.text)
    if len(HAN.findall(thing)) >= FEW and shares(thing, said := nearest(thing, conclusions)):
        return wording.MORE_NEAREST.format(said=said)
    claims = [one for one in conclusions.findings if _CLAIM.search(f"{one.finding.title}。{one.text}")]
    return _listed(wording.MORE_NO_AMOUNT, [one.finding.title for one in (claims or conclusions.findings)[:FEW]])


async def _win(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    """What speaks for it and what it hangs on; nobody is promised anything."""
    parts = (
        _listed(wording.MORE_WIN, [one.finding.title for one in conclusions.findings[:FEW]]),
        _listed(wording.MORE_WIN_EVIDENCE, list(conclusions.evidence[:FEW])),
        _listed(wording.MORE_WIN_OPEN, list(conclusions.open[:FEW])),
    )
    return "\n".join(filter(None, parts)) if conclusions.findings else ""


async def _documents(step: Step, topic: Topic, conclusions: Conclusions) -> str:
    wanted = wanted_papers(step.text)
    return await give_papers(step, topic, wanted) if wanted is not None else ""


def _places(conclusions: Conclusions) -> list[str]:
    return [*(one.text for one in conclusions.where), *conclusions.steps]


def _sentences(conclusions: Conclusions, saying: re.Pattern[str]) -> Iterator[Answer]:
    for one in conclusions.findings:
        if saying.search(one.finding.title):
            yield Answer(f"{one.finding.title}。{one.text}", one.finding.cite)
        else:
            yield from (
                Answer(said.strip(), one.finding.cite) for said in _SENTENCE.findall(one.text) if saying.search(said)
            )
    for step in conclusions.steps:
        yield from (Answer(said.strip()) for said in _SENTENCE.findall(step) if saying.search(said))


_TELL: dict[str, Callable[[Step, Topic, Conclusions], Awaitable[str]]] = {
    asking.CORE: _core,
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
    asking.USE: tell_use,
}
"""What tells each kind."""
