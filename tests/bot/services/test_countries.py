"""The Belt and Road countries: complete, each fact with source and day, found by their names and by no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.services.countries import Country, read_countries

COUNTRIES = read_countries()
ONE = """
- code: "AA"
  name: 甲国
  name_en: Aland
  names: [Aaland]
  facts:
    - {label: 法系, text: 大陆法系, source: 某处, on: "2024",
       label_en: Legal family, text_en: Civil law, source_en: Somewhere}
"""


def test_there_are_sixty_five() -> None:
    assert len(COUNTRIES.by_code) == 65


@pytest.mark.parametrize("country", COUNTRIES.by_code.values(), ids=COUNTRIES.by_code.keys())
def test_every_fact_has_source_and_day_in_both_languages(country: Country) -> None:
    assert re.fullmatch(r"[A-Z]{2}", country.code)
    assert len(country.facts) >= 2
    assert len({fact.label for fact in country.facts}) == len(country.facts)
    for fact in country.facts:
        assert re.fullmatch(r"20\d\d(?:-\d\d){0,2}", fact.on), fact
        assert fact.label
        assert fact.text
        assert fact.source
        assert not re.search(r"[\u3400-\u9fff]", fact.label_en + fact.text_en + fact.source_en), fact
        assert fact.label_en
        assert fact.text_en
        assert fact.source_en
    assert "12308" in country.text()
    assert "12308" in country.text_en()
    for told in (country.text(), country.text_en()):
        assert all(number in told for number in ("12348", "12368")), "who is to be asked where a treaty is not known"
    assert "不是中国法律" in country.text()
    assert "not Chinese law" in country.text_en()


@pytest.mark.parametrize("country", COUNTRIES.by_code.values(), ids=COUNTRIES.by_code.keys())
def test_every_name_finds_its_country(country: Country) -> None:
    for name in (country.name, country.name_en, *country.names):
        for text in (name, f"我在{name}打工被欠薪", f"A question about {name}, please", name.upper()):
            assert COUNTRIES.find(text) is country, text
    for word in country.unlike:
        assert COUNTRIES.find(f"去{word}的事") is None, word


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("印度尼西亚", "ID"),
        ("印尼的公司", "ID"),
        ("印度的公司", "IN"),
        ("在印度洋出海的印度人", "IN"),
        ("白俄罗斯", "BY"),
        ("俄罗斯", "RU"),
        ("Romania", "RO"),
        ("Oman", "OM"),
        ("a trip to oman.", "OM"),
        ("Indonesia", "ID"),
        ("India", "IN"),
        ("斯洛伐克", "SK"),
        ("斯洛文尼亚", "SI"),
        ("内蒙古人去了蒙古国", "MN"),
        ("先去泰国，再去老挝", "TH"),
        ("尼日尔", None),
        ("尼日利亚", None),
        ("马里", None),
        ("索马里", None),
        ("Mali", None),
        ("Somalia", None),
        ("Niger", None),
        ("Nigeria", None),
        ("Romantic", None),
        ("Indiana", None),
        ("内蒙古", None),
        ("Inner Mongolia", None),
        ("黑山县", None),
        ("南苏丹", None),
        ("日本", None),
        ("", None),
    ],
)
def test_no_name_is_found_inside_another(text: str, code: str | None) -> None:
    found = COUNTRIES.find(text)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("source: 某处, ", "", "lacks 'source'"),
        (', on: "2024"', "", "lacks 'on'"),
        ("text_en: Civil law, ", "", "lacks 'text_en'"),
        ("  name_en: Aland\n", "", "lacks 'name_en'"),
    ],
)
def test_a_faulty_file_is_named(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in ONE
    (tmp_path / "a.yaml").write_text(ONE.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        read_countries(tmp_path)


def test_a_country_and_a_name_stand_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ONE + ONE, encoding="utf-8")
    with pytest.raises(ValueError, match="AA stands twice"):
        read_countries(tmp_path)
    (tmp_path / "a.yaml").write_text(ONE + ONE.replace("AA", "BB"), encoding="utf-8")
    with pytest.raises(ValueError, match="means both AA and BB"):
        read_countries(tmp_path)


def test_an_empty_folder_knows_none(tmp_path: Path) -> None:
    assert read_countries(tmp_path).find("印度") is None


@pytest.mark.parametrize(
    ("code", "label"),
    [("RS", "仲裁裁决"), ("TJ", "仲裁裁决"), ("NP", "仲裁裁决"), ("LK", "域外取证"), ("YE", "法系"), ("PK", "引渡")],
)
def test_what_was_read_nowhere_is_absent(code: str, label: str) -> None:
    assert label not in {fact.label for fact in COUNTRIES.by_code[code].facts}


def test_no_country_is_told_that_awards_are_enforced_where_that_is_contested() -> None:
    [awards] = [fact for fact in COUNTRIES.by_code["PS"].facts if fact.label == "仲裁裁决"]
    assert "不能直接适用" in awards.text
    [papers] = [fact for fact in COUNTRIES.by_code["IN"].facts if fact.label == "公文书认证"]
    assert "不适用" in papers.text
