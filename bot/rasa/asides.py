"""What is said aside of any matter and has an answer of its own: who sees this, what it costs, what nobody may do."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.interviews.authored import read_plain
from bot.interviews.general_answers import Answer
from bot.rasa.cues import HAN

FILE = Path(__file__).resolve().parents[2] / "training_data" / "lexicon" / "asides.yaml"
_LONGEST = 40
"""Characters where the file names no number."""
_BLANK = re.compile(r"\n\s*|(?<=\|) ")
_CLAUSE = re.compile(r"[,，。?？!！;；\n]")
_BESIDE = 2
_TELLING = 5
"""Chinese characters of a clause that tells of something else."""
_WISHES = re.compile(r"律师|帮我|谢谢|打字|文字")
_MARKS = " \t\n,，。.!！~～、…?？"


@dataclass(frozen=True, slots=True)
class Aside:
    """One entry of the file."""

    id: str
    words: re.Pattern[str] | None
    whole: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    longest: int
    answer: Answer
    means: str
    """The intent that it is; "aside" for one that is only answered."""
    later: bool
    """An answer to the question that stands comes before it."""
    begun: bool
    """Nothing aside as the first that is said."""
    told: bool
    """Only once an opinion was given; `{topic}` in its answer is what that was on."""
    beside: bool
    """Answered too where the message opens a matter."""
    alone: bool
    """Answered by itself, where no matter is told."""
    person: bool
    """A person is offered with the answer."""
    near: str
    """Words by which the opinion of the matter at hand is searched for what it says of it; empty for none."""

    def means_it(self, said: str) -> bool:
        """Whether it is what was said."""
        if len(said) > self.longest or (self.unless is not None and self.unless.search(said)):
            return False
        if self.whole is not None:
            return bool(self.whole.fullmatch(said) or self.whole.fullmatch(said.strip(_MARKS) or said))
        return self.words is not None and self.words.search(said) is not None


def find_aside(said: str, *, later: bool = False, begun: bool = True, told: bool = False) -> Aside | None:
    """What `said` is aside of the matter, None where it is nothing of the kind.

    `later`: those before which an answer comes, else only the others. `begun`: something was said
    before; `told`: an opinion was given.
    """
    ready = (one for one in asides() if one.later is later and (begun or not one.begun) and (told or not one.told))
    fits = (one for one in ready if one.alone and one.means_it(said))
    return next((one for one in fits if not (one.beside and _tells(said, one))), None)


def find_beside(said: str) -> list[Aside]:
    """What is asked aside beside a matter, 「你们是真人吗？我被裁了」, or cannot wait; two at most."""
    clauses = _clauses(said)
    found = (one for one in asides() if one.beside and any(map(one.means_it, clauses)))
    return [one for one in found if len(clauses) > 1 or not one.alone][:_BESIDE]


def _tells(said: str, aside: Aside) -> bool:
    """Whether something else is told in the same message."""
    others = (one for one in _clauses(said) if not aside.means_it(one))
    return any(len(HAN.findall(one)) >= _TELLING and not _WISHES.search(one) for one in others)


def _clauses(said: str) -> list[str]:
    return [one for one in map(str.strip, _CLAUSE.split(said)) if one]


@functools.cache
def asides() -> tuple[Aside, ...]:
    """All of them, in the order of the file."""
    file: dict[str, Any] = read_plain(FILE)
    return tuple(_aside(row) for row in file["asides"])


def _aside(row: dict[str, Any]) -> Aside:
    def pattern(key: str) -> re.Pattern[str] | None:
        return re.compile(_BLANK.sub("", row[key])) if key in row else None

    return Aside(
        row["id"],
        pattern("words"),
        pattern("whole"),
        pattern("unless"),
        int(row.get("longest") or _LONGEST),
        Answer(row.get("say") or "", tuple(row.get("cite") or ())),
        row.get("means") or "aside",
        bool(row.get("later")),
        bool(row.get("begun")),
        bool(row.get("told")),
        bool(row.get("beside")),
        row.get("beside") != "only",
        bool(row.get("person")),
        row.get("near") or "",
    )
