"""Proves templates against the law and against the topics that use them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import date

from bot.documents.template import Template
from bot.interviews.cited_law import CitedLaw
from bot.interviews.topic import Topic
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
        texts = (text for template in templates.values() for _, text in template.cited())
        law = asyncio.run(CitedLaw.of(texts, searcher, today))
        for template in templates.values():
            found = law.faults(template.cited(), template.checked)
            faults += [(template.id, where, message) for where, message in found]
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
            roles = {party.role for party in template.parties}
            for role in sorted({side.role for side in draft.sides} - roles):
                yield topic.id, f"{where}.sides", f"the template has no party {role!r}"
            for key, lines in (("claims", draft.claims), ("story", draft.story)):
                if lines and not template.holds(key):
                    yield topic.id, f"{where}.{key}", f"the template has no section that holds {key}"
                if not lines and template.holds(key):
                    yield topic.id, f"{where}.{key}", f"the template holds {key}, and the topic gives none"
