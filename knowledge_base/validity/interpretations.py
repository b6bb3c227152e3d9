"""Ends judicial interpretations that no clause repeals: a new series took their place, or their law is gone.

The courts repeal their interpretations by lists that are published apart and that the collections do not hold, such as
法释〔2020〕16号, which cleared away what rested on the laws merged into the Civil Code.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from knowledge_base.text.titles import canonical, serial, titles_in
from knowledge_base.validity.dated import LawVersion, Notes, Repealed, Versions, said
from knowledge_base.validity.title_book import TitleBook

_LEVEL = "司法解释"
_APART = timedelta(days=365)
"""Parts of one series follow each other; a first part that comes later than this opens a new series."""
_PROCEDURE = re.compile(r"诉讼法|诉讼特别程序法|人民法院组织法|检察院组织法|仲裁法$")
_CODE = "中华人民共和国民法典"
"""For it the courts went through all their interpretations; what stayed in force was amended and names the Code."""

_LISTED = {
    "最高人民法院关于审理名誉权案件若干问题的解答": date(2021, 1, 1),
    "最高人民法院关于审理名誉权案件若干问题的解释": date(2021, 1, 1),
}
"""Repealed by 法释〔2020〕16号 and neither naming nor citing the law they rested on, so that no rule finds them."""


def end_interpretations(by_name: Versions, repealed: Iterable[Repealed], book: TitleBook, notes: Notes) -> None:
    """End what is replaced or has lost the law it interprets; warn where only a part of its basis is gone."""
    repealed = list(repealed)
    gone = _gone(by_name, repealed)
    cleared = {canonical(clause.law) for clause in repealed if clause.by == _CODE}
    newest = [versions[-1] for versions in by_name.values() if versions[-1].law.kind == _LEVEL]
    _replace_series(newest, by_name, notes)
    for version in newest:
        listed = _LISTED.get(version.law.name)
        if version.ended is None and listed is not None and version.law.published < listed:
            version.ended = listed
            version.ended_by = "被《最高人民法院关于废止部分司法解释及相关规范性文件的决定》（法释〔2020〕16号）废止"
        elif version.ended is None:
            _check_basis(version, gone, cleared, book, notes)


def _gone(by_name: Versions, repealed: Iterable[Repealed]) -> dict[str, date]:
    """Laws of which no version binds any more, with the day; by comparable title."""
    found: dict[str, date] = {}
    for clause in repealed:
        versions = by_name.get(clause.law)
        if versions is None:
            found.setdefault(canonical(clause.law), clause.on)
        elif (last := versions[-1].ended) is not None:
            found[canonical(clause.law)] = last
    return found


def _replace_series(newest: list[LawVersion], by_name: Versions, notes: Notes) -> None:
    """A new interpretation 「（一）」 of an old subject replaces the old one or the old series, whatever its number."""
    series: dict[str, list[tuple[int, LawVersion]]] = defaultdict(list)
    for version in newest:
        subject, number = serial(version.law.name)
        if len(subject) > 8:
            series[subject].append((number, version))
    for members in series.values():
        for number, new in members:
            fresh = not new.law.amended and len(by_name[new.law.name]) == 1
            if number > 1 or not fresh:
                continue
            for _, old in members:
                if old.ended is None and new.law.published - old.law.published > _APART:
                    old.ended = new.effective
                    old.ended_by = f"被《{new.law.name}》取代"
                    old.warning += "来源没有写明废止本解释的决定；同一事项已有新的解释，按被它取代处理。"
                    found = f"《{new.law.name}》规定同一事项，没有条文写明废止本解释"
                    notes.add("interpretation_replaced", old.law, found, f"自{new.effective}起按被取代处理")


def _check_basis(version: LawVersion, gone: dict[str, date], cleared: set[str], book: TitleBook, notes: Notes) -> None:
    law = version.law
    named = [title for title, _, _ in titles_in(law.name.replace("〈", "《").replace("〉", "》"))]
    if named and (days := _all_gone(named, gone, law.published)):
        _end(version, named, max(days), "所解释的法律已废止", notes)
        return
    basis = [title for title in law.basis if book.find(title) or canonical(title) in gone]
    substance = [title for title in basis if not _PROCEDURE.search(title)]
    lost = [title for title in substance if gone.get(canonical(title), law.published) > law.published]
    if not lost:
        return
    if len(lost) == len(substance) and all(canonical(title) in cleared for title in lost):
        _end(version, lost, max(gone[canonical(t)] for t in lost), "所依据的法律已废止", notes)
        return
    listed = "、".join(f"《{title}》（{said(gone[canonical(title)])}废止）" for title in lost)
    version.warning += f"本解释所依据的{listed}已不再适用；引用前请核对本解释是否仍有效。"
    notes.add("basis_repealed", law, f"依据的法律中{listed}", "按现行有效处理并附提示")


def _all_gone(titles: list[str], gone: dict[str, date], published: date) -> list[date]:
    """Days on which all of `titles` were repealed, after `published`; [] when one still binds."""
    days = [gone.get(canonical(title)) for title in titles]
    found = [day for day in days if day is not None and day > published]
    return found if len(found) == len(titles) else []


def _end(version: LawVersion, titles: list[str], on: date, why: str, notes: Notes) -> None:
    listed = "、".join(f"《{title}》" for title in titles)
    version.ended = on
    version.ended_by = f"失去依据：{why}（{listed}）"
    version.warning += f"{why}：{listed}自{said(on)}起废止。来源没有写明废止本解释的决定，按同日失效处理。"
    notes.add("interpretation_without_law", version.law, f"{why}：{listed}（{on}）", f"自{on}起按失效处理")
