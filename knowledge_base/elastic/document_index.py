"""Brings the documents of a local index generation — cases, guides, institutions — into Elasticsearch."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from knowledge_base.document import Document
from knowledge_base.documents.store import FILE_NAME as STORE
from knowledge_base.documents.store import DocumentStore
from knowledge_base.documents.write import FOLDER, cut_documents
from knowledge_base.elastic.connection import DOCUMENTS_ALIAS, ElasticUnavailable
from knowledge_base.elastic.generations import Imported, import_generation
from knowledge_base.elastic.mapping import FORMAT, document_layout, document_row
from knowledge_base.elastic.marks import analysis_of, mark
from knowledge_base.index.files import ANALYSIS
from knowledge_base.index.generation import current
from knowledge_base.text.analysis import Analyzer, LexiconError


async def import_documents(
    folder: Path, url: str, *, alias: str = DOCUMENTS_ALIAS, progress: bool = False, workers: int = 1
) -> Imported:
    """Make the cluster at `url` hold the documents of the index in `folder`, under `alias`; see `import_generation`.

    They are cut into words again, in `workers` processes, as they were for the local index. Raises ElasticUnavailable,
    also for a folder without documents.
    """
    files = current(folder)
    try:
        analyzer = Analyzer.load(files / FOLDER / ANALYSIS)
        store = DocumentStore(files / FOLDER / STORE)
    except (LexiconError, ValueError) as error:
        message = f"there are no documents at {folder} to import ({error}); build the index with `faxian index`"
        raise ElasticUnavailable(message) from error
    try:
        return await import_generation(_Documents(store, analyzer, analysis_of(files), workers), url, alias, progress)
    finally:
        store.close()


class _Documents:
    """Implements Content."""

    noun = "documents"

    def __init__(self, store: DocumentStore, analyzer: Analyzer, analysis: str, workers: int) -> None:
        self._store = store
        self._analyzer = analyzer
        self._workers = workers
        self.mark = mark(store.mark, analysis)
        self.count = len(store)
        self.layout = document_layout({"format": FORMAT, "analysis": analysis})

    def digests(self) -> Iterator[tuple[str, str]]:
        return self._store.digests()

    def rows(self, only: Container[str] | None) -> Iterator[dict[str, Any]]:
        waiting: dict[int, str] = {}

        def numbered() -> Iterator[tuple[int, Document]]:
            for seq, digest, document in self._store.digested(only):
                waiting[seq] = digest
                yield seq, document

        for indexed in cut_documents(numbered(), self._analyzer, self._workers):
            yield document_row(indexed, waiting.pop(indexed.seq))
