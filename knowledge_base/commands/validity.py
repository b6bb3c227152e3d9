"""The commands `history` and `diff`: the life of an article, and what changed between two versions of a law."""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from knowledge_base.changes.diff import ArticleChange, ChangeKind, Edit, VersionUnknown, diff_versions
from knowledge_base.changes.history import Wording, history
from knowledge_base.citation import Citation
from knowledge_base.index.files import IndexUnavailable
from knowledge_base.laws.embedded import EmbeddedSearcher
from knowledge_base.text.numerals import article_key, format_number, read_number

_WORDING = {
    Wording.FIRST: "",
    Wording.SAME: "文字未变",
    Wording.CHANGED: "文字有修改",
    Wording.NEW_SUBJECT: "条文重新编号，内容已是另一条",
}
_MARKS = {Edit.KEPT: ("", ""), Edit.DELETED: ("[-", "-]"), Edit.INSERTED: ("{+", "+}")}
_KINDS = {
    ChangeKind.ADDED: "新增",
    ChangeKind.REMOVED: "删除",
    ChangeKind.RENUMBERED: "改号",
    ChangeKind.CHANGED: "修改",
}


def add_parsers(commands: Any) -> None:
    """Register `history` and `diff` on what ArgumentParser.add_subparsers gave; each sets `run`."""
    one = commands.add_parser("history", help="every version of one article: history 刑法 133-1")
    one.add_argument("law")
    one.add_argument("article", help="133-1, 第一百三十三条之一 or 一百三十三")
    two = commands.add_parser("diff", help="two versions of a law: diff 仲裁法 2017-09-01 2025-09-12")
    two.add_argument("law")
    two.add_argument("old", help="version date, ISO")
    two.add_argument("new", help="version date, ISO")
    for parser, run in ((one, main_history), (two, main_diff)):
        parser.add_argument("--index", type=Path, default=Path("var/index"), help="folder of the law index")
        parser.set_defaults(run=run)


def main_history(options: argparse.Namespace) -> int:
    """Print every version of an article; exit status 1 when the index knows nothing of it, 2 when it cannot be used."""
    key = _key(options.article)
    if not key:
        _say(f"{options.article} is no article number; write 133-1 or 第一百三十三条之一", sys.stderr)
        return 2
    try:
        searcher = EmbeddedSearcher.open(options.index, date.today)
        told = asyncio.run(history(searcher, Citation(options.law, key)))
    except IndexUnavailable as error:
        _say(error, sys.stderr)
        return 2
    _say(f"《{told.citation.law}》{format_number(key)}")
    for one in told.versions:
        until = f"至{one.ends}（不含）" if one.ends else "至今"
        _say(f"\n{one.article.version}版 {one.begins}{until} {one.article.status} {_WORDING[one.wording]}".rstrip())
        if one.article.warning:
            _say(f"  {one.article.warning}")
        _say("  " + one.article.text.replace("\n", "\n  "))
    if told.repealed is not None:
        _say(f"\n自{told.repealed.on}起被《{told.repealed.by}》{told.repealed.article}废止")
    for successor in told.successors:
        _say(f"现为《{successor.law}》{format_number(successor.key)}")
    if not told.versions and told.repealed is None:
        _say("法条库中没有这一条。")
        return 1
    return 0


def main_diff(options: argparse.Namespace) -> int:
    """Print what changed; exit status 1 when the versions are not there, 2 when the index cannot be used."""
    try:
        local = EmbeddedSearcher.open(options.index, date.today).local
        law = local.names.resolve(options.law) or options.law
        found = diff_versions(local.store, law, options.old, options.new)
    except VersionUnknown as error:
        _say(error, sys.stderr)
        return 1
    except IndexUnavailable as error:
        _say(error, sys.stderr)
        return 2
    _say(f"《{found.law}》{found.old_version} → {found.new_version}")
    for change in found.changes:
        _say(_line(change))
    kinds = [change.kind for change in found.changes]
    counted = "，".join(f"{_KINDS[kind]}{kinds.count(kind)}条" for kind in ChangeKind)
    _say(f"\n{counted}，未变{found.unchanged}条")
    return 0


def _say(text: object, to: TextIO | None = None) -> None:
    (to or sys.stdout).write(f"{text}\n")


def _line(change: ArticleChange) -> str:
    numbers = [article.number for article in (change.old, change.new) if article is not None]
    head = f"\n{_KINDS[change.kind]} " + " → ".join(dict.fromkeys(numbers))
    if change.words:
        return head + "\n  " + "".join(a + piece.text + b for piece in change.words for a, b in [_MARKS[piece.edit]])
    article = change.new or change.old
    return head if change.kind is ChangeKind.RENUMBERED or article is None else f"{head}\n  {article.text}"


def _key(written: str) -> str:
    main, _, sub = written.strip().replace("之", "-").removeprefix("第").replace("条", "").partition("-")
    try:
        return article_key(written) or (f"{read_number(main)}-{read_number(sub)}" if sub else str(read_number(main)))
    except ValueError:
        return ""
