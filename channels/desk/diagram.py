"""Where the boxes and lines of a topic's diagram stand: questions on the left, what is told on the right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from bot.interviews.outline import Node, Outline

WIDTH = 936
_LEFT, _LEFT_WIDTH = 64, 304
_RIGHT, _RIGHT_WIDTH = 540, 386
_EM, _SMALL = 15, 12.5
"""Sizes of the type; a Chinese character is as wide as it is high."""
_LINE, _PAD, _GAP = 21, 10, 12
_KINDS = {
    "question": "问题", "finding": "结论", "deadline": "期限", "handoff": "转人工", "aid": "法律援助", "apply": "申请",
    "document": "文书",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """One node where it is drawn."""

    node: Node
    kind: str
    slug: str
    title: str
    x: int
    y: int
    width: int
    height: int
    lines: tuple[tuple[int, str], ...]
    """(y, text) of the title."""
    small: tuple[int, str]
    """(y, text) below it."""
    said: str
    """The whole, for screen readers and as a tip."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One edge where it is drawn."""

    start: str
    end: str
    how: str
    path: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """All of it."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]


def slug(key: str) -> str:
    """The key of a node as the id of an element."""
    return key.replace("[", "-").replace("]", "").replace(".", "-")


def diagram(whole: Outline, titles: Mapping[str, str]) -> Diagram:
    """Lay the topic out. `titles`: of the documents, by their id."""
    right = _column([one for one in whole.nodes if one.kind != "question"], _RIGHT, _RIGHT_WIDTH, titles)
    left = _column([one for one in whole.nodes if one.kind == "question"], _LEFT, _LEFT_WIDTH, titles)
    middles = {box.slug: box.y + box.height / 2 for box in right}
    wanted: dict[str, list[float]] = defaultdict(list)
    for edge in whole.edges:
        if slug(edge.end) in middles:
            wanted[slug(edge.start)].append(middles[slug(edge.end)])
    height = max((box.y + box.height for box in (*left, *right)), default=0) + _PAD
    boxes = (*_beside(left, wanted, height), *right)
    at = {box.node.key: box for box in boxes}
    curves = tuple(
        Curve(slug(edge.start), slug(edge.end), edge.how, _path(at[edge.start], at[edge.end])) for edge in whole.edges
    )
    return Diagram(WIDTH, height, boxes, curves)


def _column(nodes: list[Node], x: int, width: int, titles: Mapping[str, str]) -> list[Box]:
    boxes, y = [], _PAD
    for node in nodes:
        title = titles.get(node.title, node.title) if node.kind == "document" else node.title
        lines = _wrapped(title, (width - 2 * _PAD - 66) / _EM, 2)
        below = node.text if node.kind == "question" else node.when or "总是告诉"
        if node.kind == "question" and node.when:
            below = f"只在：{node.when}"
        small = _wrapped(below, (width - 2 * _PAD) / _SMALL, 1)[0]
        height = 2 * _PAD + _LINE * (len(lines) + 1)
        placed = tuple((y + _PAD + 16 + _LINE * at, line) for at, line in enumerate(lines))
        said = f"{_KINDS[node.kind]}：{title}。" + (f"条件：{node.when}。" if node.when else "") + node.text
        below_at = y + _PAD + 16 + _LINE * len(lines)
        boxes.append(
            Box(
                node, _KINDS[node.kind], slug(node.key), title, x, y, width, height, placed, (below_at, small), said
            )  # fmt: skip
        )
        y += height + _GAP
    return boxes


def _beside(boxes: list[Box], wanted: Mapping[str, list[float]], height: int) -> list[Box]:
    """The questions as near as may be to what hangs on them, still in their order and none over another."""
    tops = []
    room = float(height - _PAD)
    for box in reversed(boxes):  # no lower than leaves room for those below
        ends = wanted.get(box.slug)
        top = sum(ends) / len(ends) - box.height / 2 if ends else float(box.y)
        top = min(top, room - box.height)
        tops.append(top)
        room = top - _GAP
    placed, least = [], float(_PAD)
    for box, top in zip(boxes, reversed(tops), strict=True):
        by = round(max(top, least)) - box.y
        placed.append(_moved(box, by))
        least = box.y + by + box.height + _GAP
    return placed


def _moved(box: Box, by: int) -> Box:
    lines = tuple((y + by, text) for y, text in box.lines)
    small = (box.small[0] + by, box.small[1])
    return Box(
        box.node, box.kind, box.slug, box.title, box.x, box.y + by, box.width, box.height, lines, small, box.said
    )  # fmt: skip


def _path(start: Box, end: Box) -> str:
    y, to = start.y + start.height // 2, end.y + end.height // 2
    if start.x == end.x:  # between questions: a bow on the left, wider the farther it goes
        bow = max(6, start.x - 18 - min(44, abs(to - y) // 14))
        return f"M{start.x} {y}C{bow} {y} {bow} {to} {end.x} {to}"
    x = start.x + start.width
    middle = (x + end.x) // 2
    return f"M{x} {y}C{middle} {y} {middle} {to} {end.x} {to}"


def _wrapped(text: str, ems: float, most: int) -> list[str]:
    """Lines no wider than `ems` Chinese characters; what does not fit ends in …"""
    lines: list[str] = []
    line, width = "", 0.0
    for at, letter in enumerate(text):
        wide = 0.55 if letter.isascii() else 1.0
        if width + wide > ems - (1 if len(lines) == most - 1 and at < len(text) - 1 else 0):
            if len(lines) == most - 1:
                return [*lines, line + "…"]
            lines.append(line)
            line, width = "", 0.0
        line += letter
        width += wide
    return [*lines, line]
