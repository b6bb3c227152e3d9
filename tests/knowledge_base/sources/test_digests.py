"""The repository's own digests of guiding cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.areas import AREAS
from knowledge_base.citations.default_names import default_names
from knowledge_base.record import SourceError
from knowledge_base.sources.digests import FOLDER, DigestImporter, read_digest

ENTRY = {
    "id": "spc-9999",
    "court": "最高人民法院",
    "number": 9999,
    "title": "拖欠工资可以辞职并要补偿",
    "area": "劳动争议",
    "keywords": ["拖欠工资"],
    "facts": "甲六个月没有领到工资。",
    "holding": "可以解除合同并要补偿。",
    "outcome": "判公司支付。",
    "articles": ["劳动合同法 38", "刑法 276之一"],
    "checked": "2026-11-23",
}


def test_an_entry_becomes_a_document() -> None:
    document = read_digest(ENTRY, default_names())
    assert document.id == "spc-9999"
    assert document.citations == (
        "《中华人民共和国劳动合同法》第三十八条",
        "《中华人民共和国刑法》第二百七十六条之一",
    )
    assert document.fields["编号"] == "指导性案例9999号"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"court": "某法院"}, "does not fit"),
        ({"number": 3}, "does not fit"),
        ({"area": "劳动"}, "area 劳动"),
        ({"facts": ""}, "missing: facts"),
        ({"comment": "x"}, "unknown: comment"),
        ({"articles": ["民法典第一条"]}, "article '民法典第一条'"),
        ({"keywords": "工资"}, "keywords must be a list"),
        ({"checked": "昨天"}, "no day"),
        ({"title": 3}, "title must be text"),
    ],
)
def test_a_wrong_entry_says_what_is_wrong(change: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_digest({**ENTRY, **change}, default_names())


def test_a_wrong_file_is_rejected_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- id: spc-1\n  court: 最高人民法院\n- just text\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("a: [", encoding="utf-8")
    (tmp_path / "c.yaml").write_bytes("- 甲".encode("gb18030"))
    importer = DigestImporter()
    rejected = [r for unit in importer.units(tmp_path) for r in importer.read(unit).rejected]
    assert [(r.file, r.line) for r in rejected] == [("a.yaml", 1), ("a.yaml", 3), ("b.yaml", 0), ("c.yaml", 0)]
    with pytest.raises(SourceError, match="no digests"):
        list(importer.units(tmp_path / "none"))


def test_what_the_repository_ships_is_whole() -> None:
    importer = DigestImporter()
    batches = [importer.read(unit) for unit in importer.units(FOLDER)]
    assert [r for b in batches for r in b.rejected] == []
    documents = [d for b in batches for d in b.documents]
    assert len(documents) >= 120
    assert len({d.id for d in documents}) == len(documents)
    assert {d.area for d in documents} <= set(AREAS)
    assert all(d.citations and d.gist and d.text for d in documents)
