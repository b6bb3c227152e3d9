"""Evaluates gradient-boosted trees with numpy alone: a service that ranks need not carry the library that learnt."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LEAVES = 16
"""A tree may have as many: one bit of a word for each."""
_LOWEST = np.array([(word & -word).bit_length() - 1 if word else 0 for word in range(2**_LEAVES)], np.int32)
"""Place of the lowest bit of every word."""


class Trees:
    """An ensemble as one list of comparisons.

    Every comparison that fails rules out the leaves of its left side. The first leaf that no comparison of its tree
    rules out is the one reached (Lucchese et al., QuickScorer, SIGIR 2015).
    """

    def __init__(self, columns: list[str], arrays: Mapping[str, NDArray[Any]]) -> None:
        self.columns = columns
        """Names of the columns of a table to judge, in their order."""
        self._arrays = dict(arrays)
        self._feature, self._threshold, self._mask, self._starts, self._leaves = (
            arrays[name] for name in ("feature", "threshold", "mask", "starts", "leaves")
        )

    @classmethod
    def of(cls, model: Mapping[str, Any]) -> Trees:
        """From what LightGBM's `Booster.dump_model` gives. Raises ValueError for trees with more than 16 leaves."""
        feature: list[int] = []
        threshold: list[float] = []
        mask: list[int] = []
        starts: list[int] = []
        leaves = np.zeros((len(model["tree_info"]), _LEAVES), np.float32)
        for number, info in enumerate(model["tree_info"]):
            values: list[float] = []
            conditions: list[tuple[int, float, int]] = []
            _walk(info["tree_structure"], values, conditions)
            if len(values) > _LEAVES:
                raise ValueError(f"tree {number} has {len(values)} leaves; at most {_LEAVES} can be evaluated")
            leaves[number, : len(values)] = values
            starts.append(len(feature))
            for column, limit, ruled_out in conditions or [(0, np.inf, 0)]:
                feature.append(column)
                threshold.append(limit)
                mask.append(~ruled_out & (2**_LEAVES - 1))
        arrays: dict[str, NDArray[Any]] = {
            "feature": np.array(feature, np.int32),
            "threshold": np.array(threshold, np.float32),
            "mask": np.array(mask, np.uint16),
            "starts": np.array(starts, np.int32),
            "leaves": leaves,
        }
        return cls([str(name) for name in model["feature_names"]], arrays)

    @classmethod
    def load(cls, path: Path) -> Trees:
        """The file that `save` wrote. Raises OSError, KeyError or ValueError when it is missing or damaged."""
        with np.load(path) as data:
            return cls([str(name) for name in data["columns"]], {n: data[n] for n in data.files if n != "columns"})

    def save(self, path: Path) -> None:
        """Write the ensemble to one file."""
        np.savez_compressed(path, columns=np.array(self.columns), **self._arrays)

    def judge(self, columns: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float32]:
        """The sum of the trees for every line of a table given by columns. Raises KeyError for a missing column."""
        table = np.stack([columns[name] for name in self.columns]).astype(np.float32)
        failed = table[self._feature] > self._threshold[:, None]
        left = np.where(failed, self._mask[:, None], np.uint16(2**_LEAVES - 1))
        leaf = _LOWEST[np.bitwise_and.reduceat(left, self._starts, axis=0)]
        places = leaf + np.arange(len(self._leaves), dtype=np.int32)[:, None] * _LEAVES
        summed: NDArray[np.float32] = self._leaves.ravel()[places].sum(axis=0)
        return summed


def _walk(node: Mapping[str, Any], values: list[float], conditions: list[tuple[int, float, int]]) -> None:
    """Leaves from left to right; for every comparison the bits of the leaves on its left side."""
    if "leaf_value" in node:
        values.append(float(node["leaf_value"]))
        return
    if node["decision_type"] != "<=":
        raise ValueError(f"comparisons by {node['decision_type']} cannot be evaluated")
    at, first = len(conditions), len(values)
    conditions.append((0, 0.0, 0))
    _walk(node["left_child"], values, conditions)
    ruled_out = (1 << len(values)) - (1 << first)
    conditions[at] = (int(node["split_feature"]), float(node["threshold"]), ruled_out)
    _walk(node["right_child"], values, conditions)
