"""Names of the files that a generation of an index holds, and what is said when they cannot be used."""

from __future__ import annotations

ANALYSIS, TEXT, RANKING = "analysis.json", "text", "ranking"


class IndexUnavailable(Exception):
    """The index cannot be used; the message names the folder and what to do."""
