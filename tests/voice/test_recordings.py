"""Recordings: sealed, complete, forgotten when they must be."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice.recordings import RecordingDamaged, Recordings

KEY = bytes(range(32))
SOUND = bytes(range(250)) * 200


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    return Recordings(tmp_path, KEY)


def made(recordings: Recordings, call: str = "c1") -> str:
    recording = recordings.start(call, 8000)
    for at in range(0, len(SOUND), 320):
        recording.add(SOUND[at : at + 320])
    recording.close()
    return recordings.of(call)[-1]


def test_what_was_said_comes_back(recordings: Recordings, tmp_path: Path) -> None:
    name = made(recordings)
    assert b"".join(recordings.read(name)) == SOUND
    assert recordings.rate(name) == 8000
    assert SOUND[:64] not in (tmp_path / name).read_bytes()
    assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_another_key_reads_nothing(recordings: Recordings, tmp_path: Path) -> None:
    name = made(recordings)
    with pytest.raises(RecordingDamaged):
        list(Recordings(tmp_path, bytes(32)).read(name))


def test_a_changed_byte_is_noticed(recordings: Recordings, tmp_path: Path) -> None:
    name = made(recordings)
    data = bytearray((tmp_path / name).read_bytes())
    data[100] ^= 1
    (tmp_path / name).write_bytes(data)
    with pytest.raises(RecordingDamaged):
        list(recordings.read(name))


def test_a_crash_leaves_the_whole_seconds(recordings: Recordings) -> None:
    recording = recordings.start("c2", 8000)
    recording.add(SOUND)
    assert b"".join(recordings.read(recordings.of("c2")[0])) == SOUND[: len(SOUND) // 16000 * 16000]


def test_who_does_not_want_it_has_it_deleted(recordings: Recordings) -> None:
    recording = recordings.start("c3", 8000)
    recording.add(SOUND)
    recording.forget()
    assert not recordings.of("c3")
    made(recordings, "c4")
    assert recordings.delete("c4") == 1
    assert not recordings.of("c4")


def test_time_runs_out_by_kind(recordings: Recordings, tmp_path: Path) -> None:
    made(recordings, "old")
    disputed = recordings.keep_as(made(recordings, "disputed"), "disputed")
    written = (tmp_path / disputed).stat().st_mtime
    assert recordings.expire(written + 89 * 86400) == 0
    assert recordings.expire(written + 91 * 86400) == 1
    assert b"".join(recordings.read(disputed)) == SOUND
