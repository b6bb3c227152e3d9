"""Which articles citizens ask about most, and in what words: the lexicon file that is searched beside the articles."""

from __future__ import annotations

from pathlib import Path

import yaml

from knowledge_base.analysis import LexiconError

FILE_NAME = "asked.yaml"


def read_asked(path: Path) -> dict[tuple[str, str], str]:
    """(short title of the law, canonical number) → words. Raises LexiconError naming the entry that is malformed."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except OSError as error:
        raise LexiconError(f"the table of asked articles {path} cannot be read ({error.strerror})") from error
    except yaml.YAMLError as error:
        raise LexiconError(f"the table of asked articles {path} is not YAML: {error}") from error
    if not isinstance(data, dict):
        raise LexiconError(f"{path}: expected entries like 「民法典 1127: words」")
    out: dict[tuple[str, str], str] = {}
    for article, words in data.items():
        law, _, key = str(article).partition(" ")
        if not law or not key or not isinstance(words, str) or not words.strip():
            raise LexiconError(f"{path}: entry {article!r} needs a law, a number and words")
        out[law, key] = words
    return out
