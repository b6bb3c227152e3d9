"""What the bot's replies say of a screen, put into words for who only hears them."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("screen_words.yaml")
_RULES = tuple(
    (re.compile(one["seen"]), one["said"]) for one in yaml.safe_load(_FILE.read_text(encoding="utf-8"))["rules"]
)


def without_screen(text: str) -> str:
    """The same without anything to see, to tap or to type."""
    for seen, said in _RULES:
        text = seen.sub(said, text)
    return text
