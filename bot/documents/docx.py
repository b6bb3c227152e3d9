"""The opinion as a Word document that a citizen or lawyer can go on editing."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.run import Run

from bot.documents.blocks import Block, Line, Style, Table, opinion_blocks

# Fonts that every Chinese Word and WPS has. They are named, not embedded: a subset would leave a citizen
# who edits the text with missing characters.
BODY, HEAD = "宋体", "黑体"

# style → font, size in points, colour, indent in cm
STYLES: dict[Style, tuple[str, float, str, float]] = {
    "title": (HEAD, 20, "144E78", 0),
    "meta": (BODY, 9, "5C6775", 0),
    "heading": (HEAD, 14, "144E78", 0),
    "finding": (HEAD, 12, "1C242E", 0),
    "text": (BODY, 11, "1C242E", 0),
    "bullet": (BODY, 11, "1C242E", 0.4),
    "law": (BODY, 9.5, "5C6775", 0.6),
    "note": (BODY, 9, "5C6775", 0),
    "warning": (BODY, 11, "A82A1E", 0.4),
}


def _dress(run: Run, style: Style) -> None:
    font, size, colour, _ = STYLES[style]
    run.font.name = font
    run.font.size = Pt(size)
    run.font.color.rgb = RGBColor.from_string(colour)
    # Word takes the font of Chinese characters from eastAsia, which the library has no attribute for.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _line(document: DocumentObject, line: Line) -> None:
    level = {"title": 0, "heading": 1, "finding": 2}.get(line.style)
    # Real headings, so that Word's navigation pane and screen readers find the sections.
    paragraph = document.add_paragraph() if level is None else document.add_heading(level=level)
    text = f"· {line.text}" if line.style == "bullet" else line.text
    _dress(paragraph.add_run(text), line.style)
    paragraph.paragraph_format.left_indent = Cm(STYLES[line.style][3])
    paragraph.paragraph_format.space_after = Pt(4)
    if line.style in ("title", "meta"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(document: DocumentObject, table: Table) -> None:
    grid = document.add_table(rows=0, cols=len(table.widths), style="Table Grid")
    for cells in table.rows:
        for cell, text, share in zip(grid.add_row().cells, cells, table.widths, strict=True):
            cell.width = Cm(16 * share / sum(table.widths))
            _dress(cell.paragraphs[0].add_run(text), "text")
    document.add_paragraph()


def _draw(document: DocumentObject, block: Block) -> None:
    if isinstance(block, Line):
        _line(document, block)
    else:
        _table(document, block)


def render_docx(opinion: Mapping[str, Any]) -> bytes:
    """The opinion (`Opinion.to_dict()`) as a .docx file."""
    document = Document()
    document.core_properties.title = f"{opinion['title']} {opinion['matter']}"
    document.core_properties.language = "zh-CN"
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
    for block in opinion_blocks(opinion):
        _draw(document, block)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
