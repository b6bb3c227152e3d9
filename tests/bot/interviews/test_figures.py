"""The dated figures: what a day gets, and that every row of the file can be true."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.calculators import figures
from bot.interviews.calculators.figures import NATION, Figure
from knowledge_base.regions import default_regions

# The file was last looked up on this day; nothing in it can be younger than the row's own addition.
LOOKED_UP = date(2026, 11, 28)
PLAUSIBLE = {
    "minimum_wage": (1000, 5000),
    "average_wage": (50_000, 300_000),
    "daily_wage": (200, 1200),
    "disposable_income": (20_000, 200_000),
    "urban_disposable_income": (30_000, 200_000),
}


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2022, 1, 16), None),
        (date(2022, 1, 17), "47412"),
        (date(2023, 1, 16), "47412"),
        (date(2023, 1, 17), "49283"),
        (date(2024, 1, 17), "51821"),
        (date(2025, 1, 17), "54188"),
        (date(2026, 1, 19), "56502"),
        (date(2035, 1, 1), "56502"),
    ],
)
def test_the_newest_figure_in_use_on_a_day(day: date, value: str | None) -> None:
    found = Figure.newest("urban_disposable_income", NATION, day)
    assert (found and found.value) == (None if value is None else Decimal(value))


def test_a_region_without_figures_gets_none() -> None:
    assert Figure.newest("urban_disposable_income", "某省", date(2026, 1, 1)) is None
    assert Figure.newest("minimum_wage", NATION, date(2026, 1, 1)) is None


def test_a_figure_knows_when_a_later_one_may_exist() -> None:
    figure = Figure("daily_wage", NATION, 2024, (Decimal("475.52"),), date(2025, 5, 19), "最高人民法院")
    assert not figure.is_dated(date(2025, 12, 31))
    assert figure.is_dated(date(2026, 1, 1))


def test_of_several_tiers_the_value_is_the_highest() -> None:
    tiers = (Decimal(2500), Decimal(2080), Decimal(1850))
    assert Figure("minimum_wage", "某省", 2025, tiers, date(2025, 3, 1), "某省人民政府").value == 2500


def test_no_figure_stands_twice() -> None:
    rows = Figure.all()
    assert rows
    assert max(Counter((one.kind, one.region, one.year) for one in rows).values()) == 1
    assert max(Counter((one.kind, one.region, one.since) for one in rows).values()) == 1


@pytest.mark.parametrize("figure", Figure.all(), ids=lambda one: f"{one.kind}-{one.region}-{one.year}")
def test_every_row_is_plausible(figure: Figure) -> None:
    low, high = PLAUSIBLE[figure.kind]
    assert all(low <= value <= high for value in figure.values)
    assert list(figure.values) == sorted(set(figure.values), reverse=True)
    assert figure.source.strip()
    assert figure.since <= LOOKED_UP
    published = figure.year if figure.kind == "minimum_wage" else figure.year + 1
    assert figure.since.year == published
    assert figure.region == NATION or any(default_regions().name(f"{code}0000") == figure.region for code in range(100))


def test_later_years_come_into_use_later() -> None:
    for kind, region in {(one.kind, one.region) for one in Figure.all()}:
        rows = sorted(
            (one for one in Figure.all() if (one.kind, one.region) == (kind, region)), key=lambda one: one.year
        )
        assert [one.since for one in rows] == sorted(one.since for one in rows)


def test_the_daily_wage_is_that_of_the_year_through_its_261_working_days() -> None:
    yearly = {one.year: one.value for one in Figure.all() if (one.kind, one.region) == ("average_wage", NATION)}
    daily = {one.year: one.value for one in Figure.all() if (one.kind, one.region) == ("daily_wage", NATION)}
    assert daily.keys() == yearly.keys()
    assert all(round(yearly[year] / 261, 2) == daily[year] for year in daily)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 5000))
def test_a_later_day_never_gets_an_older_figure(day: date, days: int) -> None:
    early = Figure.newest("daily_wage", NATION, day)
    late = Figure.newest("daily_wage", NATION, day + timedelta(days=days))
    if early is not None:
        assert early.since <= day
        assert late is not None
        assert early.year <= late.year


@pytest.mark.parametrize(
    "row",
    [
        "- {kind: wages, region: 全国, year: 2024, values: [1], since: 2025-01-01, source: x}",
        "- {kind: daily_wage, region: 全国, year: 2024, values: [many], since: 2025-01-01, source: x}",
        "- {kind: daily_wage, region: 全国, year: 2024, values: [1], since: yesterday, source: x}",
        "- {kind: daily_wage, region: 全国, year: 2024, values: [1], since: 2025-01-01}",
        "- {region: 全国}",
    ],
)
def test_a_row_that_cannot_be_read_is_named(row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "figures.yaml"
    file.write_text(row, encoding="utf-8")
    monkeypatch.setattr(figures, "FILE", file)
    Figure.all.cache_clear()
    with pytest.raises(ValueError, match="figures.yaml"):
        Figure.all()
    monkeypatch.undo()
    Figure.all.cache_clear()
