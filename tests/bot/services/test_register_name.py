"""What the register has under a name is told as it stands there; a name that is not there proves nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.facts import FactValue
from bot.interviews.topic_file import read_topic
from bot.services.look_up import NO_REGISTER, look_up
from knowledge_base.document import Document, Kind
from knowledge_base.documents.embedded import EmbeddedDocuments
from knowledge_base.documents.write import FOLDER, write_documents
from knowledge_base.shipped import LEXICON
from knowledge_base.text.analysis import Analyzer

TOPIC = read_topic(Path(__file__).resolve().parents[3] / "training_data" / "topics" / "services" / "registry.yaml")


def person(id: str, name: str, firm: str, licence: str, region: str, **fields: str) -> Document:
    told = {"执业机构": firm, "执业证号": licence, **fields}
    return Document(id=id, kind=Kind.PRACTITIONER, title=name, text=firm, level="律师", region=region, fields=told,
                    issuer="某省司法厅", published=date(2026, 6, 1))  # fmt: skip


ENTRIES = (
    person("a", "王小明", "甲律师事务所", "13301202010000001", "330100", 处分记录="2024年被公开谴责"),
    person("b", "王小明", "乙律师事务所", "13201202010000002", "320100"),
    person("c", "王晓鸣", "丙律师事务所", "13301202010000003", "330100"),
    person("d", "赵六", "丁律师事务所", "13301202010000004", "330100"),
    Document(id="e", kind=Kind.INSTITUTION, title="浙江甲律师事务所", text="律所", level="律师事务所", region="330100"),
)  # fmt: skip


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedDocuments:
    folder = tmp_path_factory.mktemp("register")
    write_documents(folder / FOLDER, ENTRIES, Analyzer.from_lexicon(LEXICON))
    return EmbeddedDocuments(folder, lambda: date(2026, 11, 23))


async def told(documents: EmbeddedDocuments | None, name: str, place: str = "") -> str:
    facts = {"name": FactValue(name, False, name)}
    if place:
        facts["place"] = FactValue(place, False, place)
    return await look_up(TOPIC, TOPIC.look_up[0], facts, documents)


async def test_one_of_that_name_is_read_out_with_source_and_day(register: EmbeddedDocuments) -> None:
    said = await told(register, "赵六律师")
    assert "名册里有这个名字" in said
    assert "丁律师事务所" in said
    assert "某省司法厅，2026-06-01" in said
    assert "王" not in said


async def test_several_of_one_name_are_told_apart_by_firm_and_number(register: EmbeddedDocuments) -> None:
    said = await told(register, "王小明")
    assert "有2个" in said
    assert "13301202010000001" in said
    assert "13201202010000002" in said
    assert "2024年被公开谴责" in said
    assert "王晓鸣" not in said


async def test_the_place_tells_them_apart(register: EmbeddedDocuments) -> None:
    said = await told(register, "王小明", "江苏省南京市")
    assert "乙律师事务所" in said
    assert "甲律师事务所" not in said


async def test_who_is_only_elsewhere_is_said_to_be_elsewhere(register: EmbeddedDocuments) -> None:
    assert "您说的地方没有查到" in await told(register, "赵六", "江苏省南京市")


async def test_a_name_written_otherwise_is_offered_and_not_taken_for_it(register: EmbeddedDocuments) -> None:
    said = await told(register, "王晓明", "浙江省杭州市")
    assert "没有写得一模一样的" in said
    assert "王晓鸣" in said


async def test_the_number_finds_the_one(register: EmbeddedDocuments) -> None:
    said = await told(register, "证号13301202010000004")
    assert "赵六" in said
    assert "王小明" not in said


async def test_part_of_the_name_of_an_institution_is_enough(register: EmbeddedDocuments) -> None:
    assert "浙江甲律师事务所" in await told(register, "甲律师事务所")


async def test_not_found_is_no_verdict_and_no_register_is_said_to_be_none(register: EmbeddedDocuments) -> None:
    assert "没查到不等于是假的" in await told(register, "孙七")
    assert await told(None, "赵六") == NO_REGISTER
