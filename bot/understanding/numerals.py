"""Reads numbers as people write and say them: 两, 一百五, 三千五百多, 一两万, 万把, 2.5万, 3k, １２３."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2, "俩": 2, "仨": 3, "幺": 1, "○": 0,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000, "亿": 100_000_000}
_LATIN_UNITS = {"k": 1000, "K": 1000, "w": 10_000, "W": 10_000}
_VAGUE = "几数"
_BIG = ("万", "亿")

_ARABIC = re.compile(r"(?<!\d)(?:\d{1,3}(?:,\d{3}){1,4}(?![\d,])|\d{1,12}(?!\d))(?:\.\d{1,6})?")
_RUN = re.compile(r"[0-9.,零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两俩仨十拾百佰千仟万亿几数kKwW]+")
_IDIOM = re.compile(
    r"(?:(?P<big>[百千万])(?:儿)?八(?P<small>[十百千])|(?P<about>[百千万])(?:把|来)(?=[块元个人天斤里字]))"
)
_NOT_A_BIT = re.compile(r"一(?:分|毛|角|厘|个?子儿?)(?:钱|儿)?(?:也|都|还|就|他|她|到现在|至今)*(?:没|不|未)")
"""「八万一分没给」: nothing at all was given of 八万; the 一 is no part of the sum."""
_OF_A_COUNTER = re.compile(
    r"[一两](?:个|天|日|年(?!级)|月|周|星期|礼拜|晚|夜|小时|次|回|趟|户|人(?!民币)|口|家|位|名|亩|平|斤|吨|套|件|台|辆|"
    r"张|条|只|头|棵|箱|车|节|课|顿|桌)"
)
"""「八千一个月」: a digit said in short (三百一) stands before nothing that it could count, so this one begins anew."""
_ADVERB = re.compile(
    r"一(?:直|拖|共|起(?!步)|再|向|下子?|旦|定|般|律|些|点(?![零一二三四五六七八九\d])|样|边|面|会儿?|来|概|并|路|口气|次性)"
)
"""「37万一直拖着」, 「八千一起给」: the 一 begins another word."""
_LONGEST = 32
"""A longer run of number characters is an account number or noise, never a quantity."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number found in a text; low = value = high when it is exact."""

    value: Decimal
    low: Decimal
    high: Decimal
    start: int
    end: int
    plain: bool
    """Only Arabic digits, or Chinese digits read one by one: a form that years and phone numbers share."""
    step: Decimal
    """Worth of the last place said: 1000 for 三千, 1 for 3205."""

    @property
    def exact(self) -> bool:
        """Whether the words leave no range."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """"digit", "number" (Arabic), "unit", "zero"."""
    low: Decimal
    high: Decimal
    single: bool = False
    """One digit, so that 三千五 can mean 3500."""


@functools.lru_cache(maxsize=8)
def find_numerals(text: str) -> tuple[Numeral, ...]:
    """Every number in `text` (already folded), in order, not overlapping. Linear in the length of `text`.

    Kept for the last few texts, since every kind of quantity asks for the numbers of the same message.
    """
    found: list[Numeral] = []
    position = 0
    while run := _next_run(text, position):
        start, end = run
        position = end
        if end - start > _LONGEST:
            continue
        offset = start
        while offset < end:
            numeral = read_numeral(text, offset, end)
            if numeral is None:
                offset += 1
            else:
                found.append(numeral)
                offset = numeral.end
                position = max(position, offset)
    return tuple(found)


def parse_numeral(text: str) -> Numeral | None:
    """The number that `text` as a whole says, or None."""
    numeral = read_numeral(text, 0, len(text))
    return numeral if numeral is not None and numeral.end == len(text) else None


def read_numeral(text: str, start: int, end: int) -> Numeral | None:
    """The longest number that begins at `start` and lies before `end`, with what follows it (多, 来, 几) counted in."""
    if idiom := _IDIOM.match(text, start):
        return _read_idiom(idiom)
    if end - start > _LONGEST:
        end = start + _LONGEST
    tokens, ends = _tokens(text, start, end)
    for count in range(len(tokens), 0, -1):
        in_short = count > 1 and tokens[count - 2].kind == "unit" and tokens[count - 2].low >= 100
        last = ends[count - 1] - 1
        if (in_short or count == 1) and _NOT_A_BIT.match(text, last):
            continue
        if in_short and (_OF_A_COUNTER.match(text, last) or _ADVERB.match(text, last)):
            continue
        core = _evaluate(tokens[:count])
        if core is None:
            continue
        low, high, step = core
        plain = all(token.kind in ("number", "digit", "zero") for token in tokens[:count]) and low == high
        numeral = Numeral((low + high) / 2, low, high, start, ends[count - 1], plain, step)
        return _with_suffix(text, numeral)
    return None


def write_numeral(number: int) -> str:
    """The standard Chinese writing of a whole number from 0 to below 10^12."""
    if not 0 <= number < 10**12:
        raise ValueError(f"cannot write {number}: only 0 to 10^12 - 1 are written in Chinese here")
    if number == 0:
        return "零"
    groups: list[str] = []
    for power, name in ((8, "亿"), (4, "万"), (0, "")):
        part, number = divmod(number, 10**power)
        if part:
            gap = groups and (part < 1000 or groups[-1] == "零")
            groups.append(("零" if gap and groups[-1] != "零" else "") + _write_group(part) + name)
        elif groups and groups[-1] != "零" and number:
            groups.append("零")
    written = "".join(groups)
    return written[1:] if written.startswith("一十") else written


def _write_group(part: int) -> str:
    out = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, part = divmod(part, unit)
        if digit:
            out += "零一二三四五六七八九"[digit] + name
        elif out and part and not out.endswith("零"):
            out += "零"
    return out


def _next_run(text: str, position: int) -> tuple[int, int] | None:
    match = _RUN.search(text, position)
    return match.span() if match else None


def _read_idiom(match: re.Match[str]) -> Numeral | None:
    """千八百 is eight hundred to a thousand; 万把 is about ten thousand."""
    if about := match["about"]:
        unit = Decimal(_UNITS[about])
        return Numeral(unit, unit * 9 / 10, unit * 12 / 10, match.start(), match.end(), False, unit)
    big, small = Decimal(_UNITS[match["big"]]), Decimal(_UNITS[match["small"]])
    if big != small * 10:
        return None
    return Numeral(big * 9 / 10, big * 8 / 10, big, match.start(), match.end(), False, small)


def _tokens(text: str, start: int, end: int) -> tuple[list[_Token], list[int]]:
    """Tokens from `start` on and the offset after each; stops at the first character that is no number."""
    tokens: list[_Token] = []
    ends: list[int] = []
    offset = start
    while offset < end:
        char = text[offset]
        if char.isascii() and char.isdigit():
            match = _ARABIC.match(text, offset, end)
            if match is None:
                break
            number = Decimal(match[0].replace(",", ""))
            tokens.append(_Token("number", number, number, single=len(match[0]) == 1))
            offset = match.end()
        elif char in _DIGITS:
            digit = Decimal(_DIGITS[char])
            tokens.append(_Token("digit" if digit else "zero", digit, digit, single=True))
            offset += 1
        elif char in _UNITS:
            tokens.append(_Token("unit", Decimal(_UNITS[char]), Decimal(_UNITS[char])))
            offset += 1
        elif (
            (
                char in _LATIN_UNITS
                and tokens
                and tokens[-1].kind == "number"
                and not text[offset + 1 : offset + 2].isalpha()
            )
            or char in _LATIN_UNITS
            and tokens
            and tokens[-1].kind == "number"
            and _is_han(text[offset + 1 : offset + 2])
        ):
            tokens.append(_Token("unit", Decimal(_LATIN_UNITS[char]), Decimal(_LATIN_UNITS[char])))
            offset += 1
        elif char in _VAGUE:
            # 十几 is eleven to nineteen, 几十 is a few tens.
            tokens.append(_Token("digit", Decimal(1 if tokens else 2), Decimal(9)))
            offset += 1
        else:
            break
        ends.append(offset)
    return tokens, ends


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" if char else False


def _evaluate(tokens: list[_Token]) -> tuple[Decimal, Decimal, Decimal] | None:
    """(low, high, worth of the last place) of a whole token list, or None when it is no number."""
    tokens = _merge_pairs(tokens)
    if all(token.kind in ("digit", "zero") for token in tokens) and len(tokens) > 1:
        return _positional(tokens)
    total_low = total_high = section_low = section_high = Decimal(0)
    current: _Token | None = None
    smallest = Decimal(10_000)
    last_unit = Decimal(0)
    last_big = Decimal(10) ** 13
    step = Decimal(1)
    for token in tokens:
        if token.kind == "zero":
            if current is not None:
                return None
            last_unit = Decimal(0)
            if len(tokens) == 1:
                return Decimal(0), Decimal(0), Decimal(1)
        elif token.kind in ("digit", "number"):
            if current is not None:
                # 10几万: a round Arabic number before 几.
                if token.low == 1 and token.high == 9 and current.kind == "number" and current.low % 10 == 0:
                    current = _Token("number", current.low + 1, current.high + 9)
                    continue
                return None
            current = token
        elif token.low < 10_000:
            if current is None:
                if token.low != 10 or section_high:
                    return None
                current = _Token("digit", Decimal(1), Decimal(1))
            if token.low >= smallest or current.kind == "number" and section_high and not current.single:
                return None
            section_low += current.low * token.low
            section_high += current.high * token.low
            smallest = last_unit = step = token.low
            current = None
        else:
            if current is not None:
                section_low += current.low
                section_high += current.high
                current = None
            if token.low == 10_000:
                if section_high == 0 or last_big <= 10_000:
                    return None
                total_low += section_low * 10_000
                total_high += section_high * 10_000
            else:
                if section_high == 0 and total_high == 0 or last_big <= token.low:
                    return None
                total_low = (total_low + section_low) * token.low
                total_high = (total_high + section_high) * token.low
            last_big = last_unit = step = token.low
            section_low = section_high = Decimal(0)
            smallest = Decimal(10_000)
    if current is not None:
        if current.single and last_unit >= 100:
            worth = last_unit / 10
        else:
            worth = Decimal(1)
            if (
                last_big == 10_000
                and current.high >= 10_000
                or section_high
                and current.kind == "number"
                and not current.single
            ):
                return None
        section_low += current.low * worth
        section_high += current.high * worth
        step = worth if worth > 1 or current.kind != "number" or current.low != current.high else _place(current.low)
    elif tokens and tokens[-1].kind == "zero" and len(tokens) > 1:
        return None
    return total_low + section_low, total_high + section_high, step


def _merge_pairs(tokens: list[_Token]) -> list[_Token]:
    """一两, 三四, 三五 become one digit with a range, unless they stand in a longer row of digits."""
    merged: list[_Token] = []
    index = 0
    while index < len(tokens):
        pair = tokens[index : index + 2]
        before = index and tokens[index - 1].kind in ("digit", "zero", "number")
        after = index + 2 < len(tokens) and tokens[index + 2].kind in ("digit", "zero", "number")
        if (
            len(pair) == 2
            and not before
            and not after
            and all(token.kind == "digit" and token.single for token in pair)
        ):
            first, second = pair[0].low, pair[1].low
            if second == first + 1 or (int(first), int(second)) in ((3, 5), (3, 2)):
                # 一万二三: like one digit, of the place below the unit before it
                merged.append(_Token("digit", min(first, second), max(first, second), single=True))
                index += 2
                continue
        merged.append(tokens[index])
        index += 1
    return merged


def _positional(tokens: list[_Token]) -> tuple[Decimal, Decimal, Decimal] | None:
    """二〇二四 read digit by digit."""
    if not all(token.single for token in tokens):
        return None
    number = Decimal("".join(str(token.low) for token in tokens))
    return number, number, Decimal(1)


def _place(number: Decimal) -> Decimal:
    """Worth of the last place that is not zero: 100 for 1200."""
    place = Decimal(1)
    while number and number % (place * 10) == 0 and place < 10**12:
        place *= 10
    return place


_AND_MORE = re.compile(r"[多余](?P<big>[万亿]?)")
_ABOUT = re.compile(r"来(?P<big>[万亿])|来(?=[个天日年月块元人次岁里斤号])")


def _with_suffix(text: str, numeral: Numeral) -> Numeral:
    """Counts in 多, 余 (at least this) and 来 (about this), also before a further 万."""
    if match := _AND_MORE.match(text, numeral.end):
        if numeral.step < 10 and not match["big"]:
            return numeral  # 三多 is no number; 三年多 is read with its unit
        low, high, value = numeral.low, numeral.high + numeral.step, numeral.value
    elif match := _ABOUT.match(text, numeral.end):
        if numeral.step < 10:
            return numeral
        low, high, value = numeral.low * 9 / 10, numeral.high + numeral.step / 2, numeral.value
    else:
        return numeral
    factor = Decimal(_UNITS[match["big"]] if match["big"] else 1)
    return Numeral(
        value * factor, low * factor, high * factor, numeral.start, match.end(), False, numeral.step * factor
    )
