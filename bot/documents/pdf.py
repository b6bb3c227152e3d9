"""The opinion as PDF with its Chinese fonts embedded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from bot.documents.blocks import Block, Line, Style, Table, opinion_blocks
from bot.documents.fonts import font_file

INK, SOFT, ACCENT, ALERT = (28, 36, 46), (92, 103, 117), (20, 78, 120), (168, 42, 30)

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
}


class _Page(FPDF):
    """A4 with the matter number and page number at the foot."""

    matter = ""

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font("sans", size=8)
        self.set_text_color(*SOFT)
        self.cell(0, 6, f"法线 · 事项编号 {self.matter} · 第 {self.page_no()} 页", align="C")


def _line(page: FPDF, line: Line) -> None:
    family, size, height, colour, indent, above = STYLES[line.style]
    page.set_font(family, size=size)
    page.set_text_color(*colour)
    page.ln(above)
    page.set_x(page.l_margin + indent)
    text = f"· {line.text}" if line.style == "bullet" else line.text
    align = "C" if line.style in ("title", "meta") else "L"
    page.multi_cell(0, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _table(page: FPDF, table: Table) -> None:
    page.set_font("sans", size=10)
    page.set_text_color(*INK)
    page.ln(1)
    head = FontFace(emphasis="", color=INK, fill_color=(232, 239, 245))
    lines = TableBordersLayout.HORIZONTAL_LINES
    with page.table(col_widths=table.widths, line_height=6.4, headings_style=head, borders_layout=lines) as rows:
        for cells in table.rows:
            row = rows.row()
            for cell in cells:
                row.cell(cell)
    page.ln(1)


def _draw(page: FPDF, block: Block) -> None:
    if isinstance(block, Line):
        _line(page, block)
    else:
        _table(page, block)


def render_pdf(opinion: Mapping[str, Any]) -> bytes:
    """The opinion (`Opinion.to_dict()`) as an A4 PDF. Raises FontsMissing where no Chinese font is installed."""
    page = _Page(format="A4")
    page.matter = str(opinion["matter"])
    page.set_title(f"{opinion['title']} {opinion['matter']}")
    page.set_lang("zh-CN")
    page.set_margins(20, 18, 20)
    page.set_auto_page_break(True, margin=20)
    page.add_font("sans", "", font_file("NotoSansCJKsc-Regular.otf"))
    page.add_font("serif", "", font_file("NotoSerifCJKsc-Regular.otf"))
    page.add_page()
    for block in opinion_blocks(opinion):
        _draw(page, block)
    return bytes(page.output())
