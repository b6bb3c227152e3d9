"""Article numbers between the printed form (第一百三十三条之一) and the canonical key ("133-1")."""

from __future__ import annotations

import re

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_PRINTED = re.compile(r"第([零〇一二两三四五六七八九十百千]+)条(?:之([一二三四五六七八九十]+))?")
_ENTRY = re.compile(r"条目([零〇一二三四五六七八九十百]+)")
_MAX = 9999


def read_number(text: str) -> int:
    """Value of Chinese (二百零三) or Arabic (203) numerals below 10,000. Raises ValueError for anything else."""
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return int(text)
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        raise ValueError(f"not a number below 10,000: {text[:20]!r}")
    if not any(c in _UNITS for c in text):  # 一二五四, digit by digit
        if len(text) > 4:
            raise ValueError(f"not a number below 10,000: {text[:20]!r}")
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            total += (digit or 1) * _UNITS[c]
            digit = 0
    if total + digit > _MAX:
        raise ValueError(f"not a number below 10,000: {text[:20]!r}")
    return total + digit


def write_number(value: int) -> str:
    """Chinese numerals as statutes print them: 10 → 十, 110 → 一百一十, 1254 → 一千二百五十四."""
    if not 0 < value <= _MAX:
        raise ValueError(f"statutes number from 1 to {_MAX}, got {value}")
    digits = "零一二三四五六七八九"
    out, rest, gap = "", value, False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, rest = divmod(rest, unit)
        if digit:
            out += ("零" if gap and out else "") + digits[digit] + name
            gap = False
        elif out and rest:
            gap = True
    return out.removeprefix("一") if out.startswith("一十") else out


def article_key(printed: str) -> str:
    """Canonical key of a printed number: 第一百三十三条之一 → "133-1"; "" when there is no number in it."""
    match = _PRINTED.fullmatch(printed.strip())
    if match:
        key = str(read_number(match[1]))
        return f"{key}-{read_number(match[2])}" if match[2] else key
    entry = _ENTRY.fullmatch(printed.strip())
    return str(read_number(entry[1])) if entry else ""


def format_number(key: str) -> str:
    """Printed form of a canonical key: "133-1" → 第一百三十三条之一. Raises ValueError for a malformed key."""
    main, _, sub = key.partition("-")
    printed = f"第{write_number(int(main))}条"
    return f"{printed}之{write_number(int(sub))}" if sub else printed
