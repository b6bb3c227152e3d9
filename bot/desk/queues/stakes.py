"""What makes a case so grave that an expert should take it: much money, a death, a child taken away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.understanding.amounts import find_amounts
from bot.understanding.normalise import fold

HIGH_STAKES = 1_000_000
"""Yuan; the setting of the same name may say otherwise."""
_DEATH = re.compile(
    r"杀(?:了|死)人|(?:打|砍|捅|撞|害|杀|毒|掐)死(?:了|人)|出(?:了)?人命|命案|被(?:人)?(?:杀|打死|砍死|捅死|害死)|致人死亡"
)
_CHILD = r"(?:孩子|小孩|娃儿?|女儿|儿子|闺女|宝宝|婴儿)"
_TAKEN = re.compile(
    rf"(?:把|将)?{_CHILD}(?:被|让|给)?.{{0,8}}(?:抢走|抱走|带走不|藏起来|藏匿|拐走|拐卖|不让(?:我)?见)|"
    rf"(?:抢|夺|藏匿|拐走|拐卖|抱走)(?:了)?(?:我的?)?{_CHILD}"
)


def read_stakes(said: Sequence[str], summary: Mapping[str, Any], most: int = HIGH_STAKES) -> tuple[str, ...]:
    """Why an expert is wanted, for the seat (Simplified Chinese); () when none is."""
    found: list[str] = []
    text = "\n".join(said)
    if _DEATH.search(text):
        found.append("涉及人命")
    if _TAKEN.search(text):
        found.append("孩子可能被抢走或藏匿")
    if most and largest(said, summary) >= most:
        found.append(f"金额超过 {most:,} 元")
    return tuple(found)


def largest(said: Sequence[str], summary: Mapping[str, Any]) -> Decimal:
    """The largest sum of money told; 0 for none."""
    texts = [*said, *(str(fact.get("value", "")).replace(",", "") for fact in summary.get("facts") or ())]
    sums = [entity.value for text in texts for entity in find_amounts(fold(text))]
    return max((one for one in sums if isinstance(one, Decimal)), default=Decimal(0))
