"""The menu below the conversation, read from a file that people can edit and checked against the provider's rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parents[2] / "training_data" / "wechat_menu.yaml"
MOST, MOST_BELOW = 3, 5
NAME_BYTES, NAME_BYTES_BELOW = 16, 60
SAY_BYTES, URL_BYTES = 128, 1024


class BadMenu(ValueError):
    """The file is no menu; the message says where and why."""


def read_menu(path: Path = FILE) -> dict[str, Any]:
    """The menu as the provider wants it. Raises BadMenu, OSError."""
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadMenu(f"{path} is no YAML: {error}") from None
    if not isinstance(loaded, dict) or set(loaded) != {"buttons"}:
        raise BadMenu(f"{path}: expected `buttons:` and nothing else")
    return {"button": _buttons(loaded["buttons"], f"{path}: buttons", MOST, below=False)}


def _buttons(listed: Any, where: str, most: int, *, below: bool) -> list[dict[str, Any]]:
    if not isinstance(listed, list) or not 1 <= len(listed) <= most:
        raise BadMenu(f"{where}: expected 1 to {most} buttons")
    return [_button(one, f"{where}[{number}]", below=below) for number, one in enumerate(listed, 1)]


def _button(one: Any, where: str, *, below: bool) -> dict[str, Any]:
    if not isinstance(one, dict) or not isinstance(one.get("name"), str):
        raise BadMenu(f"{where}: expected a `name`")
    name = _fits(one["name"], NAME_BYTES_BELOW if below else NAME_BYTES, f"{where}: name")
    doing = [key for key in ("say", "url", "buttons") if key in one]
    if len(doing) != 1 or set(one) - {"name", *doing}:
        raise BadMenu(f"{where}: expected exactly one of say, url, buttons beside the name")
    match doing[0]:
        case "say":
            return {"type": "click", "name": name, "key": _fits(one["say"], SAY_BYTES, f"{where}: say")}
        case "url":
            url = _fits(one["url"], URL_BYTES, f"{where}: url")
            if not url.startswith(("https://", "http://")):
                raise BadMenu(f"{where}: url: expected an address that begins with https://")
            return {"type": "view", "name": name, "url": url}
        case _ if below:
            raise BadMenu(f"{where}: there is no third level")
    return {"name": name, "sub_button": _buttons(one["buttons"], f"{where}: buttons", MOST_BELOW, below=True)}


def _fits(text: Any, most: int, where: str) -> str:
    if not isinstance(text, str) or not 1 <= len(text.strip().encode()) <= most:
        raise BadMenu(f"{where}: expected text of at most {most} bytes of UTF-8 (a Chinese character has three)")
    return text.strip()
