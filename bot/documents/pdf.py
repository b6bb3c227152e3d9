"""A paper as PDF with its Chinese fonts embedded."""

from __future__ import annotations

from collections.abc import Sequence

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from bot.documents.blocks import ADDRESSED, ATTACHED, CLOSING, Block, Line, PageBreak, Paper, Style, Table
from bot.documents.fonts import font_file
from bot.documents.lines import break_lines

INK, SOFT, ACCENT, ALERT = (28, 36, 46), (92, 103, 117), (20, 78, 120), (168, 42, 30)
BLACK, MARKER = (0, 0, 0), (255, 236, 120)

# style → font family, size in points, line height in mm, colour, indent in mm, space above in mm
STYLES: dict[Style, tuple[str, float, float, tuple[int, int, int], float, float]] = {
    "title": ("serif", 20, 11, ACCENT, 0, 0),
    "meta": ("sans", 9, 6, SOFT, 0, 1),
    "heading": ("serif", 14, 8, ACCENT, 0, 5),
    "finding": ("serif", 12, 7, INK, 0, 3),
    "text": ("sans", 11, 6.6, INK, 0, 1),
    "bullet": ("sans", 11, 6.6, INK, 4, 1),
    "law": ("sans", 9.5, 5.8, SOFT, 6, 1),
    "note": ("sans", 9, 5.6, SOFT, 0, 1),
    "warning": ("sans", 11, 6.6, ALERT, 4, 1),
    "form_title": ("serif", 21, 12, BLACK, 0, 0),
    "form_heading": ("sans", 14, 9, BLACK, 0, 1.5),
    "form_text": ("serif", 13.5, 9, BLACK, 0, 0),
    "form_flush": ("serif", 13.5, 9, BLACK, 0, 0),
    "form_sign": ("serif", 13.5, 9, BLACK, 0, 2),
    "form_note": ("sans", 10.5, 6.6, INK, 0, 1),
}


TAIL = 2
"""Lines of the text that go with the closing, so that no name stands on a page alone."""


class _Page(FPDF):
    """A4 with the page number at the foot."""

    foot = ""

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font("sans", size=8)
        self.set_text_color(*SOFT)
        self.cell(0, 6, f"{self.foot}第 {self.page_no()} 页", align="C")


def _line(page: FPDF, line: Line, closing: float) -> None:
    family, size, height, colour, indent, above = STYLES[line.style]
    page.set_font(family, size=size)
    page.set_text_color(*colour)
    page.ln(above)
    if line.style.startswith("form_"):
        _form_line(page, line, height, closing)
        return
    _text(page, line, height, indent)


def _text(page: FPDF, line: Line, height: float, indent: float) -> None:
    """Own line breaking here too: the library breaks Chinese where a sign may not begin a line, and after a bullet."""
    page.c_margin = 0
    bullet = "· " if line.style == "bullet" else ""
    inside = indent + page.get_string_width(bullet)
    # A heading does not stand alone at the foot of a page.
    if line.style in ("heading", "finding") and page.will_page_break(3 * height):
        page.add_page()
    for paragraph in line.text.split("\n"):
        for pieces in break_lines(paragraph, page.get_string_width, page.epw - inside, page.epw - inside):
            words = bullet + "".join(words for words, _ in pieces)
            left = inside - page.get_string_width(bullet)
            if line.style in ("title", "meta"):
                left = (page.epw - page.get_string_width(words)) / 2
            page.set_x(page.l_margin + left)
            page.cell(page.get_string_width(words), height, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            bullet = ""


def _form_line(page: FPDF, line: Line, height: float, closing: float) -> None:
    """Own line breaking, because a paper for a court has its gaps marked in the middle of the text.

    `closing`: height of what must follow on the same page as the end of this paragraph.
    """
    indent = 2 * page.get_string_width("字") if line.style == "form_text" else 0.0
    page.set_fill_color(*MARKER)
    # A heading does not stand alone at the foot of a page.
    if line.style == "form_heading" and page.will_page_break(3 * height + closing):
        page.add_page()
    lines = list(break_lines(line.text, page.get_string_width, page.epw, page.epw - indent))
    for at, pieces in enumerate(lines):
        left_over = min(len(lines) - at, TAIL) if at == max(len(lines) - TAIL, 0) else 1
        if page.will_page_break(height * left_over + (closing if at + left_over == len(lines) else 0)):
            page.add_page()
        left = indent
        if line.style in ("form_sign", "form_title"):
            spare = page.epw - sum(page.get_string_width(words) for words, _ in pieces)
            left = spare if line.style == "form_sign" else spare / 2
        page.set_x(page.l_margin + left)
        page.c_margin = 0
        for words, is_gap in pieces:
            page.cell(page.get_string_width(words), height, words, fill=is_gap)
        page.ln(height)
        indent = 0.0
    if line.style == "form_title":
        page.ln(6)


def _closing(blocks: Sequence[Block], at: int) -> float:
    """Height of what must not be torn from block `at`: the closing (to whom, names, day), or what is attached."""
    height, block = 0.0, blocks[at]
    if isinstance(block, Line) and block.style == "form_heading" and at + 1 < len(blocks):
        return _closing(blocks, at + 1)
    listed = isinstance(block, Line) and block.text == ATTACHED
    for block in blocks[at + 1 :]:
        if not isinstance(block, Line) or not (listed or block.style in CLOSING or block.text == ADDRESSED):
            return height
        height += STYLES[block.style][2] + STYLES[block.style][5]
    return height


def _table(page: FPDF, table: Table, form: bool) -> None:
    page.set_font("sans", size=10)
    page.set_text_color(*INK)
    page.c_margin = 1
    page.set_fill_color(0)  # the library's own: any other would be taken for the colour of every cell
    page.ln(1)
    head = FontFace(emphasis="", color=INK, fill_color=(232, 239, 245))
    lines = TableBordersLayout.ALL if form else TableBordersLayout.HORIZONTAL_LINES
    marked = FontFace(fill_color=MARKER)
    with page.table(col_widths=table.widths, line_height=6.4, headings_style=head, borders_layout=lines) as rows:
        for cells in table.rows:
            row = rows.row()
            for cell in cells:
                row.cell(cell, style=marked if form and "【" in cell else None)
    page.ln(1)


def _draw(page: FPDF, block: Block, form: bool, closing: float = 0) -> None:
    match block:
        case Line():
            _line(page, block, closing)
        case Table():
            _table(page, block, form)
        case PageBreak():
            page.add_page()


def render_pdf(paper: Paper) -> bytes:
    """The paper as an A4 PDF. Raises FontsMissing where no Chinese font is installed."""
    page = _Page(format="A4")
    page.foot = paper.footer
    page.set_title(paper.title)
    page.set_lang("zh-CN")
    page.set_margins(*((27, 30, 27) if paper.form else (20, 18, 20)))
    page.set_auto_page_break(True, margin=25 if paper.form else 20)
    page.add_font("sans", "", font_file("NotoSansCJKsc-Regular.otf"))
    page.add_font("serif", "", font_file("NotoSerifCJKsc-Regular.otf"))
    page.add_page()
    for at, block in enumerate(paper.blocks):
        _draw(page, block, paper.form, _closing(paper.blocks, at) if paper.form else 0)
    return bytes(page.output())
