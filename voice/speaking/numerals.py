"""Numbers as Chinese people say them."""

from __future__ import annotations

import cn2an

_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_LONGEST = 12
"""Digits before the point past which nobody says a number as one number."""


def digits(text: str, phone: bool = False) -> str:
    """Digit by digit; with `phone` as numbers of telephones and papers are said: 幺 for one, never taken for 七.

    What is no digit stays.
    """
    said = "".join(_DIGITS.get(one, one) for one in text)
    return said.replace("一", "幺") if phone else said


def grouped(text: str, sizes: tuple[int, ...]) -> str:
    """Digit by digit with a breath after each group of `sizes`; the last size goes on to the end."""
    groups: list[str] = []
    at = 0
    while at < len(text):
        size = sizes[min(len(groups), len(sizes) - 1)]
        groups.append(text[at : at + size])
        at += size
    return "，".join(digits(group, phone=True) for group in groups)


def cardinal(text: str) -> str:
    """How many: "12000.50" is 一万二千点五零. A whole part of more than twelve digits is said digit by digit."""
    whole, point, rest = text.partition(".")
    if len(whole) > _LONGEST:
        said = digits(whole)
    else:
        said = str(cn2an.an2cn(str(int(whole or "0")), "low"))
        if said.startswith(("二千", "二万", "二亿")):
            said = f"两{said[1:]}"
    return f"{said}点{digits(rest)}" if point and rest else said


def ordinal(text: str) -> str:
    """Which one: 第2条 is 第二条, never 第两条."""
    said = cardinal(text)
    return f"二{said[1:]}" if said.startswith("两") else said


def money(text: str) -> str:
    """Yuan with 角 and 分, without the word 元 when nothing but the number is wanted: "12.05" is 十二元零五分."""
    whole, _, rest = text.partition(".")
    if len(rest) > 2:
        return f"{cardinal(text)}元"
    jiao, fen = (rest + "00")[0], (rest + "00")[1]
    yuan = "两" if whole.lstrip("0") == "2" else cardinal(whole)
    parts = [f"{yuan}元"] if int(whole or "0") or not int(rest or "0") else []
    if jiao != "0":
        parts.append(f"{digits(jiao)}角")
    elif fen != "0" and parts:
        parts.append("零")
    if fen != "0":
        parts.append(f"{digits(fen)}分")
    return "".join(parts)
