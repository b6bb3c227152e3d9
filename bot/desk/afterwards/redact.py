"""Takes people out of what citizens wrote, so that it can be kept as a test: sums and dates stay, persons go."""

from __future__ import annotations

import re

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦马苗凤方俞任袁柳"
    "史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊"
    "纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓"
    "洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄曲封储靳段富巫乌焦巴弓牧谷车侯全班秋仲伊宫宁仇栾甘祖武符刘景詹龙叶司黎白蒲卓池乔"
    "聂曾关沙岳游佟肖欧阳付代"
)
_NAME = rf"[{_SURNAMES}][一-龥]{{1,2}}"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_BODY = "有限(?:责任)?公司|股份公司|集团|酒店|饭店|医院|学校|幼儿园|工厂"
_BEFORE_NAME = "我叫|我是|名叫|叫做?|姓名[是:：]?|老板|律师|法官|被告|原告|对方"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), "（身份证号）"),
    (re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), "13800000000"),
    (re.compile(r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)"), "010-00000000"),
    (re.compile(r"(?<!\d)(?:\d{4}[ -]?){3,4}\d{1,4}(?!\d)"), "（账号）"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "a@example.com"),
    (re.compile(r"(?i)(?:微信|vx|wx|qq)(?:号|是|:|：)*\s*[a-z0-9_-]{5,20}"), "微信（账号）"),
    (re.compile(rf"[{_PROVINCES}][A-Z][· ]?[A-Z0-9]{{5,6}}"), "京A00000"),
    (re.compile(rf"[一-龥A-Za-z0-9（）()]{{2,20}}?({_BODY})(?!法)"), r"某某\1"),
    (re.compile(r"[一-龥]{2,8}?(?:路|街|大道|巷|弄)\d+号(?:\d+(?:栋|幢|号楼))?(?:\d+单元)?(?:\d+室?)?"), "某某路1号"),
    (re.compile(r"[一-龥]{2,8}?(?:小区|花园|家园|新村)\d*(?:栋|幢|号楼)?\d*(?:单元)?\d*室?"), "某某小区"),
    (re.compile(rf"({_BEFORE_NAME})({_NAME})(?=[,，。;；、的\s]|$)"), r"\1某某"),
)


def redact(text: str) -> str:
    """`text` without numbers, names and addresses of persons, as far as their form shows them.

    A person has to read what comes out before it is kept: nothing finds every name.
    """
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text
