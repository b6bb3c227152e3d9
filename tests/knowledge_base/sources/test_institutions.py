"""Registers from CSV: encodings, column names, places, bad rows, duplicates, and nothing personal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.document import Kind
from knowledge_base.record import SourceError
from knowledge_base.sources.importer import Batch
from knowledge_base.sources.institutions import InstitutionImporter

HEADER = "机构名称,类别,地址,联系电话,负责人,统一社会信用代码,行政区划,执业状态"
ROW = "河畔法律援助中心,法律援助,浙江省杭州市西湖区文三路1号,0571-12348000,,12330106000000001A,,正常"


def read(path: Path) -> Batch:
    importer = InstitutionImporter()
    batches = [importer.read(unit) for unit in importer.units(path)]
    return Batch(
        documents=tuple(d for b in batches for d in b.documents), rejected=tuple(r for b in batches for r in b.rejected)
    )


def write(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_every_encoding_an_office_saves_in(tmp_path: Path, encoding: str) -> None:
    batch = read(write(tmp_path / "a.csv", HEADER, ROW, encoding=encoding))
    assert batch.rejected == ()
    (document,) = batch.documents
    assert (document.kind, document.title, document.level) == (Kind.INSTITUTION, "河畔法律援助中心", "法律援助中心")
    assert document.region == "330106"
    assert document.fields["所在地"] == "浙江省杭州市西湖区"
    assert document.fields["电话"] == "0571-12348000"
    assert document.fields["执业状态"] == "正常"


def test_other_names_separators_and_order_of_columns(tmp_path: Path) -> None:
    lines = ("所属区域\t单位名称\t*办公地址（必填）\t电话号码\t序号", "江苏省鼓楼区\t清泉公证处\t中山路9号\t025-1\t1")
    (document,) = read(write(tmp_path / "a.csv", *lines)).documents
    assert (document.title, document.level, document.region) == ("清泉公证处", "公证处", "320000")
    assert "徐州市鼓楼区" in document.fields["提示"]
    assert "序号" not in document.fields


def test_a_missing_column_refuses_the_file_and_names_it(tmp_path: Path) -> None:
    batch = read(write(tmp_path / "a.csv", "名称,电话", "某中心,123"))
    assert batch.documents == ()
    (rejection,) = batch.rejected
    assert (rejection.file, rejection.line) == ("a.csv", 0)
    assert "地址或行政区划或执业机构" in rejection.reason
    assert "机构名称、电话" in rejection.reason


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "empty"), (b"PK\x03\x04\x00\x00", "zero bytes"), ("名称".encode("utf-16"), "UTF-16")],
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    (rejection,) = read(tmp_path).rejected
    assert why in rejection.reason


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",法律援助,某路,1,,,,", "机构名称 is empty"),
        ("某某中心,法律援助", "only 2 cells"),
        ("某某中心,法律援助,某路,1,,,,,多一格", "9 cells"),
        (ROW, "repeats row 2"),
        ("河畔法律援助中心,,杭州市西湖区别处,,,,,", "repeats row 2"),
        ('某某中心,"没有关上的引号,某路,1,,,,', "never closed"),
    ],
)
def test_a_bad_row_is_rejected_and_the_rest_is_read(tmp_path: Path, row: str, why: str) -> None:
    last = "石桥人民调解委员会,调解,四川省成都市武侯区某街,1,,,,"
    batch = read(write(tmp_path / "a.csv", HEADER, ROW, row, last))
    assert [d.title for d in batch.documents] == ["河畔法律援助中心", "石桥人民调解委员会"]
    (rejection,) = batch.rejected
    assert (rejection.line, why in rejection.reason) == (3, True), rejection


def test_a_cell_may_hold_a_line_break_and_rows_are_still_counted(tmp_path: Path) -> None:
    rows = ('青林律师事务所,律所,"河北省石家庄市长安区\n某路2号",1,,,,', ",,,,,,,", "坏", "")
    batch = read(write(tmp_path / "a.csv", HEADER, *rows))
    assert batch.documents[0].fields["地址"] == "河北省石家庄市长安区 某路2号"
    assert [r.line for r in batch.rejected] == [4]


def test_a_formula_stays_text_and_control_characters_go(tmp_path: Path) -> None:
    row = "=cmd|'/c calc'!A1,\u202e法律援助\x07,北京市东城区,+8610,@x,,,"
    (document,) = read(write(tmp_path / "a.csv", HEADER, row)).documents
    assert document.title == "=cmd|'/c calc'!A1"
    assert document.fields["类别"] == "法律援助"
    assert document.fields["电话"] == "+8610"


def test_lawyers_keep_their_record_and_nothing_private(tmp_path: Path) -> None:
    lines = (
        "姓名,性别,身份证号,律师事务所,执业证号,执业状态,处分/奖惩记录,联系电话,家庭住址",
        "王小明,男,110101199003074512,北京某某律师事务所,11101202010000001,执业,2024年被公开谴责,13812345678,某小区3号",
        "王小明,男,,北京某某律师事务所,11101202010000002,执业,,010-12348,",
        "李四,女,,北京某某律师事务所,11101202010000002,执业,110101199003074512,,",
    )
    batch = read(write(tmp_path / "lawyers.csv", *lines))
    first, second = batch.documents
    assert (first.kind, first.title, first.fields["执业机构"]) == (Kind.PRACTITIONER, "王小明", "北京某某律师事务所")
    assert first.fields["处分记录"] == "2024年被公开谴责"
    assert second.fields["电话"] == "010-12348"
    everything = first.to_json() + second.to_json()
    for private in ("13812345678", "110101199003074512", "某小区", "男"):
        assert private not in everything
    assert first.id != second.id
    assert [r.line for r in batch.rejected] == [4]


def test_no_such_register(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="csv"):
        list(InstitutionImporter().units(tmp_path))


@given(st.text(alphabet='名称,地址"\n\r\t;=a1甲', max_size=200))
def test_no_table_makes_the_reader_fail(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("register") / "a.csv"
    path.write_text(HEADER + "\n" + text, encoding="utf-8", newline="")
    batch = read(path)
    assert all(rejection.line > 1 for rejection in batch.rejected)
