"""Finds references to law as citizens write them: 民法典1079条, 《劳动合同法》第三十八条."""

from __future__ import annotations

import re

from bot.understanding.entity import Entity

_NUMBER = r"[零〇一二两三四五六七八九十百千0-9]{1,9}"
_ARTICLE = rf"第?\s?(?:{_NUMBER})\s?条(?:之[一二三四五六七八九十])?(?:第?[一二三四五六七八九十0-9]{{1,3}}[款项]){{0,2}}"
_NAMES = (
    "民法典|宪法|刑法|刑事诉讼法|刑诉法|民事诉讼法|民诉法|行政诉讼法|劳动合同法实施条例|劳动合同法|"
    "劳动争议调解仲裁法|劳动法|"
    "社会保险法|工伤保险条例|消费者权益保护法|消法|消保法|产品质量法|食品安全法|电子商务法|"
    "道路交通安全法|道交法|反家庭暴力法|反家暴法|"
    "妇女权益保障法|未成年人保护法|未保法|治安管理处罚法|治安处罚法|行政处罚法|行政复议法|法律援助法|"
    "婚姻法|合同法|物权法|继承法|"
    "婚姻登记条例|土地管理法|农村土地承包法|公司法|价格法|广告法|人民调解法|仲裁法|信访条例"
)
_REFERENCE = re.compile(
    rf"(?:《(?P<title>[^《》\n]{{2,40}})》|(?P<name>{_NAMES}))(?:\s?(?:的|里的|里|"
    rf"中)?\s?(?P<article>{_ARTICLE}))?"
)


def find_law_refs(text: str) -> list[Entity]:
    """References in `text` (already folded), in order; the value is 「title article」 as written, without spaces."""
    found = []
    for match in _REFERENCE.finditer(text):
        title = match["title"] or match["name"]
        if (
            match["title"]
            and not match["article"]
            and not title.endswith(("法", "条例", "典", "规定", "解释", "办法", "决定"))
        ):
            continue
        value = f"{title} {match['article'] or ''}".replace("  ", " ").strip()
        found.append(Entity("law_ref", value, None, None, "", match[0], match.start(), match.end()))
    return found
