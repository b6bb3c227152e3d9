"""Compiles a table of words into one pattern that prefers the longest word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable


def compile_words(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that matches any of `words`, the longest first, grouped by first character to stay quick."""
    groups: dict[str, list[str]] = defaultdict(list)
    for word in words:
        groups[word[0]].append(word[1:])
    parts = []
    for first, rests in sorted(groups.items()):
        rests.sort(key=len, reverse=True)
        parts.append(re.escape(first) + "(?:" + "|".join(map(re.escape, rests)) + ")")
    heads = "".join(re.escape(first) for first in sorted(groups))
    return re.compile(f"(?=[{heads}])(?:" + "|".join(parts) + ")")
