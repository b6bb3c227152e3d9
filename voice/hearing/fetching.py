"""A model into the folder of models: fetched, proven, unpacked, and there at once or not at all."""

from __future__ import annotations

import asyncio
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from voice.hearing.catalogue import Offer
from voice.hearing.download import FetchFailed, Progress, download

_LARGEST = 8 << 30
"""Bytes that an archive may have when unpacked."""


async def fetch(
    offer: Offer,
    folder: Path,
    progress: Callable[[str], Progress],
    base: str = "",
    sha256: str = "",
) -> Path:
    """Where the model lies then. `base` is another address for its parts, `sha256` the sum of the one that has none.

    Raises FetchFailed.
    """
    target = folder / offer.folder
    if target.exists():
        raise FetchFailed(f"{target} is there already; remove it first to fetch it anew")
    unknown = [part.name for part in offer.parts if not part.sha256]
    if unknown and not sha256:
        raise FetchFailed(
            f"{unknown[0]} has no known checksum. Get it from where you trust, check its SHA-256 there, and give it "
            "with --sha256"
        )
    if sha256 and not unknown:
        raise FetchFailed("its checksum is known and is not replaced by --sha256")
    work = folder / f".{offer.folder}.fetching"
    try:
        work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FetchFailed(
            f"{folder} cannot be written: {error.strerror}; set VOICE_MODELS to a folder that can"
        ) from error
    for part in offer.parts:
        if not (work / part.name).exists():
            url = f"{(base or offer.base).rstrip('/')}/{part.name}"
            await download(url, work / part.name, part.sha256 or sha256.lower(), progress(part.name))
    try:
        if offer.packed:
            await asyncio.to_thread(_unpack, work / offer.parts[0].name, work / "unpacked")
            (work / "unpacked" / offer.folder).replace(target)
            shutil.rmtree(work)
        else:
            work.replace(target)
    except (OSError, zipfile.BadZipFile) as error:
        raise FetchFailed(f"it could not be unpacked: {getattr(error, 'strerror', None) or error}") from error
    return target


def _unpack(archive: Path, into: Path) -> None:
    """All of it, and nothing outside of `into`."""
    shutil.rmtree(into, ignore_errors=True)
    with zipfile.ZipFile(archive) as packed:
        for entry in packed.infolist():
            way = PurePosixPath(entry.filename)
            link = entry.external_attr >> 16 & 0o170000 == 0o120000
            if way.is_absolute() or ".." in way.parts or "\\" in entry.filename or link:
                raise zipfile.BadZipFile(f"the archive has an entry that leads out of it: {entry.filename!r}")
        if sum(entry.file_size for entry in packed.infolist()) > _LARGEST:
            raise zipfile.BadZipFile("the archive is larger than any model")
        packed.extractall(into)
