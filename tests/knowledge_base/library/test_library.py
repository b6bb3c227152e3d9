"""The library: imports are incremental, resumable and all or nothing."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.document import Document, Kind
from knowledge_base.library.library import Library
from knowledge_base.record import SourceArticle, SourceError, SourceLaw
from knowledge_base.sources.importer import Batch, Rejection, Unit

TODAY = date(2026, 11, 23)
LAW = SourceLaw(
    id="t-1", name="中华人民共和国甲法", kind="法律", level="法律", issuer="全国人大", department="", region="110000",
    published=date(2020, 1, 1), effective=None, version=date(2020, 1, 1), label="", source="texts", checksum="ab",
    articles=(SourceArticle(1, "第一条", "第一章", "", "文"),), amended=(date(2019, 1, 1),),
)  # fmt: skip
CASE = Document(
    "c-1", Kind.GUIDING_CASE, "案", "事实", keywords=("欠薪",), published=date(2020, 1, 1), fields={"案号": "一"}
)


class Texts:
    """Imports a folder of text files: each is a law and a case; one that says 坏 is rejected, 断 breaks the import."""

    name, version, licence = "texts", 1, "ours"

    def __init__(self) -> None:
        self.read_keys: list[str] = []

    def units(self, path: Path) -> Iterator[Unit]:
        if not path.is_dir():
            raise SourceError(f"{path} is no folder")
        for file in sorted(path.iterdir()):
            yield Unit(file.name, hashlib.sha256(file.read_bytes()).hexdigest(), file)

    def read(self, unit: Unit) -> Batch:
        text = unit.path.read_text(encoding="utf-8")
        self.read_keys.append(unit.key)
        if text == "断":
            raise OSError(28, "No space left on device")
        if text == "坏":
            return Batch(rejected=(Rejection(unit.key, 1, "no law"),))
        return Batch((replace(LAW, id=unit.key, name=text),), (replace(CASE, id=unit.key, title=text),))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    for name, text in (("a", "甲法"), ("b", "乙法"), ("c", "坏")):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library.db")
    yield library
    library.close()


def names(library: Library) -> list[str]:
    assert [law.name for law in library.laws()] == [document.title for document in library.documents()]
    return [law.name for law in library.laws()]


def test_records_come_back_as_they_went_in() -> None:
    assert SourceLaw.from_json(LAW.to_json()) == LAW
    assert Document.from_json(CASE.to_json()) == CASE


def test_only_what_changed_is_read_again(source: Path, library: Library) -> None:
    texts = Texts()
    first = library.take(texts, source, TODAY)
    assert (first.units, first.read, first.laws, first.documents) == (3, 3, 2, 2)
    assert first.rejected == (Rejection("c", 1, "no law"),)
    before = library.checksum()
    again = library.take(texts, source, TODAY)
    assert (again.read, library.checksum()) == (0, before)
    (source / "b").write_text("丙法", encoding="utf-8")
    (source / "a").unlink()
    third = library.take(texts, source, TODAY)
    assert (third.read, names(library)) == (1, ["丙法"])
    assert texts.read_keys == ["a", "b", "c", "b"]
    assert library.checksum() != before
    assert library.sources() == [("texts", "ours", "2026-11-23")]


def test_a_failed_import_changes_nothing_and_goes_on_where_it_stopped(source: Path, library: Library) -> None:
    library.take(Texts(), source, TODAY)
    before = library.checksum()
    (source / "a").write_text("丁法", encoding="utf-8")
    (source / "b").write_text("断", encoding="utf-8")
    with pytest.raises(SourceError, match="No space left.*nothing was changed"):
        library.take(Texts(), source, TODAY)
    assert (names(library), library.checksum()) == (["甲法", "乙法"], before)
    (source / "b").write_text("戊法", encoding="utf-8")
    texts = Texts()
    library.take(texts, source, TODAY)
    assert (texts.read_keys, names(library)) == (["b"], ["丁法", "戊法"])


def test_what_a_broken_off_import_left_does_not_win_over_what_the_source_says_now(
    source: Path, library: Library
) -> None:
    library.take(Texts(), source, TODAY)
    (source / "a").write_text("丁法", encoding="utf-8")
    (source / "b").write_text("断", encoding="utf-8")
    with pytest.raises(SourceError):
        library.take(Texts(), source, TODAY)
    (source / "a").write_text("甲法", encoding="utf-8")
    (source / "b").write_text("乙法", encoding="utf-8")
    library.take(Texts(), source, TODAY)
    assert names(library) == ["甲法", "乙法"]


def test_a_source_can_be_taken_back(source: Path, library: Library) -> None:
    library.take(Texts(), source, TODAY)
    assert library.forget("texts")
    assert (names(library), library.sources(), library.checksum()) == ([], [], "")
    assert not library.forget("texts")


def test_a_missing_source_and_a_damaged_library_are_named(tmp_path: Path, library: Library) -> None:
    with pytest.raises(SourceError, match="is no folder"):
        library.take(Texts(), tmp_path / "none", TODAY)
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a database" * 100)
    with pytest.raises(SourceError, match=r"broken\.db cannot be opened"):
        Library(broken)


def test_a_full_disk_changes_nothing(source: Path, tmp_path: Path) -> None:
    library = Library(tmp_path / "library.db")
    library.take(Texts(), source, TODAY)
    library.close()
    pages = sqlite3.connect(tmp_path / "library.db").execute("PRAGMA page_count").fetchone()[0]
    library = Library(tmp_path / "library.db", max_pages=pages + 2)
    for i in range(200):
        (source / f"d{i:03d}").write_text("长" * 500 + str(i), encoding="utf-8")
    with pytest.raises(SourceError, match="full"):
        library.take(Texts(), source, TODAY)
    assert names(library) == ["甲法", "乙法"]
    library.close()
