"""Compares two versions of a law article by article, also where articles were renumbered."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

import jieba

from knowledge_base.article import Article, Status
from knowledge_base.laws.store import ArticleStore
from knowledge_base.validity.amendments import squeeze

_ALIKE = 0.5
"""Share of character pairs in common from which an article under another number is held to be the same one."""
_SAME_NUMBER = 0.3
"""The same under the same number, where less will do."""
_SHORT = 1
"""Unchanged runs of this many characters between two changes are shown as changed: single words in common mislead."""


class VersionUnknown(ValueError):
    """The index does not hold this version of the law; the message names those it holds."""


class ChangeKind(StrEnum):
    """What happened to an article."""

    ADDED = "added"
    REMOVED = "removed"
    RENUMBERED = "renumbered"
    """Another number, the same words."""
    CHANGED = "changed"
    """Other words, perhaps under another number."""


class Edit(StrEnum):
    """What happened to a piece of text."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words."""

    edit: Edit
    text: str


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """One article that is not the same in both versions."""

    kind: ChangeKind
    old: Article | None
    new: Article | None
    words: tuple[Piece, ...]
    """The text with its changes marked, for kind changed; else empty."""


@dataclass(frozen=True, slots=True)
class LawDiff:
    """What changed between two versions."""

    law: str
    old_version: str
    new_version: str
    changes: tuple[ArticleChange, ...]
    """In the order of the new version, what was removed at its old place."""
    unchanged: int
    """Articles with the same number and the same words."""


def diff_versions(store: ArticleStore, law: str, old: str, new: str) -> LawDiff:
    """Compare the versions of `law` (full title) dated `old` and `new` (ISO). Raises VersionUnknown."""
    before, after = _articles(store, law, old), _articles(store, law, new)
    pairs = _pairs(before, after)
    partner = {b: a for a, b in pairs.items()}
    changes: list[tuple[tuple[int, int], ArticleChange]] = []
    unchanged = 0
    for i, article in enumerate(after):
        if i not in partner:
            changes.append(((i, 1), ArticleChange(ChangeKind.ADDED, None, article, ())))
            continue
        earlier = before[partner[i]]
        if squeeze(earlier.text) != squeeze(article.text):
            words = tuple(diff_words(earlier.text, article.text))
            changes.append(((i, 1), ArticleChange(ChangeKind.CHANGED, earlier, article, words)))
        elif earlier.key != article.key:
            changes.append(((i, 1), ArticleChange(ChangeKind.RENUMBERED, earlier, article, ())))
        else:
            unchanged += 1
    at = -1
    for j, article in enumerate(before):
        if j in pairs:
            at = pairs[j]
        else:
            changes.append(((at + 1, 0), ArticleChange(ChangeKind.REMOVED, article, None, ())))
    changes.sort(key=lambda item: item[0])
    return LawDiff(law, old, new, tuple(change for _, change in changes), unchanged)


def diff_words(old: str, new: str) -> list[Piece]:
    """What was deleted from `old` and inserted to make `new`, word by word."""
    a, b = _cut(old), _cut(new)
    pieces: list[Piece] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        kept = "".join(a[i:j])
        inside = i > 0 and j < len(a)
        if tag == "equal" and not (inside and len(kept) <= _SHORT and kept.isalpha()):
            pieces.append(Piece(Edit.KEPT, kept))
            continue
        for edit, text in ((Edit.DELETED, kept), (Edit.INSERTED, "".join(b[k:m]))):
            if text:
                pieces.append(Piece(edit, text))
    return _merged(pieces)


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Neighbouring changes as one deletion and one insertion."""
    out: list[Piece] = []
    gone, come = "", ""
    for piece in [*pieces, Piece(Edit.KEPT, "")]:
        if piece.edit is Edit.DELETED:
            gone += piece.text
        elif piece.edit is Edit.INSERTED:
            come += piece.text
        else:
            out += [
                Piece(e, t) for e, t in ((Edit.DELETED, gone), (Edit.INSERTED, come), (piece.edit, piece.text)) if t
            ]
            gone, come = "", ""
    return out


@lru_cache(maxsize=1)
def _tokenizer() -> jieba.Tokenizer:
    return jieba.Tokenizer()


def _cut(text: str) -> list[str]:
    return list(_tokenizer().cut(text, HMM=False))


def _articles(store: ArticleStore, law: str, version: str) -> list[Article]:
    """The law as it stood when `version` took effect: a source may give only the articles that an amendment changed."""
    known = store.law_versions(law)
    if version not in known:
        held = "、".join(known) if known else "none"
        raise VersionUnknown(f"the index holds no version {version} of {law}; it holds: {held}")
    on = max(a.effective for a in store.articles(law, version, date.max) if a.effective is not None)
    whole: dict[str, Article] = {}
    for each in known:
        for article in store.articles(law, each, on):
            name = article.key or article.id
            if each == version or (article.status is Status.IN_FORCE and name not in whole):
                whole[name] = article
    return sorted(whole.values(), key=_place)


def _place(article: Article) -> tuple[int, int, str]:
    main, _, sub = article.key.partition("-")
    return (int(main), int(sub or 0), "") if main.isdigit() else (0, 0, article.id)


def _pairs(before: Sequence[Article], after: Sequence[Article]) -> dict[int, int]:
    """For each article that went on living: its place before and after."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()

    def pair(i: int, j: int) -> None:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)

    for score, _, i, j in sorted(_likeness(before, after), key=lambda item: (-item[0], item[1])):
        if score >= (_SAME_NUMBER if before[i].key == after[j].key else _ALIKE):
            pair(i, j)
    return pairs


def _likeness(before: Sequence[Article], after: Sequence[Article]) -> list[tuple[float, int, int, int]]:
    """(score from 0 to 1, distance in order, place before, place after) of every two that share anything."""
    first, second = ([_grams(a.text) for a in side] for side in (before, after))
    where: dict[str, list[int]] = defaultdict(list)
    for j, grams in enumerate(second):
        for gram in grams:
            where[gram].append(j)
    out = []
    for i, grams in enumerate(first):
        shared: Counter[int] = Counter()
        for gram in grams:
            shared.update(where.get(gram, ()))
        for j, count in shared.items():
            score = 2 * count / (len(grams) + len(second[j]))
            if score >= _SAME_NUMBER:
                out.append((score, abs(i - j), i, j))
    return out


def _grams(text: str) -> set[str]:
    plain = squeeze(text)
    return {plain[i : i + 2] for i in range(max(1, len(plain) - 1))}
