"""Documents a citizen can take away: an opinion as PDF and as Word."""

from bot.documents.docx import render_docx
from bot.documents.pdf import render_pdf

__all__ = ["render_docx", "render_pdf"]
