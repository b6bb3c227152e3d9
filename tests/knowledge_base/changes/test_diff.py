"""Two versions of a law, article by article."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.changes.diff import ChangeKind, Edit, VersionUnknown, diff_versions, diff_words
from knowledge_base.laws.embedded import EmbeddedSearcher

TODAY = date(2026, 11, 23)
P = "中华人民共和国"


def test_an_amendment_that_gives_only_what_it_changed(searcher: EmbeddedSearcher) -> None:
    found = diff_versions(searcher.local.store, P + "刑法", "2020-12-26", "2023-12-29")
    assert {c.kind for c in found.changes} == {ChangeKind.CHANGED}
    assert [c.new.key for c in found.changes if c.new] == ["165", "166", "169", "387", "390", "391", "393"]
    assert found.unchanged == 505 - 7


def test_a_revision_that_renumbers(searcher: EmbeddedSearcher) -> None:
    found = diff_versions(searcher.local.store, P + "仲裁法", "2017-09-01", "2025-09-12")
    kinds = Counter(c.kind for c in found.changes)
    assert kinds[ChangeKind.ADDED] - kinds[ChangeKind.REMOVED] == 96 - 80
    assert kinds[ChangeKind.RENUMBERED] > 5
    moved = {(c.old.key, c.new.key) for c in found.changes if c.old and c.new}
    assert ("80", "96") in moved
    for change in found.changes:
        assert (change.old is None) == (change.kind is ChangeKind.ADDED)
        assert (change.new is None) == (change.kind is ChangeKind.REMOVED)
    last = found.changes[-1]
    assert [p.edit for p in last.words if "年" in p.text or p.edit is not Edit.KEPT]
    assert found.changes[-1].new is not None
    assert found.changes[-1].new.text == "".join(p.text for p in last.words if p.edit is not Edit.DELETED)


@pytest.mark.parametrize(
    "law", ["农业法", "商标法", "国防动员法", "宪法", "对外贸易法", "注册会计师法", "渔业法", "监狱法"]
)
def test_every_law_in_two_versions_adds_up(searcher: EmbeddedSearcher, law: str) -> None:
    store = searcher.local.store
    old, new = store.law_versions(P + law)
    found = diff_versions(store, P + law, old, new)
    before = [c.old.id for c in found.changes if c.old]
    after = [c.new.id for c in found.changes if c.new]
    assert len(set(before)) == len(before)
    assert len(set(after)) == len(after)
    sides = [
        len({a.key or a.id for a in searcher.local.store.articles(P + law, v, searcher._clock())}) for v in (old, new)
    ]
    assert [len(before) + found.unchanged, len(after) + found.unchanged] == sides
    assert diff_versions(store, P + law, new, new).changes == ()


def test_an_unknown_version_is_told_with_those_held(searcher: EmbeddedSearcher) -> None:
    with pytest.raises(VersionUnknown, match="2023-12-29"):
        diff_versions(searcher.local.store, P + "公司法", "2018-10-26", "2023-12-29")


def test_words_not_letters() -> None:
    pieces = diff_words("为保证公正、及时地仲裁经济纠纷", "为了保证公正、及时仲裁经济纠纷")
    assert [(p.edit, p.text) for p in pieces if p.edit is not Edit.KEPT] == [
        (Edit.DELETED, "为"),
        (Edit.INSERTED, "为了"),
        (Edit.DELETED, "地"),
    ]


sentences = st.text(alphabet="第一条当事人应当按照约定履行义务，合同无效。\n", max_size=60)


@given(sentences, sentences)
def test_a_diff_holds_both_texts(old: str, new: str) -> None:
    pieces = diff_words(old, new)
    assert "".join(p.text for p in pieces if p.edit is not Edit.INSERTED) == old
    assert "".join(p.text for p in pieces if p.edit is not Edit.DELETED) == new
    assert all(p.text for p in pieces)
