"""A searcher over the law data file as published, so that topics can be checked before an index is built."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from knowledge_base.article import Article, Status
from knowledge_base.citation import Citation
from knowledge_base.searcher import Filters, Hit
from knowledge_base.text.numerals import article_key


class RawLaws:
    """Answers citations only; the version in force is the latest one effective on the day."""

    def __init__(self, path: Path, today: date) -> None:
        """Raises FileNotFoundError when there is no such file."""
        if not path.is_file():
            raise FileNotFoundError(f"there is no law data file at {path}")
        self._database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self._today = today
        self._laws: dict[str, dict[str, Article]] = {}

    async def search(self, query: str, filters: Filters = Filters(), limit: int = 10) -> list[Hit]:
        """Nothing: words are searched in the index only."""
        return []

    async def get(self, citation: Citation, as_of: date | None = None) -> Article | None:
        """The article in force, by full title."""
        if citation.law not in self._laws:
            self._laws[citation.law] = self._load(citation.law, as_of or self._today)
        return self._laws[citation.law].get(citation.key)

    def _load(self, law: str, day: date) -> dict[str, Article]:
        versions = self._database.execute(
            "select law_id, level, issuing_body, publish_date, effective_date, version_date from laws "
            "where law_name = ? and effective_date <= ? order by version_date desc, effective_date desc",
            (law, day.isoformat()),
        ).fetchall()
        if not versions:
            return {}
        law_id, level, issuer, published, effective, version = versions[0]
        articles: dict[str, Article] = {}
        rows = self._database.execute(
            "select id, article_no, article_text, chapter, section from articles where law_id = ? order by id",
            (law_id,),
        )
        for row_id, number, text, chapter, section in rows:
            key = article_key(number or "")
            if not key:
                continue
            articles[key] = Article(
                id=str(row_id),
                law=law,
                number=number,
                key=key,
                text=text or "",
                chapter=chapter or "",
                section=section or "",
                level=level or "",
                issuer=issuer or "",
                published=date.fromisoformat(published) if published else None,
                effective=date.fromisoformat(effective) if effective else None,
                ended=None,
                version=version or "",
                status=Status.IN_FORCE,
                warning="",
                source=str(law_id),
            )
        return articles
