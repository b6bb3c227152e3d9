"""A reply that the knowledge base proposes. A person must take it into their own hands: nothing here is ever sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.desk.work.citing import spelled_out

MOST_FINDINGS, MOST_ARTICLES, MOST_QUOTED = 3, 2, 160
_LEAST_ASKED = 4
"""Characters of a message that can be searched for; 「好的」 asks nothing."""
_NEAR = 0.7
"""Share of the best article's score that another needs: what is far behind only shares words."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence of the suggestion comes from."""

    kind: Literal["finding", "deadline", "article", "case"]
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a seat may say, "" where nothing is known."""

    text: str
    sources: tuple[Source, ...]
    dropped: tuple[str, ...]
    """Citations that could not be verified and were left out."""


class Law(Protocol):
    """Law as a suggestion needs it."""

    async def search(self, query: str, limit: int) -> list[dict[str, Any]]:
        """Articles for `query`, best first."""
        ...

    async def verify(self, text: str) -> list[dict[str, Any]]:
        """Every citation in `text`, resolved or not."""
        ...


class Cases(Protocol):
    """Decided cases."""

    async def alike(self, facts: str, citations: Sequence[str], area: str) -> Sequence[tuple[str, ...]]:
        """Cases like the one told, each as lines of text, its title first."""
        ...


class Suggestions:
    """Draws from findings, law and decided cases."""

    def __init__(self, laws: Law, cases: Cases | None = None) -> None:
        self._laws = laws
        self._cases = cases

    async def of(
        self, summary: Mapping[str, Any], opinion: Mapping[str, Any] | None, area: str, asked: str
    ) -> Suggestion:
        """For what is known of the matter and the citizen's last words."""
        sources: list[Source] = []
        dropped: list[str] = []
        lines = [await self._kept(line, dropped) for line in _findings(summary, opinion)]
        said = [line for line in lines if line]
        sources += [Source("finding", line) for line in said]
        if deadlines := [str(one) for one in summary.get("deadlines") or ()][:1]:
            said.append(f"请留意期限：{deadlines[0].rstrip('。')}。")
            sources.append(Source("deadline", deadlines[0]))
        cited = []
        if len(asked.strip()) >= _LEAST_ASKED:
            found = (await self._laws.search(asked, MOST_ARTICLES))[:MOST_ARTICLES]
            for article in (one for one in found if one["score"] >= _NEAR * found[0]["score"]):
                line = f"《{article['law']}》{article['number']}规定：{_short(article['text'])}"
                if kept := await self._kept(line, dropped):
                    said.append(kept)
                    cited.append(f"《{article['law']}》{article['number']}")
                    sources.append(Source("article", f"{cited[-1]}（{article['version']}版本）"))
        sources += [Source("case", "\n".join(case)) for case in await self._alike(summary, asked, cited, area)]
        return Suggestion("\n".join(said), tuple(sources), tuple(dict.fromkeys(dropped)))

    async def _kept(self, line: str, dropped: list[str]) -> str:
        """The line, "" when a citation in it does not hold: a person is not to be tempted by a wrong one."""
        wrong = [one["text"] for one in await self._laws.verify(spelled_out(line)) if not one["resolved"]]
        dropped += wrong
        return "" if wrong else line

    async def _alike(
        self, summary: Mapping[str, Any], asked: str, cited: Sequence[str], area: str
    ) -> Sequence[tuple[str, ...]]:
        if self._cases is None:
            return ()
        facts = "，".join([*(f"{one['label']}{one['value']}" for one in summary.get("facts") or ()), asked])
        return await self._cases.alike(facts, cited, area)


def _findings(summary: Mapping[str, Any], opinion: Mapping[str, Any] | None) -> Iterable[str]:
    """What was concluded already, each with what it rests on."""
    if opinion and opinion.get("findings"):
        for one in list(opinion["findings"])[:MOST_FINDINGS]:
            cites = "、".join(f"《{cite['law']}》{cite['number']}" for cite in one.get("citations") or ())
            text = str(one.get("text") or one.get("title") or "").rstrip("。")
            yield f"{text}（依据{cites}）。" if cites else f"{text}。"
        return
    for title in list(summary.get("findings") or ())[:MOST_FINDINGS]:
        yield f"{str(title).rstrip('。')}。"


def _short(text: str) -> str:
    """A quotation that fits a reply: whole sentences where they fit."""
    flat = text.replace("\n", "")
    if len(flat) <= MOST_QUOTED:
        return flat
    cut = flat.rfind("。", 0, MOST_QUOTED)
    return flat[: cut + 1] if cut > 0 else f"{flat[:MOST_QUOTED]}……"
