"""Reads amendment laws (修正案, 修改决定) and composes the new text of the articles they change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from knowledge_base.record import SourceLaw
from knowledge_base.text.numerals import article_key, format_number, read_number

_N = "[零〇一二两三四五六七八九十百千]+"
_ARTICLE = rf"第{_N}条(?:之[一二三四五六七八九十]+)?"
_TARGET = re.compile(r"^(?P<law>.+?)修正案(?:（.+?）)?$")
_DECISION = re.compile(r"关于修改《(?P<law>[^》]+)》的决定$")
_WHOLE = re.compile(
    rf"(?:将[^第。]{{0,20}}(?P<a>{_ARTICLE})|在[^第。]{{0,20}}(?P<b>{_ARTICLE})中增加.{{1,8}}?款[^。：:]{{0,12}}?，将该条)修改为[：:]\s*"
)
_PARAGRAPH = re.compile(rf"将[^第。]{{0,20}}(?P<a>{_ARTICLE})第(?P<p>{_N})款修改为[：:]\s*")
_ADDED = re.compile(rf"增加一条，作为(?P<a>{_ARTICLE})[：:]\s*")
ITEM = re.compile(rf"^[（(]\s*{_N}\s*[）)]")
"""The beginning of an item (项); some sources print it in half-width brackets."""
_QUOTES = '"“”「」'


@dataclass(frozen=True, slots=True)
class Change:
    """What one entry of an amendment does to one article of the law it amends."""

    key: str
    """Article changed, canonical."""
    action: Literal["replace", "paragraph", "add", "unclear"]
    text: str
    """New text of the article or paragraph; empty when unclear."""
    paragraph: int
    """1-based paragraph for action "paragraph", else 0."""
    entry: str
    """Canonical number of the amendment's entry; empty for an amendment without numbers."""


def amended_law(law: SourceLaw) -> str:
    """Title of the law that `law` amends; "" when it is no amendment."""
    match = _DECISION.search(law.name) or (_TARGET.match(law.name) if "修正案" in law.name else None)
    return match["law"] if match else ""


def changes(law: SourceLaw) -> list[Change]:
    """The changes of an amendment, one per entry that names an article; entries on taking effect give none."""
    found = []
    for article in law.articles:
        change = _change(article.text, article_key(article.number))
        if change is not None:
            found.append(change)
    return found


def new_texts(law: SourceLaw) -> list[str]:
    """Every quoted new paragraph of an amendment, without quotation marks and spaces, to look for in the main law."""
    texts = []
    for article in law.articles:
        for match in re.finditer(
            r"(?:修改为|作为第[^：:。]{1,30})[：:]\s*[\"“](.+?)(?=[\"”]\s*(?:$|\n(?![\"“])))", article.text, re.S
        ):
            texts += [line for raw in match[1].split("\n") if len(line := squeeze(raw).rstrip("。；")) >= 12]
    return texts


def squeeze(text: str) -> str:
    """`text` without quotation marks and white space, for comparing wordings."""
    return re.sub(rf"[\s{_QUOTES}]", "", text)


def compose(old: str, change: Change) -> str:
    """The article after `change`; "" when the amendment does not give enough to compose it."""
    if change.action in ("replace", "add"):
        return change.text
    if change.action != "paragraph":
        return ""
    paragraphs = split_paragraphs(old)
    if not 1 <= change.paragraph <= len(paragraphs):
        return ""
    paragraphs[change.paragraph - 1] = change.text
    return "\n".join(paragraphs)


def split_paragraphs(text: str) -> list[str]:
    """Paragraphs (款) of an article; the items （一）（二） stay with the paragraph that opens them."""
    out: list[str] = []
    for line in text.split("\n"):
        if out and ITEM.match(line):
            out[-1] += "\n" + line
        elif line.strip():
            out.append(line)
    return out


def _change(text: str, entry: str) -> Change | None:
    for pattern, action in ((_PARAGRAPH, "paragraph"), (_WHOLE, "replace"), (_ADDED, "add")):
        match = pattern.search(text)
        if match is None:
            continue
        groups = match.groupdict()
        key = article_key(groups.get("a") or groups.get("b") or "")
        body = _unquote(text[match.end() :])
        paragraph = read_number(groups["p"]) if groups.get("p") else 0
        if key and body:
            return Change(key, action, body, paragraph, entry)  # type: ignore[arg-type]
    head = re.split(r"[：:\"“]", text, maxsplit=1)[0]
    named = re.search(_ARTICLE, head)
    if named and re.search(r"修改|增加|删去|合并", text):
        return Change(article_key(named[0]), "unclear", "", 0, entry)
    return None


def _unquote(text: str) -> str:
    """The quoted new text: each paragraph opens with a quotation mark, the last one closes."""
    lines = []
    for line in text.strip().split("\n"):
        if not line.startswith(('"', "“")):
            break
        closed = line.rstrip().endswith(('"', "”"))
        lines.append(line.strip()[1:].rstrip('"”') if closed else line.strip()[1:])
        if closed:
            break
    return "\n".join(lines)


def describe(law: SourceLaw, change: Change) -> str:
    """Where the new text stands, e.g. 《中华人民共和国刑法修正案（十二）》第一条."""
    return f"《{law.name}》" + (format_number(change.entry) if change.entry else "")
