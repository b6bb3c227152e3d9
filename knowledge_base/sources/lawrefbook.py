"""Imports a checkout of the public LawRefBook collection: one Markdown file for each text, sorted into folders."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge_base.record import SourceError, SourceLaw
from knowledge_base.sources.files import sha256_of
from knowledge_base.sources.history import History, day_of, read_history
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
from knowledge_base.sources.statute import Line, Statute, read_statute
from knowledge_base.text.numerals import article_key

_LAWS = {"刑法", "宪法相关法", "民法典", "民法商法", "社会法", "经济法", "行政法", "诉讼与非诉讼程序法"}
_LEVELS = dict.fromkeys(_LAWS, "法律") | {
    "宪法": "宪法",
    "行政法规": "行政法规",
    "司法解释": "司法解释",
    "部门规章": "部门规章",
    "其他": "部门规章",
}
_END = "<!-- INFO END -->"
_COMMENT = re.compile(r"<!--.*?-->")
_FILE_DAY = re.compile(r"[(（](\d{4})-(\d{1,2})-(\d{1,2})[)）]$")
_HEADING = re.compile(r"^(#{1,6})(?:\s+|$)(.*)$")
_MINISTRY_PAPER = re.compile(r"^(?!国)[\u4e00-\u9fff]{1,8}发[〔\[［(（]\d{4}[〕\]］)）]")
_LARGEST = 20 << 20
"""Bytes; the longest code has half a million."""
_PART_ROWS = 100_000
"""Rows kept apart for each file of a split book."""


class _Refused(Exception):
    """The whole file is not taken; carries the line and the reason."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class _File:
    title: str
    part: str
    """Second title of a book that is split into files, e.g. 合同编."""
    history: History
    head: str
    statute: Statute
    faults: tuple[tuple[int, str], ...]


class LawRefBook:
    """Each file is a unit; a book split into files, as the Civil Code is, is one. 案例 holds cases and is left out."""

    name = "lawrefbook"
    version = 1
    licence = (
        "Texts of Chinese laws, regulations and judicial interpretations are official documents without copyright"
        " (Copyright Law, article 5); they come from the public LawRefBook collection, which states no licence."
    )

    def units(self, path: Path) -> Iterator[Unit]:
        """Files in the folders that the collection is made of. Raises SourceError when there is none of them."""
        if not path.is_dir() or not any((path / folder).is_dir() for folder in _LEVELS):
            raise SourceError(
                f"{path} is no checkout of LawRefBook; give the folder that holds 民法典, 行政法规, 司法解释 and so on"
            )
        files = sorted(f for f in path.rglob("*.md") if f.name != "_index.md" and not f.is_symlink() and f.is_file())
        books: dict[str, list[Path]] = {}
        for file in files:
            key = file.relative_to(path).as_posix()
            folder = key.partition("/")[0]
            if folder not in _LEVELS:
                books.setdefault(f"{folder}/" if "/" in key else key, []).append(file)
            elif book := _book(file):
                books.setdefault(f"{key.rpartition('/')[0]}/{book}/", []).append(file)
            else:
                yield Unit(key, sha256_of(file), file)
        for key, parts in books.items():
            together = hashlib.sha256("".join(f"{p.name} {sha256_of(p)}\n" for p in parts).encode()).hexdigest()
            yield Unit(key, together, parts[0].parent if len(parts) > 1 else parts[0])

    def read(self, unit: Unit) -> Batch:
        """One text. What is wrong in it is told with its line; a text without title, day or articles is refused."""
        folder = unit.key.partition("/")[0]
        if folder not in _LEVELS:
            reason = "outside the folders of laws (案例 holds cases, which have an importer of their own); left out"
            return Batch(rejected=(Rejection(unit.key, 0, reason),))
        book = unit.key.rstrip("/").rpartition("/")[2] if unit.key.endswith("/") else ""
        names = [unit.path]
        if book:
            among = sorted(unit.path.glob("*.md")) if unit.path.is_dir() else [unit.path]
            names = [file for file in among if _book(file) == book]
        rejected: list[Rejection] = []
        read: list[tuple[Path, _File]] = []
        for file in names:
            shown = f"{unit.key.rpartition(book)[0]}{file.name}" if book else unit.key
            try:
                content = _read(file)
            except _Refused as refused:
                rejected.append(Rejection(shown, refused.line, str(refused)))
                continue
            rejected += [Rejection(shown, line, reason) for line, reason in content.faults]
            read.append((file, content))
        try:
            laws = (_law(unit, folder, read),) if read else ()
        except _Refused as refused:
            return Batch(rejected=(*rejected, Rejection(unit.key, refused.line, str(refused))))
        return Batch(laws, rejected=tuple(rejected))


def _book(file: Path) -> str:
    """Title of the book of which `file` is a part; "" for a text of its own."""
    with file.open("rb") as stream:
        head = stream.read(2000).decode("utf-8", "replace").partition(_END)[0]
    titles = [m[2].strip() for line in head.splitlines() if (m := _HEADING.match(line)) and m[1] == "#"]
    return _plain(titles[0]) if len(titles) == 2 else ""


def _plain(text: str) -> str:
    return _COMMENT.sub("", text).replace("**", "").strip(" \t\u3000\ufeff")


def _read(file: Path) -> _File:
    text = _text(file)
    head: list[tuple[int, str]] = []
    titles: list[str] = []
    body: list[Line] = []
    ended = _END in text
    inside = ended
    for number, raw in enumerate(text.split("\n"), 1):
        if inside and _END in raw:
            inside = False
            continue
        plain = _plain(raw)
        heading = _HEADING.match(plain)
        if inside and heading and heading[1] == "#":
            titles.append(heading[2].strip())
        elif inside and plain:
            head.append((number, plain))
        elif not inside and not ended and heading and heading[1] == "#" and not titles:
            titles.append(heading[2].strip())
        elif not inside and plain.strip("#").strip():
            body.append(Line(number, heading[2].strip() if heading else plain, bool(heading)))
    if not titles or not titles[0]:
        raise _Refused("no title: the first line must be a heading, # 中华人民共和国……法", 1)
    if not ended:
        raise _Refused(f"no line {_END} between the history and the text; add it", 1)
    history = read_history(head)
    told = "\n".join(line for _, line in head)
    statute = read_statute(body, is_amending(titles[0]))
    if not statute.articles:
        raise _Refused("no article: expected lines that begin with 第一条, or numbered 一、", _first(statute))
    part = titles[1] if len(titles) > 1 else ""
    return _File(tidy_title(titles[0]), part, history, told, statute, tuple(sorted(history.faults + statute.faults)))


def _first(statute: Statute) -> int:
    """The first line that is at fault; 0 when there is none."""
    return statute.faults[0][0] if statute.faults else 0


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > _LARGEST:
            raise _Refused(f"larger than {_LARGEST >> 20} MiB, which no statute is; check the file")
        data = file.read_bytes()
    except OSError as error:
        raise SourceError(f"{file} cannot be read ({error.strerror}); check the checkout") from error
    if not data.strip():
        raise _Refused("the file is empty; fetch it again")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _Refused(f"not UTF-8 ({_guess(data)}); convert it, e.g. iconv -f GB18030 -t UTF-8", line) from error
    if "\0" in text:
        raise _Refused("not a text file: it holds zero bytes", text.count("\n", 0, text.index("\0")) + 1)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "no known encoding"
    return "it looks like GB18030"


def _law(unit: Unit, folder: str, files: list[tuple[Path, _File]]) -> SourceLaw:
    first = files[0][1]
    level = _LEVELS[folder]
    if level == "行政法规" and any(_MINISTRY_PAPER.match(line) for line in first.head.split("\n")):
        level = "部门规章"
    history = first.history
    days = [day for path, _ in files if (day := _file_day(path)) is not None] + list(history.made)
    if not days:
        raise _Refused("no day: give it in the name, (2020-12-29), or as a line of history before the text")
    version = max(days)
    published, effective = history.takes_effect(version)
    issuer = _issuer(level, first, unit.key)
    name = official_title(first.title, level, issuer)
    articles = [
        replace(a, row=a.row + i * _PART_ROWS, chapter=f"{file.part} {a.chapter}".strip())
        for i, (_, file) in enumerate(files)
        for a in file.statute.articles
    ]
    if len(files) > 1:
        keys = Counter(a.number for a in articles)
        if twice := [number for number, times in keys.items() if times > 1]:
            raise _Refused(f"the files of this book repeat {twice[0]}; keep one file for each part")
        articles.sort(key=lambda a: _place(a.number))
    return SourceLaw(
        id=f"{LawRefBook.name}-{hashlib.sha256(unit.key.encode()).hexdigest()[:12]}",
        name=name,
        kind=kind_of(name, level),
        level=level,
        issuer=issuer,
        department={"民法典": "民法商法"}.get(folder, folder) if level in ("法律", "宪法") else "",
        published=published,
        effective=effective,
        version=version,
        label="",
        articles=tuple(articles),
        source=LawRefBook.name,
        amended=tuple(day for day in history.amended if day < version),
        checksum=unit.checksum,
        basis=first.statute.basis,
    )


def _place(number: str) -> tuple[int, int]:
    main, _, sub = (article_key(number) or "9999").partition("-")
    return int(main), int(sub or 0)


def _file_day(file: Path) -> date | None:
    match = _FILE_DAY.search(file.stem)
    if match is None:
        return None
    try:
        return day_of(*match.groups())
    except ValueError as error:
        raise _Refused(f"the day in the name, {match[0]}, is impossible ({error}); correct it") from error


def _issuer(level: str, file: _File, key: str) -> str:
    told = file.history.text
    if level in ("法律", "宪法"):
        return file.history.congress
    if level == "行政法规":
        return cabinet_of(told)
    if level == "司法解释":
        return court_of(file.title, told)
    folder = key.split("/")[-2]
    return ministry_of(told) or ("" if folder in _LEVELS else folder)
