"""Reads a retrieval benchmark: articles, questions, and which articles answer which question."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class BenchmarkError(Exception):
    """A benchmark file cannot be read; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class CorpusArticle:
    """One line of a corpus."""

    id: str
    law: str
    chapter: str
    number: str
    """As printed: 第八十二条."""
    text: str


@dataclass(frozen=True, slots=True)
class BenchmarkQuestion:
    """One line of a file of questions, with its answers."""

    id: str
    text: str
    answers: frozenset[str]
    """Ids of the articles that answer it; never empty."""


def read_corpus(path: Path) -> list[CorpusArticle]:
    """Articles of a JSON-lines file, plain or .gz: id, law, chapter, article_no, text. Raises BenchmarkError."""
    out = []
    for line, data in _objects(path):
        missing = [name for name in ("id", "law", "text") if name not in data]
        if missing:
            raise BenchmarkError(f"{path}:{line}: no {', '.join(missing)}; expected id, law, chapter, article_no, text")
        texts = (str(data.get(name) or "") for name in ("law", "chapter", "article_no", "text"))
        out.append(CorpusArticle(str(data["id"]), *texts))
    if not out:
        raise BenchmarkError(f"{path}: no articles")
    return out


def read_questions(queries: Path, qrels: Path) -> list[BenchmarkQuestion]:
    """Questions (JSON lines: id, text) that `qrels` (tab-separated: question, article, relevance) answers.

    A question without an answer is left out; a relevance of 0 is no answer. Raises BenchmarkError.
    """
    answers: dict[str, set[str]] = {}
    for line, text in _lines(qrels):
        cells = text.split("\t") if "\t" in text else text.split()
        if len(cells) == 4 and cells[1] in ("0", "Q0"):
            cells = [cells[0], *cells[2:]]  # the layout of TREC
        if len(cells) < 2 or (line == 1 and len(cells) > 2 and not cells[2].strip().lstrip("-").isdigit()):
            if line == 1:
                continue  # a heading
            raise BenchmarkError(f"{qrels}:{line}: expected question, article and relevance between tabs")
        if len(cells) < 3 or cells[2].strip() not in ("0", ""):
            answers.setdefault(cells[0].strip(), set()).add(cells[1].strip())
    out = []
    for line, data in _objects(queries):
        if "id" not in data or not isinstance(data.get("text"), str):
            raise BenchmarkError(f"{queries}:{line}: expected id and text")
        right = answers.get(str(data["id"]))
        if right:
            out.append(BenchmarkQuestion(str(data["id"]), data["text"], frozenset(right)))
    if not out:
        raise BenchmarkError(f"{qrels} answers no question of {queries}")
    return out


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, text in _lines(path):
        try:
            data = json.loads(text)
        except ValueError as error:
            raise BenchmarkError(f"{path}:{line}: not JSON ({error})") from error
        if not isinstance(data, dict):
            raise BenchmarkError(f"{path}:{line}: expected an object")
        yield line, data


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that are not blank, with their numbers from 1."""
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8-sig")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8-sig") as file
        ):
            for number, text in enumerate(file, 1):
                if text.strip():
                    yield number, text.rstrip("\n")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise BenchmarkError(f"{path} cannot be read ({error})") from error
