"""The trees judge as the library that learnt them does."""

from __future__ import annotations

from pathlib import Path

import lightgbm
import numpy as np
import pytest

from knowledge_base.ranking.trees import Trees

COLUMNS = ["a", "b", "c", "d"]


def learn(leaves: int) -> tuple[lightgbm.Booster, np.ndarray]:
    draw = np.random.default_rng(3)
    table = draw.normal(size=(800, 4)).astype(np.float32)
    truth = ((table[:, 0] > 0.2) & (table[:, 1] < 0.5) | (table[:, 2] > 1)).astype(float) + table[:, 3]
    parameters = {
        "objective": "regression",
        "num_leaves": leaves,
        "min_data_in_leaf": 5,
        "verbose": -1,
        "num_threads": 1,
    }
    data = lightgbm.Dataset(table, truth, feature_name=COLUMNS)
    return lightgbm.train(parameters, data, 25), table


@pytest.mark.parametrize("leaves", [2, 15, 16])
def test_they_judge_as_lightgbm_does(leaves: int, tmp_path: Path) -> None:
    booster, table = learn(leaves)
    made = Trees.of(booster.dump_model())
    made.save(tmp_path / "trees.npz")
    read = Trees.load(tmp_path / "trees.npz")
    columns = dict(zip(COLUMNS, table.T, strict=True))
    assert read.columns == COLUMNS
    np.testing.assert_allclose(read.judge(columns), booster.predict(table), rtol=1e-4, atol=1e-4)
    np.testing.assert_array_equal(made.judge(columns), read.judge(columns))


def test_more_leaves_than_bits_are_refused() -> None:
    booster, _ = learn(60)
    with pytest.raises(ValueError, match="at most 16"):
        Trees.of(booster.dump_model())


def test_a_missing_column_is_no_silent_zero() -> None:
    booster, table = learn(5)
    with pytest.raises(KeyError):
        Trees.of(booster.dump_model()).judge({"a": table[:, 0]})
