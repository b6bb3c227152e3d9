"""Drafts the documents of a topic from what was told and concluded; nothing in them is invented."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from bot.documents.blocks import ADDRESSED, ATTACHED, Block, Line, PageBreak, Table, gap
from bot.documents.drafted import Drafted
from bot.documents.filling import ASIDE, Filling, fill_fields, plain
from bot.documents.parties import party_text
from bot.documents.template import Section, Template
from bot.interviews.conclude import Conclusions
from bot.interviews.facts import Facts
from bot.interviews.topic import Topic
from bot.interviews.topic_parts import Draft, PartyKind
from knowledge_base.text.numerals import article_key

EVIDENCE_LIST = "evidence_list"
CHECK = "前面的每一句都核对一遍：和事实不一样的改掉，没有的事删去；标黄的地方自己填。"
"""The first hint with what was written for somebody."""
MOST_CITED = 8
"""Articles named in one document; more of them persuade nobody."""
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
    return tuple(_drafted(draft, filling, conclusions.evidence, templates[draft.use], verified) for draft in drafts)


def blank_form(template: Template, verified: Verified = lambda _: True) -> Drafted:
    """The document with nothing told: every place is a gap."""
    return _Writer(template, verified).written()


def _drafted(
    draft: Draft, filling: Filling, evidence: Sequence[str], template: Template, verified: Verified
) -> Drafted:
    claims = filling.standing(draft)
    basis = filling.basis(claims) if template.holds("citations") else ()
    writer = _Writer(
        _with_sides(template, filling.sides(draft)),
        verified,
        [filling.claim(claim) for claim in claims],
        filling.story(draft.story),
        evidence,
        {"topic": filling.topic.name},
        basis,
    )
    return writer.written()


def _with_sides(template: Template, sides: Mapping[str, PartyKind]) -> Template:
    """The template for parties of the kinds that are told: what they are described, sign and attach follows."""
    parties = tuple(one.known_as(sides.get(one.role, one.kind)) for one in template.parties)
    said: dict[str, str] = {}
    for before, now in zip(template.parties, parties, strict=True):
        said |= before.otherwise.get(now.kind, {})
    closing = template.closing
    if closing is not None:
        closing = closing.model_copy(update={"signers": tuple(said.get(one, one) for one in closing.signers)})
    attachments = tuple(said.get(one, one) for one in template.attachments)
    return template.model_copy(update={"parties": parties, "closing": closing, "attachments": attachments})


class _Writer:
    """Writes one document."""

    def __init__(
        self,
        template: Template,
        verified: Verified,
        claims: Sequence[str] = (),
        story: str = "",
        evidence: Sequence[str] = (),
        given: Mapping[str, str] | None = None,
        basis: Sequence[str] = (),
    ) -> None:
        self._template = template
        self._verified = verified
        self._claims = claims
        self._story = story
        self._evidence = evidence
        self._is_form = given is None
        self._given = {"topic": gap("待填：什么事"), "citations": self._cited(basis), **(given or {})}

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
            yield Line("form_text", ADDRESSED)
            yield Line("form_flush", self._fill(template.receiver))
        if template.closing is not None:
            for signer in template.closing.signers:
                yield Line("form_sign", f"{signer}：＿＿＿＿＿＿＿＿")
            if template.closing.dated:
                yield Line("form_sign", "＿＿＿＿年＿＿月＿＿日")
        if template.attachments:
            yield Line("form_text", ATTACHED)
            for at, text in enumerate(template.attachments, 1):
                yield Line("form_text", f"{at}．{self._fill(text)}")
        told = [template.hand_in, *template.notes]
        notes = [CHECK] if not self._is_form else []
        notes += [one.say for one in told if all(self._verified(text) for text in one.cite)]
        if notes:
            yield PageBreak()
            yield Line("form_heading", "给您的提示（这一页不用交）")
            for at, say in enumerate(notes, 1):
                yield Line("form_note", f"{at}．{say}")

    def _section(self, section: Section) -> Iterator[Block]:
        match section.holds:
            case "claims":
                claims = self._claims or self._untold(section, "待填：您的请求")
                for at, text in enumerate(claims, 1):
                    yield Line("form_text", f"{at}．{text}" if len(claims) > 1 else text)
            case "story":
                for text in [self._story] if self._story else self._untold(section, "待填：事情的经过"):
                    yield Line("form_text", text)
            case "evidence":
                yield Table(_evidence_rows(self._evidence), (1, 5, 5, 2, 2))
            case "citations" if not self._given["citations"]:
                return
            case _:
                pass
        for text in section.lines:
            yield Line("form_text", self._fill(text))

    def _untold(self, section: Section, label: str) -> list[str]:
        if section.untold is None:
            return [gap(label)]
        return [self._fill(section.untold)] if section.untold else []

    def _fill(self, text: str) -> str:
        return fill_fields(text, self._template.fields, self._given)

    def _cited(self, basis: Sequence[str]) -> str:
        by_law: dict[str, list[str]] = {}
        wanted = [text.split(maxsplit=1) for text in basis if self._verified(text)]
        for law, number in [one for one in wanted if one[0] not in self._template.not_from][:MOST_CITED]:
            by_law.setdefault(law, []).append(number)
        ordered = ((law, "、".join(sorted(numbers, key=_in_the_law))) for law, numbers in by_law.items())
        return "、".join(f"《中华人民共和国{law}》{numbers}" for law, numbers in ordered)


def _in_the_law(number: str) -> list[int]:
    """Where an article stands in its law: the judge looks them up in that order."""
    return [int(part) for part in article_key(number).split("-") if part]


def _evidence_rows(evidence: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    rows = [("序号", "证据名称", "证明什么", "原件或复印件", "页数")]
    for at, text in enumerate(evidence, 1):
        # The advice in brackets and after the first sentence is for the citizen, not for the court.
        name = plain(ASIDE.sub("", text)).split("。")[0].replace("您自己", "本人").replace("您", "本人")
        proves = gap("待填")
        if told := _PROVES.match(name):
            name, proves = told["name"], told["what"]
        rows.append((str(at), name, proves, gap("原件／复印件"), gap("页数")))
    return tuple(rows)
