"""Citations of a text that quotes statutes: 本法 inside a quotation is the law that was named before it."""

from __future__ import annotations

import re

_NAMED_OR_SELF = re.compile(
    r"《(?P<law>[^《》]{2,60})》|本(?:法|条例|解释|规定|规则|办法|决定)(?=第[零〇一二三四五六七八九十百千\d])"
)


def spelled_out(text: str) -> str:
    """`text` with 本法第…条 and its like under the name of the law cited last, so that it can be verified."""
    law = ""

    def spell(found: re.Match[str]) -> str:
        nonlocal law
        if found["law"]:
            law = found["law"]
            return found[0]
        return f"《{law}》" if law else found[0]

    return _NAMED_OR_SELF.sub(spell, text)
