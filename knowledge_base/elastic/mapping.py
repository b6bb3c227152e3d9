"""How an index generation is laid out in Elasticsearch so that its scores equal those of the embedded index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge_base.documents.indexed import EXACT_FIELDS as DOCUMENT_EXACT
from knowledge_base.documents.indexed import SCORED_FIELDS as DOCUMENT_SCORED
from knowledge_base.documents.indexed import IndexedDocument
from knowledge_base.index.indexed import EXACT_FIELDS, MATCHED_FIELDS, SCORED_FIELDS, IndexedArticle

FORMAT = 1
"""Raise when the layout changes; a generation of another format is never built upon."""
FILLER = "␀"
"""Stands in an empty scored field. Lucene reckons rarity among the documents that have the field, the embedded index
among all; with a word in each the two agree. The average length grows by less than a hundredth. No analysis gives this
word."""
_NUMBERS = ("seq", "effective", "ended")
_SCORED = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}


def layout(meta: Mapping[str, object]) -> dict[str, Any]:
    """Settings and mappings of a new index; `meta` is kept with it.

    BM25 is left as Elasticsearch has it: k1 1.2 and b 0.75, with the constant factor k1 + 1 that Lucene itself gave up,
    as in the embedded index.
    """
    return _layout(
        meta,
        {
            **{name: {"type": "keyword"} for name in (*EXACT_FIELDS, "digest")},
            **dict.fromkeys(SCORED_FIELDS, _SCORED),
            **{name: {**_SCORED, "index_options": "docs", "norms": False} for name in MATCHED_FIELDS},
        },
    )


def document_layout(meta: Mapping[str, object]) -> dict[str, Any]:
    """The same for documents: cases, guides, institutions."""
    return _layout(
        meta,
        {
            **{name: {"type": "keyword"} for name in (*DOCUMENT_EXACT, "digest")},
            **dict.fromkeys(DOCUMENT_SCORED, _SCORED),
        },
    )


def _layout(meta: Mapping[str, object], fields: Mapping[str, object]) -> dict[str, Any]:
    return {
        "settings": {
            "number_of_shards": 1,  # frequencies are counted per shard
            "auto_expand_replicas": "0-1",
            "refresh_interval": -1,
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"enabled": False},  # texts are read from the local store
            "_meta": dict(meta),
            "properties": {**{name: {"type": "integer"} for name in _NUMBERS}, **fields},
        },
    }


def row(article: IndexedArticle) -> dict[str, Any]:
    """The document of one article."""
    texts = article.fields
    return {
        **{name: getattr(article, name) for name in (*EXACT_FIELDS, "digest", *_NUMBERS)},
        **{name: texts[name] or FILLER for name in SCORED_FIELDS},
        **{name: texts[name] for name in MATCHED_FIELDS},
    }


def document_row(document: IndexedDocument, digest: str) -> dict[str, Any]:
    """The document of one case, guide or institution."""
    return {
        **{name: getattr(document, name) for name in ("id", "kind", "area", *_NUMBERS)},
        "region": list(document.regions),
        "citation": list(document.citations),
        "digest": digest,
        **document.texts,
    }
