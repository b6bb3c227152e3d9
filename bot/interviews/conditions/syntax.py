"""Reads the source of an expression with Python's own parser."""

from __future__ import annotations

import ast
import keyword
import re
from functools import lru_cache

# Our reader uses Python's syntax tree, but an author need not know Python's keywords: `need == raise` is fine here.
_FOREIGN = re.compile(rf"\b({'|'.join(sorted(set(keyword.kwlist) - {'and', 'or', 'not', 'in', 'True', 'False'}))})\b")
MARK = "word__"


@lru_cache(maxsize=4096)
def syntax_tree(source: str) -> ast.Expression:
    """Python's tree of a source. Topics repeat theirs (`true` above all), and a topic that changed is read again."""
    return ast.parse(_FOREIGN.sub(rf"{MARK}\1", source.strip()), mode="eval")
