"""Puts amendments that a source did not merge beside the articles they change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from knowledge_base.record import SourceLaw
from knowledge_base.text.numerals import format_number
from knowledge_base.validity.amendments import changes, compose, describe, new_texts, squeeze
from knowledge_base.validity.dated import DatedArticle, LawVersion, Notes, said


def amend(
    version: LawVersion, articles: list[DatedArticle], amendments: Iterable[SourceLaw], notes: Notes
) -> list[DatedArticle]:
    """`articles` of the newest version after every later amendment; one of the same day must be in the text already."""
    main = ""
    for amendment in sorted(amendments, key=lambda a: a.published):
        if amendment.published > version.law.published:
            articles = _apply(amendment, version, articles, notes)
        elif amendment.published == version.law.published:
            main = main or squeeze("".join(a.text for a in version.law.articles))
            texts = new_texts(amendment)
            missing = [t for t in texts if t not in main]
            if missing:
                notes.add(
                    "amendment_not_merged",
                    version.law,
                    f"《{amendment.name}》的{len(texts)}段新文字中有{len(missing)}段不在本法中：{missing[0][:30]}…",
                    "两份文本都可查到",
                )
    return articles


def _apply(amendment: SourceLaw, version: LawVersion, articles: list[DatedArticle], notes: Notes) -> list[DatedArticle]:
    """Old articles end, composed ones begin."""
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
                warning=f"{old.warning}本条自{said(on)}起已被{where}修改，新的文字见该处。",
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
                warning=f"{version.warning}本条自{said(on)}起由{where}修改，这里的文字是按修正案原文合成的，"
                "引用前请核对官方文本。",
            )
            out.insert(out.index(base) + 1 if base in out else len(out), composed)
        notes.add(
            "amendment_missing",
            version.law,
            f"{where}（{on}施行）改了这一条，来源没有并入",
            "按修正案原文合成新条文，新旧都附提示" if text else "保留旧文并附提示",
            number,
        )
    return out
