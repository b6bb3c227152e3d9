"""Both formats carry every word of the opinion, and the PDF carries its fonts."""

from __future__ import annotations

import copy
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from pypdf import PdfReader

from bot.documents.blocks import Block, Line, PageBreak, Paper, Table
from bot.documents.docx import render_docx
from bot.documents.opinion_paper import opinion_blocks, opinion_paper
from bot.documents.pdf import render_pdf

CITATION = {
    "law": "中华人民共和国劳动法",
    "number": "第五十条",
    "text": "工资应当以货币形式按月支付给劳动者本人。",
    "version": "2018-12-29",
    "warning": "",
}
OPINION: dict[str, Any] = {
    "title": "法律咨询意见书",
    "matter": "20261123-0001",
    "date": "2026-11-23",
    "topic": "拖欠工资",
    "told": [{"label": "拖欠的工资", "value": "15000元", "said": "一万五"}],
    "findings": [
        {
            "title": "单位应当足额支付工资",
            "text": "您有权要求支付。",
            "certainty": "sure",
            "citations": [CITATION],
            "calculation": {
                "title": "拖欠工资",
                "lines": [{"label": "工资", "expression": "5000元 × 3个月", "amount": "15000元"}],
                "total": "15000元",
                "basis": "《劳动法》第五十条",
                "note": "按您说的数字计算。",
            },
        }
    ],
    "open": ["是否签过合同还不清楚。"],
    "deadlines": [
        {
            "title": "申请劳动仲裁",
            "text": "最迟在2027年3月1日前申请。",
            "last_day": "2027-03-01",
            "days_left": 98,
            "soon": False,
            "overdue": False,
            "citations": [CITATION],
        }
    ],
    "evidence": ["银行流水"],
    "steps": ["先把记录拍照存好。"],
    "where": [{"text": "劳动保障监察大队", "phone": "12333"}],
    "legal_aid": {"text": "经济困难可以申请。", "citations": [CITATION]},
    "cases": [
        {
            "title": "加班工资争议，单位掌握考勤却不交",
            "source": "最高人民法院指导性案例180号",
            "reasons": ["同样涉及拖欠工资。"],
            "outcome": "劳动者胜诉。",
            "note": "后来的解释有补充。",
        }
    ],
    "documents": [{"title": "劳动人事争议仲裁申请书", "purpose": "向仲裁委员会要工资时交。", "gaps": 9, "blocks": []}],
    "references": [{"title": "保障农民工工资支付条例", "note": "专门规定"}],
    "certainty": "总体把握较大。",
    "disclaimer": "本意见仅供参考。",
}


def _words(opinion: dict[str, Any]) -> list[str]:
    words: list[str] = []
    for block in opinion_blocks(opinion):
        assert not isinstance(block, PageBreak)
        words += [block.text] if isinstance(block, Line) else [cell for row in block.rows for cell in row if cell]
    return words


def _squeeze(text: str) -> str:
    # pypdf reads the two-byte codes of the embedded fonts with their zero bytes.
    return "".join(text.replace("\x00", "").split())


def test_pdf_holds_every_word_with_embedded_fonts() -> None:
    reader = PdfReader(BytesIO(render_pdf(opinion_paper(OPINION))))
    text = _squeeze("".join(page.extract_text() for page in reader.pages))
    for word in _words(OPINION):
        assert _squeeze(word) in text
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile3" in descriptor or "/FontFile2" in descriptor


def test_docx_holds_every_word() -> None:
    document = docx.Document(BytesIO(render_docx(opinion_paper(OPINION))))
    text = "".join(p.text for p in document.paragraphs)
    text += "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for word in _words(OPINION):
        assert _squeeze(word) in _squeeze(text)


def test_near_deadline_is_shown_as_a_warning() -> None:
    opinion = copy.deepcopy(OPINION)
    opinion["deadlines"][0]["soon"] = True
    assert any(
        isinstance(b, Line) and b.style == "warning" and "申请劳动仲裁" in b.text for b in opinion_blocks(opinion)
    )


def test_empty_sections_are_left_out() -> None:
    opinion = {**OPINION, "told": [], "open": [], "references": [], "cases": [], "documents": [], "legal_aid": None}
    headings = [b.text for b in opinion_blocks(opinion) if isinstance(b, Line) and b.style == "heading"]
    assert not any(
        "另可参考" in h or "类似的案子" in h or "法律援助" in h or "文书" in h or "不能确定" in h for h in headings
    )
    assert any("期限" in h for h in headings)


@pytest.mark.parametrize(
    "nasty",
    ids=["markup", "emoji", "rare", "long", "bidi"],
    argvalues=["<b>粗</b>", "😀 表情", "𠮷野家", "a" * 3000, "\u202e反向"],
)
def test_odd_text_is_printed_not_interpreted(nasty: str) -> None:
    opinion = copy.deepcopy(OPINION)
    opinion["told"][0]["value"] = nasty
    assert render_pdf(opinion_paper(opinion)).startswith(b"%PDF")
    assert any(nasty in word for word in _words(opinion))
    assert render_docx(opinion_paper(opinion)).startswith(b"PK")


def _form(*blocks: Block) -> DocumentObject:
    return docx.Document(BytesIO(render_docx(Paper("纸", blocks, form=True))))


def test_a_new_page_in_word_is_not_a_paragraph_that_may_stand_on_a_page_alone() -> None:
    document = _form(Line("form_text", "一"), PageBreak(), Line("form_heading", "提示"), Line("form_note", "二"))
    assert [p.text for p in document.paragraphs] == ["一", "提示", "二"]
    assert [bool(p.paragraph_format.page_break_before) for p in document.paragraphs] == [False, True, False]


def test_a_table_in_word_has_the_widths_that_we_give_and_says_its_head_again() -> None:
    grid = _form(Table((("序号", "名称"), ("1", "借条")), (1, 4))).tables[0]
    narrow, wide = (column.width for column in grid.columns)
    assert narrow is not None
    assert wide is not None
    assert narrow * 4 == pytest.approx(wide, rel=0.01)
    assert not grid.autofit
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in grid.rows] == [True, False]


def test_a_paper_in_word_is_chinese_and_its_pages_are_numbered() -> None:
    document = _form(Line("form_text", "一"))
    languages = {one.get(qn("w:eastAsia")) for one in document.styles.element.iter(qn("w:lang"))}
    foot = document.sections[0].footer.paragraphs[0]
    assert languages == {"zh-CN"}
    assert foot.text.split() == ["第", "页"]
    assert [one.get(qn("w:instr")) for one in foot._p.iter(qn("w:fldSimple"))] == ["PAGE"]


def test_a_long_bullet_stays_with_its_words_and_no_line_begins_with_a_closing_sign() -> None:
    bullet = Line("bullet", "劳动人事争议仲裁申请书：向仲裁委员会要工资、补偿、赔偿时交。（还有17处要您自己填，请看）")
    long = Line("text", "公司没有给我交社保，" * 40)
    reader = PdfReader(BytesIO(render_pdf(Paper("意见", (bullet, long)))))
    lines = [_squeeze(line) for page in reader.pages for line in page.extract_text().splitlines() if _squeeze(line)]
    assert lines[0].startswith("·劳动人事")
    assert not any(line.startswith(("，", "。", "）", "、")) for line in lines)
