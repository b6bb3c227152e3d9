"""Words that are one topic's own spare the question which of two is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.interviews.authored import read_plain
from bot.interviews.topic_file import load_topics
from bot.rasa.own_words import FILE, is_own, own_alone, own_of_two, own_outright
from bot.understanding.meant import meant

PLAINLY = [
    ("work_injury", "unpaid_wages", "俺在工地绑钢筋，老板拖了俺三万八，电话都不接", "unpaid_wages"),
    ("unpaid_wages", "dismissal", "我妈在酒店洗碗干了四年，现在说不要她了，一分不给", "dismissal"),
    ("unpaid_wages", "dismissal", "老板不要我了，工资也不给", ""),
    ("no_contract", "unpaid_wages", "我给人家做保姆，雇主两个月没给钱，也没签合同", "unpaid_wages"),
    ("unpaid_wages", "overtime", "我在洗车店打工一小时十八块，每天九小时，一分没给", "unpaid_wages"),
    ("unpaid_wages", "overtime", "公司大小周 周六也要来 没给钱 一个月底薪六千", "overtime"),
    ("no_contract", "redundancy", "公司让我签个待岗协议，每月发1500，我不想签", "redundancy"),
    ("admin_penalty", "unpaid_wages", "厂里罚我五百说违规操作", "unpaid_wages"),
    ("admin_penalty", "unpaid_wages", "城管到店里罚我五百", ""),
    ("platform_workers", "rental_deposit", "我是骑手 押金一千不退", "platform_workers"),
    ("dismissal", "property_management", "我妈在小区做保洁干了六年，物业公司换了就让她走", "dismissal"),
    # (the likelier by the model, the other, words, the one they are of; "" where it has to be asked)
    ("homestead", "contracted_land", "村里分地钱 说我离婚了", ""),
    ("women_land_rights", "contracted_land", "村里分地钱 说我离婚了", "women_land_rights"),
    ("women_land_rights", "contracted_land", "村里把我家的地收了", ""),
    ("admin_litigation", "homestead", "镇政府把我院墙推了 说违建", "homestead"),
    ("neighbours", "homestead", "镇政府把我院墙推了 说违建", "homestead"),
    ("neighbours", "homestead", "隔壁把我家院墙推了", ""),
    ("detention", "state_compensation", "去年被拘留了十天，后来说搞错了，能赔多少", "state_compensation"),
    ("state_compensation", "admin_penalty", "我冤枉坐了六年牢 今年放出来了", "state_compensation"),
    ("detention", "state_compensation", "我儿子被错抓关了三十七天", "state_compensation"),
    ("detention", "state_compensation", "我儿子冤枉 还关着呢", ""),
    ("personal_injury", "minor_offender", "13岁的孩子把人打死了 他要坐牢不", "minor_offender"),
    ("land_requisition", "contracted_land", "村委会把我家鱼塘收了 签了三十年合同", "contracted_land"),
    ("land_requisition", "contracted_land", "征地把我家鱼塘收了", ""),
    ("neighbours", "contracted_land", "邻村的在我家责任田上埋了坟", "contracted_land"),
    ("work_injury", "disabled_rights", "我是聋哑人 老板给别人四千给我两千二", "disabled_rights"),
    ("work_injury", "disabled_rights", "车间里砸成残疾了", ""),
    ("school_bullying", "campus_injury", "孩子被班主任罚站一下午 现在不敢上学", "campus_injury"),
    ("school_bullying", "campus_injury", "同学打我孩子 老师不管", ""),
    ("paternity", "visiting_rights", "奶奶不让我见孩子", "visiting_rights"),
    ("enforcement", "how_to_sue", "二审还是输 想再审", "how_to_sue"),
    ("personal_injury", "minor_offender", "我弟打架致人轻伤 对方愿意和解", "personal_injury"),
    ("admin_penalty", "small_business", "网上卖香肠 被罚五万 说没证", "admin_penalty"),
    ("detention", "admin_penalty", "拘留所说我妨碍公务 关了十天", "admin_penalty"),
    ("detention", "admin_penalty", "我老公在拘留所 关了十天", ""),
    ("rental_deposit", "rent_dispute", "租的房子甲醛超标", "rent_dispute"),
    ("private_loan", "guarantee", "我把钱借给侄子 他不认", "private_loan"),
    ("online_defamation", "property_management", "他把聊天记录发到业主群里", "online_defamation"),
    ("network_fraud", "online_defamation", "有人冒充我在网上骂人", "online_defamation"),
    ("marital_property", "divorce", "我现在想离婚 房子写的他的名字", "divorce"),
    ("campus_injury", "school_bullying", "同学找了社会上的人在校门口把我闺女打了", "school_bullying"),
    ("food_safety", "online_shopping", "直播间买的化妆品 脸上过敏", "online_shopping"),
    ("food_safety", "online_shopping", "直播间买的火腿过期了", ""),
    ("marital_property", "inheritance", "爸爸走了 后妈说房子是她的", "inheritance"),
    ("inheritance", "will", "我爷走了没写遗嘱", ""),
    ("personal_injury", "minor_offender", "我弟把人打成轻伤，会坐几年", ""),
    ("visiting_rights", "will", "我想给孙子留套房 怕儿媳改嫁", "will"),
    ("private_loan", "debt_collection", "网上借了五万 利滚利九万多 天天骚扰我单位", "debt_collection"),
    ("adoption", "marital_property", "老公在外面养小三 给她买了车", "marital_property"),
    ("occupational_disease", "dismissal", "单位体检查出乙肝 不要我了", "dismissal"),
    ("cohabitation", "inheritance", "老伴走了四年 三个孩子为房子吵", "inheritance"),
    ("cohabitation", "inheritance", "老伴走了 我们没领证", ""),
    ("detention", "bail", "关在看守所第五天了，能保出来吗", "bail"),
    ("personal_injury", "minor_offender", "我儿子15，打架把人打成轻伤，被派出所带走了", "minor_offender"),
    ("personal_injury", "minor_offender", "我儿子15，被人打成轻伤，派出所不管", ""),
    ("how_to_sue", "debt_collection", "接到法院传票，说我欠信用卡八万", "debt_collection"),
    ("work_injury", "reconsideration", "我想申请行政复议 社保局不给认定工伤", "reconsideration"),
    ("work_injury", "reconsideration", "社保局不给认定工伤", ""),
    ("marital_property", "divorce", "我要离婚他不同意 房子婚后一起还贷", "divorce"),
    ("divorce", "consent_divorce", "我俩说好离婚了 协议怎么写", "consent_divorce"),
    ("unpaid_wages", "redundancy", "公司裁员三十个人 就给我三个月", "redundancy"),
    ("unpaid_wages", "no_contract", "老板没跟我签合同 工资倒是给了", "no_contract"),
    ("unpaid_wages", "no_contract", "老板没跟我签合同 工资也没给", ""),
    ("work_injury", "occupational_disease", "在矿上干了十二年 查出尘肺", "occupational_disease"),
    ("work_injury", "personal_injury", "在饭店滑倒了 腿骨折", "personal_injury"),
    ("work_injury", "personal_injury", "在饭店上班滑倒了 腿骨折", ""),
    ("personal_injury", "report_crime", "派出所不给立案 我被人打了还不管", "report_crime"),
    ("probation", "contract_breach", "合同签了 他违约 定金两万 说不干了", "contract_breach"),
    ("custody", "preservation", "对方要转移房子 我想先把他房子冻上", "preservation"),
    ("detention", "defender", "我请不起律师 我儿子被起诉了 盗窃", "defender"),
    ("travel", "online_shopping", "快递把我东西弄丢了", "online_shopping"),
    ("adoption", "support_parents", "婆婆让我们养 房子给了小叔子", "support_parents"),
    ("paternity", "medical_dispute", "媳妇生娃大出血人没了，医院赔五万", "medical_dispute"),
    ("campus_injury", "personal_injury", "孩子在游乐场蹦床摔断腿", "personal_injury"),
    ("campus_injury", "personal_injury", "学校春游孩子在游乐场摔断腿", ""),
    ("report_crime", "online_defamation", "领导冤枉我偷东西 在群里发", "online_defamation"),
    ("neighbours", "personal_information", "公司装了摄像头对着更衣室", "personal_information"),
    ("animal_injury", "medical_dispute", "打了疫苗就不舒服住院了", "medical_dispute"),
    ("animal_injury", "medical_dispute", "被狗咬了打疫苗 住院了", ""),
]

TOPICS = load_topics(Path(__file__).resolve().parents[3] / "training_data" / "topics")


def test_every_topic_of_the_file_exists() -> None:
    for row in read_plain(FILE):
        assert row["topic"] in TOPICS
        assert set(row.get("rivals", ())) <= set(TOPICS) - {row["topic"]}


def test_a_rule_tells_a_topic_from_its_rivals_only() -> None:
    assert own_of_two("work_injury", "unpaid_wages", "一天260干了45天") == "unpaid_wages"
    assert own_of_two("dismissal", "unpaid_wages", "一天260干了45天 让我走") == ""


def test_only_a_rule_that_says_so_opens_a_topic_alone() -> None:
    assert own_alone(["homestead", "work_injury"], "亲戚家盖房摔的") == "work_injury"
    assert own_alone(["homestead", "demolition"], "房子被拆了") == ""
    assert own_alone(["small_business"], "我想开个棋牌室 要办啥证") == "small_business"
    assert own_alone(["small_business"], "开棋牌室没办证被罚了") == ""
    assert own_alone(["frozen_card"], "银行卡借给人走账 警察找我") == "frozen_card"
    assert own_alone(["frozen_card"], "朋友借走我的银行卡 还没还我") == ""


def test_what_a_court_ordered_and_nobody_paid_is_enforced() -> None:
    assert own_of_two("crime_victim", "enforcement", "法院判了他赔我八万一分没给 他还开新车") == "enforcement"
    assert own_of_two("crime_victim", "enforcement", "打我的人判了刑，法院还没判他赔我钱，他不给") == ""


def test_a_contract_that_ended_is_none_that_was_never_signed() -> None:
    assert own_of_two("no_contract", "dismissal", "合同到期了单位不跟我续签") == "dismissal"
    assert own_of_two("no_contract", "dismissal", "一直没签合同 让我走") == ""


@pytest.mark.parametrize(("first", "second", "words", "meant"), PLAINLY)
def test_what_is_plainly_of_one_of_two(first: str, second: str, words: str, meant: str) -> None:
    assert own_of_two(first, second, words) == meant
    assert own_of_two(second, first, words) == meant


def test_a_topics_own_words_are_its_own_in_any_area() -> None:
    assert is_own("women_land_rights", "村里开会说出嫁女儿不能分宅基地补偿款")
    assert not is_own("women_land_rights", "村里不给分宅基地补偿款")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("我八十了，儿子把我房子卖了，让我住猪圈", "support_parents"),
        ("离婚三年了，娃跟他，他妈老是把娃藏起来，我去看每回都说不在家", "visiting_rights"),
        ("怀孕六个月了，男朋友人间蒸发，他家说不是他的种，没领证", "paternity"),
        ("我妈老年痴呆了，我姐把她接走不让我们见，把工资卡房产证都拿了", "guardianship"),
        ("我是开饭店的，有个服务员自己摔了一跤骨折了，张口问我要八万", "work_injury"),
        ("俺是种地的，农药店卖假药，俺那八亩苞米都死了", "consumer_refund"),
        ("我妈跳广场舞，一个小伙子骑共享单车撞的，骨折住了院", "traffic_accident"),
        ("对方三个人打我一个，鼻骨骨折，派出所说轻微伤，想让他们坐牢", "crime_victim"),
        ("我弟弟跟人打架把人鼻梁打断了，对方要八万", "personal_injury"),
        ("哥们被派出所带走了三天了说是帮信罪", "detention"),
        ("警察叫我后天去派出所做笔录，我会坐牢吗", "detention"),
        ("给餐饮公司供了大半年货，对账单都有签字，欠我47600", "contract_breach"),
        ("儿子因为打架被判了，法院指定的律师没说几句话，想换个律师上诉行不", "defender"),
        ("俺家孩子在手机上玩蛋仔派对，把6300多都充进去了", "minor_payments"),
        ("老王欠我瓜钱，传票下个月开庭，我只有微信，这证据能行不", "evidence_help"),
        ("法院让我交诉讼费4万8，实在交不出，能少交点不", "court_costs_help"),
        (
            "就是我妈今年七十六了 上个月我弟把她的房子 就是老房子 说帮她办手续 结果过户到他名下了 我妈不识字啊",
            "elder_care",
        ),
        ("我妈走了，我弟趁她不识字把房子过户了", ""),
        ("给饭店送了三年鸡蛋，欠我一万六，新老板说找旧老板", "contract_breach"),
        ("我在饭店打工，天天送货，工资欠我一万六", ""),
        ("我外甥在学校门口被人抢了手机，报警三天了，派出所说没监控没法查", "report_crime"),
        ("儿子被同学打了，报了警，学校不管", ""),
        ("我小舅子因为贩卖香烟被烟草和公安抓了，会判几年", "detention"),
        ("我弟被派出所抓错了，放出来了，能要赔偿吗，怎么办", ""),
        ("收到一个快递到付，里面有刮刮卡中奖说联系客服领苹果手机要先交税", "network_fraud"),
        ("理发店说免费体验，做完说用了进口药水要收2680，门口站着两个男的", "consumer_refund"),
        ("在一个投资公司放了25万养老钱，今年5月开始不给利息了，听说老板被抓了", "crime_victim"),
        ("银行理财亏了5万，能告银行吗", ""),
        ("把卡借给朋友走账，他给我500，现在派出所让我去", "frozen_card"),
        ("我弟把卡借给别人走账被派出所抓了", ""),
        ("我手机上那个闪付被人刷了3笔一共8700", "network_fraud"),
        ("信用卡被我老公刷了3万", ""),
        ("他拍了我的裸照，让我每天给他转200，不然发给我爸妈", "online_defamation"),
        ("开了个公司欠了货款一百多万，公司就我一个股东，想注销", "shareholder_dispute"),
        ("对方公司注销了，欠我货款，只有一个股东", "contract_breach"),
        ("我爸是被人打死的，检察院说对方赔60万就判缓", "crime_victim"),
        ("我老婆在超市被说偷东西，搜了她的包还让她脱外套", "consumer_refund"),
        ("我儿子在超市偷东西被保安扣着，确实偷了", ""),
        ("我老公去要账跟人打起来，把对方肋骨打断，现在在派出所没出来", "detention"),
        ("我被人打了，轻微伤，对方被拘留了5天，医药费他不给", "personal_injury"),
        ("我把手机借给同事，他用我的花呗刷了6000不还，算诈骗吗", "report_crime"),
        ("我爸在看守所，没判，能保外就医吗", "bail"),
        ("兼职帮人拍了实名认证收了150块，那个号发了诈骗信息", "frozen_card"),
        ("我把人打了轻伤二级，派出所说赔钱和解要么坐牢", "crime_victim"),
        ("我是物业经理，保安睡岗，我扣了他五百，他去劳动局告我们，要退吗", "employer"),
        ("我是老板 有个女的来上了三天班就说怀孕了 我能不能不要她", "employer"),
        ("我是经理，公司要辞退我", ""),
        ("公司让我签个待岗协议，每月发1500，我不想签", "redundancy"),
        ("工资卡被老板拿着，每个月只给我五百生活费", "unpaid_wages"),
        ("我在餐馆打工烫伤了脚，老板给了五百块医药费就叫我别来了", "work_injury"),
        ("老板当着大家面打了我两巴掌，说我偷懒", "personal_injury"),
        ("老板打了我的卡里三千", ""),
        ("保洁上班被针扎了，病人有艾滋", "work_injury"),
        ("我在工厂上班手被压了 厂里还罚我五百", "work_injury"),
        ("职高实训课机器轧了手，学校给请医生了", ""),
        ("跑外卖撞了个遛狗的大爷，平台保险不赔", "platform_workers"),
        ("我妈被外卖小哥撞了，平台不赔", ""),
        ("我开个小厂，有个工人老是旷工，怎么开除他才合法", "employer"),
        ("我是公司人事，想辞退一个怀孕的女员工，怎么赔", "employer"),
        ("我店里有个员工没签合同干了一年，现在走了去仲裁告我要双倍工资", "employer"),
        ("员工辞职不交接就走人了，我能扣他工资吗", "employer"),
        ("员工年假没休，离职要我们给钱，要给吗", "employer"),
        ("我公司要裁掉十五个人，怎么合法裁，要给多少补偿", "employer"),
        ("想让一个老员工退休，她五十了，还要给补偿吗", "employer"),
        ("我家请的保姆摔断腿了，要我赔十万", "work_injury"),
        ("员工上班路上被车撞了，找公司赔，公司要不要赔", "work_injury"),
        ("我是店长，老板欠我三个月工资，员工都走了", ""),
        ("我是人事，公司要辞退我，怎么赔", ""),
        ("我是包工头，总包欠我工程款，工人找我要工资", "employer"),
        ("我们公司员工都没交社保，能投诉吗", ""),
        ("员工手册写着不能兼职，公司能开除我吗", ""),
        ("我请的保姆偷了我的金项链", ""),
        ("我在超市做服务员，顾客打碎东西老板扣我工资", ""),
        ("我是员工，公司让我签协议", ""),
        ("闺女结婚，男的有精神分裂领证前没说，婚后犯病拿刀砍她", "invalid_marriage"),
        ("老婆告我家暴要离婚，我一根指头没动过她，她要房子要孩子", "divorce"),
        ("他就推我，把我的存折也拿走了，我一个老太婆", "domestic_violence"),
        ("儿子拿走了我的存折，我要他就推我", "support_parents"),
        ("他说我敢离婚就抱着孩子跳河", "domestic_violence"),
        ("离婚了孩子归我，我怕他抢", "custody"),
        ("我是被骗来的，到了就让我结婚，身份证也收走了", "invalid_marriage"),
        ("我老公欠了网贷三十多万，催收打我电话，说我是老婆也要还", "marital_debt"),
        ("老公把我们的房子抵押了，我不知道，银行要拍卖", "marital_property"),
        ("我儿子三十了天天在家打游戏，不上班还骂我要钱，我能赶他出去吗", "support_parents"),
        ("我想离婚，他天天打我，还说我要离婚就带着孩子跳楼", "domestic_violence"),
        ("外公立了遗嘱说房子给我，舅舅说不算，外公走了四十多天了", "inheritance"),
        ("我十五，爸爸妈妈离婚都不要我，我住奶奶家", "child_support_claim"),
        ("俺爹八十三，尿床，俺哥嫂嫌弃，丢到俺家门口就走了", "support_parents"),
        ("我就带着孩子跳河，说什么都没用", ""),
        ("老板推了我一把，把我手机摔了", ""),
        ("老公有癌症，没告诉我借了钱", ""),
        ("我爸七十了，我哥不管，我一个人养", ""),
        ("儿子不孝，把我打了，我七十了", ""),
        ("我今年六十，老伴走了，儿女争房子，女儿一分钱不给我分", ""),
        ("同学把我孩子打骨折了，我想让他坐牢", ""),
        ("我在厂里上班摔骨折了，老板不管", ""),
        ("邻居的农药飘到我地里，菜都死了", "pollution"),
        ("离婚了孩子归我，他不给抚养费", ""),
        ("老公带孩子打赏主播花了三万", ""),
        ("养老金多发了，社保局让我退一万八，我都七十了", "pension"),
        ("社保局说我爸死了还领了半年养老金要我们还", "pension"),
        ("我爸是退休工人去世了，丧葬费社保局不给", "pension"),
        ("单位没交社保退休金少了", ""),
        ("法院冻结了我的养老金", ""),
        ("我妈走了养老金卡里的钱归谁", ""),
        ("我想办个劳务派遣证还是人力资源许可证，公司在苏州新注册的，被退回来两次说场地不合格", "admin_litigation"),
        ("我弟在沙特打工工资没给，老板是中国公司派的", "belt_road"),
        ("我是包工头，甲方没给我钱，工人围着我要工资", "employer"),
        ("我是包工头手下的，工资没给", ""),
        ("包工头跑了，工资没给", ""),
        ("我被公司开了个会当众说我贪了", "online_defamation"),
        ("物业在公告栏上贴了我的名字说我欠费不要脸", "online_defamation"),
        ("领导开会当着全体员工说我偷了东西", "online_defamation"),
        ("开会的时候主任说我骂他", ""),
        ("我爸死了，欠别人十万，债主找我要，我要还吗", "inheritance"),
        ("我爸去世了，别人欠我爸五万", ""),
        ("我把人家车刮了跑了，会不会坐牢", "traffic_accident"),
        ("我喝了酒把人家车刮了跑了", ""),
        ("孩子15岁，谈恋爱，男的22，发生关系了", "sexual_harassment"),
        ("我儿子跟女同学发生关系被抓了", ""),
        ("老公死了，婆婆要把我和孩子赶出去", "inheritance"),
        ("我今年16，爸妈离婚后谁也不管我，我没钱上学", "child_support_claim"),
    ],
)
def test_words_that_are_one_topics_whatever_else_they_sound_like(text: str, topic: str) -> None:
    assert own_outright(meant(text)) == topic


def test_no_example_of_another_topic_is_opened_outright() -> None:
    topics = load_topics(FILE.parents[1] / "topics")
    told = ((one.id, own_outright(meant(text)), text) for one in topics.values() for text in one.examples)
    assert [one for one in told if one[1] not in ("", one[0])] == []


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("离职去年12月10号，劳动仲裁还来得及吗", "limitation"),
        ("借条写的2023年12月5号还，什么时候过诉讼时效", "limitation"),
        ("一斤假酒花了388块，能赔多少", "food_safety"),
        ("收到裁决书了，现在起诉还来得及吗", ""),
        ("我店里卖假酒被罚了，怎么赔", ""),
    ],
)
def test_whether_there_is_still_time_and_what_is_fake(said: str, topic: str) -> None:
    assert own_outright(meant(said)) == topic
