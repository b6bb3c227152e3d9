"""Writes the full-text files of the embedded index, whole or from the generation before."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from knowledge_base.index.indexed import EXACT_FIELDS, MATCHED_FIELDS, SCORED_FIELDS, IndexedArticle

_HEAP = 64_000_000


def schema() -> Any:
    """The full-text fields; every text field holds words already cut, separated by spaces."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("seq", stored=True, indexed=True, fast=True)
    for name in ("effective", "ended"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in EXACT_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in SCORED_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in MATCHED_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def write_text(
    folder: Path, written: Iterable[IndexedArticle], removed: Iterable[str] = (), before: Path | None = None
) -> None:
    """Write `written` to a new `folder`; with `before`, on top of what it holds, less the ids `removed`.

    An id in `written` replaces the same id in `before`. The files of `before` stay untouched: tantivy never changes a
    file once written, so they are shared.
    """
    if before is None:
        folder.mkdir()
    else:
        shutil.copytree(before, folder, copy_function=share)
    writer = tantivy.Index(schema(), path=str(folder)).writer(heap_size=_HEAP, num_threads=1)
    for id_ in removed:
        writer.delete_documents_by_term("id", id_)
    for article in written:
        if before is not None:
            writer.delete_documents_by_term("id", article.id)
        exact = {"id": article.id, "law": article.law, "level": article.level}
        numbers = {"seq": article.seq, "effective": article.effective, "ended": article.ended}
        writer.add_document(tantivy.Document(**numbers, **exact, **article.fields))
    writer.commit()
    writer.wait_merging_threads()


def share(source: str, target: str) -> str:
    """Another name for the same file; a copy for the small files that tantivy rewrites, and where links cannot be."""
    if Path(source).suffix == ".json" or Path(source).name.startswith("."):
        return str(shutil.copy2(source, target))
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
