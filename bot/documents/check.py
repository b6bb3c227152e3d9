"""Proves templates against the law and against the topics that use them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import date

from bot.documents.template import Template
from bot.interviews.cited import read_cited
from bot.interviews.topic import Topic
from knowledge_base.article import Article, Status
from knowledge_base.searcher import Searcher

Fault = tuple[str, str, str]
"""Id of the topic or template, key, message."""


def check_templates(
    templates: Mapping[str, Template], topics: Mapping[str, Topic], searcher: Searcher | None, today: date
) -> list[Fault]:
    """Every problem of the templates and of their use. Not for use inside a loop."""
    faults = list(used_templates(topics, templates))
    used = {draft.use for topic in topics.values() for draft in topic.documents}
    for template in templates.values():
        if template.id not in used and not template.alone:
            faults.append((template.id, "id", "no topic uses this template; let one use it or say `alone: true`"))
        if template.checked.on > today:
            faults.append((template.id, "checked.on", f"{template.checked.on} is in the future"))
    if searcher is not None:
        articles = asyncio.run(_look_up(templates, searcher, today))
        for template in templates.values():
            faults += [(template.id, where, message) for where, message in _citations(template, articles)]
    return faults


def used_templates(topics: Mapping[str, Topic], templates: Mapping[str, Template]) -> Iterator[Fault]:
    """Faults in the way topics use templates."""
    for topic in topics.values():
        for draft in topic.documents:
            where = f"documents.{draft.use}"
            template = templates.get(draft.use)
            if template is None:
                yield topic.id, f"{where}.use", f"there is no template {draft.use!r}"
                continue
            for key, lines in (("claims", draft.claims), ("story", draft.story)):
                if lines and not template.holds(key):
                    yield topic.id, f"{where}.{key}", f"the template has no section that holds {key}"
                if not lines and template.holds(key):
                    yield topic.id, f"{where}.{key}", f"the template holds {key}, and the topic gives none"


async def _look_up(templates: Mapping[str, Template], searcher: Searcher, today: date) -> dict[str, Article | None]:
    texts = {text for template in templates.values() for _, text in template.cited()}
    return {text: await searcher.get(read_cited(text), today) for text in sorted(texts)}


def _citations(template: Template, articles: Mapping[str, Article | None]) -> Iterator[tuple[str, str]]:
    versions: dict[str, str] = {}
    for where, text in template.cited():
        article = articles[text]
        if article is None:
            yield where, f"{text} is not in the law index"
            continue
        if article.status is not Status.IN_FORCE:
            yield where, f"{text} is not in force ({article.status})"
        versions[article.law] = article.version
    for law, version in sorted(versions.items()):
        stated = template.checked.laws.get(law)
        if stated is None:
            yield "checked.laws", f"{law} is cited but not listed; its version in force is {version}"
        elif stated.isoformat() != version:
            yield "checked.laws", f"{law}: read in version {stated}, in force is {version}; read its articles again"
