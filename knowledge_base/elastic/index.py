"""Brings the articles of a local index generation into Elasticsearch."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from knowledge_base.elastic.connection import ALIAS, ElasticUnavailable
from knowledge_base.elastic.generations import Imported, import_generation
from knowledge_base.elastic.mapping import FORMAT, layout, row
from knowledge_base.elastic.marks import mark
from knowledge_base.index.generation import current
from knowledge_base.index.manifest import Manifest
from knowledge_base.laws.store import FILE_NAME as STORE
from knowledge_base.laws.store import ArticleStore


async def import_index(folder: Path, url: str, *, alias: str = ALIAS, progress: bool = False) -> Imported:
    """Make the cluster at `url` hold the articles of the index in `folder`, under `alias`; see `import_generation`.

    Raises ElasticUnavailable, also for a folder without index.
    """
    files = current(folder)
    manifest = Manifest.read(files)
    if manifest is None:
        raise ElasticUnavailable(f"there is no law index at {folder} to import; build it with `faxian index`")
    store = ArticleStore(files / STORE)
    try:
        return await import_generation(_Articles(store, manifest), url, alias, progress)
    finally:
        store.close()


class _Articles:
    """Implements Content."""

    noun = "articles"

    def __init__(self, store: ArticleStore, manifest: Manifest) -> None:
        self._store = store
        self._digests = store.digests()
        self.mark = mark(store.mark(), manifest.analysis)
        self.count = len(self._digests)
        self.layout = layout(
            {
                "format": FORMAT,
                "fingerprint": manifest.fingerprint,
                "analysis": manifest.analysis,
                "built": manifest.built,
                "source": f"{manifest.source} {manifest.source_version}".strip(),
            }
        )

    def digests(self) -> Iterator[tuple[str, str]]:
        return iter(self._digests.items())

    def rows(self, only: Container[str] | None) -> Iterator[dict[str, Any]]:
        for article in self._store.indexed():
            if only is None or article.id in only:
                yield row(article)
