"""Recognises that someone is in danger now, and says which number helps first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.understanding.normalise import fold

DangerKind = Literal["violence", "self_harm", "child", "detention", "medical", "fire"]


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger read from a message, with what to say first."""

    kind: DangerKind
    numbers: tuple[str, ...]
    """Emergency and help numbers, the most urgent first."""
    say: str
    """What the citizen is told first, in Simplified Chinese; every number of `numbers` is in it."""


_SAY: dict[DangerKind, tuple[tuple[str, ...], str]] = {
    "violence": (
        ("110", "12338"),
        "您的安全最要紧：请马上拨打110报警，尽量到有人、能锁门的地方；之后需要妇女维权帮助可以打12338。",
    ),
    "self_harm": (
        ("12356", "120", "110"),
        "听到您这么难受，我很担心您：请先别一个人扛，现在就打12356心理援助热线，已经受伤或有危险请马上打120或110，再难的事都有人愿意陪您一起想办法。",
    ),
    "child": (
        ("110", "12355"),
        "孩子的安全最要紧：请马上拨打110报警，并让孩子待在信得过的大人身边；青少年求助还可以打12355。",
    ),
    "detention": (
        ("12348", "110"),
        "您先别慌：家人被带走后有权请律师，符合条件还能申请法律援助，可以马上拨打12348；如果是被不明身份的人关住，请打110。",
    ),
    "medical": (("120", "110"), "救人最要紧：请马上拨打120，按接线员说的做；有人行凶或出了车祸，同时打110。"),
    "fire": (("119", "110"), "请马上离开现场，到安全的地方再拨打119；闻到燃气味时不要开关电器、不要点火。"),
}
"""Numbers as of 2026-11: 110 police, 119 fire, 120 ambulance, 12338 women, 12348 legal service, 12355 youth,
12356 psychological help."""

_ALSO: dict[DangerKind, str] = {
    "violence": "有人正在伤害您时请马上打110，之后需要妇女维权帮助可以打12338。",
    "self_harm": "心里难受时请打12356，已经受伤请打120，有危险请打110。",
    "child": "未成年人被欺负、被伤害，请打110，也可以打12355青少年服务热线，并告诉一位信得过的大人。",
    "detention": "家人被带走需要法律援助，可以打12348，遇到不明身份的人请打110。",
    "medical": "有人受伤或昏迷请马上打120，有人行凶请打110。",
    "fire": "有火情或燃气泄漏，请先撤到安全的地方再打119，有人受伤打120。",
}
"""What is added when the danger is not the only one; names every number of its kind."""

_WEAPON = r"(?:菜刀|水果刀|砍刀|匕首|刀子?|斧头|斧子|铁棍|棍子|锤子|汽油|枪)"
_ME = r"(?:我们全家|我们一家|我全家|我家人|我爸妈?|我妈|我们|我|俺)"
_CHILD = r"(?:孩子|小孩|娃儿?|女儿|儿子|闺女|宝宝|婴儿|幼儿|小女孩|小男孩|女童|男童|学生|弟弟|妹妹|未成年)"

_STRONG: dict[DangerKind, re.Pattern[str]] = {
    "violence": re.compile(
        rf"我们?(?:现在)?被.{{0,6}}(?:锁|关)(?:在|进).{{0,6}}(?:里|内|室|房)|不让我(?:出门|走|"
        rf"离开).{{0,8}}(?:关着|锁着)|"
        rf"(?:把|将){_ME}(?:给)?(?:绑|捆|反锁|锁|关)(?:了)?(?:起来|住|在)|追着{_ME}(?:打|砍|揍)|"
        rf"(?:把{_WEAPON}|{_WEAPON}都?)(?:给)?(?:拿|掏|亮)出来|有人(?:拿|持)着?{_WEAPON}|"
        rf"堵(?:在|着)(?:我们?家?|家)?(?:的)?(?:门口?|楼下)(?:不|要|打|$|[,，。!！])|"
        rf"(?:拿着?|提着|举着|持着?){_WEAPON}.{{0,4}}(?:站|守|等|堵|在|进|冲)|"
        rf"(?:要|想|正)(?:拿|用|抄).{{1,8}}(?:砸|打|砍|捅|泼|烧)(?:死)?{_ME}(?!们?的)|"
        rf"(?:围|堵)(?:着|住)(?:了)?{_ME}.{{0,4}}(?:打|不让|不放|不准|要)|"
        rf"(?:我|我们|他|她|人)被.{{0,8}}(?:控制|绑|扣)(?:住|起来|在|了).{{0,6}}(?:跑不掉|逃不|出不|走不)|"
        rf"{_WEAPON}.{{0,2}}(?:架在|抵在|顶着){_ME}|(?:冲|闯|破门)(?:了)?进来.{{0,6}}(?:打|砸|砍)|泼汽油|"
        rf"非法拘禁(?:了|着)|"
        rf"(?:正在?|还在|又在|一直在|在(?:家|门口|外面)?)(?:往死里)?(?:打|揍|殴打|掐|砍|砸|踹|"
        rf"踢){_ME}(?!们?的?(?:电话|手机|主意))|"
        rf"(?:拿着?|提着|举着|持|抄起|掏出|手里有)(?:一把|把)?{_WEAPON}.{{0,6}}(?:追|砍|对着|指着|架|抵|逼|堵|"
        rf"捅|杀|冲|要)|"
        rf"(?:要|想|扬言|会)(?:来)?(?:杀|弄死|砍死|打死|整死|捅死|烧死|砍|捅)(?:了|掉|死)?{_ME}(?!们?的)|"
        rf"掐(?:着|住)(?:了)?{_ME}(?:的)?脖子|往死里打{_ME}|(?:杀|砍|打死)人(?:了|啦)|"
        rf"(?:把|将)?{_ME}(?:被|让)?(?:人|他们|他|老公|家里|公司|传销|房东|老板|对方|前夫|"
        rf"男朋友)?.{{0,3}}(?:关|锁|绑|困|堵|扣)(?:在|起来|住)(?:了)?.{{0,8}}(?:出不去|出不来|走不了|"
        rf"不让(?:我)?(?:走|出)|跑不了|不放)|"
        r"被绑架|(?:^|[,，。!！\s])救命|救救我|快来救|(?:正在?|现在|又在|还在|一直在?|拼命|疯狂|在门口|在门外|"
        r"在外面).{0,3}(?:砸|踹|撞|踢)(?:我家|我的?|房|大)?门|"
        r"(?:正在?|现在)(?:被|遭)(?:人|他|老公|男朋友|前夫|家暴|一群人|几个人)?.{0,3}(?:打|殴打|家暴|追|砍)"
    ),
    "self_harm": re.compile(
        r"(?:反正|就算|哪怕|我)我?死了?(?:也|都)(?:没|不会有|无)有?人(?:会)?"
        r"(?:在乎|在意|关心|心疼|难过|伤心|管|知道|理)|(?:^|[,，。!！\s])死了?(?:也|都)没有?人(?:会)?(?:在乎|在意|心疼|难过)|"
        r"(?<!他)(?<!她)(?<!们)(?<!对方)(?<!被人)(?<!有人)(?<!别人)(?<!同学)"
        r"(?<!老公)(?<!老师)(?<!室友)(?<!邻居)(?:用|拿)(?:着)?(?:一把)?"
        r"(?:小|水果|美工|裁纸|剃须|刮胡|修眉|菜)?刀(?:子|片)?(?:在)?(?:划|割|切)(?:自己的?)?(?:手臂|手腕|胳膊|大腿|腕|脉)|"
        r"(?:划|割)(?:伤|破)?(?:了)?自己(?:的)?(?:手|胳膊|大?腿|身体|皮肤)|"
        r"(?:划|割)(?:伤|破)?(?:了)?自己(?=[,，。!！?？~\s]|$|好几|几[下刀]|才|来)|"
        r"(?:想|会|忍不住|总是|一直)(?:要|去)?(?:伤害自己|自残)|"
        r"不(?:想|愿意?)(?:再|继续|再继续)?活(?:着|了|下去|在(?:这个?)?世|(?=[,，。!！?？~\s]|$))|"
        r"(?:想|要|准备|打算)从.{1,6}跳下去|遗书.{0,3}写好|就(?:跳楼|去死|死)给|想(?:了结|结束)(?:自己|生命|这一切)|"
        r"(?:想|要)?离开(?:这个世界|人世)|我死了.{0,8}解脱|"
        r"(?:想|要|准备)去?一了百了|想(?:去)?死(?=[,，。!！~\s]|$)|活着.{0,4}(?:意思|意义|盼头)(?:都|也)?没有?|"
        r"活够了|没(?:有)?活着的必要|(?:我|我人)(?:现在|就|已经)?(?:站)?在(?:楼顶|天台)(?:上|了)?(?=[,，。!！]|$)|"
        r"(?:吃|吞|喝)(?:了|下)(?:很多|好多|一把|半瓶|一瓶|一整瓶|大量|一堆|几十)(?:片|粒|颗)?(?:的)?(?:安眠|安定)?药|"
        r"(?:想|要|准备|打算|决定|去|正在|试图)(?:去)?(?:自杀|轻生|跳楼|跳河|跳江|上吊|割腕|自尽|寻死|喝农药|"
        r"喝药(?:自杀)?死|吃安眠药死|自焚|死了算了)|"
        r"活不下去|没(?:法|办法)活(?:了|下去)|不活了|(?:^|"
        r"[,，。\s我好真就])想死(?!你|他|她|您|它|我|妈|爸|人|鬼|家|老|孩|不|我们|的心都)(?:了|$|"
        r"[,，。!！~\s])|"
        r"想死的心都有|(?:死了|不如死|去死)(?:算了|一了百了|得了|了算)|不如(?:一)?死|(?:结束|了结|放弃)(?:掉|"
        r"了)?(?:自己|我|我自己)?(?:的)?(?:生命|一生|性命)|"
        r"活着(?:真|还|也)?(?:的)?(?:没有?意思|没有?意义|太累了?不想|干什么|干嘛|有什么意思|有啥意思)|"
        r"(?:没有?|失去)(?:了)?活下去的|"
        r"(?:站在|在|爬上了?|坐在)(?:楼顶|天台|桥上|桥边|江边|河边|栏杆).{0,8}(?:跳|死|往下)|(?:我|已经|"
        r"刚)(?:割了?腕|喝了农药|吞了药|吃了(?:一瓶|很多|大量|半瓶)(?:安眠)?药)|"
        r"遗书(?:都)?写好|写(?:好|了)遗书|死在(?:你|他|她|他们|公司|法院|工地).{0,6}(?:面前|门口|楼下)|死给.{1,4}看"
    ),
    "child": re.compile(
        rf"{_CHILD}.{{0,4}}被(?:人|陌生人|不认识的人|人贩子|网友).{{0,4}}(?:抱走|带走|骗走)|"
        rf"拐走(?:了)?.{{0,4}}{_CHILD}|"
        rf"{_CHILD}.{{0,6}}被.{{1,8}}(?:摸了|虐待|侵犯(?!.{{0,6}}权)|打得)|(?:天天|往死里|老是|经常)打(?:小孩|孩子)|"
        rf"{_CHILD}.{{0,5}}被?(?:反)?(?:锁|关)在(?!.{{0,8}}(?:看守所|拘留所|派出所|监狱|少管所))|(?:针?扎|烫|"
        rf"烧){_CHILD}|(?:同学|学长).{{0,6}}(?:堵|围).{{0,6}}打|"
        rf"我(?:还)?(?:是)?未成年.{{0,6}}被.{{0,6}}(?:打|欺负|摸|强迫)|(?:捡到|遗弃).{{0,8}}(?:婴儿|孩子)|"
        rf"{_CHILD}.{{0,4}}几天没(?:吃|喝)|"
        rf"(?:叔叔|继父|老师|教练|亲戚|伯伯|邻居).{{0,4}}(?:摸|亲)我|欺负我?{_CHILD}.{{0,6}}(?:在打|还打)|"
        rf"{_CHILD}(?!.{{0,6}}(?:本|证|书|卡|手机|衣|鞋|车|钱|包|档案)).{{0,8}}(?:不见|走失|走丢|失踪|失联|联系不上)了|"
        rf"我(?:今年|才|只有|还)?(?:1[0-7]|十[一二三四五六七]?|[89]|八|九)岁.{{0,14}}(?:动手动脚|摸我|欺负|"
        rf"侵犯|强迫|打我|脱我)|"
        rf"虐待(?:我家|我的?|自己的?|那个)?{_CHILD}|{_CHILD}.{{0,6}}(?:动手动脚|摸了?下体|欺负.{{0,4}}脱)|"
        rf"(?:卖|拐)(?:走|掉)?(?:小孩|孩子|婴儿)|"
        rf"{_CHILD}.{{0,6}}(?:被|让|遭)(?!.{{0,6}}(?:爸|妈|爷爷|奶奶|前夫|前妻|老公|老婆|婆婆|公公|对方|男方|"
        rf"女方|他家|她家))"
        rf".{{0,8}}(?:拐|绑架|劫持|性侵|强奸|猥亵|侵犯了|抢走|掳走)(?!.{{0,6}}(?:罪|权))|"
        rf"{_CHILD}.{{0,6}}(?:被|让|遭)?.{{0,8}}(?:性侵|强奸|猥亵|拐走|拐卖|绑架)(?:了)(?!.{{0,6}}罪)|(?:性侵|"
        rf"强奸|猥亵)(?:了)?(?:我|我的|我家)?(?:的)?{_CHILD}|"
        rf"(?:正在?|还在|又在|一直在|在)(?:家里?|外面)?(?:往死里)?(?:打|揍|虐待|掐|毒打|殴打)(?:我的?|我家|"
        rf"这个|那个|他的?|自己的?|小)?{_CHILD}|往死里打(?:我|我家|那个)?{_CHILD}|"
        rf"{_CHILD}(?:刚|刚刚|刚才|突然|今天|放学后?)?(?:失踪|走失|走丢|不见|丢)了|{_CHILD}(?:还)?(?:被|"
        rf"让)?(?:反)?(?:关|锁|困)在(?:车|家|屋|房|阳台|学校|教室)|"
        rf"(?:要|想|扬言)(?:弄死|掐死|杀了?|摔死|打死|卖掉|卖了)(?:我的?|我家|自己的?|那个|这个)?{_CHILD}|"
        rf"{_CHILD}(?:一个人|独自|自己).{{0,6}}(?:没吃的|没人管|没饭吃|几天没|站在阳台|爬窗)"
    ),
    "detention": re.compile(
        r"(?:警察|民警|警方|公安局?|派出所|刑警|交警|经侦|便衣).{0,6}(?:抓走|带走|抓了|抓去|铐|扣下|扣住|拘了|"
        r"把.{1,6}(?:抓|带走|扣))|"
        r"被.{0,8}(?:抓走了?|抓进去|抓进(?:看守所|派出所|去)|抓了|刑拘|刑事拘留|拘留了|拘了|逮捕|"
        r"关进(?:看守所|拘留所|去)|关在(?:看守所|派出所|拘留所|公安局)|扣在(?:派出所|公安局|机场|边检))|"
        r"(?:人|我|他|她|老公|儿子|丈夫|弟弟|哥哥|爸爸?|现在)(?:现在|还|已经|就)?(?:在|关在)(?:看守所|拘留所|"
        r"派出所|公安局)(?:里|呢|关着|接受|做笔录|出不来)"
    ),
    "medical": re.compile(
        r"(?:血|流血)(?:一直)?(?:止不住|不止)|流了?(?:好多|很多|一地|一身)(?:的)?血|大出血|(?:没有?|"
        r"停止)(?:了)?(?:呼吸|心跳|脉搏)|叫不醒|喊不醒|不省人事|"
        r"(?:快|要)(?:不行|没气|断气|死)了(?=[,，。!！\s]|$|怎么|谁|快|救)|口吐白沫|喘不(?:上|过)(?:来)?气|"
        r"(?:突然|刚|刚刚|刚才)(?:就)?(?:晕倒|昏倒|昏迷|休克|抽搐|倒地)|"
        r"(?:正在|一直在|还在)(?:抽搐|流血|吐血|出血)|(?:喝|吃|误服|误食)了(?:农药|百草枯|老鼠药|敌敌畏)|"
        r"(?:煤气|一氧化碳|食物)中毒了|被(?:压|埋|卡)(?:在|住).{0,8}(?:下面|底下|出不来|动不了)"
    ),
    "fire": re.compile(
        r"(?:家里?|房子|屋里?|楼上|楼下|隔壁|车间|仓库|厨房|宿舍|车|店里?|厂里?|这里|这边|外面|楼道|"
        r"现在)?(?:正在?|突然|刚|刚刚)?(?:着火|起火|失火|烧起来)了|着大火|"
        r"(?:煤气|燃气|天然气|瓦斯|液化气)(?:管|罐|灶)?(?:正在?|在|一直)?(?:泄漏|泄露|漏了?|漏气|外泄)|"
        r"漏(?:煤气|燃气|天然气)|(?:闻到|有|好大|很大|好重)(?:的)?(?:一股)?(?:煤气|燃气|天然气|瓦斯)味|"
        r"(?:正在|一直在|还在|现在)冒(?:浓|黑)?烟"
    ),
}

_FIGURE = re.compile(
    r"(?:气|累|烦|急|愁|笑|吓|热|冷|饿|困|忙|坑|冤|恨|想|疼|痛|堵|渴|穷|丑|难看|羡慕|爱|美|无聊|尴尬|"
    r"郁闷)死(?:我|人|了|你|他|她|个|老子|本)|"
    r"(?:电视|电影|小说|游戏|新闻里|剧里|梦见|做梦|开玩笑|比喻|段子|打车|打工|打官司)|杀(?:价|毒|青|熟|猪|"
    r"鸡|鱼|虫|软件)|砍(?:价|单|树|柴|一刀)|拼多多"
)
_NEGATED = re.compile(
    r"(?:没有?|从没|从来没有?|并没有?|不会|不曾|未曾|不是|并不|不敢|并未)(?:再|想|要|去|真的|想过|"
    r"人)?(?:过)?(?:拿|打|杀|砍|自杀|轻生|死|被|掐|正在|在打|着火|起火|想死|不想活|寻死|昏迷|晕倒|受伤|"
    r"流血)"
)
_NOW = re.compile(
    r"现在|正在|此刻|这会儿|这会|马上就|刚刚|刚才|又在|还在|救命|救救|快来|救我|快点|门外|门口|躲在|"
    r"出不去|不让我走|今晚|今天|就在|跑不掉|立刻|一直在"
)
_PAST = re.compile(
    r"去年|前年|今年[0-9一二三四五六七八九十]{1,3}月|以前|从前|曾经|曾|当年|当时|那年|那次|那时|小时候|上次|"
    r"上一次|上个?月|上周|上个?(?:星期|礼拜)|"
    r"(?:年|月|天|日|周|星期|久)(?:以|之)?前|前(?:几|两|些)(?:天|年|个月)|前段时间|之前|昨天|前天|昨晚|"
    r"早就|[0-9]{1,2}(?:月|号|日)|[0-9]{4}年|"
    r"(?:打|杀|砍|掐|自杀|割腕|拘留|威胁|抓|关)过|已经(?:出院|报警|报案|判|结案|和解|去世|死亡|身亡|送|放|"
    r"出来|灭)|出院|住院|抢救无效|死亡|身亡|去世|尸检|"
    r"判几|怎么判|判多|会判|释放|取保|放出来|判了|判刑了|后来|事后|火灾后"
)
_LEGAL = re.compile(
    r"判(?:几|多|刑|什么|死刑|多久|缓|得)|怎么判|会判|量刑|什么罪|何罪|罪(?:吗|么|成立|的)|罪名|处罚|处分|"
    r"赔偿|(?:要|该|得|给|能)赔|赔(?:多少|吗|不赔|钱|我|付)|谁(?:赔|负责|承担|的责任)|责任|"
    r"算工伤|工伤|保险|鉴定|伤残|违法吗|犯法吗|犯罪吗|违法还是|构成|合法吗|算不算|属于|民法典|刑法|"
    r"第.{1,5}条|会影响|影响(?:孩子|考|政审)|案底|正当防卫|遗产|抚恤|拘留(?:几|多少)|"
    r"如果|假如|要是|万一|是不是(?:要|会)|会不会|会被|能不能|可以(?:判|告)|怕被|担心被"
)
_THEIR_SIDE = re.compile(
    r"(?:骗子|对方|肇事|嫌疑|小偷|老板|被告|凶手|打人的?|那人|那个人|包工头|中介|法人|罪犯|犯人|行凶|"
    r"债务人|欠钱的|欠款人|同伙|邻居|他们|公司的?人|经理|房东|会计|别人|人家)"
)
_OURS = re.compile(
    r"我|老公|丈夫|老婆|妻子|儿子|女儿|孩子|弟|哥|姐|妹|爸|妈|父亲|母亲|家人|家里人|亲戚|男朋友|女朋友|"
    r"男友|女友|人(?:被|在|还在|现在)"
)
_AFTER_ARREST = re.compile(
    r"判|刑期|罚款|罚金|责任|合理|后果|影响|赔|扣押|扣我|身份证|犯法|违法|罪|告公司|保证人|社保|保险金|"
    r"释放|取保|放出来|出来了|拘留过|抓过|"
    r"去年|前年|以前|年前|曾|好几次|多次|多久能|几天能|律师费|代理费|[0-9]{4}年|(?:拘留|关)了?[0-9一二三五十几]+[天日]"
)
"""Someone taken away needs a lawyer now; whoever asks what follows from an arrest is answered by the law."""
_HABIT = re.compile(r"天天|经常|总是|老是|老来|每天|每次|时常|多次|动不动|常常|一直以来")
_WEAK = re.compile(
    rf"(?:要|想|还要)打(?:{_ME}(?!们?的)|人)(?!电话)|动手(?:了|打)|在打人|砸东西|(?:砸|打|踹)门|跟踪{_ME}|"
    rf"被.{{0,4}}打了.{{0,8}}流血"
)
"""Violence only where the sentence also says that it is now."""
_SENTENCE = re.compile(r"[^。!！?？\n]+[。!！?？\n]*")
_CLAUSE = re.compile(r"[^,，;；、。!！?？\n]+")
_GRAVE = re.compile(
    rf"(?:打|揍|殴打|家暴|掐|砍|捅|踹|踢|扇|虐待|强奸|性侵|猥亵)(?:过|了|伤)?(?:{_ME}|我|{_CHILD}|妈妈|"
    rf"老婆)(?!的?(?:电话|手机|主意|家))|(?:{_ME}|{_CHILD}).{{0,4}}(?:被|遭).{{0,6}}(?:打|揍|殴打|家暴|砍|"
    rf"捅|虐待|强奸|性侵|猥亵|威胁)|"
    rf"{_WEAPON}.{{0,8}}(?:砍|捅|威胁|架|抵|指着)|家暴|威胁.{{0,6}}(?:杀|打死|弄死|砍)|(?:自杀|轻生|割腕)过"
)
_ACCIDENT = re.compile(r"不小心|不慎|失手|意外|干活|工伤|上班|工作[时中]|切菜|拆箱|拆快递|做饭")
"""A cut that came by accident is no harm done to oneself on purpose."""
_FIRST: tuple[DangerKind, ...] = ("self_harm", "child", "violence", "fire", "medical", "detention")
"""Which danger speaks first when a message names several; the numbers of the others follow."""
_LONGEST = 4000
"""Of a longer message the beginning and the end are read; nobody in danger writes more."""


def find_danger(text: str) -> Danger | None:
    """The danger someone is in now, or None; what is past, denied, figurative or only asked about does not count."""
    said = fold(text if len(text) <= _LONGEST else text[: _LONGEST // 2] + "。" + text[-_LONGEST // 2 :])
    sentences = _SENTENCE.findall(said)
    kinds = [kind for kind in _FIRST if _is_named(kind, said, sentences)]
    return _answer(kinds) if kinds else None


def _is_named(kind: DangerKind, said: str, sentences: list[str]) -> bool:
    """Whether one of the sentences tells of a danger of this kind that is happening."""
    if kind == "violence":
        for sentence in sentences:
            if (weak := _WEAK.search(sentence)) and _NOW.search(sentence) and _counts(kind, sentence, weak):
                return True
    pattern = _STRONG[kind]
    if not pattern.search(said):
        return False
    return any(_counts(kind, sentence, match) for sentence in sentences for match in pattern.finditer(sentence))


def _answer(kinds: list[DangerKind]) -> Danger:
    """The first kind speaks; of the others only what its numbers are for is added."""
    numbers, say = _SAY[kinds[0]]
    for kind in kinds[1:]:
        more = _SAY[kind][0]
        if not set(more) <= set(numbers):
            say += _ALSO[kind]
        numbers += tuple(number for number in more if number not in numbers)
    return Danger(kinds[0], numbers, say)


def danger_of(kind: DangerKind) -> Danger:
    """What to say first about a danger of this kind, however it became known."""
    return _answer([kind])


def mentions_violence(text: str) -> bool:
    """Whether grave violence is told of without present danger, so that the reply takes more care."""
    said = fold(text[:_LONGEST])
    return any(not _NEGATED.search(clause) and bool(_GRAVE.search(clause)) for clause in _CLAUSE.findall(said))


def _counts(kind: str, sentence: str, match: re.Match[str]) -> bool:
    """Whether words that name a danger mean one that is happening."""
    clause_start = max((sentence.rfind(mark, 0, match.start() + 1) for mark in ",，;；、"), default=-1) + 1
    clause = sentence[clause_start : match.end() + 6]
    if _FIGURE.search(clause) or _NEGATED.search(clause):
        return False
    now = bool(_NOW.search(sentence, clause_start))
    before = sentence[: match.end() + 4]
    if kind == "detention":
        said_before = sentence[max(0, match.start() - 12) : match.end()]
        if _THEIR_SIDE.search(said_before) or not _OURS.search(said_before):
            return False
        return not _AFTER_ARREST.search(sentence)
    if kind == "self_harm":
        if re.search(r"[划割切]", match[0]) and _ACCIDENT.search(sentence):
            return False
        # Who asks what a suicide means in law is told the law; who speaks of wanting to die is not argued with.
        return not (_PAST.search(before) and not now) and not re.search(
            r"(?:自杀|跳楼|上吊).{0,10}(?:赔|责任|工伤|保险)|(?:自杀|跳楼|死)(?:来)?(?:威胁|要挟|相逼)", sentence
        )
    if kind == "child" and re.search(r"强奸|性侵|猥亵|拐|绑架", match[0]):
        return not re.search(r"判|罪|去年|前年|年前|以前|小时候|曾|如果|假如", sentence)
    if _LEGAL.search(sentence) and not _NOW.search(sentence, clause_start):
        return False
    if kind == "violence" and not now and _HABIT.search(sentence):
        return False
    return now or not _PAST.search(before + sentence[match.end() + 4 :] if kind in ("medical", "fire") else before)
