"""Parts of a message that tell nothing of whoever writes it: what is supposed, and how it is with other people."""

from __future__ import annotations

import re

_SUPPOSED = re.compile(
    r"(?:那么?|但|可是?)?(?:要是|如果|假如|万一|假设|倘若)[^。!?;！？；\n]{0,60}?"
    r"(?:呢|怎么办|咋办|咋整|怎么弄|吗|么|嘛)(?=$|[。!?;！？；\n,，])[?？]*"
)
"""「要是他说我弄坏了墙呢」 asks; it tells nothing."""
_OTHERS = re.compile(
    r"(?:同事|工友|别人|人家|邻居)[^,，。!！?？;；\n我俺]{0,4}(?:怀孕|怀了|哺乳|产假|生病|住院|工伤)[^,，。!！?？;；\n]*"
)
"""「有个同事怀孕了也裁」 tells nothing of whoever asks."""


def without_untold(text: str) -> str:
    """The message with those parts as line ends, so that every place in it stays where it was."""
    for untold in (_SUPPOSED, _OTHERS):
        text = untold.sub(lambda found: "\n" * len(found[0]), text)
    return text
