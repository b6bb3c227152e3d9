"""Breaks the long title of an interpretation or regulation down to what people call it, by rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NOISE = re.compile(
    r"最高人民法院|最高人民检察院|最高法院|最高检察院|最高法|最高院|最高检|两高|国务院|中华人民共和国|若干|有关"
    r"|具体应用|适用|应用|法律(?!援助|服务|顾问|职业)|问题|关于|审理|办理|案件|纠纷|[《》、·和与的等]"
)
_COURT = re.compile(r"最高|两高")
_LINK = "和与的等、"
_KIND = re.compile(
    r"(?P<kind>司法解释|解释|规定|批复|意见|办法|条例|规则|细则|安排)"
    r"(?:（试行）)?(?:（(?P<seq>[一二三四五六七八九])）|(?P<bare>[一二三四五六七八九]))?$"
)
_JUDICIAL = ("解释", "规定", "批复")
_WEAK_ENDS = re.compile(r"(?:合同|责任|损害赔偿|赔偿|制度|服务|编|编通则|诉讼|刑事|行政|民事)$")
_WEAK_STARTS = re.compile(r"^(?:涉及|确定|涉|城镇|人民法院|民法典|民事)+")
_WEAK_INSIDE = re.compile(r"保险|管理|服务|工作|暂行|保障|交纳")
_CALLED = {
    "道路交通事故损害赔偿": ("交通事故", "道交", "交通事故损害赔偿", "交通事故赔偿"),
    "确定民事侵权精神损害赔偿责任": ("精神损害赔偿", "精神损害", "精神赔偿"),
    "建设工程施工合同": ("建工", "建设工程", "施工合同"),
    "商品房买卖合同": ("商品房",),
    "城镇房屋租赁合同": ("房屋租赁", "租赁合同", "租房"),
    "民事诉讼时效制度": ("诉讼时效", "时效"),
    "民事诉讼证据": ("民事证据", "民诉证据"),
    "行政诉讼证据": ("行诉证据",),
    "工伤保险行政": ("工伤", "工伤保险"),
    "建筑物区分所有权": ("区分所有权", "建筑物区分"),
    "利用信息网络侵害人身权益民事": ("网络侵权", "信息网络侵害人身权益"),
    "民法典担保制度": ("担保", "担保制度"),
    "诉讼费用交纳": ("诉讼费", "诉讼费用"),
    "职工带薪年休假": ("年休假", "带薪年休假"),
}
"""What people call a subject that the rules do not give."""


@dataclass(frozen=True, slots=True)
class Essence:
    """A title or name without what every such title has."""

    core: str
    """Subject, e.g. 民间借贷."""
    kind: str
    """解释, 规定, 条例, …; 司法解释 in a name leaves open which."""
    seq: str
    """一, 二, … of numbered interpretations; "" without number."""
    formal: bool
    """Whether a supreme court or procuratorate stood before it."""
    starts: tuple[int, ...]
    """Offset in what was read of each character of `core`."""

    def says(self, kind: str, seq: str) -> bool:
        """Whether this name can mean a title of `kind` and `seq`."""
        if self.seq and self.seq != seq:
            return False
        if self.kind == kind:
            return True
        return (self.kind == "司法解释" or (self.formal and self.kind in _JUDICIAL)) and kind in _JUDICIAL


def essence(text: str) -> Essence | None:
    """What `text`, which ends with a title, boils down to; None when it ends with no such word."""
    kind = _KIND.search(text, max(0, len(text) - 12))
    if kind is None:
        return None
    body = text[: kind.start()]
    chars: list[str] = []
    starts: list[int] = []
    at = 0
    for noise in _NOISE.finditer(body):
        chars.append(body[at : noise.start()])
        starts += range(at, noise.start())
        at = noise.end()
    chars.append(body[at:])
    starts += range(at, len(body))
    seq = kind["seq"] or kind["bare"] or ""
    return Essence("".join(chars), kind["kind"], seq, bool(_COURT.search(body)), tuple(starts))


def start_of(text: str, found: Essence, size: int) -> int:
    """Where the name whose core is the last `size` characters of `found.core` begins, its issuer and 关于 included."""
    begin = found.starts[-size]
    while True:
        before = next(
            (n for n in _NOISE.finditer(text, max(0, begin - 8), begin) if n.end() == begin and n[0] not in _LINK), None
        )
        if before is None or before.start() == begin:
            return begin
        begin = before.start()


def strong_cores(core: str, law_names: dict[str, list[str]]) -> Iterator[str]:
    """The core itself and the same with the short names of the law in it; `law_names`: title → short names."""
    yield core
    yield from law_names.get(core, ())


def weak_cores(core: str, law_names: dict[str, list[str]]) -> Iterator[str]:
    """What people cut a core down to; such a name counts only while it means one title."""
    yield from _CALLED.get(core, ())
    shorter = {core, _WEAK_STARTS.sub("", core), _WEAK_INSIDE.sub("", core)}
    shorter |= {_WEAK_ENDS.sub("", one) for one in shorter}
    shorter |= {_WEAK_STARTS.sub("", one) for one in shorter}
    for law, shorts in law_names.items():
        if core.startswith(law):
            shorter |= {short + core[len(law) :] for short in shorts}
    yield from (one for one in shorter if len(one) >= 2 and one != core)
