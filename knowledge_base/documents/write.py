"""Writes the documents of an index generation, whole or on top of the generation before, in constant memory."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import shutil
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import tantivy

from knowledge_base.document import Document
from knowledge_base.documents.indexed import EXACT_FIELDS, SCORED_FIELDS, IndexedDocument
from knowledge_base.documents.sentences import Sentences
from knowledge_base.documents.store import FILE_NAME as STORE
from knowledge_base.documents.store import FORMAT, SCHEMA, pack
from knowledge_base.index.files import ANALYSIS, TEXT
from knowledge_base.index.indexed import FOREVER
from knowledge_base.index.text_index import share
from knowledge_base.text.analysis import Analyzer

FOLDER = "documents"
"""Inside the folder of an index generation."""
_HEAP = 64_000_000
_CHUNK = 64
"""Documents that one process cuts at a time."""


@dataclass(frozen=True, slots=True)
class Written:
    """The report of one writing."""

    documents: int
    analysed: int
    """New or changed ones."""
    removed: int
    duplicates: int
    """Documents left out because an earlier one has the same id."""


def document_schema() -> Any:
    """The full-text fields; every scored field holds words already cut, separated by spaces."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("seq", stored=True, indexed=True, fast=True)
    for name in ("effective", "ended"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in EXACT_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in SCORED_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def write_documents(
    folder: Path, documents: Iterable[Document], analyzer: Analyzer, before: Path | None = None, workers: int = 1
) -> Written:
    """Write `documents` to a new `folder`; of two with the same id the first is kept.

    With `before`, the documents folder of a generation analysed the same way, only what is new or changed is cut into
    words, in `workers` processes. `before` is left as it is, and passed over when it is damaged or of another format.
    Raises OSError when `folder` cannot be written.
    """
    old = before if before is not None and _usable(before) else None
    try:
        _prepare(folder, old)
        with closing(sqlite3.connect(folder / STORE)) as db, db:
            db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + ("" if old else SCHEMA))
            return _Writer(folder, db, analyzer, old).run(documents, workers)
    except sqlite3.Error as error:
        raise OSError(f"the documents at {folder} cannot be written ({error}); is the disk full?") from error


def _usable(before: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{(before / STORE).resolve().as_uri()}?mode=ro", uri=True)) as db:
            same = db.execute("PRAGMA user_version").fetchone()[0] == FORMAT
        tantivy.Index.open(str(before / TEXT))
    except (sqlite3.Error, ValueError):
        return False
    return same and (before / ANALYSIS).is_file()


def _prepare(folder: Path, old: Path | None) -> None:
    folder.mkdir(parents=True)
    if old is None:
        (folder / TEXT).mkdir()
    else:
        shutil.copytree(old / TEXT, folder / TEXT, copy_function=share)
        shutil.copy2(old / STORE, folder / STORE)


class _Writer:
    def __init__(self, folder: Path, db: sqlite3.Connection, analyzer: Analyzer, old: Path | None) -> None:
        self._folder, self._db, self._analyzer = folder, db, analyzer
        self._incremental = old is not None
        self._index = tantivy.Index(document_schema(), path=str(folder / TEXT)).writer(_HEAP, num_threads=1)
        self._next = int(db.execute("SELECT coalesce(max(seq), -1) + 1 FROM document").fetchone()[0])
        self._seen = bytearray(self._next)
        self._words: set[str] = set()
        if old is not None:
            self._words.update(json.loads((old / ANALYSIS).read_text(encoding="utf-8"))["frequencies"])
        self._laws: set[str] = set()
        self._duplicates = self._sum = 0

    def run(self, documents: Iterable[Document], workers: int) -> Written:
        """Write all and commit."""
        analysed = 0
        for indexed in cut_documents(self._changed(documents), self._analyzer, workers):
            self._add(indexed)
            analysed += 1
        removed = self._remove_unseen() if self._incremental else 0
        self._db.executemany("INSERT OR IGNORE INTO law VALUES (?)", ((law,) for law in sorted(self._laws)))
        self._db.execute("DELETE FROM mark")
        self._db.execute("INSERT INTO mark VALUES (?)", (f"{self._sum % 2**64:016x}",))
        try:
            self._index.commit()
            self._index.wait_merging_threads()
        except ValueError as error:  # how tantivy tells of a full disk
            raise OSError(f"the words of the documents cannot be written to {self._folder} ({error})") from error
        self._analyzer.save(self._folder / ANALYSIS, self._words)
        count = int(self._db.execute("SELECT count(*) FROM document").fetchone()[0])
        return Written(count, analysed, removed, self._duplicates)

    def _changed(self, documents: Iterable[Document]) -> Iterator[tuple[int, Document]]:
        """Stores each document that is new or changed and gives it a row number."""
        for document in documents:
            packed = pack(document)
            digest = hashlib.sha256(packed).digest()[:16]
            known = self._db.execute("SELECT seq, digest FROM document WHERE id = ?", (document.id,)).fetchone()
            if known is not None and self._seen[known[0]]:
                self._duplicates += 1
                continue
            # A sum does not depend on the order, and so not on the history of this index.
            self._sum += int.from_bytes(hashlib.sha256(document.id.encode() + digest).digest()[:8], "big")
            self._laws.update(citation[1 : citation.find("》第")] for citation in document.citations)
            if known is not None and known[1] == digest:
                self._seen[known[0]] = 1
                continue
            if known is not None:
                self._forget(known[0], document.id)
            effective = document.effective.toordinal() if document.effective else 0
            ended = document.ended.toordinal() if document.ended else FOREVER
            row = (self._next, document.id, digest, effective, ended, packed)
            self._db.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?)", row)
            self._seen.append(1)
            yield self._next, document
            self._next += 1

    def _add(self, indexed: IndexedDocument) -> None:
        for text in (indexed.title, indexed.gist, indexed.body):
            self._words.update(text.split())
        added = tantivy.Document(
            seq=indexed.seq, effective=indexed.effective, ended=indexed.ended, id=indexed.id, kind=indexed.kind,
            area=indexed.area, region=list(indexed.regions), citation=list(indexed.citations), **indexed.texts,
        )  # fmt: skip
        self._index.add_document(added)

    def _forget(self, seq: int, id_: str) -> None:
        self._db.execute("DELETE FROM document WHERE seq = ?", (seq,))
        self._index.delete_documents_by_term("id", id_)

    def _remove_unseen(self) -> int:
        gone = [(seq, id_) for seq, id_ in self._db.execute("SELECT seq, id FROM document") if not self._seen[seq]]
        for seq, id_ in gone:
            self._forget(seq, id_)
        return len(gone)


_forked: Sentences | None = None
"""What cuts in a process of its own; inherited, since it is too big to send."""


def cut_documents(
    numbered: Iterator[tuple[int, Document]], analyzer: Analyzer, workers: int
) -> Iterator[IndexedDocument]:
    """Each document in words, in order, with only a few chunks held at any time."""
    sentences = Sentences(analyzer)
    if workers <= 1:
        for seq, document in numbered:
            yield IndexedDocument.of(document, seq, sentences.cut)
        return
    global _forked
    _forked = sentences
    waiting: deque[Future[list[IndexedDocument]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
        while True:
            chunk = list(islice(numbered, _CHUNK))
            if chunk:
                waiting.append(pool.submit(_cut_chunk, chunk))
            if waiting and (not chunk or len(waiting) > 2 * workers):
                yield from waiting.popleft().result()
            elif not chunk:
                break
    _forked = None


def _cut_chunk(chunk: list[tuple[int, Document]]) -> list[IndexedDocument]:
    assert _forked is not None, "started without an analyzer"
    return [IndexedDocument.of(document, seq, _forked.cut) for seq, document in chunk]
