"""What the sentence model was taught is worked into its weights, and into no others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.rasa.components.adapters import Adapters, UnfitNetworkError
from bot.rasa.components.sentence_model import FOLDER, NETWORK, SentenceModel

LAYER = "layer.2/attention/output/dense"
RANK = 3


def _adapters(layer: str = LAYER, strength: float = 0.0) -> Adapters:
    made = np.random.RandomState(4)
    down, up = made.normal(size=(RANK, 512)) / 22, strength * made.normal(size=(512, RANK))
    return Adapters({layer: down.astype(np.float32)}, {layer: up.astype(np.float32)})


def test_only_layers_are_read() -> None:
    adapters = Adapters.of({f"down/{LAYER}": np.ones(2), f"up/{LAYER}": np.ones(3), "head": np.zeros(1)})
    assert adapters.down.keys() == adapters.up.keys() == {LAYER}


def test_nothing_taught_is_nothing_changed(sentence_model: SentenceModel) -> None:
    assert sentence_model.adapted(_adapters()).vector("老板不给钱") @ sentence_model.vector("老板不给钱") > 0.999


def test_what_was_taught_changes_what_a_sentence_means(sentence_model: SentenceModel) -> None:
    taught = sentence_model.adapted(_adapters(strength=0.5))
    assert taught.vector("老板不给钱") @ sentence_model.vector("老板不给钱") < 0.99
    assert taught.sum == sentence_model.sum, "it tells which network is to be fetched"


def test_the_product_of_both_is_added_to_the_one_layer(sentence_model: SentenceModel) -> None:
    import onnx
    from onnx import numpy_helper

    adapters = _adapters(strength=0.1)
    before, after = (FOLDER / NETWORK).read_bytes(), adapters.into((FOLDER / NETWORK).read_bytes())
    found = []
    for network in (before, after):
        graph = onnx.load_from_string(network).graph
        arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
        weights = {
            node.name: arrays[node.input[1]] * arrays[node.input[1].removesuffix("_quantized") + "_scale"]
            for node in graph.node
            if node.op_type == "MatMulInteger" and node.input[1] in arrays
        }
        found.append(weights)
    [changed] = [name for name in found[0] if not np.array_equal(found[0][name], found[1][name])]
    assert LAYER in changed
    added = found[1][changed] - found[0][changed]
    grain = np.abs(found[1][changed]).max(axis=0) / 64
    assert (np.abs(added - adapters.down[LAYER].T @ adapters.up[LAYER].T) <= grain / 2 + 1e-6).all()


def test_a_network_without_the_layer_is_refused(sentence_model: SentenceModel) -> None:
    with pytest.raises(UnfitNetworkError, match=r"no layer\.9/output/dense .* docker/sentence_model/fetch\.sh"):
        sentence_model.adapted(_adapters("layer.9/output/dense"))


def test_the_taught_model_is_laid_where_it_is_read_again(sentence_model: SentenceModel, tmp_path: Path) -> None:
    taught = sentence_model.adapted(_adapters(strength=0.5))
    taught.copy_to(tmp_path / "model")
    assert np.array_equal(SentenceModel(tmp_path / "model").vector("要离婚"), taught.vector("要离婚"))
