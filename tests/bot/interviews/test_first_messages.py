"""What a first message tells is taken from it, and not asked again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.interviews.facts import Plain
from bot.interviews.reading import read_answers
from bot.interviews.topic import Topic
from bot.interviews.topic_file import load_topics

TODAY = date(2026, 11, 23)
TOPICS = Path(__file__).resolve().parents[3] / "training_data" / "topics"


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return load_topics(TOPICS)


@pytest.mark.parametrize(
    ("topic", "said", "told"),
    [
        ("admin_penalty", "城管把我三轮车拉走了，前天的事", {"stage": "seized", "received_on": "2026-11-21"}),
        ("admin_penalty", "没让我说话就下了决定", {"stage": "decided", "reason": "procedure", "heard": False}),
        ("will", "老头去世前立遗嘱把房子全给了他前妻的儿子，那时脑子都不清楚了", {"aim": "doubt"}),
        ("medical_dispute", "纱布落在肚子里，后来又开了一刀", {"harm": "heavy", "kind": "care"}),
        ("medical_dispute", "医院说是良性，别的医院查出是晚期，耽误了", {"harm": "heavy", "kind": "care"}),
        ("veterans", "退伍五年了，没给安排工作，安置费也没发", {"issue": "placement"}),
        ("travel", "旅行社把我们团取消了，让我们改签", {"problem": "agency_cancel"}),
        ("work_injury", "我家那口子从架子上掉下来 腿折了 在医院躺着呢", {"severity": "serious"}),
        ("rental_deposit", "房东不退押金1500 正月初八搬进去的", {"deposit": 1500, "moved_out_on": None}),
        ("rental_deposit", "房东不退押金1500 上个月8号搬的", {"deposit": 1500, "moved_out_on": "2026-10-08"}),
        ("travel", "导游说不买东西就扔路上，后来我妈摔了一跤骨折了", {"problem": "hurt"}),
        ("property_management", "物业费我三年没交了，电梯老坏", {"issue": "fee", "why_not_pay": "bad_service"}),
        ("property_management", "物业把我家车位锁了，说没交管理费", {"issue": "cutoff"}),
        ("neighbours", "楼下开麻将馆吵死人", {"issue": "business"}),
        ("demolition", "签的拆迁协议到现在安置房没给", {"stage": "signed", "agreement_problem": "not_performed"}),
        ("work_injury", "俺老公打工死在工地上了", {"severity": "death"}),
        ("network_fraud", "刷单被骗三万六，昨天晚上的事", {"situation": "just_now"}),
        ("land_requisition", "俺没签字，地都叫推了", {"issue": "grabbed", "signed": "unsigned"}),
        (
            "contracted_land",
            "村里把我家的承包地收回去转包了 说我们一家都在城里",
            {"issue": "taken_back", "why_taken": "moved"},
        ),
        ("homestead", "我在村里买了块宅基地 我是外村的 卖家要收回", {"issue": "sale", "buyer": "outsider"}),
        ("homestead", "他户口迁走了不让盖房，是当兵去了才迁的", {"issue": "apply", "member": "away"}),
        ("invalid_marriage", "结婚的时候她瞒着有精神病", {"ground": "ill"}),
        ("guardianship", "我妈老年痴呆了 我哥要卖她房子 我能不能当监护人", {"need": "become", "ward": "elder"}),
        ("private_loan", "朋友借钱不还，借条丢了", {"role": "lender"}),
        ("training_school", "孩子的培训班跑了", {"cause": "closed"}),
        ("personal_information", "我的电话被人卖了 天天贷款电话", {"problem": "leaked", "credit_hit": None}),
        ("minor_offender", "儿子打架把人打成轻伤，被派出所带走了", {"status": "detained", "act": "fight"}),
        (
            "school_bullying",
            "被几个女同学扇耳光还拍视频，学校说就是闹着玩",
            {"form": "online", "school_action": "ignored"},
        ),
        ("how_to_sue", "法院判我输了 我不服", {"stage": "judged"}),
        ("report_crime", "我丢了个电动车 警察不给立案", {"stage": "turned_away", "harm": "stolen"}),
        ("preservation", "对方要转移房子 我想先把他房子冻上", {"side": "applicant"}),
        ("state_compensation", "今年三月撤销的", {"declared": True}),
        ("enforcement", "我是公司的挂名法人，公司欠钱，我被限高了", {"role": "debtor", "representative": True}),
        ("online_shopping", "衣服说是纯羊毛 检测是化纤", {"problem": "fake"}),
        ("animal_injury", "老王家的狗把我孙女咬了", {"side": "victim"}),
        ("inheritance", "我继父死了 他亲儿子说我没资格分", {"matter": "division", "relation": "step"}),
        ("support_parents", "老房子过户给俺二哥了 现在二哥不管俺娘", {"need": "gave_house", "tie": "own"}),
        ("female_workers", "怀孕了公司让我去仓库搬货", {"issue": "hard_work"}),
        ("shareholder_dispute", "出资了五十万 章程上没我名字 三年了没分过钱", {"issue": "dividend"}),
        ("shareholder_dispute", "公司开股东会没通知我 把我的董事撤了", {"issue": "decision"}),
        ("small_business", "跟两个朋友开了个火锅店 没签合伙协议 亏了三十万", {"issue": "partners"}),
        ("house_purchase", "二手房漏水 卖家没告诉我", {"issue": "quality"}),
        ("how_to_sue", "我收到开庭传票 12月1号开庭", {"stage": "sued"}),
        ("how_to_sue", "二审判决下来了 还是输 想再审", {"stage": "final"}),
        ("sexual_harassment", "女儿13被网友骗去开房", {"deed": "forced", "who": "child", "setting": "stranger"}),
        ("contracted_land", "我租的地种果树 才第四年 村里说要收回", {"issue": "i_rent"}),
        ("will", "我爸立了遗嘱给保姆 三个子女一分没有", {"aim": "doubt"}),
        ("child_support_claim", "判的五百 现在一个月得一千五", {"monthly_agreed": 500}),
        ("unpaid_wages", "打了欠条 2023年腊月打的条 一万八", {"owed": 18000}),
        ("adoption", "养女嫁人了不管我 我想解除收养关系", {"asker": "adopter"}),
        ("school_bullying", "同学在校门口把我闺女打了 缝了五针", {"form": "beaten", "role": "hurt_family"}),
        ("frozen_card", "兼职刷单 被公安冻结了卡", {"situation": "frozen", "by": "police"}),
        ("how_to_sue", "仲裁输了 能去法院告不", {"stage": "awarded"}),
        ("land_requisition", "补偿款到现在一分钱都没拿到，村长说钱在镇里", {"issue": "not_paid"}),
        ("land_requisition", "村里修路占了我家自留地 说不给钱", {"issue": "grabbed"}),
        ("reconsideration", "行政复议申请交上去两个月了没动静", {"progress": "pending"}),
        ("contracted_land", "村委会把我家鱼塘收了", {"issue": "taken_back"}),
        ("contracted_land", "大哥把爹娘的承包地占了种", {"issue": "inherit"}),
        ("homestead", "老宅子塌了 想重盖 村里说我户口在城里不行", {"issue": "apply", "member": "urban"}),
    ],
)
def test_what_a_first_message_tells_is_not_asked_again(
    topics: dict[str, Topic], topic: str, said: str, told: dict[str, Plain]
) -> None:
    facts = read_answers(topics[topic], {}, None, said, TODAY).facts
    assert {one: facts[one].value if one in facts else None for one in told} == told
