"""Cuts off the headings of the next part that some sources leave at the end of an article."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^第[一二三四五六七八九十百]+(?:编|分编|章|节)(?:[\s　]|$)")


def without_headings(text: str) -> str:
    """`text` without the headings at its end."""
    lines = text.split("\n")
    while len(lines) > 1 and (not lines[-1].strip() or (_HEADING.match(lines[-1]) and len(lines[-1]) < 40)):
        lines.pop()
    return "\n".join(lines)
