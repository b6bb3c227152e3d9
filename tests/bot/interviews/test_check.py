from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.interviews.check import check_topics, main, normal_example
from bot.interviews.topic import Topic
from bot.interviews.topic_file import read_topic
from knowledge_base.article import Status
from knowledge_base.laws.embedded import EmbeddedSearcher
from knowledge_base.library.build import build_index


def problems(tmp_path: Path, text: str, laws: Any, today: date) -> list[str]:
    path = tmp_path / "wages.yaml"
    path.write_text(text, encoding="utf-8")
    return [str(one) for one in check_topics({"wages": read_topic(path)}, laws, today)]


def enough(wages_text: str) -> str:
    """The small topic with as many lines as a real one needs."""
    examples = ", ".join(f"欠薪说法{chr(0x4E00 + 100 + number)}" for number in range(30))
    text = wages_text.replace("[老板欠我工资, 公司不发工资]", f"[{examples}]")
    text = text.replace("evidence: [{say: 工资条}]", "evidence: [{say: 甲}, {say: 乙}, {say: 丙}, {say: 丁}]")
    text = text.replace("say: 可以要{total}。", "say: 可以要补偿[，共{total}]。")
    extra = '  - {id: any, when: "true", title: 通则, say: 要付。, cite: [劳动合同法 第三十条]}\ndeadlines:'
    return text.replace("deadlines:", extra, 1)


def test_a_sound_topic_has_no_problems(tmp_path: Path, wages_text: str, laws: Any, today: date) -> None:
    assert problems(tmp_path, enough(wages_text), laws, today) == []


def test_too_little_of_everything_is_reported(tmp_path: Path, wages_text: str, laws: Any, today: date) -> None:
    found = problems(tmp_path, wages_text, laws, today)
    assert "wages: examples: has 2, needs at least 30" in found
    assert any("findings: has 3" in one for one in found)
    assert any("evidence: has 1" in one for one in found)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("劳动合同法 第三十八条,", "劳动合同法 第三百八十条,", "第三百八十条 is not in the law index"),
        ("劳动合同法 第三十八条,", "劳动合同法 第三十八条第九款,", "the article has 1 paragraphs"),
        ("劳动合同法: 2012-12-28", "劳动合同法: 2007-06-29", "read in version 2007-06-29, in force is 2012-12-28"),
        ("中华人民共和国劳动合同法: 2012-12-28, ", "", "cited but not listed"),
        ('when: "relation == employee and owed > 0"', 'when: "owed > 5 and owed < 3"', "can never become true"),
        ('when: "people >= 10"', 'when: "people >= 10000"', "can never become true"),
        ("use: economic_compensation", "use: severance", "there is no calculator 'severance'"),
        ("monthly_wage: wage}", "wages: wage}", "has no such argument"),
        ("monthly_wage: wage}", "monthly_wage: left_on}", "is a date, must be a number"),
        ("monthly_wage: wage}", "monthly_wage: months}", "is in months, must be in yuan"),
        (", 劳动合同法 第四十七条]", "]", "must name 劳动合同法 第四十七条"),
        ("says: [包工头, 没签]", "says: [包工头, 公司]", "'公司' means both"),
        ("checked: {on: 2026-11-01", "checked: {on: 2027-11-01", "is in the future"),
    ],
)
def test_each_fault_is_found(
    tmp_path: Path, wages_text: str, laws: Any, today: date, old: str, new: str, part: str
) -> None:
    text = enough(wages_text)
    assert old in text
    assert any(part in one for one in problems(tmp_path, text.replace(old, new), laws, today))


def test_a_question_that_changes_nothing_is_found(tmp_path: Path, wages_text: str, laws: Any, today: date) -> None:
    text = enough(wages_text).replace(
        "findings:", "  - {id: idle, label: 闲, type: text, question: 还有吗？, why: 无}\nfindings:", 1
    )
    assert any("facts.idle" in one and "change nothing" in one for one in problems(tmp_path, text, laws, today))


def test_a_question_named_without_effect_is_found(tmp_path: Path, wages_text: str, laws: Any, today: date) -> None:
    text = enough(wages_text).replace(
        "findings:", "  - {id: idle, label: 闲, type: yes_no, question: 吗？, why: 无}\nfindings:", 1
    )
    text = text.replace(
        'when: "people >= 10"', 'when: "people >= 10 and (idle == yes or idle == no or not known(idle))"'
    )
    assert any("facts.idle" in one for one in problems(tmp_path, text, laws, today))


def test_an_article_not_in_force_is_found(
    tmp_path: Path, wages_text: str, laws: Any, today: date, old_article: Any
) -> None:
    laws.articles["中华人民共和国劳动合同法", "30"] = old_article(Status.SUPERSEDED)
    assert any("not in force" in one for one in problems(tmp_path, enough(wages_text), laws, today))


def test_examples_of_two_topics_must_differ(wages: Topic, today: date) -> None:
    other = wages.model_copy(update={"id": "other", "examples": ("老板欠了我工资！", "别的")})
    found = [
        one for one in check_topics({"wages": wages, "other": other}, None, today) if "also an example" in one.message
    ]
    assert [(one.topic, one.where) for one in found] == [("other", "examples[0]")]


def test_figures_and_particles_do_not_make_a_difference() -> None:
    assert normal_example("欠了我3个月工资！") == normal_example("欠我三个月工资")
    assert normal_example("欠我工资") != normal_example("欠我房租")


def test_command_prints_problems_and_fails(tmp_path: Path, wages_text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "wages.yaml").write_text(wages_text, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("id: broken\n", encoding="utf-8")
    assert main([str(tmp_path), "--today", "2026-11-23"]) == 1
    printed = capsys.readouterr().out
    assert "broken.yaml: name: Field required" in printed
    assert "wages: examples: has 2" in printed


def test_command_is_content_with_a_sound_topic(
    tmp_path: Path, wages_text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "wages.yaml").write_text(enough(wages_text), encoding="utf-8")
    assert main([str(tmp_path), "--only", "wages", "--today", "2026-11-23"]) == 0
    assert "0 problems" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("condition", "vanishes"),
    [
        ("relation != student and months != 3", True),
        ("relation != student and not (months == 3)", True),
        ("relation in [employee, helper] and wage not in [500, 600]", True),
        ("relation != student and (not known(months) or months != 3)", False),
        ("relation != student and known(months) and months != 3", False),
        ("relation == employee and months != 3", False),
        ("relation != student", False),
        ("relation in [employee, helper] and months > 3", False),
    ],
)
def test_a_deadline_that_vanishes_where_its_fact_is_not_asked(
    tmp_path: Path, wages_text: str, laws: Any, today: date, condition: str, vanishes: bool
) -> None:
    """`months` and `wage` are asked of employees only; a helper would silently be told nothing."""
    text = enough(wages_text).replace("still == no and relation == employee", condition)
    found = [one for one in problems(tmp_path, text, laws, today) if "tells nothing where" in one]
    assert bool(found) is vanishes
    assert all(one.startswith("wages: deadlines.arbitration.when: ") for one in found)


@pytest.fixture(scope="module")
def two_versions(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedSearcher:
    """An index with two versions of the labour contract law; only article 47 reads otherwise in the newer one."""
    folder = tmp_path_factory.mktemp("laws")
    with sqlite3.connect(folder / "laws.db") as db:
        db.executescript(
            "CREATE TABLE laws (law_id, law_name, doc_type, level, issuing_body, publish_date, effective_date,"
            " version_date, status, law_department);"
            "CREATE TABLE articles (law_id, id, article_no, chapter, section, article_text);"
        )
        titles = {"l": "中华人民共和国劳动合同法", "m": "中华人民共和国劳动争议调解仲裁法"}
        for law, day in (("l", "2007-06-29"), ("l", "2012-12-28"), ("m", "2007-12-29")):
            row = (law + day, titles[law], "法律", "法律", "", day, day, day, "现行有效", "社会法")
            db.execute("INSERT INTO laws VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            for number, printed in ((27, "第二十七条"), (30, "第三十条"), (38, "第三十八条"), (47, "第四十七条")):
                text = f"{printed}的内容" + (f"，{day}版。" if number == 47 else "。")
                place = int(day[:4] + day[5:7]) * 100 + number
                db.execute("INSERT INTO articles VALUES (?, ?, ?, '', '', ?)", (law + day, place, printed, text))
    build_index(folder / "laws.db", folder / "index", today=date(2026, 11, 23))
    return EmbeddedSearcher.open(folder / "index", lambda: date(2026, 11, 23))


def test_a_new_version_matters_only_where_a_cited_article_reads_otherwise(
    tmp_path: Path, wages_text: str, two_versions: EmbeddedSearcher, today: date
) -> None:
    read_before = enough(wages_text).replace("劳动合同法: 2012-12-28", "劳动合同法: 2007-06-29")
    (found,) = problems(tmp_path, read_before, two_versions, today)
    assert "read in version 2007-06-29, in force is 2012-12-28" in found
    assert "第四十七条" in found
    assert "第三十八条" not in found
