"""Papers that were drafted are told of, not read out: nobody fills in by ear what is marked in them."""

from __future__ import annotations

import re

_GAP = "【"
_MOST_GAPS = 3
"""Of a sentence that only speaks of them."""
_HOW_TO_GET = re.compile(r"在网页的咨询页面，打开意见书就能下载 Word 和 PDF；也可以报事项编号请工作人员给您。")
_BY_LINK = "都在发给您的链接里，打开就能下载。"
_BY_NUMBER = "报事项编号就可以请工作人员给您。"
_LISTED = re.compile(r"(?P<opening>.*(?:起草了这些文书|用得上的是))：\n(?P<papers>(?:· .+\n?)+)")
_OPENINGS = (
    (re.compile(r"^这是空白的(.+?)，"), r"空白的\1我这里有，"),
    (re.compile(r"^这是(.+?)，按您说的写的"), r"\1我按您说的写好了"),
    (re.compile(r"；还有(\d+)处标着【】的，要您自己填："), r"。里面有\1处要您自己填。"),
    (re.compile(r"[，；]?标着【】的要您自己填："), "，要您自己填。"),
)


def told_of(text: str, by_link: bool) -> str:
    """The text with the papers in it told of. `by_link`: the opinion, which they are with, was sent to the caller."""
    text = _LISTED.sub(_names, text)
    if text.count(_GAP) > _MOST_GAPS:
        lines = text.splitlines()
        notes = [one for one in lines[1:] if one.startswith("· ") or _HOW_TO_GET.match(one)]
        drafted = any(_HOW_TO_GET.match(one) for one in notes)
        opening = lines[0]
        for seen, said in _OPENINGS:
            opening = seen.sub(said, opening)
        text = "\n".join([opening, *notes] if drafted else [opening, _BY_NUMBER, *notes])
    return _HOW_TO_GET.sub(_BY_LINK if by_link else _BY_NUMBER, text)


def _names(listed: re.Match[str]) -> str:
    titles = [line.removeprefix("· ").partition("：")[0] for line in listed["papers"].splitlines()]
    return f"{listed['opening']}，{'，'.join(titles)}。\n"
