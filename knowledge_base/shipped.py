"""Where the data that the repository ships lies: the lexicon, the digests of cases, the learnt ranking."""

from __future__ import annotations

from pathlib import Path

_DATA = Path(__file__).resolve().parent.parent / "training_data"

LEXICON = _DATA / "lexicon"
"""Legal terms, colloquial words, stop words, lay questions, successors of old articles."""
DIGESTS = _DATA / "cases"
LEARNT = _DATA / "ranking"
REGIONS = _DATA / "regions" / "regions.tsv"
