"""The spaCy pipeline that puts our entities on a document, for the dialogue's extractor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.understanding.entity import Entity
from bot.understanding.extract import find_values
from bot.understanding.gazetteer import PLACES
from bot.understanding.normalise import fold
from bot.understanding.places import find_places
from bot.understanding.relations import RELATIONS

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SPANS = "facts"
"""Key of the span group that holds the entities, one span each, labelled by kind."""

_COMPONENT = "faxian_facts"


def build_pipeline() -> Language:
    """A Chinese pipeline, one token a character, without a model; the first call takes seconds, to import spaCy."""
    import spacy
    from spacy.language import Language

    Language.factory(_COMPONENT, func=_create)
    nlp = spacy.blank("zh")
    nlp.add_pipe(_COMPONENT)
    return nlp


def read(nlp: Language, text: str, today: date) -> Doc:
    """The document of `text` with its entities as of `today`; the same entities as `extract(text, today)`."""
    doc = nlp.make_doc(fold(text))
    doc.user_data["today"] = today
    doc.user_data["text"] = text
    return nlp(doc)


def entities(doc: Doc) -> list[Entity]:
    """The entities of a document that `read` made, by start, with offsets and words of the text given to it."""
    found: tuple[Entity, ...] = doc.user_data.get("entities", ())
    return list(found)


class _Facts:
    """Pipeline component: people and places by spaCy's phrase matcher, quantities by our readers."""

    def __init__(self, nlp: Language) -> None:
        from spacy.matcher import PhraseMatcher

        self._relations = PhraseMatcher(nlp.vocab)
        for relation in sorted(set(RELATIONS.values())):
            self._relations.add(
                relation, [nlp.make_doc(word) for word, meaning in RELATIONS.items() if meaning == relation]
            )
        self._places = PhraseMatcher(nlp.vocab)
        self._places.add("place", [nlp.make_doc(name) for name in PLACES])

    def __call__(self, doc: Doc) -> Doc:
        from spacy.util import filter_spans

        text = str(doc.user_data.get("text", doc.text))
        today = doc.user_data.get("today")
        found = find_values(doc.text, today) if isinstance(today, date) else []
        for span in filter_spans(self._relations(doc, as_spans=True)):
            found.append(Entity("relation", span.label_, None, None, "", span.text, span.start_char, span.end_char))
        if self._places(doc):
            found.extend(find_places(doc.text))
        found.sort(key=lambda entity: (entity.start, entity.end))
        doc.user_data["entities"] = tuple(replace(entity, text=text[entity.start : entity.end]) for entity in found)
        spans = (doc.char_span(entity.start, entity.end, label=entity.kind) for entity in found)
        doc.spans[SPANS] = [span for span in spans if span is not None]
        return doc


def _create(nlp: Language, name: str) -> _Facts:
    return _Facts(nlp)
