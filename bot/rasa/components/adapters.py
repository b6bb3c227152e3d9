"""What the sentence model was taught beyond its maker's weights: a change of low rank to each of its layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
_DOWN, _UP = "down/", "up/"
_STEPS = 64
"""Half of what 8 bits hold, as the maker has it: processors without VNNI would overflow with more."""


class UnfitNetworkError(ValueError):
    """The network has not the layers that the adapters were taught for."""


@dataclass(frozen=True, slots=True)
class Adapters:
    """Two thin matrices for each layer, whose product is added to its weights (LoRA)."""

    down: Mapping[str, Numbers]
    """Layer as `layer.0/attention/self/query` → rank × numbers that come in."""
    up: Mapping[str, Numbers]
    """The same layers → numbers that go out × rank."""

    @classmethod
    def of(cls, arrays: Mapping[str, Numbers]) -> Adapters:
        """From what `learn_encoder` wrote, among others."""
        down, up = (
            {name.removeprefix(of): arrays[name] for name in arrays if name.startswith(of)} for of in (_DOWN, _UP)
        )
        return cls(down, up)

    def into(self, network: bytes) -> bytes:
        """The network with the change worked into its weights, which stay 8 bits: it answers as fast as before.

        Raises UnfitNetworkError.
        """
        import onnx
        from onnx import numpy_helper

        model = onnx.load_from_string(network)
        weights = {one.name: one for one in model.graph.initializer}
        layers = {name: weight for node in model.graph.node for name, weight in self._layer(node)}
        if missing := sorted(self.down.keys() - layers.keys()):
            raise UnfitNetworkError(
                f"the sentence model has no {missing[0]} in 8 bits, which its adapters change; "
                "fetch it again with docker/sentence_model/fetch.sh"
            )
        for name, stored in layers.items():
            codes, scale = weights[stored], weights[stored.removesuffix("_quantized") + "_scale"]
            added = self.down[name].astype(np.float32).T @ self.up[name].astype(np.float32).T
            changed = numpy_helper.to_array(codes).astype(np.float32) * numpy_helper.to_array(scale) + added
            grain = np.maximum(np.abs(changed).max(axis=0), 1e-12) / _STEPS
            codes.CopyFrom(numpy_helper.from_array(np.round(changed / grain).astype(np.int8), codes.name))
            scale.CopyFrom(numpy_helper.from_array(grain.astype(np.float32), scale.name))
        written: bytes = model.SerializeToString()
        return written

    def _layer(self, node: Any) -> list[tuple[str, str]]:
        """Name and weights of the layer, if the node is one that the adapters know."""
        if node.op_type != "MatMulInteger":
            return []
        name = "/".join(node.name.strip("/").split("/")[1:-1])
        return [(name, node.input[1])] if name in self.down else []
