"""Fills the texts of a document: what is known stands in it, what is not becomes a marked gap."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from bot.documents.blocks import gap
from bot.interviews.conclude import Concluded, Conclusions
from bot.interviews.facts import Facts, known
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Claim, Draft, Line, PartyKind
from bot.interviews.wording import fact_text

_FIELD = re.compile(r"\{([^{}]*)\}")
# Labels of choices are in the citizen's voice; the document is in nobody's.
_I = re.compile(r"(?:我|您)(?![们方])(?:自己)?")
# What a topic leaves to the one who signs, 「（按票据填写）」, is a gap too.
_TO_WRITE = re.compile(r"（([^（）]*(?:填写|写明|删去|改成|选写)[^（）]*)）")
ASIDE = re.compile(r"（[^（）]*）")
"""Advice in brackets, which is for the citizen and not for the court."""
_PLAIN = str.maketrans({"{": "（", "}": "）", "【": "〔", "】": "〕"})


class Filling:
    """One topic's facts and conclusions, as a document tells them."""

    def __init__(self, topic: Topic, facts: Facts, conclusions: Conclusions, today: date) -> None:
        self.topic = topic
        self._facts = facts
        self._known = known(topic, facts, today)
        self._concluded = {one.finding.id: one for one in conclusions.findings}

    def holds(self, condition: str) -> bool:
        """Whether a condition of the topic is true; unknown is not true."""
        return self.topic.expression(condition).truth(self._known) is True

    def may_hold(self, condition: str) -> bool:
        """Whether a condition of the topic is true, or what decides it is not known."""
        return self.topic.expression(condition).truth(self._known) is not False

    def standing(self, draft: Draft) -> list[Claim]:
        """The requests that hold."""
        return [
            claim
            for claim in draft.claims
            if self.holds(claim.when) and (not claim.finding or claim.finding in self._concluded)
        ]

    def sides(self, draft: Draft) -> dict[str, PartyKind]:
        """The kind of party of each role that is told."""
        return {one.role: one.kind for one in reversed(draft.sides) if self.holds(one.when)}

    def claim(self, claim: Claim) -> str:
        """One request, with the sum of its finding."""
        return self._fill(claim.say, {"total": _total(self._concluded.get(claim.finding))})

    def story(self, lines: Sequence[Line]) -> str:
        """What happened, as one paragraph."""
        return "".join(_ended(self._fill(line.say, {})) for line in lines if self.holds(line.when))

    def basis(self, claims: Sequence[Claim]) -> list[str]:
        """The articles the requests rest on; where no request names a finding, those of every firm finding."""
        named = [self._concluded[claim.finding] for claim in claims if claim.finding]
        found = named or [one for one in self._concluded.values() if one.finding.certainty != "depends"]
        return list(dict.fromkeys(text for one in found for text in one.finding.cite))

    def _fill(self, text: str, more: Mapping[str, str]) -> str:
        def one(match: re.Match[str]) -> str:
            name = match[1]
            if name in more:
                return more[name]
            fact = self.topic.fact(name)
            # What was told stands, as it does in the opinion, even where the question would not have been asked.
            if name not in self._facts or self._facts[name].value is None:
                return gap(f"待填：{fact.label}")
            told = plain(fact_text(fact, self._facts[name]))
            return _I.sub("本人", ASIDE.sub("", told)) if fact.type == "choice" else told

        return _FIELD.sub(one, _TO_WRITE.sub(lambda match: gap(f"待填：{match[1]}"), text))


def plain(text: str) -> str:
    """A citizen's own words, without what would look like a field or a gap."""
    return text.translate(_PLAIN)


def fill_fields(text: str, fields: Mapping[str, str], given: Mapping[str, str]) -> str:
    """A text of a template: `given` values stand in it, its other fields are gaps named by their labels."""
    return _FIELD.sub(lambda match: given.get(match[1]) or gap(f"待填：{fields[match[1]]}"), text)


def _total(concluded: Concluded | None) -> str:
    calculation = concluded.calculation if concluded is not None else None
    if calculation is None:
        return gap("待填：金额")
    if calculation.high is not None and calculation.high != calculation.total:
        return gap(f"待填：具体金额，参考{calculation.total_text}")
    return calculation.total_text


def _ended(sentence: str) -> str:
    return sentence if sentence[-1:] in "。！？；" else f"{sentence}。"
