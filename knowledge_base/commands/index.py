"""The commands `index`, `import` and `forget` of `faxian`: the law index and the library it is built from."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from knowledge_base.library.library import FILE_NAME, Library
from knowledge_base.library.opened import opened


def index(data: Path, cluster: str = "", rebuild: bool = False) -> Path:
    """The law index in the data folder, built where it is missing or out of date; `cluster` is filled from it."""
    from knowledge_base.index.generation import current
    from knowledge_base.index.manifest import Manifest
    from knowledge_base.library.build import build_index, fingerprint

    out = data / "index"
    with opened(data) as library:
        known = Manifest.read(out)
        if rebuild or known is None or known.fingerprint != fingerprint(library=library):
            known = build_index(None, out, progress=True, library=library)
    anomalies = sum(known.anomaly_counts.values())
    print(f"Law index: {known.counts['articles']} articles of {known.counts['laws']} laws, built {known.built}; "
          f"{anomalies} anomalies of the sources in {current(out) / 'manifest.json'}")  # fmt: skip
    if cluster:
        _fill_cluster(out, cluster)
    return out


def _fill_cluster(out: Path, cluster: str) -> None:
    """Bring the cluster to what the local index holds; without it the embedded index answers, so this is no failure."""
    from knowledge_base.elastic.connection import ElasticUnavailable
    from knowledge_base.elastic.document_index import import_documents
    from knowledge_base.elastic.index import import_index

    try:
        for noun, fill in (("articles", import_index), ("documents", import_documents)):
            done = asyncio.run(fill(out, cluster, progress=True))
            print(f"Elasticsearch: {done.index}, {done.held} {noun}, {done.written} written, {done.removed} removed")
    except ElasticUnavailable as error:
        print(f"{error}; the embedded index answers until `faxian index` has filled the cluster", file=sys.stderr)


def take(data: Path, cluster: str, source: str, path: Path) -> int:
    """Import a source into the library, tell what was refused, bring the index up to date."""
    from knowledge_base.record import SourceError
    from knowledge_base.sources.importers import IMPORTERS

    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    try:
        library = Library(data / FILE_NAME)
        try:
            done = library.take(IMPORTERS[source], path, today, progress=True)
        finally:
            library.close()
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    report = data / f"rejected-{source}.tsv"
    rows = (f"{r.file}\t{r.line}\t{r.reason}\n" for r in done.rejected)
    report.write_text("file\tline\treason\n" + "".join(rows), encoding="utf-8")
    print(f"{source}: {done.laws} laws and {done.documents} documents from {done.units} parts, {done.read} of them new "
          f"or changed; {len(done.rejected)} records refused, listed in {report}")  # fmt: skip
    for rejection in done.rejected[:10]:
        print(f"  {rejection.file}:{rejection.line}: {rejection.reason}")
    index(data, cluster)
    return 0


def forget(data: Path, cluster: str, source: str) -> int:
    """Take an imported source back out of library and index."""
    with opened(data) as library:
        if library is None or not library.forget(source):
            print(f"Nothing was imported from {source}.", file=sys.stderr)
            return 1
    index(data, cluster)
    return 0


def in_one_line(command: Callable[[], object]) -> int:
    """Run what writes the index; what goes wrong with a source, the lexicon or the disk is one line."""
    from knowledge_base.record import SourceError
    from knowledge_base.text.analysis import LexiconError

    try:
        done = command()
    except (SourceError, LexiconError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return done if isinstance(done, int) else 0
