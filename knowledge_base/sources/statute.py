"""Cuts the lines of a statute into articles: headings, 第…条, numbered entries, annexes, preamble."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge_base.record import SourceArticle
from knowledge_base.text.numerals import article_key, read_number, write_number
from knowledge_base.text.titles import titles_in

_N = "[零〇一二两三四五六七八九十百千]+"
_ARTICLE = re.compile(rf"^(第{_N}条(?:之[一二三四五六七八九十]+)?)(?:[\s　：:]+|$)")
_SLOPPY = re.compile(rf"^第[\s　]*({_N})[\s　]*条(?!第|的|规定|所|中|之|和|至|或|及|[，。、；）])[\s　]*")
"""A number with a space inside or none behind; taken only where it is the next one."""
_BROKEN = re.compile(r"^(第[^\s　，。、；：“”《》]{0,12}(?:条(?:之[^\s　]{1,3})?[\s　]|[\s　]+条))")
_GLUED = re.compile(rf"(?<=[。；：])[\s　]+(?=第{_N}条[\s　])")
_PART = re.compile(rf"^第{_N}(编|分编|章|节)(?:[\s　]|$)")
_ENTRY = re.compile(r"^([一二三四五六七八九十百]+)(?:、\s*|$)")
_DIGITS = re.compile(r"^(\d{1,3})[.．、]\s*(?!\d)")
_ANNEX = re.compile(r"^附(?:件|录|表|图)?\s*(?:[一二三四五六七八九十\d]{1,3}(?=$|[\s　：:.、])|[：:]|$|(?=：))")
_BASIS = re.compile(r"(?:根据|依据|依照|按照|适用|执行)[^。；]*")
_RANK = {"编": 0, "分编": 1, "章": 2, "节": 3}
_FEW = 3
_LONG = 4000
"""Characters above which a text without any numbering is cut at its headings."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not empty."""

    number: int
    """1-based in the file."""
    text: str
    heading: bool = False
    """Marked as a heading by the document itself."""


@dataclass(frozen=True, slots=True)
class Statute:
    """What the lines hold."""

    articles: tuple[SourceArticle, ...]
    basis: tuple[str, ...]
    """Titles of the laws that the preamble says it rests on."""
    faults: tuple[tuple[int, str], ...]
    """Line number and what is wrong with the article there; it is not among `articles`."""


@dataclass(slots=True)
class _Block:
    line: int
    number: str
    order: tuple[int, int]
    """For the sequence; (0, 0) outside it."""
    chapter: str
    section: str
    texts: list[str] = field(default_factory=list)


def read_statute(lines: Sequence[Line], amending: bool = False) -> Statute:
    """Cut `lines`; `amending` for a text of changes, whose own units are its entries, not the articles it quotes.

    Articles keep the printed number, entries 一、 or 1. become 条目一 as the other sources have it; a text without
    either is one article 全文, or one for each heading when it is long. Annexes follow as articles without a number.
    """
    numbered = any(_ARTICLE.match(line.text) or _BROKEN.match(line.text) for line in lines)
    listed = [m[1] for line in lines if (m := _ENTRY.match(line.text))]
    entries = "一" in listed or len(listed) > 1
    if numbered and not (amending and entries):
        cutter = _Cutter(_article_number, amending)
    elif _counted(lines):
        cutter = _Cutter(_digit_number, amending, chapter_entries=True)
    elif entries:
        cutter = _Cutter(_entry_number, amending, numbered_headings=True)
    else:
        return _unnumbered(lines)
    for line in _unglued([_mended(line) for line in lines]) if numbered else lines:
        cutter.take(line)
    return cutter.result()


def _mended(line: Line) -> Line:
    """笫, a rare character that scanners take for 第, set right where an article begins."""
    return replace(line, text="第" + line.text[1:]) if re.match(rf"笫{_N}条", line.text) else line


def _unglued(lines: Sequence[Line]) -> Iterator[Line]:
    """Articles that run on in one paragraph apart; only where the number is the next, for a quotation is not."""
    expected = 0
    for line in lines:
        pieces = [""]
        for piece in _GLUED.split(line.text):
            match = _ARTICLE.match(piece)
            number = _main(match[1]) if match else 0
            if match and (not pieces[-1] or number == expected + 1):
                pieces.append(piece)
                expected = number
            else:
                pieces[-1] += piece
        yield from (replace(line, text=piece) for piece in pieces if piece)


def _main(number: str) -> int:
    try:
        return _order(number)[0]
    except ValueError:
        return 0


def _article_number(text: str) -> tuple[str, int] | None:
    match = _ARTICLE.match(text)
    return (match[1], match.end()) if match else None


def _entry_number(text: str) -> tuple[str, int] | None:
    match = _ENTRY.match(text)
    return (f"条目{match[1]}", match.end()) if match else None


def _digit_number(text: str) -> tuple[str, int] | None:
    match = _DIGITS.match(text)
    return (f"条目{write_number(int(match[1]))}", match.end()) if match and int(match[1]) else None


def _counted(lines: Sequence[Line]) -> bool:
    """Whether 1. 2. 3. run through the whole text, whatever headings 一、 stand between."""
    found = [int(m[1]) for line in lines if (m := _DIGITS.match(line.text))]
    for above, below in zip(lines, lines[1:], strict=False):
        if _ENTRY.match(above.text) and above.heading and not (below.heading or _DIGITS.match(below.text)):
            return False
    return len(found) >= _FEW and found == list(range(1, len(found) + 1))


class _Cutter:
    def __init__(
        self,
        read: Callable[[str], tuple[str, int] | None],
        amending: bool,
        chapter_entries: bool = False,
        numbered_headings: bool = False,
    ) -> None:
        self._read = read
        self._amending = amending
        self._chapter_entries = chapter_entries
        self._numbered_headings = numbered_headings
        self._headings = ["", "", "", ""]
        self._preamble: list[str] = []
        self._blocks: list[_Block] = []
        self._annexes: list[_Block] = []
        self._faults: list[tuple[int, str]] = []
        self._dropping = False
        self._rank = -1
        """Of the heading just read; -1 inside an article."""

    def take(self, line: Line) -> None:
        text = line.text
        if self._blocks and _ANNEX.match(text) and len(text) < 60:
            self._annexes.append(_Block(line.number, _annex_name(text), (0, 0), "", "", [text]))
        elif self._annexes:
            self._annexes[-1].texts.append(text)
        elif not self._start(line):
            self._go_on(line)

    def _start(self, line: Line) -> bool:
        """Whether `line` opens an article or a heading, or is a broken one."""
        if not (self._amending and self._blocks and not line.heading) and self._read_heading(line):
            return True
        found = self._read(line.text)
        if found is None and self._read is _article_number:
            found = self._sloppy(line.text)
        if found is None:
            broken = _BROKEN.match(line.text) if self._read is _article_number else None
            if broken is None:
                return False
            self._fault(line.number, f"{broken[1].strip()} is no article number; write it as 第十二条")
            return True
        number, end = found
        try:
            order = _order(number)
        except ValueError as error:
            self._fault(line.number, f"{number} is no article number ({error}); write it as 第十二条")
            return True
        if self._amending and self._blocks and order != (self._blocks[-1].order[0] + 1, 0):
            return False  # what an amendment quotes is not its own
        self._dropping, self._rank = False, -1
        chapter = " ".join(h for h in self._headings[:3] if h)
        block = _Block(line.number, number, order, chapter, self._headings[3])
        rest = line.text[end:].strip()
        if line.heading and self._numbered_headings:
            block.section = rest if len(rest) <= 40 else ""
        if rest:
            block.texts.append(rest)
        self._blocks.append(block)
        return True

    def _sloppy(self, text: str) -> tuple[str, int] | None:
        match = _SLOPPY.match(text)
        last = self._blocks[-1].order[0] if self._blocks else 0
        return (f"第{match[1]}条", match.end()) if match and _main(f"第{match[1]}条") == last + 1 else None

    def _read_heading(self, line: Line) -> bool:
        part = _PART.match(line.text)
        if part and (line.heading or (len(line.text) < 40 and not line.text.endswith(("。", "；", "：")))):
            rank = _RANK[part[1]]
        elif self._chapter_entries and _ENTRY.match(line.text) and (line.heading or len(line.text) < 30):
            rank = 2
        elif line.heading and not (self._numbered_headings and _ENTRY.match(line.text)):
            rank = 3 if self._headings[2] and _ENTRY.match(line.text) else 2
        elif re.fullmatch(r"附[\s　]*则", line.text):
            rank = 2
        else:
            return False
        head = line.text[: part.end()].strip() if part else ""
        rest = re.sub(r"(?<=[\u4e00-\u9fff])[\s　]+(?=[\u4e00-\u9fff])", "", line.text[len(head) :].strip())
        self._headings[rank:] = [f"{head} {rest}".strip(), *[""] * (3 - rank)]
        self._dropping, self._rank = False, rank
        return True

    def _go_on(self, line: Line) -> None:
        if self._dropping:
            return
        if self._blocks and self._rank >= 0:
            if len(line.text) < 40 and not line.text.endswith(("。", "；", "：")):
                self._headings[self._rank] += line.text  # a heading broken into two lines
            else:
                self._fault(line.number, "text between a heading and the first article under it; number it")
        elif self._blocks:
            self._blocks[-1].texts.append(line.text)
        else:
            self._preamble.append(line.text)

    def _fault(self, line: int, reason: str) -> None:
        """The text of a broken article goes with it: under the number before, it would be a false quotation."""
        self._faults.append((line, reason))
        self._dropping = True

    def result(self) -> Statute:
        kept = set(_longest_rise([block.order for block in self._blocks]))
        seen: set[str] = {self._blocks[i].number for i in kept}
        articles = []
        for i, block in enumerate(self._blocks):
            if i not in kept:
                what = "stands twice" if block.number in seen else "is out of order"
                self._faults.append((block.line, f"{block.number} {what}; correct the number"))
            elif not block.texts:
                self._faults.append((block.line, f"{block.number} has no text; add it"))
            else:
                articles.append(_article(block))
        articles += [_article(block) for block in self._annexes]
        for i in range(1, len(articles)):  # rows name articles, so two of one line must not share one
            articles[i] = replace(articles[i], row=max(articles[i].row, articles[i - 1].row + 1))
        opening = self._preamble + (self._blocks[0].texts[:1] if self._blocks else [])
        return Statute(tuple(articles), _basis(opening), tuple(sorted(self._faults)))


def _unnumbered(lines: Sequence[Line]) -> Statute:
    """One article 全文, or one for each heading of a long text."""
    basis = _basis([line.text for line in lines])
    headings = sum(1 for line in lines if line.heading)
    if sum(len(line.text) for line in lines) <= _LONG or headings < _FEW:
        texts = [line.text for line in lines]
        whole = [SourceArticle(lines[0].number, "全文", "", "", "\n".join(texts))] if texts else []
        return Statute(tuple(whole), basis, ())
    blocks: list[_Block] = []
    for line in lines:
        if line.heading:
            blocks.append(_Block(line.number, line.text[:40], (0, 0), "", ""))
        elif blocks:
            blocks[-1].texts.append(line.text)
    return Statute(tuple(_article(block) for block in blocks if block.texts), basis, ())


def _article(block: _Block) -> SourceArticle:
    return SourceArticle(block.line, block.number, block.chapter, block.section, "\n".join(block.texts))


def _annex_name(text: str) -> str:
    return re.split(r"[：:\s　]", text, maxsplit=1)[0][:20]


def _order(number: str) -> tuple[int, int]:
    if number.startswith("条目"):
        return read_number(number.removeprefix("条目")), 0
    main, _, sub = article_key(number).partition("-")
    return int(main), int(sub or 0)


def _longest_rise(orders: Sequence[tuple[int, int]]) -> list[int]:
    """Indexes of the longest strictly rising run, so that one wrong number does not cost the numbers after it."""
    tails: list[tuple[int, int]] = []
    last: list[int] = []
    before: list[int] = []
    for i, order in enumerate(orders):
        at = bisect_left(tails, order)
        before.append(last[at - 1] if at else -1)
        if at < len(tails) and tails[at] == order:
            continue  # of two with one number, the first
        tails[at:] = [order, *tails[at + 1 :]]
        last[at:] = [i, *last[at + 1 :]]
    found, i = [], last[-1] if last else -1
    while i >= 0:
        found.append(i)
        i = before[i]
    return found[::-1]


def _basis(texts: Sequence[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in texts[:6]:
        for clause in _BASIS.findall(text):
            found |= dict.fromkeys(title for title, _, _ in titles_in(clause))
    return tuple(found)
