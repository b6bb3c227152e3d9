"""The importer of the official DOCX files, on files made here after the known layout, for there is no sample."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge_base.record import SourceError, SourceLaw
from knowledge_base.sources.importer import Batch, Unit
from knowledge_base.sources.npc_docx import NpcDocx

LAW = [
    "*中华人民共和国",
    "*护林法",
    "（1979年7月1日第五届全国人民代表大会第二次会议通过　根据1996年3月17日第八届全国人民代表大会第四次会议"
    "《关于修改〈中华人民共和国护林法〉的决定》第一次修正　",
    "根据2018年10月26日第十三届全国人民代表大会常务委员会第六次会议《关于修改〈中华人民共和国护林法〉的决定》第二次修正）",
    "目　　录",
    "第一编　总　　则",
    "　第一章　任务",
    "第二编　罚　　则",
    "*第一编　总　　则",
    "*第一章　任务",
    "　　第一条　树木受保护。",
    "　　任何人不得滥伐。",
    "　　第二条　下列树木除外：",
    "　　（一）枯树；",
    "　　（二）病树。",
    "*第二编　罚　　则",
    "　　第三条　违反本法的，处以罚款。",
    "　　第三条之一　本法自1980年1月1日起施行。",
]


def save(folder: Path, paragraphs: list[str], name: str = "法.docx") -> Path:
    """A star marks a centred, bold paragraph."""
    document = Document()
    for text in paragraphs:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(text.lstrip("*"))
        if text.startswith("*"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run.bold = True
    document.save(str(folder / name))
    return folder / name


def read(file: Path) -> Batch:
    (unit,) = NpcDocx().units(file)
    return NpcDocx().read(unit)


def one(file: Path) -> SourceLaw:
    batch = read(file)
    assert batch.rejected == ()
    (law,) = batch.laws
    return law


def refused(file: Path) -> str:
    batch = read(file)
    assert batch.laws == ()
    (rejection,) = batch.rejected
    assert rejection.file == file.name
    return rejection.reason


def test_a_law_in_the_official_layout(tmp_path: Path) -> None:
    law = one(save(tmp_path, LAW))
    assert (law.name, law.level, law.kind, law.source) == ("中华人民共和国护林法", "法律", "法律", "npc_docx")
    assert (law.version, law.published, law.effective) == (date(2018, 10, 26), date(2018, 10, 26), None)
    assert law.amended == (date(1996, 3, 17),)
    assert law.issuer == "全国人民代表大会"
    assert [a.number for a in law.articles] == ["第一条", "第二条", "第三条", "第三条之一"]
    assert law.articles[0].text == "树木受保护。\n任何人不得滥伐。"
    assert law.articles[0].chapter == "第一编 总则 第一章 任务"
    assert law.articles[1].text == "下列树木除外：\n（一）枯树；\n（二）病树。"
    assert law.articles[2].chapter == "第二编 罚则"


@pytest.mark.parametrize(
    ("title", "note", "level", "issuer", "region", "effective"),
    [
        (
            "保障护林员条例",
            "（2019年12月4日国务院第73次常务会议通过　2019年12月30日中华人民共和国国务院令第724号公布　"
            "自2020年5月1日起施行）",
            "行政法规",
            "国务院",
            "",
            date(2020, 5, 1),
        ),
        (
            "最高人民法院关于护林的解释",
            "（2020年12月25日最高人民法院审判委员会第1825次会议通过　自2021年1月1日起施行）",
            "司法解释",
            "最高人民法院",
            "",
            date(2021, 1, 1),
        ),
        (
            "浙江省护林条例",
            "（2020年3月26日浙江省第十三届人民代表大会常务委员会第十九次会议通过）",
            "地方性法规",
            "浙江省人民代表大会常务委员会",
            "330000",
            None,
        ),
        (
            "护林办法",
            "（2020年3月1日国家林业局令第3号公布　自2020年4月1日起施行）",
            "部门规章",
            "国家林业局",
            "",
            date(2020, 4, 1),
        ),
    ],
)
def test_level_issuer_and_region_follow_from_the_history(
    tmp_path: Path, title: str, note: str, level: str, issuer: str, region: str, effective: date | None
) -> None:
    law = one(save(tmp_path, [f"*{title}", note, "第一条　文。"]))
    assert (law.name, law.level, law.issuer, law.region, law.effective) == (title, level, issuer, region, effective)


def test_a_table_belongs_to_its_article(tmp_path: Path) -> None:
    document = Document()
    for text in ("护林法", "（2018年5月4日全国人民代表大会常务委员会通过）", "第一条　税率如下："):
        document.add_paragraph(text)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "松", "百分之三"
    document.add_paragraph("第二条　完。")
    document.save(str(tmp_path / "法.docx"))
    law = one(tmp_path / "法.docx")
    assert law.articles[0].text == "税率如下：\n| 松 | 百分之三 |"
    assert law.articles[1].text == "完。"


def test_a_bad_number_is_told_with_its_paragraph(tmp_path: Path) -> None:
    batch = read(save(tmp_path, [*LAW[:4], "第一条　甲。", "第2O条　乙。", "第三条　丙。"]))
    assert [a.number for a in batch.laws[0].articles] == ["第一条", "第三条"]
    assert [(r.file, r.line) for r in batch.rejected] == [("法.docx", 6)]


def test_what_is_no_statute_is_refused(tmp_path: Path) -> None:
    assert "no article" in refused(save(tmp_path, LAW[:4]))
    assert "no day" in refused(save(tmp_path, ["*护林法", "第一条　文。"]))
    assert "no title" in refused(save(tmp_path, ["（2018年5月4日通过）", "第一条　文。"]))
    assert "no issuer" in refused(save(tmp_path, ["*护林法", "（2018年5月4日通过）", "第一条　文。"]))
    note = "（2020年3月26日某省第十三届人民代表大会常务委员会第十九次会议通过）"
    assert "no place" in refused(save(tmp_path, ["*护林条例", note, "第一条　文。"]))


def test_files_that_are_no_documents_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "法.docx"
    file.write_bytes(b"")
    assert "no DOCX file" in refused(file)
    file.write_text("第一条 文。", encoding="utf-8")
    assert "no DOCX file" in refused(file)
    whole = save(tmp_path, LAW).read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert "cut off" in refused(file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x")
    assert "no Word document" in refused(file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w:document>")
    assert "damaged" in refused(file)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "法.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (100 << 20))
    assert file.stat().st_size < 1 << 20
    assert "zip bomb" in refused(file)
    with zipfile.ZipFile(file, "w") as archive:
        for i in range(1000):
            archive.writestr(f"word/{i}.xml", "x")
    assert "zip bomb" in refused(file)


def test_entities_are_refused_unread(tmp_path: Path) -> None:
    source = save(tmp_path, LAW)
    laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    out = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "word/document.xml":
                data = data.replace(b"<w:document", laughs.encode() + b"<w:document", 1)
            new.writestr(part, data)
    source.write_bytes(out.getvalue())
    assert "document type" in refused(source)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damage_anywhere_is_told_and_never_raised(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(save(tmp_path, LAW).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    file = tmp_path / "bad.docx"
    file.write_bytes(bytes(content))
    batch = read(file)
    assert batch.laws or batch.rejected


def test_a_folder_without_documents_is_a_source_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no \.docx file"):
        list(NpcDocx().units(tmp_path))
    save(tmp_path, LAW, "~$法.docx")
    with pytest.raises(SourceError, match=r"no \.docx file"):
        list(NpcDocx().units(tmp_path))
    with pytest.raises(SourceError, match="cannot be read"):
        NpcDocx().read(Unit("x.docx", "", tmp_path / "x.docx"))
