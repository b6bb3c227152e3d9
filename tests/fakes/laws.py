"""Law with two articles in it, for tests of the routes and for working on the pages."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bot.law_service import ARTICLE_NUMBER

_ARTICLES: dict[tuple[str, str], str] = {
    ("中华人民共和国劳动法", "第五十条"): "工资应当以货币形式按月支付给劳动者本人。不得克扣或者无故拖欠劳动者的工资。",
    (
        "中华人民共和国劳动合同法",
        "第四十七条",
    ): "经济补偿按劳动者在本单位工作的年限，每满一年支付一个月工资。",
}


def _json(law: str, number: str, key: str, text: str) -> dict[str, Any]:
    return {
        "law": law,
        "number": number,
        "key": key,
        "text": text,
        "chapter": "",
        "section": "",
        "level": "法律",
        "issuer": "全国人民代表大会常务委员会",
        "published": "2018-12-29",
        "effective": "2018-12-29",
        "ended": None,
        "version": "2018-12-29",
        "status": "in_force",
        "warning": "",
        "source": "test",
    }


class FakeLaws:
    """Knows 劳动法第五十条 and 劳动合同法第四十七条."""

    async def search(self, query: str, limit: int, as_of: date | None = None) -> list[dict[str, Any]]:
        """All it knows."""
        found = [{**_json(law, number, "0", text), "score": 1.0} for (law, number), text in _ARTICLES.items()]
        return found[:limit]

    async def article(self, law: str, number: str, as_of: date | None = None) -> dict[str, Any] | None:
        """By full or short name, 第五十条 or 50."""
        if not ARTICLE_NUMBER.fullmatch(number):
            raise ValueError("no article number")
        printed = {"50": "第五十条", "47": "第四十七条"}.get(number, number)
        for (full, known), text in _ARTICLES.items():
            if law in (full, full.removeprefix("中华人民共和国")) and printed == known:
                return _json(full, known, "50" if known == "第五十条" else "47", text)
        return None

    async def why_not(self, law: str, number: str, as_of: date | None = None) -> str:
        """It knows no reasons."""
        return "没有找到这一条。"

    async def verify(self, text: str, as_of: date | None = None) -> list[dict[str, Any]]:
        """Citations written 《…》第…条."""
        answers: list[dict[str, Any]] = []
        for match in re.finditer(r"《([^》]{1,40})》(第[零一二三四五六七八九十百千]{1,10}条)", text):
            article = await self.article(match[1], match[2])
            answers.append(
                {
                    "text": match[0],
                    "start": match.start(),
                    "law": match[1],
                    "number": match[2],
                    "paragraph": None,
                    "item": None,
                    "resolved": article is not None,
                    "reason": "" if article else "没有找到这一条",
                    "article": article,
                    "successors": [],
                }
            )
        return answers
