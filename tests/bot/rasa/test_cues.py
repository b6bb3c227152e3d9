"""What asks, and what only says the words of a question back."""

from __future__ import annotations

import pytest

from bot.rasa.cues import gives_phone, is_question
from bot.understanding.meant import meant


@pytest.mark.parametrize(
    "text",
    [
        "孩子归谁", "几年过期", "签不签", "那如果他死了呢", "那没借条的话呢", "没有合同怎么办", "没签合同能赔多少",
        "试用期最长几个月", "没有合同呢", "那没判呢", "公司不给我什么说法，我该找谁", "这样不违法吗", "什么基金",
    ],
)  # fmt: skip
def test_it_asks(text: str) -> None:
    assert is_question(meant(text))


@pytest.mark.parametrize(
    "text",
    [
        "写过啥协议，都没有", "纸？没得任何纸", "没说给多少钱补偿 合同上写两年", "没做，孩子还没生咋做",
        "厂还开着呢 就是不给开什么接触证明", "摩托车驾驶证？我没有证啊，我那就是个老年代步的三轮", "不知道是谁撞的",
        "谁也不管", "没有人管", "去年十月", "没开庭呢", "还没判呢",
    ],
)  # fmt: skip
def test_it_tells(text: str) -> None:
    assert not is_question(meant(text))


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("我电话13911112222", True),
        ("022-28123456", True),
        ("我的手机号是139 1111 2222，谢谢", True),
        ("老板电话13911112222", False),
        ("骗子让我打13911112222", False),
        ("一共欠我13911元", False),
    ],
)
def test_only_ones_own_telephone_is_given(text: str, own: bool) -> None:
    assert gives_phone(text) is own
