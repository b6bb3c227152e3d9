"""Chinese text as it is read aloud: no digit, no sign and no abbreviation is left for an engine to guess at.

WeTextProcessing 1.2.0 was tried first. It reads 12348 as a quantity, case numbers as sums and 5,000 as 五 and zeros,
says 2日 as 两日, and rewrites the punctuation that pauses follow; all of these are said in every other call, so the
rules are ours. The writing of a number itself is cn2an's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from voice.speaking.letters import spelled
from voice.speaking.numerals import cardinal, digits, grouped, money, ordinal

_NUMBER = r"\d+(?:\.\d+)?"
_TO = r"\s*(?:[-~～—–－]+|至|到)\s*"
_COUNTED = (
    "个|年|天|周|倍|次|人|名|位|块|小时|分钟|秒|份|套|间|家|种|张|条|项|件|部|方|笔|审|点|元|角|分|万|千|亿|岁|口|本|处|"
    "辆|栋|层|户|平方米|公里|公斤|米|步|段|句|头|只|批|代|例|星期|季度"
)
"""Words before which two is 两."""
_UNIT = rf"(?:{_COUNTED}|百|余|多|日|月|号|课时|%|％|‰|度|吨|美元|港元|欧元|加仑)"
_HOTLINE = r"(?:11[0-9]|12[0-2]|12[1-9]\d{2}|9[56]\d{3,4}|100[01]\d|10086)"
_NO_NUMBER = r"(?<![\d.])"
_END = r"(?![\d.]*\d)"

_Rule = tuple[str, Callable[[re.Match[str]], str]]


def _year(text: str) -> str:
    return digits(text)


def _date(m: re.Match[str]) -> str:
    return f"{_year(m[1])}年{ordinal(m[2])}月{ordinal(m[3])}日"


def _clock(hours: str, minutes: str) -> str:
    hour = "两" if int(hours) == 2 else cardinal(hours)
    if int(minutes) == 0:
        return f"{hour}点"
    return f"{hour}点{'零' if int(minutes) < 10 else ''}{ordinal(str(int(minutes)))}分"


def _counted(number: str, unit: str) -> str:
    if number == "2" and re.match(_COUNTED, unit):
        return "两"
    return ordinal(number) if unit[:1] in "日月号" and unit else cardinal(number)


def _range(m: re.Match[str]) -> str:
    unit = m[3] or ""
    return f"{_counted(m[1], unit)}到{_counted(m[2], unit)}"


def _document(m: re.Match[str]) -> str:
    return f"{digits(m[1])}年{ordinal(m[2])}号"


def _case(m: re.Match[str]) -> str:
    return f"{digits(m[1])}，{digits(m[2], phone=True)}"


def _abroad(m: re.Match[str]) -> str:
    """+86-10-12308, as it is dialled from another country."""
    groups = re.split("[- ]", m[1])
    return "加" + "，".join(grouped(g, (3, 4) if len(g) == 11 else (4,) if len(g) > 6 else (6,)) for g in groups)


def _yuan(m: re.Match[str]) -> str:
    return f"{_counted(m[1], m[2])}{m[2]}元" if m[2] else money(m[1])


_RULES: tuple[_Rule, ...] = (
    # What would be taken for something else by a later rule comes first.
    (r"㎡|m²", lambda m: "平方米"),
    (r"℃", lambda m: "摄氏度"),
    (r"[Pp]2[Pp]", lambda m: "网络借贷"),
    (r"(?:https?://|www\.)[\w./?=&%#:~+-]+", lambda m: "链接"),
    (r"[（(〔\[](\d{4})[）)〕\]]((?:[\u4e00-\u9fff]+\d*)+?第?\d+号(?:之\d+)?)", _case),
    (r"[（(〔\[](\d{4})[）)〕\]]第?(\d+)号", _document),
    (rf"{_NO_NUMBER}(\d{{8}})-(\d{{4,6}}){_END}", lambda m: f"{grouped(m[1], (4,))}，{digits(m[2], phone=True)}"),
    (rf"{_NO_NUMBER}(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_END}日?", _date),
    (rf"{_NO_NUMBER}([12]\d{{3}}){_TO}([12]\d{{3}})(?=年)", lambda m: f"{_year(m[1])}到{_year(m[2])}"),
    (rf"{_NO_NUMBER}([12]\d{{3}})(?=年(?!以|内|之))", lambda m: _year(m[1])),
    # Numbers that name somebody's line or paper.
    (rf"(?<![\dA-Za-z])[+＋](\d{{1,3}}(?:[- ]\d{{2,11}}){{1,3}}){_END}", _abroad),
    (
        rf"{_NO_NUMBER}(1[3-9]\d)[ -]?(\d{{4}})[ -]?(\d{{4}}){_END}(?![元万亿])",
        lambda m: grouped(m[1] + m[2] + m[3], (3, 4)),
    ),
    (
        rf"{_NO_NUMBER}(0\d{{2,3}})[ -](\d{{3,4}})[ -]?(\d{{4}}){_END}",
        lambda m: "，".join(digits(g, True) for g in m.groups()),
    ),
    (
        rf"{_NO_NUMBER}([48]00)[ -]?(\d{{3}})[ -]?(\d{{4}}){_END}(?![元万亿])",
        lambda m: "，".join(digits(g, True) for g in m.groups()),
    ),
    (
        rf"{_NO_NUMBER}(\d{{17}})([\dXx])(?![\dA-Za-z])",
        lambda m: grouped(m[1], (6, 4, 4, 3)) + (digits(m[2], True) if m[2].isdigit() else "艾克斯"),
    ),
    (
        rf"(?<=电话|手机|热线|拨打|号码|尾号|编号|账号|卡号|询码|定码|证码)([是为：: ]*)(\d+){_END}(?!{_UNIT}|年)",
        lambda m: m[1] + grouped(m[2], (4,) if len(m[2]) > 6 else (6,)),
    ),
    (
        rf"{_NO_NUMBER}({_HOTLINE}){_END}(?!\s*{_UNIT}|年|{_TO}\d|\s*[×xX*+=/,]\s*\d)",
        lambda m: digits(m[1], phone=True),
    ),
    # Quantities.
    (
        rf"(?<!\d)(\d{{1,2}})[:：]([0-5]\d){_TO}(\d{{1,2}})[:：]([0-5]\d)(?!\d)",
        lambda m: f"{_clock(m[1], m[2])}到{_clock(m[3], m[4])}",
    ),
    (r"(?<!\d)(\d{1,2})[:：]([0-5]\d)(?:[:：][0-5]\d)?(?!\d)", lambda m: _clock(m[1], m[2])),
    (rf"({_NUMBER})\s*[%％]{_TO}({_NUMBER})\s*[%％]", lambda m: f"百分之{cardinal(m[1])}到百分之{cardinal(m[2])}"),
    (rf"({_NUMBER}){_TO}({_NUMBER})\s*[%％]", lambda m: f"百分之{cardinal(m[1])}到百分之{cardinal(m[2])}"),
    (rf"({_NUMBER})\s*[%％]", lambda m: f"百分之{cardinal(m[1])}"),
    (rf"({_NUMBER})\s*‰", lambda m: f"千分之{cardinal(m[1])}"),
    (rf"(?:[¥￥]|RMB)\s*({_NUMBER})\s*([万亿]?)元?", _yuan),
    (rf"{_NO_NUMBER}(\d+\.\d{{1,2}})元", lambda m: money(m[1])),
    (rf"第({_NUMBER}){_TO}第?({_NUMBER})", lambda m: f"第{ordinal(m[1])}到第{ordinal(m[2])}"),
    (rf"第({_NUMBER})", lambda m: f"第{ordinal(m[1])}"),
    (rf"({_NUMBER})(?:{_TO})({_NUMBER})(?=({_UNIT})?)", _range),
    (r"(?<![\d/.])([1-9]\d?)/([1-9]\d{0,2})(?![\d/.])", lambda m: f"{ordinal(m[2])}分之{ordinal(m[1])}"),
    (rf"(?<![\w\u4e00-\u9fff.)）])[-−]({_NUMBER})", lambda m: f"负{cardinal(m[1])}"),
    (rf"{_NO_NUMBER}(0\d+)(?![\d.])", lambda m: digits(m[1], phone=True)),
    (rf"({_NUMBER})(?=({_UNIT})?)", lambda m: _counted(m[1], m[2] or "")),
    (r"\d", lambda m: digits(m[0])),
)
_COMPILED = tuple((re.compile(pattern), said) for pattern, said in _RULES)

_SIGNS = (
    (re.compile(r"(?<=[元角分件次人])/(?=[\u4e00-\u9fff])"), "每"),
    (re.compile(r"/"), "或"),
    (re.compile(r"\s*[×*]\s*(?=[\u4e00-\u9fff])"), "乘"),
    (re.compile(r"\s*÷\s*"), "除以"),
    (re.compile(r"\s*[+＋]\s*"), "加"),
    (re.compile(r"\s*[=＝]\s*"), "等于"),
    (re.compile(r"\s+[-−－]\s+"), "减"),
    (re.compile(r"≥"), "不少于"),
    (re.compile(r"≤"), "不超过"),
)
_QUOTES = str.maketrans("", "", "《》〈〉“”‘’\"'「」『』【】〔〕[]{}<>*#`_|^~～·•")
_PAUSES = str.maketrans(
    {
        "（": "，",
        "）": "，",
        "(": "，",
        ")": "，",
        ",": "，",
        ";": "；",
        "?": "？",
        "!": "！",
        ":": "：",
        "…": "，",
        "—": "，",
        "–": "，",
    }
)
_WIDE = str.maketrans(
    {
        chr(code): chr(code - 0xFEE0)
        for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF0E)
    }
)
_STOPS = "，。！？；：、"


def aloud(text: str) -> str:
    """The text as it is said: Chinese characters and ，。！？；：、 only."""
    text = text.translate(_WIDE)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    for pattern, said in _COMPILED:
        text = pattern.sub(said, text)
    for pattern, word in _SIGNS:
        text = pattern.sub(word, text)
    text = re.sub(r"[\r\n]+", "。", text).translate(_QUOTES).translate(_PAUSES)
    text = re.sub(r"(?<=[\u4e00-\u9fff])\.(?!\w)", "。", spelled(text))
    text = "".join(one for one in text if one in _STOPS or _is_chinese(one))
    return _tidy(text)


def _is_chinese(one: str) -> bool:
    return one == "〇" or unicodedata.name(one, "").startswith("CJK UNIFIED")


def _tidy(text: str) -> str:
    """Of stops in a row the weightiest stays; none begins the text."""
    text = re.sub(rf"[{_STOPS}]{{2,}}", lambda m: next((s for s in "？！。；：，、" if s in m[0]), "，"), text)
    return text.lstrip(_STOPS)
