"""Imports the official DOCX files of the national database of laws and regulations (flk.npc.gov.cn).

The layout followed is the publicly known one, for no sample came with the project: title, centred, on one or more
lines; the history in round brackets; 目录; headings of parts and chapters; articles 「第一条　……」, each of their
paragraphs a paragraph of the document.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.record import SourceError, SourceLaw
from knowledge_base.regions import default_regions
from knowledge_base.sources.docx_text import UnreadableDocx, read_docx
from knowledge_base.sources.files import sha256_of
from knowledge_base.sources.history import History, read_history
from knowledge_base.sources.importer import Batch, Rejection, Unit
from knowledge_base.sources.naming import (
    cabinet_of,
    court_of,
    is_amending,
    kind_of,
    ministry_of,
    official_title,
    tidy_title,
)
from knowledge_base.sources.statute import Line, read_statute

_CONTENTS = re.compile(r"^目[\s　]*录$")
_ARTICLE = re.compile(r"^第[零〇一二两三四五六七八九十百千]+条")
_LOCAL = re.compile(r"([\u4e00-\u9fff]{1,12}(?:省|自治区|市|自治州|自治县))(?:第[\u4e00-\u9fff]+届)?人民代表大会")


@dataclass(frozen=True, slots=True)
class _Parts:
    title: str
    note: list[tuple[int, str]]
    body: list[Line]


class NpcDocx:
    """A folder of DOCX files, or one; each file is a unit. Lines in the report are paragraphs, counted from 1."""

    name = "npc_docx"
    version = 1
    licence = (
        "Official texts without copyright (Copyright Law, article 5), from the national database of laws and"
        " regulations kept by the General Office of the Standing Committee of the National People's Congress."
    )

    def units(self, path: Path) -> Iterator[Unit]:
        """Every .docx file. Raises SourceError when there is none."""
        files = [path] if path.is_file() else sorted(path.rglob("*.docx")) if path.is_dir() else []
        files = [f for f in files if f.suffix == ".docx" and not f.name.startswith("~$") and f.is_file()]
        if not files:
            raise SourceError(f"{path} has no .docx file; give the folder that they were downloaded to")
        for file in files:
            key = file.name if file == path else file.relative_to(path).as_posix()
            yield Unit(key, sha256_of(file), file)

    def read(self, unit: Unit) -> Batch:
        """One text. What cannot be read is told, never raised; SourceError only when the file vanished."""
        try:
            lines = read_docx(unit.path)
        except UnreadableDocx as error:
            return _refused(unit, 0, str(error))
        except OSError as error:
            raise SourceError(f"{unit.path} cannot be read ({error.strerror}); it was there a moment ago") from error
        parts = _split(lines)
        history = read_history(parts.note)
        statute = read_statute(parts.body, is_amending(parts.title))
        if not parts.title:
            return _refused(unit, 1, "no title above the history in brackets; the layout is not the database's")
        if not statute.articles:
            return _refused(unit, 0, "no article: expected paragraphs that begin with 第一条, or numbered 一、")
        if not history.made:
            return _refused(
                unit, 1, "no day: expected the history in brackets below the title, （2020年5月28日……通过）"
            )
        level, issuer, region = _who(parts.title, history)
        if not issuer:
            return _refused(unit, 1, "no issuer in the history in brackets, e.g. 第十三届全国人民代表大会……通过")
        if level == "地方性法规" and not region:
            return _refused(unit, 1, f"no place in the title, but {issuer} governs one; put its province in front")
        faults = tuple(Rejection(unit.key, line, why) for line, why in sorted(history.faults + statute.faults))
        version = max(history.made)
        published, effective = history.takes_effect(version)
        name = official_title(parts.title, level, issuer)
        law = SourceLaw(
            id=f"{self.name}-{hashlib.sha256(unit.key.encode()).hexdigest()[:12]}",
            name=name,
            kind=kind_of(name, level),
            level=level,
            issuer=issuer,
            department="",
            published=published,
            effective=effective,
            version=version,
            label="",
            articles=statute.articles,
            source=self.name,
            region=region,
            amended=tuple(day for day in history.amended if day < version),
            checksum=unit.checksum,
            basis=statute.basis,
        )
        return Batch((law,), rejected=faults)


def _refused(unit: Unit, line: int, reason: str) -> Batch:
    return Batch(rejected=(Rejection(unit.key, line, reason),))


def _split(lines: list[Line]) -> _Parts:
    """Title, history and text; the table of contents is left out."""
    title: list[str] = []
    note: list[tuple[int, str]] = []
    at = 0
    while at < len(lines) and not lines[at].text.startswith(("（", "(")) and not _begins(lines[at].text):
        title.append(lines[at].text)
        at += 1
    depth = 0
    while at < len(lines) and not _begins(lines[at].text):
        text = lines[at].text
        if not depth and not text.startswith(("（", "(")):
            break
        note.append((lines[at].number, text))
        depth += len(re.findall(r"[（(]", text)) - len(re.findall(r"[）)]", text))
        at += 1
    return _Parts(
        tidy_title("　".join(title)) if len("".join(title)) < 200 else "", note, _without_contents(lines[at:])
    )


def _begins(text: str) -> bool:
    return bool(_CONTENTS.match(text) or _ARTICLE.match(text))


def _without_contents(lines: list[Line]) -> list[Line]:
    """The text after 目录: it begins where the first entry of the contents stands again, or at the first article."""
    start = next((i for i, line in enumerate(lines) if _CONTENTS.match(line.text)), None)
    if start is None or start + 1 >= len(lines):
        return lines
    first = _squeezed(lines[start + 1].text)
    for i in range(start + 2, len(lines)):
        if _squeezed(lines[i].text) == first or _ARTICLE.match(lines[i].text):
            return lines[:start] + lines[i:]
    return lines


def _squeezed(text: str) -> str:
    return re.sub(r"[\s　.…·\d]+", "", text)


def _who(title: str, history: History) -> tuple[str, str, str]:
    """(level, issuer, region) by title and history."""
    told = history.text
    if title in ("中华人民共和国宪法", "宪法") or title.startswith("中华人民共和国宪法修正案"):
        return "宪法", "全国人民代表大会", ""
    if re.search(r"最高人民(?:法院|检察院)", title.partition("关于")[0] or told.partition("通过")[0]):
        return "司法解释", court_of(title, told), ""
    if local := _LOCAL.search(told):
        code = default_regions().locate([title.partition("实施")[0]]).code
        return "地方性法规", f"{local[1]}人民代表大会常务委员会", code
    if "国务院" in told:
        return "行政法规", cabinet_of(told), ""
    if "全国人民代表大会" in told:
        return "法律", history.congress, ""
    return "部门规章", ministry_of(told), ""
