"""Areas of law as citizens know them, and which one a case or a story belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable

AREAS = (
    "劳动争议", "工伤", "婚姻家庭", "继承", "借贷", "房产", "物业相邻", "消费维权", "道路交通", "医疗", "侵权",
    "人格权与个人信息", "合同", "公司与经营", "知识产权", "刑事", "未成年人", "行政", "国家赔偿", "土地征收", "执行",
    "诉讼程序", "公益诉讼", "保险", "海事",
)  # fmt: skip
"""Every value `Document.area` can have, beside ""."""
TOPIC_AREAS = {
    "labour": ("劳动争议", "工伤"),
    "family": ("婚姻家庭",),
    "debt": ("借贷",),
    "housing": ("房产", "物业相邻"),
    "consumer": ("消费维权",),
    "traffic": ("道路交通", "保险"),
}
"""Areas of cases that fit a consultation topic of this area."""
_NEAR = (
    ("劳动争议", "工伤"),
    ("婚姻家庭", "继承", "未成年人"),
    ("借贷", "合同"),
    ("房产", "合同"),
    ("房产", "物业相邻"),
    ("房产", "土地征收"),
    ("消费维权", "合同"),
    ("消费维权", "侵权"),
    ("道路交通", "保险"),
    ("道路交通", "侵权"),
    ("道路交通", "刑事"),
    ("医疗", "侵权"),
    ("侵权", "人格权与个人信息"),
    ("侵权", "未成年人"),
    ("侵权", "物业相邻"),
    ("刑事", "未成年人"),
    ("行政", "土地征收"),
    ("行政", "国家赔偿"),
    ("行政", "工伤"),
    ("执行", "诉讼程序"),
    ("公司与经营", "合同"),
    ("保险", "合同"),
)
_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("公益诉讼", ("公益诉讼|生态环境损害赔偿|环境污染责任",)),
    ("国家赔偿", ("国家赔偿|刑事赔偿|赔偿委员会|错误执行赔偿|无罪赔偿",)),
    ("知识产权", ("专利|商标|著作权|版权|商业秘密|技术秘密|不正当竞争|植物新品种|计算机软件",
                  "集成电路|域名|知识产权|网络传播权|垄断")),
    ("海事", ("海事|海商|船舶|海上|船员|提单|港口|海难",)),
    ("工伤", ("工伤|职业病|劳动能力鉴定",)),
    ("土地征收", ("征收|征地|拆迁|补偿安置",)),
    ("执行", ("执行异议|执行复议|执行监督|强制执行|执行裁定|执行和解|被执行人|申请执行|司法拍卖",)),
    ("刑事", ("罪(?:案|$|[、,，/ ])|公诉|犯罪|刑事|盗窃|诈骗|抢劫|抢夺|贩毒|走私|受贿|贪污|杀人|故意伤害|强奸|绑架",
              "放火|正当防卫|防卫过当|附条件不起诉|减刑|假释|社区矫正|认罪认罚|渎职|玩忽职守|毒品")),
    ("行政", ("行政|工商登记|许可证|处罚决定|政府信息公开|治安管理处罚|收容|不履行法定职责",)),
    ("劳动争议", ("劳动|工资|竞业限制|用人单位|职工|加班|人事争议|社会保险|劳务派遣|养老金|经济补偿金",)),
    ("道路交通", ("交通事故|道路交通|机动车交通",)),
    ("医疗", ("医疗|患者|诊疗|病历|手术",)),
    ("继承", ("继承|遗嘱|遗产|遗赠",)),
    ("婚姻家庭", ("离婚|婚姻|抚养|扶养|赡养|监护|彩礼|同居|夫妻|家庭暴力|收养|探望|婚约|亲子",)),
    ("未成年人", ("未成年|儿童|学校|幼儿园|学生|校园",)),
    ("保险", ("保险",)),
    ("消费维权", ("消费者|食品安全|产品质量|产品责任|十倍赔偿|旅游|航班|虚假宣传|网络购物",
                  "经营者|三倍赔偿|预付|消费服务")),
    ("借贷", ("民间借贷|借款|借贷|保证合同|担保|抵押|质押|借条|金融借款|储蓄|存款|信用卡|追偿",)),
    ("物业相邻", ("物业|业主|相邻|采光|噪声|宠物|建筑物区分所有权",)),
    ("房产", ("商品房|房屋|二手房|租赁|购房|房地产|居间|土地使用权|建设工程|施工|宅基地|租房|不动产",)),
    ("人格权与个人信息", ("名誉|隐私|肖像|姓名权|个人信息|人格权|荣誉权|一般人格|人身自由",)),
    ("公司与经营", ("公司决议|公司解散|公司清算|股东|股权|破产|合伙|票据|证券|清算|董事|信托|期货|信用证|债券",
                    "出资|人格混同")),
    ("侵权", ("损害赔偿|侵权|人身损害|生命权|健康权|饲养动物|安全保障义务|高空抛物|抛掷|坠落|触电|财产损害|人身伤害",)),
    ("合同", ("合同|买卖|承揽|运输|委托|保管|赠与|违约|定金|特许经营|承包|货款|欠款",)),
    ("诉讼程序", ("管辖|再审|仲裁|虚假诉讼|抗诉|撤销之诉|撤诉|诉讼监督",)),
)  # fmt: skip
_COMPILED = tuple((area, re.compile("|".join(parts))) for area, parts in _RULES)
_PARTIES = re.compile(
    r".*(?:公司|银行|[分支]行|集团|医院|厂|中心|局|政府|委员会|检察院|学校|大学|学院|协会|研究所|商店|酒店|饭店"
    r"|营业部|旅行社|事务所|工作室)"
)
_CHARGED = re.compile(r"检察院诉(?!.{0,40}(?:公益|不履行|行政))")
_AGAINST_STATE = re.compile(
    r"诉.{2,30}?(?:人民政府|公安局|管理局|工商局|规划局|税务局|保障局|资源局|教育局|民政局|交通局|保护局|海关)"
)


def area_of(title: str, keywords: Iterable[str] = (), gist: str = "", laws: str = "") -> str:
    """The area a case belongs to; "" when nothing tells.

    A title names the cause of action and counts most, then the keywords; gist and cited laws decide only where both are
    silent. Names of parties in the title (公司, 医院) say nothing of the cause.
    """
    words = "/".join(keywords)
    cause = _PARTIES.sub("", title)
    cause = cause if len(cause) >= 4 else title
    scores: dict[str, float] = {}
    for rank, (area, pattern) in enumerate(_COMPILED):
        found = (
            4.0 * bool(pattern.search(cause))
            + 3.0 * min(2, len(pattern.findall(words)))
            + 1.0 * min(2, len(pattern.findall(gist)))
            + 0.5 * bool(pattern.search(laws))
        )
        if area == "刑事" and _CHARGED.search(title):
            found += 4.0
        if area == "行政" and _AGAINST_STATE.search(title):
            found += 3.0
        if found:
            scores[area] = found - rank * 0.01
    return max(scores, key=lambda area: scores[area], default="")


def near(one: str, other: str) -> bool:
    """Whether two areas are the same or often meet in one case; an unknown area ("") is near to every one."""
    return not one or not other or one == other or any(one in pair and other in pair for pair in _NEAR)
