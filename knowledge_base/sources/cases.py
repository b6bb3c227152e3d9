"""Imports cases from JSON lines: guiding cases of the Supreme Court and Procuratorate, Gazette and typical cases."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge_base.areas import area_of
from knowledge_base.citations.references import format_citation, parse_citations
from knowledge_base.document import Document, Kind
from knowledge_base.record import SourceError
from knowledge_base.sources.blocks import blocks, records
from knowledge_base.sources.case_text import (
    case_number,
    cause_of,
    decided_on,
    is_cut,
    outcome_of,
    published_on,
    split_case,
)
from knowledge_base.sources.importer import Batch, Rejection, Unit

_LINES = 200
_MAX_LINE = 4_000_000
"""Bytes; a case is a few pages."""
_TEXTS = ("source", "title", "gist", "statutes", "facts", "result", "reasons", "text")
_WITHDRAWN = {"spc-9": date(2021, 1, 1), "spc-20": date(2021, 1, 1)}
"""No longer to be followed: notice of the Supreme People's Court 法〔2020〕343号."""
_CLASSES = ("民事诉讼", "刑事诉讼", "行政诉讼", "国家赔偿", "民事", "刑事", "行政", "执行")
_TITLE_LEAD = re.compile(r"^\s*(?:首页\s*>\s*案例\s*)?(?:[（(]?检例第\d+号[）)]?|指导(?:性)?案例\d+号[：:]?)\s*")
_STAFF = re.compile(r"(?:^|\n|（)(?:办案检察院|承办检察官|案例撰写人|生效裁判审判人员)[：:]")
"""Begins the list of officials at the end of a text; who they were is no part of the case."""
_RELIES = re.compile(r"(?:依照|依据|根据|按照|违反|适用)[^。\n]{0,160}《[^。\n]{2,200}")
_REASONS, _NUMBER, _DECIDED, _CLASS = "裁判理由", "案号", "裁判日期", "案件类别"


class CaseImporter:
    """Reads *.jsonl with the fields source, no, title, keywords, gist, statutes, facts, result, reasons, text."""

    name = "cases"
    version = 1
    licence = (
        "Judgments and published cases are official documents without copyright (Copyright Law, article 5); whoever"
        " compiled the file may have set terms of its own."
    )

    def units(self, path: Path) -> Iterator[Unit]:
        """Blocks of 200 lines of the file, or of every *.jsonl in the folder. Raises SourceError when there is none."""
        for file in _files(path):
            name = file.name if path.is_file() else file.relative_to(path).as_posix()
            yield from _blocks(file, name, file.stat().st_mtime_ns)[0]

    def read(self, unit: Unit) -> Batch:
        """The cases of one block. Raises SourceError when the file vanished."""
        documents: list[Document] = []
        rejected: list[Rejection] = []
        file = unit.key.rpartition(":")[0]
        try:
            repeats = _blocks(unit.path, file, unit.path.stat().st_mtime_ns)[1]
            for record in records(unit.path, unit.offset, unit.size, unit.first_line):
                if not record.data.strip():
                    continue
                try:
                    if record.number in repeats:
                        raise ValueError(f"repeats the case of line {repeats[record.number]}, which is kept")
                    documents.append(_document(record.data))
                except ValueError as error:
                    rejected.append(Rejection(file, record.number, str(error)))
        except OSError as error:
            raise SourceError(f"{unit.path} cannot be read any more ({error.strerror}); import again") from error
        return Batch(documents=tuple(documents), rejected=tuple(rejected))


def _files(path: Path) -> list[Path]:
    files = sorted(path.rglob("*.jsonl")) if path.is_dir() else [path] if path.is_file() else []
    if not files:
        raise SourceError(f"{path} is no file and no folder with *.jsonl files; give the path of the cases")
    return files


@lru_cache(maxsize=4)
def _blocks(path: Path, name: str, changed: int) -> tuple[tuple[Unit, ...], dict[int, int]]:
    """Units and repeats of one file as it was when `changed`."""
    units, repeats = blocks(path, name, _LINES, _keys)
    return tuple(units), repeats


def _keys(data: bytes) -> list[str]:
    try:
        return [_id(_checked(data))]
    except ValueError:
        return []


def _checked(data: bytes) -> dict[str, Any]:
    """The record with every field of its type. ValueError says what is wrong."""
    if len(data) > _MAX_LINE:
        raise ValueError(f"the line has {len(data)} bytes, more than {_MAX_LINE}; is the file one case a line?")
    try:
        line = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            raise ValueError(f"not UTF-8 (byte {error.start}); convert the file to UTF-8") from None
        raise ValueError("not UTF-8 but GB18030; convert the file: iconv -f GB18030 -t UTF-8") from None
    try:
        case = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"no JSON ({error}); expected one object a line") from None
    if not isinstance(case, dict):
        raise ValueError(f"a JSON {type(case).__name__}, expected an object with the fields title, facts, …")
    for field in _TEXTS:
        if not isinstance(case.get(field) or "", str):
            raise ValueError(f"field {field} is a {type(case[field]).__name__}, expected text")
        case[field] = _STAFF.split(_clean(case.get(field) or ""))[0].rstrip()
    words, number = case.get("keywords") or [], case.get("no")
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError("field keywords must be a list of words")
    if number is not None and (not isinstance(number, int) or isinstance(number, bool) or number < 1):
        raise ValueError(f"field no is {number!r}, expected the number of the case or null")
    case["keywords"], case["no"] = [_clean(word) for word in words], number
    if not (case["facts"] or case["text"] or case["gist"]):
        raise ValueError("neither facts nor text nor gist: nothing to search")
    if len(re.findall(r"\]\((?:doc/|https?:)", case["text"])) > 10 and not case["facts"]:
        raise ValueError("a table of contents, no case")
    if not _TITLE_LEAD.sub("", case["title"]) and number is None:
        raise ValueError("no title and no number: the case could not be named")
    return case


def _clean(text: str) -> str:
    """Without control characters, line breaks as \\n."""
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f\ufeff\ud800-\udfff]", " ", text.replace("\r\n", "\n")).strip()


def _kind(source: str) -> Kind:
    if "指导" in source:
        return Kind.GUIDING_CASE
    return Kind.GAZETTE_CASE if "公报" in source else Kind.TYPICAL_CASE


def _id(case: dict[str, Any]) -> str:
    """spc-24, spp-3; a case without number by its title and how it begins."""
    kind = _kind(case["source"])
    if kind is Kind.GUIDING_CASE and case["no"]:
        return f"{'spp' if '检察' in case['source'] else 'spc'}-{case['no']}"
    begins = re.sub(r"\W+", "", case["facts"] or case["text"])[:400]
    mark = hashlib.sha256(f"{case['source']} {case['no']} {case['title']} {begins}".encode()).hexdigest()[:12]
    return f"{'gazette' if kind is Kind.GAZETTE_CASE else 'case'}-{mark}"


def _document(data: bytes) -> Document:
    case = _checked(data)
    kind, id_ = _kind(case["source"]), _id(case)
    keywords, gist = _keywords(case["keywords"], case["gist"])
    facts, reasons, result = case["facts"], case["reasons"], case["result"]
    if not facts and case["text"]:
        parts = split_case(case["text"])
        gist = gist or parts.gist
        facts, reasons, result = parts.facts, reasons or parts.reasons, result or parts.result
    title = _title(case, keywords, gist)
    statutes = case["statutes"] or _relied_on(gist, reasons, result)
    cited = [c for c in parse_citations(statutes) if c.law]
    citations = tuple(dict.fromkeys(format_citation(c) for c in cited))
    laws = "".join(c.law for c in cited)
    ended = decided_on(result or facts)
    class_ = next((c for c in _CLASSES if any(word == c for word in keywords)), "")
    fields = {
        _NUMBER: case_number(result or facts or reasons),
        _DECIDED: ended.isoformat() if ended else "",
        _CLASS: class_,
        _REASONS: reasons,
    }
    plain = [word for word in keywords if word not in _CLASSES]
    return Document(
        id=id_,
        kind=kind,
        title=title,
        text=facts or gist,
        gist=gist,
        outcome=_outcome(case, result, facts, reasons),
        area=area_of(title, [class_, *plain, cause_of(facts)], gist, laws),
        keywords=tuple(plain),
        citations=citations,
        level={Kind.GUIDING_CASE: "指导性案例", Kind.GAZETTE_CASE: "公报案例"}.get(kind, "典型案例"),
        issuer="最高人民检察院" if "检察" in case["source"] else "最高人民法院",
        published=published_on(case["text"][:400]),
        ended=_WITHDRAWN.get(id_),
        source=CaseImporter.name,
        checksum=hashlib.sha256(data.strip()).hexdigest(),
        fields={name: value for name, value in fields.items() if value},
    )


def _outcome(case: dict[str, Any], *parts: str) -> str:
    """How it ended; where the text was cut off, the end is not known and that is said."""
    whole = bool(case["facts"]) or not is_cut(case["text"])
    told = outcome_of(*parts, whole=whole)
    return told if whole or not told else f"{told.rstrip('。')}（来源文本不完整，之后是否改判没有记载）。"


def _keywords(words: list[str], gist: str) -> tuple[list[str], str]:
    """Keywords without marks; what stands behind a stray 【要旨】 among them is the gist."""
    flat = [word.strip("*【】 ") for word in words]
    for i, word in enumerate(words):
        if word.startswith("【要"):
            tail = [w for w in words[i + 1 :] if w.strip("*【】 ") != "旨"]
            return [w for w in flat[:i] if w], gist or " ".join(tail)
    return _split_class(flat), gist.partition("【")[0].strip()


def _split_class(words: list[str]) -> list[str]:
    """民事继承人工授精 → 民事, 继承人工授精: in early cases all keywords are run together."""
    out: list[str] = []
    for i, word in enumerate(w for w in words if w):
        lead = next((c for c in _CLASSES if i == 0 and word.startswith(c) and word != c), "")
        run_together = lead and len(words) == 1
        out += [lead, word.removeprefix(lead)] if run_together else [word]
    return list(dict.fromkeys(w for w in out if w))


def _title(case: dict[str, Any], keywords: list[str], gist: str) -> str:
    """The printed title without its number; a case printed without one is named by what it is about."""
    title = re.sub(r"\s+", " ", _TITLE_LEAD.sub("", case["title"])).strip()
    if title:
        return title
    about = "、".join([w for w in keywords if w not in _CLASSES][:3]) or re.split("[，。]", gist)[0][:30]
    number = f"检例第{case['no']}号" if "检察" in case["source"] else f"第{case['no']}号"
    return f"{about}案（{number}）" if about else number


def _relied_on(*parts: str) -> str:
    """The passages in which a court names the law it applies."""
    return "\n".join(match[0] for part in parts for match in _RELIES.finditer(part))
