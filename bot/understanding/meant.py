"""What a citizen means by what they wrote: simplified, half-width, typing errors and dialect read as standard words."""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.understanding.longest import compile_words
from bot.understanding.normalise import normalise
from bot.understanding.words import frequency

LEXICON = Path(__file__).resolve().parents[2] / "training_data" / "lexicon"
TYPOS = LEXICON / "typos.yaml"
DIALECT = LEXICON / "dialect.yaml"
_CALLED = (
    "我",
    "我们",
    "我家",
    "我妈",
    "我爸",
    "我爸妈",
    "我老公",
    "我老婆",
    "他",
    "他们",
    "他家",
    "她",
    "她们",
    "她家",
    "孩子",
    "老板",
)
_CALLED_BY = ("电话", "手机", "微信", "视频", "语音", "座机")
_A_WORD = 30
"""A word of the dictionary that was counted so often is one people write."""


@dataclass(frozen=True, slots=True)
class Reword:
    """One word that is read as another."""

    means: str
    unless: tuple[str, ...] = ()
    """Longer words in which it means itself."""
    typo: bool = False


@dataclass(frozen=True, slots=True)
class Meant:
    """The text as meant, and the way back to the words as they were written."""

    text: str
    own: str
    """The citizen's own words, cleaned of control characters and doubled spaces only."""
    _starts: tuple[int, ...] = ()
    """Offsets in `text` from which on the shift to `own` changes, ascending."""
    _spans: tuple[tuple[int, int, int, int], ...] = ()
    """(start, end in `text`, start, end in `own`) of each reworded piece."""

    def shown(self, start: int, end: int) -> str:
        """The own words behind `text[start:end]`; a piece touched in part is shown whole."""
        return self.own[self._back(start, False) : self._back(end, True)].strip()

    def quoted(self, words: str) -> str:
        """The own words behind `words`, which are taken from `text`; `words` itself where they are not."""
        at = self.text.find(words) if words else -1
        return words if at < 0 else self.shown(at, at + len(words))

    def _back(self, offset: int, is_end: bool) -> int:
        place = bisect_right(self._starts, offset - 1 if is_end else offset) - 1
        if place < 0:
            return min(offset, len(self.own))
        start, end, own_start, own_end = self._spans[place]
        if offset < end or (is_end and offset == end):
            inside = offset > start if is_end else offset >= start
            if inside:
                return own_end if is_end else own_start
        return min(own_end + offset - end, len(self.own))


def meant(text: str) -> str:
    """`text` as everything that understands reads it; never raises, never for showing."""
    return understand(text).text


@functools.lru_cache(maxsize=512)
def understand(text: str) -> Meant:
    """The same with the way back."""
    own = cleaned(text)
    plain = normalise(text)
    # NFKC can change the length (㎡); then there is no way back character by character, and the plain form is shown.
    return _reworded(plain, own if len(own) == len(plain) else plain)


def cleaned(text: str) -> str:
    """The words as written, without what nobody sees; same length as their normal form but in rare cases."""
    kept = "".join(
        char if char in "\t\n\r" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn") else ""
        for char in text
    )
    return re.sub(r"\s+", " ", kept).strip()


def _reworded(plain: str, own: str) -> Meant:
    pieces: list[str] = []
    spans: list[tuple[int, int, int, int]] = []
    done = length = 0
    for match in _pattern().finditer(plain):
        reword = rewords()[match[0]]
        if _is_itself(plain, match.start(), match[0], reword):
            continue
        pieces += (plain[done : match.start()], reword.means)
        start = length + match.start() - done
        length = start + len(reword.means)
        spans.append((start, length, match.start(), match.end()))
        done = match.end()
    if not spans:
        return Meant(plain, own)
    return Meant("".join((*pieces, plain[done:])), own, tuple(span[0] for span in spans), tuple(spans))


def _is_itself(text: str, at: int, word: str, reword: Reword) -> bool:
    """Whether the word found at `at` is none: part of a longer word, or the seam between two (任何|同事 holds 何同)."""
    if any(
        text.startswith(longer, at - before)
        for longer in reword.unless
        if (before := longer.find(word)) >= 0 and at >= before
    ):
        return True
    if not reword.typo:
        return False
    end = at + len(word)
    seams = [text[at - length : at + 1] for length in (1, 2) if at >= length]
    seams += [text[end - 1 : end + length] for length in (1, 2) if end + length <= len(text)]
    return any(frequency(one) >= _A_WORD for one in seams)


@functools.cache
def _pattern() -> re.Pattern[str]:
    return compile_words(rewords())


@functools.cache
def rewords() -> Mapping[str, Reword]:
    """Every mistyped or dialect word; a word of both tables is read as the dialect says."""
    return {
        **{wrong: Reword(right, typo=True) for right, wrongs in _load(TYPOS).items() for wrong in str(wrongs).split()},
        **{word: Reword(row["means"], tuple(row.get("unless") or ())) for word, row in _load(DIALECT).items()},
        **_calls(),
    }


def _calls() -> dict[str, Reword]:
    """「打我电话」 rings somebody up and beats nobody; 「动手打我电话也不让打」 does."""
    spoken = {"我": ("我", "俺"), "我们": ("我们", "俺们")}
    return {
        f"打{said}{of}{by}": Reword(f"给{who}打{by}", (f"手打{said}{of}{by}", f"打{said}{of}{by}也不让"))
        for who in _CALLED
        for said in spoken.get(who, (who,))
        for of in ("", "的")
        for by in _CALLED_BY
    }


def _load(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}
