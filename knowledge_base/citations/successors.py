"""Which article of today's law took the place of an article of a law that ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from knowledge_base.citation import Citation
from knowledge_base.citations.law_names import PREFIX
from knowledge_base.shipped import LEXICON

TABLE = LEXICON / "successors.tsv"
_HEADER = ["law", "key", "new_law", "keys", "relation", "word"]
Relation = Literal["same", "changed", "dropped"]


class SuccessorsError(ValueError):
    """The table cannot be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of one article."""

    law: str
    """Full title of the law that holds the successors."""
    keys: tuple[str, ...]
    """Canonical numbers of the successors; empty when the rule was dropped."""
    relation: Relation
    """same: nearly the same words; changed: read the new text; dropped: no direct successor in the new law."""
    word: str
    """A word of the subject that stands in a successor; empty when dropped."""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The successors as citations."""
        return tuple(Citation(self.law, key) for key in self.keys)


class Successors:
    """The table of successions, by full title and article number of the ended law."""

    def __init__(self, table: Mapping[tuple[str, str], Succession]) -> None:
        self._table = dict(table)

    @classmethod
    def load(cls, path: Path = TABLE) -> Successors:
        """Reads the table. Raises SuccessorsError naming file and line for what cannot be read."""
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise SuccessorsError(f"{path} cannot be read ({error}); restore the file") from error
        table: dict[tuple[str, str], Succession] = {}
        header = False
        for number, line in enumerate(lines, 1):
            if not line or line.startswith("#"):
                continue
            cells = line.split("\t")
            if not header:
                if cells != _HEADER:
                    raise SuccessorsError(f"{path}:{number}: the columns must be {', '.join(_HEADER)}")
                header = True
                continue
            if len(cells) != len(_HEADER) or cells[4] not in ("same", "changed", "dropped"):
                raise SuccessorsError(f"{path}:{number}: needs six columns and same, changed or dropped in the fifth")
            law, key, new, keys, relation, word = cells
            if bool(keys) == (relation == "dropped"):
                raise SuccessorsError(f"{path}:{number}: a dropped article has no successors, any other has some")
            if (PREFIX + law, key) in table:
                raise SuccessorsError(f"{path}:{number}: {law} {key} stands twice")
            successors = tuple(keys.split(",")) if keys else ()
            table[PREFIX + law, key] = Succession(PREFIX + new, successors, cast(Relation, relation), word)
        return cls(table)

    def of(self, citation: Citation) -> Succession | None:
        """What became of the article cited; None when the table does not say."""
        return self._table.get((citation.law, citation.key))

    def items(self) -> list[tuple[Citation, Succession]]:
        """Every entry, in the order of the file."""
        return [(Citation(law, key), succession) for (law, key), succession in self._table.items()]


@lru_cache(maxsize=1)
def default_successors() -> Successors:
    """The table of the repository. Raises SuccessorsError."""
    return Successors.load()
