"""The table of asked articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.analysis import LexiconError
from knowledge_base.asked import read_asked


def test_entries_are_read_by_law_and_number(tmp_path: Path) -> None:
    path = tmp_path / "asked.yaml"
    path.write_text("刑法 291-2: 高空抛物\n民法典 1254: 楼上 扔东西\n", encoding="utf-8")
    assert read_asked(path) == {("刑法", "291-2"): "高空抛物", ("民法典", "1254"): "楼上 扔东西"}


@pytest.mark.parametrize("content", ["a: [", "[]", "民法典: 词", "民法典 1: ''", "民法典 1: [词]", ""])
def test_a_malformed_table_names_the_file(tmp_path: Path, content: str) -> None:
    path = tmp_path / "asked.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"asked\.yaml"):
        read_asked(path)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"none\.yaml"):
        read_asked(tmp_path / "none.yaml")
