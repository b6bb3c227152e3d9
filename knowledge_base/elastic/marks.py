"""Names what a generation in a cluster holds, so that answers of any other one are known for what they are."""

from __future__ import annotations

import hashlib
from pathlib import Path

from knowledge_base.elastic.mapping import FORMAT
from knowledge_base.index.manifest import Manifest


def mark(contents: str, analysis: str) -> str:
    """Equal for the same contents, cut into words the same way and laid out the same way; 16 characters."""
    return hashlib.sha256(f"{FORMAT} {analysis} {contents}".encode()).hexdigest()[:16]


def analysis_of(files: Path) -> str:
    """How the generation in `files` was cut into words; "" where no manifest tells."""
    manifest = Manifest.read(files)
    return manifest.analysis if manifest else ""
