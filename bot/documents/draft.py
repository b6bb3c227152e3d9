"""Drafts the documents of a topic from what was told and concluded; nothing in them is invented."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from bot.documents.blocks import Block, Line, PageBreak, Table, gap
from bot.documents.drafted import Drafted
from bot.documents.filling import Filling, fill_fields, plain
from bot.documents.parties import party_text
from bot.documents.template import Section, Template
from bot.interviews.conclude import Conclusions
from bot.interviews.facts import Facts
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Draft

EVIDENCE_LIST = "evidence_list"
MOST_CITED = 8
"""Articles named in one document; more of them persuade nobody."""
_ASIDE = re.compile(r"（[^（）]*）")
_PROVES = re.compile(r"^能?(?:够|说明|证明)+(?P<what>.+?)的(?:东西|材料)?：(?P<name>.+)$")

Verified = Callable[[str], bool]
"""Whether a citation was looked up and is in force."""


def draft_documents(
    topic: Topic,
    facts: Facts,
    conclusions: Conclusions,
    templates: Mapping[str, Template],
    today: date,
    verified: Verified = lambda _: True,
) -> tuple[Drafted, ...]:
    """The documents whose condition holds, and the list of evidence. Citations that are not `verified` are left out."""
    filling = Filling(topic, facts, conclusions, today)
    drafts = [one for one in topic.documents if one.use in templates and filling.holds(one.when)]
    if EVIDENCE_LIST in templates and conclusions.evidence and topic.kind == "consultation":
        drafts.append(Draft(use=EVIDENCE_LIST))
    writers = (_Writer(topic, draft, filling, conclusions.evidence, templates[draft.use], verified) for draft in drafts)
    return tuple(writer.written() for writer in writers)


class _Writer:
    """Writes one document."""

    def __init__(
        self,
        topic: Topic,
        draft: Draft,
        filling: Filling,
        evidence: Sequence[str],
        template: Template,
        verified: Verified,
    ) -> None:
        self._draft = draft
        self._filling = filling
        self._evidence = evidence
        self._template = template
        self._verified = verified
        self._claims = filling.standing(draft)
        self._given = {"topic": topic.name, "citations": self._cited()}

    def written(self) -> Drafted:
        template = self._template
        return Drafted(template.id, template.title, template.purpose, tuple(self._blocks()))

    def _blocks(self) -> Iterator[Block]:
        template = self._template
        yield Line("form_title", template.title)
        for party in template.parties:
            yield Line("form_text", party_text(party))
        for section in template.sections:
            blocks = list(self._section(section))
            if blocks and section.heading:
                yield Line("form_heading", section.heading)
            yield from blocks
        if template.receiver:
            yield Line("form_text", "此致")
            yield Line("form_flush", self._fill(template.receiver))
        if template.closing is not None:
            for signer in template.closing.signers:
                yield Line("form_sign", f"{signer}：＿＿＿＿＿＿＿＿")
            if template.closing.dated:
                yield Line("form_sign", "＿＿＿＿年＿＿月＿＿日")
        if template.attachments:
            yield Line("form_text", "附：")
            for at, text in enumerate(template.attachments, 1):
                yield Line("form_text", f"{at}．{self._fill(text)}")
        notes = [one.say for one in template.notes if all(self._verified(text) for text in one.cite)]
        if notes:
            yield PageBreak()
            yield Line("form_heading", "给您的提示（这一页不用交）")
            for at, say in enumerate(notes, 1):
                yield Line("form_note", f"{at}．{say}")

    def _section(self, section: Section) -> Iterator[Block]:
        match section.holds:
            case "claims":
                claims = [self._filling.claim(claim) for claim in self._claims] or [gap("待填：您的请求")]
                for at, text in enumerate(claims, 1):
                    yield Line("form_text", f"{at}．{text}" if len(claims) > 1 else text)
            case "story":
                story = self._filling.story(self._draft.story)
                yield Line("form_text", story or gap("待填：事情的经过"))
            case "evidence":
                yield Table(_evidence_rows(self._evidence), (1, 5, 5, 2, 2))
            case "citations" if not self._given["citations"]:
                return
            case _:
                pass
        for text in section.lines:
            yield Line("form_text", self._fill(text))

    def _fill(self, text: str) -> str:
        return fill_fields(text, self._template.fields, self._given)

    def _cited(self) -> str:
        by_law: dict[str, list[str]] = {}
        wanted = [text.split(maxsplit=1) for text in self._filling.basis(self._claims) if self._verified(text)]
        for law, number in [one for one in wanted if one[0] not in self._template.not_from][:MOST_CITED]:
            by_law.setdefault(law, []).append(number)
        return "、".join(f"《中华人民共和国{law}》{'、'.join(numbers)}" for law, numbers in by_law.items())


def _evidence_rows(evidence: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    rows = [("序号", "证据名称", "证明什么", "原件或复印件", "页数")]
    for at, text in enumerate(evidence, 1):
        # The advice in brackets and after the first sentence is for the citizen, not for the court.
        name = plain(_ASIDE.sub("", text)).split("。")[0].replace("您自己", "本人").replace("您", "本人")
        proves = gap("待填")
        if told := _PROVES.match(name):
            name, proves = told["name"], told["what"]
        rows.append((str(at), name, proves, gap("原件／复印件"), gap("页数")))
    return tuple(rows)
