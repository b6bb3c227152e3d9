"""Imports the digests of guiding cases that the repository ships, written in our own words and checked by hand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.areas import AREAS
from knowledge_base.citation import Citation
from knowledge_base.citations.default_names import default_names
from knowledge_base.citations.law_names import LawNames
from knowledge_base.citations.references import format_citation
from knowledge_base.document import Document, Kind
from knowledge_base.record import SourceError
from knowledge_base.shipped import DIGESTS
from knowledge_base.sources.importer import Batch, Rejection, Unit
from knowledge_base.text.numerals import read_number

FOLDER = DIGESTS
"""Where the repository keeps them."""
_COURTS = {"最高人民法院": "spc", "最高人民检察院": "spp"}
_NEEDED = ("id", "court", "number", "title", "area", "keywords", "facts", "holding", "articles", "checked")
_MAY = ("outcome", "published", "cited_then", "note")
_WITHDRAWN = {"spc-9": date(2021, 1, 1), "spc-20": date(2021, 1, 1)}
_ARTICLE = re.compile(r"(\S+?)\s+第?(\d+)条?(?:(?:-|之)([0-9一二三四五六七八九十]+))?")


class DigestImporter:
    """Reads *.yaml, each a list of digests; see `read_digest` for the fields."""

    name = "digests"
    version = 1
    licence = "Written for this project in its own words after the published cases; Apache-2.0 like the rest of it."

    def units(self, path: Path) -> Iterator[Unit]:
        """One for each file. Raises SourceError when the folder holds none."""
        files = sorted(path.glob("*.yaml")) if path.is_dir() else [path] if path.is_file() else []
        if not files:
            raise SourceError(f"{path} holds no digests (*.yaml); give the folder training_data/cases")
        for file in files:
            try:
                yield Unit(file.name, hashlib.sha256(file.read_bytes()).hexdigest(), file)
            except OSError as error:
                raise SourceError(f"{file} cannot be read ({error.strerror})") from error

    def read(self, unit: Unit) -> Batch:
        """The digests of one file. Raises SourceError when the file vanished."""
        try:
            text = unit.path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            return Batch(rejected=(Rejection(unit.key, 0, f"not UTF-8 ({error}); save it as UTF-8"),))
        except OSError as error:
            raise SourceError(f"{unit.path} cannot be read any more ({error.strerror})") from error
        try:
            entries = _entries(text)
        except ValueError as error:
            return Batch(rejected=(Rejection(unit.key, 0, str(error)),))
        names = default_names()
        documents: dict[str, Document] = {}
        rejected = []
        for line, entry in entries:
            try:
                document = read_digest(entry, names)
                if document.id in documents:
                    raise ValueError(f"{document.id} stands twice in this file; the first is kept")
                documents[document.id] = document
            except ValueError as error:
                rejected.append(Rejection(unit.key, line, str(error)))
        return Batch(documents=tuple(documents.values()), rejected=tuple(rejected))


def read_digest(entry: Any, names: LawNames) -> Document:
    """The document of one entry. ValueError says which field is missing or wrong.

    Fields: id (spc-24), court, number, title, area (one of AREAS), keywords, facts, holding, articles (民法典 1165, in
    force when checked), checked (ISO day); may have outcome (when the original tells), published (ISO day), cited_then
    (articles the original rests on that are repealed), note (what changed since).
    """
    if not isinstance(entry, dict):
        raise ValueError("expected an entry with the fields id, court, number, title, …")
    missing = [name for name in _NEEDED if entry.get(name) in (None, "", [])]
    unknown = sorted(str(name) for name in entry if name not in (*_NEEDED, *_MAY))
    if missing or unknown:
        raise ValueError("; ".join([f"missing: {name}" for name in missing] + [f"unknown: {name}" for name in unknown]))
    court = _COURTS.get(str(entry["court"]))
    if court is None or entry["id"] != f"{court}-{entry['number']}":
        raise ValueError(f"id {entry['id']} does not fit court {entry['court']} and number {entry['number']}")
    if entry["area"] not in AREAS:
        raise ValueError(f"area {entry['area']} is none of {' '.join(AREAS)}")
    keywords = _list(entry, "keywords")
    articles = tuple(_article(item, names) for item in _list(entry, "articles"))
    then = tuple(_article(item, names) for item in _list(entry, "cited_then"))
    fields = {
        "编号": f"{'指导性案例' if court == 'spc' else '检例第'}{entry['number']}号",
        "核对日期": _day(entry["checked"]).isoformat(),
        "备注": str(entry.get("note") or "").strip(),
        "原引用法条": "；".join(then),
    }
    return Document(
        id=entry["id"],
        kind=Kind.GUIDING_CASE,
        title=_text(entry, "title"),
        text=_text(entry, "facts"),
        gist=_text(entry, "holding"),
        outcome=_text(entry, "outcome") if entry.get("outcome") else "",
        area=entry["area"],
        keywords=keywords,
        citations=tuple(dict.fromkeys(articles)),
        level="指导性案例",
        issuer=entry["court"],
        published=_day(entry["published"]) if entry.get("published") else None,
        ended=_WITHDRAWN.get(entry["id"]),
        source=DigestImporter.name,
        checksum=hashlib.sha256(repr(sorted(entry.items(), key=lambda item: item[0])).encode()).hexdigest(),
        fields={name: value for name, value in fields.items() if value},
    )


def _entries(text: str) -> list[tuple[int, Any]]:
    """Every entry with the line it begins on. ValueError when it is no YAML list."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, Loader=loader)
        data = yaml.load(text, Loader=loader)
    except yaml.YAMLError as error:
        raise ValueError(f"not YAML: {error}") from error
    if not isinstance(node, yaml.SequenceNode) or not isinstance(data, list):
        raise ValueError("expected a list of digests")
    return [(child.start_mark.line + 1, entry) for child, entry in zip(node.value, data, strict=True)]


def _text(entry: dict[str, Any], name: str) -> str:
    if not isinstance(entry[name], str):
        raise ValueError(f"{name} must be text, found {entry[name]!r}")
    return re.sub(r"\s+", " ", entry[name]).strip()


def _list(entry: dict[str, Any], name: str) -> tuple[str, ...]:
    found = entry.get(name) or []
    if not isinstance(found, list) or not all(isinstance(item, str) and item.strip() for item in found):
        raise ValueError(f"{name} must be a list of words, found {found!r}")
    return tuple(item.strip() for item in found)


def _article(item: str, names: LawNames) -> str:
    found = _ARTICLE.fullmatch(item)
    if found is None:
        raise ValueError(f"article {item!r}: expected a law and a number, like 民法典 1165")
    key = f"{found[2]}-{read_number(found[3])}" if found[3] else found[2]
    return format_citation(Citation(names.resolve(found[1]) or found[1], key))


def _day(value: object) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError(f"{value!r} is no day; write it like '2014-01-26'") from error
