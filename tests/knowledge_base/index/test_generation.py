"""Generations of an index folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.index.generation import current, new_generation


def write(folder: Path, text: str) -> None:
    with new_generation(folder) as work:
        (work / "file").write_text(text, encoding="utf-8")


def fail_half_way(folder: Path) -> None:
    with new_generation(folder) as work:
        (work / "file").write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")


def test_each_generation_replaces_the_one_before_and_two_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    for text in ("one", "two", "three"):
        write(folder, text)
        assert (current(folder) / "file").read_text(encoding="utf-8") == text
    assert sorted(p.name for p in folder.iterdir()) == ["000002", "000003", "current"]


def test_an_open_file_outlives_its_generation(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    write(folder, "one")
    with (current(folder) / "file").open(encoding="utf-8") as held:
        for text in ("two", "three", "four"):
            write(folder, text)
        assert held.read() == "one"


def test_a_failure_changes_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    write(folder, "one")
    with pytest.raises(OSError, match="No space left"):
        fail_half_way(folder)
    assert (current(folder) / "file").read_text(encoding="utf-8") == "one"
    assert sorted(p.name for p in folder.iterdir()) == ["000001", "current"]


def test_a_folder_without_generations_is_one(tmp_path: Path) -> None:
    assert current(tmp_path) == tmp_path
    assert current(tmp_path / "none") == tmp_path / "none"
