"""Decides on which day a version of a law takes effect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from knowledge_base.record import SourceLaw
from knowledge_base.text.titles import titles_in
from knowledge_base.validity.amendments import amended_law
from knowledge_base.validity.clauses import effect_clauses
from knowledge_base.validity.dated import LawVersion, Notes
from knowledge_base.validity.title_book import TitleBook

_IMPLAUSIBLE_DELAY = timedelta(days=365 * 5)
"""No Chinese statute has waited this long between publication and effect, save the two basic laws (seven years)."""
_POSTED = timedelta(days=31)
"""Between the passing of a decision and the publication of the texts it changed."""


class EffectDates:
    """Knows the amendments and decisions, which say when what they change takes effect."""

    def __init__(self, laws: Iterable[SourceLaw], book: TitleBook, notes: Notes) -> None:
        self._notes = notes
        self.amendments: dict[str, list[SourceLaw]] = defaultdict(list)
        """Amendments and decisions of one law each, by the law they change."""
        self._joint: dict[str, list[SourceLaw]] = defaultdict(list)
        self._sessions: dict[date, set[date]] = defaultdict(set)
        """Days on which decisions on many texts took effect, by the day they were passed."""
        for law in laws:
            if target := amended_law(law):
                self.amendments[book.find(target, law.name) or target].append(law)
            elif law.kind == "修改决定":
                text = "\n".join(article.text for article in law.articles)
                if law.effective:
                    self._sessions[law.published].add(law.effective)
                whole = f"{law.name}\n{text}"
                for title in {t for t, start, _ in titles_in(whole) if whole[:start].endswith("修改")}:
                    if name := book.find(title, law.issuer):
                        self._joint[name].append(law)

    def unmerged(self, law: SourceLaw) -> SourceLaw | None:
        """The decision on many texts that changed `law` after the version at hand; None where the text has it."""
        later = (d for d in self._joint[law.name] if d.published - law.published > _POSTED)
        return next((d for d in later if d.published not in law.amended), None)

    def of(self, law: SourceLaw) -> LawVersion:
        """`law` with its day; what the source has wrong is noted."""
        companion = next((a for a in self.amendments[law.name] if a.published == law.published and a.effective), None)
        row = law.effective
        if row is None or row < law.published:
            found = f"施行日期{row}早于公布日期{law.published}（是原法的施行日期）" if row else "没有施行日期"
            day, known = self._derive(law, companion)
            decided = f"本版本自{day}起计" + ("" if known else "（来源未载明本版本施行日期，从公布之日起计）")
            self._notes.add("effective_before_publication" if row else "effective_missing", law, found, decided)
            return LawVersion(law, day, known)
        if companion is not None and companion.effective and companion.effective > row:
            decided = f"按《{companion.name}》自{companion.effective}起计"
            self._notes.add("effective_contradicted", law, f"施行日期{row}", decided)
            return LawVersion(law, companion.effective, True)
        if row - law.published > _IMPLAUSIBLE_DELAY:
            found = f"公布于{law.published}，施行日期{row}"
            stated = [c.day for c in effect_clauses(law) if c.day and law.published <= c.day < row]
            if stated:
                self._notes.add("effective_implausible", law, found, f"按条文自{min(stated)}起计")
                return LawVersion(law, min(stated), True)
            self._notes.add("effective_implausible", law, found, "条文中没有别的日期，照来源")
        return LawVersion(law, row, True)

    def _derive(self, law: SourceLaw, companion: SourceLaw | None) -> tuple[date, bool]:
        if companion is not None and companion.effective and companion.effective >= law.published:
            return companion.effective, True
        for decision in self._joint[law.name]:
            near = abs(law.published - decision.published) <= _POSTED or decision.published in law.amended
            if near and decision.effective and decision.effective >= law.published:
                return decision.effective, True
        for passed in law.amended:  # a text changed in the same session, by a decision that the source lacks
            if len(days := self._sessions.get(passed, set())) == 1 and (day := min(days)) >= law.published:
                return day, True
        stated = [c.day for c in effect_clauses(law) if c.day and c.day >= law.published]
        return (stated[-1], True) if stated else (law.published, False)
