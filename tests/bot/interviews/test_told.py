"""Sums, days, lengths of time and numbers told before they are asked for are kept, each for the fact it is of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.facts import FactValue, Plain
from bot.interviews.heads import heads
from bot.interviews.reading import Reading, read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics

TODAY = date(2026, 11, 23)
TOPICS = Path(__file__).resolve().parents[3] / "training_data" / "topics"


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return load_topics(TOPICS)


def _read(topic: Topic, text: str, asked: str | None = None, **before: Plain) -> Reading:
    return read_answers(topic, {one: FactValue(value, False, "") for one, value in before.items()}, asked, text, TODAY)


@pytest.mark.parametrize(
    ("topic", "asked", "text", "told"),
    [
        # What is told beside another question, or before any
        (
            "work_injury",
            None,
            "我在工地从架子上摔下来 我一天200块 住院花了四万多",
            {"monthly_wage": 4350, "medical": 40000},
        ),
        ("work_injury", "insured", "一个月工资六千", {"monthly_wage": 6000}),
        ("dismissal", "monthly_wage", "三千五一个月", {"monthly_wage": 3500}),
        ("dismissal", "monthly_wage", "四千八一个月", {"monthly_wage": 4800}),
        ("work_injury", "insured", "住院花了四万多老板垫了两万", {"medical": 40000, "advanced": 20000}),
        ("work_injury", "relation", "一天130", {"monthly_wage": 2827.5}),
        ("work_injury", None, "老公在工地摔了 他一天三百", {"monthly_wage": 6525}),
        ("work_injury", "relation", "没交啥保险", {"insured": False}),
        (
            "female_workers",
            None,
            "怀孕五个月被公司开了 干了三年 一个月七千",
            {"service_months": 36, "monthly_wage": 7000},
        ),
        ("dismissal", None, "在公司三年零四个月", {"service_months": 40}),
        ("dismissal", "reason", "工资到手7800", {"monthly_wage": 7800}),
        ("social_insurance", None, "干了6年没交社保 工资四千五", {"service_months": 72, "monthly_wage": 4500}),
        ("custody", None, "孩子五岁半 他一个月一万左右 我4千", {"age": 5.5, "income": 10000}),
        ("child_support_claim", None, "离婚协议写的每月800 两年没给了", {"monthly_agreed": 800, "unpaid_months": 24}),
        ("rent_dispute", None, "租客欠我四个月房租 一个月1800", {"monthly_rent": 1800, "owed_months": 4, "owed": 7200}),
        ("inheritance", None, "留下一套房子值120万 存款二十来万", {"estate": 1400000}),
        ("platform_workers", None, "跑外卖 站点压了我5300", {"owed": 5300, "trouble": "money"}),
        ("consumer_refund", None, "买了个手机3299 是假货", {"price": 3299}),
        ("online_shopping", None, "网上买的鞋子299 七天内退货 昨天收到的", {"price": 299, "received_on": "2026-11-22"}),
        ("prepaid_card", None, "办卡花了3980 一起的有两百多人", {"paid": 3980, "group_size": 200}),
        ("travel", None, "报了双飞6天 两个人交了5960 临走前三天说取消", {"paid": 5960, "notice_days": 3}),
        ("overtime", None, "天天上12个小时 底薪2500", {"workday_hours": 4, "monthly_wage": 2500}),
        ("overtime", None, "每天加班三个小时 周六也上班", {"workday_hours": 3, "kinds": "both"}),
        ("no_contract", None, "入职一年三个月了 没签合同", {"months": 15, "started_on": "2025-08-23"}),
        ("work_injury", "severity", "都快一年了 去年12月3号弄的", {"injured_on": "2025-12-03"}),
        ("work_injury", "severity", "社保交了的", {"insured": True}),
        ("unpaid_wages", None, "在饭店打工押了一个月工资4500", {"monthly_wage": 4500, "owed_months": 1, "owed": 4500}),
        ("no_contract", None, "上班8个月了没合同 3500一个月", {"months": 8, "wage": 3500}),
        ("no_contract", None, "2024年5月6号上班的 一直没签", {"started_on": "2024-05-06"}),
        ("private_loan", None, "欠条写的2023年12月31号还 3万5", {"principal": 35000, "due_on": "2023-12-31"}),
        ("rental_deposit", None, "10月18号退的房 押金不退", {"moved_out_on": "2026-10-18"}),
        ("child_support_claim", None, "两年没给了", {"unpaid_months": 24, "stopped_on": "2024-11-23"}),
        ("private_loan", None, "我借给了他五万 没写条子", {"principal": 50000}),
        ("private_loan", "principal", "我给了他五万", {"principal": 50000}),
        ("unpaid_wages", "owed", "还有八千没给我", {"owed": 8000}),
        ("unpaid_wages", "owed", "少给了我两千", {"owed": 2000}),
        ("personal_injury", "medical", "一个月花了两万多", {"medical": 20000}),
        ("rent_dispute", "owed", "三个月一共欠了五千四", {"owed": 5400}),
        ("unpaid_wages", None, "老板欠我2万3 去年给了5000 今年又给了3000 还差1万5", {"owed": 15000}),
        # Pay, time worked and what was paid make what is owed
        ("unpaid_wages", None, "一天260干了45天 给了3000", {"owed": 8700}),
        ("unpaid_wages", "owed", "一天180干了52天给了2000", {"owed": 7360}),
        ("unpaid_wages", "owed", "一天260 干了45天", {"owed": 11700}),
        ("unpaid_wages", None, "说好一个月5000 干了3个月 就给了4000", {"owed": 11000}),
        ("unpaid_wages", None, "280一个工 干了30个工 拿了2000", {"owed": 6400}),
        ("unpaid_wages", None, "工资一个月六千干了两个月一分钱没给", {"owed": 12000}),
        ("unpaid_wages", None, "一天260干了45天 给了3000 还欠8000", {"owed": 8000}),
        ("unpaid_wages", None, "我给人开货车 一趟一千二 跑了十五趟 就给了八千", {"owed": 10000}),
        ("unpaid_wages", "owed", "两个月", {"owed_months": 2}),
        ("unpaid_wages", None, "我孩子十五岁 在饭店端盘子 老板不给工资", {"under16": True}),
        ("probation", None, "试用期干了两个月不要我了", {"probation_months": 2}),
        ("resignation", "fault", "工资也压着我两个月", {"fault": True}),
        ("resignation", "fault", "微信上说了", {"noticed": True, "fault": None}),
        ("resignation", "noticed", "11月1号说的", {"noticed_on": "2026-11-01", "noticed": True}),
        ("traffic_accident", None, "我老公骑电动车让大货车撞了", {"kinds": "motor_person"}),
        ("unpaid_wages", None, "工钱没给 没写条子", {"paper": False}),
        # A price and how often it was paid
        ("food_safety", None, "买了三回 一回398 都是假的保健品", {"price": 1194}),
        ("food_safety", None, "买的奶粉过期了 买了三罐 一罐两百六十八", {"price": 804, "problem": "expired"}),
        ("food_safety", None, "一箱醋过期了 一瓶8块 买了12瓶", {"price": 96}),
        ("travel", None, "旅行社把团取消了，一人4500，我们四个人", {"paid": 18000, "problem": "agency_cancel"}),
        ("food_safety", None, "买了三罐过期的 一罐268 一共800", {"price": 800}),
        ("online_shopping", None, "直播间买的翡翠镯子，3980，拿去鉴定是假的", {"price": 3980, "problem": "fake"}),
        ("support_parents", "tie", "两万多", {"monthly": None}),
        ("online_shopping", None, "直播间买的化妆品脸上过敏，去医院看了花了420", {"price": None}),
        ("consumer_refund", None, "买热水器花了2300 漏电，看病花了800", {"price": 2300}),
        ("how_to_sue", None, "劳动仲裁裁决书11月18号收到的", {"awarded_on": "2026-11-18", "judged_on": None}),
        ("guarantee", None, "我给妹妹担保贷款 银行找我 二十三万", {"paid_amount": None}),
        ("shareholder_dispute", None, "股东会没通知我 把我的董事撤了 上个月28号", {"decided_on": "2026-10-28"}),
        # The day goes to the question that applies
        (
            "reconsideration",
            None,
            "复议决定书下来了维持原来的 昨天收到的",
            {"decided_on": "2026-11-22", "known_on": None},
        ),
        ("reconsideration", None, "我想申请行政复议，十月二十号收到的", {"known_on": "2026-10-20", "decided_on": None}),
        ("medical_dispute", None, "去年三月做的手术，今年五月才发现的", {"happened_on": "2026-05-01"}),
        ("travel", "notice_days", "提前两天说的", {"notice_days": 2}),
        # How one was hurt
        (
            "work_injury",
            None,
            "俺今年六十八了 给村里老李家盖房 上个月从架子上掉下来了",
            {"cause": "at_work", "relation": "private", "injured_on": "2026-10-01"},
        ),
        ("work_injury", None, "我妈在食堂洗碗 地滑摔了骨折", {"cause": "at_work", "severity": "serious"}),
        ("work_injury", None, "送外卖摔了 锁骨断了", {"cause": "at_work", "relation": "rider"}),
        ("work_injury", None, "给人盖房摔的", {"cause": "at_work"}),
        ("work_injury", "cause", "盖房摔的", {"cause": "at_work"}),
        ("work_injury", "cause", "从房顶掉下来", {"cause": "at_work"}),
        ("work_injury", "cause", "拌料的时候手搅进去了", {"cause": "at_work"}),
        ("work_injury", "cause", "挖沟塌方埋了", {"cause": "at_work"}),
        ("work_injury", "cause", "骑车去上班让车碰了", {"cause": "commute"}),
        ("work_injury", "cause", "下夜班骑电动车摔的", {"cause": "commute"}),
        ("work_injury", None, "我在工地打工 下班路上被车撞了", {"cause": "commute"}),
        ("work_injury", None, "在车间干活突发脑溢血", {"cause": "illness"}),
        ("work_injury", "cause", "开会去外地翻车了", {"cause": "errand"}),
        ("work_injury", None, "我爸给村里人修房子摔下来了", {"cause": "at_work", "relation": "private"}),
        # Why and when one was sent away
        (
            "dismissal",
            None,
            "上周五让我走 啥理由没说",
            {"how": "fired", "left_on": "2026-11-20", "reason": "no_reason"},
        ),
        ("dismissal", None, "昨天老板喊我不用来了", {"how": "fired", "left_on": "2026-11-22"}),
        # Since when one has worked there
        ("dismissal", None, "19年进的公司", {"service_months": 88}),
        ("dismissal", "service_months", "19年进的公司", {"service_months": 88}),
        ("redundancy", None, "一八年来的厂里", {"service_months": 100}),
        ("unpaid_wages", None, "2015年就在这干了", {"service_months": 136}),
        ("dismissal", None, "我入职时间是2020年5月6号", {"service_months": 78}),
        ("dismissal", None, "19年进的公司 去年十月把我开了", {"service_months": 74, "left_on": "2025-10-01"}),
        ("dismissal", None, "老板让我走 我3月来的", {"service_months": 8, "left_on": None}),
        ("dismissal", None, "在这干了28年就在这厂里", {"service_months": 336}),
        ("no_contract", None, "19年进的公司", {"started_on": "2019-01-01"}),
        (
            "private_loan",
            None,
            "22年3月借给他五万 去年10月还了一万",
            {"lent_on": "2022-03-01", "asked_on": "2025-10-01"},
        ),
        ("private_loan", "lent_on", "去年三月他说做生意要用钱", {"lent_on": "2025-03-01"}),
        # Each sum for the fact it is of
        ("unpaid_wages", None, "干了两年多 一个月5500", {"monthly_wage": 5500, "service_months": 24}),
        ("unpaid_wages", None, "工钱两万三 给了八千 剩一万五到现在没给", {"owed": 15000}),
        ("unpaid_wages", None, "工资压两个月 每月4200 扣了我800", {"owed": 8400}),
        ("traffic_accident", None, "被小轿车追尾 修车花了1200 人没事", {"repair": 1200}),
        ("rental_deposit", None, "押一付三交了7200 押金1800", {"deposit": 1800}),
        ("decoration", None, "装修公司收了我六万八就跑了", {"paid": 68000, "issue": "ran_off"}),
        ("decoration", None, "去年11月说好今年三月完工", {"due_on": "2026-03-01"}),
        ("private_loan", None, "2021年5月借了10万 月利息2分", {"principal": 100000, "monthly_rate": 2}),
        ("private_loan", None, "网贷借了2万 到手一万七", {"principal": 17000}),
        ("dismissal", "monthly_wage", "底薪3000加提成差不多六七千", {"monthly_wage": 6500}),
        ("no_contract", "wage", "头两个月三千五 后来四千二", {"wage": 4200}),
        ("custody", "income", "我一个月四千 他开货车一个月一万二", {"income": 12000}),
        # Days
        ("private_loan", None, "22年3月借给他五万 说好一年还", {"due_on": "2023-03-01", "due": "fixed"}),
        ("private_loan", "due_on", "22年3月借的，说好一年还", {"due_on": "2023-03-01", "lent_on": "2022-03-01"}),
        ("private_loan", None, "前年五月份借给战友8万 打了借条 说两年内还清", {"due_on": "2026-05-01"}),
        ("private_loan", None, "我妹夫借了我12万 说去年底还的", {"due_on": "2025-12-01"}),
        ("private_loan", None, "今年1月借给他的 借期半年", {"due_on": "2026-07-01"}),
        ("private_loan", None, "借了两年了", {"lent_on": "2024-11-23"}),
        ("child_support_claim", "stopped_on", "已经有一年没给了", {"stopped_on": "2025-11-23", "unpaid_months": 12}),
        ("unpaid_wages", None, "包工头欠我一万八 说好年底给到现在没给", {"due_on": "2025-12-01"}),
        ("decoration", None, "干到一半不干了 说好5月1号完工的", {"due_on": "2026-05-01"}),
        ("inheritance", "heirs", "就我跟我妹还有我妈", {"heirs": 3}),
        # What an agreed time makes of another day than that of a loan
        ("decoration", "due_on", "去年十月签的 说好三个月完工", {"due_on": "2026-01-01"}),
        ("house_purchase", None, "22年5月签的合同 说好两年交房", {"promised_on": "2024-05-01"}),
        # Which side it was, and who was hurt
        (
            "traffic_accident",
            None,
            "我骑电瓶车让小轿车撞了 腿断了",
            {"side": "victim", "kinds": "motor_person", "hurt": "heavy"},
        ),
        ("traffic_accident", None, "我骑电动车跟另一个电动车撞了", {"side": "victim", "kinds": "bikes"}),
        ("traffic_accident", None, "俺爹叫大货车轧死了 司机跑了", {"side": "victim", "hurt": "died"}),
        ("traffic_accident", None, "开三轮把人家小轿车刮了", {"side": "driver"}),
        ("traffic_accident", "fault", "交警说他主要责任我次要", {"fault": "other_main"}),
        ("homestead", None, "我哥在城里落户了 老房子他要卖给外村人", {"buyer": "outsider", "member": None}),
        ("private_loan", None, "网贷借了三万 到手2万4 现在要我还5万", {"role": "borrower", "principal": 24000}),
        ("guarantee", None, "我给我同学担保借了二十万 银行找我", {"role": "guarantor"}),
        ("support_parents", None, "三个儿子都不养我 我82了", {"who": "elder"}),
        # What happened, in the words it is told in first
        ("house_purchase", None, "我买的期房 说好去年六月交房 到现在都没交", {"issue": "delay"}),
        (
            "house_purchase",
            None,
            "二手房我交了五万定金 房东现在涨价不卖了",
            {"issue": "seller_back_out", "earnest": 50000},
        ),
        ("property_management", None, "物业天天停我水 说我没交物业费", {"issue": "cutoff"}),
        ("rent_dispute", "term", "没签合同 微信说的租一年", {"term": "running"}),
        ("rent_dispute", None, "他欠我三个月房租 一个月1500 赖着不走", {"issue": "arrears", "owed": 4500}),
        ("demolition", None, "我家房子在县城被拆了 政府的人半夜拆的", {"stage": "demolished"}),
        ("demolition", "stage", "补偿决定没见到", {"stage": "bargaining"}),
        ("land_requisition", "issue", "公告上个月二十贴的", {"got_on": "2026-10-20"}),
        ("homestead", None, "我家宅基地让邻居占了一米", {"issue": "dispute"}),
        ("women_land_rights", None, "我嫁出去了 征地钱不给我", {"issue": "compensation", "marital": "married_out"}),
        ("inheritance", None, "我爸走了 没留遗嘱 我后妈要全拿走", {"matter": "division", "relation": "child"}),
        ("will", None, "我妈写了个遗嘱 把房子全给我弟", {"aim": "doubt"}),
        ("small_business", None, "我的奶茶店跟人合伙的 他拿钱跑了", {"issue": "partners", "ran_off": True}),
        ("preservation", None, "他要卖房子跑路 能不能先封了", {"need": "freeze", "side": "applicant"}),
        ("minor_offender", None, "我娃15 跟几个同学抢了别人手机", {"age": 15, "act": "grave"}),
        ("detention", "kind", "他17", {"special": "minor"}),
        ("enforcement", "progress", "判他给六万三", {"owed": 63000}),
        ("admin_penalty", "stage", "十月二十号给的决定书", {"stage": "decided", "received_on": "2026-10-20"}),
        ("drunk_driving", None, "我老公酒驾 抽血一百二十几", {"level": "drunk"}),
        ("online_shopping", None, "在某宝买的手机 收到是翻新的", {"problem": "fake", "seller": "shop"}),
        ("online_shopping", None, "拼多多买的按摩椅用了三天就不转了", {"problem": "not_as_described"}),
        ("food_safety", None, "在饭店吃饭吃出个钢丝 把牙硌掉了", {"harm": "slight"}),
        ("medical_dispute", "records", "病历他们不给看", {"records": "withheld"}),
        ("medical_dispute", None, "医生误诊 现在瘫了", {"harm": "heavy", "kind": "care"}),
        ("traffic_accident", "kinds", "走人行道被撞的", {"kinds": "motor_person"}),
        ("rent_dispute", None, "房东不叫俺住咧 说卖了", {"issue": "evict"}),
        ("work_injury", None, "亲戚家盖房摔的", {"relation": "private", "cause": "at_work"}),
        ("work_injury", "injured_on", "没给工钱 就是帮忙", {"unpaid_help": True}),
        ("work_injury", "severity", "11月2号收到的不予认定", {"refused_on": "2026-11-02"}),
        # A short day of its own
        ("work_injury", "severity", "上上个月的事", {"injured_on": "2026-09-01"}),
        ("unpaid_wages", None, "我260一天 记工45个 拿了3000生活费", {"owed": 8700}),
        # 「不知道」 of another fact is that one's
        ("private_loan", "role", "利息不知道", {"interest": None, "role": None}),
        ("detention", "arrested_on", "关了三个月了", {"held_on": "2026-08-23"}),
        ("divorce", None, "去年9月法院判了不离", {"sued_before": "refused", "refused_on": "2025-09-01"}),
    ],
)
def test_it_is_kept(topics: dict[str, Topic], topic: str, asked: str | None, text: str, told: dict[str, Plain]) -> None:
    facts = _read(topics[topic], text, asked).facts
    assert {one: facts[one].value if one in facts else None for one in told} == told


@pytest.mark.parametrize(
    ("topic", "asked", "text", "fact"),
    [
        ("rent_dispute", None, "一个月1800 租客欠我房租", "owed"),  # a rate is no total
        ("unpaid_wages", "owed", "干了52天给了2000", "owed"),  # paid, not owed
        # What is owed is worked out only where nothing is left open
        ("unpaid_wages", None, "我们五个人 一天260 干了45天 给了3000", "owed"),
        ("unpaid_wages", None, "一天260 干了45天", "owed"),
        ("unpaid_wages", None, "一天260 干了40来天 给了3000", "owed"),
        ("unpaid_wages", None, "一天260 干了一个半月 给了3000", "owed"),
        ("unpaid_wages", None, "一天260 干了45天 给了两次 一次2000 一次1000", "owed"),
        ("unpaid_wages", None, "说好一个月5000 干了3个月 一个月就给了4000", "owed"),
        ("unpaid_wages", None, "干了三个月零十天 一个月六千 给了五千", "owed"),
        ("unpaid_wages", None, "孩子十五岁上学要钱 老板不给工资", "under16"),
        ("unpaid_wages", "relation", "八十多个人", "owed"),
        ("unpaid_wages", "relation", "给了五千", "monthly_wage"),  # what was paid is nobody's pay per month
        # The day of another act
        ("private_loan", None, "借给他五万 上个月他说没钱", "lent_on"),
        ("private_loan", "lent_on", "借给他五万 上个月他说没钱", "lent_on"),
        ("private_loan", None, "我借给他五万上个月他说没钱", "lent_on"),
        ("private_loan", None, "借给他五万 昨天打电话不接", "lent_on"),
        ("private_loan", None, "借给他五万 去年10月还了一万", "lent_on"),
        ("private_loan", None, "借了我5万 昨天去找他不在家", "lent_on"),
        ("work_injury", None, "腿断了 上个月老板说不管", "injured_on"),
        ("dismissal", "left_on", "我3月来的", "left_on"),
        ("dismissal", None, "昨天上班的时候把我开了", "service_months"),
        # A day that they cannot say leaves open the day, not the sum or the yes that was asked
        ("private_loan", "principal", "从什么时候忘了", "principal"),
        ("unpaid_wages", "owed", "具体哪天记不清了", "owed"),
        ("unpaid_wages", "still_employed", "具体哪天记不清了", "still_employed"),
        ("unpaid_wages", None, "一天260 欠了两个月", "owed"),  # a day's pay makes no certain month's
        ("private_loan", None, "只还了八千", "principal"),
        ("private_loan", "monthly_rate", "只还过一次5000", "monthly_rate"),
        ("private_loan", None, "借给他五万 上个月他说三个月后还", "due_on"),
        ("traffic_accident", None, "修车花了1200", "medical"),
        ("decoration", None, "装修公司收了我六万八", "fake_price"),
        ("decoration", None, "去年11月说好今年三月完工", "finished_on"),
        ("online_shopping", None, "七天内退货 昨天收到的", "returned_on"),
        ("custody", None, "我一个月挣六千", "income"),
        ("rental_deposit", None, "押金不退 说墙上有钉子眼扣1500", "deposit"),
        ("decoration", None, "半包8万6 交了百分之60", "paid"),
        ("child_support_claim", None, "前头那个男人三年不露面，一粒米都没给过", "need"),
        ("no_contract", None, "做小时工没签合同 一天就四个钟头", "months"),
        ("reconsideration", None, "复议决定书收到十天了", "known_on"),
        ("online_shopping", None, "淘宝退货都签收十天了", "received_on"),
        ("unpaid_wages", None, "迟到一次扣五百，这个月工资扣得没剩多少了", "owed"),
        ("private_loan", None, "口头说给利息，一年一万给一千", "principal"),
        ("child_support_claim", None, "他一个月给1000", "income"),
        ("work_injury", None, "房租一个月1500", "monthly_wage"),
        ("detention", "arrested_on", "关了三个月了", "arrested_on"),
        ("land_requisition", "got_on", "种了二十年了", "got_on"),
        ("unpaid_wages", "left_on", "干了五年", "left_on"),
        ("inheritance", None, "我跟我妹还有我妈都不同意", "heirs"),
        # A 不知道, a 没有 and a question of something else
        ("guarantee", "role", "利息不知道", "role"),
        ("admin_penalty", "reason", "不知道能不能告", "reason"),
        ("admin_penalty", "received_on", "没听证", "received_on"),
        ("inheritance", "estate", "存款有十几万不知道在哪", "estate"),
        ("shareholder_dispute", "registered", "三年没分红", "registered"),
        ("property_management", "sued", "小区没有业委会", "sued"),
        ("detention", "several", "会判多久", "several"),
        ("detention", "special", "免费律师有没有", "special"),
        ("elder_care", "cure", "今年以来陆陆续续买的", "cure"),
        # Another sum, another day
        ("medical_dispute", None, "我去美容院打针脸烂了 花了八千八", "medical"),
        ("decoration", "used", "合同总价12万", "used"),
        ("unpaid_wages", "owed", "记工45个", "owed"),
        ("contracted_land", None, "我把地租给人家种 说好一亩六百 三年没给钱了", "owed"),
        ("demolition", None, "村里说要拆我家房子 昨天来推土机了", "demolished_on"),
        ("guarantee", "stage", "今年十月才找我", "term"),
        ("veterans", "issue", "2016年开始发的", "years_served"),
        ("shareholder_dispute", "issue", "两年了", "decided_on"),
        ("work_injury", "cause", "摔的", "cause"),  # at work, on the way or at home
        ("rental_deposit", "how_ended", "正月初八搬进去的", "moved_out_on"),
    ],
)
def test_it_is_not_another_fact(topics: dict[str, Topic], topic: str, asked: str | None, text: str, fact: str) -> None:
    reading = _read(topics[topic], text, asked)
    assert fact not in reading.facts or not reading.facts[fact].answered
    assert not reading.rejected


def test_what_nobody_knows_of_another_fact_is_kept_for_it(topics: dict[str, Topic]) -> None:
    assert _read(topics["private_loan"], "利息不知道", "role").facts["interest"].unknown
    assert _read(topics["neighbours"], "不知道有没有证", "approved", issue="building").facts["approved"].unknown
    assert _read(topics["work_injury"], "不知道交没交社保", "insured").facts["insured"].unknown


def test_more_than_three_years_may_be_nearly_four(topics: dict[str, Topic]) -> None:
    due = _read(topics["private_loan"], "借款合同到期三年多了").facts["due_on"]
    assert due.value == "2023-11-23"
    assert str(due.low) < "2022-12-01"


def test_what_was_worked_out_is_said_back_with_the_calculation(topics: dict[str, Topic]) -> None:
    echo = _read(topics["unpaid_wages"], "一天260干了45天 给了3000").echo
    assert "8,700元（260元×45天－已给的3,000元）" in echo


def test_a_year_leaves_open_how_long_it_has_been(topics: dict[str, Topic]) -> None:
    served = _read(topics["dismissal"], "19年进的公司").facts["service_months"]
    assert (served.low, served.high) == (82, 94)


@pytest.mark.parametrize(
    ("said", "day"),
    [("上个月十二号", "2026-10-12"), ("上个月12号摔的", "2026-10-12"), ("上个月20号出的院", "2026-10-01")],
)
def test_a_day_told_more_exactly_takes_the_place_of_the_month(topics: dict[str, Topic], said: str, day: str) -> None:
    before = {"injured_on": FactValue("2026-10-01", False, "上个月", "2026-10-01", "2026-10-31")}
    told = read_answers(topics["work_injury"], before, "relation", said, TODAY)
    assert told.facts.get("injured_on", before["injured_on"]).value == day
    assert told.ask_back is None


def test_what_the_journey_cost_is_not_what_was_bought(topics: dict[str, Topic]) -> None:
    reading = _read(topics["travel"], "团费才2千", "bought", problem="shopping", how_booked="package")
    assert "bought" not in reading.facts


def test_another_option_told_in_passing_is_asked_back_about(topics: dict[str, Topic]) -> None:
    said = "应该还没有交那个什么保险呢我记得 是包工头喊我去的"
    back = _read(topics["work_injury"], said, "road_fault", relation="employee", cause="commute").ask_back
    assert back is not None
    assert back.facts == ("relation",)


def test_another_option_that_makes_a_whole_with_the_first_is_offered_as_the_whole(topics: dict[str, Topic]) -> None:
    back = _read(topics["overtime"], "法定节假日去年上了5天", "pay_type", kinds="both").ask_back
    assert back is not None
    assert "三种都有" in back.text


@pytest.mark.parametrize(
    ("said", "asked", "count"),
    [
        ("就我跟我妹还有我妈", False, 3),
        ("就我跟我妹还有我妈三个人", False, 3),
        ("我 我哥 我姐", True, 3),
        ("我和我妈", False, None),
        ("就我和我妹两个孩子", False, None),
        ("就我跟妹妹照顾老人", False, None),
        ("就我跟妹妹三个", True, None),
    ],
)
def test_heads(said: str, asked: bool, count: int | None) -> None:
    found = heads(said, asked)
    assert (found[0] if found is not None else None) == count


@pytest.mark.parametrize(
    ("asked", "said", "day"),
    [
        ("kind", "十月初六", "2026-11-14"),
        ("kind", "上个月8号吧", "2026-10-08"),
        ("kind", "十月初六 医生说没救了", None),
    ],
)
def test_a_day_told_beside_another_question_is_of_the_only_one_open(
    topics: dict[str, Topic], asked: str, said: str, day: str | None
) -> None:
    told = _read(topics["medical_dispute"], said, asked, harm="died").facts
    assert (told["died_on"].value if "died_on" in told else None) == day


def test_a_day_on_which_something_was_done_affirms_nothing(topics: dict[str, Topic]) -> None:
    told = _read(topics["contracted_land"], "去年秋天收的", "papers", issue="taken_back", why_taken="moved").facts
    assert told["learned_on"].value == "2025-09-01"
    assert "papers" not in told


def test_a_sum_of_pieces_is_said_back_with_the_calculation(topics: dict[str, Topic]) -> None:
    assert "（每罐268元×3）" in _read(topics["food_safety"], "买了三罐过期奶粉 一罐268").echo


def test_a_day_is_not_of_a_question_that_may_never_come(topics: dict[str, Topic]) -> None:
    told = _read(topics["work_injury"], "五个月前", "relation", injured_on="2026-05-19").facts
    assert told == {}


def test_one_thing_counts_nobody(topics: dict[str, Topic]) -> None:
    assert "group_size" not in _read(topics["house_purchase"], "我们前年在一个小区买了一套房").facts
    assert _read(topics["house_purchase"], "我们一起的业主有20个人").facts["group_size"].value == 20


def test_a_sum_said_again_is_of_nothing_else(topics: dict[str, Topic]) -> None:
    assert _read(topics["child_support_claim"], "五百", "who", monthly_agreed=500.0).facts == {}


def test_a_call_is_no_complaint_to_the_authority(topics: dict[str, Topic]) -> None:
    assert _read(topics["unpaid_wages"], "打过电话", "owed", relation="helper").facts == {}


def test_the_price_after_a_coupon_takes_the_other_s_place(topics: dict[str, Topic]) -> None:
    told = _read(topics["online_shopping"], "哦不是4999，券后4599", "seller", price=4999.0)
    assert told.facts["price"].value == 4599
    assert "改过来了" in told.echo


def test_the_day_of_somebody_else_is_asked_about_before_it_takes_back_another(topics: dict[str, Topic]) -> None:
    told = _read(topics["inheritance"], "不对，我妈是七年前", "matter", died_on="2025-08-01")
    assert told.ask_back is not None
    assert "died_on" not in told.facts
    told = _read(topics["inheritance"], "不对，是七年前", "matter", died_on="2025-08-01")
    assert told.facts["died_on"].value == "2019-11-23"


def test_a_day_is_no_length_of_time_told_anew(topics: dict[str, Topic]) -> None:
    told = _read(topics["divorce"], "今年三月判的", "agree", status="married", apart_months=36.0)
    assert told.ask_back is None


def test_a_word_named_by_the_way_tells_nobody_s_sex(topics: dict[str, Topic]) -> None:
    assert "who" not in _read(topics["divorce"], "她不敢离，怕孩子归男方", "agree", status="married").facts


def test_what_another_fact_was_told_by_denies_no_sum(topics: dict[str, Topic]) -> None:
    told = _read(topics["medical_dispute"], "病历不给复印", "medical", harm="grave").facts
    assert told["records"].value == "withheld"
    assert "medical" not in told
    assert _read(topics["medical_dispute"], "没多花", "medical", harm="grave").facts["medical"].value == 0


@pytest.mark.parametrize(
    ("said", "fact", "value"),
    [("一个月1500", "monthly_agreed", 1500), ("他工资一个月5000", "income", 5000), ("他一个月拿八千", "income", 8000)],
)
def test_a_sum_a_month_is_the_support_or_what_somebody_earns(
    topics: dict[str, Topic], said: str, fact: str, value: float
) -> None:
    told = _read(topics["child_support_claim"], said, "need", who="raising", unpaid_months=24.0).facts
    assert told[fact].value == value
    assert not ({"monthly_agreed", "income"} - {fact}) & told.keys()


def test_a_number_behind_it_is_no_yes(topics: dict[str, Topic]) -> None:
    assert "still_there" not in _read(topics["overtime"], "哦不对，是九个月", "still_there", pay_type="all_in").facts
