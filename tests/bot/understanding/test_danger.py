"""Danger now, and what only sounds like it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.danger import find_danger, is_told_of, mentions_violence

HERE = Path(__file__).parent


def listed(name: str) -> list[str]:
    """The lines of a file of sentences, less its head."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("line", listed("danger_now.txt"))
def test_danger_in_everyday_words(line: str) -> None:
    kind, said = line.split("\t")
    danger = find_danger(said)
    assert danger is not None
    assert danger.kind == kind


@pytest.mark.parametrize("said", listed("danger_not_now.txt"))
def test_no_danger_in_everyday_words(said: str) -> None:
    assert find_danger(said) is None


@pytest.mark.parametrize("about", ["想去监狱看望服刑的家人", "亲人去世后，遗产怎么分", "怎么立遗嘱", "子女不出赡养费"])
def test_who_asks_about_the_dying_tells_of_a_long_illness(about: str) -> None:
    assert find_danger("我妈快不行了", about) is None
    assert find_danger("我妈突然快不行了", about) is not None
    assert find_danger("我妈喝了农药，快不行了", about) is not None
    assert find_danger("我不想活了", about) is not None
    assert find_danger("我妈快不行了", "单位拖欠工资") is not None


def test_who_cries_for_help_gets_the_number_that_helps() -> None:
    dying, alone = find_danger("救命，我爸快不行了"), find_danger("救命啊")
    assert dying is not None
    assert alone is not None
    assert (dying.numbers[0], alone.numbers[0]) == ("120", "110")


def test_poison_taken_calls_the_ambulance_before_the_help_line() -> None:
    danger = find_danger("我不想活了，喝了农药")
    assert danger is not None
    assert danger.numbers[0] == "120"
    assert "12356" in danger.say


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("他正在打我怎么办", "violence"),
        ("老公拿着菜刀追我", "violence"),
        ("救命，有人砸门", "violence"),
        ("前夫在门口砸门", "violence"),
        ("我现在被关在出租屋里出不去", "violence"),
        ("他说要杀了我全家", "violence"),
        ("以前打过我，现在又拿刀堵着门", "violence"),
        ("他说要殺了我", "violence"),
        ("我老公拿着刀站在门口", "violence"),
        ("好几个人围着我不让走还动手", "violence"),
        ("我现在在楼顶", "self_harm"),
        ("吃了很多安眠药", "self_harm"),
        ("孩子在公园不见了找不到", "child"),
        ("我14岁，继父对我动手动脚", "child"),
        ("我不想活了", "self_harm"),
        ("我想自杀", "self_harm"),
        ("我站在天台上想跳下去", "self_harm"),
        ("欠这么多钱真的活不下去了", "self_harm"),
        ("反正死了也没人在乎", "self_harm"),
        ("没什么意思了，反正死了也没人在乎", "self_harm"),
        ("我死了也没人管", "self_harm"),
        ("我有时候会用小刀划手臂", "self_harm"),
        ("拿刀割手腕", "self_harm"),
        ("难受的时候就划自己", "self_harm"),
        ("忍不住用美工刀划自己的手", "self_harm"),
        ("我真的不想活", "self_harm"),
        ("我不想再活着了", "self_harm"),
        ("都不想继续活下去了", "self_harm"),
        ("女儿被老师猥亵了", "child"),
        ("孩子不见了", "child"),
        ("他在打孩子", "child"),
        ("我老公被警察抓走了", "detention"),
        ("儿子被刑拘了怎么办", "detention"),
        ("家里着火了", "fire"),
        ("闻到煤气味了", "fire"),
        ("我妈刚刚晕倒叫不醒", "medical"),
        ("工友从架子上摔下来流了好多血", "medical"),
        ("同学把我骗到这儿来，天天上课不让出门，手机也收了", "violence"),
        ("被骗来合肥，出不去了", "violence"),
        ("我想死了 网贷还不上了 天天打电话骂我", "self_harm"),
        ("我真的想死了", "self_harm"),
    ],
)
def test_danger_now(said: str, kind: str) -> None:
    danger = find_danger(said)
    assert danger is not None
    assert danger.kind == kind
    assert all(number in danger.say for number in danger.numbers[:1])


@pytest.mark.parametrize(
    "said",
    [
        "气死我了",
        "累死了",
        "活着真累",
        "累死了也没人在乎",
        "这工作真没什么意思了",
        "工人摔死了也没人管",
        "干活的时候不小心用刀划了自己，老板不管",
        "他用刀划伤我手臂",
        "被人用刀划手臂",
        "孩子在学校被同学用小刀划手臂",
        "上班拆箱用刀割手腕受伤算工伤吗",
        "老板让我划自己的卡付款",
        "他家割自己的麦子压坏我家的地",
        "我不想活动范围被限制",
        "不想活在他的阴影下，要离婚",
        "想死你了",
        "想死我了，好久没见孩子",
        "杀价",
        "他以前打过我一次",
        "没有打我",
        "去年被骗到外地，不让出门，后来跑出来了",
        "老公家暴我三年了",
        "去年他拿刀威胁过我",
        "打人判几年",
        "员工跳楼公司要赔吗",
        "工伤昏迷住院三个月",
        "骗子被抓了钱能追回吗",
        "打架会被拘留吗",
        "被拘留15天影响孩子考公务员吗",
        "家里着火了房东要赔偿吗",
        "孩子被前夫抢走了不给我看",
        "拼多多砍一刀",
        "拿刀砍人犯什么罪",
        "老婆拿自杀威胁我不离婚",
        "我没有想自杀",
        "老板要把我打发走",
        "孩子被他爸抱走藏起来",
        "公司要弄死我们的项目",
        "我爸去年自杀了",
        "老公打我电话",
        "中介在打我主意",
        "邻居砍了我家的树",
        "我正在打官司",
        "老板拖欠工资",
        "孩子的户口本不见了怎么补",
        "前夫老来我单位堵我",
        "我哥因为帮人转账被抓了，会怎么判",
        "未成年人被侵犯了肖像权怎么办",
        "我爸被关了三年放出来了",
        "",
    ],
)
def test_no_danger_now(said: str) -> None:
    assert find_danger(said) is None


def test_every_danger_named_gets_its_numbers_and_self_harm_speaks_first() -> None:
    danger = find_danger("我今年14岁，在学校被同学欺负，我觉得活着没意思，有时候会用小刀划手臂")
    assert danger is not None
    assert danger.kind == "self_harm"
    assert danger.numbers[0] == "12356"
    assert {"12356", "110", "12355"} <= set(danger.numbers)
    assert danger.say.index("12356") < danger.say.index("12355")


@pytest.mark.parametrize(
    ("said", "kind", "numbers"),
    [
        ("他正在打我，我妈刚刚晕倒叫不醒", "violence", {"110", "120"}),
        ("老公要打我，现在就在门口。我不想活了", "self_harm", {"12356", "110"}),
        ("家里着火了，我妈刚刚晕倒叫不醒", "fire", {"119", "120"}),
    ],
)
def test_two_dangers_at_once(said: str, kind: str, numbers: set[str]) -> None:
    danger = find_danger(said)
    assert danger is not None
    assert danger.kind == kind
    assert numbers <= set(danger.numbers)
    assert len(set(danger.numbers)) == len(danger.numbers)
    assert all(number in danger.say for number in danger.numbers)


@pytest.mark.parametrize("said", ["他以前打过我一次", "老公家暴我三年了", "去年他拿刀威胁过我", "昨天老公打了我"])
def test_past_violence_is_noted(said: str) -> None:
    assert mentions_violence(said)


@pytest.mark.parametrize("said", ["没有打我", "老公打我电话", "邻居砍了我家的树", "气死我了"])
def test_no_violence_is_noted(said: str) -> None:
    assert not mentions_violence(said)


@pytest.mark.parametrize(
    "said",
    [
        "我妈说她不想活了",
        "儿子要跳楼，怎么劝",
        "他威胁要跳楼，我该给他钱吗",
        "俺媳妇闹着喝农药",
        "我女儿今年初二，在学校被几个同学扒衣服拍视频，天天哭，说不想活了，学校让我们大度点",
    ],
)
def test_who_fears_for_another_is_told_what_to_do_for_them(said: str) -> None:
    danger = find_danger(said)
    assert danger is not None
    assert danger.say.startswith("先别让他一个人待着")
    assert all(number in danger.say for number in danger.numbers)


@pytest.mark.parametrize(
    "said", ["我妈不想活了，我也不想活了", "孩子他爸走了，不想活了", "老公天天打我，说我该死，不想活了"]
)
def test_who_fears_for_another_and_for_themselves_is_spoken_to(said: str) -> None:
    danger = find_danger(said)
    assert danger is not None
    assert "听到您这么难受" in danger.say


@pytest.mark.parametrize("said", ["我今年五年级，爸爸用皮带抽我", "我才12岁，他摸我下面", "我读初二，爸爸又在打我"])
def test_a_child_is_spoken_to_as_one(said: str) -> None:
    danger = find_danger(said)
    assert danger is not None
    assert danger.kind == "child"
    assert danger.numbers[:2] == ("110", "12355")
    assert "您" not in danger.say


def test_a_child_made_to_send_pictures_is_told_to_stop_and_keep_the_chat() -> None:
    danger = find_danger("在吗 我是个小学生 有人让我拍没穿衣服的照片发给他 说不发就告诉我们老师")
    assert danger is not None
    assert danger.kind == "child"
    assert "别再发" in danger.say
    assert "聊天记录别删" in danger.say


def test_who_opened_the_gas_is_sent_out_of_the_house_first() -> None:
    danger = find_danger("我煤气打开了 我不想活了")
    assert danger is not None
    assert danger.say.index("先离开屋子") < danger.say.index("12356")
    assert {"12356", "119"} <= set(danger.numbers)


@given(st.text(max_size=300))
def test_never_raises(text: str) -> None:
    danger = find_danger(text)
    assert danger is None or danger.numbers
    assert mentions_violence(text) in (True, False)


@pytest.mark.parametrize("piece", ["正在打", "孩子", "我被关", "想死", "拿着刀", "a,", "。"])
def test_long_text_is_quick(piece: str) -> None:
    start = time.process_time()
    find_danger(piece * (20_000 // len(piece)))
    assert time.process_time() - start < 0.5


def test_who_is_threatened_with_anothers_suicide_gets_away_first() -> None:
    danger = find_danger("我男朋友不让我走，跪着拿刀说要死给我看")
    assert danger is not None
    assert (danger.kind, danger.numbers[0]) == ("violence", "110")
    assert "12356" in danger.say


def test_a_grown_sister_is_no_child() -> None:
    grown = find_danger("我妹妹被她男朋友关在出租屋里，她男朋友有刀")
    child = find_danger("妹妹被关在家里，她才九岁")
    assert grown is not None
    assert child is not None
    assert (grown.kind, child.kind) == ("violence", "child")


def test_who_has_just_hurt_somebody_is_told_to_save_and_to_wait() -> None:
    danger = find_danger("我刚把我老公捅了")
    assert danger is not None
    assert danger.numbers[:2] == ("120", "110")
    assert "自首" in danger.say


def test_a_child_alone_with_who_is_ill_is_spoken_to_as_one() -> None:
    danger = find_danger("妈妈 妈妈晕倒了")
    assert danger is not None
    assert "120" in danger.say
    assert "邻居" in danger.say
    assert "您" not in danger.say


@pytest.mark.parametrize("said", ["我婆婆年轻时候喝过农药", "绑架罪怎么量刑", "如果有人拿刀砍我，我还手算正当防卫吗"])
def test_what_is_only_told_of_needs_no_caution(said: str) -> None:
    assert is_told_of(said)


@pytest.mark.parametrize(
    "said",
    [
        "我想离婚，他天天打我，还说我要离婚就带着孩子跳楼",
        "我老公说我敢离婚他就抱着孩子跳河",
        "我老婆闹离婚，说要带着女儿跳河，怎么办",
    ],
)
def test_who_threatens_to_take_the_child_along_is_a_danger_to_the_child(said: str) -> None:
    danger = find_danger(said)
    assert danger is not None
    assert danger.kind == "child"
    assert danger.numbers[0] == "110"
    assert all(number in danger.say for number in danger.numbers)


@pytest.mark.parametrize("said", ["我带着孩子跳楼算了", "老公打我，我跟他说再打我就带着孩子跳楼"])
def test_who_speaks_of_taking_their_own_child_along_is_spoken_to(said: str) -> None:
    danger = find_danger(said)
    assert danger is not None
    assert "听到您这么难受" in danger.say


@pytest.mark.parametrize("said", ["没有说不想活，就是不想去", "他没跟我说过想死，就是不吃饭", "她带着孩子跳广场舞"])
def test_what_was_not_said_is_no_danger(said: str) -> None:
    assert find_danger(said) is None


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("我女儿十三岁，被她继父摸，我不敢说出去，怕离婚了没地方去", "child"),
        ("我被他家骗来的，说是介绍工作，到了就让我结婚，身份证也收走了，我想回家", "violence"),
    ],
)
def test_what_is_told_in_passing_of_a_child_or_a_forced_wedding_is_heard(said: str, kind: str) -> None:
    danger = find_danger(said)
    assert danger is not None
    assert danger.kind == kind
