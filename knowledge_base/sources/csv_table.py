"""Reads a CSV table in whatever encoding, separator and column names an office happens to use."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.record import SourceError
from knowledge_base.sources.blocks import records

_SAMPLE = 1 << 20
_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2064\\ufeff\\ud800-\\udfff]+")
_MAX_CELL = 4_000


class TableError(ValueError):
    """The file is no table that can be used; the message says what was found and what is needed."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the first row of a table tells."""

    encoding: str
    separator: str
    columns: tuple[str, ...]
    """For each column the name it is known by; "" for one that is not used."""


def read_header(path: Path, synonyms: Mapping[str, Iterable[str]], needed: Iterable[Iterable[str]]) -> Header:
    """The layout of the table at `path`.

    `synonyms`: known name → names it may bear in a header. `needed`: of each group one known name must be there. Raises
    TableError, naming what is missing and what was found; SourceError when the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            sample = file.read(_SAMPLE)
        first = next(records(path, quoted=True), None)
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}); check the path and its rights") from error
    if first is None or not sample.strip():
        raise TableError("the file is empty; expected a header row and one row for each entry")
    encoding = _encoding(sample)
    line = first.data.decode(encoding, errors="replace").lstrip("\ufeff")
    separator = max(",\t;|，", key=line.count)
    names = _names(synonyms)
    printed = [clean(cell) for cell in split_row(line, separator)]
    columns = [names.get(_plain(cell), "") for cell in printed]
    doubled = {name for name in columns if name and columns.count(name) > 1}
    if doubled:
        raise TableError(f"two columns mean {'、'.join(sorted(doubled))}; found: {'、'.join(printed)}")
    for group in needed:
        wanted = list(group)
        if not any(name in columns for name in wanted):
            raise TableError(f"the column {'或'.join(wanted)} is missing; found: {'、'.join(printed) or '(none)'}")
    return Header(encoding, separator, tuple(columns))


def read_row(data: bytes, header: Header) -> dict[str, str]:
    """One row by known column names, cells cleaned. ValueError says what is wrong; empty for an empty row."""
    try:
        text = data.decode(header.encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start} of the row is not {header.encoding}; save the file again") from None
    cells = [clean(cell) for cell in split_row(text.lstrip("\ufeff"), header.separator)]
    if not any(cells):
        return {}
    if len(cells) != len(header.columns) and any(cells[len(header.columns) :]):
        raise ValueError(f"{len(cells)} cells, but the header has {len(header.columns)} columns")
    if len(cells) < len(header.columns):
        raise ValueError(f"only {len(cells)} cells, but the header has {len(header.columns)} columns")
    return {name: cell for name, cell in zip(header.columns, cells, strict=False) if name and cell}


def split_row(text: str, separator: str) -> list[str]:
    """Cells of one row. ValueError when a quotation mark is never closed."""
    try:
        rows = list(csv.reader(io.StringIO(text.rstrip("\r\n"), newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise ValueError(f"no CSV row ({error})") from None
    return rows[0] if rows else []


def clean(cell: str) -> str:
    """A cell as text: no control characters, no spaces around. A formula (=cmd|…) is kept as the text it is."""
    return re.sub(" {2,}", " ", _CONTROL.sub(" ", cell.replace("\u3000", " "))).strip()[:_MAX_CELL]


def _encoding(sample: bytes) -> str:
    """UTF-8 with or without mark, else GB18030, which holds GBK and GB2312. TableError for anything else."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TableError("the file is UTF-16 text; save it as CSV (UTF-8)")
    whole = sample if len(sample) < _SAMPLE else sample[: sample.rfind(b"\n") + 1]
    if b"\x00" in whole:
        raise TableError("the file holds zero bytes: it is no CSV; export the table as CSV (UTF-8)")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            whole.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "utf-8" if encoding == "utf-8-sig" else encoding
    # a few broken bytes are for the rows to report; which encoding the rest has is told by what most of it is
    broken = whole.decode("utf-8", errors="replace").count("\ufffd")
    return "utf-8" if broken < max(3, len(whole) // 2000) else "gb18030"


def _names(synonyms: Mapping[str, Iterable[str]]) -> dict[str, str]:
    out: dict[str, str] = {}
    for name, others in synonyms.items():
        out |= {_plain(other): name for other in (name, *others)}
    return out


def _plain(cell: str) -> str:
    """A column's name without marks: *联系电话（必填） is 联系电话."""
    return re.sub(r"[（(\[].*?[）)\]]|[\s*＊:：]", "", cell).lower()
