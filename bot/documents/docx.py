"""A paper as a Word document that a citizen or lawyer can go on editing."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
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
TEXT_WIDTH = 15.6
"""Of a table, in centimetres: what the margins of a form leave."""


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


def _line(document: DocumentObject, line: Line, form: bool, closes: bool, begins: bool) -> None:
    """`closes`: what follows belongs to the closing, and stands on the same page; `begins`: a new page."""
    level = _LEVELS.get(line.style)
    # Real headings, so that Word's navigation pane and screen readers find the sections.
    paragraph = document.add_paragraph() if level is None else document.add_heading(level=level)
    _write(paragraph, f"· {line.text}" if line.style == "bullet" else line.text, line.style, form)
    shape = paragraph.paragraph_format
    shape.left_indent = Cm(STYLES[line.style][3])
    shape.space_after = Pt(4)
    # Not a break in a paragraph of its own: after a page that is just full that would leave an empty one.
    shape.page_break_before = begins or None
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
    grid.autofit = False  # else each program has widths of its own
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    widths = [Cm(TEXT_WIDTH * share / sum(table.widths)) for share in table.widths]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for cells in table.rows:
        row = grid.add_row()
        _flag(row._tr.get_or_add_trPr(), "w:cantSplit")
        for cell, text, width in zip(row.cells, cells, widths, strict=True):
            cell.width = width
            _write(cell.paragraphs[0], text, "text", form)
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    if table.rows:
        _flag(grid.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # said again on the next page
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _flag(properties: BaseOxmlElement, name: str) -> None:
    properties.append(OxmlElement(name))


def _numbered(document: DocumentObject, paper: Paper) -> None:
    """The page number at the foot, as in the PDF: loose sheets of a paper get lost and mixed up."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _dress(paragraph.add_run(f"{paper.footer}第 "), "note")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    paragraph._p.append(number)
    _dress(paragraph.add_run(" 页"), "note")


def _in_chinese(document: DocumentObject) -> None:
    """Programs without the fonts we name take others by this, and else those of another country's characters."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


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
    _in_chinese(document)
    _numbered(document, paper)
    before: Block | None = None
    for block, following in zip(paper.blocks, (*paper.blocks[1:], None), strict=True):
        closes = isinstance(following, Line) and (following.style in CLOSING or following.text == ADDRESSED)
        closes = closes or (isinstance(block, Line) and block.text == ATTACHED)
        if isinstance(block, Line):
            _line(document, block, paper.form, closes, isinstance(before, PageBreak))
        elif isinstance(block, Table):
            _table(document, block, paper.form)
        before = block
    out = BytesIO()
    document.save(out)
    return out.getvalue()
