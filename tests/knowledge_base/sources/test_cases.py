"""Cases from JSON lines: what is read out of them, what is rejected, and going on after a break."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.document import Kind
from knowledge_base.library.library import Library
from knowledge_base.record import SourceError
from knowledge_base.sources.blocks import records
from knowledge_base.sources.case_text import is_cut, outcome_of, split_case
from knowledge_base.sources.cases import CaseImporter
from knowledge_base.sources.importer import Batch

CASE: dict[str, Any] = {
    "source": "最高人民法院指导性案例",
    "no": 9999,
    "title": "甲诉乙公司劳动合同纠纷案",
    "keywords": ["民事", "劳动合同", "拖欠工资"],
    "gist": "用人单位拖欠工资的，劳动者可以解除劳动合同并要求经济补偿。",
    "statutes": "《中华人民共和国劳动合同法》第三十条、第38条第1款第2项\n《中华人民共和国婚姻法》第十七条",
    "facts": "甲在乙公司做仓库管理，乙公司六个月没有发工资。甲发出书面通知后离开。",
    "result": "河阳市人民法院于2021年3月5日作出（2021）某01民初12号民事判决："
    "一、乙公司支付工资30000元；二、驳回其他请求。"
    "乙公司不服，提起上诉。河阳市中级人民法院于2021年8月9日作出（2021）某01民终34号民事判决：驳回上诉，维持原判。",
    "reasons": "法院认为，拖欠属实。",
    "text": None,
}


def write(path: Path, *cases: Any) -> Path:
    lines = [case if isinstance(case, bytes) else json.dumps(case, ensure_ascii=False).encode() for case in cases]
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def read(path: Path) -> Batch:
    importer = CaseImporter()
    batches = [importer.read(unit) for unit in importer.units(path)]
    return Batch(
        documents=tuple(d for b in batches for d in b.documents), rejected=tuple(r for b in batches for r in b.rejected)
    )


def test_everything_a_citizen_asks_of_a_case_is_read(tmp_path: Path) -> None:
    (document,) = read(write(tmp_path / "a.jsonl", CASE)).documents
    assert (document.id, document.kind, document.level) == ("spc-9999", Kind.GUIDING_CASE, "指导性案例")
    assert document.title == "甲诉乙公司劳动合同纠纷案"
    assert document.area == "劳动争议"
    assert document.keywords == ("劳动合同", "拖欠工资")
    assert document.citations == (
        "《中华人民共和国劳动合同法》第三十条",
        "《中华人民共和国劳动合同法》第三十八条第一款第（二）项",
        "《中华人民共和国婚姻法》第十七条",
    )
    assert document.outcome == "一审：一、乙公司支付工资30000元；二、驳回其他请求；二审：驳回上诉，维持原判。"
    assert document.fields["案号"] == "（2021）某01民终34号"
    assert document.fields["裁判日期"] == "2021-08-09"
    assert document.text == CASE["facts"]
    assert len(document.checksum) == 64


def test_a_case_printed_as_one_text_is_taken_apart(tmp_path: Path) -> None:
    text = (
        "## 丙诉丁财产损害赔偿纠纷案\n\n【裁判摘要】\n\n饲养人没有拴好动物的，应当赔偿。\n\n"
        "原告：丙，女，30岁，住河阳市。\n\n"
        "被告：丁，男，40岁。\n\n原告丙因与被告丁发生饲养动物损害责任纠纷，向河阳市人民法院提起诉讼。\n\n"
        + "原告丙诉称：被告家的狗没有拴绳，在小区里把她咬伤，医疗费花去三千多元，被告不肯支付。他们为此争吵。\n\n"
        * 2
        + "河阳市人民法院认为：依照《中华人民共和国民法典》第一千二百四十五条的规定，被告应当赔偿。据此判决：\n\n"
        "被告丁赔偿原告丙3200元。\n\n判决已经发生法律效力。"
    )
    case = {"source": "最高人民法院公报案例", "no": None, "title": "丙诉丁财产损害赔偿纠纷案", "text": text}
    (document,) = read(write(tmp_path / "a.jsonl", case)).documents
    assert document.kind is Kind.GAZETTE_CASE
    assert document.gist == "饲养人没有拴好动物的，应当赔偿。"
    assert document.citations == ("《中华人民共和国民法典》第一千二百四十五条",)
    assert document.outcome == "被告丁赔偿原告丙3200元。"
    assert "30岁" not in document.text
    assert "没有拴绳" in document.text
    assert "应当赔偿。据此" not in document.text


def test_a_text_that_was_cut_off_does_not_pretend_to_know_the_end() -> None:
    assert is_cut("上海市第二中级人民法院经审理")
    assert not is_cut("驳回上诉，维持原判。")
    assert outcome_of("法院判决：驳回原告的诉讼请求。原告不服，提起上诉。") == "驳回原告的诉讼请求。"
    assert outcome_of("双方都说了很多。") == ""


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{broken", "no JSON"),
        (b"[1, 2]", "expected an object"),
        ({**CASE, "title": 7}, "title"),
        ({**CASE, "title": "", "no": None}, "no title"),
        ({**CASE, "keywords": "工资"}, "keywords"),
        ({**CASE, "no": "二十四"}, "no is"),
        ({**CASE, "facts": "", "gist": "", "text": ""}, "nothing to search"),
        (json.dumps(CASE, ensure_ascii=False).encode("gb18030"), "GB18030"),
        (b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_bad_line_is_rejected_by_its_number_and_the_rest_is_read(tmp_path: Path, line: Any, why: str) -> None:
    batch = read(write(tmp_path / "a.jsonl", {**CASE, "no": 1}, line, {**CASE, "no": 2}))
    assert [d.id for d in batch.documents] == ["spc-1", "spc-2"]
    (rejection,) = batch.rejected
    assert (rejection.file, rejection.line) == ("a.jsonl", 2)
    assert why in rejection.reason


def test_a_number_that_comes_again_is_rejected_even_in_another_block(tmp_path: Path) -> None:
    cases = [{**CASE, "no": number} for number in range(1, 450)]
    path = write(tmp_path / "a.jsonl", *cases, {**CASE, "no": 3})
    assert len(list(CaseImporter().units(path))) == 3
    batch = read(path)
    assert len(batch.documents) == 449
    (rejection,) = batch.rejected
    assert rejection.line == 450
    assert "line 3" in rejection.reason


def test_only_changed_blocks_are_read_again_and_a_broken_import_goes_on(tmp_path: Path) -> None:
    cases = [{**CASE, "no": number} for number in range(1, 501)]
    path = write(tmp_path / "a.jsonl", *cases)
    library = Library(tmp_path / "library.db")

    class Breaks(CaseImporter):
        def read(self, unit: Any) -> Batch:
            if unit.first_line > 200:
                raise SourceError("the power failed")
            return super().read(unit)

    with pytest.raises(SourceError, match="power"):
        library.take(Breaks(), path, date(2026, 11, 23))
    assert list(library.documents()) == []
    report = library.take(CaseImporter(), path, date(2026, 11, 23))
    assert (report.units, report.read, report.documents) == (3, 2, 500)
    cases[-1]["gist"] = "改了。"
    write(path, *cases)
    assert library.take(CaseImporter(), path, date(2026, 11, 23)).read == 1
    library.close()


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="jsonl"):
        list(CaseImporter().units(tmp_path))


def test_cases_no_longer_to_be_followed_have_an_end(tmp_path: Path) -> None:
    (document,) = read(write(tmp_path / "a.jsonl", {**CASE, "no": 20})).documents
    assert document.ended == date(2021, 1, 1)


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("cases") / "a.jsonl"
    path.write_bytes(data)
    assert b"".join(record.data for record in records(path)) == data
    assert b"".join(record.data for record in records(path, quoted=True)) == data
    batch = read(path)
    assert batch.documents == ()


@given(st.text(alphabet="原告：被告法院认为判决，。\n一二【裁判摘要】0123不服", max_size=300))
def test_no_text_makes_the_parser_fail(text: str) -> None:
    parts = split_case(text)
    assert len(outcome_of(parts.result, parts.reasons, parts.facts)) <= 175


def test_the_published_cases_are_read(shared: Path) -> None:
    batch = read(shared / "data" / "cases")
    assert len(batch.documents) == 1368
    assert [r.reason for r in batch.rejected] == ["a table of contents, no case"] * 4
    guiding = [d for d in batch.documents if d.id.startswith("spc-")]
    assert len(guiding) == 223
    assert sum(bool(d.outcome) for d in guiding) == 223
    assert sum(bool(d.citations) for d in guiding) >= 210
    assert sum(bool(d.area) for d in batch.documents) >= 1290
    assert not any("承办检察官：" in d.text + d.gist for d in batch.documents)
    by_id = {d.id: d for d in guiding}
    assert by_id["spc-24"].area == "道路交通"
    assert by_id["spc-94"].outcome.startswith("驳回重庆市涪陵志大物业管理有限公司")
    assert "《工伤保险条例》第十五条第一款第（二）项" in by_id["spc-94"].citations
