"""How much an article counts in ranking before any word is compared: what citizens live by before what organs do."""

from __future__ import annotations

from knowledge_base.citations.law_names import PREFIX
from knowledge_base.validity.validity import DatedArticle

_CORE = frozenset((
    "民法典", "刑法", "劳动合同法", "劳动法", "劳动争议调解仲裁法", "社会保险法", "民事诉讼法", "刑事诉讼法",
    "行政诉讼法", "行政复议法", "行政处罚法", "行政强制法", "治安管理处罚法", "道路交通安全法", "消费者权益保护法",
    "反家庭暴力法", "妇女权益保障法", "未成年人保护法", "老年人权益保障法", "法律援助法", "个人信息保护法",
    "土地管理法", "国家赔偿法", "反电信网络诈骗法", "人民调解法",
))  # fmt: skip
_COMMON = frozenset((
    "公司法", "合伙企业法", "个人独资企业法", "企业破产法", "保险法", "旅游法", "电子商务法", "食品安全法",
    "产品质量法", "广告法", "商标法", "著作权法", "专利法", "城市房地产管理法", "城乡规划法", "农村土地承包法",
    "义务教育法", "教育法", "残疾人保障法", "工会法", "就业促进法", "职业病防治法", "社会救助法", "居民身份证法",
    "户口登记条例", "行政许可法", "精神卫生法", "医师法", "律师法", "公证法", "仲裁法", "个人所得税法",
    "税收征收管理法", "医疗保障法", "预防未成年人犯罪法", "军人地位和权益保障法", "退役军人保障法",
    "村民委员会组织法", "邮政法", "药品管理法", "价格法", "反不正当竞争法",
))  # fmt: skip
CORE_WEIGHT, COMMON_WEIGHT, OTHER_WEIGHT = 1.0, 0.9, 0.65
_DEPARTMENT_WEIGHTS = {"宪法相关法": 0.8, "宪法": 0.85}
"""Citizens ask about work, family, contracts and harm far more than about state organs."""
_KIND_WEIGHTS = {"修正案": 0.4, "修改决定": 0.4, "立法解释": 0.8}
"""An amendment repeats the article it changed; the article itself should come first."""


def prior(article: DatedArticle) -> float:
    """Factor of the article's score, above 0 and at most 1."""
    short = article.law.removeprefix(PREFIX)
    law = CORE_WEIGHT if short in _CORE else COMMON_WEIGHT if short in _COMMON else OTHER_WEIGHT
    return law * _DEPARTMENT_WEIGHTS.get(article.department, 1.0) * _KIND_WEIGHTS.get(article.kind, 1.0)
