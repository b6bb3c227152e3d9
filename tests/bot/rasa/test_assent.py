"""Yes, later and no to what the bot proposes, in the words people use."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rasa.assent import read_assent

APPLY: dict[str | None, str] = {
    "do": (
        "登记吧 交上去 帮我弄吧 那就办 行，你给我报上去 交申请 办吧 弄 麻烦帮我提交一下 可以，登记 "
        "嗯那你帮我办了吧 我要申请 交呗 谢谢，交 帮我交一下好吗 你能帮我弄一下吗 能不能帮我交上去 好，帮我约一下 "
        "不用想了，交吧 交了算了 行，那麻烦你们帮我把申请交上去吧，谢谢 先交上去再说 您给安排吧 "
        "帮我把投诉交了 要得嘛你帮我交"
    ),
    "yes": (
        "就这么办 好嘞 要得 中 那就麻烦你了 成，就按你说的 我愿意 当然要 听你的 你看着办吧 好的谢谢 要的麻烦了 嗯 能"
    ),
    "later": (
        "先不交 我再想想 等等再说 不急 改天吧 我考虑考虑 我跟家里商量一下 先放着 暂时不用 过两天再交 "
        "我先看看材料 材料还没齐 等我老公回来再说 好，不过我再想想 不知道"
    ),
    "no": "不登记 别交 不交了 算了不办了 我自己去办 算了 不用了谢谢 免了 没必要 已经交过了 我上周自己申请过了",
    None: (
        "交了有什么用 交了以后呢 要交钱吗 多久能办好 交不交有什么区别 要什么材料 交给谁 他不同意调解 "
        "我还有个离婚的事 谢谢 交了 我约了 我是河南人 去不了嘛说了"
    ),
}
PERSON: dict[str | None, str] = {
    "do": "请吧 那就请他们看看吧 叫人来 让他们联系我 转吧 帮我叫一下 行，叫律师来",
    "yes": "好啊 要的麻烦了 行",
    "later": "先不用 我再想想 等会儿吧",
    "no": "不用了 不要 我自己看看",
    None: "他不肯给钱 三个月 多少钱",
}


def pairs(table: dict[str | None, str]) -> list[tuple[str, str | None]]:
    return [(said, meant) for meant, words in table.items() for said in words.split(" ")]


@pytest.mark.parametrize(("said", "meant"), pairs(APPLY))
def test_to_an_application(said: str, meant: str | None) -> None:
    assert read_assent(said, "apply") == meant


@pytest.mark.parametrize(("said", "meant"), pairs(PERSON))
def test_to_a_person(said: str, meant: str | None) -> None:
    assert read_assent(said, "person") == meant


@given(st.text(max_size=60), st.sampled_from(["apply", "person", "again", "resume", "other"]))
def test_never_raises(text: str, kind: str) -> None:
    assert read_assent(text, kind) in ("do", "yes", "later", "no", None)


@pytest.mark.parametrize("piece", ["来", "我要", "帮我交", "好的", "那就", "说", "继续"])
def test_is_quick(piece: str) -> None:
    began = time.process_time()
    for kind in ("apply", "person", "again", "resume"):
        read_assent(piece * (30 // len(piece)) + "x", kind)
    assert time.process_time() - began < 0.2


@pytest.mark.parametrize("said", ["下周三开庭", "明天到期", "过几天就截止了"])
def test_a_day_that_runs_puts_nothing_off(said: str) -> None:
    assert read_assent(said, "person") is None
