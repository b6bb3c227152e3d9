"""Which articles citizens ask about, and in what words: the tables of the lexicon searched beside the articles."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from knowledge_base.citations.law_names import PREFIX
from knowledge_base.text.analysis import LexiconError

FILE_NAME, FOLDER = "asked.yaml", "asked"
"""Words by article number; questions by law and wording, one file for a group of laws."""
_HAN = re.compile(r"[^一-鿿]+")

_Asked = tuple[str, tuple[str, ...]]
"""Number when written, questions."""
_NONE: _Asked = ("", ())


class AskedTable:
    """What people say of an article; "" for most."""

    def __init__(self, words: dict[tuple[str, str], str], questions: dict[tuple[str, str], _Asked]) -> None:
        self._words = words
        self._questions = questions

    @classmethod
    def read(cls, lexicon: Path) -> AskedTable:
        """The tables of a lexicon folder. Raises LexiconError naming the file and the entry that is malformed."""
        questions: dict[tuple[str, str], _Asked] = {}
        for file in asked_files(lexicon)[1:]:
            questions |= _read_questions(file)
        return cls(_read_words(lexicon / FILE_NAME), questions)

    @property
    def numbered(self) -> list[tuple[str, str]]:
        """(short title, canonical number) of every article that has words."""
        return list(self._words)

    def questions(self, law: str, text: str) -> tuple[str, ...]:
        """Questions that an article of this wording answers, in whichever version and under whichever number."""
        return self._questions.get((short_title(law), text_mark(text)), _NONE)[1]

    def every(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """(short title, number when written, questions) of every article that has questions."""
        for (law, _), (number, questions) in self._questions.items():
            yield law, number, questions

    def words(self, law: str, key: str) -> str:
        """Words for the article that now bears this number."""
        return self._words.get((short_title(law), key), "")


def asked_files(lexicon: Path) -> list[Path]:
    """Every file the table is read from; the first is the one of words."""
    return [lexicon / FILE_NAME, *sorted((lexicon / FOLDER).glob("*.tsv"))]


def short_title(law: str) -> str:
    """`law` without 中华人民共和国, also inside: 最高人民法院关于适用《民法典》…的解释."""
    return law.replace(PREFIX, "")


def text_mark(text: str) -> str:
    """Ten hexadecimal digits that identify a wording; punctuation and spaces do not count."""
    return hashlib.sha256(_HAN.sub("", text).encode()).hexdigest()[:10]


def _read_words(path: Path) -> dict[tuple[str, str], str]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except OSError as error:
        raise LexiconError(f"the table of asked articles {path} cannot be read ({error.strerror})") from error
    except yaml.YAMLError as error:
        raise LexiconError(f"the table of asked articles {path} is not YAML: {error}") from error
    if not isinstance(data, dict):
        raise LexiconError(f"{path}: expected entries like 「民法典 1127: words」")
    out: dict[tuple[str, str], str] = {}
    for article, words in data.items():
        law, _, key = str(article).partition(" ")
        if not law or not key or not isinstance(words, str) or not words.strip():
            raise LexiconError(f"{path}: entry {article!r} needs a law, a number and words")
        out[law, key] = words
    return out


def _read_questions(path: Path) -> dict[tuple[str, str], _Asked]:
    """Lines of law, number when written, mark of the wording and questions; an article is found by its wording."""
    out: dict[tuple[str, str], _Asked] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line:
            continue
        cells = line.split("\t")
        if len(cells) != 4 or not re.fullmatch("[0-9a-f]{10}", cells[2]) or not cells[3]:
            raise LexiconError(
                f"{path}:{number}: expected law, number, mark of ten digits and questions, tab-separated"
            )
        out[cells[0], cells[2]] = cells[1], tuple(cells[3].split("｜"))
    return out
