"""Grounds that the Legal Aid Law knows: for aid without a means test, for aid before a decision, for ending it."""

from __future__ import annotations

EXEMPT: dict[str, tuple[str, str]] = {
    "hero": ("英雄烈士近亲属为维护英雄烈士的人格权益", "法律援助法 第三十二条第一项"),
    "brave": ("因见义勇为行为主张相关民事权益", "法律援助法 第三十二条第二项"),
    "acquitted": ("再审改判无罪请求国家赔偿", "法律援助法 第三十二条第三项"),
    "abused": ("遭受虐待、遗弃或者家庭暴力的受害人主张相关权益", "法律援助法 第三十二条第四项"),
    "other_32": ("法律、法规、规章规定的其他不受经济困难条件限制的情形", "法律援助法 第三十二条第五项"),
    "no_income": ("无固定生活来源的未成年人、老年人、残疾人等特定群体", "法律援助法 第四十二条第一项"),
    "relief": ("社会救助、司法救助或者优抚对象", "法律援助法 第四十二条第二项"),
    "migrant": ("申请支付劳动报酬或者请求工伤事故人身损害赔偿的进城务工人员", "法律援助法 第四十二条第三项"),
    "other_42": ("法律、法规、规章规定的其他免予核查的人员", "法律援助法 第四十二条第四项"),
}
"""No look at the means: 32, because they do not matter; 42, because papers show who somebody is."""
CHECKED = "checked"
"""The means were looked at (法律援助法 第四十一条)."""
ADVANCE: dict[str, tuple[str, str]] = {
    "near": ("距法定时效或者期限届满不足七日，需要及时提起诉讼或者申请仲裁、行政复议", "法律援助法 第四十四条第一项"),
    "secure": ("需要立即申请财产保全、证据保全或者先予执行", "法律援助法 第四十四条第二项"),
    "other_44": ("法律、法规、规章规定的其他情形", "法律援助法 第四十四条第三项"),
}
"""Aid goes ahead before it is decided; papers are handed in afterwards."""
NEAR_DAYS = 7
"""法律援助法 44(1)(1): fewer days than this to the end of a limitation or term."""
TERMINATE: dict[str, tuple[str, str]] = {
    "fraud": ("受援人以欺骗或者其他不正当手段获得法律援助", "法律援助法 第四十八条第一项"),
    "hidden": ("受援人故意隐瞒与案件有关的重要事实或者提供虚假证据", "法律援助法 第四十八条第二项"),
    "unlawful": ("受援人利用法律援助从事违法活动", "法律援助法 第四十八条第三项"),
    "means": ("受援人的经济状况发生变化，不再符合法律援助条件", "法律援助法 第四十八条第四项"),
    "ended": ("案件终止审理或者已经被撤销", "法律援助法 第四十八条第五项"),
    "own_lawyer": ("受援人自行委托律师或者其他代理人", "法律援助法 第四十八条第六项"),
    "asked": ("受援人有正当理由要求终止法律援助", "法律援助法 第四十八条第七项"),
    "other_48": ("法律法规规定的其他情形", "法律援助法 第四十八条第八项"),
}
GROUNDS = {"means": {CHECKED: ("已核查经济困难状况", "法律援助法 第四十一条"), **EXEMPT}, "advance": ADVANCE,
           "terminate": TERMINATE}  # fmt: skip
"""By what they are grounds for."""
