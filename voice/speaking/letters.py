"""Latin letters as a Chinese voice can say them."""

from __future__ import annotations

import re

_WORDS = {
    "LPR": "贷款市场报价利率",
    "APP": "手机软件",
    "PDF": "电子文件",
    "WORD": "文档",
    "QQ": "扣扣",
    "ICU": "重症监护室",
    "HR": "人事",
    "VIP": "贵宾",
    "GPS": "定位",
    "POS": "刷卡",
    "ATM": "自动取款机",
    "KM": "公里",
    "KG": "公斤",
    "CM": "厘米",
    "M": "米",
    "OK": "好",
    "EMAIL": "电子邮件",
    "WECHAT": "微信",
}
"""By what is meant rather than by its letters, which nobody hears apart on a telephone line."""
_NAMES = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        [
            "诶",
            "必",
            "西",
            "地",
            "伊",
            "艾弗",
            "基",
            "艾尺",
            "艾",
            "杰",
            "开",
            "艾勒",
            "艾姆",
            "恩",
            "欧",
            "批",
            "扣",
            "阿",
            "艾丝",
            "提",
            "优",
            "维",
            "达不溜",
            "艾克斯",
            "歪",
            "贼",
        ],
        strict=True,
    )
)
_RUN = re.compile(r"[A-Za-z]+")


def spelled(text: str) -> str:
    """The text with known abbreviations said in Chinese and other Latin letters by their names."""
    return _RUN.sub(_said, text)


def _said(m: re.Match[str]) -> str:
    word = m[0].upper()
    return _WORDS.get(word) or "".join(_NAMES[one] for one in word)
