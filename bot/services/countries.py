"""What is known of a country's law for those who deal with it: each line with its source and its day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "training_data" / "countries"
HEADING = "以下是{name}的情况，只列我们查到出处的，不是中国法律的内容："
NOTHING = "没有列出的，是我们还没有查到可靠出处，不代表没有。"


@dataclass(frozen=True, slots=True)
class Told:
    """One fact."""

    label: str
    text: str
    source: str
    on: str
    """When the source said so: a year or a day, ISO."""


@dataclass(frozen=True, slots=True)
class Country:
    """One country."""

    code: str
    """ISO 3166-1 alpha-2."""
    name: str
    names: tuple[str, ...]
    """Other names, English ones among them."""
    facts: tuple[Told, ...]

    def text(self) -> str:
        """Everything known, in words for a citizen."""
        lines = [f"· {one.label}：{one.text}（来源：{one.source}，{one.on}）" for one in self.facts]
        return "\n".join([HEADING.format(name=self.name), *lines, NOTHING])


class Countries:
    """All of them."""

    def __init__(self, countries: dict[str, Country]) -> None:
        self.by_code = countries
        self._names = sorted(
            ((name.lower(), one) for one in countries.values() for name in (one.name, *one.names)),
            key=lambda pair: -len(pair[0]),
        )

    def find(self, text: str) -> Country | None:
        """The country that a text names, the longest name first; None for none."""
        told = text.lower()
        return next((one for name, one in self._names if name in told), None)


@lru_cache(maxsize=1)
def read_countries(folder: Path = FOLDER) -> Countries:
    """The countries of a folder. Raises ValueError or KeyError naming the file of a faulty one."""
    found: dict[str, Country] = {}
    for path in sorted(folder.glob("*.yaml")):
        for data in yaml.safe_load(path.read_text(encoding="utf-8")):
            try:
                facts = tuple(
                    Told(str(f["label"]), str(f["text"]), str(f["source"]), str(f["on"])) for f in data["facts"]
                )
                one = Country(str(data["code"]), str(data["name"]), tuple(map(str, data["names"])), facts)
            except (KeyError, TypeError) as error:
                raise ValueError(f"{path}: {data!r:.60} lacks {error}") from error
            if one.code in found:
                raise ValueError(f"{path}: {one.code} stands twice")
            found[one.code] = one
    return Countries(found)
