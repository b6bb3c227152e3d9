"""Measures the index of documents as it grows, embedded and in a cluster: size, build rate, search, memory."""

from __future__ import annotations

import asyncio
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from json import dumps, loads
from pathlib import Path

from knowledge_base.documents.embedded import EmbeddedDocuments
from knowledge_base.documents.searcher import DocumentFilters
from knowledge_base.documents.synthetic import synthetic_cases
from knowledge_base.documents.write import FOLDER, write_documents
from knowledge_base.text.analysis import TERMS, Analyzer, read_terms

_ON = date(2026, 11, 23)
_ALIAS = "faxian-documents-bench"
_TIMEOUT = 60.0
_WARM_UP = 100
"""Searches before those that count, with either engine: a node compiles what it runs often."""
_ASKED = (
    "{}怎么办",
    "对方{}，能要求{}吗",
    "{}和{}有什么规定",
    "因为{}被起诉了，{}怎么算",
    "我遇到{}的问题，还有{}，该找谁",
)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """Figures for one size and one engine."""

    engine: str
    """embedded or elasticsearch."""
    documents: int
    bytes: int
    """Of all files of the index; for the cluster of its own, which come on top of the local ones."""
    build_s: float
    """Of writing it; for the cluster from the local index."""
    documents_per_s: float
    build_peak_mb: float
    """Peak resident memory of the process that wrote, without its workers."""
    open_s: float
    """Of opening the files and a first search."""
    search_p50_ms: float
    search_p95_ms: float
    search_mb: float
    """Resident memory of the process that searched, with what it has mapped of the index."""
    search_own_mb: float
    """The same without mapped files."""
    node_mb: float = 0.0
    """Resident memory of the cluster's node after the searches, with what it has mapped; 0 for the embedded engine."""
    node_own_mb: float = 0.0


def bench_documents(
    sizes: Iterable[int],
    lexicon: Path,
    queries: int = 200,
    workers: int = 1,
    folder: Path | None = None,
    url: str = "",
    node: int = 0,
) -> Iterator[DocumentRow]:
    """A row for each size, and a second one for the cluster at `url` where one is given; `node` is its process.

    Writing and searching run in processes of their own, so that memory is each one's. The indices are written below
    `folder` (a temporary place when None) and removed. Raises OSError when a process fails; its last words are in the
    message.
    """
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="faxian-documents-", dir=folder) as work:
            built = _alone("build", work, lexicon, size, workers)
            yield _row("embedded", size, built, _alone("search", work, lexicon, queries))
            if url:
                built = _alone("import", work, lexicon, url, workers)
                searched = _alone("ask", work, lexicon, url, queries)
                searched |= dict(zip(("node_mb", "node_own_mb"), resident_mb(node), strict=True))
                _alone("delete", work, lexicon, url, 0)
                yield _row("elasticsearch", size, built, searched)


def questions(terms: Sequence[str], count: int) -> list[str]:
    """Questions with legal terms in them; the same every time."""
    draw = random.Random(1)
    return [_ASKED[n % len(_ASKED)].format(draw.choice(terms), draw.choice(terms)) for n in range(count)]


def resident_mb(process: int | str = "self") -> tuple[float, float]:
    """Resident memory of a process in MB, with and without mapped files, as Linux counts it; 0 elsewhere."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0, 0.0
    return _status_mb(status, "VmRSS"), _status_mb(status, "RssAnon")


def _row(engine: str, size: int, built: Mapping[str, float], searched: Mapping[str, float]) -> DocumentRow:
    figures = {**built, **searched}
    rate = round(size / max(figures["build_s"], 0.001), 1)
    return DocumentRow(engine, size, int(figures.pop("bytes")), documents_per_s=rate, **figures)


def _alone(task: str, work: str, lexicon: Path, *rest: str | int) -> dict[str, float]:
    """Run one task in a fresh interpreter."""
    command = [sys.executable, "-m", "knowledge_base.measuring.documents", task, work, str(lexicon), *map(str, rest)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"measuring the documents failed ({task}): {done.stderr.strip()[-400:]}")
    figures: dict[str, float] = loads(done.stdout.splitlines()[-1])
    return figures


def _build(work: Path, lexicon: Path, size: str, workers: str) -> dict[str, float]:
    analyzer = Analyzer.from_lexicon(lexicon)
    documents = synthetic_cases(int(size), read_terms(lexicon / TERMS))
    started = time.perf_counter()
    write_documents(work / FOLDER, documents, analyzer, workers=int(workers))
    took = time.perf_counter() - started
    written = sum(file.stat().st_size for file in work.rglob("*") if file.is_file())
    return {"bytes": written, "build_s": round(took, 2), "build_peak_mb": _peak_mb()}


def _search(work: Path, lexicon: Path, queries: str) -> dict[str, float]:
    return asyncio.run(_asked(EmbeddedDocuments(work, lambda: _ON), lexicon, int(queries)))


def _ask(work: Path, lexicon: Path, url: str, queries: str) -> dict[str, float]:
    from knowledge_base.elastic.documents import ElasticDocuments

    async def ask() -> dict[str, float]:
        searcher = ElasticDocuments(work, lambda: _ON, url, alias=_ALIAS, timeout=_TIMEOUT)
        try:
            return await _asked(searcher, lexicon, int(queries))
        finally:
            await searcher.aclose()

    return asyncio.run(ask())


def _import(work: Path, _: Path, url: str, workers: str) -> dict[str, float]:
    from knowledge_base.elastic.connection import connect
    from knowledge_base.elastic.document_index import import_documents

    async def bring() -> dict[str, float]:
        started = time.perf_counter()
        done = await import_documents(work, url, alias=_ALIAS, workers=int(workers))
        took = time.perf_counter() - started
        client = connect(url, _TIMEOUT)
        stats = await client.indices.stats(index=done.index, metric="store")
        await client.close()
        size = stats["_all"]["primaries"]["store"]["size_in_bytes"]
        return {"bytes": size, "build_s": round(took, 2), "build_peak_mb": _peak_mb()}

    return asyncio.run(bring())


def _delete(_: Path, __: Path, url: str, ___: str) -> dict[str, float]:
    from knowledge_base.elastic.connection import connect

    async def delete() -> dict[str, float]:
        client = connect(url, _TIMEOUT)
        await client.indices.delete(index=list(await client.indices.get(index=f"{_ALIAS}-*")))
        await client.close()
        return {}

    return asyncio.run(delete())


async def _asked(searcher: EmbeddedDocuments, lexicon: Path, queries: int) -> dict[str, float]:
    """Seconds to open, milliseconds of each search."""
    asked = questions(read_terms(lexicon / TERMS), queries)
    took = []
    warm_up = asked[:_WARM_UP]
    for question in [asked[-1], *warm_up, *asked]:
        started = time.perf_counter()
        await searcher.find(question, DocumentFilters(), 10)
        took.append((time.perf_counter() - started) * 1000)
    opened, searches = took[0], took[1 + len(warm_up) :]
    mapped, own = resident_mb()
    return {
        "open_s": round(opened / 1000, 3),
        "search_p50_ms": round(statistics.median(searches), 2),
        "search_p95_ms": round(statistics.quantiles(searches, n=20)[18], 2),
        "search_mb": mapped,
        "search_own_mb": own,
    }


def _peak_mb() -> float:
    """Peak resident memory of this process, in MB, as Linux counts it; 0 elsewhere."""
    try:
        return _status_mb(Path("/proc/self/status").read_text(encoding="ascii"), "VmHWM")
    except OSError:
        return 0.0


def _status_mb(status: str, name: str) -> float:
    line = next((x for x in status.splitlines() if x.startswith(name)), f"{name}: 0 kB")
    return round(int(line.split()[1]) / 1024, 1)


_TASKS: dict[str, Callable[..., dict[str, float]]] = {
    "build": _build,
    "search": _search,
    "import": _import,
    "ask": _ask,
    "delete": _delete,
}


def main(arguments: list[str]) -> None:
    """A task, the folder to work in, the lexicon and what else the task takes; prints one line of JSON."""
    task, work, lexicon, *rest = arguments
    sys.stdout.write(dumps(_TASKS[task](Path(work), Path(lexicon), *rest)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
