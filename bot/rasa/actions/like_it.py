"""Cases like the matter that was just talked of: who asks for them need not tell it again."""

from __future__ import annotations

from bot.interviews.conclude import conclude
from bot.interviews.opinion import write_opinion
from bot.interviews.precedent import CAUTION
from bot.rasa import wording
from bot.rasa.actions.step import Step


def asks_for_cases(step: Step) -> bool:
    """Whether the message is about the topic that looks decided cases up."""
    named = (step.topics[one] for one in step.candidates if one in step.topics)
    return any(search.what == "cases" for one in named for search in one.look_up)


async def cases_like_it(step: Step) -> str:
    """Those like the consultation whose opinion was given last, or that none is; "" where none was given."""
    topic, situation = step.topic, step.situation
    if topic is None or topic.kind != "consultation" or situation.stage != "told" or step.searcher is None:
        return ""
    facts = situation.known()
    conclusions = conclude(topic, facts, step.today)
    opinion = await write_opinion(topic, facts, conclusions, step.searcher, step.today, step.matter, step.cases)
    if not opinion.cases:
        return wording.CASES_NONE.format(topic=topic.name)
    told = ["\n".join(one.lines) for one in opinion.cases]
    return "\n".join([wording.CASES_LIKE_IT.format(topic=topic.name), *told, CAUTION, wording.CASES_OTHER])
