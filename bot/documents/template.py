"""One kind of document as its file under training_data/documents/ writes it; see docs/documents.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from bot.interviews.authored import AuthoredError, read_authored
from bot.interviews.topic import placeholders
from bot.interviews.topic_parts import Checked, Cited, Id, Part, PartyKind, Words

BUILT_IN = frozenset({"topic", "citations"})
"""Fields that drafting fills: the name of the topic; the articles that the requests rest on."""

PartyLine = Literal[
    "sex", "birth_date", "ethnicity", "occupation", "id_number", "address", "phone", "credit_code", "representative",
    "relation",
]  # fmt: skip


class Party(Part):
    """Who signs, and who is on the other side. The interview never asks names, so every line is a gap."""

    role: Words
    kind: PartyKind
    lines: tuple[PartyLine, ...] = ()
    """What is told beside the name; empty: what this kind usually needs."""
    otherwise: dict[PartyKind, dict[Words, Words]] = Field(default_factory=dict)
    """Where a topic knows the party as another kind: signers and attachments, and what stands in their place then."""

    def known_as(self, kind: PartyKind) -> Party:
        """The same party as another kind, told of as that kind usually is."""
        return self if kind == self.kind else self.model_copy(update={"kind": kind, "lines": ()})


class Section(Part):
    """A part of the document."""

    heading: str = ""
    holds: Literal["claims", "story", "citations", "evidence", "text"]
    lines: tuple[Words, ...] = ()
    """Paragraphs as they are; after what the topic tells, where the section holds that too."""
    untold: str | None = None
    """Stands in place of claims or story where nothing told fills them; "" for nothing, None for a gap."""


class Closing(Part):
    """The end of the document."""

    signers: tuple[Words, ...] = Field(min_length=1)
    """Role and way: 「申请人（签名）」."""
    dated: bool = True


class Note(Part):
    """What the citizen must know to use the document; no part of the document itself."""

    say: Words
    cite: tuple[Cited, ...] = ()
    """The articles that a number or duty in `say` rests on; without all of them the note is left out."""


class Template(Part):
    """A template file."""

    id: Id
    title: Words
    purpose: Words
    """One line for the citizen."""
    cite: tuple[Cited, ...] = ()
    """Articles that prescribe form or content."""
    checked: Checked
    alone: bool = False
    """May be asked for by itself, so it need not belong to a topic."""
    fields: dict[Id, Words] = Field(default_factory=dict)
    """Field: what is to be written there. Always a gap, as no interview asks it."""
    not_from: tuple[Words, ...] = ()
    """Short titles of laws whose articles have no place in this document."""
    parties: tuple[Party, ...] = ()
    sections: tuple[Section, ...] = Field(min_length=1)
    receiver: str = ""
    """Whom it is handed to; empty for an agreement or a list."""
    closing: Closing | None = None
    attachments: tuple[Words, ...] = ()
    hand_in: Note
    """What is done before it is signed and handed in: by whom, in how many copies, where. The first of the notes."""
    notes: tuple[Note, ...] = ()

    def holds(self, what: str) -> bool:
        """Whether a section of this kind is there."""
        return any(section.holds == what for section in self.sections)

    @property
    def blank(self) -> bool:
        """Whether no topic fills anything in, so that the form is all there is to give."""
        return not (self.holds("claims") or self.holds("story") or self.holds("evidence"))

    def cited(self) -> Iterator[tuple[str, str]]:
        """(where, citation) of every citation."""
        yield from (("cite", text) for text in self.cite)
        yield from (("hand_in.cite", text) for text in self.hand_in.cite)
        for at, note in enumerate(self.notes):
            yield from ((f"notes[{at}].cite", text) for text in note.cite)

    def _texts(self) -> Iterator[tuple[str, str]]:
        for at, section in enumerate(self.sections):
            yield from ((f"sections[{at}].lines", text) for text in section.lines)
            yield f"sections[{at}].untold", section.untold or ""
        yield "receiver", self.receiver
        yield from ((f"attachments[{at}]", text) for at, text in enumerate(self.attachments))

    @model_validator(mode="after")
    def _well_formed(self) -> Template:
        problems: list[str] = []
        used: set[str] = set()
        for where, text in self._texts():
            names = placeholders(text)
            used |= names
            problems += [f"{where}: {{{name}}} is no field" for name in sorted(names - self.fields.keys() - BUILT_IN)]
            if "citations" in names and not where.startswith("sections"):
                problems.append(f"{where}: {{citations}} belongs in a section that holds citations")
        problems += [f"fields.{name}: is used nowhere" for name in sorted(self.fields.keys() - used)]
        problems += [
            f"fields.{name}: is a word of ours; choose another" for name in sorted(BUILT_IN & set(self.fields))
        ]
        for at, section in enumerate(self.sections):
            if section.untold is not None and section.holds not in {"claims", "story"}:
                problems.append(f"sections[{at}].untold: belongs to claims and story")
            if section.holds in {"text", "citations"} and not section.lines:
                problems.append(f"sections[{at}].lines: a section that holds {section.holds} needs lines")
            has = any("citations" in placeholders(text) for text in section.lines)
            if has != (section.holds == "citations"):
                problems.append(f"sections[{at}]: {{citations}} and `holds: citations` belong together")
        for what in ("claims", "story", "citations", "evidence"):
            if sum(section.holds == what for section in self.sections) > 1:
                problems.append(f"sections: two of them hold {what}")
        own = [("title", self.title), ("purpose", self.purpose)]
        notes = [("hand_in.say", self.hand_in.say)]
        notes += [(f"notes[{at}].say", note.say) for at, note in enumerate(self.notes)]
        for where, text in own + notes:
            if placeholders(text):
                problems.append(f"{where}: no placeholders here")
        marked = [*own, *self._texts(), *notes]
        problems += [f"{where}: 【 marks a gap; name a field instead" for where, text in marked if "【" in text]
        if problems:
            raise ValueError("\n".join(problems))
        return self


class TemplateError(AuthoredError):
    """A template file cannot be used; `problems` says each fault with its key."""


def load_templates(folder: Path) -> dict[str, Template]:
    """Every template of a folder by id, in file-name order. Raises TemplateError for the first faulty file."""
    read = (read_authored(path, Template, TemplateError) for path in sorted(folder.glob("*.yaml")))
    return {template.id: template for template in read}
