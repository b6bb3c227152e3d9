"""Finds who is spoken of: spouse, child, employer, landlord, merchant, lender and so on."""

from __future__ import annotations

from bot.understanding.entity import Entity
from bot.understanding.longest import compile_words

_BY_RELATION = {
    "spouse": (
        "老公 丈夫 老婆 妻子 媳妇 爱人 配偶 对方配偶 孩子他爸 孩子他妈 孩子爸 孩子妈 孩子爸爸 孩子妈妈 婆娘 "
        "当家的 我家那口子 另一半"
    ),
    "ex_spouse": "前夫 前妻 前任老公 前任老婆",
    "partner": "男朋友 女朋友 男友 女友 对象 未婚夫 未婚妻 同居男友 前男友 前女友 前任",
    "third_party": "小三 第三者 情人 相好的",
    "child": "孩子 小孩 娃 娃娃 儿子 女儿 闺女 宝宝 小孩子 娃儿 崽 养子 养女 继子 继女 双胞胎",
    "parent": "父母 爸妈 爸爸 妈妈 父亲 母亲 我爸 我妈 老爸 老妈 爹 娘亲 养父 养母 继父 继母 后爸 后妈",
    "parent_in_law": "公公 婆婆 公婆 岳父 岳母 丈母娘 老丈人 丈人",
    "child_in_law": "儿媳 儿媳妇 女婿",
    "grandparent": "爷爷 奶奶 外公 外婆 姥姥 姥爷 祖父 祖母",
    "grandchild": "孙子 孙女 外孙 外孙女",
    "sibling": "哥哥 姐姐 弟弟 妹妹 我哥 我姐 我弟 我妹 兄弟 姐妹 大哥 二哥 大姐 兄妹",
    "sibling_in_law": "小舅子 大舅子 小姑子 大姑子 嫂子 弟媳 姐夫 妹夫",
    "relative": "亲戚 叔叔 舅舅 姑姑 姨妈 阿姨 表哥 表姐 表弟 表妹 堂哥 堂弟 侄子 外甥 大伯 伯父 姑父 姨夫 亲家",
    "friend": "朋友 同学 老乡 熟人 发小 闺蜜 战友 网友 哥们",
    "colleague": "同事 工友",
    "employer": (
        "老板 公司 单位 用人单位 厂里 工厂 厂子 厂家老板 企业 雇主 东家 店里 老板娘 人事 HR hr 主管 领导 工地 "
        "饭店 酒店 学校 医院"
    ),
    "labour_agency": "劳务公司 派遣公司 劳务派遣公司 外包公司 中介公司",
    "contractor": "包工头 工头 带班的 承包商 承包人 施工方 项目部 总包 分包",
    "landlord": "房东 出租人 业主",
    "sublessor": "二房东",
    "tenant": "租客 房客 承租人 租户",
    "agent": "中介 房产中介",
    "merchant": "商家 店家 卖家 商户 店主 销售 客服 经销商 4S店 培训机构 健身房 美容院 机构 供应商",
    "platform": "平台 淘宝 京东 拼多多 抖音 美团 闲鱼 天猫 快手 饿了么 滴滴 携程",
    "lender": "债主 出借人 债权人 放贷的 网贷公司 小贷公司 贷款公司",
    "borrower": "借款人 欠款人 债务人 欠钱的",
    "guarantor": "担保人 保证人",
    "driver": "司机 肇事者 肇事司机 对方司机 肇事方 车主",
    "insurer": "保险公司 保险",
    "property_manager": "物业 物业公司",
    "neighbour": "邻居 楼上 楼下邻居 楼上邻居",
    "police": "警察 民警 派出所 公安局 公安 交警",
    "court": "法院 法官",
    "lawyer": "律师",
}  # fmt: skip

RELATIONS = {word: relation for relation, words in _BY_RELATION.items() for word in words.split()}
"""Word as people say it → canonical relation."""

_WORDS = compile_words(RELATIONS)


def find_relations(text: str) -> list[Entity]:
    """People and bodies spoken of in `text` (already folded), in order; of overlapping names the longest counts."""
    return [
        Entity("relation", RELATIONS[match[0]], None, None, "", match[0], match.start(), match.end())
        for match in _WORDS.finditer(text)
    ]
