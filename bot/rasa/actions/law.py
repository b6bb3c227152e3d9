"""Law beyond the interview: articles and cases found by search."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.interviews.cited import marked
from bot.interviews.cited_law import CitedLaw
from bot.interviews.conclude import conclude
from bot.interviews.facts import FactValue
from bot.interviews.general_answers import Answer, in_force
from bot.interviews.precedent import CAUTION, HEADING, precedents
from bot.rasa import wording
from bot.rasa.actions.caution import Careful
from bot.rasa.actions.listening import listen
from bot.rasa.actions.step import Step, StepAction
from bot.rasa.actions.unplaced import hand_over_unplaced, is_unplaced
from bot.rasa.cues import LAW_REFERENCE
from bot.rasa.elsewhere import Elsewhere, find_elsewhere, refused
from bot.rasa.nearest import nearest
from bot.rasa.situation import SAID_CHARACTERS
from bot.understanding.follow_ups import goes_back
from bot.understanding.meant import meant
from knowledge_base.relevance import relevant
from knowledge_base.searcher import Hit

ARTICLES_SHOWN = 3
ARTICLES_READ = 5
"""Hits asked for; those that merely share a word with the question are left out of what is shown."""
QUERY_CHARACTERS = 200
_OF_PRISON = re.compile(
    r"(?:我|[他她]|儿子|老公|弟弟?|哥哥?|孩子)?(?:会不会|会|要不要|要|得|用不用|能不能|该不该)(?:被)?(?:坐牢|判刑|蹲监狱|进去|判几年|判多久|关几年|抓我|抓走|抓进去|被抓|负刑事)"
)
"""「我会坐牢吗」 asks of oneself, or of somebody near."""
_PRISON = Answer(wording.PRISON, ("刑事诉讼法 第三十四条",))


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


async def tell_of_prison(step: Step) -> bool:
    """Whether it is asked who goes to prison; crimes that merely share a word with what was done are others, and
    frighten, so that it is said what it hangs on.
    """
    if not _OF_PRISON.search(step.text) or LAW_REFERENCE.search(step.text):
        return False
    said = await in_force([_PRISON], step.searcher, step.today)
    step.say(said[0] if said else wording.PRISON, (wording.PERSON,))
    return True


async def say_cases(step: Step, query: str, hits: list[Hit]) -> None:
    """Tell of decided cases like what was asked, where there are any."""
    cited = [f"《{hit.article.law}》{hit.article.number}" for hit in hits]
    found = await precedents(query, cited, "", step.cases)
    if found:
        told = "\n".join("\n".join(one.lines) for one in found)
        step.say(f"{HEADING}\n{told}\n{CAUTION}")


class ActionSearchLaw(Careful, StepAction):
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
        if not unplaced and (matter := find_elsewhere(step.text)) is not None:
            await _send_on(step, matter)
            return
        if await tell_of_prison(step):
            step.put(offer={"kind": "person", "said": query[:SAID_CHARACTERS]})
            return
        if step.searcher is None and not unplaced:
            step.say(wording.SEARCH_DOWN, (wording.PERSON,))
            step.put(offer={"kind": "person"})
            return
        hits = await found_articles(step, query)
        if hits:
            say_articles(step, hits, wording.SEARCH_FOUND)
            await say_cases(step, query, hits)
        elif step.searcher is not None:
            step.say(_of_the_matter(step) or wording.SEARCH_NONE)
        if step.in_loop:
            return
        if unplaced:
            hand_over_unplaced(step)
            return
        step.say(wording.SEARCH_PERSON, (wording.PERSON,))
        step.put(offer={"kind": "person", "said": query[:SAID_CHARACTERS]})


def _of_the_matter(step: Step) -> str:
    """What the likely opinion says of a question for which no article was found: 「会留案底吗」; empty for none."""
    if step.topic is None or not step.in_loop:
        return ""
    unknown = {fact.id: FactValue(None, unknown=True) for fact in step.topic.facts}
    said = nearest(step.text, conclude(step.topic, {**unknown, **step.now.known()}, step.today))
    return wording.AHEAD_NEAREST.format(said=said) if said else ""


async def _send_on(step: Step, matter: Elsewhere) -> None:
    """Who decides it, in place of articles that merely share a word with it."""
    step.say(wording.ELSEWHERE.format(who=matter.who, say=matter.say))
    hits = await _cited(step, matter.cite)
    if hits:
        say_articles(step, hits, wording.ELSEWHERE_ARTICLES)
    if matter.appeal and refused().when.search(step.text) and await _cited(step, refused().cite):
        step.say(f"{refused().say}（{'、'.join(map(marked, refused().cite))}）")
    if not step.in_loop:
        step.say(wording.SEARCH_PERSON, (wording.PERSON,))
        step.put(offer={"kind": "person", "said": step.own[:SAID_CHARACTERS]})


async def _cited(step: Step, texts: Sequence[str]) -> list[Hit]:
    """The articles, where all of them are in force."""
    if step.searcher is None or not texts:
        return []
    law = await CitedLaw.of(texts, step.searcher, step.today)
    return [Hit(one, 0.0) for text in texts if (one := law.articles[text]) is not None] if law.holds else []


def asked_for(step: Step) -> str:
    """What to search: the words before an either/or question, and what 「那如果……呢」 goes back to."""
    offer = step.situation.offer or {}
    before = meant(offer.get("said") or "")
    if is_unplaced(step):
        return before
    return f"{before} {step.text}" if before and goes_back(step.text) else step.text
