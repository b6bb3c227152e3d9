"""Decides from dates, versions and the laws' own words when each article binds; a status label is only evidence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge_base.amendments import amended_law, changes, compose, describe, new_texts, squeeze
from knowledge_base.anomaly import Anomaly
from knowledge_base.clauses import effect_clauses, repeal_clauses
from knowledge_base.numerals import article_key, format_number
from knowledge_base.sources.record import SourceArticle, SourceLaw

_IMPLAUSIBLE_DELAY = timedelta(days=365 * 5)
"""No Chinese statute has waited this long between publication and effect, save the two basic laws (seven years)."""
_RECENT = timedelta(days=365)
"""A version published longer ago than this is taken to bind even when its effective date is unknown."""
_HEADING = re.compile(r"^第[一二三四五六七八九十百]+(?:编|分编|章|节)(?:[\s　]|$)")


@dataclass(frozen=True, slots=True)
class DatedArticle:
    """One article in one version with the days it binds; status follows from these and the day asked about."""

    id: str
    law: str
    number: str
    key: str
    text: str
    chapter: str
    section: str
    level: str
    issuer: str
    department: str
    kind: str
    published: date
    effective: date
    ended: date | None
    """First day on which it no longer binds."""
    version: date
    repealed: bool
    """Held to be repealed although the day is not known."""
    warning: str
    """True on every day; what depends on the day is added when the article is read."""
    ended_by: str
    """What ends it, for the reader; empty while nothing does."""
    source: str = ""
    region: str = ""
    amended: tuple[date, ...] = ()
    checksum: str = ""


@dataclass(frozen=True, slots=True)
class Repealed:
    """A law that another one repealed, whether or not the index holds it."""

    law: str
    by: str
    article: str
    """Printed number of the repealing article."""
    on: date


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the importer made of a source."""

    articles: tuple[DatedArticle, ...]
    repealed: tuple[Repealed, ...]
    anomalies: tuple[Anomaly, ...]


def decide(laws: Iterable[SourceLaw], today: date) -> Decisions:
    """Date every article of `laws`. `today` decides only which labels count as wrong and which versions as recent."""
    return _Decider(list(laws), today).run()


@dataclass(slots=True)
class _Version:
    law: SourceLaw
    effective: date
    known: bool
    """Whether the effective day is stated somewhere, rather than taken from the publication."""
    ended: date | None = None
    ended_by: str = ""
    repealed: bool = False
    warning: str = ""


class _Decider:
    def __init__(self, laws: list[SourceLaw], today: date) -> None:
        self.today = today
        self.laws = laws
        self.anomalies: list[Anomaly] = []
        self.repealed: list[Repealed] = []
        self.amendments: dict[str, list[SourceLaw]] = defaultdict(list)
        for law in laws:
            if target := amended_law(law):
                self.amendments[target].append(law)

    def run(self) -> Decisions:
        by_name: dict[str, list[_Version]] = defaultdict(list)
        for law in sorted(self.laws, key=lambda item: (item.name, item.version, item.published)):
            by_name[law.name].append(self._date(law))
        for versions in by_name.values():
            self._chain(versions)
        self._apply_repeals(by_name)
        for versions in by_name.values():
            for version in versions:
                self._check_label(version, versions, by_name)
        articles = [a for versions in by_name.values() for v in versions for a in self._articles(v, versions)]
        self._count_duplicates()
        return Decisions(tuple(articles), tuple(self.repealed), tuple(self.anomalies))

    def _note(self, kind: str, law: SourceLaw, found: str, decided: str, article: str = "") -> None:
        self.anomalies.append(Anomaly(kind, law.name, law.version.isoformat(), found, decided, article))

    # --- when a version takes effect

    def _date(self, law: SourceLaw) -> _Version:
        companion = next((a for a in self.amendments[law.name] if a.published == law.published and a.effective), None)
        row = law.effective
        if row is None or row < law.published:
            found = f"施行日期{row}早于公布日期{law.published}（是原法的施行日期）" if row else "没有施行日期"
            day, known = self._derive(law, companion)
            decided = f"本版本自{day}起计" + ("" if known else "（来源未载明本版本施行日期，从公布之日起计）")
            self._note("effective_before_publication" if row else "effective_missing", law, found, decided)
            return _Version(law, day, known)
        if companion is not None and companion.effective and companion.effective > row:
            self._note(
                "effective_contradicted",
                law,
                f"施行日期{row}",
                f"按《{companion.name}》自{companion.effective}起计",
            )
            return _Version(law, companion.effective, True)
        if row - law.published > _IMPLAUSIBLE_DELAY:
            stated = [c.day for c in effect_clauses(law) if c.day and law.published <= c.day < row]
            if stated:
                self._note(
                    "effective_implausible", law, f"公布于{law.published}，施行日期{row}", f"按条文自{min(stated)}起计"
                )
                return _Version(law, min(stated), True)
            self._note(
                "effective_implausible", law, f"公布于{law.published}，施行日期{row}", "条文中没有别的日期，照来源"
            )
        return _Version(law, row, True)

    def _derive(self, law: SourceLaw, companion: SourceLaw | None) -> tuple[date, bool]:
        if companion is not None and companion.effective and companion.effective >= law.published:
            return companion.effective, True
        stated = [c.day for c in effect_clauses(law) if c.day and c.day >= law.published]
        return (stated[-1], True) if stated else (law.published, False)

    def _chain(self, versions: list[_Version]) -> None:
        if len(versions) > 1:
            spans = "、".join(f"{v.law.version}（{v.effective}起）" for v in versions)
            self._note(
                "several_versions", versions[-1].law, f"{len(versions)}个版本：{spans}", "都保留，按日期取有效的一个"
            )
        for older, newer in zip(versions, versions[1:], strict=False):
            older.ended = newer.effective
            older.ended_by = f"被{newer.law.version.isoformat()}公布的新版本取代"
            if older.law.effective == newer.law.effective:
                self._note(
                    "versions_same_effective",
                    newer.law,
                    f"{older.law.version}与{newer.law.version}两个版本的施行日期都写作{newer.law.effective}",
                    f"旧版本到{newer.effective}为止，新版本自{newer.effective}起计，两者都附提示",
                )
            if not newer.known and self.today - newer.law.published < _RECENT:
                told = f"{newer.law.published.isoformat()}公布的新版本，来源没有载明它的施行日期"
                newer.warning = f"这是{told}；施行前仍适用上一版本，引用前请核对官方公布的施行日期。"
                older.warning = f"本法已有{told}；引用前请核对哪一版本在适用。"

    # --- repeals

    def _apply_repeals(self, by_name: dict[str, list[_Version]]) -> None:
        for versions in list(by_name.values()):
            repealer = versions[-1]
            for version in versions:  # the earliest version that carries the clause gives the day
                if repeal_clauses(version.law):
                    repealer = version
                    break
            for clause in repeal_clauses(repealer.law):
                on = self._clause_day(repealer)
                self.repealed.append(Repealed(clause.title, repealer.law.name, clause.article, on))
                for target in by_name.get(clause.title, []):
                    if target.law.published < repealer.law.published and (target.ended is None or target.ended > on):
                        target.ended = on
                        target.ended_by = f"被《{repealer.law.name}》{clause.article}废止"

    def _clause_day(self, version: _Version) -> date:
        stated = [c.day for c in effect_clauses(version.law) if c.day]
        return stated[0] if stated else version.effective

    # --- labels

    def _check_label(self, version: _Version, versions: list[_Version], by_name: dict[str, list[_Version]]) -> None:
        law, label = version.law, version.law.label
        ended = version.ended is not None and version.ended <= self.today
        if label == "现行有效" and version.effective > self.today:
            self._note(
                "label_in_force_too_early",
                law,
                f"标注{label}，施行日期{version.effective}",
                f"{version.effective}前按尚未施行处理",
            )
        if label == "现行有效" and ended:
            self._note("label_in_force_but_ended", law, f"标注{label}", f"自{version.ended}起{version.ended_by}")
        if label == "历史版本" and not ended:
            self._note("label_history_but_in_force", law, f"标注{label}", f"到{version.ended}为止按现行有效处理")
        if label == "已被修改":
            self._note("label_amended", law, f"标注{label}", "按现行有效处理，逐条核对其后的修正案")
        if label == "已废止" and version.ended_by == "" and version is versions[-1]:
            self._unconfirmed_repeal(version, by_name)

    def _unconfirmed_repeal(self, version: _Version, by_name: dict[str, list[_Version]]) -> None:
        """No law in the index repeals it; a law in force that still names it settles the matter."""
        law = version.law
        mark = f"《{law.name}》"
        referring = next(
            (
                (other.law.name, article.number)
                for versions in by_name.values()
                for other in versions
                if other.law.name != law.name
                and other.effective <= self.today
                and (other.ended is None or other.ended > self.today)
                and not amended_law(other.law)
                for article in other.law.articles
                if mark in article.text
            ),
            None,
        )
        if referring is not None:
            version.warning = (
                "来源把本法标为已废止，但没有任何法律条文写明废止它，现行法律仍在援引它；引用前请核对官方文本。"
            )
            self._note(
                "repeal_contradicted",
                law,
                f"标注{law.label}，索引中没有废止它的条文",
                f"《{referring[0]}》{referring[1]}仍援引它，按现行有效处理并附提示",
            )
        else:
            version.repealed = True
            version.warning = "来源把本法标为已废止，但索引中没有写明废止它的条文，废止日期不详；请以官方文本为准。"
            self._note(
                "repeal_unconfirmed",
                law,
                f"标注{law.label}，索引中没有废止它的条文，也没有现行法律援引它",
                "按已废止处理，条文仍可查到并附提示",
            )

    # --- articles

    def _articles(self, version: _Version, versions: list[_Version]) -> list[DatedArticle]:
        law = version.law
        headings = 0
        out: list[DatedArticle] = []
        seen: Counter[str] = Counter()
        for article in law.articles:
            text = _without_headings(article.text)
            headings += text != article.text
            key = article_key(article.number)
            seen[key] += 1
            if not key:
                self._note(
                    "article_without_number",
                    law,
                    f"条号写作“{article.number}”",
                    "不设条号，可按文字查到",
                    article.number,
                )
            out.append(self._dated(version, article, key, text))
        if headings:
            self._note("heading_in_text", law, f"{headings}条的末尾带有下一编、章、节的标题", "已从条文中去掉")
        self._check_numbers(law, seen)
        target = amended_law(law)
        if target:
            note = f"这是修正案、修改决定的文字。内容并入《{target}》后，请引用《{target}》的条文。"
            out = [replace(a, warning=_join(note, a.warning)) for a in out]
        if version is versions[-1]:
            out = self._amend(version, out)
        return out

    def _dated(self, version: _Version, article: SourceArticle, key: str, text: str) -> DatedArticle:
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
                self._note(
                    "number_repeated", law, f"同一条号出现{times}次", "都可查到；按条号查得第一条", format_number(key)
                )
        mains = sorted({int(k.partition("-")[0]) for k in seen if k})
        if law.kind in ("法律", "宪法") and mains and mains[0] == 1:
            for number in sorted(set(range(1, mains[-1])) - set(mains)):
                self._note(
                    "article_missing", law, "来源缺这一条", "查不到；不用别的条文代替", format_number(str(number))
                )

    # --- amendments

    def _amend(self, version: _Version, articles: list[DatedArticle]) -> list[DatedArticle]:
        main = squeeze("".join(a.text for a in version.law.articles))
        for amendment in sorted(self.amendments[version.law.name], key=lambda a: a.published):
            if amendment.published > version.law.published:
                articles = self._apply(amendment, version, articles)
            elif amendment.published == version.law.published:
                texts = new_texts(amendment)
                missing = [t for t in texts if t not in main]
                if missing:
                    self._note(
                        "amendment_not_merged",
                        version.law,
                        f"《{amendment.name}》的{len(texts)}段新文字中有{len(missing)}段不在本法中：{missing[0][:30]}…",
                        "两份文本都可查到",
                    )
        return articles

    def _apply(self, amendment: SourceLaw, version: _Version, articles: list[DatedArticle]) -> list[DatedArticle]:
        """Put an amendment the source did not merge beside the old articles: old ones end, composed ones begin."""
        on = amendment.effective or amendment.published
        out = list(articles)
        for change in changes(amendment):
            where = describe(amendment, change)
            number = format_number(change.key)
            old = next((a for a in out if a.key == change.key and a.ended in (None, version.ended)), None)
            text = compose(old.text if old else "", change)
            if old is not None:
                out[out.index(old)] = replace(
                    old,
                    ended=on if text else old.ended,
                    ended_by=f"被{where}修改",
                    warning=_join(old.warning, f"本条自{_said(on)}起已被{where}修改，新的文字见该处。"),
                )
            if text:
                base = old or next((a for a in out if a.key == change.key.partition("-")[0]), out[-1])
                composed = replace(
                    base,
                    id=f"{base.id}-{amendment.id}",
                    number=number,
                    key=change.key,
                    text=text,
                    effective=on,
                    published=amendment.published,
                    version=amendment.version,
                    ended=version.ended,
                    ended_by=version.ended_by,
                    warning=_join(
                        version.warning,
                        f"本条自{_said(on)}起由{where}修改，这里的文字是按修正案原文合成的，引用前请核对官方文本。",
                    ),
                )
                out.insert(out.index(base) + 1 if base in out else len(out), composed)
            self._note(
                "amendment_missing",
                version.law,
                f"{where}（{on}施行）改了这一条，来源没有并入",
                "按修正案原文合成新条文，新旧都附提示" if text else "保留旧文并附提示",
                number,
            )
        return out

    def _count_duplicates(self) -> None:
        groups: dict[tuple[str, str, str], list[SourceLaw]] = defaultdict(list)
        for law in self.laws:
            for article in law.articles:
                groups[law.name, article.number, article.text].append(law)
        for (_, number, _), members in groups.items():
            if len(members) > 1:
                versions = "、".join(m.version.isoformat() for m in members)
                self._note(
                    "duplicate_group",
                    members[-1],
                    f"同一条文在{versions}各版本中一字不差",
                    "各版本都保留，按日期只给出有效的一份",
                    number,
                )


def _without_headings(text: str) -> str:
    """`text` without the headings of the next part that the source left at its end."""
    lines = text.split("\n")
    while len(lines) > 1 and (not lines[-1].strip() or (_HEADING.match(lines[-1]) and len(lines[-1]) < 40)):
        lines.pop()
    return "\n".join(lines)


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _join(*parts: str) -> str:
    return "".join(p for p in parts if p)
