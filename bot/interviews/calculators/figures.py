"""Dated figures by region, such as the average wage of a year: published by an authority, not given by a law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

FILE = Path(__file__).resolve().parents[3] / "training_data" / "regions" / "figures.yaml"
NATION = "全国"

FigureKind = Literal["minimum_wage", "average_wage", "daily_wage", "disposable_income", "urban_disposable_income"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number; what each kind measures stands at the head of the file."""

    kind: FigureKind
    region: str
    """全国 or a province."""
    year: int
    """The year measured; the figure is published in the next."""
    values: tuple[Decimal, ...]
    """One value, or the tiers of a region from high to low."""
    since: date
    """From this day it is used."""
    source: str
    """Issuing body and document, as a reader may look it up."""

    @property
    def value(self) -> Decimal:
        """The value, the highest where there are tiers."""
        return self.values[0]

    def is_dated(self, day: date) -> bool:
        """Whether a figure for a later year may have been published by `day`."""
        return self.year < day.year - 1

    @staticmethod
    def newest(kind: FigureKind, region: str, day: date) -> Figure | None:
        """The figure in use on `day`; None when the file has none."""
        used = [one for one in Figure.all() if (one.kind, one.region) == (kind, region) and one.since <= day]
        return max(used, key=lambda one: one.since, default=None)

    @staticmethod
    @cache
    def all() -> tuple[Figure, ...]:
        """Every figure of the file. Raises ValueError where a row cannot be read."""
        # The base loader leaves every scalar a string, so that 436.89 never becomes a binary fraction.
        rows = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        return tuple(_figure(row) for row in rows)


def _figure(row: dict[str, Any]) -> Figure:
    if row.get("kind") not in get_args(FigureKind):
        raise ValueError(f"{FILE}: there is no kind {row.get('kind')!r} ({', '.join(get_args(FigureKind))})")
    try:
        return Figure(
            kind=row["kind"],
            region=row["region"],
            year=int(row["year"]),
            values=tuple(Decimal(value) for value in row["values"]),
            since=date.fromisoformat(row["since"]),
            source=row["source"],
        )
    except (KeyError, ArithmeticError, ValueError) as error:
        raise ValueError(f"{FILE}: {row} cannot be read: {error!r}") from error
