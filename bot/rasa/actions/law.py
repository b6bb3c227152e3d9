"""Law beyond the interview: articles found by search, and questions about an opinion already given."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.documents.draft import draft_documents
from bot.documents.drafted import Drafted
from bot.interviews.conclude import Conclusions, conclude
from bot.interviews.opinion import HOW_TO_GET
from bot.interviews.precedent import CAUTION, HEADING, precedents
from bot.rasa import wording
from bot.rasa.actions.listening import listen
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.actions.unplaced import hand_over_unplaced, is_unplaced
from bot.rasa.situation import SAID_CHARACTERS
from bot.understanding.follow_ups import goes_back
from bot.understanding.meant import meant
from knowledge_base.relevance import relevant
from knowledge_base.searcher import Hit

ARTICLES_SHOWN = 3
ARTICLES_READ = 5
"""Hits asked for; those that merely share a word with the question are left out of what is shown."""
QUERY_CHARACTERS = 200


async def found_articles(step: Step, query: str) -> list[Hit]:
    """Articles in force that fit the citizen's words, best first; none where none fits or the index is closed."""
    if step.searcher is None:
        return []
    hits = await step.searcher.search(query[:QUERY_CHARACTERS], limit=ARTICLES_READ)
    return relevant(hits)[:ARTICLES_SHOWN]


def say_articles(step: Step, hits: list[Hit], opening: str) -> None:
    """Tell what was found, as what it is: articles, not advice."""
    articles = [
        {
            "law": hit.article.law,
            "number": hit.article.number,
            "text": hit.article.text,
            "version": hit.article.version,
            "warning": hit.article.warning,
        }
        for hit in hits
    ]
    listed = "\n".join(f"《{one['law']}》{one['number']}：{one['text']}" for one in articles)
    step.say(f"{opening}\n{listed}", kind="articles", data={"articles": articles})


async def say_cases(step: Step, query: str, hits: list[Hit]) -> None:
    """Tell of decided cases like what was asked, where there are any."""
    cited = [f"《{hit.article.law}》{hit.article.number}" for hit in hits]
    found = await precedents(query, cited, "", step.cases)
    if found:
        told = "\n".join("\n".join(one.lines) for one in found)
        step.say(f"{HEADING}\n{told}\n{CAUTION}")


class ActionSearchLaw(StepAction):
    """A legal question that fits no topic."""

    id = "action_search_law"

    async def act(self, step: Step) -> None:
        """In the middle of an interview the answer is short and the interview goes on; else a person is offered.

        Where an either/or question came before, the person comes: the articles are what can be said meanwhile.
        """
        unplaced = is_unplaced(step)
        if unplaced and listen(step):
            return
        query = asked_for(step)
        step.put(misses=0)
        if step.searcher is None and not unplaced:
            step.say(wording.SEARCH_DOWN, (wording.PERSON,))
            step.put(offer={"kind": "person"})
            return
        hits = await found_articles(step, query)
        if hits:
            say_articles(step, hits, wording.SEARCH_FOUND)
            await say_cases(step, query, hits)
        elif step.searcher is not None:
            step.say(wording.SEARCH_NONE)
        if step.in_loop:
            return
        if unplaced:
            hand_over_unplaced(step)
            return
        step.say(wording.SEARCH_PERSON, (wording.PERSON,))
        step.put(offer={"kind": "person", "said": query[:SAID_CHARACTERS]})


def asked_for(step: Step) -> str:
    """What to search: the words before an either/or question, and what 「那如果……呢」 goes back to."""
    offer = step.situation.offer or {}
    before = meant(offer.get("said") or "")
    if is_unplaced(step):
        return before
    return f"{before} {step.text}" if before and goes_back(step.text) else step.text


class ActionFollowUp(StepAction):
    """A question about the opinion: told from the opinion where it has the answer, else searched."""

    id = "action_follow_up"

    async def act(self, step: Step) -> None:
        """Never invents: what neither the topic nor the index says is a person's to answer."""
        if step.topic is None:
            step.say(wording.NOT_UNDERSTOOD)
            return
        facts = step.situation.known()
        conclusions = conclude(step.topic, facts, step.today)
        step.put(misses=0)
        told = False
        for pattern, opening, lines in SECTIONS:
            if pattern.search(step.text) and (said := lines(conclusions)):
                step.say("\n".join([opening, *(f"· {line}" for line in said)]))
                told = True
        if DOCUMENTS.search(step.text):
            drafted = draft_documents(step.topic, facts, conclusions, step.templates, step.today)
            if drafted:
                step.say("\n".join([wording.MORE_DOCUMENTS, *map(_drafted, drafted), HOW_TO_GET]))
                told = True
        if told:
            return
        hits = await found_articles(step, f"{step.topic.name} {step.text}")
        if hits:
            say_articles(step, hits, wording.SEARCH_FOUND)
            step.say(wording.SEARCH_PERSON, (wording.PERSON,))
        else:
            step.say(wording.MORE_NONE, (wording.PERSON,))
        step.put(offer={"kind": "person"})


def _drafted(one: Drafted) -> str:
    return f"· {one.title}：{one.purpose}（{one.left}）"


def _where(conclusions: Conclusions) -> list[str]:
    return [f"{place.text}（电话 {place.phone}）" if place.phone else place.text for place in conclusions.where]


DOCUMENTS = re.compile(
    r"文书|申请书|申请表|起诉书|起诉状|诉状|状子|协议书|借条|清单|范本|模板|通知书|投诉信|帮我写|代写|怎么写|起草"
)
"""Words that ask for what was drafted."""

SECTIONS: tuple[tuple[re.Pattern[str], str, Callable[[Conclusions], list[str]]], ...] = (
    (re.compile(r"证据|材料|准备什么|带什么"), wording.MORE_EVIDENCE, lambda c: list(c.evidence)),
    (re.compile(r"去哪|哪里|哪儿|地址|电话|找谁|哪个部门"), wording.MORE_WHERE, _where),
    (
        re.compile(r"多久|期限|时效|什么时候|最晚|来得及|过期"),
        wording.MORE_DEADLINES,
        lambda c: [deadline.text for deadline in c.deadlines],
    ),
    (re.compile(r"怎么办|下一步|第一步|流程|步骤|先做什么"), wording.MORE_STEPS, lambda c: list(c.steps)),
    (
        re.compile(r"法律援助|请律师|没钱|费用|免费"),
        wording.MORE_AID,
        lambda c: [c.legal_aid_text] if c.legal_aid is not None else [],
    ),
)
"""Words of the question, opening of the answer, and where in the conclusions the answer stands."""
