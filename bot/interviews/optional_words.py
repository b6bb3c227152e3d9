"""Parts of a text that are said only where what they name is known: 「[，大约{total}]」, 「[要{owed}|把钱付清]」."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.interviews.topic_parts import PLACEHOLDER

_PART = re.compile(r"\[(?P<known>[^\[\]|]*)(?:\|(?P<unknown>[^\[\]|]*))?\]")


def chosen(text: str, is_known: Callable[[str], bool]) -> str:
    """The text with each part in brackets as it reads for what is known.

    What stands outside is left alone, and so are brackets that name nothing.
    """

    def one(match: re.Match[str]) -> str:
        if not (names := PLACEHOLDER.findall(match["known"])):
            return match[0]
        return match["known"] if all(map(is_known, names)) else match["unknown"] or ""

    return _PART.sub(one, text)


def optional_faults(text: str) -> Iterator[str]:
    """What is wrong with the brackets of a text."""
    for match in _PART.finditer(text):
        if PLACEHOLDER.search(match["unknown"] or ""):
            yield f"{match[0]}: what is said of the unknown names no fact"
    if re.search(r"[\[\]]", _PART.sub("", text)):
        yield "a bracket stands alone or within another"
