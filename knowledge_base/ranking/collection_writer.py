"""Writes the ranking's files of a collection: postings of every field, vectors, groups and columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from knowledge_base.index.asked import short_title, text_mark
from knowledge_base.ranking.collection import COLUMNS
from knowledge_base.ranking.postings import mark, write_postings
from knowledge_base.ranking.rank_text import RankText
from knowledge_base.ranking.vectors import WordVectors, han, terms
from knowledge_base.text.analysis import Analyzer, bigrams, normalise

_INTERPRETATION, _REGULATION, _RULE, _STATUTE, _OTHER = range(5)


def article_mark(law: str, text: str) -> int:
    """64 bits that stand for an article by its law and wording, whatever its number and version."""
    return mark(f"{short_title(law)} {text_mark(text)}")


def write_collection(
    folder: Path, texts: Iterable[RankText], analyzer: Analyzer, vectors: WordVectors, progress: bool = False
) -> None:
    """Write the files to a new `folder`. Raises OSError when it cannot be written."""
    ordered = sorted(texts, key=lambda t: (short_title(t.law), t.version, _number(t.key), t.row))
    folder.mkdir(parents=True)
    law = _runs([(short_title(t.law), t.version) for t in ordered])
    chapter = _runs([(n, t.chapter) for n, t in zip(law, ordered, strict=True)])
    said = [(i, normalise(q)) for i, t in enumerate(ordered) for q in t.questions if q.strip()]
    asked, asked_fields, asked_vectors = _questions(said, analyzer, vectors)
    fields = _article_fields(ordered, law, chapter)
    for name, cut in tqdm(fields.items(), desc="建立排序索引", disable=None if progress else True):
        write_postings(folder / name, cut)
    for name, cut in asked_fields.items():
        write_postings(folder / f"question_{name}", cut)
        write_postings(folder / f"asked_{name}", _joined(asked, cut, len(ordered)), sparse=True)
    np.save(folder / "question_vectors.npy", asked_vectors)
    read = tqdm(ordered, desc="条文向量", unit="条", disable=None if progress else True, mininterval=0.5)
    np.save(folder / "vectors.npy", _stack([_vector(t, vectors) for t in read], vectors))
    levels, titles = _numbered(t.level for t in ordered), _numbered(t.law for t in ordered)
    starts = np.searchsorted(law, law)
    columns = (
        [t.row for t in ordered], law, chapter, [t.effective for t in ordered], [t.ended for t in ordered],
        [levels[t.level] for t in ordered], [titles[t.law] for t in ordered],
        np.arange(len(ordered)) - starts, [_kind(short_title(t.law)) for t in ordered],
        np.array([article_mark(t.law, t.text) for t in ordered], np.uint64), [len(t.text) for t in ordered], asked,
    )  # fmt: skip
    np.savez(folder / "columns.npz", **{name: np.asarray(c) for name, c in zip(COLUMNS, columns, strict=True)})
    heads = [short_title(ordered[i].law) for i in np.unique(starts)]
    names = {"laws": heads, "levels": list(levels), "titles": list(titles)}
    (folder / "names.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")


def _article_fields(
    ordered: Sequence[RankText], law: NDArray[np.int64], chapter: NDArray[np.int64]
) -> dict[str, list[list[str]]]:
    """Every field that is made of the articles themselves: theirs, their laws', their chapters'."""
    texts = [[normalise(part) for part in (short_title(t.law), t.chapter, t.text)] for t in ordered]
    grams = [[g for part in parts for g in bigrams(part)] for parts in texts]
    firsts = [ordered[i] for i in np.unique(law, return_index=True)[1]]
    return {
        "words": [f"{t.title_words} {t.chapter_words} {t.body_words}".split() for t in ordered],
        "grams": grams,
        "characters": [[c for part in parts for c in han(part)] for parts in texts],
        "title_words": [t.title_words.split() for t in firsts],
        "title_grams": [bigrams(normalise(short_title(t.law))) for t in firsts],
        "law_words": _joined(law, [t.body_words.split() for t in ordered]),
        "law_grams": _joined(law, grams),
        "chapter_words": _joined(chapter, [f"{t.chapter_words} {t.body_words}".split() for t in ordered]),
        "chapter_grams": _joined(chapter, grams),
    }


def _questions(
    said: Sequence[tuple[int, str]], analyzer: Analyzer, vectors: WordVectors
) -> tuple[NDArray[np.int64], dict[str, list[list[str]]], NDArray[np.float32]]:
    """For every question: its article, its words and pairs, its vector."""
    words, grams = [analyzer.words(q) for _, q in said], [bigrams(q) for _, q in said]
    made = [vectors.of(terms(w, g, han(q))) for (_, q), w, g in zip(said, words, grams, strict=True)]
    return np.array([i for i, _ in said], np.int64), {"words": words, "grams": grams}, _stack(made, vectors)


def _vector(text: RankText, vectors: WordVectors) -> NDArray[np.float32]:
    words = f"{text.title_words} {text.chapter_words} {text.body_words}".split()
    parts = [normalise(part) for part in (short_title(text.law), text.chapter, text.text)]
    return vectors.of(terms(words, (g for p in parts for g in bigrams(p)), (c for p in parts for c in han(p))))


def _stack(made: Sequence[NDArray[np.float32]], vectors: WordVectors) -> NDArray[np.float32]:
    return np.array(made, np.float32).reshape(-1, vectors.size)


def _runs(keys: Sequence[object]) -> NDArray[np.int64]:
    """Numbers from 0 for runs of equal keys; a key that comes again later starts another run."""
    changed = [i > 0 and key != keys[i - 1] for i, key in enumerate(keys)]
    return np.cumsum(changed, dtype=np.int64)


def _joined(groups: NDArray[np.int64], cut: Sequence[Sequence[str]], size: int | None = None) -> list[list[str]]:
    """The words of every group's members together; `size` groups where some may have no member."""
    out: list[list[str]] = [[] for _ in range(size if size is not None else int(groups[-1]) + 1 if len(groups) else 0)]
    for group, words in zip(groups, cut, strict=True):
        out[int(group)] += words
    return out


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: i for i, name in enumerate(dict.fromkeys(names))}


def _number(key: str) -> tuple[int, int]:
    """For printed order; articles without a number come first."""
    main, _, inserted = key.partition("-")
    return (int(main), int(inserted or 0)) if main.isdigit() and (inserted or "0").isdigit() else (-1, 0)


def _kind(title: str) -> int:
    """What a title says of the rank of a law."""
    if "解释" in title or "最高人民" in title:
        return _INTERPRETATION
    if "条例" in title:
        return _REGULATION
    if any(word in title for word in ("办法", "规定", "细则", "规则")):
        return _RULE
    return _STATUTE if title.endswith(("法", "法典")) else _OTHER
