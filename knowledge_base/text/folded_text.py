"""A text made uniform for reading citations, with the way back to every offset of the original."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge_base.text.analysis import simplify

_SAME = {
    "0123456789": "０１２３４５６７８９",
    "（": "(﹙﹝〔［[",
    "）": ")﹚﹞〕］]",
    "《": "〈＜",
    "》": "〉＞",
    "-": "―‐‑‒–—−－─━ー~～﹣〜",
    "零": "〇",
    ",": "，",
    ".": "．",
}
_FOLD = {ord(char): to if len(to) == 1 else to[i] for to, chars in _SAME.items() for i, char in enumerate(chars)}
_FOLD |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # half a character, which no converter takes
_SPACE = re.compile(r"[\s\u00a0\u200b-\u200f\u2060\u3000\ufeff]+")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Digits, brackets, dashes and characters made uniform, white space left out."""

    text: str
    offsets: tuple[int, ...]
    """Offset in the original of each character of `text`, and its length at the end."""
    original: str

    @classmethod
    def of(cls, original: str) -> FoldedText:
        """Folded `original`. A space between two digits stays, as it parts two numbers."""
        plain = original.translate(_FOLD)
        simple = simplify(plain)
        if len(simple) != len(plain):  # a phrase whose simplified form is longer or shorter: character by character
            known = {char: simplify(char) for char in set(plain)}
            simple = "".join(known[char] if len(known[char]) == 1 else char for char in plain)
        chunks: list[str] = []
        offsets: list[int] = []
        at = 0
        for space in _SPACE.finditer(simple):
            start, end = space.span()
            chunks.append(simple[at:start])
            offsets += range(at, start)
            if simple[start - 1 : start].isdigit() and simple[end : end + 1].isdigit():
                chunks.append(" ")
                offsets.append(start)
            at = end
        chunks.append(simple[at:])
        offsets += range(at, len(simple))
        return cls("".join(chunks), (*offsets, len(original)), original)

    def span(self, begin: int, end: int) -> tuple[int, str]:
        """Where the characters from `begin` to `end` of `text` stand in the original, and what stands there."""
        start = self.offsets[begin]
        return start, self.original[start : self.offsets[end - 1] + 1] if end > begin else ""

    def broken_at(self, position: int) -> bool:
        """Whether white space stood before the character at `position`, or the text ends there."""
        return position >= len(self.text) or self.offsets[position] > self.offsets[position - 1] + 1
