"""A paper as a Word document that a citizen or lawyer can go on editing."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from bot.documents.blocks import ADDRESSED, ATTACHED, CLOSING, Block, Line, PageBreak, Paper, Style, Table, split_gaps

# Fonts that every Chinese Word and WPS has. They are named, not embedded: a subset would leave a citizen
# who edits the text with missing characters.
BODY, HEAD, FORM = "宋体", "黑体", "仿宋"

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
    "form_title": (BODY, 22, "000000", 0),
    "form_heading": (HEAD, 15, "000000", 0),
    "form_text": (FORM, 15, "000000", 0),
    "form_flush": (FORM, 15, "000000", 0),
    "form_sign": (FORM, 15, "000000", 0),
    "form_note": (BODY, 11, "1C242E", 0),
}
_LEVELS: dict[Style, int] = {
    "title": 0,
    "heading": 1,
    "finding": 2,
    "form_title": 0,
    "form_heading": 1,
}
FORM_LINE = Pt(27)


def _dress(run: Run, style: Style, is_gap: bool = False) -> None:
    font, size, colour, _ = STYLES[style]
    run.font.name = font
    run.font.size = Pt(size)
    run.font.color.rgb = RGBColor.from_string(colour)
    if style == "form_title":
        run.font.bold = True
    if is_gap:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    # Word takes the font of Chinese characters from eastAsia, which the library has no attribute for.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _write(paragraph: Paragraph, text: str, style: Style, form: bool) -> None:
    for piece, is_gap in split_gaps(text) if form else [(text, False)]:
        _dress(paragraph.add_run(piece), style, is_gap)


def _line(document: DocumentObject, line: Line, form: bool, closes: bool) -> None:
    """`closes`: what follows belongs to the closing, and stands on the same page."""
    level = _LEVELS.get(line.style)
    # Real headings, so that Word's navigation pane and screen readers find the sections.
    paragraph = document.add_paragraph() if level is None else document.add_heading(level=level)
    _write(paragraph, f"· {line.text}" if line.style == "bullet" else line.text, line.style, form)
    shape = paragraph.paragraph_format
    shape.left_indent = Cm(STYLES[line.style][3])
    shape.space_after = Pt(4)
    if line.style in ("title", "meta", "form_title"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if line.style.startswith("form_") and line.style != "form_note":
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing = FORM_LINE
    if line.style == "form_title":
        _without_rule(paragraph)
        shape.line_spacing = Pt(32)
        shape.space_after = Pt(16)
    if line.style == "form_text":
        shape.first_line_indent = Pt(2 * STYLES[line.style][1])
    if closes:
        shape.keep_with_next = True
    if line.style == "form_sign":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        shape.space_before = Pt(6)


def _without_rule(paragraph: Paragraph) -> None:
    """The library's title style draws a rule under it; a paper for a court has none."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    bottom.set(qn("w:val"), "nil")
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _table(document: DocumentObject, table: Table, form: bool) -> None:
    grid = document.add_table(rows=0, cols=len(table.widths), style="Table Grid")
    for cells in table.rows:
        for cell, text, share in zip(grid.add_row().cells, cells, table.widths, strict=True):
            cell.width = Cm(16 * share / sum(table.widths))
            _write(cell.paragraphs[0], text, "text", form)
    document.add_paragraph()


def _draw(document: DocumentObject, block: Block, form: bool, closes: bool = False) -> None:
    match block:
        case Line():
            _line(document, block, form, closes)
        case Table():
            _table(document, block, form)
        case PageBreak():
            document.add_page_break()


def render_docx(paper: Paper) -> bytes:
    """The paper as a .docx file."""
    document = Document()
    document.core_properties.title = paper.title
    document.core_properties.language = "zh-CN"
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        if paper.form:
            # The margins of GB/T 9704 for official papers, the side ones evened out.
            section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
            section.left_margin = section.right_margin = Cm(2.7)
    for block, following in zip(paper.blocks, (*paper.blocks[1:], None), strict=True):
        closes = isinstance(following, Line) and (following.style in CLOSING or following.text == ADDRESSED)
        closes = closes or (isinstance(block, Line) and block.text == ATTACHED)
        _draw(document, block, paper.form, closes)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
