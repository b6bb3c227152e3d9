"""Models come over bad lines, from bad servers and onto full disks: they are whole afterwards, or not there."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from voice.hearing import fetching
from voice.hearing.catalogue import CATALOGUE, Offer, Part
from voice.hearing.download import FetchFailed, Progress, download
from voice.hearing.fetching import fetch

CONTENT = os.urandom(1_500_000)


def sum_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def starts_at(asked: str | None) -> int:
    assert asked is not None
    return int(asked.removeprefix("bytes=").removesuffix("-"))


class Site:
    """Serves `files`; `breaks` connections end after `after` bytes; `ranges` whether it can continue."""

    def __init__(self) -> None:
        self.files = {"model.bin": CONTENT}
        self.breaks, self.after, self.ranges = 0, 400_000, True
        self.asked: list[str | None] = []
        self.base = ""
        self.at, self.came = 0, asyncio.Condition()

    def progress(self, at: int, whole: int | None) -> None:
        """Of the client."""
        self.at = at
        self.told = asyncio.ensure_future(self._tell())

    async def _tell(self) -> None:
        async with self.came:
            self.came.notify_all()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        content = self.files.get(request.match_info["name"])
        if content is None:
            raise web.HTTPNotFound
        wanted = request.headers.get("Range")
        self.asked.append(wanted)
        start, status, headers = 0, 200, {}
        if wanted and self.ranges:
            start, status = starts_at(wanted), 206
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            if start >= len(content):
                return web.Response(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
        response = web.StreamResponse(status=status, headers=headers)
        response.content_length = len(content) - start
        await response.prepare(request)
        if self.breaks:
            self.breaks -= 1
            await response.write(content[start : start + self.after])
            async with self.came:  # what a client has received but not yet read is lost with the connection
                await self.came.wait_for(lambda: self.at >= start + self.after)
            assert request.transport is not None
            request.transport.close()
            return response
        await response.write(content[start:])
        return response


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    app = web.Application()
    app.router.add_get("/{name}", made.answer)
    async with TestServer(app) as server:
        made.base = str(server.make_url(""))
        yield made


def quiet(name: str) -> Progress:
    return lambda at, whole: None


async def get(site: Site, folder: Path, sha256: str = sum_of(CONTENT), progress: Progress | None = None) -> Path:
    target = folder / "model.bin"
    await download(f"{site.base}/model.bin", target, sha256, progress or site.progress, wait=0)
    return target


async def test_a_whole_file_with_progress(site: Site, tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    target = await get(site, tmp_path, progress=lambda at, whole: told.append((at, whole)))
    assert target.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert [at for at, _ in told] == sorted(at for at, _ in told)
    assert list(tmp_path.iterdir()) == [target]


async def test_what_broke_off_goes_on_where_it_stopped(site: Site, tmp_path: Path) -> None:
    site.breaks = 2
    assert (await get(site, tmp_path)).read_bytes() == CONTENT
    assert site.asked == [None, "bytes=400000-", "bytes=800000-"]


async def test_the_next_run_goes_on_too(site: Site, tmp_path: Path) -> None:
    site.breaks, site.after = 5, 100_000
    with pytest.raises(FetchFailed, match="run it again"):
        await get(site, tmp_path)
    had = (tmp_path / "model.bin.part").stat().st_size
    assert had == 500_000
    assert (await get(site, tmp_path)).read_bytes() == CONTENT
    assert starts_at(site.asked[-1]) == had


async def test_a_server_that_cannot_continue_begins_anew(site: Site, tmp_path: Path) -> None:
    site.ranges, site.breaks = False, 1
    assert (await get(site, tmp_path)).read_bytes() == CONTENT


async def test_all_of_it_was_there_but_not_yet_proven(site: Site, tmp_path: Path) -> None:
    (tmp_path / "model.bin.part").write_bytes(CONTENT)
    assert (await get(site, tmp_path)).read_bytes() == CONTENT


async def test_more_than_all_of_it_is_thrown_away(site: Site, tmp_path: Path) -> None:
    (tmp_path / "model.bin.part").write_bytes(CONTENT + b"x")
    assert (await get(site, tmp_path)).read_bytes() == CONTENT


@pytest.mark.parametrize("began", [b"", b"something else"])
async def test_another_file_is_refused_naming_both_sums(site: Site, tmp_path: Path, began: bytes) -> None:
    if began:
        (tmp_path / "model.bin.part").write_bytes(began)
    expected = sum_of(b"other")
    got = sum_of(began + CONTENT[len(began) :])
    with pytest.raises(FetchFailed, match=rf"{got}.*{expected}"):
        await get(site, tmp_path, expected)
    assert list(tmp_path.iterdir()) == []


async def test_what_is_not_there_is_told_at_once(site: Site, tmp_path: Path) -> None:
    site.files.clear()
    with pytest.raises(FetchFailed, match="answered 404"):
        await get(site, tmp_path)


async def test_no_address_at_all(tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="no address"):
        await download("models/model.bin", tmp_path / "model.bin", "", quiet(""), wait=0)


async def test_nobody_there(tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="broke off 5 times"):
        await download("http://127.0.0.1:9/model.bin", tmp_path / "model.bin", "", quiet(""), wait=0)


async def test_a_full_disk_is_told(site: Site, tmp_path: Path) -> None:
    (tmp_path / "model.bin.part").symlink_to("/dev/full")
    with pytest.raises(FetchFailed, match="No space left"):
        await get(site, tmp_path)


async def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FetchFailed, match="VOICE_MODELS"):
        await fetch(CATALOGUE["small"], tmp_path / "file", quiet)


# Whole models


def zipped(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def packed(site: Site, archive: bytes, known: bool = True) -> Offer:
    site.files["m.zip"] = archive
    return Offer("m", site.base, (Part("m.zip", sum_of(archive) if known else ""),), "MIT", packed=True)


async def test_an_archive_is_unpacked_and_nothing_else_is_left(site: Site, tmp_path: Path) -> None:
    offer = packed(site, zipped(("m/am/final.mdl", b"model"), ("m/README", b"read")))
    target = await fetch(offer, tmp_path / "new" / "folder", quiet)
    assert (target / "am" / "final.mdl").read_bytes() == b"model"
    assert list((tmp_path / "new" / "folder").iterdir()) == [target]
    with pytest.raises(FetchFailed, match="there already"):
        await fetch(offer, tmp_path / "new" / "folder", quiet)


async def test_single_files_too(site: Site, tmp_path: Path) -> None:
    site.files["config.json"] = b"{}"
    parts = (Part("config.json", sum_of(b"{}")), Part("model.bin", sum_of(CONTENT)))
    target = await fetch(Offer("w", site.base, parts, "MIT"), tmp_path, quiet)
    assert sorted(file.name for file in target.iterdir()) == ["config.json", "model.bin"]


async def test_one_bad_part_and_there_is_no_model(site: Site, tmp_path: Path) -> None:
    site.files["config.json"] = b"{}"
    parts = (Part("config.json", sum_of(b"{}")), Part("model.bin", sum_of(b"other")))
    with pytest.raises(FetchFailed, match="is not what it must be"):
        await fetch(Offer("w", site.base, parts, "MIT"), tmp_path, quiet)
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "m/../../outside", "m\\..\\outside"])
async def test_nothing_is_written_outside(site: Site, tmp_path: Path, name: str) -> None:
    with pytest.raises(FetchFailed, match="leads out of it"):
        await fetch(packed(site, zipped(("m/a", b"a"), (name, b"b"))), tmp_path / "models", quiet)
    assert not (tmp_path / "models" / "m").exists()
    assert not (tmp_path / "outside").exists()


async def test_links_in_archives_are_refused(site: Site, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("m/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(FetchFailed, match="leads out of it"):
        await fetch(packed(site, out.getvalue()), tmp_path, quiet)


async def test_an_archive_that_is_none_or_too_large(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FetchFailed, match="could not be unpacked"):
        await fetch(packed(site, b"no zip"), tmp_path / "one", quiet)
    monkeypatch.setattr(fetching, "_LARGEST", 3)
    with pytest.raises(FetchFailed, match="larger than any model"):
        await fetch(packed(site, zipped(("m/a", b"1234"))), tmp_path / "two", quiet)


async def test_without_a_known_sum_one_must_be_given(site: Site, tmp_path: Path) -> None:
    archive = zipped(("m/a", b"a"))
    with pytest.raises(FetchFailed, match="--sha256"):
        await fetch(packed(site, archive, known=False), tmp_path, quiet)
    assert not site.asked
    target = await fetch(packed(site, archive, known=False), tmp_path, quiet, sha256=sum_of(archive).upper())
    assert target.is_dir()


async def test_a_known_sum_is_not_replaced(site: Site, tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="not replaced"):
        await fetch(packed(site, b""), tmp_path, quiet, sha256=sum_of(b""))


async def test_a_mirror(site: Site, tmp_path: Path) -> None:
    offer = packed(site, zipped(("m/a", b"a")))
    elsewhere = Offer(offer.folder, "http://127.0.0.1:9", offer.parts, "MIT", packed=True)
    assert (await fetch(elsewhere, tmp_path, quiet, base=site.base)).is_dir()


def test_what_is_offered_is_pinned_but_for_the_large_model() -> None:
    unpinned = {name for name, offer in CATALOGUE.items() if any(not part.sha256 for part in offer.parts)}
    assert unpinned == {"large"}
    assert all(len(part.sha256) in (0, 64) for offer in CATALOGUE.values() for part in offer.parts)
