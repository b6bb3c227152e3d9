"""The opinion as a paper, so that every format shows the same words in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.documents.blocks import Block, Line, Paper, Style, Table
from bot.interviews.precedent import CAUTION, HEADING
from knowledge_base.text.numerals import write_number

CERTAINTY = {"sure": "法律规定明确", "likely": "可能性较大", "depends": "要看具体情况"}

# A table row cannot break across pages, so a longer answer stands below the table as a paragraph.
LONGEST_CELL = 300


def _told(facts: Sequence[Mapping[str, Any]]) -> list[Block]:
    rows = tuple((fact["label"], fact["value"]) for fact in facts if len(fact["value"]) <= LONGEST_CELL)
    long = [Line("text", f"{fact['label']}：{fact['value']}") for fact in facts if len(fact["value"]) > LONGEST_CELL]
    return [*([Table((("事项", "您的回答"), *rows), (2, 5))] if rows else []), *long]


def _law(citation: Mapping[str, Any]) -> Iterator[Line]:
    yield Line("law", f"《{citation['law']}》{citation['number']}（{citation['version']}版本）：{citation['text']}")
    if citation.get("warning"):
        yield Line("warning", f"注意：{citation['warning']}")


def _calculation(calculation: Mapping[str, Any]) -> Iterator[Block]:
    rows = [("项目", "怎么算", "金额或结果")]
    rows += [(line["label"], line["expression"], line["amount"]) for line in calculation["lines"]]
    if calculation.get("total"):
        rows.append(("合计", "", calculation["total"]))
    yield Line("text", f"计算：{calculation['title']}")
    yield Table(tuple(rows), (3, 5, 3))
    for key in ("basis", "note"):
        if calculation.get(key):
            yield Line("note", calculation[key])


def _finding(index: int, finding: Mapping[str, Any]) -> Iterator[Block]:
    yield Line("finding", f"{index}. {finding['title']}（{CERTAINTY.get(finding['certainty'], finding['certainty'])}）")
    yield Line("text", finding["text"])
    if finding.get("calculation"):
        yield from _calculation(finding["calculation"])
    for citation in finding["citations"]:
        yield from _law(citation)


def _deadlines(deadlines: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    for deadline in deadlines:
        style: Style = "warning" if deadline["soon"] or deadline["overdue"] else "bullet"
        yield Line(style, f"{deadline['title']}：{deadline['text']}")
        for citation in deadline["citations"]:
            yield from _law(citation)


def _legal_aid(aid: Mapping[str, Any] | None) -> Iterator[Block]:
    if aid:
        yield Line("text", aid["text"])
        for citation in aid["citations"]:
            yield from _law(citation)


def _cases(cases: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    for case in cases:
        yield Line("finding", f"{case['title']}（{case['source']}）")
        for reason in case["reasons"]:
            yield Line("text", reason)
        if case["outcome"]:
            yield Line("text", f"结果：{case['outcome']}")
        if case["note"]:
            yield Line("note", f"请注意：{case['note']}")
    if cases:
        yield Line("note", CAUTION)


def _documents(documents: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    for one in documents:
        left = f"还有{one['gaps']}处要您自己填" if one["gaps"] else "请核对"
        yield Line("bullet", f"{one['title']}：{one['purpose']}（{left}）")
    if documents:
        yield Line("note", "文书在咨询页面另外下载，Word 可以直接修改。")


def _phone(place: Mapping[str, Any]) -> str:
    return f"（电话 {place['phone']}）" if place.get("phone") else ""


def _sections(opinion: Mapping[str, Any]) -> Iterator[tuple[str, list[Block]]]:
    yield "您告诉我们的情况", _told(opinion["told"])
    service = opinion.get("kind") == "service"
    yield (
        "规定怎么说" if service else "法律怎么说，您可以主张什么",
        [block for i, finding in enumerate(opinion["findings"], 1) for block in _finding(i, finding)],
    )
    yield "还不能确定的", [Line("bullet", text) for text in opinion["open"]]
    yield "期限（过期可能失去权利）", list(_deadlines(opinion["deadlines"]))
    yield "请准备这些材料" if service else "请准备这些证据", [Line("bullet", text) for text in opinion["evidence"]]
    yield "下一步怎么做", [Line("text", f"第{i}步：{text}") for i, text in enumerate(opinion["steps"], 1)]
    yield "可以去哪里", [Line("bullet", place["text"] + _phone(place)) for place in opinion["where"]]
    yield "为您起草的文书", list(_documents(opinion.get("documents") or ()))
    yield "法律援助", list(_legal_aid(opinion.get("legal_aid")))
    yield HEADING, list(_cases(opinion.get("cases") or ()))
    yield (
        "另可参考（未收入本系统法条库，请以官方文本为准）",
        [Line("bullet", f"{r['title']}：{r['note']}" if r.get("note") else r["title"]) for r in opinion["references"]],
    )
    yield "说明", [Line("text", opinion["certainty"]), Line("note", opinion["disclaimer"])]


def opinion_blocks(opinion: Mapping[str, Any]) -> list[Block]:
    """Blocks of an opinion given as `Opinion.to_dict()`; empty sections are left out, the others numbered."""
    blocks: list[Block] = [
        Line("title", opinion["title"]),
        Line("meta", f"事项编号：{opinion['matter']}    出具日期：{opinion['date']}    咨询主题：{opinion['topic']}"),
    ]
    present = [(heading, lines) for heading, lines in _sections(opinion) if lines]
    for number, (heading, lines) in enumerate(present, 1):
        blocks += [Line("heading", f"{write_number(number)}、{heading}"), *lines]
    return blocks


def opinion_paper(opinion: Mapping[str, Any]) -> Paper:
    """The paper of an opinion given as `Opinion.to_dict()`."""
    return Paper(
        title=f"{opinion['title']} {opinion['matter']}",
        blocks=tuple(opinion_blocks(opinion)),
        footer=f"法线 · 事项编号 {opinion['matter']} · ",
    )
