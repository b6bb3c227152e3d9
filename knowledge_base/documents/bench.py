"""Measures the embedded index of documents as it grows: size, build rate, search, memory."""

from __future__ import annotations

import asyncio
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from json import dumps, loads
from pathlib import Path

from knowledge_base.analysis import TERMS, Analyzer, read_terms
from knowledge_base.documents.embedded import EmbeddedDocuments
from knowledge_base.documents.searcher import DocumentFilters
from knowledge_base.documents.synthetic import synthetic_cases
from knowledge_base.documents.write import FOLDER, write_documents

_ON = date(2026, 11, 23)
_ASKED = (
    "{}怎么办",
    "对方{}，能要求{}吗",
    "{}和{}有什么规定",
    "因为{}被起诉了，{}怎么算",
    "我遇到{}的问题，还有{}，该找谁",
)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """Figures for one size."""

    documents: int
    bytes: int
    """Of all files of the index."""
    build_s: float
    documents_per_s: float
    build_peak_mb: float
    """Peak memory of the process that wrote, without its workers."""
    open_s: float
    search_p50_ms: float
    search_p95_ms: float
    search_peak_mb: float
    """Peak memory of a process that opened the index and searched it."""


def bench_documents(
    sizes: Iterable[int], lexicon: Path, queries: int = 200, workers: int = 1, folder: Path | None = None
) -> list[DocumentRow]:
    """One row for each size. Writing and searching run in processes of their own, so that memory is each one's.

    The index is written below `folder` (a temporary place when None) and removed. Raises OSError when a process fails;
    its last words are in the message.
    """
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="faxian-documents-", dir=folder) as work:
            built = _alone("build", work, lexicon, size, workers)
            searched = _alone("search", work, lexicon, size, queries)
            rows.append(DocumentRow(size, int(built.pop("bytes")), **built, **searched))
    return rows


def _alone(task: str, work: str, lexicon: Path, *numbers: int) -> dict[str, float]:
    """Run one task in a fresh interpreter."""
    command = [sys.executable, "-m", "knowledge_base.documents.bench", task, work, str(lexicon), *map(str, numbers)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"measuring the documents failed ({task}): {done.stderr.strip()[-400:]}")
    figures: dict[str, float] = loads(done.stdout.splitlines()[-1])
    return figures


def _build(work: Path, lexicon: Path, size: int, workers: int) -> dict[str, float]:
    analyzer = Analyzer.from_lexicon(lexicon)
    documents = synthetic_cases(size, read_terms(lexicon / TERMS))
    started = time.perf_counter()
    write_documents(work / FOLDER, documents, analyzer, workers=workers)
    took = time.perf_counter() - started
    return {
        "bytes": sum(file.stat().st_size for file in work.rglob("*") if file.is_file()),
        "build_s": round(took, 1),
        "documents_per_s": round(size / took, 1),
        "build_peak_mb": _peak_mb(),
    }


def _search(work: Path, lexicon: Path, size: int, queries: int) -> dict[str, float]:
    started = time.perf_counter()
    searcher = EmbeddedDocuments(work, lambda: _ON)
    opened = bool(searcher.local) and time.perf_counter() - started
    took = asyncio.run(_ask(searcher, read_terms(lexicon / TERMS), queries))
    cuts = statistics.quantiles(took, n=20)
    return {
        "open_s": round(opened, 3),
        "search_p50_ms": round(statistics.median(took), 2),
        "search_p95_ms": round(cuts[18], 2),
        "search_peak_mb": _peak_mb(),
    }


async def _ask(searcher: EmbeddedDocuments, terms: list[str], queries: int) -> list[float]:
    """Milliseconds of each search; the same questions every time."""
    draw = random.Random(1)
    took = []
    for number in range(queries):
        query = _ASKED[number % len(_ASKED)].format(draw.choice(terms), draw.choice(terms))
        started = time.perf_counter()
        await searcher.find(query, DocumentFilters(), 10)
        took.append((time.perf_counter() - started) * 1000)
    return took


def _peak_mb() -> float:
    """Peak resident memory of this process, in MB, as Linux counts it; 0 elsewhere."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    line = next((x for x in status.splitlines() if x.startswith("VmHWM")), "VmHWM: 0 kB")
    return round(int(line.split()[1]) / 1024, 1)


def main(arguments: list[str]) -> None:
    """`build FOLDER LEXICON SIZE WORKERS` or `search FOLDER LEXICON SIZE QUERIES`; prints one line of JSON."""
    task, work, lexicon, size, number = arguments
    run = _build if task == "build" else _search
    sys.stdout.write(dumps(run(Path(work), Path(lexicon), int(size), int(number))) + "\n")


def as_dicts(rows: Iterable[DocumentRow]) -> list[dict[str, float]]:
    """For a JSON report."""
    return [asdict(row) for row in rows]


if __name__ == "__main__":
    main(sys.argv[1:])
