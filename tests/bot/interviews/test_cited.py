from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews.cited import read_cited
from knowledge_base.text.numerals import format_number


def test_paragraph_and_item() -> None:
    citation = read_cited("劳动合同法 第三十八条第一款第二项")
    assert (citation.law, citation.key, citation.paragraph, citation.item) == ("中华人民共和国劳动合同法", "38", 1, 2)


def test_inserted_article_and_full_title() -> None:
    assert read_cited("中华人民共和国刑法 第二百七十六条之一").key == "276-1"


@given(st.integers(1, 1300))
def test_every_number(number: int) -> None:
    assert read_cited(f"民法典 {format_number(str(number))}").key == str(number)


@pytest.mark.parametrize(
    "text", ["", "劳动法", "劳动法第50条", "劳动法 50", "《劳动法》 第五十条", "劳动法 第五十条，第五十一条"]
)
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not of the form"):
        read_cited(text)
