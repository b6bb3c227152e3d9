"""Numbers count alike, sounds forgive a wrong character, and strange words make a sentence weak."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from bot.rasa.components.features import GROUPS, count_features, weigh


def test_every_number_is_the_same_number() -> None:
    assert count_features(["欠", "我", "3000", "元"]) == count_features(["欠", "我", "85.5", "元"])


def test_a_wrong_character_keeps_the_sound() -> None:
    assert count_features(["工资"])["p"] == count_features(["公资"])["p"]
    assert count_features(["工资"])["c"] != count_features(["公资"])["c"]


def test_unknown_words_shorten_the_sentence() -> None:
    known = count_features(["工资"])
    idf = {f"{group}:{name}": 1.0 for group, names in known.items() for name in names}
    alone = weigh(known, idf, 3.0)
    among = weigh(count_features(["工资", "霹雳"]), idf, 3.0)
    assert sum(value**2 for value in among.values()) < sum(value**2 for value in alone.values())


@given(st.lists(st.text(max_size=6), max_size=12))
def test_no_sentence_is_longer_than_its_shares(words: list[str]) -> None:
    counts = count_features(words)
    idf = {f"{group}:{name}": 1.0 for group, names in counts.items() for name in names}
    length = math.sqrt(sum(value**2 for value in weigh(counts, idf, 2.0).values()))
    assert length <= math.sqrt(sum(share**2 for _, share in GROUPS)) + 1e-9
