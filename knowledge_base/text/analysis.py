"""The one analysis of Chinese text for indexing and searching: legal words, character bigrams, colloquial expansion."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.text.cutting import Cutter

_RUN = re.compile(r"[一-鿿㐀-䶿]+|[a-z0-9]+(?:\.[0-9]+)?")
_HAN = re.compile(r"[一-鿿㐀-䶿]+")
_PLAIN = re.compile(r"[\u4e00-\u9fd5]+")
"""Characters of jieba's own table; it treats others each in a way of its own."""
_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2064\\ufeff\\ud800-\\udfff]")
_GAP = r"[^。？！；\n]{0,10}?"
"""What 「…」 in a colloquial entry stands for: a few characters of the same sentence."""
_NUMERAL = r"[0-9零〇一二两三四五六七八九十百千万亿]"
_FIGURES = re.compile(
    rf"(?:百分之)?{_NUMERAL}+(?:[.点]{_NUMERAL}+)?(?:多|几|来)?(?:%|个月|个|年|月|日|号|点|天|小时|分钟|万|元|块|钱|斤|亩|平米|平)*(?!无理由)"
)
"""Amounts, dates and counts of one person's case; ages are no part of it (see `_AGE`)."""
_UNITS = "年月日号点天万元块斤亩"
_AGE = re.compile(rf"{_NUMERAL}+(?:周岁|岁)")
_LEXICON_FREQUENCY = 2000
"""Enough for a lexicon word to win over its parts in jieba's dictionary of 60 million."""
TERMS, COLLOQUIAL, STOP_WORDS = "legal_terms.txt", "colloquial.yaml", "stop_words.txt"
"""Files of a lexicon folder."""


class LexiconError(Exception):
    """A lexicon file is missing or malformed; the message names the file and the line or entry."""


def normalise(text: str) -> str:
    """NFKC, lower case, simplified characters; control characters become spaces."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return simplify(_CONTROL.sub(" ", plain))


def simplify(text: str) -> str:
    """Traditional characters made simplified; the rest unchanged."""
    return str(_converter().convert(text)) if _HAN.search(text) else text


def bigrams(text: str) -> list[str]:
    """Overlapping pairs of Chinese characters; a run of one character gives that character."""
    out: list[str] = []
    for run in _HAN.findall(text):
        out += [run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]
    return out


class Analyzer:
    """Cuts text into words with jieba's algorithm over a given dictionary, and knows colloquial words."""

    def __init__(
        self,
        frequencies: Mapping[str, int],
        total: int,
        expansions: Mapping[str, tuple[str, ...]],
        stop_words: Iterable[str] = (),
    ) -> None:
        self._expansions = dict(expansions)
        self._longest = max((len(word) for word in expansions), default=0)
        self._gapped = [
            (re.compile(_GAP.join(map(re.escape, word.split("…")))), terms)
            for word, terms in expansions.items()
            if "…" in word
        ]
        self._tokenizer = _tokenizer(frequencies, total)
        self._cutter = Cutter(self._tokenizer.FREQ, total)
        self.stop_words = frozenset(stop_words)
        """Words that carry no legal meaning in a question; for queries only."""

    @classmethod
    def from_lexicon(cls, folder: Path) -> Analyzer:
        """jieba's whole dictionary plus the lexicon of `folder`; slow to start, for building an index."""
        jieba = _jieba()
        base = jieba.Tokenizer()
        frequencies, total = base.gen_pfdict(base.get_dict_file())
        expansions = read_colloquial(folder / COLLOQUIAL)
        for word in [*read_terms(folder / TERMS), *(word for word in expansions if "…" not in word)]:
            raised = max(_LEXICON_FREQUENCY, frequencies.get(word, 0))
            total += raised - frequencies.get(word, 0)
            frequencies[word] = raised
        return cls(frequencies, total, expansions, read_terms(folder / STOP_WORDS))

    @classmethod
    def load(cls, path: Path) -> Analyzer:
        """The analyzer an index was built with. Raises LexiconError when the file is damaged."""
        try:
            data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            expansions = {str(k): tuple(v) for k, v in data["expansions"].items()}
            return cls(data["frequencies"], int(data["total"]), expansions, data["stop_words"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise LexiconError(f"cannot read {path} ({error}); build the index again") from error

    def save(self, path: Path, used: Iterable[str]) -> None:
        """Keep only the words in `used`: the best cut of every indexed text stays what it was, loading becomes fast.

        A word that never won in any law text cannot be found as a word anyway; in a query it falls into its parts.
        """
        keep = set(used) | set(self._expansions) | self.stop_words
        frequencies = {w: f for w, f in self._tokenizer.FREQ.items() if f and (w in keep or len(w) == 1)}
        data = {
            "total": self._tokenizer.total,
            "frequencies": frequencies,
            "expansions": self._expansions,
            "stop_words": sorted(self.stop_words),
        }
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    def words(self, text: str) -> list[str]:
        """Words of normalised `text`, long words also by their parts, without punctuation."""
        words: list[str] = []
        for run in _RUN.findall(text):
            if _PLAIN.fullmatch(run):
                words += self._cutter.words(run)
            else:
                words += self._tokenizer.cut_for_search(run, HMM=False)
        return words

    def essence(self, text: str) -> str:
        """Normalised `text` of a question without greetings, fillers, figures and dates; spaces where they stood."""
        kept: list[str] = []
        for run in _RUN.findall(_without_figures(text)):
            for word in self._tokenizer.cut(run, HMM=False):
                kept.append(" " if word in self.stop_words else word)
            kept.append(" ")
        return "".join(kept)

    def expand(self, text: str) -> list[str]:
        """Legal terms for the colloquial words in normalised `text`, longest match first, without repeats.

        An entry with 「…」 (欠…工资) matches its parts in that order with a few characters between.
        """
        found: dict[str, None] = {}
        i = 0
        while i < len(text):
            for size in range(min(self._longest, len(text) - i), 0, -1):
                terms = self._expansions.get(text[i : i + size])
                if terms:
                    found.update(dict.fromkeys(terms))
                    break
            i += 1
        for pattern, terms in self._gapped:
            if pattern.search(text):
                found.update(dict.fromkeys(terms))
        return list(found)


def _without_figures(text: str) -> str:
    """Figures give way to spaces; ages (十二岁) and numbers inside a word (三者险, 七天无理由) stay."""
    ages = {i for match in _AGE.finditer(text) for i in range(*match.span())}

    def blank(match: re.Match[str]) -> str:
        figure = match.group()
        counts = figure[0].isascii() or len(figure) > 2 or figure[-1] in _UNITS
        return " " if counts and match.start() not in ages else figure

    return _FIGURES.sub(blank, text)


def read_terms(path: Path) -> list[str]:
    """The legal lexicon: one term a line, # starts a comment. Raises LexiconError when the file is missing."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise LexiconError(f"the legal lexicon {path} cannot be read ({error.strerror})") from error
    return [term for line in lines for term in line.partition("#")[0].split()]


def read_colloquial(path: Path) -> dict[str, tuple[str, ...]]:
    """Lay word → legal terms. Raises LexiconError naming the entry that is malformed."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except OSError as error:
        raise LexiconError(f"the colloquial table {path} cannot be read ({error.strerror})") from error
    except yaml.YAMLError as error:
        raise LexiconError(f"the colloquial table {path} is not YAML: {error}") from error
    out: dict[str, tuple[str, ...]] = {}
    for word, entry in (data or {}).items():
        terms = entry.get("terms") if isinstance(entry, dict) else None
        if (
            not isinstance(word, str)
            or not terms
            or not entry.get("source")
            or not all(isinstance(t, str) for t in terms)
        ):
            raise LexiconError(f"{path}: entry {word!r} needs terms (a list of words) and source")
        out["…".join(normalise(part) for part in word.split("…"))] = tuple(terms)
    return out


def _tokenizer(frequencies: Mapping[str, int], total: int) -> Any:
    tokenizer = _jieba().Tokenizer()
    table = dict(frequencies)
    for word in frequencies:  # jieba walks prefixes; each must be present, with 0 when it is no word
        for end in range(1, len(word)):
            table.setdefault(word[:end], 0)
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = table, total, True
    return tokenizer


@lru_cache(maxsize=1)
def _jieba() -> Any:
    """jieba, imported without pkg_resources: it wants that for one file, can do without, and it costs a second."""
    if "jieba" in sys.modules or "pkg_resources" in sys.modules:
        import jieba

        return jieba
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        import jieba
    finally:
        del sys.modules["pkg_resources"]
    return jieba


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
