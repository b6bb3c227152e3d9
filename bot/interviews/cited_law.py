"""The articles that authored files cite, looked up once, and what is wrong with citing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.interviews.cited import read_cited
from bot.interviews.topic_parts import Checked
from knowledge_base.article import Article, Status
from knowledge_base.searcher import Searcher


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """Citation texts and their articles."""

    articles: Mapping[str, Article | None]

    @classmethod
    async def of(cls, texts: Iterable[str], searcher: Searcher, day: date) -> CitedLaw:
        """Look every text up as of `day`."""
        return cls({text: await searcher.get(read_cited(text), day) for text in sorted(set(texts))})

    @property
    def holds(self) -> bool:
        """Whether every article is there and in force."""
        return all(one is not None and one.status is Status.IN_FORCE for one in self.articles.values())

    def faults(self, cited: Iterable[tuple[str, str]], checked: Checked) -> Iterator[tuple[str, str]]:
        """(where, message) of each citation that does not hold, and of each law read in another version."""
        versions: dict[str, str] = {}
        for where, text in cited:
            article = self.articles[text]
            if article is None:
                yield where, f"{text} is not in the law index"
                continue
            if article.status is not Status.IN_FORCE:
                yield where, f"{text} is not in force ({article.status})"
            versions[article.law] = article.version
        for law, version in sorted(versions.items()):
            stated = checked.laws.get(law)
            if stated is None:
                yield "checked.laws", f"{law} is cited but not listed; its version in force is {version}"
            elif stated.isoformat() != version:
                yield "checked.laws", f"{law}: read in version {stated}, in force is {version}; read its articles again"
        for law in sorted(checked.laws.keys() - versions.keys()):
            yield "checked.laws", f"{law} is listed but not cited"
