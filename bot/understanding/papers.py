"""Hears which papers somebody wants: 「给我写个起诉状」, 「离婚协议怎么写，给我一份」, 「把上面的打印出来」."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "papers.yaml"
OTHER = "other"
"""Stands for papers without a template."""
_CLAUSE = re.compile(r"[^,，。.;；!！?？\s]+[?？]?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LEAST = 2
"""Chinese characters that tell something besides the wish."""
_LONGEST_USE = 16
"""Characters of a question whether the papers can be signed."""


@dataclass(frozen=True, slots=True)
class Instead:
    """What is said where another paper comes before the one asked for."""

    say: str
    cite: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper is called."""

    id: str
    """Of its template."""
    words: re.Pattern[str]
    opens: str
    """Id of the topic whose paper it is; empty where many topics draft it, or none has to."""
    ask: str
    """What has to be told before it can be written; empty where a topic asks it, or the form is given as it is."""
    instead: Mapping[str, Instead]
    """By the id of a paper that was drafted and comes first."""
    tells: bool
    """Whether to want it tells what happened: who asks for a 答辩状 was sued."""
    like: tuple[str, ...]
    """What stands for it where that was drafted instead: of 「协议」 in a divorce the 离婚协议书."""
    anywhere: bool
    """Whether its form is of use in any matter."""
    held: bool
    """Whether people have one already, so that its bare name may answer a question."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a message asks for."""

    papers: tuple[Paper, ...]
    """In the order named; empty: whatever was drafted."""
    called: tuple[str, ...]
    """What each was called."""
    said: str
    """The words that ask for it."""
    rest: str
    """What the message tells besides."""
    plainly: bool
    """Whether it asks to be given the paper; not where it only names it or asks how it is written."""

    @property
    def names(self) -> str:
        """「状子」、「证据清单」, as the citizen calls them."""
        return "、".join(f"「{one}」" for one in self.called) or "文书"

    @property
    def unknown(self) -> bool:
        """Whether none of the papers named has a template."""
        return bool(self.papers) and all(one.id == OTHER for one in self.papers)


def wanted_papers(text: str, named: bool = False) -> Wanted | None:
    """The papers that `text` asks for; None where it asks for none.

    `named`: only in so many words, with the name of a paper; a bare 「借条」 may answer a question.
    """
    table = _table()
    if named and not table.names.search(text):
        return None
    clauses = [_Clause(one, table) for one in _CLAUSE.findall(text)]
    asks = [one for one in clauses if one.wishes or one.asks_any or (one.bare and not named)]
    found = {paper.id: (paper, called) for one in asks for paper, called in one.papers}
    if not asks or (named and not found):
        return None
    left = [one.left if one in asks else one.text for one in clauses]
    rest = "，".join(one for one in left if len(_HAN.findall(one)) >= _LEAST)
    plainly = any((one.wishes and not one.asks_how) or one.asks_any for one in asks)
    wanted, called = tuple(one for one, _ in found.values()), tuple(name for _, name in found.values())
    return Wanted(wanted, called, "，".join(one.text for one in asks), rest, plainly)


def untold(text: str) -> str:
    """`text` without the clauses that only ask for a paper by name: 「帮我写张借条」 tells of none.

    「起诉状怎么写」 stays: it tells that nothing was handed in yet.
    """
    wanted = wanted_papers(text, named=True)
    if wanted is None or not wanted.plainly or any(one.tells for one in wanted.papers):
        return text
    return wanted.rest


def asks_use(text: str) -> bool:
    """Whether it asks if what was drafted can be signed and handed in as it is: 「能直接交吗」."""
    table = _table()
    short = len(text) <= _LONGEST_USE and not table.not_ours.search(text)
    return short and table.use.search(text) is not None


def papers() -> tuple[Paper, ...]:
    """All that can be asked for."""
    return _table().papers


class _Clause:
    """One clause, and what of it asks for a paper."""

    def __init__(self, text: str, table: _Table) -> None:
        self.text = text
        named = table.named(text)
        self.papers = [(paper, text[start:end]) for (start, end), paper in named]
        self.asks_any = not named and table.any.fullmatch(text) is not None
        without = text
        for (start, end), _ in reversed(named):
            without = without[:start] + " " + without[end:]
        for pattern in (table.wishes, table.how, table.fillers):
            without = pattern.sub("", without)
        self.left = "" if self.asks_any else without.replace(" ", "")
        """What it says besides."""
        ours = bool(named) and not table.unless.search(text)
        wish, how = table.wishes.search(text), table.how.search(text)
        self.bare = ours and not _HAN.search(self.left)
        self.wishes = ours and bool(wish or how)
        self.asks_how = how is not None and not table.wishes.search(table.how.sub("", text))


@dataclass(frozen=True, slots=True)
class _Table:
    papers: tuple[Paper, ...]
    names: re.Pattern[str]
    wishes: re.Pattern[str]
    how: re.Pattern[str]
    unless: re.Pattern[str]
    fillers: re.Pattern[str]
    any: re.Pattern[str]
    use: re.Pattern[str]
    not_ours: re.Pattern[str]

    def named(self, text: str) -> list[tuple[tuple[int, int], Paper]]:
        """The papers named and where, of two names the one that holds the other: 行政起诉状 is no 起诉状."""
        found = [(match.span(), paper) for paper in self.papers for match in paper.words.finditer(text)]
        return sorted(
            (((start, end), paper) for (start, end), paper in found
             if not any(a <= start and end <= b and b - a > end - start for (a, b), _ in found)),
            key=lambda one: one[0],
        )  # fmt: skip


@functools.cache
def _table() -> _Table:
    file: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    told = {key: text.replace(" ", "") for key, text in file.items() if key != "papers"}
    told["names"] = "|".join(row["words"] for row in file["papers"].values())
    told["wishes"] = told["wishes"].replace("NAME", f"(?:{told['names']})")
    papers = (_paper(paper, row) for paper, row in file["papers"].items())
    return _Table(tuple(papers), **{key: re.compile(text) for key, text in told.items()})


def _paper(paper: str, row: Mapping[str, Any]) -> Paper:
    before = {other: Instead(one["say"], tuple(one["cite"])) for other, one in (row.get("instead") or {}).items()}
    words, opens, ask = re.compile(row["words"]), row.get("opens", ""), row.get("ask", "")
    like, anywhere = tuple(row.get("like") or ()), row.get("anywhere", False)
    return Paper(paper, words, opens, ask, before, row.get("tells", False), like, anywhere, row.get("held", False))
