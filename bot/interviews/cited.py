"""A citation as topic files write it: title, blank, article number."""

from __future__ import annotations

import re

from knowledge_base.citation import Citation
from knowledge_base.text.numerals import read_number

_PATTERN = re.compile(
    r"^(?P<law>[^\s《》]+)\s+第(?P<number>[零一二三四五六七八九十百千]+)条(?:之(?P<sub>[一二三四五六七八九十]+))?"
    r"(?:第(?P<paragraph>[一二三四五六七八九十]+)款)?(?:第(?P<item>[一二三四五六七八九十]+)项)?$"
)
_STATE = "中华人民共和国"


def read_cited(text: str) -> Citation:
    """The citation a topic file writes, e.g. 「劳动合同法 第三十八条第一款第二项」.

    The short title is completed with 中华人民共和国. Raises ValueError when the text is not of that form.
    """
    match = _PATTERN.match(text.strip())
    if match is None:
        raise ValueError(f"citation {text!r} is not of the form 「法律名称 第…条」 with Chinese numerals")
    law = match["law"]
    key = str(read_number(match["number"]))
    if match["sub"]:
        key += f"-{read_number(match['sub'])}"
    return Citation(
        law=law if law.startswith(_STATE) else _STATE + law,
        key=key,
        paragraph=read_number(match["paragraph"]) if match["paragraph"] else None,
        item=read_number(match["item"]) if match["item"] else None,
        text=text.strip(),
    )


def marked(text: str) -> str:
    """The citation as a reader is shown it: 「《劳动合同法》第三十八条第一款第二项」."""
    law, _, number = text.partition(" ")
    return f"《{law}》{number}" if number else f"《{law}》"
