"""Where the Chinese fonts for documents lie."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


class FontsMissing(Exception):
    """No Chinese font is installed; the message says how to get one."""


def font_file(name: str) -> Path:
    """Path of a font of the font package, e.g. "NotoSansCJKsc-Regular.otf". Raises FontsMissing."""
    spec = find_spec("mplfonts")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "fonts" / name
        if path.is_file():
            return path
    raise FontsMissing(f"Font {name} is missing: the package mplfonts is not installed; run `make setup`.")
