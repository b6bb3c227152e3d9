"""Imports registers of legal service institutions and practitioners from CSV, each placed in its division."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from knowledge_base.document import Document, Kind
from knowledge_base.record import SourceError
from knowledge_base.regions import Located, default_regions
from knowledge_base.sources.blocks import blocks, records
from knowledge_base.sources.csv_table import Header, TableError, read_header, read_row
from knowledge_base.sources.importer import Batch, Rejection, Unit

_ROWS = 5000
NAME, PERSON, FIRM, ADDRESS, PHONE, TYPE = "机构名称", "姓名", "执业机构", "地址", "电话", "类别"
CODE, LICENCE, STATUS, DISCIPLINE, REGION, NOTE = (
    "统一社会信用代码", "执业证号", "执业状态", "处分记录", "行政区划", "提示",
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    NAME: ("名称", "单位名称", "机构", "律所名称", "律师事务所", "律师事务所名称", "事务所名称", "中心名称",
        "公证机构名称", "公证处名称", "鉴定机构名称", "调委会名称", "调解组织名称", "委员会名称", "全称",
        "机构全称"),
    PERSON: ("律师姓名", "人员姓名", "执业人员", "公证员", "公证员姓名", "鉴定人", "鉴定人姓名", "调解员",
        "调解员姓名"),
    FIRM: ("所属律所", "所在律所", "执业律所", "所在机构", "所属机构", "所在律师事务所", "任职机构",
        "执业律师事务所"),
    ADDRESS: ("住所", "住所地", "办公地址", "机构地址", "联系地址", "执业场所", "详细地址", "通讯地址",
        "办公地点"),
    PHONE: ("联系电话", "办公电话", "咨询电话", "服务电话", "座机", "联系方式", "电话号码"),
    TYPE: ("机构类型", "机构类别", "类型", "执业类别", "人员类别", "律师类别", "机构性质"),
    "负责人": ("主任", "机构负责人", "法定代表人", "单位负责人", "负责人姓名"),
    CODE: ("信用代码", "社会信用代码", "统一信用代码"),
    LICENCE: ("执业许可证号", "许可证号", "执业证书编号", "律师执业证号", "执业证书号", "执业许可证书号",
        "许可证编号", "资格证号"),
    STATUS: ("状态", "机构状态", "当前状态", "执业情况"),
    DISCIPLINE: ("处分", "奖惩记录", "奖惩情况", "惩戒记录", "处罚记录", "行政处罚", "行业处分", "处分情况",
        "处分/奖惩记录"),
    REGION: ("区划", "行政区划代码", "所属区域", "所在地区", "地区", "区域", "区县", "所在区县", "属地",
        "所属地区", "所在地"),
    "业务范围": ("服务内容", "业务领域", "专业领域", "鉴定业务范围", "擅长领域", "服务范围", "执业范围",
        "鉴定类别"),
    "工作时间": ("办公时间", "服务时间", "接待时间"),
    "主管机关": ("主管司法行政机关", "主管部门", "发证机关"),
    "首次执业时间": ("执业时间", "首次执业日期", "开始执业时间"),
    "成立时间": ("成立日期", "设立时间", "设立日期", "批准日期"),
}  # fmt: skip
"""Column → what offices call it. Any other column is left out: a register may hold more than anybody needs."""
_TYPES = (
    ("法律援助中心", "法律援助"), ("公证处", "公证"), ("司法鉴定机构", "鉴定|评估"), ("人民调解委员会", "调解"),
    ("基层法律服务所", "法律服务所|基层法律服务"), ("仲裁委员会", "仲裁"), ("律师事务所", "律师|律所"),
    ("公共法律服务中心", "公共法律服务"),
)  # fmt: skip
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")
_LEFT_OUT = "（已略去）"


class InstitutionImporter:
    """Reads *.csv, UTF-8 or GB18030, one institution or practitioner a row; columns as in COLUMNS.

    A file with a column 姓名 holds practitioners, any other institutions. Needed: 机构名称 or 姓名, and one of 地址,
    行政区划, 执业机构. Identity numbers anywhere and mobile numbers of practitioners are left out.
    """

    name = "institutions"
    version = 1
    licence = (
        "Public registers of the judicial administration; whoever imports one answers for having it rightfully and for"
        " what it holds of persons."
    )

    def units(self, path: Path) -> Iterator[Unit]:
        """Blocks of 5,000 rows of the file, or of every *.csv in the folder. Raises SourceError when there is none."""
        files = sorted(path.rglob("*.csv")) if path.is_dir() else [path] if path.is_file() else []
        if not files:
            raise SourceError(f"{path} is no file and no folder with *.csv files; give the path of the register")
        for file in files:
            name = file.name if path.is_file() else file.relative_to(path).as_posix()
            units = _table(file, name, file.stat().st_mtime_ns)[0]
            yield from units or [Unit(f"{name}:1", hashlib.sha256(file.read_bytes()).hexdigest(), file)]

    def read(self, unit: Unit) -> Batch:
        """The entries of one block. Raises SourceError when the file vanished."""
        file = unit.key.rpartition(":")[0]
        documents: list[Document] = []
        rejected: list[Rejection] = []
        try:
            header = _header(unit.path)
            repeats = _table(unit.path, file, unit.path.stat().st_mtime_ns)[1]
            for record in records(unit.path, unit.offset, unit.size, unit.first_line, quoted=True):
                if record.number == 1:
                    continue
                try:
                    if not record.closed:
                        raise ValueError("a quotation mark is opened and never closed")
                    row = read_row(record.data, header)
                    if record.number in repeats:
                        first = repeats[record.number]
                        raise ValueError(f"repeats row {first} (same licence, or same name and place), which is kept")
                    if row:
                        documents.append(_document(row, header, record.data))
                except ValueError as error:
                    rejected.append(Rejection(file, record.number, str(error)))
        except TableError as error:
            return Batch(rejected=(Rejection(file, 0, str(error)),))
        except OSError as error:
            raise SourceError(f"{unit.path} cannot be read any more ({error.strerror}); import again") from error
        return Batch(documents=tuple(documents), rejected=tuple(rejected))


def _header(path: Path) -> Header:
    """The layout of a register; in one of persons the column with the institution is where they work."""
    header = read_header(path, COLUMNS, ((NAME, PERSON),))
    columns = header.columns
    if PERSON in columns and FIRM not in columns:
        columns = tuple(FIRM if name == NAME else name for name in columns)
    if not {ADDRESS, REGION, FIRM} & set(columns):
        found = "、".join(name for name in columns if name)
        raise TableError(f"the column {ADDRESS}或{REGION}或{FIRM} is missing; known columns found: {found}")
    return Header(header.encoding, header.separator, columns)


@lru_cache(maxsize=2)
def _table(path: Path, name: str, changed: int) -> tuple[tuple[Unit, ...], dict[int, int]]:
    """Units and repeats of one file as it was when `changed`; none of a file that is no such table."""
    try:
        header = _header(path)
    except TableError:
        return (), {}

    def keys(data: bytes) -> list[str]:
        try:
            row = read_row(data, header)
            return _keys(row, header)
        except ValueError:
            return []

    units, repeats = blocks(path, name, _ROWS, keys, quoted=True)
    return tuple(units), repeats


def _keys(row: dict[str, str], header: Header) -> list[str]:
    """What makes two rows the same entry. Two practitioners may share a name, so theirs counts only with the firm."""
    keys = [f"{column} {row[column]}" for column in (CODE, LICENCE) if row.get(column)]
    name = row.get(PERSON if PERSON in header.columns else NAME, "")
    if PERSON in header.columns:
        return keys or [f"{name} {row.get(FIRM) or row.get(ADDRESS, '')}"] if name else []
    return [*keys, f"{name} {_place(row).code or row.get(ADDRESS, '')}"] if name else keys


def _document(row: dict[str, str], header: Header, data: bytes) -> Document:
    person = PERSON in header.columns
    name = row.get(PERSON if person else NAME, "")
    if len(name) < 2:
        raise ValueError(f"{PERSON if person else NAME} is {'empty' if not name else f'only {name!r}'}")
    row = {column: _discreet(column, cell, person) for column, cell in row.items()}
    place = _place(row)
    where = default_regions().name(place.code)
    kind = _type(row)
    keep = [column for column in COLUMNS if row.get(column) and column not in (NAME, PERSON, REGION)]
    fields = {column: row[column] for column in keep} | {"所在地": where, NOTE: place.note}
    about = [kind, where, *(row.get(column, "") for column in (FIRM, ADDRESS, "业务范围", STATUS))]
    keys = _keys(row, header)
    return Document(
        id=f"{'person' if person else 'institution'}-{hashlib.sha256(keys[0].encode()).hexdigest()[:14]}",
        kind=Kind.PRACTITIONER if person else Kind.INSTITUTION,
        title=name,
        text="；".join(dict.fromkeys(part for part in about if part)),
        gist="，".join(part for part in (where, kind, row.get(STATUS, "")) if part),
        level=kind,
        issuer=row.get("主管机关", ""),
        region=place.code,
        source=InstitutionImporter.name,
        checksum=hashlib.sha256(data.strip()).hexdigest(),
        fields={name: value for name, value in fields.items() if value},
    )


def _place(row: dict[str, str]) -> Located:
    """From the column for it, then the address, then the names, which often begin with the place."""
    return default_regions().locate(row[c] for c in (REGION, ADDRESS, FIRM, NAME, "主管机关") if row.get(c))


def _type(row: dict[str, str]) -> str:
    """The kind of institution or practitioner in the words of the platform; as printed when it is another."""
    printed = row.get(TYPE, "")
    for text in (printed, row.get(NAME, ""), row.get(FIRM, "")):
        for name, pattern in _TYPES:
            if re.search(pattern, text):
                return printed if PERSON in row and printed else name
    return printed


def _discreet(column: str, cell: str, person: bool) -> str:
    """Without what no register needs to hold of a person."""
    if column not in (CODE, LICENCE):
        cell = _IDENTITY.sub(_LEFT_OUT, cell)
    return _MOBILE.sub(_LEFT_OUT, cell) if person and column == PHONE else cell
