"""Brings the articles of a local index generation into Elasticsearch: all or nothing, while searches go on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, AsyncElasticsearch
from elasticsearch.helpers import BulkIndexError, async_streaming_bulk
from tqdm import tqdm

from knowledge_base.elastic.connection import ALIAS, ElasticUnavailable, connect, reported, shown
from knowledge_base.elastic.mapping import FORMAT, layout, row
from knowledge_base.generation import current
from knowledge_base.manifest import Manifest
from knowledge_base.store import FILE_NAME as STORE
from knowledge_base.store import ArticleStore

_TIMEOUT = 120.0
_PAGE = 5000
_MOST_CHANGED = 0.2
"""A larger share of changed articles is not built on top of the generation before: deleted ones still count there."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    index: str
    """Name of the generation the alias now points to."""
    articles: int
    written: int
    """Articles sent; 0 when the cluster held the same ones already."""
    removed: int


async def import_index(folder: Path, url: str, *, alias: str = ALIAS, progress: bool = False) -> Imported:
    """Make the cluster at `url` hold what the index in `folder` holds, under `alias`.

    A new generation is written beside the one that is searched, as a copy with the changes where few articles changed;
    then the alias moves in one step and older generations are deleted. When anything fails the alias stays and the
    half-made generation is deleted. Raises ElasticUnavailable, also for a folder without index.
    """
    files = current(folder)
    manifest = Manifest.read(files)
    if manifest is None:
        raise ElasticUnavailable(f"there is no law index at {folder} to import; build it with `faxian index`")
    store = ArticleStore(files / STORE)
    client = connect(url, _TIMEOUT)
    try:
        with reported(url):
            return await _Import(client, alias, store, manifest, progress).run()
    except BulkIndexError as error:
        raise ElasticUnavailable(f"Elasticsearch at {shown(url)} refused {_refused(error)}") from error
    finally:
        store.close()
        await client.close()


class _Import:
    def __init__(
        self, client: AsyncElasticsearch, alias: str, store: ArticleStore, manifest: Manifest, progress: bool
    ) -> None:
        self._client = client
        self._alias = alias
        self._store = store
        self._manifest = manifest
        self._progress = progress

    async def run(self) -> Imported:
        mark, digests = self._store.mark(), self._store.digests()
        before = await self._aliased()
        if before is not None and before.endswith(mark):
            return Imported(before, len(digests), 0, 0)
        existing = await self._generations()
        name = f"{self._alias}-{max(existing.values(), default=0) + 1:06d}-{mark}"
        held = await self._held(before) if before else {}
        fresh = {id_ for id_, digest in digests.items() if held.get(id_) != digest}
        gone = sorted(held.keys() - digests.keys())
        partly = bool(held) and len(fresh) + len(gone) <= _MOST_CHANGED * len(held)
        async with self._half_made(name) as building:
            if partly and before is not None:
                await self._clone(before, name, building)
            else:
                fresh, gone = set(digests), []
                await self._client.indices.create(index=name, aliases={building: {}}, **layout(self._meta()))
            await self._write(building, fresh, gone)
            await self._finish(name, building, len(digests))
        for old, number in existing.items():
            if number < self._number(name):
                await self._client.indices.delete(index=old, ignore_unavailable=True)
        return Imported(name, len(digests), len(fresh), len(gone))

    def _meta(self) -> dict[str, object]:
        manifest = self._manifest
        return {
            "format": FORMAT,
            "fingerprint": manifest.fingerprint,
            "analysis": manifest.analysis,
            "built": manifest.built,
            "source": f"{manifest.source} {manifest.source_version}".strip(),
        }

    def _number(self, name: str) -> int:
        """Of a generation; 0 for an index of another kind of name."""
        number = name.removeprefix(f"{self._alias}-").partition("-")[0]
        return int(number) if number.isdigit() else 0

    async def _generations(self) -> dict[str, int]:
        found = await self._client.indices.get(index=f"{self._alias}-*", filter_path="*.aliases")
        return {name: number for name in found if (number := self._number(name))}

    async def _aliased(self) -> str | None:
        try:
            found = await self._client.indices.get_alias(name=self._alias)
        except ApiError as error:
            if error.meta.status == 404:
                return None
            raise
        return max(found, key=self._number, default=None)

    async def _held(self, name: str) -> dict[str, str]:
        """Id → digest of every article of a generation; nothing when it cannot be built upon."""
        meta: Mapping[str, Any] = (await self._client.indices.get_mapping(index=name))[name]["mappings"].get(
            "_meta", {}
        )
        if (meta.get("format"), meta.get("analysis")) != (FORMAT, self._manifest.analysis):
            return {}
        out: dict[str, str] = {}
        after: list[Any] | None = None
        while True:
            answer = await self._client.search(
                index=name, size=_PAGE, sort="id:asc", search_after=after, source=False, stored_fields="_none_",
                docvalue_fields=[{"field": "digest"}], track_total_hits=False,
            )  # fmt: skip
            hits = answer["hits"]["hits"]
            out |= {hit["sort"][0]: hit["fields"]["digest"][0] for hit in hits}
            if len(hits) < _PAGE:
                return out
            after = hits[-1]["sort"]

    @asynccontextmanager
    async def _half_made(self, name: str) -> AsyncIterator[str]:
        """Gives the alias to write through; deletes the index when the block raises, a cancellation included.

        Writing through an alias that must exist keeps the cluster from making an index of that name by itself when
        somebody deletes ours meanwhile.
        """
        try:
            yield f"{name}-building"
        except BaseException:
            # Where this fails too, the next import deletes what is left.
            with suppress(ApiError, TransportError):
                await self._client.options(ignore_status=404).indices.delete(index=name, ignore_unavailable=True)
            raise

    async def _clone(self, before: str, name: str, building: str) -> None:
        await self._client.indices.clone(
            index=before, target=name, settings={"index.blocks.write": None}, aliases={building: {}}, timeout="60s"
        )
        await self._client.cluster.health(index=name, wait_for_status="yellow", timeout="60s")

    async def _write(self, building: str, fresh: set[str], gone: Iterable[str]) -> None:
        steps = tqdm(desc="写入 Elasticsearch", unit="条", total=len(fresh), disable=not self._progress)
        with steps:
            actions = self._actions(building, fresh, gone)
            async for _ in async_streaming_bulk(
                self._client, actions, chunk_size=1000, max_chunk_bytes=8_000_000, max_retries=3, require_alias=True
            ):
                steps.update()

    def _actions(self, building: str, fresh: set[str], gone: Iterable[str]) -> Iterator[dict[str, Any]]:
        for id_ in gone:
            yield {"_op_type": "delete", "_index": building, "_id": id_}
        for article in self._store.indexed():
            if article.id in fresh:
                yield {"_index": building, "_id": article.id, "_source": row(article)}

    async def _finish(self, name: str, building: str, expected: int) -> None:
        """Check what was written, close it for writing and point the alias to it."""
        indices = self._client.indices
        await indices.refresh(index=name)
        count = (await self._client.count(index=name))["count"]
        if count != expected:
            raise ElasticUnavailable(f"{name} holds {count} articles instead of {expected}; nothing was changed")
        await indices.put_mapping(index=name, meta=self._meta())
        await indices.flush(index=name)
        await indices.put_settings(index=name, settings={"index.blocks.write": True})
        await indices.update_aliases(
            actions=[
                {"remove": {"index": f"{self._alias}-*", "alias": self._alias, "must_exist": False}},
                {"remove": {"index": name, "alias": building}},
                {"add": {"index": name, "alias": self._alias}},
            ]
        )


def _refused(error: BulkIndexError) -> str:
    """The first of the articles that were refused, and why."""
    kind, item = next(iter(error.errors[0].items()))
    cause = item.get("error", {})
    reason = cause.get("reason", cause) if isinstance(cause, dict) else cause
    return f"{len(error.errors)} articles, first to {kind} {item.get('_id')}: {reason}"
