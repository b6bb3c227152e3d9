"""What a message surely tells of a text fact before it is asked."""

from __future__ import annotations

import pytest

from bot.interviews.first_words import name_in, story_in


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("查下深圳那个德诚律师事务所是真的吗", "德诚律师事务所"),
        ("帮我查北京大成律师事务所", "北京大成律师事务所"),
        ("那个律师事务所是真的吗", ""),
        ("张伟律师受过处分吗", "张伟"),
        ("李强律师在不在，靠谱吗", "李强"),
        ("查一下那家公证处", ""),
    ],
)
def test_an_office_that_is_pointed_at_has_its_own_name(said: str, name: str) -> None:
    assert name_in(said) == name


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("有没有那种跟我差不多的案子看看，我狗把人家小孩咬了", True),
        ("我要投诉律师，收了我两万块啥事没办，电话不接", True),
        ("我要投诉公证处", False),
        ("我要投诉律师，收费太高了", False),
        ("想看看别人离婚怎么判的", False),
        ("我要投诉一个律师，收了我的钱不办事", False),
        ("找几个类似的案例，老板拖欠工资的", True),
    ],
)
def test_a_short_story_is_one(said: str, told: bool) -> None:
    assert bool(story_in(said)) is told
