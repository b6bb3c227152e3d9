"""What is said first to whoever is in danger, by its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

DangerKind = Literal["violence", "self_harm", "child", "detention", "medical", "fire", "harm", "missing", "fraud"]

SAY: Mapping[DangerKind, tuple[tuple[str, ...], str]] = {
    "violence": (
        ("110", "12338"),
        "您的安全最要紧：请马上拨打110报警，不方便说话就发短信到12110，写清地址；尽量到有人、能锁门的地方；之后需要妇女维权帮助可以打12338。",
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
    "harm": (
        ("12356", "110", "120"),
        "您先停一停：再气、再委屈，也别伤人，一动手，有理也变没理。先离开那里，打12356，有人听您说；"
        "控制不住就打110；已经有人受伤，马上打120。您的事我们一起想办法依法要回来。",
    ),
    "fraud": (
        ("96110", "110"),
        "先停下：别转账、别共享屏幕、别报验证码、别去宾馆，马上挂断、退出来。真的公安不会在电话里办案，也没有“安全账户”。"
        "拿不准就打96110核实；钱已经转出去的，马上打110，请警察赶紧止付，越快越好。",
    ),
    "missing": (
        ("110",),
        "请马上打110报警：人不见了不用等满24小时，越早报越好找。说清什么时候、在哪里不见的，穿什么衣服，带上近照。",
    ),
}
"""Numbers as of 2026-11: 110 police, 119 fire, 120 ambulance, 12338 women, 12348 legal service, 12355 youth,
12356 psychological help."""

ALSO: Mapping[DangerKind, str] = {
    "violence": "有人正在伤害您时请马上打110，之后需要妇女维权帮助可以打12338。",
    "self_harm": "心里难受时请打12356，已经受伤请打120，有危险请打110。",
    "child": "未成年人被欺负、被伤害，请打110，也可以打12355青少年服务热线，并告诉一位信得过的大人。",
    "detention": "家人被带走需要法律援助，可以打12348，遇到不明身份的人请打110。",
    "medical": "有人受伤或昏迷请马上打120，有人行凶请打110。",
    "fire": "有火情或燃气泄漏，请先撤到安全的地方再打119，有人受伤打120。",
    "harm": "再气也别伤人，控制不住就打110，想有人听您说打12356，有人受伤打120。",
    "fraud": "有人让您转账、共享屏幕的，先停下，打96110核实，已经转了的马上打110止付。",
    "missing": "人不见了马上打110，不用等满24小时。",
}
"""What is added when the danger is not the only one; names every number of its kind."""

OTHERS_WISH = (
    "先别让他一个人待着：陪在身边，把药、刀、绳子收起来，门别锁。已经吃了药、受了伤，马上打120；劝不住、找不到人，马上打110；"
    "怎么劝，可以打12356心理援助热线问。"
)
"""In place of `self_harm` where somebody else wants to die."""
TO_A_CHILD = (
    "你愿意说出来，很勇敢，这不是你的错。现在就打110，或者到邻居、老师、附近商店的大人那里，请他们帮你打；"
    "也可以打12355，有人专门听小朋友说话。"
)
"""In place of `child`, and of `violence`, where the child itself writes."""
NO_MORE_PICTURES = "照片、视频别再发，也别给他钱；聊天记录别删，留着给警察看。"
GAS_FIRST = "先离开屋子，能关上阀门、打开窗就顺手做，别碰开关。"
"""Before `self_harm` where the gas is open."""
