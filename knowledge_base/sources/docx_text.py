"""Opens a DOCX file of unknown origin and gives its paragraphs: no bomb, no entity, no exception but one."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from xml.etree.ElementTree import ParseError

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import OpcError
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from knowledge_base.sources.statute import Line

_LARGEST = 50 << 20
"""Bytes of the file; the longest code has half a megabyte."""
_UNPACKED = 64 << 20
_RATIO = 200
_PARTS = 500
_MAIN = "word/document.xml"


class UnreadableDocx(Exception):
    """The file is not taken; the message says why."""


def read_docx(file: Path) -> list[Line]:
    """Paragraphs that are not empty, numbered from 1 as they stand; each row of a table is one. Raises UnreadableDocx.

    OSError when the file itself cannot be read.
    """
    if file.stat().st_size > _LARGEST:
        raise UnreadableDocx(f"larger than {_LARGEST >> 20} MiB, which no statute is; check the file")
    _inspect(file)
    try:
        return _lines(Document(str(file)))
    except (OpcError, LxmlError, ParseError, KeyError, ValueError, zipfile.BadZipFile, EOFError, AttributeError) as e:
        raise UnreadableDocx(f"damaged ({type(e).__name__}: {str(e)[:120]}); fetch it again") from e


def _inspect(file: Path) -> None:
    """Sizes and document types, before anything is parsed; zipfile never unpacks more than the size declared."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            whole = sum(part.file_size for part in parts)
            packed = sum(part.compress_size for part in parts)
            if len(parts) > _PARTS or whole > _UNPACKED or (whole > 1 << 20 and whole > _RATIO * max(packed, 1)):
                told = f"{len(parts)} parts, {whole >> 20} MiB unpacked from {packed >> 10} KiB"
                raise UnreadableDocx(f"unpacks to far more than a statute has ({told}); it may be a zip bomb")
            if _MAIN not in archive.namelist():
                raise UnreadableDocx(f"a zip archive without {_MAIN}: no Word document (DOCX)")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    data = archive.read(part)
                    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                        raise UnreadableDocx(f"{part.filename} declares a document type, which no Word file does")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error) as error:
        raise UnreadableDocx(
            f"no DOCX file, or cut off ({error}); an old .doc must be saved as .docx first, a cut one fetched again"
        ) from error


def _lines(document: DocumentObject) -> list[Line]:
    found: list[Line] = []
    number = 0
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            number += 1
            heading = _is_heading(block)
            texts = block.text.split("\n")
            found += [Line(number, text, heading) for raw in texts if (text := raw.strip(" \t\u3000\xa0"))]
            continue
        for row in block.rows:
            number += 1
            cells = [cell.text.replace("\n", " ").strip() for cell in row.cells]
            if any(cells):
                found.append(Line(number, "| " + " | ".join(cells) + " |"))
    return found


def _is_heading(paragraph: Paragraph) -> bool:
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if style.startswith(("Heading", "heading", "标题", "Title")):
        return True
    centred = paragraph.alignment == WD_ALIGN_PARAGRAPH.CENTER
    return centred and bool(paragraph.runs) and all(run.bold for run in paragraph.runs if run.text.strip())
