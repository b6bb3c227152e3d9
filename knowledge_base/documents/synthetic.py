"""Makes case documents for measuring: any number, always the same, of the length and the vocabulary of real ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from knowledge_base.areas import AREAS
from knowledge_base.document import Document, Kind

_list = str.split
_WHO = _list(
    "甲 乙 丙 丁 张某 李某 王某 赵某 刘某 陈某 某公司 某超市 某学校 某医院 某物业公司 某银行 某建筑公司 "
    "某平台 邻居 房东 老板"
)
_DID = _list(
    "向其借款 签订合同 拒绝付款 拖欠工资 驾车相撞 入职工作 辞退员工 租赁房屋 购买商品 登记结婚 起诉离婚 "
    "立下遗嘱 转让股权 装修房屋 申请工伤认定 提供担保 发布文章 收取押金 解除合同 交付房屋 出售食品 "
    "饲养犬只 堆放杂物 接受手术 支付定金 办理过户 垫付费用 泄露信息 安装设备 组织活动"
)
_THEN = _list(
    "因此受伤 遭受损失 未能履行 发生争议 协商未果 报警处理 申请仲裁 提起诉讼 要求赔偿 住院治疗 出具欠条 "
    "返还价款 承担责任 支付利息 停止侵害 赔礼道歉 恢复原状 补办手续 评定伤残 鉴定质量 冻结账户 查封房产 "
    "撤回起诉 达成和解 提出上诉"
)
_WHERE = _list("东城 西岭 南湖 北山 江口 海宁 河阳 云水 石桥 青林 金沙 银川 白鹿 黑河 清泉 大兴 小营 新安 永和 长平")
_SIGNS = _list("经 查明 证据 约定 期限 逾期 金额 过错 因果关系 告知 同意 签字 交付 登记 保管 使用 维修 损坏 通知 送达")
_SHORTEST, _LONGEST = 600, 1200
_BANK = 5000
"""Sentences that texts are put together from."""
_LAWS = ("中华人民共和国民法典", "中华人民共和国劳动合同法", "中华人民共和国消费者权益保护法", "中华人民共和国刑法")
_HAN = "零一二三四五六七八九"


def synthetic_cases(count: int, terms: Sequence[str], seed: int = 8348) -> Iterator[Document]:
    """`count` cases of 600 to 1,200 characters of facts; `terms` are legal terms to write with, at least one.

    Facts are put together from a bank of sentences, titles and holdings made for each case. Terms are drawn as words
    are in real texts: a few very often, most of them rarely.
    """
    draw = random.Random(seed)
    words = list(terms)
    draw.shuffle(words)
    bank = [_sentence(draw, words) for _ in range(_BANK)]
    for number in range(count):
        about = _pick(draw, words, 6)
        area = draw.choice(AREAS)
        length = draw.randint(_SHORTEST, _LONGEST)
        parts: list[str] = []
        size = 0
        while size < length:
            sentence = bank[int(draw.random() * _BANK)]
            parts.append(sentence)
            size += len(sentence)
        law, article = draw.choice(_LAWS), "".join(draw.choice(_HAN[1:]) + unit for unit in ("百", "十", ""))
        yield Document(
            id=f"synthetic-{number}",
            kind=Kind.TYPICAL_CASE,
            title=f"{draw.choice(_WHO)}诉{draw.choice(_WHO)}{about[0]}纠纷案",
            text="".join(parts),
            gist=f"{about[1]}的，应当承担{about[2]}责任；{about[3]}不影响{about[4]}。",
            outcome=f"判决被告支付{draw.randint(1, 900) * 100}元，驳回其他诉讼请求。",
            area=area,
            keywords=tuple(about[:4]),
            citations=(f"《{law}》第{article}条",),
            level="典型案例",
            source="synthetic",
            fields={"案号": f"（{draw.randint(2005, 2026)}）某{draw.randint(1, 99)}民初{number}号"},
        )


def _sentence(draw: random.Random, words: list[str]) -> str:
    one, two, three = _pick(draw, words, 3)
    who, other, where = draw.choice(_WHO), draw.choice(_WHO), draw.choice(_WHERE)
    when = f"{draw.randint(2005, 2026)}年{draw.randint(1, 12)}月{draw.randint(1, 28)}日"
    return draw.choice((
        f"{when}，{who}在{where}{draw.choice(_DID)}，{other}{draw.choice(_THEN)}，双方就{one}各执一词。",
        f"{who}主张{one}，{other}则以{two}抗辩，{draw.choice(_SIGNS)}{three}后{draw.choice(_THEN)}。",
        f"法院{draw.choice(_SIGNS)}{one}，认为{who}{draw.choice(_DID)}与{two}有关，涉及{draw.randint(1, 9999)}0元。",
        f"{when}起，{other}因{one}{draw.choice(_THEN)}，{who}未{draw.choice(_SIGNS)}{two}。",
    ))  # fmt: skip


def _pick(draw: random.Random, words: list[str], count: int) -> list[str]:
    """Words by a law of small numbers: the share of the nth falls as 1/n."""
    size = len(words)
    return [words[min(size - 1, int(size ** draw.random()) - 1)] for _ in range(count)]
