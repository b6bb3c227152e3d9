"""Training sees the same numbers that a message is weighed with."""

from __future__ import annotations

import numpy as np
import pytest

from bot.rasa.components.counted import Counted
from bot.rasa.components.features import count_features, weigh

SENTENCES = (("老板", "拖欠", "工资"), ("老板", "老板", "跑路", "了"), ("离婚", "3000", "工资"))


def test_vectors_are_those_of_a_message() -> None:
    counted = Counted(SENTENCES)
    seen = counted.seen([0, 1])
    idf = np.where(seen > 0, 1.0 + seen / 2, 0.0)
    table = {name: float(rarity) for name, rarity in zip(counted.names, idf, strict=True) if rarity > 0}
    known = list(table)
    rows = counted.vectors([2, 0], idf).toarray()
    for row, words in zip(rows, (SENTENCES[2], SENTENCES[0]), strict=True):
        told = weigh(count_features(words), table, float(idf.max()))
        assert {known[i]: row[i] for i in np.flatnonzero(row)} == pytest.approx(told)


def test_a_feature_is_seen_once_in_a_sentence_however_often_it_stands_there() -> None:
    counted = Counted(SENTENCES)
    assert counted.seen([0, 1])[counted.names.index("w:老板")] == 2
