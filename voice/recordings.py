"""What was said in a call, on disk for no longer than its rules allow, readable with the service's key alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

import yaml
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_RULES = Path(__file__).with_name("recording_rules.yaml")
_SALT = 16
_MAGIC = b"FXR1"
_SECONDS = 1
Kind = Literal["call", "message", "disputed"]


class RecordingDamaged(Exception):
    """It was changed, or sealed with another key."""


@dataclass(frozen=True, slots=True)
class RecordingRules:
    """What the operator promises callers."""

    consent: Literal["notice"]
    withdrawal: Literal["delete"]
    keep_days: int
    keep_days_message: int
    keep_days_disputed: int

    @staticmethod
    def read(file: Path = _RULES) -> RecordingRules:
        """The rules in that file."""
        return RecordingRules(**yaml.safe_load(file.read_text(encoding="utf-8")))

    def days(self, kind: Kind) -> int:
        """How long that kind is kept."""
        return {"call": self.keep_days, "message": self.keep_days_message, "disputed": self.keep_days_disputed}[kind]


class Recording:
    """One being made: sealed a second at a time, so that a crash loses no more and leaves nothing open."""

    def __init__(self, file: BinaryIO, path: Path, key: bytes, name: str, rate: int) -> None:
        self._file, self._path, self._name, self._size = file, path, name, rate * 2 * _SECONDS
        self.name = path.name
        """By which it is read."""
        salt = os.urandom(_SALT)
        self._cipher = _cipher(key, salt, name)
        self._waiting, self._index = bytearray(), 0
        file.write(_MAGIC + salt + rate.to_bytes(4, "big"))

    def add(self, pcm: bytes) -> None:
        """More sound."""
        self._waiting += pcm
        while len(self._waiting) >= self._size:
            self._seal(bytes(self._waiting[: self._size]), last=False)
            del self._waiting[: self._size]

    def close(self) -> None:
        """It is complete; does nothing when it was."""
        if not self._file.closed:
            self._seal(bytes(self._waiting), last=True)
            self._waiting.clear()
            self._file.close()

    def forget(self) -> None:
        """The caller does not want it: gone."""
        self._waiting.clear()
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _seal(self, pcm: bytes, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._index, last), pcm, self._name.encode())
        self._file.write(len(sealed).to_bytes(4, "big") + sealed)
        self._file.flush()
        self._index += 1


class Recordings:
    """A folder of them. `key` is 32 bytes derived from the service's IDENTITY_KEY for this purpose alone."""

    def __init__(self, folder: Path, key: bytes, rules: RecordingRules | None = None) -> None:
        self._folder, self._key, self._rules = folder, key, rules or RecordingRules.read()

    def start(self, call: str, rate: int, kind: Kind = "call") -> Recording:
        """A new one; several of a call are numbered."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        number = len(self.of(call))
        name = f"{_plain(call)}.{number}.{kind}"
        path = self._folder / name
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        return Recording(os.fdopen(handle, "wb"), path, self._key, f"{_plain(call)}.{number}", rate)

    def of(self, call: str) -> tuple[str, ...]:
        """Names of a call's recordings."""
        return tuple(sorted(path.name for path in self._folder.glob(f"{_plain(call)}.*.*")))

    def read(self, name: str) -> Iterator[bytes]:
        """Its sound, as far as it was written. Raises RecordingDamaged, and FileNotFoundError once it is deleted."""
        data = (self._folder / name).read_bytes()
        at = len(_MAGIC) + _SALT + 4
        if not data.startswith(_MAGIC):
            raise RecordingDamaged(name)
        inner = name.rpartition(".")[0]
        cipher = _cipher(self._key, data[len(_MAGIC) : len(_MAGIC) + _SALT], inner)
        index, last = 0, False
        while not last and at + 4 <= len(data):
            end = at + 4 + int.from_bytes(data[at : at + 4], "big")
            if end > len(data):  # the machine stopped while writing it
                return
            pcm, last = _open(cipher, index, data[at + 4 : end], inner)
            yield pcm
            at, index = end, index + 1

    def rate(self, name: str) -> int:
        """Samples a second of that one."""
        with (self._folder / name).open("rb") as file:
            return int.from_bytes(file.read(len(_MAGIC) + _SALT + 4)[-4:], "big")

    def keep_as(self, name: str, kind: Kind) -> str:
        """A complaint refers to it, or no longer does; its new name."""
        new = f"{name.rpartition('.')[0]}.{kind}"
        (self._folder / name).rename(self._folder / new)
        return new

    def delete(self, call: str) -> int:
        """The caller wants them gone; how many there were."""
        names = self.of(call)
        for name in names:
            (self._folder / name).unlink(missing_ok=True)
        return len(names)

    def expire(self, now: float) -> int:
        """Delete those whose time is over; `now` in seconds since 1970; how many."""
        old = 0
        for path in self._folder.glob("*.*.*"):
            kind = path.suffix[1:]
            if kind not in ("call", "message", "disputed"):
                continue
            days = self._rules.days(kind)  # type: ignore[arg-type]
            if now - path.stat().st_mtime > days * 86400:
                path.unlink(missing_ok=True)
                old += 1
        return old


def _plain(call: str) -> str:
    return "".join(sign for sign in call if sign.isalnum() or sign in "-_")


def _cipher(key: bytes, salt: bytes, name: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, name.encode()).derive(key))


def _nonce(index: int, last: bool) -> bytes:
    """Never twice under one key: the key is of one recording, and its parts are counted. Parts cannot change places."""
    return bytes([last]) + index.to_bytes(11, "big")


def _open(cipher: AESGCM, index: int, sealed: bytes, name: str) -> tuple[bytes, bool]:
    for last in (False, True):
        try:
            return cipher.decrypt(_nonce(index, last), sealed, name.encode()), last
        except InvalidTag:
            continue
    raise RecordingDamaged(name)
