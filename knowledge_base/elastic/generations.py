"""Writes the next generation behind an alias of a cluster: all or nothing, in constant memory, while searches go on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Container, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from elastic_transport import TransportError
from elasticsearch import ApiError, AsyncElasticsearch
from elasticsearch.helpers import BulkIndexError, async_streaming_bulk
from tqdm import tqdm

from knowledge_base.elastic.connection import ElasticUnavailable, connect, reported, shown

_TIMEOUT = 120.0
_PAGE = 5000
_MOST_CHANGED = 0.2
"""A larger share of changed entries is not built on top of the generation before: deleted ones still count there."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    index: str
    """Name of the generation the alias now points to."""
    held: int
    """Articles or documents in it."""
    written: int
    """How many were sent; 0 when the cluster held the same ones already."""
    removed: int


class Content(Protocol):
    """What a generation is to hold, read from local files."""

    noun: str
    """Of what it holds, in the plural."""
    mark: str
    """Ends the name of the generation."""
    count: int
    layout: dict[str, Any]
    """Settings and mappings of a new index; `_meta` must hold all that makes two generations comparable."""

    def digests(self) -> Iterator[tuple[str, str]]:
        """Id and digest of every entry, by id in the order of its UTF-8 bytes."""
        ...

    def rows(self, only: Container[str] | None) -> Iterator[dict[str, Any]]:
        """Every entry, or those with these ids, as it is written; `id` and `digest` among its fields."""
        ...


async def import_generation(content: Content, url: str, alias: str, progress: bool) -> Imported:
    """Make the cluster at `url` hold `content` under `alias`.

    A new generation is written beside the one that is searched, as a copy with the changes where few entries changed;
    then the alias moves in one step and older generations are deleted. When anything fails the alias stays and the
    half-made generation is deleted. Raises ElasticUnavailable.
    """
    client = connect(url, _TIMEOUT)
    try:
        with reported(url):
            return await _Import(client, alias, content, progress).run()
    except BulkIndexError as error:
        refused = _refused(error, content.noun)
        raise ElasticUnavailable(f"Elasticsearch at {shown(url)} refused {refused}") from error
    finally:
        await client.close()


@dataclass(frozen=True, slots=True)
class _Changes:
    fresh: set[str]
    gone: list[str]


class _Import:
    def __init__(self, client: AsyncElasticsearch, alias: str, content: Content, progress: bool) -> None:
        self._client = client
        self._alias = alias
        self._content = content
        self._progress = progress

    async def run(self) -> Imported:
        content = self._content
        before = await self._aliased()
        if before is not None and before.endswith(content.mark):
            return Imported(before, content.count, 0, 0)
        existing = await self._generations()
        name = f"{self._alias}-{max(existing.values(), default=0) + 1:06d}-{content.mark}"
        changes = await self._changes(before) if before else None
        async with self._half_made(name) as building:
            if before is not None and changes is not None:
                await self._clone(before, name, building)
                await self._write(building, changes.gone, changes.fresh)
            else:
                await self._client.indices.create(index=name, aliases={building: {}}, **content.layout)
                await self._write(building, (), None)
            await self._finish(name, building)
        for old, number in existing.items():
            if number < self._number(name):
                await self._client.indices.delete(index=old, ignore_unavailable=True)
        if changes is None:
            return Imported(name, content.count, content.count, 0)
        return Imported(name, content.count, len(changes.fresh), len(changes.gone))

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

    async def _changes(self, before: str) -> _Changes | None:
        """What is new or changed since a generation, and what is gone; None when it is not to be built upon."""
        mapping = (await self._client.indices.get_mapping(index=before))[before]["mappings"]
        if not _comparable(mapping.get("_meta", {}), self._content.layout["mappings"]["_meta"]):
            return None
        changes = _Changes(set(), [])
        ours = iter(self._content.digests())
        own = next(ours, None)
        count = 0
        async for id_, digest in self._held(before):
            count += 1
            while own is not None and own[0] < id_:
                changes.fresh.add(own[0])
                own = next(ours, None)
            if own is None or own[0] != id_:
                changes.gone.append(id_)
            else:
                if own[1] != digest:
                    changes.fresh.add(id_)
                own = next(ours, None)
            if len(changes.fresh) + len(changes.gone) > _MOST_CHANGED * self._content.count + 1:
                return None
        if own is not None:
            changes.fresh.add(own[0])
            changes.fresh.update(id_ for id_, _ in ours)
        return changes if len(changes.fresh) + len(changes.gone) <= _MOST_CHANGED * count else None

    async def _held(self, name: str) -> AsyncIterator[tuple[str, str]]:
        """Id and digest of every entry of a generation, in the order of `Content.digests`."""
        after: list[Any] | None = None
        while True:
            answer = await self._client.search(
                index=name, size=_PAGE, sort="id:asc", search_after=after, source=False, stored_fields="_none_",
                docvalue_fields=[{"field": "digest"}], track_total_hits=False,
            )  # fmt: skip
            hits = answer["hits"]["hits"]
            for hit in hits:
                yield hit["sort"][0], hit["fields"]["digest"][0]
            if len(hits) < _PAGE:
                return
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

    async def _write(self, building: str, gone: Iterable[str], fresh: set[str] | None) -> None:
        total = self._content.count if fresh is None else len(fresh)
        actions = self._actions(building, gone, fresh)
        with tqdm(desc="写入 Elasticsearch", unit="条", total=total, disable=None if self._progress else True) as steps:
            async for _ in async_streaming_bulk(
                self._client, actions, chunk_size=1000, max_chunk_bytes=8_000_000, max_retries=3, require_alias=True
            ):
                steps.update()

    def _actions(self, building: str, gone: Iterable[str], fresh: set[str] | None) -> Iterator[dict[str, Any]]:
        for id_ in gone:
            yield {"_op_type": "delete", "_index": building, "_id": id_}
        for row in self._content.rows(fresh):
            yield {"_index": building, "_id": row["id"], "_source": row}

    async def _finish(self, name: str, building: str) -> None:
        """Check what was written, close it for writing and point the alias to it."""
        indices, expected = self._client.indices, self._content.count
        await indices.refresh(index=name)
        count = (await self._client.count(index=name))["count"]
        if count != expected:
            noun = self._content.noun
            raise ElasticUnavailable(f"{name} holds {count} {noun} instead of {expected}; nothing was changed")
        await indices.put_mapping(index=name, meta=self._content.layout["mappings"]["_meta"])
        await indices.flush(index=name)
        await indices.put_settings(index=name, settings={"index.blocks.write": True})
        await indices.update_aliases(
            actions=[
                {"remove": {"index": f"{self._alias}-*", "alias": self._alias, "must_exist": False}},
                {"remove": {"index": name, "alias": building}},
                {"add": {"index": name, "alias": self._alias}},
            ]
        )


def _comparable(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one.get(name) == other.get(name) for name in ("format", "analysis"))


def _refused(error: BulkIndexError, noun: str) -> str:
    """The first of the entries that were refused, and why."""
    kind, item = next(iter(error.errors[0].items()))
    cause = item.get("error", {})
    reason = cause.get("reason", cause) if isinstance(cause, dict) else cause
    return f"{len(error.errors)} {noun}, first to {kind} {item.get('_id')}: {reason}"
