"""Compares what a source says of a version's status with what its dates say."""

from __future__ import annotations

from datetime import date

from knowledge_base.validity.amendments import amended_law
from knowledge_base.validity.dated import LawVersion, Notes, Versions


def check_labels(by_name: Versions, today: date, notes: Notes) -> None:
    """Note every label that the dates contradict; an unconfirmed 已废止 decides where nothing speaks against it."""
    for versions in by_name.values():
        for version in versions:
            _check(version, versions, by_name, today, notes)


def _check(version: LawVersion, versions: list[LawVersion], by_name: Versions, today: date, notes: Notes) -> None:
    law, label = version.law, version.law.label
    ended = version.ended is not None and version.ended <= today
    if label == "现行有效" and version.effective > today:
        found = f"标注{label}，施行日期{version.effective}"
        notes.add("label_in_force_too_early", law, found, f"{version.effective}前按尚未施行处理")
    if label == "现行有效" and ended:
        notes.add("label_in_force_but_ended", law, f"标注{label}", f"自{version.ended}起{version.ended_by}")
    if label == "历史版本" and not ended:
        notes.add("label_history_but_in_force", law, f"标注{label}", f"到{version.ended}为止按现行有效处理")
    if label == "已被修改":
        notes.add("label_amended", law, f"标注{label}", "按现行有效处理，逐条核对其后的修正案")
    if label == "已废止" and version.ended_by == "" and version is versions[-1]:
        _unconfirmed_repeal(version, by_name, today, notes)


def _unconfirmed_repeal(version: LawVersion, by_name: Versions, today: date, notes: Notes) -> None:
    """No law in the index repeals it; a law in force that still names it settles the matter."""
    law = version.law
    referring = _referring(f"《{law.name}》", law.name, by_name, today)
    if referring is not None:
        version.warning = (
            "来源把本法标为已废止，但没有任何法律条文写明废止它，现行法律仍在援引它；引用前请核对官方文本。"
        )
        notes.add(
            "repeal_contradicted",
            law,
            f"标注{law.label}，索引中没有废止它的条文",
            f"《{referring[0]}》{referring[1]}仍援引它，按现行有效处理并附提示",
        )
        return
    version.repealed = True
    version.warning = "来源把本法标为已废止，但索引中没有写明废止它的条文，废止日期不详；请以官方文本为准。"
    notes.add(
        "repeal_unconfirmed",
        law,
        f"标注{law.label}，索引中没有废止它的条文，也没有现行法律援引它",
        "按已废止处理，条文仍可查到并附提示",
    )


def _referring(mark: str, name: str, by_name: Versions, today: date) -> tuple[str, str] | None:
    """(title, article) of a law in force that names `mark`; laws and the constitution only, others lag behind."""
    for versions in by_name.values():
        for other in versions:
            ended = other.ended is not None and other.ended <= today
            if other.law.name == name or other.effective > today or ended or amended_law(other.law):
                continue
            if other.law.level not in ("法律", "宪法"):
                continue
            for article in other.law.articles:
                if mark in article.text:
                    return other.law.name, article.number
    return None
