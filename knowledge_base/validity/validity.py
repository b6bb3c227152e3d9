"""Decides from dates, versions and the laws' own words when each article binds; a status label is only evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from knowledge_base.record import SourceArticle, SourceLaw
from knowledge_base.text.headings import without_headings
from knowledge_base.text.numerals import article_key, format_number
from knowledge_base.validity.amending import amend
from knowledge_base.validity.amendments import amended_law
from knowledge_base.validity.dated import DatedArticle, Decisions, LawVersion, Notes, Repealed, Versions
from knowledge_base.validity.effect_dates import EffectDates
from knowledge_base.validity.interpretations import end_interpretations
from knowledge_base.validity.labels import check_labels
from knowledge_base.validity.repeals import apply_repeals
from knowledge_base.validity.title_book import TitleBook

__all__ = ["DatedArticle", "Decisions", "Repealed", "decide"]

_RECENT = timedelta(days=365)
"""A version published longer ago than this is taken to bind even when its effective date is unknown."""
_COMPLETE = {"法律", "宪法", "行政法规", "司法解释", "部门规章"}
"""Kinds whose articles run from the first to the last without a gap."""
_MANY = 90
"""Articles of one law that did not change from version to version; more are told in one note."""


def decide(laws: Iterable[SourceLaw], today: date) -> Decisions:
    """Date every article of `laws`. `today` decides only which labels count as wrong and which versions as recent."""
    return _Decider(list(laws), today).run()


class _Decider:
    def __init__(self, laws: list[SourceLaw], today: date) -> None:
        self.today = today
        self.laws = laws
        self.notes = Notes()
        self.book = TitleBook(law.name for law in laws)
        self.dates = EffectDates(laws, self.book, self.notes)

    def run(self) -> Decisions:
        by_name: Versions = defaultdict(list)
        for law in sorted(self.laws, key=lambda item: (item.name, item.version, item.published)):
            by_name[law.name].append(self.dates.of(law))
        for versions in by_name.values():
            self._chain(versions)
            self._check_text(versions[-1])
        repealed = apply_repeals(by_name, self.book)
        end_interpretations(by_name, repealed, self.book, self.notes)
        check_labels(by_name, self.today, self.notes)
        articles = [a for versions in by_name.values() for v in versions for a in self._articles(v, versions)]
        self._count_duplicates()
        return Decisions(tuple(articles), tuple(repealed), tuple(self.notes.anomalies))

    def _chain(self, versions: list[LawVersion]) -> None:
        if len(versions) > 1:
            spans = "、".join(f"{v.law.version}（{v.effective}起）" for v in versions)
            found = f"{len(versions)}个版本：{spans}"
            self.notes.add("several_versions", versions[-1].law, found, "都保留，按日期取有效的一个")
        for older, newer in zip(versions, versions[1:], strict=False):
            older.ended = newer.effective
            older.ended_by = f"被{newer.law.version.isoformat()}公布的新版本取代"
            if older.law.effective is not None and older.law.effective == newer.law.effective:
                self.notes.add(
                    "versions_same_effective",
                    newer.law,
                    f"{older.law.version}与{newer.law.version}两个版本的施行日期都写作{newer.law.effective}",
                    f"旧版本到{newer.effective}为止，新版本自{newer.effective}起计，两者都附提示",
                )
            if not newer.known and self.today - newer.law.published < _RECENT:
                told = f"{newer.law.published.isoformat()}公布的新版本，来源没有载明它的施行日期"
                newer.warning = f"这是{told}；施行前仍适用上一版本，引用前请核对官方公布的施行日期。"
                older.warning = f"本法已有{told}；引用前请核对哪一版本在适用。"

    def _check_text(self, newest: LawVersion) -> None:
        """A decision on many texts names what it changes in a way that cannot be composed: warn of the old text."""
        decision = self.dates.unmerged(newest.law)
        if decision is not None:
            told = f"本文本公布后，已被《{decision.name}》修改"
            newest.warning += f"{told}，库中没有修改后的文本；引用前请核对官方文本。"
            self.notes.add("amended_text_missing", newest.law, told, "保留旧文并附提示")

    def _articles(self, version: LawVersion, versions: list[LawVersion]) -> list[DatedArticle]:
        law = version.law
        headings = 0
        out: list[DatedArticle] = []
        seen: Counter[str] = Counter()
        unnumbered: list[str] = []
        for article in law.articles:
            text = without_headings(article.text)
            headings += text != article.text
            key = article_key(article.number)
            seen[key] += 1
            if not key:
                unnumbered.append(article.number)
            out.append(self._dated(version, article, key, text))
        self._note_unnumbered(law, unnumbered)
        if headings:
            found = f"{headings}条的末尾带有下一编、章、节的标题"
            self.notes.add("heading_in_text", law, found, "已从条文中去掉")
        self._check_numbers(law, seen)
        if target := amended_law(law):
            note = f"这是修正案、修改决定的文字。内容并入《{target}》后，请引用《{target}》的条文。"
            out = [replace(a, warning=note + a.warning) for a in out]
        elif law.kind == "修改决定":
            note = "这是修改决定的文字；请引用修改后的法律、解释本身的条文。"
            out = [replace(a, warning=note + a.warning) for a in out]
        if version is versions[-1]:
            out = amend(version, out, self.dates.amendments[law.name], self.notes)
        return out

    def _note_unnumbered(self, law: SourceLaw, numbers: list[str]) -> None:
        """One note for each, or one for all of a text that has many."""
        decided = "不设条号，可按文字查到"
        if len(numbers) > 5:
            found = f"{len(numbers)}处没有条号：“{numbers[0]}”等"
            self.notes.add("article_without_number", law, found, decided)
            return
        for number in numbers:
            self.notes.add("article_without_number", law, f"条号写作“{number}”", decided, number)

    def _dated(self, version: LawVersion, article: SourceArticle, key: str, text: str) -> DatedArticle:
        law = version.law
        return DatedArticle(
            id=f"{law.id}-{article.row}",
            law=law.name,
            number=format_number(key) if key else "",
            key=key,
            text=text,
            chapter=article.chapter,
            section=article.section,
            level=law.level,
            issuer=law.issuer,
            department=law.department,
            kind=law.kind,
            published=law.published,
            effective=version.effective,
            ended=version.ended,
            version=law.version,
            repealed=version.repealed,
            warning=version.warning,
            ended_by=version.ended_by,
            source=law.source,
            region=law.region,
            amended=law.amended,
            checksum=law.checksum,
        )

    def _check_numbers(self, law: SourceLaw, seen: Counter[str]) -> None:
        for key, times in seen.items():
            if key and times > 1:
                found = f"同一条号出现{times}次"
                decided = "都可查到；按条号查得第一条"
                self.notes.add("number_repeated", law, found, decided, format_number(key))
        mains = sorted({int(k.partition("-")[0]) for k in seen if k})
        if law.kind in _COMPLETE and mains and mains[0] == 1:
            for number in sorted(set(range(1, mains[-1])) - set(mains)):
                printed = format_number(str(number))
                self.notes.add("article_missing", law, "来源缺这一条", "查不到；不用别的条文代替", printed)

    def _count_duplicates(self) -> None:
        groups: dict[tuple[str, str, str], list[SourceLaw]] = defaultdict(list)
        for law in self.laws:
            for article in law.articles:
                groups[law.name, article.number, article.text].append(law)
        found: dict[str, list[tuple[str, str, SourceLaw]]] = defaultdict(list)
        for (name, number, _), members in groups.items():
            if len(members) > 1:
                versions = "、".join(m.version.isoformat() for m in members)
                found[name].append((number, versions, members[-1]))
        decided = "各版本都保留，按日期只给出有效的一份"
        for same in found.values():
            if len(same) > _MANY:
                told = f"{len(same)}条在各版本中一字不差：{same[0][0]}等"
                self.notes.add("duplicate_group", same[0][2], told, decided)
                continue
            for number, versions, law in same:
                self.notes.add("duplicate_group", law, f"同一条文在{versions}各版本中一字不差", decided, number)
