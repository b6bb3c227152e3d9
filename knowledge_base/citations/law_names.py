"""Resolves the names people use for laws (民诉法, 消保法, 劳动合同法) to full titles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge_base.citations.law_essence import Essence, essence, start_of, strong_cores, weak_cores

PREFIX = "中华人民共和国"
SHORT_NAMES = {
    "民诉法": "民事诉讼法",
    "民诉": "民事诉讼法",
    "刑诉法": "刑事诉讼法",
    "刑诉": "刑事诉讼法",
    "行诉法": "行政诉讼法",
    "劳动仲裁法": "劳动争议调解仲裁法",
    "劳动争议仲裁法": "劳动争议调解仲裁法",
    "调解仲裁法": "劳动争议调解仲裁法",
    "劳合法": "劳动合同法",
    "社保法": "社会保险法",
    "消法": "消费者权益保护法",
    "消保法": "消费者权益保护法",
    "消费者保护法": "消费者权益保护法",
    "消费者权益法": "消费者权益保护法",
    "消费者权益保障法": "消费者权益保护法",
    "道交法": "道路交通安全法",
    "交通安全法": "道路交通安全法",
    "道路安全法": "道路交通安全法",
    "交通法": "道路交通安全法",
    "治安处罚法": "治安管理处罚法",
    "治安法": "治安管理处罚法",
    "反家暴法": "反家庭暴力法",
    "家暴法": "反家庭暴力法",
    "未保法": "未成年人保护法",
    "未成年保护法": "未成年人保护法",
    "预防未成年犯罪法": "预防未成年人犯罪法",
    "妇女法": "妇女权益保障法",
    "妇保法": "妇女权益保障法",
    "妇女权益保护法": "妇女权益保障法",
    "老年人法": "老年人权益保障法",
    "老年人保护法": "老年人权益保障法",
    "老年人权益保护法": "老年人权益保障法",
    "残保法": "残疾人保障法",
    "残疾人保护法": "残疾人保障法",
    "个保法": "个人信息保护法",
    "个人信息法": "个人信息保护法",
    "数安法": "数据安全法",
    "网安法": "网络安全法",
    "反电诈法": "反电信网络诈骗法",
    "反诈法": "反电信网络诈骗法",
    "反电信诈骗法": "反电信网络诈骗法",
    "电商法": "电子商务法",
    "食安法": "食品安全法",
    "产质法": "产品质量法",
    "药管法": "药品管理法",
    "安法": "安全生产法",
    "安生法": "安全生产法",
    "职防法": "职业病防治法",
    "职业病法": "职业病防治法",
    "房地产法": "城市房地产管理法",
    "房地产管理法": "城市房地产管理法",
    "土地法": "土地管理法",
    "土管法": "土地管理法",
    "土地承包法": "农村土地承包法",
    "承包法": "农村土地承包法",
    "村委会组织法": "村民委员会组织法",
    "居委会组织法": "城市居民委员会组织法",
    "破产法": "企业破产法",
    "反法": "反不正当竞争法",
    "证券基金法": "证券投资基金法",
    "个税法": "个人所得税法",
    "企税法": "企业所得税法",
    "征管法": "税收征收管理法",
    "税收征管法": "税收征收管理法",
    "招投标法": "招标投标法",
    "著作法": "著作权法",
    "版权法": "著作权法",
    "处罚法": "行政处罚法",
    "复议法": "行政复议法",
    "许可法": "行政许可法",
    "赔偿法": "国家赔偿法",
    "国赔法": "国家赔偿法",
    "法援法": "法律援助法",
    "调解法": "人民调解法",
    "精卫法": "精神卫生法",
    "港区国安法": "香港特别行政区维护国家安全法",
    "香港国安法": "香港特别行政区维护国家安全法",
    "香港基本法": "香港特别行政区基本法",
    "澳门基本法": "澳门特别行政区基本法",
    "涉外法律适用法": "涉外民事关系法律适用法",
    "法律适用法": "涉外民事关系法律适用法",
    "就促法": "就业促进法",
    "家教法": "家庭教育促进法",
    "家庭教育法": "家庭教育促进法",
    "退役军人法": "退役军人保障法",
    "民促法": "民营经济促进法",
    "传染病法": "传染病防治法",
    "基本医疗法": "基本医疗卫生与健康促进法",
    "生态法典": "生态环境法典",
    "环境法典": "生态环境法典",
    "环保法": "环境保护法",
    "大气法": "大气污染防治法",
    "水污法": "水污染防治法",
    "固废法": "固体废物污染环境防治法",
    "噪声法": "噪声污染防治法",
    "环评法": "环境影响评价法",
    "民通": "民法通则",
    "民总": "民法总则",
    "侵权法": "侵权责任法",
    "民法": "民法典",
}
"""Short name → title without 中华人民共和国. Only names that mean one law."""


PARTS = {
    "民法典": ("总则编", "物权编", "合同编", "人格权编", "婚姻家庭编", "继承编", "侵权责任编"),
    "刑法": ("总则", "分则"),
}
"""Parts that are cited by their own name; numbers run through the whole law."""
_DROPPED = re.compile(r"[《》〈〉·\s]|中华人民共和国")
_SPACES = re.compile(r"\s+")
_ROUND = str.maketrans("()", "（）")
_REGION = re.compile(r"(?:省|市|自治区|自治州|特区|县|实施|贯彻)$")


@dataclass(frozen=True, slots=True)
class NamedLaw:
    """A law as a text names it."""

    titles: tuple[str, ...]
    """Full titles it can mean: one, or several where the name is ambiguous."""
    start: int
    """Where the name begins in what was read."""


class LawNames:
    """Full titles by any accepted name."""

    def __init__(self, titles: Iterable[str], repealed: Iterable[str] = ()) -> None:
        """`titles` are held, `repealed` are known to have ended; a title may be in both."""
        ended, held = list(repealed), list(titles)
        self._titles: dict[str, str] = {}
        self._plain: dict[str, str] = {}
        for title in [*ended, *held]:
            self._titles[title] = title
            self._titles.setdefault(title.removeprefix(PREFIX), title)
            self._plain[_plain(title)] = title
        for short, long in SHORT_NAMES.items():
            if long in self._titles:
                self._titles.setdefault(short, self._titles[long])
                self._plain.setdefault(short, self._titles[long])
        for law, parts in PARTS.items():
            if law in self._plain:
                for part in parts:
                    names = [law + part, f"{law}（{part}）", *([part] if part.endswith("编") else ())]
                    self._plain.update(dict.fromkeys([*names, law + part.removesuffix("编")], self._plain[law]))
        self._longest = max((len(name) for name in self._titles), default=0)
        self._ended = frozenset(ended)
        self._strong: dict[str, list[tuple[str, str, str]]] = {}
        self._weak: dict[str, list[tuple[str, str, str]]] = {}
        self._break_down([*held, *ended])
        self._sizes = _sizes(self._plain)
        self._core_sizes = _sizes([*self._strong, *self._weak])

    def _break_down(self, titles: list[str]) -> None:
        shorts: dict[str, list[str]] = {}
        for short, long in SHORT_NAMES.items():
            shorts.setdefault(long, []).append(short)
        for title in dict.fromkeys(titles):
            found = essence(_bracketed(title))
            if found is None or len(found.core) < 2:
                continue
            entry = (title, found.kind, found.seq)
            for core in strong_cores(found.core, shorts):
                self._strong.setdefault(core, []).append(entry)
            for core in weak_cores(found.core, shorts):
                self._weak.setdefault(core, []).append(entry)

    def resolve(self, name: str) -> str | None:
        """Full title for `name`, None when it is not known or can mean several."""
        found = self.candidates(name)
        return found[0] if len(found) == 1 else None

    def candidates(self, name: str) -> tuple[str, ...]:
        """Every full title that `name` can mean; one when it is clear, none when it is not known."""
        plain = name.strip()
        title = self._titles.get(plain) or self._titles.get(plain.removeprefix(PREFIX)) or self._plain.get(_plain(name))
        if title:
            return (title,)
        text = _bracketed(plain)
        found = essence(text)
        return self._meant(found, found.core) if found is not None else ()

    def ending(self, text: str) -> NamedLaw | None:
        """The law that `text` ends with, under any accepted name; None when there is none.

        `text` must be folded: simplified characters, full-width brackets, no white space.
        """
        where = list(range(len(text)))
        kept = text
        if "《" in text or "》" in text or "·" in text or PREFIX in text:
            where = []
            at = 0
            for gone in _DROPPED.finditer(text):
                where += range(at, gone.start())
                at = gone.end()
            where += range(at, len(text))
            kept = "".join(text[i] for i in where)
        for size in self._sizes.get(kept[-2:], ()):
            title = self._plain.get(kept[-size:])
            if title is None or size > len(kept):
                continue
            if kept[-size:].endswith(("条例", "办法", "规定", "规则")) and _REGION.search(kept[:-size]):
                return None
            return NamedLaw((title,), _with_prefix(text, where[-size]))
        found = essence(text)
        if found is None:
            return None
        for size in self._core_sizes.get(found.core[-2:], ()):
            titles = self._meant(found, found.core[-size:]) if size <= len(found.core) else ()
            if titles:
                return NamedLaw(titles, start_of(text, found, size))
        return None

    def _meant(self, name: Essence, core: str) -> tuple[str, ...]:
        for table in (self._strong, self._weak):
            entries = [entry for entry in table.get(core, ()) if name.says(entry[1], entry[2])]
            entries = [e for e in entries if e[0] not in self._ended] or entries
            entries = [e for e in entries if e[1] == name.kind] or entries
            if entries:
                return tuple(dict.fromkeys(entry[0] for entry in entries))
        return ()

    def suffix(self, text: str) -> tuple[str, int] | None:
        """The longest known name that `text` ends with: its full title and its length; None when there is none."""
        for size in range(min(self._longest, len(text)), 1, -1):
            title = self._titles.get(text[-size:])
            if title:
                with_prefix = text[:-size].endswith(PREFIX)
                return title, size + (len(PREFIX) if with_prefix else 0)
        return None

    def mentioned(self, text: str) -> list[str]:
        """Full titles of the laws `text` names, at most five, in order."""
        found: dict[str, None] = {}
        for i, char in enumerate(text):
            if (
                char in "法典例）"
                and len(found) < 5
                and (hit := self.suffix(text[max(0, i + 1 - self._longest) : i + 1]))
            ):
                found[hit[0]] = None
        return list(found)


def _sizes(names: Iterable[str]) -> dict[str, list[int]]:
    """By the last two characters of a name, how long such names are, longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        if len(name) > 1:
            found.setdefault(name[-2:], set()).add(len(name))
    return {end: sorted(sizes, reverse=True) for end, sizes in found.items()}


def _bracketed(name: str) -> str:
    return _SPACES.sub("", name.translate(_ROUND))


def _plain(name: str) -> str:
    return _DROPPED.sub("", name.translate(_ROUND))


def _with_prefix(text: str, start: int) -> int:
    """`start` moved to before the opening mark and the name of the state, where they stand."""
    while True:
        if text[:start].endswith(PREFIX):
            start -= len(PREFIX)
        elif text[:start].endswith(("《", "·")):
            start -= 1
        else:
            return start
