"""Takes from a message that answers no question what it surely tells of a text fact: a country, a name, a story."""

from __future__ import annotations

import re

from bot.understanding.countries import find_country
from bot.understanding.places import find_places

_HAN = re.compile(r"[\u3400-\u9fff]")
_CLAUSE = re.compile(r"[,，。.;；!！?？\n]+")
_REQUEST = re.compile(
    r"案例|判例|类案|案子|投诉|举报|反映|信访|上访|怎么|咋|如何|哪|吗$|呢$|能不能|能否|可不可以|请问|你好|您好|想(?:看|查|找|问)|查一下|帮我|多少|多久|什么(?![^,，。]{0,2}[没不])|谁"
)
_HAPPENED = re.compile(r"[了过被把没不]|一直|欠|骗|打")
_STORY_LEAST = 9
_CASE_LEAST = 7
"""Who asks for cases names a kind of matter: 「老板拖欠工资的」; a complaint wants more."""
_CASES = re.compile(r"案例|判例|类案")
_ALIKE = re.compile(r"^有没有|例子|也有人|别人的|人家的")
"""「有没有跟我一样的人打赢过」 asks for cases."""
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳唐罗"
    "薛雷贺倪汤滕殷毕郝邬安常乐于时傅皮卞齐康伍余元顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁"
    "杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉"
    "龚程邢裴陆荣翁荀羊甄曲封储靳段焦巴牧谷车侯全班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司黎薄印宿白怀蒲邰从索赖卓屠池乔"
    "闻莘党翟谭贡劳逄姬申扶堵冉宰雍桑桂牛寿通边燕冀尚农温庄晏柴瞿阎慕连习艾鱼容向古易慎戈廖庾终居衡步都耿满弘匡国文寇广禄阙东"
)
_PERSON = re.compile(
    rf"(?:查(?:一下|一查|查看?|询|下)?|叫做?|名叫|找的|请的)(?:一个|个|那个|这个|律师)?"
    rf"(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?:这个)?(?=的?律师|有没有|是不是|有无|这个人|的证|[,，。?？]|$)"
)
_TITLED = re.compile(
    rf"(?:^|[,，。\s]|查|请|找)(?P<before>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?:律师|公证员|鉴定人)(?=有|是|靠|真|正规|到底|怎么样|受过|被|出过|犯过|还|在|$)|"
    rf"(?:律师|公证员|鉴定人)(?P<after>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?=有证|有没有|有无|靠|是不是|是真|真假|正规|$)"
)
"""「张伟律师有没有执业证」, 「公证员王芳有证没有」."""
_LISTED = re.compile(
    rf"(?:查|(?:律师|公证员|鉴定人)(?=.{{0,8}}[罚处有]))[^,，。]{{0,9}}?(?:律师|公证员|鉴定人|过|分|罚|证|有没有|吗)[\s,，、:：]+(?:叫|是)?(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=$|[\s,，。?？])"
)
"""「帮我查一个律师 张伟」."""
_OFFICE = re.compile(r"(?P<name>[\u4e00-\u9fff（）()]{2,16}?(?:律师事务所|律所|公证处|司法鉴定(?:中心|所)|法律服务所))")
_NOT_NAME = re.compile(
    r"^(?:请?帮我|麻烦|我想|想|要|我要)?(?:查(?:一下|一查|查看?|询|下)?|问(?:一下|问)?|看看|说是|他是|她是|是|在|去|叫)?"
)
_POINTED = re.compile(
    r"^[\u4e00-\u9fff]{0,8}?(?:那|这)(?:个|家|间)(?:叫|名叫)?(?=[\u4e00-\u9fff]{2,}(?:律|公证|司法|法律))"
)
"""「深圳那个德诚律师事务所」"""
_NAMELESS = re.compile(r"[哪那这某每个家]|有没有|一些|附近|你们|我们|他们|什么|全国|所有|律师在")
_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:1\d{16}|[0-9A-HJ-NP-RT-UW-Y]{18})(?![0-9A-Za-z])")


def country_in(text: str) -> str:
    """The country named first; "" for none."""
    span = find_country(text)
    return text[span[0] : span[1]] if span else ""


def name_in(text: str) -> str:
    """The name of a lawyer or an office, or its number, where there is no doubt that it is one; "" else."""
    if number := _NUMBER.search(text):
        return number[0]
    for match in _OFFICE.finditer(text):
        name = _POINTED.sub("", _NOT_NAME.sub("", match["name"]))
        kind = re.search(r"(?:律师事务所|律所|公证处|司法鉴定(?:中心|所)|法律服务所)$", name)
        if kind is not None and len(name) - len(kind[0]) >= 2 and not _NAMELESS.search(name[: -len(kind[0])]):
            return name
    if (listed := _LISTED.search(text)) is not None and not find_places(listed["name"]):
        return listed["name"]
    titled = _TITLED.search(text)
    person = _PERSON.search(text)
    name = (titled["before"] or titled["after"]) if titled else person["name"] if person else ""
    return "" if _NAMELESS.search(name.replace("某", "")) else name


def story_in(text: str) -> str:
    """The message, where beside its request it tells what happened; "" else."""
    told = [one for one in _CLAUSE.split(text) if not (_REQUEST.search(one) or _ALIKE.search(one))]
    tells = sum(len(_HAN.findall(one)) for one in told)
    least = _CASE_LEAST if _CASES.search(text) else _STORY_LEAST
    return text if tells >= least and any(_HAPPENED.search(one) for one in told) else ""
